#pragma once
/*
 * sqlite - what the files that speak SQLite share; for src/db only.
 *
 * A struct query is a prepared statement kept by its connection and found by
 * its text, so that starting one allocates nothing.  One that is in use when
 * the same text is asked for again gets a passing twin.
 */
#include <sqlite3.h>

#include "db/db.h"

enum {
	STATEMENTS = 512, /* kept per connection; the longest unused makes room */
	SLOTS = 1024,     /* a power of two */
	WHERE_SIZE = 256
};

struct query {
	struct db *db;
	sqlite3_stmt *stmt;
	uint64_t hash; /* of the text */
	uint64_t used; /* the connection's clock when last started */
	const char *sql; /* in this allocation, behind arg[] */
	size_t len;
	enum result result; /* what query_close() will answer */
	bool busy;  /* started and not closed */
	bool kept;  /* in the connection's table; else freed when closed */
	bool ended; /* no more rows */
	int n_args;
	int16_t arg[]; /* which $n SQLite's parameter i+1 is */
};

struct db {
	sqlite3 *sqlite;
	enum db_mode mode;
	bool begun;     /* between db_begin() and its end, even if SQLite rolled back */
	bool said_full; /* a full disk is logged once until a commit holds */
	enum db_trouble trouble;
	char where[WHERE_SIZE];
	int wal_pages; /* in the log after the last commit */
	int wal_tried; /* in the log at the last checkpoint */
	uint64_t clock;
	size_t n_statements;
	struct query *slots[SLOTS];
};

/* Fills in the trouble from SQLite's code, logs what is ours to know, and gives
 * the answer for it.  sql may be NULL; it never carries values. */
enum result sqlite_fail(struct db *db, int code, const char *sql);
/* The same for a statement that SQLite could not prepare: its text is wrong. */
enum result sqlite_misread(struct db *db, int code, const char *sql);
/* The same for a statement that we refuse ourselves. */
enum result sqlite_refuse(struct db *db, const char *why, const char *sql);
/* FAULT while the transaction begun is gone and nobody has ended it yet, so that
 * no statement of a lost unit of work commits by itself. */
MUST_CHECK enum result sqlite_ready(const struct db *db);
/* Gives lower() to a connection; SQLite's code. */
int sqlite_add_lower(sqlite3 *sqlite);
/* Gives back all kept statements. */
void query_forget(struct db *db);
