/*
 * units - one line per unit of the schema.
 */
#include "personal/units.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "engine/call.h"

/* shown = (stored - shift) * factor */
static const struct unit {
	const char *stored, *metric;
	double shift, factor;
} table[] = {
	{ "lbs", "kg", 0, 0.45359237 },
	{ "in", "cm", 0, 2.54 },
	{ "°F", "°C", 32, 5.0 / 9 },
	/* Molar mass of glucose: 180.156 g/mol. */
	{ "mg/dL", "mmol/L", 0, 1 / 18.0156 },
};

static const struct unit *
unit_of(const struct field *field)
{
	for (size_t i = 0; field->unit && i < COUNT(table); i++)
		if (strcmp(table[i].stored, field->unit) == 0)
			return &table[i];
	return NULL;
}

bool
units_read(const char *word, enum units *out)
{
	*out = strcmp(word, "metric") == 0 ? METRIC : IMPERIAL;
	return *out == METRIC || strcmp(word, "imperial") == 0;
}

enum units
units_asked(struct work *w)
{
	const char *word = call_query(w->call, "units");
	enum units units = IMPERIAL;

	if (word && !units_read(word, &units))
		problem_at(&w->problems, "query", "units", "value_error", UNITS_ONE_OF);
	return units;
}

const char *
units_word(enum units units)
{
	return units == METRIC ? "metric" : "imperial";
}

const char *
units_of(const struct field *field, enum units units)
{
	const struct unit *unit = units == METRIC ? unit_of(field) : NULL;

	return unit ? unit->metric : field->unit;
}

double
units_shown(const struct field *field, enum units units, double stored)
{
	const struct unit *unit = unit_of(field);

	/* What was typed in metric units is a long number in the others. */
	if (unit && units == METRIC)
		stored = (stored - unit->shift) * unit->factor;
	return unit ? round(stored * 100) / 100 : stored;
}

static bool
number_of(const json_t *json, double *out)
{
	const char *text = json_string_value(json);
	char *end = NULL;

	if (json_is_number(json)) {
		*out = json_number_value(json);
		return true;
	}
	if (!text || !*text)
		return false;
	*out = strtod(text, &end);
	return *end == '\0' && isfinite(*out);
}

void
units_store(const struct record *rec, enum units units, json_t *body)
{
	double number;

	for (size_t i = 0; units == METRIC && i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];
		const struct unit *unit = unit_of(f);

		/* What is no number is left for the form to refuse. */
		if (unit && number_of(json_object_get(body, f->name), &number))
			(void)json_object_set_new(body, f->name,
				json_real(number / unit->factor + unit->shift));
	}
}

static const struct field *
field_of(const struct record *rec, const struct problem *p)
{
	for (size_t i = 0; i < rec->n_fields; i++)
		if (strcmp(rec->fields[i].name, p->field) == 0)
			return &rec->fields[i];
	return NULL;
}

void
units_explain(struct work *w, const struct record *rec, enum units units)
{
	for (struct problem *p = w->problems.first; p; p = p->next) {
		const struct field *f = field_of(rec, p);

		if (units != METRIC || !f || !unit_of(f) || !f->says || strcmp(p->text, f->says))
			continue;
		p->text = arena_printf(w->arena, "%s must be between %.5g and %.5g %s", f->label,
			units_shown(f, units, f->min), units_shown(f, units, f->max),
			unit_of(f)->metric);
	}
}

void
units_print(struct text *out, const struct record *rec, enum units units)
{
	json_put_text(out, "units", units_word(units));
	json_key(out, "unit_of");
	json_open(out, '{');
	for (size_t i = 0; i < rec->n_fields; i++)
		if (rec->fields[i].unit)
			json_put_text(out, rec->fields[i].name,
				units_of(&rec->fields[i], units));
	json_close(out, '}');
}
