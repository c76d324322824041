/*
 * cells - reads stored rows in one form, and sums tables up.
 *
 * A database may keep JSON as it likes (PostgreSQL's JSONB sorts members and
 * rewrites numbers), so a digest is made of what JSON means, not of its bytes.
 */
#include "engine/cells.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "engine/work.h"

enum { STAMPS = 3, PAGE = 1000, PAGE_MEMORY = 1 << 30 };

size_t
cells_of(const struct record *rec)
{
	return STAMPS + rec->n_fields;
}

const struct field *
cells_field(const struct record *rec, size_t i)
{
	return i < STAMPS ? NULL : &rec->fields[i - STAMPS];
}

bool
cells_is_moment(const struct record *rec, size_t i)
{
	const struct field *f = cells_field(rec, i);

	return f ? f->type == TYPE_MOMENT : i > 0;
}

/* CURRENT_TIMESTAMP of SQLite has no digits behind the seconds; what a person put
 * there by hand may have fewer than six. */
static struct value
read_moment(struct arena *arena, struct query *query, size_t i)
{
	enum { SECONDS = 19, ALL = MOMENT_SIZE - 1 };
	const char *text = query_text(query, i, NULL);
	size_t n = text ? strlen(text) : 0;
	char *whole;

	if (n < SECONDS || n >= ALL)
		return value_text(text);
	whole = arena_copy(arena, "0000-00-00 00:00:00.000000", ALL);
	memcpy(whole, text, n);
	return value_text(whole);
}

static struct value
read_text(struct query *query, size_t i)
{
	struct value value = value_text(query_text(query, i, NULL));

	if (value.kind == VALUE_TEXT)
		(void)query_text(query, i, &value.len);
	return value;
}

struct value
cells_read(struct arena *arena, struct query *query, const struct record *rec, size_t i)
{
	const struct field *f = cells_field(rec, i);

	if (query_null(query, i))
		return value_null();
	if (cells_is_moment(rec, i))
		return read_moment(arena, query, i);
	if (!f || f->type == TYPE_WHOLE || f->type == TYPE_REF || f->type == TYPE_BOOL)
		return value_whole(query_whole(query, i));
	if (f->type == TYPE_NUMBER)
		return value_number(query_number(query, i));
	return read_text(query, i);
}

/* ---- a table in one number ---- */

/* What is no JSON is summed up as the text it is. */
static void
write_json(struct text *out, const struct value *value)
{
	json_t *json = json_loadb(value->text, value->len,
		JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
	char *sorted = json ? json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS)
		: NULL;

	if (sorted)
		json_raw(out, sorted, strlen(sorted));
	else
		json_bytes(out, value->text, value->len);
	free(sorted);
	json_decref(json);
}

static void
write_cell(struct text *out, const struct field *f, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		json_nothing(out);
		break;
	case VALUE_WHOLE:
		json_whole(out, value->whole);
		break;
	case VALUE_NUMBER:
		json_number(out, value->number);
		break;
	case VALUE_TEXT:
		if (f && (f->type == TYPE_JSON || f->type == TYPE_LIST))
			write_json(out, value);
		else
			json_bytes(out, value->text, value->len);
		break;
	}
}

struct sum {
	struct db *db;
	const struct record *rec;
	struct digest *digest;
	struct arena *arena;
	uint8_t hash[HASH_SIZE];
	int64_t last; /* id */
};

static enum result
add_row(struct sum *sum, struct query *query)
{
	struct text line CLEANUP(text_close) = { 0 };

	text_put(&line, (const char *)sum->hash, HASH_SIZE);
	json_open(&line, '[');
	for (size_t i = 0; i < cells_of(sum->rec); i++) {
		struct value value = cells_read(sum->arena, query, sum->rec, i);

		write_cell(&line, cells_field(sum->rec, i), &value);
	}
	json_close(&line, ']');
	if (line.full)
		return FAULT;
	hash_sha256(line.at, line.len, sum->hash);
	sum->digest->rows++;
	sum->last = query_whole(query, 0);
	return OK;
}

static enum result
add_page(struct sum *sum, const char *sql, int64_t *n)
{
	struct query *query;
	enum result failed = OK;
	enum result r = db_query(sum->db, &query, sql,
		ARGS(value_whole(sum->last), value_whole(PAGE)));

	*n = 0;
	if (r)
		return r;
	for (; !failed && query_next(query); ++*n)
		failed = add_row(sum, query);
	r = query_close(&query);
	return r ? r : failed;
}

enum result
digest_table(struct db *db, const struct record *rec, struct digest *digest,
	void (*each)(void *arg, int64_t rows), void *arg)
{
	struct arena *arena CLEANUP(arena_close) = arena_open(PAGE_MEMORY);
	struct text sql CLEANUP(text_close) = { 0 };
	struct sum sum = { .db = db, .rec = rec, .digest = digest, .arena = arena };
	int64_t n = PAGE;
	enum result r = OK;

	*digest = (struct digest){ 0 };
	text_printf(&sql, "SELECT %s FROM %s WHERE id > $1 ORDER BY id LIMIT $2",
		record_plan(rec)->columns, rec->name);
	while (!r && n == PAGE) {
		r = add_page(&sum, text_string(&sql), &n);
		arena_reset(arena);
		if (each)
			each(arg, digest->rows);
	}
	to_hex(sum.hash, HASH_SIZE, digest->hex);
	return r;
}

/* ---- counters of ids ---- */

enum result
counter_get(struct db *db, const struct record *rec, int64_t *last)
{
	enum result r;

	*last = 0;
	if (db_dialect(db) == SQLITE)
		r = db_one(db, "SELECT seq FROM sqlite_sequence WHERE name = $1",
			ARGS(value_text(rec->name)), last);
	else
		r = db_one(db,
			"SELECT pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass)",
			ARGS(value_text(rec->name)), last);
	return r == MISSING ? OK : r;
}

static enum result
set_lite(struct db *db, const struct record *rec, int64_t last)
{
	int64_t changed = 0;
	enum result r = db_run(db, "UPDATE sqlite_sequence SET seq = $2 WHERE name = $1",
		ARGS(value_text(rec->name), value_whole(last)), &changed);

	if (r || changed)
		return r;
	return db_run(db, "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
		ARGS(value_text(rec->name), value_whole(last)), NULL);
}

enum result
counter_set(struct db *db, const struct record *rec, int64_t last)
{
	int64_t set;

	if (!last)
		return OK;
	if (db_dialect(db) == SQLITE)
		return set_lite(db, rec, last);
	return db_one(db, "SELECT setval(pg_get_serial_sequence($1, 'id')::regclass, $2, true)",
		ARGS(value_text(rec->name), value_whole(last)), &set);
}
