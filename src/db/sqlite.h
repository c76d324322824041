#pragma once
/*
 * sqlite - what the files that speak SQLite share; for src/db only.
 *
 * A statement is prepared once, kept by its connection and found by its text, so
 * that starting one allocates nothing.  One that is in use when
 * the same text is asked for again gets a passing twin.
 */
#include <sqlite3.h>

#include "db/driver.h"

enum {
	STATEMENTS = 512, /* kept per connection; the longest unused makes room */
	SLOTS = 1024      /* a power of two */
};

struct lite_query {
	struct query base; /* first */
	struct lite *db;
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

struct lite {
	struct db base; /* first */
	sqlite3 *sqlite;
	bool begun;     /* between db_begin() and its end, even if SQLite rolled back */
	bool said_full; /* a full disk is logged once until a commit holds */
	int wal_pages; /* in the log after the last commit */
	int wal_tried; /* in the log at the last checkpoint */
	uint64_t clock;
	size_t n_statements;
	struct lite_query *slots[SLOTS];
};

/* Fills in the trouble from SQLite's code, logs what is ours to know, and gives
 * the answer for it.  sql may be NULL; it never carries values. */
enum result sqlite_fail(struct lite *db, int code, const char *sql);
/* The same for a statement that SQLite could not prepare: its text is wrong. */
enum result sqlite_misread(struct lite *db, int code, const char *sql);
/* The same for a statement that we refuse ourselves. */
enum result sqlite_refuse(struct lite *db, const char *why, const char *sql);
/* FAULT while the transaction begun is gone and nobody has ended it yet, so that
 * no statement of a lost unit of work commits by itself. */
MUST_CHECK enum result sqlite_ready(const struct lite *db);
/* Gives lower() to a connection; SQLite's code. */
int sqlite_add_lower(sqlite3 *sqlite);
/* Gives back all kept statements. */
void sqlite_forget(struct lite *db);

/* The driver's functions over statements, for the table in sqlite.c. */
enum result sqlite_query(struct db *base, struct query **out, const char *sql,
	const struct value *args, size_t n_args);
bool sqlite_next(struct query *base);
enum result sqlite_end(struct query *base);
size_t sqlite_columns(const struct query *base);
const char *sqlite_column_name(const struct query *base, size_t i);
bool sqlite_null(struct query *base, size_t i);
int64_t sqlite_whole(struct query *base, size_t i);
double sqlite_number(struct query *base, size_t i);
const char *sqlite_text(struct query *base, size_t i, size_t *n);
enum value_kind sqlite_kind(struct query *base, size_t i);
void sqlite_value(struct query *base, size_t i, struct value *out);
enum result sqlite_run(struct db *base, const char *sql, const struct value *args, size_t n_args,
	int64_t *changed);
enum result sqlite_insert(struct db *base, const char *sql, const struct value *args,
	size_t n_args, int64_t *id);
