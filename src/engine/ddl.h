#pragma once
/*
 * ddl - the SQL that makes a catalog's tables, in both dialects.
 */
#include "base/text.h"
#include "db/db.h"
#include "engine/catalog.h"

/* All tables and indexes, each statement ended by ";\n". */
void ddl_write(struct text *out, const struct catalog *catalog, enum dialect dialect);
void ddl_table(struct text *out, const struct record *rec, enum dialect dialect);
void ddl_indexes(struct text *out, const struct record *rec, enum dialect dialect);
