#pragma once
/*
 * panic_values - results so far out that a laboratory would call: the built-in
 * table behind the status "critical" (personal-api 0.1, component status).
 *
 * Values for adults as commonly published by hospital laboratories, in the units
 * given there; of a test or a unit it does not know it says nothing.  It is a hint
 * for the page, no diagnosis.
 */
#include <stdbool.h>

struct arena;

/* A test as a component names it; each may be NULL. */
struct panic_test {
	const char *name;         /* "Potassium" */
	const char *abbreviation; /* "K" */
	const char *code;         /* LOINC "2823-3" */
	const char *unit;         /* "mmol/L" */
};

bool panic_value(struct arena *arena, const struct panic_test *test, double value);
