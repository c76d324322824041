/*
 * sqlite_query - statements of SQLite: kept, bound, stepped, read.
 *
 * The kept ones sit in an open-addressing table by the hash of their text.
 * Values are bound without a copy: the caller keeps them until the statement is
 * closed, and nothing looks at them afterwards, because every start binds all
 * of them anew.
 */
#include "db/sqlite.h"

#include <stdlib.h>
#include <string.h>

/* Both halves of a product of 64 bits. */
static uint64_t
mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Eight bytes a step: a list's statement is half a kilobyte, and is looked up at
 * every request.  The texts are ours, so nobody picks them to collide. */
static uint64_t
hash_text(const char *text, size_t *len)
{
	uint64_t hash = 0x9e3779b97f4a7c15U;
	size_t n = strlen(text);
	uint64_t word;

	*len = n;
	for (; n >= sizeof(word); text += sizeof(word), n -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		hash = mix(hash ^ word, 0xa0761d6478bd642fU);
	}
	word = 0;
	memcpy(&word, text, n);
	return mix(hash ^ word, 0xe7037ed1a0b428dbU ^ *len);
}

static struct lite_query *
find(const struct lite *db, const char *sql, size_t len, uint64_t hash)
{
	for (size_t i = hash % SLOTS; db->slots[i]; i = (i + 1) % SLOTS) {
		struct lite_query *query = db->slots[i];

		if (query->hash == hash && query->len == len &&
		    memcmp(query->sql, sql, len) == 0)
			return query;
	}
	return NULL;
}

static void
dispose(struct lite_query *query)
{
	sqlite3_finalize(query->stmt);
	free(query);
}

/* Closes the gap behind, so that every search still meets its statement before
 * an empty slot. */
static void
empty_slot(struct lite *db, size_t hole)
{
	db->slots[hole] = NULL;
	for (size_t i = (hole + 1) % SLOTS; db->slots[i]; i = (i + 1) % SLOTS) {
		size_t home = db->slots[i]->hash % SLOTS;

		if ((i - home) % SLOTS < (i - hole) % SLOTS)
			continue;
		db->slots[hole] = db->slots[i];
		db->slots[i] = NULL;
		hole = i;
	}
}

/* False when all are in use. */
static bool
make_room(struct lite *db)
{
	size_t oldest = SLOTS;
	struct lite_query *query;

	if (db->n_statements < STATEMENTS)
		return true;
	for (size_t i = 0; i < SLOTS; i++) {
		query = db->slots[i];
		if (query && !query->busy &&
		    (oldest == SLOTS || query->used < db->slots[oldest]->used))
			oldest = i;
	}
	if (oldest == SLOTS)
		return false;
	query = db->slots[oldest];
	empty_slot(db, oldest);
	db->n_statements--;
	dispose(query);
	return true;
}

static void
keep(struct lite *db, struct lite_query *query)
{
	size_t i = query->hash % SLOTS;

	while (db->slots[i])
		i = (i + 1) % SLOTS;
	db->slots[i] = query;
	db->n_statements++;
	query->kept = true;
}

void
sqlite_forget(struct lite *db)
{
	for (size_t i = 0; i < SLOTS; i++) {
		if (db->slots[i])
			dispose(db->slots[i]);
		db->slots[i] = NULL;
	}
	db->n_statements = 0;
}

/* The n of "$n"; 0 when it is not such a name. */
static int16_t
placeholder(const char *name)
{
	char *end;
	long n;

	if (!name || name[0] != '$' || name[1] < '1' || name[1] > '9')
		return 0;
	n = strtol(name + 1, &end, 10);
	return *end || n > INT16_MAX ? 0 : (int16_t)n;
}

/* Puts the statement into a query of its own; NULL when a placeholder is not of
 * the form $n. */
