#pragma once
/*
 * db - the narrow waist: one connection to one database, whatever its make.
 *
 * Above this header nobody knows SQLite from PostgreSQL.  SQL is constant or
 * built from the catalog; values are always bound, as $1, $2 ...; there is no
 * way to quote a value, on purpose.  Moments and dates are bound and read as
 * text in stored form, booleans as whole 0/1, JSON as text.
 *
 * A connection belongs to one thread at a time.  Prepared statements are kept
 * per connection, found by their text.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct arena;
struct db;
struct query;

enum dialect { SQLITE, POSTGRES };

enum value_kind { VALUE_NULL, VALUE_WHOLE, VALUE_NUMBER, VALUE_TEXT };

struct value {
	enum value_kind kind;
	union {
		int64_t whole;
		double number;
		const char *text; /* NUL-terminated; len bytes before the NUL */
	};
	size_t len;
};

struct value value_null(void);
struct value value_whole(int64_t whole);
struct value value_number(double number);
struct value value_text(const char *text); /* NULL gives the null value; not copied */

enum db_mode {
	DB_READ,  /* read-only; never checkpoints */
	DB_WRITE, /* the only one that writes and checkpoints */
	DB_QUERY  /* read-only for people (charthouse sql): refuses ATTACH too */
};

/* What kept a statement from being done; no values of any row in it. */
enum db_trouble {
	DB_FINE,
	DB_UNIQUE,   /* CONFLICT */
	DB_FOREIGN,  /* INVALID: points at nothing, or is still pointed at */
	DB_CHECK,    /* INVALID: a CHECK or NOT NULL */
	DB_FULL,     /* FAULT: no room left; the transaction is gone */
	DB_BUSY,     /* FAULT: locked, or out of reach */
	DB_SPENT,    /* FAULT: refused, who asks has no memory left (db_watch) */
	DB_BROKEN    /* FAULT: anything else, logged */
};

/*
 * where: a file, or "postgresql://...#SCHEMA" of libpq.  "#SCHEMA,pooled" keeps no
 * state between transactions (no named statements, no settings), for a pooler in
 * transaction mode.  DB_WRITE makes a file, never a database or a schema.
 */
MUST_CHECK enum result db_open(struct db **out, const char *where, enum db_mode mode);
/* True for a URL, false for the name of a file. */
bool db_is_url(const char *where);
enum dialect db_dialect(const struct db *db);
enum db_mode db_mode(const struct db *db);
void db_close(struct db **db);

/* The trouble of the last call that did not answer OK. */
enum db_trouble db_trouble(const struct db *db);
/* "users.email" of a UNIQUE, or a constraint's name; "" when unknown.  On a
 * DB_QUERY connection also what is wrong with the text of a statement, which
 * then answers INVALID and is not logged: it may quote what a person typed. */
const char *db_trouble_where(const struct db *db);

/* Whether the last trouble passes by itself, so that the same transaction may be
 * run again from its beginning: nothing of it has been committed. */
bool db_passing(const struct db *db);
/* Says that for who runs the unit: what it read was changed by another connection
 * before it could write.  The unit must end with FAULT. */
void db_overtaken(struct db *db);

/* While arena's ration is spent, statements are refused and give no more rows: so
 * ends any loop over rows that takes memory for each.  NULL: no arena. */
void db_watch(struct db *db, const struct arena *arena);

/* Texts among the args are not copied: they stay until the call is over, those
 * of db_query() until query_close(). */

/* Runs a statement that gives no rows.  *changed may be NULL. */
MUST_CHECK enum result db_run(struct db *db, const char *sql, const struct value *args,
	size_t n_args, int64_t *changed);
/* The same for a statement whose outcome need not be known at once: where each
 * answer is a journey it may be told by a later call, at the latest by db_settle(). */
MUST_CHECK enum result db_run_later(struct db *db, const char *sql, const struct value *args,
	size_t n_args);
/* OK when all that was run so far has been done: whoever relies on it asks this
 * before the end of the unit.  After another answer the unit must be undone. */
MUST_CHECK enum result db_settle(struct db *db);
/* Runs an INSERT into a table with an id and tells the new id; 0 when nothing
 * was inserted (ON CONFLICT DO NOTHING). */
MUST_CHECK enum result db_insert(struct db *db, const char *sql, const struct value *args,
	size_t n_args, int64_t *id);
/* Runs several statements separated by semicolons, without values (DDL). */
MUST_CHECK enum result db_script(struct db *db, const char *sql);

/*
 * Starts a statement that gives rows.  query_next() steps: true for a row,
 * false at the end or on an error, which query_close() then answers.  What the
 * column functions return lives until the next step.  Always close.
 */
MUST_CHECK enum result db_query(struct db *db, struct query **out, const char *sql,
	const struct value *args, size_t n_args);
bool query_next(struct query *query);
/* Back before the first row; false, and nothing done, where rows come one by one. */
bool query_rewind(struct query *query);
enum result query_close(struct query **query);
void query_drop(struct query **query); /* close without looking; for CLEANUP */

/*
 * A hint: this query will be started in this transaction, with these values.  Where
 * each answer is a journey it travels with the statement before it.  Only for
 * reading transactions, which see one moment; it changes nothing but the time.
 */
void db_foresee(struct db *db, const char *sql, const struct value *args, size_t n_args);

size_t query_columns(const struct query *query);
const char *query_column_name(const struct query *query, size_t i);
bool query_null(struct query *query, size_t i);
int64_t query_whole(struct query *query, size_t i);
double query_number(struct query *query, size_t i);
const char *query_text(struct query *query, size_t i, size_t *n); /* n may be NULL; NULL for null */
enum value_kind query_kind(struct query *query, size_t i);
/* Kind and content in one step; a text lives until the next step of the query. */
void query_value(struct query *query, size_t i, struct value *out);

/* One row, one whole number; MISSING when there is no row; NULL reads as 0. */
MUST_CHECK enum result db_one(struct db *db, const char *sql, const struct value *args,
	size_t n_args, int64_t *out);

/* Transactions.  Reading ones see one moment of the database. */
MUST_CHECK enum result db_begin_read(struct db *db);
void db_end_read(struct db *db);
MUST_CHECK enum result db_begin(struct db *db);
/* Whatever it answers, the transaction is over. */
MUST_CHECK enum result db_commit(struct db *db);
void db_rollback(struct db *db);
MUST_CHECK enum result db_save(struct db *db);    /* a savepoint; the innermost counts */
/* Keeps what came since; INVALID (DB_FOREIGN), and nothing done, while a deferred
 * reference points at nothing. */
MUST_CHECK enum result db_release(struct db *db);
MUST_CHECK enum result db_undo(struct db *db);    /* forget what came since */
/* False when the database itself rolled the transaction back. */
bool db_in_transaction(const struct db *db);

/* Moves the log into the database file when it has grown past pages (0: now).
 * Only the DB_WRITE connection, only outside a transaction; nothing to do on
 * PostgreSQL. */
void db_checkpoint(struct db *db, int pages);
/* Bytes the tables and their indexes take on disk; 0 when that cannot be told. */
int64_t db_size(struct db *db);
/* Integrity of the file and of all references, in words, one per line, through
 * say(); the number of complaints. */
size_t db_check(struct db *db, void (*say)(void *arg, const char *line), void *arg);
/* A consistent copy of an SQLite database in a new file; CONFLICT when it exists.
 * FAULT on PostgreSQL, which has pg_dump. */
MUST_CHECK enum result db_copy(struct db *db, const char *path);
