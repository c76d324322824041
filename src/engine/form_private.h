#pragma once
/*
 * form_private - what form.c, openapi.c and print.c share about choices.
 */
#include "engine/record.h"

/* "active, stopped, on-hold" as printed. */
const char *form_choices(struct arena *arena, const struct field *field);
/* The choice a text names (stored or printed form), or NULL. */
const struct choice *form_choice(const struct field *field, const char *text);
