/*
 * migrate - brings a database from one revision to another.
 */
#include "engine/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/moment.h"
#include "engine/migrate_private.h"
#include "engine/statement.h"
#include "engine/work.h"

enum { MEMORY = 64 << 20, COPIES_MOST = 100 };

static enum result
give_up(struct migrate *m, enum result r, const char *sentence)
{
	m->trouble = sentence;
	return r;
}

/* ---- where it stands ---- */

static enum result
has_table(struct db *db, const char *table, int64_t *n)
{
	return db_dialect(db) == SQLITE ? migrate_sqlite_has(db, table, n)
					: migrate_postgres_has(db, table, n);
}

enum result
migrate_version(struct db *db, int *version)
{
	int64_t n = 0;
	enum result r = has_table(db, "schema_migrations", &n);

	if (!r && n)
		r = db_one(db, "SELECT max(version) FROM schema_migrations", NULL, 0, &n);
	*version = (int)n;
	return r;
}

enum result
migrate_layout(struct db *db, struct arena *arena, struct layout **out)
{
	return db_dialect(db) == SQLITE ? migrate_sqlite_layout(db, arena, out)
					: migrate_postgres_layout(db, arena, out);
}

enum result
migrate_declared(struct db *db, struct arena *arena, const struct catalog *catalog,
	struct layout **out)
{
	if (db_dialect(db) == POSTGRES)
		return migrate_postgres_declared(db, arena, catalog, out);
	*out = layout_declared(arena, catalog, SQLITE);
	return OK;
}

enum result
migrate_foretell(struct arena *arena, struct revisions *chain, int number, enum dialect dialect,
	struct layout **out)
{
	*out = layout_new(arena, dialect);
	for (size_t i = 0; i < chain->n && chain->at[i].number <= number; i++) {
		const char *odd = layout_apply(*out, chain->at[i].up[dialect]);

		if (!odd)
			continue;
		chain->trouble = arena_printf(arena,
			"Revision %s of %s holds a statement that cannot be followed: %.60s",
			chain->at[i].id, chain->store, odd);
		return MISSING;
	}
	return OK;
}

/* ---- what has been applied ---- */

/* The rows carry checksums since revision 2.  Asked of the catalog: a statement over
 * all columns may not be run again on PostgreSQL once they have changed. */
static enum result
has_checksums(struct db *db, bool *has)
{
	int64_t n = 0;
	enum result r = db_one(db,
		db_dialect(db) == SQLITE
			? "SELECT count(*) FROM pragma_table_info('schema_migrations') "
			  "WHERE name = 'checksum'"
			: "SELECT count(*) FROM information_schema.columns "
			  "WHERE table_schema = current_schema() "
			  "AND table_name = 'schema_migrations' AND column_name = 'checksum'",
		NULL, 0, &n);

	*has = n != 0;
	return r;
}

static enum result
note_applied(struct db *db, const struct revision *rev)
{
	char now[MOMENT_SIZE];
	bool checksums = false;
	enum result r;

	moment_store(moment_now(), now);
	r = db_run(db, "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)",
		ARGS(value_whole(rev->number), value_text(rev->name), value_text(now)), NULL);
	if (!r)
		r = has_checksums(db, &checksums);
	if (r || !checksums)
		return r;
	return db_run(db, "UPDATE schema_migrations SET checksum = $1 WHERE version = $2",
		ARGS(value_text(rev->checksum[db_dialect(db)]), value_whole(rev->number)), NULL);
}

size_t
migrate_compare(struct db *db, const struct revisions *chain,
	void (*say)(void *arg, const char *line), void *arg)
{
	struct query *query;
	bool checksums = false;
	char line[128];
	size_t n = 0;

	if (has_checksums(db, &checksums) || !checksums)
		return 0;
	if (db_query(db, &query,
		    "SELECT version, checksum FROM schema_migrations ORDER BY version", NULL, 0))
		return 0;
	while (query_next(query)) {
		int64_t version = query_whole(query, 0);
		const char *kept = query_text(query, 1, NULL);

		if (version < 1 || (size_t)version > chain->n || !kept
			|| strcmp(kept, chain->at[version - 1].checksum[db_dialect(db)]) == 0)
			continue;
		(void)snprintf(line, sizeof(line), "revision %04d was applied in another form",
			(int)version);
		say(arg, line);
		n++;
	}
	query_drop(&query);
	return n;
}

/* ---- one revision ---- */

static size_t
count_statements(const char *script)
{
	size_t n;
	size_t count = 0;

	while (statement_next(&script, &n))
		count++;
	return count;
}

