#pragma once
/*
 * series - what can be drawn over time of a person's vitals: which columns, in
 * which unit, and between which bounds it is usual in adults.
 *
 * The bounds are those of common textbooks for adults at rest, for orientation,
 * not for a diagnosis; nobody under 18 is shown any.
 */
#include "db/db.h"
#include "engine/work.h"
#include "personal/units.h"

struct series {
	const char *of, *label;
	int slot, second;  /* VITALS_...; second: -1 none */
	double low, high;  /* in the stored unit; both 0: none known */
	double low2, high2;
};

extern const struct series series_all[]; /* ends with {0} */

/* NULL when there is none of that name. */
const struct series *series_find(const char *of);
const char *series_column(const struct series *series);
/* The second column; the text "NULL" when there is none. */
const char *series_second(const struct series *series);
/* Whether the patient is of an age the bounds hold for. */
MUST_CHECK enum result series_adult(struct work *w, int64_t patient, bool *adult);
/* "of", "label", "unit". */
void series_print_name(struct text *out, const struct series *series, enum units units);
/* "low", "high", and "low2", "high2" where there is a second value. */
void series_print_band(struct text *out, const struct series *series, enum units units,
	bool adult);
/* The value in column i, of the field in slot, as it is shown. */
void series_print_value(struct text *out, int slot, enum units units, struct query *query,
	size_t i);
