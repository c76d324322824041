/*
 * postgres_query - statements of PostgreSQL: kept, bound, run.
 *
 * The kept ones sit in an open-addressing table by the hash of their text.  The
 * first time a statement is seen its parameters' types are asked for: values go
 * as text, and an array needs another text than JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/postgres.h"

enum { NUMBER_SIZE = 32 };

/* ---- statements ------------------------------------------------------------ */

/* FNV-1a, 64 bits; measures the text on the way. */
static uint64_t
hash_text(const char *text, size_t *len)
{
	uint64_t hash = 0xcbf29ce484222325U;
	size_t i;

	for (i = 0; text[i]; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3U;
	*len = i;
	return hash;
}

static void
dispose(struct pg_statement *statement)
{
	if (statement)
		free(statement->types);
	free(statement);
}

void
pg_forget(struct pg *pg)
{
	for (size_t i = 0; i < PG_SLOTS; i++) {
		dispose(pg->slots[i]);
		pg->slots[i] = NULL;
	}
	pg->n_statements = 0;
}

void
pg_renew(struct pg *pg)
{
	for (size_t i = 0; i < PG_SLOTS; i++)
		if (pg->slots[i]) {
			free(pg->slots[i]->types);
			pg->slots[i]->types = NULL;
			pg->slots[i]->n_types = 0;
			pg->slots[i]->known = false;
			pg->slots[i]->life = 0;
			pg->slots[i]->number = ++pg->names;
		}
}

static struct pg_statement *
add(struct pg *pg, const char *sql, size_t len, uint64_t hash)
{
	struct pg_statement *statement = calloc(1, sizeof(*statement) + len + 1);
	size_t i = hash % PG_SLOTS;

	if (!statement)
		abort();
	memcpy(statement->sql, sql, len + 1);
	statement->len = len;
	statement->hash = hash;
	statement->number = ++pg->names;
	while (pg->slots[i])
		i = (i + 1) % PG_SLOTS;
	pg->slots[i] = statement;
	pg->n_statements++;
	return statement;
}

/* Closes the gap behind, so that every search still meets its statement before
 * an empty slot. */
static void
empty_slot(struct pg *pg, size_t hole)
{
	pg->slots[hole] = NULL;
	for (size_t i = (hole + 1) % PG_SLOTS; pg->slots[i]; i = (i + 1) % PG_SLOTS) {
		size_t home = pg->slots[i]->hash % PG_SLOTS;

		if ((i - home) % PG_SLOTS < (i - hole) % PG_SLOTS)
			continue;
		pg->slots[hole] = pg->slots[i];
		pg->slots[i] = NULL;
		hole = i;
	}
}

/* The longest unused one gives way. */
static void
make_room(struct pg *pg)
{
	size_t oldest = PG_SLOTS;

	if (pg->n_statements < PG_STATEMENTS)
		return;
	for (size_t i = 0; i < PG_SLOTS; i++)
		if (pg->slots[i]
			&& (oldest == PG_SLOTS || pg->slots[i]->used < pg->slots[oldest]->used))
			oldest = i;
	if (pg->slots[oldest] == pg->foreseen.statement)
		pg_unforesee(pg);
	/* In the middle of a packet nothing may end it: that one stays with the server. */
	if (pg->conn && pg->slots[oldest]->life == pg->life && !pg->pooled && !pg->n_sent) {
		char sql[32];

		(void)snprintf(sql, sizeof(sql), "DEALLOCATE s%u", pg->slots[oldest]->number);
		pg_tell(pg, sql);
	}
	dispose(pg->slots[oldest]);
	empty_slot(pg, oldest);
	pg->n_statements--;
}

static struct pg_statement *
obtain(struct pg *pg, const char *sql)
{
	size_t len;
	uint64_t hash = hash_text(sql, &len);

	for (size_t i = hash % PG_SLOTS; pg->slots[i]; i = (i + 1) % PG_SLOTS) {
		struct pg_statement *found = pg->slots[i];

		if (found->hash == hash && found->len == len && memcmp(found->sql, sql, len) == 0)
			return found;
	}
	make_room(pg);
	return add(pg, sql, len, hash);
}

static enum result
learn(struct pg *pg, struct pg_statement *statement)
{
	PGresult *description;
	enum result r;
	int n;

	if (statement->known)
		return OK;
	if ((r = pg_say(pg, statement, NULL, NULL, &description)))
		return r;
	n = PQnparams(description);
	statement->types = calloc((size_t)n + 1, sizeof(*statement->types));
	if (!statement->types)
		abort();
	for (int i = 0; i < n; i++)
		statement->types[i] = PQparamtype(description, i);
	statement->n_types = n;
	statement->known = true;
	PQclear(description);
	return OK;
}

/* ---- values ---------------------------------------------------------------- */

struct bound {
	const char *args[PG_ARGS];
	char numbers[PG_ARGS][NUMBER_SIZE];
	struct arena *arena; /* of arrays; NULL until needed */
};

static const char *
bind_text(struct bound *bound, const char *text, Oid type)
{
	if (type != OID_TEXTS && type != OID_VARCHARS && type != OID_INT4S && type != OID_INT8S)
		return text;
	if (!bound->arena)
		bound->arena = arena_open(64 << 20);
	return pg_array_in(bound->arena, text);
}

static const char *
bind(struct bound *bound, int i, const struct value *value, Oid type)
{
	char *number = bound->numbers[i];

	switch (value->kind) {
	case VALUE_WHOLE:
		if (type == OID_BOOL)
			return value->whole ? "t" : "f";
		(void)snprintf(number, NUMBER_SIZE, "%lld", (long long)value->whole);
		return number;
	case VALUE_NUMBER:
		(void)snprintf(number, NUMBER_SIZE, "%.17g", value->number);
		return number;
	case VALUE_TEXT:
		return bind_text(bound, value->text, type);
	case VALUE_NULL:
		break;
	}
	return NULL;
}

/* The rows, when this is what was foreseen and they have come. */
static PGresult *
take_foreseen(struct pg *pg, const struct pg_statement *statement, const char *const *args)
{
	struct pg_foreseen *foreseen = &pg->foreseen;
	PGresult *rows = foreseen->rows;

	if (!rows || foreseen->statement != statement)
		return NULL;
	for (int i = 0; i < statement->n_types; i++)
		if (!args[i] || strcmp(args[i], foreseen->args[i]) != 0)
			return NULL;
	foreseen->rows = NULL;
	pg_unforesee(pg);
	return rows;
}

static enum result
execute(struct pg *pg, struct pg_statement *statement, const struct value *args, size_t n_args,
	PGresult **rows)
{
	struct bound bound;
	enum result r;

	bound.arena = NULL;
	statement->used = ++pg->clock;
	if ((r = learn(pg, statement)))
		return r;
	if ((size_t)statement->n_types > n_args)
		return pg_refuse(pg, "fewer values than placeholders", statement->sql);
	if (statement->n_types > PG_ARGS)
		return pg_refuse(pg, "too many placeholders", statement->sql);
	for (int i = 0; i < statement->n_types; i++)
		bound.args[i] = bind(&bound, i, &args[i], statement->types[i]);
	*rows = take_foreseen(pg, statement, bound.args);
	r = *rows ? OK : pg_say(pg, statement, NULL, bound.args, rows);
	arena_close(&bound.arena);
	return r;
}

/* A statement outside of any transaction gets one of its own where it must not
 * leave a trace, or finds no settings in the session. */
static enum result
run(struct pg *pg, const char *sql, const struct value *args, size_t n_args, PGresult **rows)
{
	struct pg_statement *statement = obtain(pg, sql);
	bool alone = !pg->begun && (pg->pooled || pg->base.mode == DB_QUERY);
	enum result r;

	if (!alone)
		return execute(pg, statement, args, n_args, rows);
	if ((r = pg->base.driver->begin(&pg->base)))
		return r;
	r = execute(pg, statement, args, n_args, rows);
	if (r)
		pg->base.driver->rollback(&pg->base);
	else
		r = pg->base.driver->commit(&pg->base);
	if (r) {
		PQclear(*rows);
		*rows = NULL;
	}
	return r;
}

/* ---- for the driver -------------------------------------------------------- */

enum result
pg_query(struct db *base, struct query **out, const char *sql, const struct value *args,
	size_t n_args)
{
	struct pg *pg = (struct pg *)base;
	struct pg_query *query;
	PGresult *rows;
	enum result r;

	*out = NULL;
	if ((r = run(pg, sql, args, n_args, &rows)))
		return r;
	query = pg->spare;
	if (query)
		pg->spare = query->next;
	else if (!(query = calloc(1, sizeof(*query))))
		abort();
	query->base.driver = base->driver;
	query->pg = pg;
	query->rows = rows;
	query->row = -1;
	query->n_rows = PQntuples(rows);
	query->n_columns = PQnfields(rows);
	*out = &query->base;
	return OK;
}

enum result
pg_run(struct db *base, const char *sql, const struct value *args, size_t n_args,
	int64_t *changed)
{
	PGresult *rows;
	enum result r = run((struct pg *)base, sql, args, n_args, &rows);

	if (r)
		return r;
	if (changed)
		*changed = strtoll(PQcmdTuples(rows), NULL, 10);
	PQclear(rows);
	return OK;
}

enum result
pg_run_later(struct db *base, const char *sql, const struct value *args, size_t n_args)
{
	struct pg *pg = (struct pg *)base;
	struct pg_statement *statement = obtain(pg, sql);
	struct bound bound;
	enum result r;

	/* The first time it must be learned, and prepared. */
	if (!pg->begun || !statement->known || (!pg->pooled && statement->life != pg->life)
		|| (size_t)statement->n_types > n_args || statement->n_types > PG_ARGS)
		return pg_run(base, sql, args, n_args, NULL);
	bound.arena = NULL;
	statement->used = ++pg->clock;
	for (int i = 0; i < statement->n_types; i++)
		bound.args[i] = bind(&bound, i, &args[i], statement->types[i]);
	r = pg_later(pg, statement, bound.args);
	arena_close(&bound.arena);
	return r;
}

void
pg_foresee(struct db *base, const char *sql, const struct value *args, size_t n_args)
{
	struct pg *pg = (struct pg *)base;
	struct pg_statement *statement;
	struct bound bound;
	bool sound = true;

	if (base->mode != DB_READ || !pg->begun || pg->pooled || pg->foreseen.statement)
		return;
	statement = obtain(pg, sql);
	if (!statement->known || (size_t)statement->n_types != n_args || n_args > PG_FORESEEN_ARGS)
		return;
	bound.arena = NULL;
	for (size_t i = 0; i < n_args; i++) {
		const char *text = bind(&bound, (int)i, &args[i], statement->types[i]);

		pg->foreseen.args[i] = text ? strdup(text) : NULL;
		sound = sound && pg->foreseen.args[i];
	}
	arena_close(&bound.arena);
	statement->used = ++pg->clock;
	pg->foreseen.statement = statement;
	if (!sound)
		pg_unforesee(pg);
}

enum result
pg_insert(struct db *base, const char *sql, const struct value *args, size_t n_args, int64_t *id)
{
	struct arena *arena CLEANUP(arena_close) = arena_open(1 << 20);
	PGresult *rows;
	enum result r = run((struct pg *)base, arena_printf(arena, "%s RETURNING id", sql), args,
		n_args, &rows);

	if (r)
		return r;
	*id = PQntuples(rows) ? strtoll(PQgetvalue(rows, 0, 0), NULL, 10) : 0;
	PQclear(rows);
	return OK;
}
