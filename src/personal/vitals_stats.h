#pragma once
/*
 * vitals_stats - averages and newest values of a patient's measurements.
 */
#include "engine/work.h"

/* Prints the object VitalsStats of personal-api 2.16; *n readings were read. */
MUST_CHECK enum result vitals_stats_print(struct work *w, int64_t patient, size_t *n);
