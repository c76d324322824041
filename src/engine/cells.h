#pragma once
/*
 * cells - the values of a stored row, the same on every make of database.
 *
 * For what takes whole tables from one database to another, or compares them: it
 * reads all columns of a record, those never shown included.
 */
#include "base/text.h"
#include "db/db.h"
#include "engine/catalog.h"

/* How many columns record_plan(rec)->columns names: id, two stamps, the fields. */
size_t cells_of(const struct record *rec);
/* The field of column i; NULL for the id and the stamps. */
const struct field *cells_field(const struct record *rec, size_t i);
/* True for the stamps and every other moment. */
bool cells_is_moment(const struct record *rec, size_t i);
/* Column i of a query over those columns.  A moment always has six digits behind
 * its seconds.  Text lives until the next step, or in the arena. */
struct value cells_read(struct arena *arena, struct query *query, const struct record *rec,
	size_t i);

struct digest {
	int64_t rows;
	char hex[65];
};

/*
 * A digest of all rows of a table in the order of their ids: SHA-256 over the
 * digest of the rows before and the row as one line of JSON, its own JSON with
 * members sorted and numbers as doubles.  Two databases that hold the same have
 * the same, whatever their make.  each() is told of every page; may be NULL.
 */
MUST_CHECK enum result digest_table(struct db *db, const struct record *rec,
	struct digest *digest, void (*each)(void *arg, int64_t rows), void *arg);

/* The highest id a table has ever given out; 0: none. */
MUST_CHECK enum result counter_get(struct db *db, const struct record *rec, int64_t *last);
/* Ids up to last are not given out again; last 0 changes nothing. */
MUST_CHECK enum result counter_set(struct db *db, const struct record *rec, int64_t last);
