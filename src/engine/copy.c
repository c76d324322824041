/*
 * copy - a store from one database into another.
 *
 * Users and patients point at each other, and some records at others of their
 * kind.  Such references are written last, when all rows are there, so that none
 * has to be switched off.  schema_migrations is the target's own: its checksums
 * are of the SQL in its dialect.
 */
#include "engine/copy.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "engine/copy_private.h"
#include "engine/ground.h"
#include "engine/house.h"
#include "engine/migrate_private.h"
#include "engine/work.h"

enum { BATCH = 1000, BATCH_BYTES = 4 << 20, BATCH_MEMORY = 1 << 30, LOG_PAGES = 4000 };

static enum result
give_up(struct copy *copy, enum result r, const char *sentence)
{
	copy->trouble = sentence;
	return r;
}

/* ---- whether to begin ---- */

static bool
is_own(const struct record *rec)
{
	return rec == &engine_schema_migrations;
}

enum result
copy_unfinished(struct db *db, bool *is)
{
	int64_t n = 0;
	enum result r = db_dialect(db) == SQLITE ? migrate_sqlite_has(db, "copy_progress", &n)
						 : migrate_postgres_has(db, "copy_progress", &n);

	*is = n != 0;
	return r;
}

static enum result
measure(struct copy *copy, struct db *db, const struct record *rec, int64_t *rows, int64_t *last)
{
	enum result r = db_one(db,
		arena_printf(copy->arena, "SELECT count(*) FROM %s", rec->name), NULL, 0, rows);

	if (r)
		return r;
	return db_one(db, arena_printf(copy->arena, "SELECT max(id) FROM %s", rec->name), NULL, 0,
		last);
}

/* Tells one source from another, and from itself when it went on. */
static enum result
know_source(struct copy *copy, char hex[HASH_HEX])
{
	struct text all CLEANUP(text_close) = { 0 };
	enum result r = OK;

	text_add(&all, copy->catalog->name);
	for (size_t i = 0; !r && i < copy->n_tables; i++) {
		int64_t rows = 0, last = 0;

		r = measure(copy, copy->from, copy->tables[i].rec, &rows, &last);
		copy->tables[i].digest.rows = rows;
		text_printf(&all, " %s %lld %lld", copy->tables[i].rec->name, (long long)rows,
			(long long)last);
	}
	hash_hex(all.at, all.len, hex);
	return r;
}

static enum result
refuse_full(struct copy *copy)
{
	for (size_t i = 0; i < copy->n_tables; i++) {
		int64_t rows = 0, last = 0;
		enum result r = measure(copy, copy->to, copy->tables[i].rec, &rows, &last);

		if (r)
			return r;
		copy->full = rows != 0;
		if (rows)
			return give_up(copy, CONFLICT, arena_printf(copy->arena,
				"The target's %s store holds records already (%s); only an empty "
				"one is copied into.", copy->catalog->name,
				copy->tables[i].rec->name));
	}
	return OK;
}

static enum result
note_beginning(struct copy *copy, const char *source)
{
	enum result r = db_begin(copy->to);

	if (!r)
		r = db_script(copy->to,
			"CREATE TABLE copy_progress (table_name VARCHAR(64) PRIMARY KEY, "
			"last_id BIGINT NOT NULL, source VARCHAR(64) NOT NULL)");
	for (size_t i = 0; !r && i < copy->n_tables; i++)
		r = db_run(copy->to,
			"INSERT INTO copy_progress (table_name, last_id, source) VALUES ($1, 0, $2)",
			ARGS(value_text(copy->tables[i].rec->name), value_text(source)), NULL);
	if (!r)
		return db_commit(copy->to);
	db_rollback(copy->to);
	return r;
}

static enum result
mark(struct copy *copy)
{
	char source[HASH_HEX];
	int64_t same = 0;
	enum result r = know_source(copy, source);

	if (!r)
		r = copy_unfinished(copy->to, &copy->resumed);
	if (r)
		return r;
	if (!copy->resumed) {
		if (!(r = refuse_full(copy)))
			r = note_beginning(copy, source);
		return r;
	}
	r = db_one(copy->to, "SELECT count(*) FROM copy_progress WHERE source = $1",
		ARGS(value_text(source)), &same);
	if (!r && !same)
		return give_up(copy, CONFLICT, arena_printf(copy->arena,
			"The target holds an unfinished copy of another %s store, or of this one "
			"before it went on; remove the target and copy again.",
			copy->catalog->name));
	return r;
}

/* ---- rows ---- */

static void
tell(struct copy *copy, enum copy_stage stage, const struct record *rec, int64_t done, int64_t of)
{
	if (copy->each)
		copy->each(copy->arg, stage, rec, done, of);
}

