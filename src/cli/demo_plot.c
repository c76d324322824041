/*
 * demo_plot - from a sheet to rows, by the rules that requests meet.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/demo.h"
#include "engine/form.h"
#include "engine/store.h"

uint32_t
plot_random(struct plot *plot, uint32_t below)
{
	/* splitmix64: small, and the same on every machine. */
	uint64_t z = plot->seed += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32) % below;
}

double
plot_noise(struct plot *plot, double spread)
{
	return ((double)plot_random(plot, 2001) / 1000.0 - 1.0) * spread;
}

void
plot_name(struct plot *plot, const char *name, int64_t id, const char *birth)
{
	struct plot_name *entry = &plot->names[plot->n_names];

	if (plot->n_names == NAMES_MAX)
		abort();
	plot->n_names++;
	snprintf(entry->name, sizeof(entry->name), "%s", name);
	snprintf(entry->birth, sizeof(entry->birth), "%s", birth ? birth : "");
	entry->id = id;
}

static const struct plot_name *
lookup(const struct plot *plot, const char *name)
{
	for (size_t i = plot->n_names; i > 0; i--)
		if (strcmp(plot->names[i - 1].name, name) == 0)
			return &plot->names[i - 1];
	fprintf(stderr, "charthouse demo: nothing is called \"%s\"\n", name);
	return NULL;
}

int64_t
plot_find(struct plot *plot, const char *name)
{
	const struct plot_name *entry = lookup(plot, name);

	return entry ? entry->id : 0;
}

const char *
plot_day(struct plot *plot, const char *cell)
{
	char *out = arena_new(plot->w->arena, DATE_SIZE);

	if (*cell == 'b' && plot->birth)
		date_add(plot->birth, (int)strtol(cell + 1, NULL, 10), out);
	else if (*cell == '-' || *cell == '+' || strcmp(cell, "0") == 0)
		date_add(plot->today, (int)strtol(cell, NULL, 10), out);
	else
		snprintf(out, DATE_SIZE, "%.10s", cell);
	return out;
}

static json_t *
words(const char *cell, struct arena *arena)
{
	json_t *list = json_array();

	while (cell) {
		size_t n = strcspn(cell, ",");

		json_array_append_new(list,
			json_string(text_trim(arena, arena_copy(arena, cell, n))));
		cell = cell[n] ? cell + n + 1 : NULL;
	}
	return list;
}

/* "-30 08:15" */
static json_t *
moment(struct plot *plot, const char *cell)
{
	const char *blank = strchr(cell, ' ');

	return json_string(arena_printf(plot->w->arena, "%sT%s:00", plot_day(plot, cell),
		blank ? blank + 1 : "09:00"));
}

