#pragma once
/*
 * form_private - what the files of the engine share about choices and defaults.
 */
#include "engine/record.h"
#include "engine/work.h"

/* The default of a field that has one, as a value; false (and a problem) when it
 * breaks the field's own rules, which catalog_check() refuses. */
bool form_initial(struct work *w, const struct field *field, struct value *out);

/* "active, stopped, on-hold" as printed. */
const char *form_choices(struct arena *arena, const struct field *field);
/* The choice a text names (stored or printed form), or NULL. */
const struct choice *form_choice(const struct field *field, const char *text);
