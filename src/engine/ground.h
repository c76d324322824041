#pragma once
/*
 * ground - what must be in a database before its tables: nothing in a file, a
 * schema in PostgreSQL.
 */
#include "db/db.h"

/* Makes the schema and what belongs to it when they are not there.  On a
 * connection outside any transaction. */
MUST_CHECK enum result ground_lay(struct db *db, const char *schema);