static struct lite_query *
wrap(struct lite *db, sqlite3_stmt *stmt, const char *sql, size_t len)
{
	int n = sqlite3_bind_parameter_count(stmt);
	struct lite_query *query = calloc(1, sizeof(*query) + (size_t)n * sizeof(int16_t) + len + 1);
	char *text;

	if (!query)
		abort();
	query->base.driver = db->base.driver;
	query->db = db;
	query->stmt = stmt;
	query->n_args = n;
	for (int i = 0; i < n; i++) {
		query->arg[i] = placeholder(sqlite3_bind_parameter_name(stmt, i + 1));
		if (!query->arg[i]) {
			free(query);
			return NULL;
		}
	}
	text = (char *)(query->arg + n);
	memcpy(text, sql, len + 1);
	query->sql = text;
	query->len = len;
	return query;
}

static enum result
prepare(struct lite *db, struct lite_query **out, const char *sql, size_t len, unsigned flags)
{
	sqlite3_stmt *stmt;
	const char *tail;
	int code;

	*out = NULL;
	if (len >= INT32_MAX)
		return sqlite_refuse(db, "statement too long", NULL);
	code = sqlite3_prepare_v3(db->sqlite, sql, (int)len + 1, flags, &stmt, &tail);
	if (code)
		return sqlite_misread(db, code, sql);
	if (!stmt)
		return sqlite_refuse(db, "empty statement", sql);
	if (tail[strspn(tail, " \t\r\n;")]) {
		sqlite3_finalize(stmt);
		return sqlite_refuse(db, "more than one statement", sql);
	}
	*out = wrap(db, stmt, sql, len);
	if (!*out) {
		sqlite3_finalize(stmt);
		return sqlite_refuse(db, "placeholder other than $n", sql);
	}
	return OK;
}

/* An idle statement for the text, kept or passing. */
static enum result
obtain(struct lite *db, struct lite_query **out, const char *sql)
{
	size_t len;
	uint64_t hash = hash_text(sql, &len);
	struct lite_query *found = find(db, sql, len, hash);
	bool keeping;
	enum result r;

	if (found && !found->busy) {
		*out = found;
		return OK;
	}
	keeping = !found && make_room(db);
	r = prepare(db, out, sql, len, keeping ? SQLITE_PREPARE_PERSISTENT : 0);
	if (!*out)
		return r;
	(*out)->hash = hash;
	if (keeping)
		keep(db, *out);
	return OK;
}

static int
bind(sqlite3_stmt *stmt, int i, const struct value *value)
{
	switch (value->kind) {
	case VALUE_WHOLE:
		return sqlite3_bind_int64(stmt, i, value->whole);
	case VALUE_NUMBER:
		return sqlite3_bind_double(stmt, i, value->number);
	case VALUE_TEXT:
		return sqlite3_bind_text64(stmt, i, value->text, value->len, SQLITE_STATIC,
			SQLITE_UTF8);
	case VALUE_NULL:
		break;
	}
	return sqlite3_bind_null(stmt, i);
}

static enum result
bind_all(struct lite_query *query, const struct value *args, size_t n_args)
{
	for (int i = 0; i < query->n_args; i++) {
		int code;

		if ((size_t)query->arg[i] > n_args)
			return sqlite_refuse(query->db, "fewer values than placeholders",
				query->sql);
		code = bind(query->stmt, i + 1, &args[query->arg[i] - 1]);
		if (code)
			return sqlite_fail(query->db, code, query->sql);
	}
	return OK;
}

enum result
sqlite_query(struct db *base, struct query **out, const char *sql, const struct value *args,
	size_t n_args)
{
	struct lite *db = (struct lite *)base;
	struct lite_query *query = NULL;
	enum result r;

	*out = NULL;
	if ((r = sqlite_ready(db)))
		return r;
	r = obtain(db, &query, sql);
	if (!query)
		return r;
	query->busy = true;
	query->ended = false;
	query->result = OK;
	query->used = ++db->clock;
	if ((r = bind_all(query, args, n_args))) {
		sqlite_end(&query->base);
		return r;
	}
	*out = &query->base;
	return OK;
}

bool
sqlite_next(struct query *base)
{
	struct lite_query *query = (struct lite_query *)base;
	int code;

	if (query->ended)
		return false;
	code = sqlite3_step(query->stmt);
	if (code == SQLITE_ROW)
		return true;
	query->ended = true;
	if (code != SQLITE_DONE)
		query->result = sqlite_fail(query->db, code, query->sql);
	return false;
}