static enum result
run_script(struct migrate *m, const struct revision *rev, bool up)
{
	const char *script = (up ? rev->up : rev->down)[db_dialect(m->db)];
	struct migrate_step step = { .revision = rev, .up = up, .of = count_statements(script) };
	const char *statement;
	size_t n;

	while ((statement = statement_next(&script, &n))) {
		enum result r;

		if (m->step)
			m->step(m->arg, &step);
		r = db_script(m->db, arena_copy(m->arena, statement, n));
		step.done++;
		if (r)
			return give_up(m, r, arena_printf(m->arena,
				"Revision %s: statement %zu of %zu was refused%s%s; nothing of this "
				"revision was kept.", rev->id, step.done, step.of,
				*db_trouble_where(m->db) ? " by " : "", db_trouble_where(m->db)));
	}
	if (m->step)
		m->step(m->arg, &step);
	return OK;
}

static enum result
check_references(struct migrate *m, const struct revision *rev)
{
	int64_t broken = 0;
	enum result r;

	if (db_dialect(m->db) != SQLITE)
		return OK;
	r = migrate_sqlite_references(m->db, &broken);
	if (!r && broken)
		return give_up(m, INVALID, arena_printf(m->arena,
			"Revision %s would leave %lld references that point at nothing; nothing of it "
			"was kept.", rev->id, (long long)broken));
	return r;
}

/* Inside a transaction. */
static enum result
apply(struct migrate *m, const struct revision *rev, bool up)
{
	enum result r = run_script(m, rev, up);

	if (!r)
		r = check_references(m, rev);
	if (r)
		return r;
	if (up)
		return note_applied(m->db, rev);
	return db_run(m->db, "DELETE FROM schema_migrations WHERE version = $1",
		ARGS(value_whole(rev->number)), NULL);
}

static enum result
begin(struct migrate *m)
{
	enum result r = db_begin(m->db);

	if (!r && db_dialect(m->db) == POSTGRES)
		r = migrate_postgres_guard(m->db);
	return r;
}

static enum result
end(struct migrate *m, enum result r)
{
	if (!r)
		return db_commit(m->db);
	db_rollback(m->db);
	return r;
}

/* On PostgreSQL another process may have been faster; migrate_to() looks again. */
static const char raced[] = "Another process is migrating this database.";

static enum result
still_at(struct migrate *m, int version)
{
	int now = 0;
	enum result r = migrate_version(m->db, &now);

	if (!r && now != version)
		return give_up(m, CONFLICT, raced);
	return r;
}

static enum result
go_one(struct migrate *m, int version, bool up)
{
	const struct revision *rev = &m->chain->at[up ? version : version - 1];
	enum result r = begin(m);

	if (!r)
		r = still_at(m, version);
	if (!r && !up && !rev->down[db_dialect(m->db)])
		r = give_up(m, INVALID, arena_printf(m->arena,
			"There is no way down from revision %s.", rev->id));
	if (!r)
		r = apply(m, rev, up);
	return end(m, r);
}

/* A new database is made whole or not at all. */
static enum result
make_new(struct migrate *m, int target)
{
	enum result r = begin(m);

	if (!r)
		r = still_at(m, 0);
	for (int i = 0; !r && i < target; i++)
		r = apply(m, &m->chain->at[i], true);
	return end(m, r);
}

/* ---- the copy ---- */

static void
count_findings(void *arg, const char *line)
{
	(void)line;
	++*(size_t *)arg;
}

static enum result
verify_copy(struct migrate *m, const char *path)
{
	struct db *copy = NULL;
	size_t findings = 0;
	enum result r = db_open(&copy, path, DB_WRITE);

	if (r)
		return give_up(m, r, "The copy made before cannot be opened; nothing was changed.");
	(void)db_check(copy, count_findings, &findings);
	db_close(&copy);
	if (findings)
		return give_up(m, INVALID, arena_printf(m->arena,
			"The copy made before (%s) has %zu findings, so nothing was changed; see "
			"charthouse check.", path, findings));
	return OK;
}

