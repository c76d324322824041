#pragma once
/*
 * demo_clinic - the words and numbers the made-up practice is drawn from.
 */
#include "cli/demo.h"

struct practice_provider {
	const char *name, *specialty, *department, *mail;
};

struct medicine {
	const char *name, *dosage, *frequency, *route;
};

/* Why somebody comes, and what follows from it. */
struct reason {
	const char *words;
	int provider;           /* index into practice_providers */
	int youngest, oldest;   /* years */
	bool women_only;
	const char *panel;      /* of demo_panels; NULL none */
	double worse;           /* its first value, as a multiple of the upper limit; 0: normal */
	double pressure, pulse; /* added to systolic pressure and heart rate */
	double heavier;         /* added to the body mass index */
	double breath;          /* taken from the oxygen saturation */
	struct medicine medicines[3];
};

struct practice_allergy {
	const char *allergen, *reaction, *severity;
};

extern const struct practice_provider practice_providers[]; /* ends with {0} */
extern const struct reason practice_reasons[];
extern const uint32_t practice_n_reasons;
extern const struct practice_allergy practice_allergies[];
extern const uint32_t practice_n_allergies;
/* End with NULL; towns are "Name,zip". */
extern const char *const practice_girls[], *const practice_boys[], *const practice_last_names[];
extern const char *const practice_streets[], *const practice_towns[], *const practice_insurers[];
