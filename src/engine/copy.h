#pragma once
/*
 * copy - takes a whole store from one database to another, of the same make or not.
 *
 * All rows of all tables with their ids, moments and the audit chain; then the
 * counters of ids.  Each batch is one transaction with a note of how far it got, so
 * that a copy that was cut off goes on where it stopped.  Until it is done the
 * target has a table copy_progress, and store_open() refuses it.
 */
#include "db/db.h"
#include "engine/catalog.h"
#include "engine/cells.h"

enum copy_stage { COPY_ROWS, COPY_LINKS, COPY_CHECKS };

struct copied { /* one table */
	const struct record *rec;
	struct digest digest;
};

struct copy {
	struct arena *arena;
	const struct catalog *catalog;
	struct db *from; /* DB_READ */
	struct db *to;   /* DB_WRITE, nobody else's; its tables need not be there */
	void (*each)(void *arg, enum copy_stage stage, const struct record *rec, int64_t done,
		int64_t of); /* may be NULL */
	void *arg;

	struct copied *tables; /* filled in: what was copied and verified */
	size_t n_tables;
	bool resumed;
	bool full;           /* refused: there are rows in the target, and no mark */
	const char *trouble; /* one sentence when the answer is not OK */
};

/*
 * In three steps, so that several stores are begun before one of them is done, and
 * none can be opened before all are: begin looks at both sides and marks the target
 * (CONFLICT when it holds something else); run copies and compares (CONFLICT when
 * the two differ); end takes the mark away.
 */
MUST_CHECK enum result copy_begin(struct copy *copy);
MUST_CHECK enum result copy_run(struct copy *copy);
MUST_CHECK enum result copy_end(struct copy *copy);
/* True (in *is) while a copy into this database is not done. */
MUST_CHECK enum result copy_unfinished(struct db *db, bool *is);
