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

/* Free starts of an appointment of so many minutes, from a date on over so many
 * days, in the order of time: on working days between eight and five, not in the
 * past.  patient: free for it as well; 0: of no matter.  *n: how many are wanted,
 * then found. */
MUST_CHECK enum result slots_free(struct work *w, int64_t provider, int64_t patient,
	const char *from, int days, int minutes, struct slot *out, size_t *n);
void slots_print(const struct slot *slots, size_t n, struct text *out); /* as a list */
