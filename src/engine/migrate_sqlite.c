/*
 * migrate_sqlite - what migrations ask of SQLite alone.
 */
#include "base/log.h"
#include "engine/migrate_private.h"
#include "engine/work.h"

enum result
migrate_sqlite_tables(struct db *db, int64_t *n)
{
	return db_one(db,
		"SELECT count(*) FROM sqlite_master WHERE type = 'table' "
		"AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
		NULL, 0, n);
}

enum result
migrate_sqlite_has(struct db *db, const char *table, int64_t *n)
{
	return db_one(db, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
		ARGS(value_text(table)), n);
}

/* SQLite keeps the text of what made each table and index, and keeps it true. */
enum result
migrate_sqlite_layout(struct db *db, struct arena *arena, struct layout **out)
{
	struct query *query;
	const char *odd = NULL;
	enum result r;

	*out = layout_new(arena, SQLITE);
	r = db_query(db, &query,
		"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
		"AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'index', rowid",
		NULL, 0);
	if (r)
		return r;
	while (!odd && query_next(query))
		odd = layout_apply(*out, query_text(query, 0, NULL));
	if ((r = query_close(&query)))
		return r;
	if (!odd)
		return OK;
	log_error("migrate: the database holds something that is not ours: %.60s", odd);
	return CONFLICT;
}

/* Tables are copied and sorted whole: with room for pages, and what does not fit
 * in files beside the database, not in memory (sqlite.c's usual way). */
static const char loose_ways[] =
	"PRAGMA foreign_keys=OFF;"
	"PRAGMA cache_size=-131072;"
	"PRAGMA temp_store=FILE;";

static const char usual_ways[] =
	"PRAGMA foreign_keys=ON;"
	"PRAGMA cache_size=-8192;"
	"PRAGMA temp_store=MEMORY;";

enum result
migrate_sqlite_loosen(struct db *db, bool loose)
{
	return db_script(db, loose ? loose_ways : usual_ways);
}

enum result
migrate_sqlite_references(struct db *db, int64_t *broken)
{
	return db_one(db, "SELECT count(*) FROM pragma_foreign_key_check", NULL, 0, broken);
}
