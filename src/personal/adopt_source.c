/*
 * adopt_source - which tables and columns the other server has, and which of its
 * rows became which of ours.
 */
#include "personal/adopt_private.h"

#include <string.h>

#include "base/arena.h"
#include "engine/house.h"
#include "engine/store.h"
#include "personal/records.h"

enum { FIRST_ROOM = 256 };

/* Theirs are of no use here, or would be worth nothing: sessions, a log without
 * seals, backups that lie elsewhere. */
static bool
stays_behind(const struct record *rec)
{
	static const struct record *const behind[] = { &personal_sessions, &personal_settings,
		&personal_backup_records, &engine_activity_log, &engine_schema_migrations,
		&engine_import_flags, &engine_import_leftovers, &engine_idempotency_keys };

	for (size_t i = 0; i < COUNT(behind); i++)
		if (behind[i] == rec)
			return true;
	return false;
}

bool
adopt_is_secret(const char *column)
{
	static const char *const words[] = { "password", "token", "secret", "hash", "encrypted",
		"key" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strstr(column, words[i]))
			return true;
	return false;
}

static size_t
cell_by_name(const struct record *rec, const char *name)
{
	static const char *const stamps[] = { "id", "created_at", "updated_at" };

	for (size_t i = 0; i < cells_of(rec); i++) {
		const struct field *f = cells_field(rec, i);

		if (strcmp(f ? f->name : stamps[i], name) == 0)
			return i;
	}
	return cells_of(rec);
}

/* Names come from the database's own catalog and are quoted; one with a quote in
 * it is nobody's column. */
static void
take_column(struct adopting *run, struct source *source, const char *name)
{
	size_t cell = cell_by_name(source->rec, name);

	source->there = true;
	if (cell < cells_of(source->rec))
		source->has[cell] = true;
	else if (source->n_extras < ADOPT_EXTRAS && !strchr(name, '"'))
		source->extras[source->n_extras++] = arena_text(run->arena, name);
}

static void
write_select(struct adopting *run, struct source *source)
{
	static const char *const stamps[] = { "id", "created_at", "updated_at" };
	struct text sql CLEANUP(text_close) = { 0 };

	text_add(&sql, "SELECT ");
	for (size_t i = 0; i < cells_of(source->rec); i++) {
		const struct field *f = cells_field(source->rec, i);

		text_printf(&sql, "%s%s", i ? ", " : "",
			!source->has[i] ? "NULL"
			: f             ? f->name
					: stamps[i]);
	}
	for (size_t i = 0; i < source->n_extras; i++)
		text_printf(&sql, ", CAST(\"%s\" AS TEXT)", source->extras[i]);
	text_printf(&sql, " FROM %s WHERE id > $1 ORDER BY id LIMIT $2", source->rec->name);
	source->select = arena_text(run->arena, text_string(&sql));
}

static enum result
look_at(struct adopting *run, struct source *source)
{
	struct query *query;
	enum result r = db_query(run->adopt->from, &query,
		"SELECT column_name FROM information_schema.columns "
		"WHERE table_schema = current_schema() AND table_name = $1 "
		"ORDER BY ordinal_position",
		ARGS(value_text(source->rec->name)));

	if (r)
		return r;
	while (query_next(query))
		take_column(run, source, query_text(query, 0, NULL));
	if ((r = query_close(&query)))
		return r;
	source->there = source->there && source->has[0];
	write_select(run, source);
	return OK;
}

/* ---- what has no place here ---- */

static bool
is_known(const struct adopting *run, const char *table)
{
	if (strcmp(table, "alembic_version") == 0)
		return true;
	for (size_t i = 0; i < run->n_sources; i++)
		if (strcmp(run->sources[i].rec->name, table) == 0)
			return true;
	return false;
}

static enum result
count_rows(struct adopting *run, const char *table)
{
	int64_t n = 0;
	enum result r = db_one(run->adopt->from,
		arena_printf(run->arena, "SELECT count(*) FROM \"%s\"", table), NULL, 0, &n);

	if (!r && n)
		text_printf(&run->adopt->aside, "table %s: %lld rows stay behind\n", table,
			(long long)n);
	return r;
}

static enum result
look_at_others(struct adopting *run)
{
	const char *names[256];
	size_t n = 0;
	struct query *query;
	enum result r = db_query(run->adopt->from, &query,
		"SELECT table_name FROM information_schema.tables "
		"WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
		"ORDER BY table_name", NULL, 0);

	if (r)
		return r;
	while (query_next(query) && n < COUNT(names)) {
		const char *name = query_text(query, 0, NULL);

		if (!is_known(run, name) && !strchr(name, '"'))
			names[n++] = arena_text(run->arena, name);
	}
	r = query_close(&query);
	for (size_t i = 0; !r && i < n; i++)
		r = count_rows(run, names[i]);
	return r;
}

enum result
adopt_look(struct adopting *run)
{
	const struct record *const *records = store_catalog(run->w->store)->records;
	size_t most = 0;
	enum result r = OK;

	while (records[most])
		most++;
	run->sources = arena_new(run->arena, (most + 1) * sizeof(*run->sources));
	for (size_t i = 0; i < most; i++)
		if (!stays_behind(records[i]))
			run->sources[run->n_sources++].rec = records[i];
	for (size_t i = 0; !r && i < run->n_sources; i++)
		r = look_at(run, &run->sources[i]);
	return r ? r : look_at_others(run);
}

/* ---- old ids and new ones ---- */

struct source *
adopt_source(struct adopting *run, const struct record *rec)
{
	for (size_t i = 0; i < run->n_sources; i++)
		if (run->sources[i].rec == rec)
			return &run->sources[i];
	return NULL;
}

/* Rows come in the order of their old ids. */
int64_t
adopt_new_id(const struct source *source, int64_t old)
{
	size_t low = 0, high = source ? source->n_moved : 0;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (source->moved[middle].old == old)
			return source->moved[middle].new;
		if (source->moved[middle].old < old)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

void
adopt_keep_id(struct adopting *run, struct source *source, int64_t old, int64_t new)
{
	if (source->n_moved == source->room) {
		size_t room = source->room ? 2 * source->room : FIRST_ROOM;
		struct moved *more = arena_new(run->arena, room * sizeof(*more));

		if (source->n_moved)
			memcpy(more, source->moved, source->n_moved * sizeof(*more));
		source->moved = more;
		source->room = room;
	}
	source->moved[source->n_moved++] = (struct moved){ old, new };
}
