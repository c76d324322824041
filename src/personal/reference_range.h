#pragma once
/*
 * reference_range - the bounds within which a measured value is normal, also as
 * laboratories print them: "3.5-5.0", "< 5.7", "≥ 40", "up to 10".
 */
#include <stdbool.h>

struct reference_range {
	bool has_min, has_max;
	bool min_open, max_open; /* the bound itself is outside */
	double min, max;
};

/* False, and no bounds, when the text is not one plain range: rather none than
 * a wrong one. */
bool reference_range_parse(struct reference_range *range, const char *text);
/* "low", "normal" or "high"; NULL when there is no bound. */
const char *reference_range_status(const struct reference_range *range, double value);