static size_t
place_of(const struct catalog *catalog, const struct record *rec)
{
	size_t i = 0;

	while (catalog->records[i] && catalog->records[i] != rec)
		i++;
	return i;
}

/* Points at a row that may not be there yet when its own row is written. */
static bool
is_late(const struct copy *copy, const struct record *rec, const struct field *f)
{
	return f && f->type == TYPE_REF
		&& place_of(copy->catalog, f->target) >= place_of(copy->catalog, rec);
}

/* Rows behind *last into the target, in a transaction begun. */
static enum result
put_rows(struct copy *copy, struct copy_rows *rows, int64_t *last, int64_t *n)
{
	const struct record *rec = rows->rec;
	struct query *query;
	enum result failed = OK;
	enum result r = db_query(copy->from, &query, rows->select,
		ARGS(value_whole(*last), value_whole(BATCH)));

	*n = 0;
	if (r)
		return r;
	while (!failed && rows->bytes < BATCH_BYTES && query_next(query)) {
		struct value cells[COPY_CELLS];

		for (size_t i = 0; i < rows->n_cells; i++)
			cells[i] = is_late(copy, rec, cells_field(rec, i))
				? value_null()
				: cells_read(rows->arena, query, rec, i);
		*last = cells[0].whole;
		++*n;
		failed = copy_rows_add(rows, cells);
	}
	r = query_close(&query);
	if (!r && !failed)
		failed = copy_rows_flush(rows);
	return r ? r : failed;
}

static enum result
put_batch(struct copy *copy, struct copy_rows *rows, int64_t *last, int64_t *n)
{
	enum result r = db_begin(copy->to);

	if (r)
		return r;
	r = put_rows(copy, rows, last, n);
	if (!r)
		r = db_run(copy->to, "UPDATE copy_progress SET last_id = $1 WHERE table_name = $2",
			ARGS(value_whole(*last), value_text(rows->rec->name)), NULL);
	if (r) {
		db_rollback(copy->to);
		return give_up(copy, r, arena_printf(copy->arena,
			"A row of %s near id %lld was refused by the target%s%s.", rows->rec->name,
			(long long)*last, *db_trouble_where(copy->to) ? ": " : "",
			db_trouble_where(copy->to)));
	}
	if ((r = db_commit(copy->to)))
		return give_up(copy, r, "The target could not keep what was copied; see the log.");
	db_checkpoint(copy->to, LOG_PAGES);
	return OK;
}

static enum result
copy_table(struct copy *copy, const struct copied *table)
{
	struct copy_rows rows = { .to = copy->to, .rec = table->rec };
	int64_t last = 0, n = 1, done = 0;
	enum result r = db_one(copy->to, "SELECT last_id FROM copy_progress WHERE table_name = $1",
		ARGS(value_text(table->rec->name)), &last);

	if (r)
		return r;
	rows.arena = arena_open(BATCH_MEMORY);
	copy_rows_open(&rows);
	while (!r && n) {
		r = put_batch(copy, &rows, &last, &n);
		arena_reset(rows.arena);
		done += n;
		tell(copy, COPY_ROWS, table->rec, done, table->digest.rows);
	}
	copy_rows_close(&rows);
	arena_close(&rows.arena);
	return r;
}

/* ---- references written last ---- */

static enum result
link_page(struct copy *copy, const char *select, const char *update, int64_t *last, int64_t *n)
{
	struct query *query;
	enum result failed = OK;
	enum result r = db_query(copy->from, &query, select,
		ARGS(value_whole(*last), value_whole(BATCH)));

	*n = 0;
	if (r)
		return r;
	while (!failed && query_next(query)) {
		*last = query_whole(query, 0);
		++*n;
		failed = db_run(copy->to, update,
			ARGS(value_whole(*last), value_whole(query_whole(query, 1))), NULL);
	}
	r = query_close(&query);
	return r ? r : failed;
}

static enum result
link_field(struct copy *copy, const struct record *rec, const struct field *f)
{
	const char *select = arena_printf(copy->arena,
		"SELECT id, %s FROM %s WHERE id > $1 AND %s IS NOT NULL ORDER BY id LIMIT $2",
		f->name, rec->name, f->name);
	const char *update = arena_printf(copy->arena, "UPDATE %s SET %s = $2 WHERE id = $1",
		rec->name, f->name);
	int64_t last = 0, n = 1, done = 0;
	enum result r = OK;

	while (!r && n) {
		if ((r = db_begin(copy->to)))
			return r;
		r = link_page(copy, select, update, &last, &n);
		if (r)
			db_rollback(copy->to);
		else
			r = db_commit(copy->to);
		done += n;
		tell(copy, COPY_LINKS, rec, done, done);
	}
	return r;
}

