/*
 * copy_rows - writes copied rows.
 *
 * Into SQLite one statement a row: nothing is faster there, and numbers arrive as
 * they are.  Into PostgreSQL a batch goes as one value, an array of JSON objects
 * whose members are all texts, which the server takes apart and casts: a round
 * trip for a thousand rows, without a statement as long as the data.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "engine/cells.h"
#include "engine/copy_private.h"
#include "engine/work.h"

static const char *
name_of(const struct record *rec, size_t i)
{
	static const char *const stamps[] = { "id", "created_at", "updated_at" };
	const struct field *f = cells_field(rec, i);

	return f ? f->name : stamps[i];
}

static void
write_lite(struct text *sql, const struct copy_rows *rows)
{
	text_add(sql, "VALUES (");
	for (size_t i = 0; i < rows->n_cells; i++)
		text_printf(sql, "%s$%zu", i ? ", " : "", i + 1);
	text_add(sql, ")");
}

/* NULL: a text needs none. */
static const char *
type_of(const struct record *rec, size_t i)
{
	const struct field *f = cells_field(rec, i);

	if (!f)
		return i ? "TIMESTAMPTZ" : "INTEGER";
	switch (f->type) {
	case TYPE_WHOLE:
		return f->wide ? "BIGINT" : "INTEGER";
	case TYPE_REF:
		return "INTEGER";
	case TYPE_NUMBER:
		return "DOUBLE PRECISION";
	case TYPE_BOOL:
		return "BOOLEAN";
	case TYPE_DATE:
		return "DATE";
	case TYPE_MOMENT:
		return "TIMESTAMPTZ";
	case TYPE_LIST:
		return "JSONB";
	case TYPE_JSON:
		return f->plain_json ? "JSON" : "JSONB";
	case TYPE_NOTE:
	case TYPE_TEXT:
	case TYPE_CHOICE:
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return NULL;
}

static void
write_cast(struct text *sql, const struct record *rec, size_t i)
{
	const struct field *f = cells_field(rec, i);
	const char *name = name_of(rec, i);
	const char *type = type_of(rec, i);

	if (f && f->type == TYPE_LIST && f->fixed_array)
		text_printf(sql, "CASE WHEN x.%s IS NOT NULL THEN ARRAY(SELECT "
				 "json_array_elements_text(CAST(x.%s AS JSON))) END", name, name);
	else if (type)
		text_printf(sql, "CAST(x.%s AS %s)", name, type);
	else
		text_printf(sql, "x.%s", name);
}

static void
write_batch(struct text *sql, const struct copy_rows *rows)
{
	text_add(sql, "SELECT ");
	for (size_t i = 0; i < rows->n_cells; i++) {
		text_add(sql, i ? ", " : "");
		write_cast(sql, rows->rec, i);
	}
	text_add(sql, " FROM json_to_recordset(CAST($1 AS JSON)) AS x(");
	for (size_t i = 0; i < rows->n_cells; i++)
		text_printf(sql, "%s%s TEXT", i ? ", " : "", name_of(rows->rec, i));
	text_add(sql, ")");
}

void
copy_rows_open(struct copy_rows *rows)
{
	const char *columns = record_plan(rows->rec)->columns;

	rows->n_cells = cells_of(rows->rec);
	rows->waiting.cap = 1u << 30;
	text_printf(&rows->sql[0], "SELECT %s FROM %s WHERE id > $1 ORDER BY id LIMIT $2", columns,
		rows->rec->name);
	text_printf(&rows->sql[1], "INSERT INTO %s (%s) ", rows->rec->name, columns);
	if (db_dialect(rows->to) == SQLITE)
		write_lite(&rows->sql[1], rows);
	else
		write_batch(&rows->sql[1], rows);
	rows->select = text_string(&rows->sql[0]);
	rows->insert = text_string(&rows->sql[1]);
}

void
copy_rows_close(struct copy_rows *rows)
{
	text_close(&rows->sql[0]);
	text_close(&rows->sql[1]);
	text_close(&rows->waiting);
}

static void
write_member(struct text *out, const char *name, const struct value *value)
{
	char number[40];

	switch (value->kind) {
	case VALUE_NULL:
		break; /* an absent member is NULL */
	case VALUE_WHOLE:
		(void)snprintf(number, sizeof(number), "%lld", (long long)value->whole);
		json_put_text(out, name, number);
		break;
	case VALUE_NUMBER:
		(void)snprintf(number, sizeof(number), "%.17g", value->number);
		json_put_text(out, name, number);
		break;
	case VALUE_TEXT:
		json_key(out, name);
		json_bytes(out, value->text, value->len);
		break;
	}
}

enum result
copy_rows_add(struct copy_rows *rows, const struct value *cells)
{
	struct text *out = &rows->waiting;

	if (db_dialect(rows->to) == SQLITE)
		return db_run(rows->to, rows->insert, cells, rows->n_cells, NULL);
	if (!out->len)
		json_open(out, '[');
	json_open(out, '{');
	for (size_t i = 0; i < rows->n_cells; i++)
		write_member(out, name_of(rows->rec, i), &cells[i]);
	json_close(out, '}');
	rows->bytes = out->len;
	return out->full ? FAULT : OK;
}

enum result
copy_rows_flush(struct copy_rows *rows)
{
	struct text *out = &rows->waiting;
	enum result r;

	if (!out->len)
		return OK;
	json_close(out, ']');
	r = db_run(rows->to, rows->insert, ARGS(value_text(text_string(out))), NULL);
	out->len = 0;
	rows->bytes = 0;
	return r;
}
