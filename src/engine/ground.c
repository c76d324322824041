/*
 * ground - the schema of a store in PostgreSQL, and its own lower().
 *
 * Text columns sort by code point (COLLATE "C" in ddl.c), as in SQLite, and so
 * PostgreSQL's lower() would know ASCII only for them.  The schema's lower() comes
 * first on the search path and knows all letters, as ours in SQLite does.
 */
#include "engine/ground.h"

#include "base/text.h"
#include "engine/work.h"

static const char lower_by[] =
	"CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE "
	"RETURN pg_catalog.lower($1 COLLATE %s) COLLATE \"C\";\n";

static enum result
count(struct db *db, const char *sql, const char *name, int64_t *n)
{
	return db_one(db, sql, ARGS(value_text(name)), n);
}

/* Two servers that start at once must not both make it. */
static enum result
lock(struct db *db)
{
	int64_t none;

	return db_one(db, "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7164216)) AS l", NULL, 0,
		&none);
}

static enum result
make(struct db *db, const char *schema)
{
	struct text sql CLEANUP(text_close) = { 0 };
	int64_t icu = 0, made = 0;
	enum result r;

	if ((r = lock(db)))
		return r;
	if ((r = count(db, "SELECT count(*) FROM pg_namespace WHERE nspname = $1", schema, &made)))
		return r;
	if (!made) {
		text_printf(&sql, "CREATE SCHEMA %s;\n", schema);
		if ((r = db_script(db, text_string(&sql))))
			return r;
	}
	sql.len = 0;
	if ((r = count(db, "SELECT count(*) FROM pg_collation WHERE collname = $1", "und-x-icu",
		     &icu)))
		return r;
	text_printf(&sql, lower_by, icu ? "\"und-x-icu\"" : "\"default\"");
	return db_script(db, text_string(&sql));
}

enum result
ground_lay(struct db *db, const char *schema)
{
	int64_t n = 0;
	enum result r;

	if (db_dialect(db) == SQLITE)
		return OK;
	if ((r = count(db, "SELECT count(*) FROM pg_proc p JOIN pg_namespace s ON s.oid = "
			   "p.pronamespace WHERE s.nspname = $1 AND p.proname = 'lower'",
		     schema, &n)))
		return r;
	if (n)
		return OK;
	if ((r = db_begin(db)))
		return r;
	if ((r = make(db, schema))) {
		db_rollback(db);
		return r;
	}
	return db_commit(db);
}
