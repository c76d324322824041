#pragma once
/*
 * migrate_stores - the stores as migrations see them: a place, a catalog, a chain.
 */
#include "cli/options.h"
#include "engine/migrate.h"

enum { STORES = 2 };

struct migrate_store {
	const char *name;
	const struct catalog *catalog;
	const char *where; /* the database, for db_open() */
	bool exists;
	struct revisions chain;
};

/* The one named by --store, or both; 0, said on stderr, when a chain is not sound. */
size_t migrate_stores(struct arena *arena, const char *dir, const char *only,
	struct migrate_store out[STORES]);
/* The revision of an existing database, read beside a running server; false, said
 * on stderr, when it cannot be read. */
bool migrate_store_version(const struct migrate_store *store, int *version);
/* Moves an open database, telling a person what happens; false, said on stderr,
 * when it could not be done. */
bool migrate_store_go(struct arena *arena, const struct migrate_store *store, struct db *db,
	const char *dir, int target);
/* Brings what is older up to this program; false when that failed.  Under the
 * instance lock. */
bool migrate_before_serving(struct arena *arena, const char *dir);
