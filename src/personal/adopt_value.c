/*
 * adopt_value - one value of theirs into one column of ours.
 *
 * A value that its column does not take becomes null or the column's default, with
 * the original in a flag; where neither is possible the row is kept aside.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "personal/adopt_private.h"
#include "personal/records.h"
#include "personal/users.h"

void
adopt_flag(struct adoptee *e, const char *field, const char *original, const char *reason)
{
	if (e->n_flags < ADOPT_FLAGS)
		e->flags[e->n_flags++] = (struct adopt_flag){ field, original, reason };
}

const char *
adopt_original(struct adoptee *e, size_t cell)
{
	return arena_text(e->run->page, query_text(e->query, cell, NULL));
}

/* ---- by type; NULL: it fits, else why not ---- */

static const char *
read_whole(struct adoptee *e, size_t i, struct value *out)
{
	int64_t whole;

	if (!text_whole(query_text(e->query, i, NULL), INT64_MIN, INT64_MAX, &whole))
		return "is no whole number";
	*out = value_whole(whole);
	return NULL;
}

static const char *
read_number(struct adoptee *e, size_t i, struct value *out)
{
	const char *text = query_text(e->query, i, NULL);
	char *end;
	double number = strtod(text, &end);

	if (end == text || *end || !isfinite(number))
		return "is no number";
	*out = value_number(number);
	return NULL;
}

static const char *
read_bool(struct adoptee *e, size_t i, struct value *out)
{
	const char *text = query_text(e->query, i, NULL);

	if (!*text || !strchr("01tfTFyYnN", *text))
		return "is neither true nor false";
	*out = value_whole(strchr("1tTyY", *text) != NULL);
	return NULL;
}

static const char *
read_date(struct adoptee *e, size_t i, struct value *out)
{
	const char *text = query_text(e->query, i, NULL);
	const char *day = strlen(text) >= DATE_SIZE - 1
		? arena_copy(e->run->page, text, DATE_SIZE - 1) : text;

	if (!date_valid(day))
		return "is no day";
	*out = value_text(day);
	return NULL;
}

/* Theirs have no zone and are UTC. */
static const char *
read_moment(struct adoptee *e, size_t i, struct value *out)
{
	const char *text = query_text(e->query, i, NULL);
	char *stored = arena_new(e->run->page, MOMENT_SIZE);
	int64_t moment;

	if (!moment_load(text, &moment) && !moment_parse(text, false, &moment))
		return "is no moment";
	moment_store(moment, stored);
	*out = value_text(stored);
	return NULL;
}

static bool
all_texts(const json_t *array)
{
	const json_t *element;
	size_t i;

	json_array_foreach(array, i, element)
		if (!json_is_string(element))
			return false;
	return json_is_array(array);
}

static const char *
read_json(struct adoptee *e, size_t i, bool list, struct value *out)
{
	const char *text = adopt_original(e, i);
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
	const char *why = !json ? "is no JSON" : list && !all_texts(json) ? "is no list of texts" : NULL;

	json_decref(json);
	*out = value_text(text);
	return why;
}

/* ---- texts ---- */

static char
loose(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == ' ' || c == '_' ? '-' : c;
}

/* "In Progress", "in_progress" and "in-progress" are one word. */
static bool
alike(const char *a, const char *b)
{
	for (; *a && loose(*a) == loose(*b); a++)
		b++;
	return !*a && !*b;
}

static const char *
find_choice(const struct choice *choices, const char *text)
{
	for (const struct choice *c = choices; c->key; c++)
		if (strcmp(c->key, text) == 0)
			return c->key;
	for (const struct choice *c = choices; c->key; c++)
		if (alike(c->key, text) || (c->json && alike(c->json, text)))
			return c->key;
	for (const struct choice *c = choices; c->key; c++)
		if (alike(c->label, text))
			return c->key;
	return NULL;
}

static const char *
read_choice(struct adoptee *e, const struct field *f, size_t i, struct value *out)
{
	const char *text = adopt_original(e, i);
	const char *key = find_choice(f->choices, text);

	if (!key)
		return "is none of the choices";
	if (strcmp(key, text) != 0)
		adopt_flag(e, f->name, text, "was brought into form");
	*out = value_text(key);
	return NULL;
}

/* The first n code points. */
static const char *
cut(struct arena *arena, const char *text, size_t n)
{
	const char *at = text;

	for (; *at && n; n--)
		for (at++; (*at & 0xc0) == 0x80;)
			at++;
	return arena_copy(arena, text, (size_t)(at - text));
}

static const char *
read_text(struct adoptee *e, const struct field *f, size_t i, struct value *out)
{
	const char *text = adopt_original(e, i);
	size_t n = strlen(text);

	if (!utf8_valid(text, n))
		return "is no valid text";
	if (f->size && utf8_length(text, n) > (size_t)f->size) {
		adopt_flag(e, f->name, text, "was too long and has been cut");
		text = cut(e->run->page, text, (size_t)f->size);
	}
	*out = value_text(text);
	return NULL;
}

/* ---- bounds: those of the column, as ddl.c writes them ---- */

