#pragma once
/*
 * vitals_stats - averages and newest values of a patient's measurements.
 */
#include "engine/work.h"
#include "personal/units.h"

/*
 * Prints the object VitalsStats of personal-api 2.16; *n readings were read.  With
 * units, temperatures and weights are in them, with two decimals.
 */
MUST_CHECK enum result vitals_stats_print(struct work *w, int64_t patient,
	const enum units *units, size_t *n);
