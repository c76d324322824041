#pragma once
/*
 * driver - what a make of database gives to db.c; for src/db only.
 *
 * A connection and a statement begin with the structs below; the rest of them is
 * their driver's own.  The functions are those of db.h under the same names, and
 * promise the same.
 */
#include "db/db.h"

enum { WHERE_SIZE = 256 };

struct driver {
	enum dialect dialect;
	void (*close)(struct db *db);

	enum result (*run)(struct db *db, const char *sql, const struct value *args,
		size_t n_args, int64_t *changed);
	/* These four may be NULL: run at once, nothing to settle, no hints, no way back. */
	enum result (*run_later)(struct db *db, const char *sql, const struct value *args,
		size_t n_args);
	enum result (*settle)(struct db *db);
	void (*foresee)(struct db *db, const char *sql, const struct value *args,
		size_t n_args);
	bool (*rewind)(struct query *query);

	enum result (*insert)(struct db *db, const char *sql, const struct value *args,
		size_t n_args, int64_t *id);
	enum result (*script)(struct db *db, const char *sql);
	enum result (*query)(struct db *db, struct query **out, const char *sql,
		const struct value *args, size_t n_args);

	bool (*next)(struct query *query);
	enum result (*end)(struct query *query); /* gives it back, whatever it answers */
	size_t (*columns)(const struct query *query);
	const char *(*column_name)(const struct query *query, size_t i);
	bool (*null)(struct query *query, size_t i);
	int64_t (*whole)(struct query *query, size_t i);
	double (*number)(struct query *query, size_t i);
	const char *(*text)(struct query *query, size_t i, size_t *n);
	enum value_kind (*kind)(struct query *query, size_t i);
	void (*value)(struct query *query, size_t i, struct value *out);

	enum result (*begin_read)(struct db *db);
	void (*end_read)(struct db *db);
	enum result (*begin)(struct db *db);
	enum result (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	enum result (*save)(struct db *db);
	enum result (*release)(struct db *db);
	enum result (*undo)(struct db *db);
	bool (*in_transaction)(const struct db *db);

	void (*checkpoint)(struct db *db, int pages);
	size_t (*check)(struct db *db, void (*say)(void *arg, const char *line), void *arg);
	enum result (*copy)(struct db *db, const char *path);
};

struct db {
	const struct driver *driver;
	enum db_mode mode;
	enum db_trouble trouble;
	bool passing; /* the trouble */
	const struct arena *memory; /* watched; NULL none */
	char where[WHERE_SIZE];
};

struct query {
	const struct driver *driver;
	struct db *db;
	bool cut; /* ended before its last row: memory was spent */
};

MUST_CHECK enum result sqlite_open(struct db **out, const char *path, enum db_mode mode);
MUST_CHECK enum result postgres_open(struct db **out, const char *url, enum db_mode mode);