static const char *
check_bounds(const struct field *f, const struct value *value)
{
	double x = value->kind == VALUE_WHOLE ? (double)value->whole : value->number;
	bool wider = f->db_min < 0 || f->db_min > 0 || f->db_max > 0;
	double min = wider && f->db_min < f->min ? f->db_min : f->min;
	double max = f->db_max > f->max ? f->db_max : f->max;
	bool least = f->from_zero || min > 0 || min < 0 || max > 0;

	if (least && (f->min_open ? x <= min : x < min))
		return "is too small";
	if (least && max > 0 && x > max)
		return "is too large";
	if (f->type == TYPE_WHOLE && !f->wide
		&& (value->whole > INT32_MAX || value->whole < INT32_MIN))
		return "is too large";
	return NULL;
}

static const char *
read_reference(struct adoptee *e, const struct field *f, size_t i, struct value *out)
{
	const char *why = read_whole(e, i, out);
	int64_t new;

	if (why)
		return why;
	new = adopt_new_id(adopt_source(e->run, f->target), out->whole);
	if (!new)
		return arena_printf(e->run->arena, "points at a row of %s that was not taken over",
			f->target->name);
	*out = value_whole(new);
	return NULL;
}

static const char *
read_cell(struct adoptee *e, const struct field *f, size_t i, struct value *out)
{
	const char *why;

	switch (f->type) {
	case TYPE_WHOLE:
	case TYPE_NUMBER:
		why = f->type == TYPE_WHOLE ? read_whole(e, i, out) : read_number(e, i, out);
		return why ? why : check_bounds(f, out);
	case TYPE_REF:
		return read_reference(e, f, i, out);
	case TYPE_BOOL:
		return read_bool(e, i, out);
	case TYPE_DATE:
		return read_date(e, i, out);
	case TYPE_MOMENT:
		return read_moment(e, i, out);
	case TYPE_CHOICE:
		return read_choice(e, f, i, out);
	case TYPE_LIST:
	case TYPE_JSON:
		return read_json(e, i, f->type == TYPE_LIST, out);
	case TYPE_TEXT:
	case TYPE_NOTE:
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return read_text(e, f, i, out);
}

/* ---- a row ---- */

/* The column's default, as the declaration spells it in JSON. */
static struct value
initial_of(struct adoptee *e, const struct field *f)
{
	const char *text = f->initial;
	size_t n = text ? strlen(text) : 0;
	int64_t whole = 0;

	if (!text)
		return value_null();
	if (f->type == TYPE_BOOL)
		return value_whole(*text == 't');
	if (f->type == TYPE_WHOLE && text_whole(text, INT64_MIN, INT64_MAX, &whole))
		return value_whole(whole);
	if (f->type == TYPE_NUMBER)
		return value_number(strtod(text, NULL));
	return value_text(*text == '"' ? arena_copy(e->run->page, text + 1, n - 2) : text);
}

static bool
must_be(const struct field *f)
{
	return f->not_null || (f->required && !f->null_stored);
}

static void
settle(struct adoptee *e, const struct field *f, size_t i, const char *why)
{
	const char *original = f->secret ? NULL : adopt_original(e, i);

	e->cells[i] = must_be(f) ? initial_of(e, f) : value_null();
	if (e->cells[i].kind == VALUE_NULL && must_be(f)) {
		if (!e->refused)
			e->refused = arena_printf(e->run->page, "%s %s", f->name,
				why ? why : "is missing");
	} else if (why) {
		adopt_flag(e, f->name, original, why);
	}
}

static void
take_stamp(struct adoptee *e, size_t i)
{
	bool required = e->source->rec->stamps & (i == 1 ? CREATED_REQUIRED : UPDATED_REQUIRED);
	char *now;

	e->cells[i] = value_null();
	if (!query_null(e->query, i) && !read_moment(e, i, &e->cells[i]))
		return;
	if (!required)
		return;
	now = arena_new(e->run->page, MOMENT_SIZE);
	moment_store(e->run->w->now, now);
	e->cells[i] = value_text(now);
	if (e->source->has[i])
		adopt_flag(e, i == 1 ? "created_at" : "updated_at", adopt_original(e, i),
			"is no moment; that of the adoption was taken");
}

/* Set by adopt_rules() alone, or (the active patient) when all rows are there. */
static bool
is_ruled(const struct field *f)
{
	const struct field *users = personal_users.fields;

	return f == &users[USERS_ACTIVE_PATIENT_ID] || f == &users[USERS_ROLE]
		|| f == &users[USERS_PASSWORD_HASH];
}

void
adopt_cells(struct adoptee *e)
{
	const struct record *rec = e->source->rec;

	take_stamp(e, 1);
	take_stamp(e, 2);
	for (size_t i = 3; i < cells_of(rec); i++) {
		const struct field *f = cells_field(rec, i);
		const char *why = NULL;

		e->cells[i] = value_null();
		if (is_ruled(f))
			continue;
		if (!query_null(e->query, i))
			why = read_cell(e, f, i, &e->cells[i]);
		else if (!must_be(f) && !(f->initial && !e->source->has[i]))
			continue;
		else if (!must_be(f))
			e->cells[i] = initial_of(e, f);
		if (why || e->cells[i].kind == VALUE_NULL)
			settle(e, f, i, why);
	}
}
