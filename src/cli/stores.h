#pragma once
/*
 * stores - reading the two databases beside a running server.
 */
#include "base/arena.h"
#include "cli/options.h"
#include "db/db.h"

/* The two stores by name; ends with NULL. */
extern const char *const store_names[];

/* DIR/NAME.db, or the schema of PostgreSQL, read-only; said on stderr when it cannot be; MISSING when there is
 * no such database. */
MUST_CHECK enum result stores_open(struct db **out, const char *dir, const char *name);
/* True when name is one of the two. */
bool stores_known(const char *name);