static enum result
make_copy(struct migrate *m, const char *first)
{
	char now[MOMENT_SIZE];
	const char *stem;
	const char *path = NULL;
	enum result r = CONFLICT;

	moment_store(moment_now(), now);
	stem = arena_printf(m->arena, "%s/before-%s-%s-%.4s%.2s%.2sT%.2s%.2s%.2sZ", m->dir,
		m->chain->store, first, now, now + 5, now + 8, now + 11, now + 14, now + 17);
	for (int i = 1; r == CONFLICT && i < COPIES_MOST; i++) {
		path = i == 1 ? arena_printf(m->arena, "%s.db", stem)
			      : arena_printf(m->arena, "%s-%d.db", stem, i);
		r = db_copy(m->db, path);
	}
	if (r)
		return give_up(m, r,
			db_trouble(m->db) == DB_FULL
				? "There is no room for a copy of the database; nothing was changed."
				: "The database cannot be copied; nothing was changed.");
	m->copy = path;
	return verify_copy(m, path);
}

/* ---- from here to there ---- */

static enum result
go(struct migrate *m, int version, int target)
{
	bool up = target > version;
	enum result r = OK;

	if (db_dialect(m->db) == SQLITE && m->dir) {
		/* What is sorted on the way is health data too: not into /tmp. */
		(void)setenv("SQLITE_TMPDIR", m->dir, 1);
		r = make_copy(m, m->chain->at[up ? version : version - 1].id);
	}
	for (; !r && version != target; version += up ? 1 : -1)
		r = go_one(m, version, up);
	return r;
}

static enum result
look(struct migrate *m, int *version)
{
	int64_t tables = 0;
	enum result r = migrate_version(m->db, version);

	if (!r && *version == 0)
		r = db_dialect(m->db) == SQLITE ? migrate_sqlite_tables(m->db, &tables)
						: migrate_postgres_tables(m->db, &tables);
	if (r)
		return give_up(m, r, "The database cannot be read.");
	if (tables)
		return give_up(m, CONFLICT, "This is no database of Charthouse.");
	if (*version > revisions_head(m->chain))
		return give_up(m, CONFLICT, arena_printf(m->arena,
			"%s is at revision %04d, which a newer Charthouse made; this one knows "
			"%04d.", m->chain->store, *version, revisions_head(m->chain)));
	return OK;
}

static enum result
go_once(struct migrate *m, int target)
{
	bool lite = db_dialect(m->db) == SQLITE;
	int version = 0;
	enum result back = OK;
	enum result r = look(m, &version);

	if (r || version == target)
		return r;
	if (target < 1 || target > revisions_head(m->chain))
		return give_up(m, MISSING, "There is no such revision.");
	if (lite && (r = migrate_sqlite_loosen(m->db, true)))
		return r;
	r = version == 0 ? make_new(m, target) : go(m, version, target);
	if (lite)
		back = migrate_sqlite_loosen(m->db, false);
	return r ? r : back;
}

enum result
migrate_to(struct migrate *m, int target)
{
	enum result r;

	do {
		m->trouble = NULL;
		r = go_once(m, target);
	} while (r && m->trouble == raced);
	if (r && !m->trouble)
		m->trouble = "The database could not be changed; see the log.";
	return r;
}

/* ---- for store.c ---- */

/* A catalog of the tests has no revisions: its tables follow from it. */
static enum result
make_declared(struct db *db, const struct catalog *catalog)
{
	const struct revision only = { .number = catalog->version, .id = "0001", .name = "made" };
	struct text sql CLEANUP(text_close) = { 0 };
	enum result r = db_begin(db);

	ddl_write(&sql, catalog, db_dialect(db));
	if (!r)
		r = db_script(db, text_string(&sql));
	if (!r)
		r = note_applied(db, &only);
	if (!r)
		return db_commit(db);
	db_rollback(db);
	return r;
}

static enum result
settle(struct arena *arena, struct db *db, const struct catalog *catalog)
{
	struct revisions chain;
	struct migrate m = { .arena = arena, .db = db, .chain = &chain };
	int version = 0;
	enum result r = revisions_read(arena, revision_files, catalog->name, &chain);

	if (r) {
		log_error("store: %s", chain.trouble);
		return FAULT;
	}
	if ((r = migrate_version(db, &version)))
		return r;
	if (chain.n == 0)
		return version ? OK : make_declared(db, catalog);
	if (version == 0 || version > revisions_head(&chain)) {
		r = migrate_to(&m, revisions_head(&chain));
		if (r)
			log_error("store: %s", m.trouble);
		return r;
	}
	if (version == revisions_head(&chain))
		return OK;
	log_error("store: %s is at revision %04d and this program wants %04d: run charthouse "
		  "migrate upgrade", catalog->name, version, revisions_head(&chain));
	return CONFLICT;
}

enum result
migrate_open(struct db *db, const struct catalog *catalog)
{
	struct arena *arena = arena_open(MEMORY);
	enum result r = settle(arena, db, catalog);

	arena_close(&arena);
	return r;
}
