#pragma once
/*
 * migrate - brings a database from one revision to another, and tells whether it
 * is what the declarations want.
 *
 * Each revision is one transaction: killed at any moment, the database is whole
 * at the revision before.  A database that holds something is copied first (an
 * SQLite file; the copy is checked), and left alone when it cannot be.
 */
#include "db/db.h"
#include "engine/catalog.h"
#include "engine/layout.h"
#include "engine/revision.h"

/* Told before each statement, and once more (done == of) before the commit. */
struct migrate_step {
	const struct revision *revision;
	bool up;
	size_t done, of; /* statements */
};

struct migrate {
	struct arena *arena;
	struct db *db; /* DB_WRITE, nobody else's */
	const struct revisions *chain;
	const char *dir; /* for the copy; NULL: none is made */
	void (*step)(void *arg, const struct migrate_step *step); /* may be NULL */
	void *arg;
	const char *copy;    /* the copy made; NULL: none was needed */
	const char *trouble; /* one sentence when the answer is not OK */
};

/* The revision a database is at; 0: it is new. */
MUST_CHECK enum result migrate_version(struct db *db, int *version);
/* Up or down to a revision of the chain; CONFLICT when the database is newer than
 * the chain, or no database of ours. */
MUST_CHECK enum result migrate_to(struct migrate *m, int target);

/* For store.c: makes the tables of a new database; CONFLICT (logged, with the
 * command that helps) when it is older or newer than this program. */
MUST_CHECK enum result migrate_open(struct db *db, const struct catalog *catalog);

/* What tables the database has.  For PostgreSQL as its catalog spells it; what is
 * declared is spelled the same by migrate_declared(). */
MUST_CHECK enum result migrate_layout(struct db *db, struct arena *arena, struct layout **out);
MUST_CHECK enum result migrate_declared(struct db *db, struct arena *arena,
	const struct catalog *catalog, struct layout **out);
/* What the revisions up to a number make, without any database; MISSING, with
 * the chain's .trouble, when one is not understood. */
MUST_CHECK enum result migrate_foretell(struct arena *arena, struct revisions *chain, int number,
	enum dialect dialect, struct layout **out);
/* Checksums of the revisions applied against those of the chain; what differs
 * goes to say(); the number of findings. */
size_t migrate_compare(struct db *db, const struct revisions *chain,
	void (*say)(void *arg, const char *line), void *arg);