static json_t *
read_cell(struct plot *plot, const struct field *field, const char *cell)
{
	switch (field->type) {
	case TYPE_WHOLE:
		return json_integer(strtoll(cell, NULL, 10));
	case TYPE_NUMBER:
		return json_real(strtod(cell, NULL));
	case TYPE_BOOL:
		return json_boolean(*cell == 'y');
	case TYPE_DATE:
		return json_string(plot_day(plot, cell));
	case TYPE_MOMENT:
		return moment(plot, cell);
	case TYPE_REF:
		return json_integer(plot_find(plot, cell + (*cell == '@')));
	case TYPE_LIST:
		return words(cell, plot->w->arena);
	case TYPE_JSON:
		return json_loads(cell, 0, NULL);
	case TYPE_TEXT:
	case TYPE_NOTE:
	case TYPE_CHOICE:
		return json_string(cell);
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return NULL;
}

/* What no request may say (owners, keys) is set as it is. */
static void
force(struct work *w, struct row *row, int slot, const json_t *value)
{
	if (json_is_string(value))
		row_set_text(row, slot, arena_text(w->arena, json_string_value(value)));
	else if (json_is_integer(value))
		row_set_whole(row, slot, json_integer_value(value));
	else if (json_is_real(value))
		row_set_number(row, slot, json_real_value(value));
	else if (json_is_boolean(value))
		row_set_whole(row, slot, json_is_true(value));
}

static enum result
refuse(struct work *w, const char *table, enum result r)
{
	for (const struct problem *p = w->problems.first; p; p = p->next)
		fprintf(stderr, "charthouse demo: %s.%s: %s\n", table, p->field, p->text);
	if (!w->problems.n)
		fprintf(stderr, "charthouse demo: %s: %s\n", table,
			w->failure.message ? w->failure.message : "could not be stored");
	return r;
}

enum result
plot_put(struct plot *plot, const char *table, json_t *object, int64_t *id)
{
	struct work *w = plot->w;
	const struct record *rec = catalog_find(store_catalog(w->store), table);
	const char *key;
	struct row *row;
	json_t *value;
	enum result r = OK;

	if (!rec) {
		json_decref(object);
		return refuse(w, table, FAULT);
	}
	row = row_new(w->arena, rec);
	form_read(w, object, false, row);
	json_object_foreach(object, key, value) {
		int slot = record_slot(rec, key);

		if (slot < 0) {
			fprintf(stderr, "charthouse demo: %s has no %s\n", table, key);
			r = FAULT;
		} else if (rec->fields[slot].read_only) {
			force(w, row, slot, value);
		}
	}
	form_rules(w, row);
	if (!r)
		r = w->problems.n ? INVALID : store_put(w, row);
	json_decref(object);
	if (r)
		return refuse(w, table, r);
	*id = row->id;
	return OK;
}

/* The next cell of a line, trimmed; NULL when there is none. */
static char *
next_cell(char **line)
{
	char *start = *line;
	char *end;

	if (!start)
		return NULL;
	end = strchr(start, '|');
	*line = end ? end + 1 : NULL;
	if (!end)
		end = start + strlen(start);
	while (*start == ' ')
		start++;
	while (end > start && end[-1] == ' ')
		end--;
	*end = '\0';
	return start;
}

static enum result
plant_line(struct plot *plot, const struct sheet *sheet, const char *line)
{
	const struct record *rec = catalog_find(store_catalog(plot->w->store), sheet->table);
	char *rest = arena_text(plot->w->arena, line);
	char *columns = arena_text(plot->w->arena, sheet->columns);
	char *save = NULL;
	json_t *object = json_object();
	const char *name = NULL;
	const char *birth;
	int64_t id = 0;
	enum result r;

	for (char *column = strtok_r(columns, " ", &save); column;
		column = strtok_r(NULL, " ", &save)) {
		char *cell = next_cell(&rest);
		int slot = *column == '=' ? -1 : record_slot(rec, column);

		if (*column == '=')
			name = cell;
		else if (slot < 0)
			fprintf(stderr, "charthouse demo: no column %s\n", column);
		else if (cell && *cell)
			json_object_set_new(object, column,
				read_cell(plot, &rec->fields[slot], cell));
	}
	if (sheet->patient && record_slot(rec, "patient_id") >= 0)
		json_object_set_new(object, "patient_id",
			json_integer(plot_find(plot, sheet->patient)));
	birth = json_string_value(json_object_get(object, "birth_date"));
	r = plot_put(plot, sheet->table, json_incref(object), &id);
	if (r)
		fprintf(stderr, "charthouse demo: in the line \"%s\"\n", line);
	else if (name && *name)
		plot_name(plot, name, id, birth);
	json_decref(object);
	return r;
}

enum result
plot_sheet(struct plot *plot, const struct sheet *sheet)
{
	const struct plot_name *patient = NULL;
	enum result r = OK;

	if (sheet->patient && !(patient = lookup(plot, sheet->patient)))
		return FAULT;
	plot->birth = patient ? patient->birth : NULL;
	for (size_t i = 0; !r && sheet->rows[i]; i++)
		r = plant_line(plot, sheet, sheet->rows[i]);
	return r;
}

/* Medians for boys and girls, after the growth charts of WHO (to two years) and
 * CDC: months, inches, pounds. */
static const double growth[][5] = {
	/* months, boy in, boy lb, girl in, girl lb */
	{ 0, 19.6, 7.4, 19.3, 7.1 },       { 2, 23.0, 12.3, 22.5, 11.3 },
	{ 4, 25.2, 15.4, 24.4, 14.2 },     { 6, 26.6, 17.5, 25.9, 16.1 },
	{ 9, 28.3, 19.6, 27.6, 18.1 },     { 12, 29.8, 21.3, 29.1, 19.7 },
	{ 15, 31.1, 22.7, 30.5, 21.2 },    { 18, 32.4, 24.0, 31.8, 22.5 },
	{ 24, 34.3, 26.8, 33.7, 25.4 },    { 36, 37.5, 31.6, 37.1, 30.6 },
	{ 48, 40.3, 36.0, 39.7, 35.2 },    { 60, 42.9, 40.7, 42.4, 39.7 },
	{ 72, 45.5, 45.6, 45.3, 44.5 },    { 84, 47.9, 50.5, 47.7, 49.8 },
	{ 96, 50.3, 56.3, 50.2, 56.2 },    { 108, 52.5, 63.0, 52.3, 63.8 },
	{ 120, 54.5, 70.5, 54.3, 72.4 },   { 144, 58.7, 89.1, 59.5, 91.5 },
	{ 168, 64.6, 112.0, 62.9, 108.5 }, { 192, 68.3, 134.0, 64.0, 118.0 },
	{ 216, 69.3, 148.0, 64.2, 124.5 },
};

void
growth_at(bool girl, double months, double *height, double *weight)
{
	size_t column = girl ? 3 : 1;
	size_t i = 0;
	double part;

	while (i + 2 < COUNT(growth) && growth[i + 1][0] <= months)
		i++;
	part = (months - growth[i][0]) / (growth[i + 1][0] - growth[i][0]);
	if (part > 1)
		part = 1;
	*height = growth[i][column] + part * (growth[i + 1][column] - growth[i][column]);
	*weight = growth[i][column + 1]
		  + part * (growth[i + 1][column + 1] - growth[i][column + 1]);
}

const struct panel *
panel_find(const char *key)
{
	for (const struct panel *panel = demo_panels; panel->key; panel++)
		if (strcmp(panel->key, key) == 0)
			return panel;
	return NULL;
}