static enum result
link_late(struct copy *copy, const struct record *rec)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < rec->n_fields; i++)
		if (is_late(copy, rec, &rec->fields[i]))
			r = link_field(copy, rec, &rec->fields[i]);
	return r;
}

/* ---- the end ---- */

/* Ids are never used twice, those of rows that are gone included. */
static enum result
set_counters(struct copy *copy)
{
	enum result r = db_begin(copy->to);

	if (r)
		return r;
	for (size_t i = 0; !r && i < copy->n_tables; i++) {
		int64_t last = 0;

		r = counter_get(copy->from, copy->tables[i].rec, &last);
		if (!r)
			r = counter_set(copy->to, copy->tables[i].rec, last);
	}
	if (!r)
		return db_commit(copy->to);
	db_rollback(copy->to);
	return r;
}

struct looking {
	struct copy *copy;
	const struct record *rec;
	int64_t before, of;
};

static void
show_looking(void *arg, int64_t rows)
{
	struct looking *looking = arg;

	tell(looking->copy, COPY_CHECKS, looking->rec, looking->before + rows, looking->of);
}

static enum result
verify(struct copy *copy, struct copied *table)
{
	struct looking looking = { .copy = copy, .rec = table->rec,
		.of = 2 * table->digest.rows };
	struct digest other;
	enum result r = digest_table(copy->from, table->rec, &table->digest, show_looking,
		&looking);

	looking.before = table->digest.rows;
	if (!r)
		r = digest_table(copy->to, table->rec, &other, show_looking, &looking);
	if (r)
		return r;
	if (strcmp(table->digest.hex, other.hex) != 0)
		return give_up(copy, CONFLICT, arena_printf(copy->arena,
			"The two differ in %s: %lld rows there, %lld here%s; the copy is not to be "
			"used.", table->rec->name, (long long)table->digest.rows,
			(long long)other.rows,
			copy->resumed ? ". It was begun before: did the source go on meanwhile?"
				      : ""));
	return OK;
}

/* Both at the revision of this program; a target is touched after that is sure. */
static enum result
make_ready(struct copy *copy)
{
	struct revisions chain;
	int version = 0;
	enum result r;

	if ((r = revisions_read(copy->arena, revision_files, copy->catalog->name, &chain)))
		return give_up(copy, r, chain.trouble);
	if ((r = migrate_version(copy->from, &version)))
		return give_up(copy, r, "The source cannot be read; see the log.");
	if (!version)
		return give_up(copy, MISSING, "The source is no database of Charthouse.");
	if (chain.n && version != revisions_head(&chain))
		return give_up(copy, CONFLICT, arena_printf(copy->arena,
			"The source is at revision %04d and this program at %04d: run charthouse "
			"migrate upgrade on the source first.", version, revisions_head(&chain)));
	if ((r = ground_lay(copy->to, copy->catalog->name))
		|| (r = migrate_open(copy->to, copy->catalog)))
		return give_up(copy, r, "The target's tables cannot be made; see the log.");
	return OK;
}

static void
list_tables(struct copy *copy)
{
	const struct record *const *records = copy->catalog->records;
	size_t most = 0;

	while (records[most])
		most++;
	copy->tables = arena_new(copy->arena, (most + 1) * sizeof(*copy->tables));
	for (size_t i = 0; i < most; i++)
		if (!is_own(records[i]))
			copy->tables[copy->n_tables++].rec = records[i];
}

/* The source is read in one transaction from here to the end of copy_run(). */
enum result
copy_begin(struct copy *copy)
{
	enum result r;

	list_tables(copy);
	if ((r = make_ready(copy)))
		return r;
	if ((r = db_begin_read(copy->from)))
		return give_up(copy, r, "The source cannot be read; see the log.");
	if ((r = mark(copy)))
		db_end_read(copy->from);
	return r;
}

enum result
copy_run(struct copy *copy)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < copy->n_tables; i++)
		r = copy_table(copy, &copy->tables[i]);
	for (size_t i = 0; !r && i < copy->n_tables; i++)
		r = link_late(copy, copy->tables[i].rec);
	if (!r)
		r = set_counters(copy);
	for (size_t i = 0; !r && i < copy->n_tables; i++)
		r = verify(copy, &copy->tables[i]);
	db_end_read(copy->from);
	db_checkpoint(copy->to, 0);
	if (r && !copy->trouble)
		copy->trouble = "The copy could not be finished; see the log. The same command "
				"goes on where it stopped.";
	return r;
}

enum result
copy_end(struct copy *copy)
{
	enum result r = db_script(copy->to, "DROP TABLE copy_progress");

	db_checkpoint(copy->to, 0);
	if (r)
		return give_up(copy, r, "The mark of an unfinished copy could not be taken away; "
					"see the log, and run the same command again.");
	return OK;
}
