/*
 * postgres_rows - reading an answer, row by row.
 */
#include <stdlib.h>
#include <string.h>

#include "db/postgres.h"

enum { ROW_CAP = 256 << 20 };

static struct pg_query *
query_of(struct query *base)
{
	return (struct pg_query *)base;
}

bool
pg_next(struct query *base)
{
	struct pg_query *query = query_of(base);

	if (query->row + 1 >= query->n_rows)
		return false;
	query->row++;
	if (query->arena)
		arena_reset(query->arena);
	return true;
}

bool
pg_rewind(struct query *base)
{
	query_of(base)->row = -1;
	return true;
}

enum result
pg_end(struct query *base)
{
	struct pg_query *query = query_of(base);

	PQclear(query->rows);
	query->rows = NULL;
	arena_close(&query->arena);
	query->next = query->pg->spare;
	query->pg->spare = query;
	return OK;
}

size_t
pg_columns(const struct query *base)
{
	return (size_t)((const struct pg_query *)base)->n_columns;
}

const char *
pg_column_name(const struct query *base, size_t i)
{
	return PQfname(((const struct pg_query *)base)->rows, (int)i);
}

bool
pg_null(struct query *base, size_t i)
{
	struct pg_query *query = query_of(base);

	return PQgetisnull(query->rows, query->row, (int)i);
}

int64_t
pg_whole(struct query *base, size_t i)
{
	struct pg_query *query = query_of(base);
	const char *text = PQgetvalue(query->rows, query->row, (int)i);
	bool minus = *text == '-';
	uint64_t whole = 0;

	if (*text == 't')
		return 1;
	for (text += minus; *text >= '0' && *text <= '9'; text++)
		whole = whole * 10 + (uint64_t)(*text - '0');
	return (int64_t)(minus ? 0 - whole : whole);
}

double
pg_number(struct query *base, size_t i)
{
	struct pg_query *query = query_of(base);

	return strtod(PQgetvalue(query->rows, query->row, (int)i), NULL);
}

static struct arena *
arena_of(struct pg_query *query)
{
	if (!query->arena)
		query->arena = arena_open(ROW_CAP);
	return query->arena;
}

const char *
pg_text(struct query *base, size_t i, size_t *n)
{
	struct pg_query *query = query_of(base);
	const char *text = PQgetvalue(query->rows, query->row, (int)i);
	size_t len = (size_t)PQgetlength(query->rows, query->row, (int)i);
	Oid type = PQftype(query->rows, (int)i);

	if (PQgetisnull(query->rows, query->row, (int)i)) {
		text = NULL;
		len = 0;
	} else if (type == OID_TIMESTAMPTZ || type == OID_TIMESTAMP) {
		text = pg_moment_out(arena_of(query), text);
		len = strlen(text);
	} else if (type == OID_JSONB) {
		text = pg_json_out(arena_of(query), text, len, &len);
	} else if (type == OID_TEXTS || type == OID_VARCHARS) {
		text = pg_array_out(arena_of(query), text);
		len = strlen(text);
	} else if (type == OID_BOOL) {
		text = *text == 't' ? "1" : "0";
	}
	if (n)
		*n = len;
	return text;
}

enum value_kind
pg_kind(struct query *base, size_t i)
{
	struct pg_query *query = query_of(base);

	if (PQgetisnull(query->rows, query->row, (int)i))
		return VALUE_NULL;
	switch (PQftype(query->rows, (int)i)) {
	case OID_BOOL:
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
	case OID_OID:
		return VALUE_WHOLE;
	case OID_FLOAT4:
	case OID_FLOAT8:
	case OID_NUMERIC:
		return VALUE_NUMBER;
	default:
		return VALUE_TEXT;
	}
}

void
pg_value(struct query *base, size_t i, struct value *out)
{
	out->kind = pg_kind(base, i);
	switch (out->kind) {
	case VALUE_NULL:
		break;
	case VALUE_WHOLE:
		out->whole = pg_whole(base, i);
		break;
	case VALUE_NUMBER:
		out->number = pg_number(base, i);
		break;
	case VALUE_TEXT:
		out->text = pg_text(base, i, &out->len);
		break;
	}
}
