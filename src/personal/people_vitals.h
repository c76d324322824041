#pragma once
/*
 * people_vitals - readings of a patient in the units a person thinks in.
 */
#include "engine/work.h"
#include "personal/units.h"

/* The newest first, as a JSON array into the answer; *n counts them. */
MUST_CHECK enum result people_readings(struct work *w, int64_t patient, enum units units,
	int64_t limit, int64_t skip, size_t *n);