enum result
sqlite_end(struct query *base)
{
	struct lite_query *q = (struct lite_query *)base;
	enum result r = q->result;

	if (q->kept) {
		sqlite3_reset(q->stmt);
		q->busy = false;
	} else {
		dispose(q);
	}
	return r;
}

static sqlite3_stmt *
stmt_of(const struct query *base)
{
	return ((const struct lite_query *)base)->stmt;
}

size_t
sqlite_columns(const struct query *base)
{
	return (size_t)sqlite3_column_count(stmt_of(base));
}

const char *
sqlite_column_name(const struct query *base, size_t i)
{
	return sqlite3_column_name(stmt_of(base), (int)i);
}

bool
sqlite_null(struct query *base, size_t i)
{
	return sqlite3_column_type(stmt_of(base), (int)i) == SQLITE_NULL;
}

int64_t
sqlite_whole(struct query *base, size_t i)
{
	return sqlite3_column_int64(stmt_of(base), (int)i);
}

double
sqlite_number(struct query *base, size_t i)
{
	return sqlite3_column_double(stmt_of(base), (int)i);
}

const char *
sqlite_text(struct query *base, size_t i, size_t *n)
{
	const void *text = sqlite3_column_text(stmt_of(base), (int)i);

	if (n)
		*n = text ? (size_t)sqlite3_column_bytes(stmt_of(base), (int)i) : 0;
	return text;
}

enum value_kind
sqlite_kind(struct query *base, size_t i)
{
	switch (sqlite3_column_type(stmt_of(base), (int)i)) {
	case SQLITE_NULL:
		return VALUE_NULL;
	case SQLITE_INTEGER:
		return VALUE_WHOLE;
	case SQLITE_FLOAT:
		return VALUE_NUMBER;
	default:
		return VALUE_TEXT;
	}
}

/* The sqlite3_column_ functions each look the column up and take the trouble to ask for
 * an error; a list asks twice or three times for every column of every row. */
void
sqlite_value(struct query *base, size_t i, struct value *out)
{
	sqlite3_value *value = sqlite3_column_value(stmt_of(base), (int)i);

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		out->kind = VALUE_NULL;
		break;
	case SQLITE_INTEGER:
		out->kind = VALUE_WHOLE;
		out->whole = sqlite3_value_int64(value);
		break;
	case SQLITE_FLOAT:
		out->kind = VALUE_NUMBER;
		out->number = sqlite3_value_double(value);
		break;
	default:
		out->kind = VALUE_TEXT;
		out->text = (const char *)sqlite3_value_text(value);
		out->len = out->text ? (size_t)sqlite3_value_bytes(value) : 0;
	}
}

static enum result
run(struct lite *db, const char *sql, const struct value *args, size_t n_args, bool *any)
{
	int64_t before = sqlite3_total_changes64(db->sqlite);
	struct query *query;
	enum result r;

	if ((r = sqlite_query(&db->base, &query, sql, args, n_args)))
		return r;
	while (sqlite_next(query))
		;
	*any = sqlite3_total_changes64(db->sqlite) != before;
	return sqlite_end(query);
}

enum result
sqlite_run(struct db *base, const char *sql, const struct value *args, size_t n_args,
	int64_t *changed)
{
	struct lite *db = (struct lite *)base;
	bool any;
	enum result r = run(db, sql, args, n_args, &any);

	/* SQLite keeps the count of the statement before when this one has none. */
	if (!r && changed)
		*changed = any ? sqlite3_changes64(db->sqlite) : 0;
	return r;
}

enum result
sqlite_insert(struct db *base, const char *sql, const struct value *args, size_t n_args,
	int64_t *id)
{
	struct lite *db = (struct lite *)base;
	bool any;
	enum result r = run(db, sql, args, n_args, &any);

	if (!r)
		*id = any ? sqlite3_last_insert_rowid(db->sqlite) : 0;
	return r;
}
