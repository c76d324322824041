#pragma once
/*
 * postgres - what the files that speak PostgreSQL share; for src/db only.
 *
 * A connection stays in libpq's pipeline mode.  What opens or closes a
 * transaction or a savepoint is not sent at once: it waits in .ahead and goes out
 * in one packet with the next statement that has an answer to wait for.  So does
 * what is run for later (.n_sent counts what of the packet libpq has already got):
 * its failure is found when the packet's answers are read.  Whoever ends or opens a
 * savepoint settles that first, so that a failure is met where it can be undone.
 *
 * A query foreseen travels behind the subject of a packet; its rows are kept until
 * it is asked for, or the transaction ends.
 *
 * A statement is prepared once per connection and found by its text; its answer
 * is read whole, so that statements may be run while another is being read.
 */
#include <libpq-fe.h>

#include "base/arena.h"
#include "db/driver.h"

enum {
	PG_STATEMENTS = 512, /* kept per connection */
	PG_SLOTS = 1024,     /* a power of two */
	PG_AHEAD = 12,
	PG_ARGS = 128,
	PG_LATER = 64,       /* run without looking at the answers */
	PG_FORESEEN_ARGS = 4,
	PG_NAME = 64
};

struct pg_statement {
	uint64_t hash;       /* of the text */
	uint64_t used;       /* the connection's clock when last started */
	unsigned life;       /* of the connection it is prepared in; 0: none */
	unsigned number;     /* its name is "s<number>" */
	bool known;          /* types has been filled */
	int n_types;
	Oid *types;          /* of its parameters */
	size_t len;
	char sql[];
};

struct pg_query {
	struct query base; /* first */
	struct pg *pg;
	PGresult *rows;
	int row, n_rows, n_columns;
	struct arena *arena; /* of texts made for the present row; NULL until needed */
	struct pg_query *next; /* among those to use again */
};

/* A query that is expected; no statement: none is. */
struct pg_foreseen {
	struct pg_statement *statement;
	char *args[PG_FORESEEN_ARGS]; /* its own */
	PGresult *rows; /* NULL until they have come */
};

struct pg {
	struct db base; /* first */
	PGconn *conn;   /* NULL while there is none */
	char *url;      /* without what is ours behind "#" */
	char schema[PG_NAME];
	char local[512]; /* what a pooled connection sets in every transaction */
	bool pooled;
	bool begun;     /* between begin and its end, as the caller sees it */
	bool open;      /* BEGIN has been taken by the server */
	bool lost;      /* the transaction begun is gone */
	bool said_gone; /* an absent server is logged once until it is back */
	const char *ahead[PG_AHEAD];
	int n_ahead;
	int n_sent;     /* of the present packet, by libpq; ends with what is run for later */
	int n_opening;  /* of these, what came from .ahead */
	const char *later; /* the last of them, for the log */
	struct pg_foreseen foreseen;
	unsigned owed;  /* packets whose answers nobody has read */
	unsigned life;  /* counts connections */
	unsigned names;
	int64_t failed_at; /* µs, monotonic: when it could not be reached */
	uint64_t clock;
	size_t n_statements;
	struct pg_statement *slots[PG_SLOTS];
	struct pg_query *spare;
};

/* postgres_link.c: the connection. */

/* Connects when there is no connection; FAULT when there can be none. */
MUST_CHECK enum result pg_reach(struct pg *pg);
/* Ends the connection and, when one is open, loses the transaction. */
void pg_cut(struct pg *pg);

/* postgres_talk.c: one packet to the server and its answers. */

void pg_ahead(struct pg *pg, const char *sql);
/* Takes back the last one that waits, when it is sql; false when it is not. */
bool pg_take_back(struct pg *pg, const char *sql);
/*
 * Sends what waits and then one statement, and reads the answer of that one into
 * *rows (to be cleared by the caller).  statement NULL: sql without values, by the
 * extended protocol.  FAULT or another answer with the trouble set.
 */
MUST_CHECK enum result pg_say(struct pg *pg, struct pg_statement *statement, const char *sql,
	const char *const *args, PGresult **rows);
/* Adds a prepared statement to the packet, with its answer left for later. */
MUST_CHECK enum result pg_later(struct pg *pg, struct pg_statement *statement,
	const char *const *args);
/* Reads the answers of what was run for later. */
MUST_CHECK enum result pg_settle(struct pg *pg);
void pg_unforesee(struct pg *pg);
/* Sends what waits and sql, and leaves the answers unread. */
void pg_tell(struct pg *pg, const char *sql);
/* Sends what waits and a script of several statements by the simple protocol. */
MUST_CHECK enum result pg_script(struct pg *pg, const char *sql);

/* postgres_trouble.c: what went wrong. */

/* From an answer that is an error; sql may be NULL, it never carries values. */
enum result pg_fail(struct pg *pg, const PGresult *answer, const char *sql);
/* For a connection that is gone; passing: nothing can have been committed. */
enum result pg_gone(struct pg *pg, bool passing);
enum result pg_refuse(struct pg *pg, const char *why, const char *sql);

/* postgres_text.c: values in the forms of db.h and of PostgreSQL. */

/* A JSON array of texts as an array of PostgreSQL; NULL when it is none. */
const char *pg_array_in(struct arena *arena, const char *json);
const char *pg_array_out(struct arena *arena, const char *array);
/* A time stamp in stored form. */
const char *pg_moment_out(struct arena *arena, const char *text);
/* JSON without blanks between its parts. */
const char *pg_json_out(struct arena *arena, const char *text, size_t n, size_t *out_n);

/* postgres_query.c: the driver's functions over statements. */
void pg_forget(struct pg *pg);
/* Has every statement prepared anew: the tables may become others. */
void pg_renew(struct pg *pg);
enum result pg_query(struct db *base, struct query **out, const char *sql,
	const struct value *args, size_t n_args);
enum result pg_run(struct db *base, const char *sql, const struct value *args, size_t n_args,
	int64_t *changed);
enum result pg_run_later(struct db *base, const char *sql, const struct value *args,
	size_t n_args);
void pg_foresee(struct db *base, const char *sql, const struct value *args, size_t n_args);
enum result pg_insert(struct db *base, const char *sql, const struct value *args, size_t n_args,
	int64_t *id);

/* postgres_rows.c: and over rows. */
bool pg_next(struct query *base);
bool pg_rewind(struct query *base);
enum result pg_end(struct query *base);
size_t pg_columns(const struct query *base);
const char *pg_column_name(const struct query *base, size_t i);
bool pg_null(struct query *base, size_t i);
int64_t pg_whole(struct query *base, size_t i);
double pg_number(struct query *base, size_t i);
const char *pg_text(struct query *base, size_t i, size_t *n);
enum value_kind pg_kind(struct query *base, size_t i);
void pg_value(struct query *base, size_t i, struct value *out);

enum {
	OID_BOOL = 16, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_OID = 26,
	OID_INT4S = 1007, OID_INT8S = 1016, OID_FLOAT4 = 700, OID_FLOAT8 = 701, OID_TEXTS = 1009, OID_VARCHARS = 1015,
	OID_TIMESTAMP = 1114, OID_TIMESTAMPTZ = 1184, OID_NUMERIC = 1700, OID_JSONB = 3802
};
