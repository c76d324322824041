#pragma once
/*
 * units - what is stored in the schema's units (lbs, in, °F, mg/dL), read and
 * shown in metric ones.
 *
 * Converted values are shown with two decimals; what was typed in metric units
 * is kept exactly enough to be shown as it was typed.  Nothing else is stored.
 */
#include <jansson.h>
#include <stdbool.h>

#include "base/text.h"
#include "engine/row.h"
#include "engine/work.h"

enum units { IMPERIAL, METRIC };

#define UNITS_ONE_OF "Units must be one of: metric, imperial"
/* For the .query of a route that shows measured values. */
#define UNITS_PARAMETER                                                                \
	{ .name = "units", .type = TYPE_TEXT, .initial = "imperial",                   \
	  .help = "metric (kg, cm, °C, mmol/L) or imperial." }

/* What the query asks for; a problem is reported when it is neither. */
enum units units_asked(struct work *w);
/* "metric" or "imperial"; false for anything else. */
bool units_read(const char *word, enum units *out);
const char *units_word(enum units units);
/* The unit a field is shown in; NULL when it has none. */
const char *units_of(const struct field *field, enum units units);
/* A stored number as shown. */
double units_shown(const struct field *field, enum units units, double stored);
/* The body's numbers for the record's fields, from `units` to the stored ones. */
void units_store(const struct record *rec, enum units units, json_t *body);
/* Texts of bounds, as form_read() reported them, in the units of the body. */
void units_explain(struct work *w, const struct record *rec, enum units units);
/* "units":"metric","unit_of":{"weight":"kg",...} */
void units_print(struct text *out, const struct record *rec, enum units units);
