#pragma once
/*
 * slots - a provider's and a patient's time can be given away once.
 */
#include "base/text.h"
#include "engine/call.h"
#include "engine/row.h"
#include "engine/work.h"

/*
 * Inside the transaction that is about to store the appointment: locks the
 * provider, then the patient, and answers CONFLICT when either is taken at that
 * time by another appointment that is not cancelled, or when the provider takes
 * no new patients and has never had this one.
 */
MUST_CHECK enum result slots_take(struct work *w, const struct row *appointment);

extern const struct route slots_routes[];

struct slot {
	char date[11], time[6]; /* the practice's */
};

enum { SLOTS_MOST = 100, SLOTS_DAYS = 60 };

/* What is looked for: so many minutes of a provider, from a date on over so many
 * days; free for the patient as well, unless that is 0. */
struct opening {
	int64_t provider, patient;
	const char *from;
	int days, minutes;
};
/* Free starts in the order of time: on working days between eight and five, not
 * in the past.  *n: how many are wanted, then found. */
MUST_CHECK enum result slots_free(struct work *w, const struct opening *opening,
	struct slot *out, size_t *n);
void slots_print(const struct slot *slots, size_t n, struct text *out); /* as a list */
