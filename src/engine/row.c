/*
 * row - values in field order, with their types kept apart.
 */
#include "engine/row.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

struct row *
row_new(struct arena *arena, const struct record *rec)
{
	struct row *row = arena_new(arena, sizeof(*row));

	row->rec = rec;
	row->values = arena_new(arena, rec->n_fields * sizeof(*row->values));
	return row;
}

struct row *
row_edit(struct arena *arena, const struct row *stored)
{
	struct row *row = row_new(arena, stored->rec);

	row->id = stored->id;
	row->created = stored->created;
	row->updated = stored->updated;
	memcpy(row->values, stored->values, row->rec->n_fields * sizeof(*row->values));
	row->before = stored;
	return row;
}

bool
row_has(const struct row *row, int slot)
{
	return row->values[slot].kind != VALUE_NULL;
}

bool
row_sent(const struct row *row, int slot)
{
	return (row->sent >> slot) & 1;
}

const char *
row_text(const struct row *row, int slot)
{
	const struct value *value = &row->values[slot];

	return value->kind == VALUE_TEXT ? value->text : NULL;
}

int64_t
row_whole(const struct row *row, int slot)
{
	const struct value *value = &row->values[slot];

	return value->kind == VALUE_WHOLE ? value->whole : 0;
}

double
row_number(const struct row *row, int slot)
{
	const struct value *value = &row->values[slot];

	if (value->kind == VALUE_NUMBER)
		return value->number;
	return value->kind == VALUE_WHOLE ? (double)value->whole : 0;
}

bool
row_bool(const struct row *row, int slot)
{
	return row_whole(row, slot) != 0;
}

void
row_set_text(struct row *row, int slot, const char *text)
{
	row->values[slot] = value_text(text);
}

void
row_set_whole(struct row *row, int slot, int64_t whole)
{
	row->values[slot] = value_whole(whole);
}

void
row_set_number(struct row *row, int slot, double number)
{
	row->values[slot] = value_number(number);
}

void
row_set_null(struct row *row, int slot)
{
	row->values[slot] = value_null();
}

int
record_slot(const struct record *rec, const char *name)
{
	for (size_t i = 0; i < rec->n_fields; i++)
		if (strcmp(rec->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}
