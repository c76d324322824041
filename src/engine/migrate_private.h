#pragma once
/*
 * migrate_private - what the two databases do each in its own way.
 */
#include "engine/migrate.h"

/* Tables that are not the database's own. */
MUST_CHECK enum result migrate_sqlite_tables(struct db *db, int64_t *n);
MUST_CHECK enum result migrate_postgres_tables(struct db *db, int64_t *n);
MUST_CHECK enum result migrate_sqlite_has(struct db *db, const char *table, int64_t *n);
MUST_CHECK enum result migrate_postgres_has(struct db *db, const char *table, int64_t *n);

MUST_CHECK enum result migrate_sqlite_layout(struct db *db, struct arena *arena,
	struct layout **out);
MUST_CHECK enum result migrate_postgres_layout(struct db *db, struct arena *arena,
	struct layout **out);
/* Makes the declared tables aside, in a transaction that is rolled back. */
MUST_CHECK enum result migrate_postgres_declared(struct db *db, struct arena *arena,
	const struct catalog *catalog, struct layout **out);

/* Outside the transaction: references are not checked while tables are rebuilt. */
MUST_CHECK enum result migrate_sqlite_loosen(struct db *db, bool loose);
/* Inside, at its end: every reference points at something. */
MUST_CHECK enum result migrate_sqlite_references(struct db *db, int64_t *broken);
/* Inside, at its beginning: one migration at a time, for as long as it takes. */
MUST_CHECK enum result migrate_postgres_guard(struct db *db);
