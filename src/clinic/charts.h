#pragma once
/*
 * charts - what tools, resources and prompts read of a patient.
 *
 * Every function asks for the right, and leaves the entry in the audit.
 */
#include "base/text.h"
#include "engine/work.h"

/* The patient of an MRN; MISSING says "Patient with MRN X not found". */
MUST_CHECK enum result charts_patient(struct work *w, const char *mrn, int64_t *id);
/* The same, when the whole chart may be read; else MISSING or DENIED. */
MUST_CHECK enum result charts_whole(struct work *w, const char *mrn, int64_t *id);
/* {mrn, first_name ... address:{}, insurance:{}|null ...}; never the SSN. */
MUST_CHECK enum result charts_demographics(struct work *w, int64_t patient, struct text *out);

enum chart_part { CHART_APPOINTMENTS, CHART_MEDICATIONS, CHART_ALLERGIES, CHART_VITALS,
	CHART_LABS, CHART__COUNT };

const char *charts_key(enum chart_part part); /* "vital_signs" */
/* The part's rows as a list; status NULL: all. */
MUST_CHECK enum result charts_list(struct work *w, enum chart_part part, int64_t patient,
	const char *status, struct text *out);
/* The whole or nothing: {"patient":{},"appointments":[] ...} without its braces. */
MUST_CHECK enum result charts_record(struct work *w, int64_t patient, struct text *out);
/* Demographics and the five counts, null where they are not open to the actor. */
MUST_CHECK enum result charts_summary(struct work *w, int64_t patient, struct text *out);
