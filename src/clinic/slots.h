#pragma once
/*
 * slots - a provider's and a patient's time can be given away once.
 */
#include "engine/row.h"
#include "engine/work.h"

/*
 * Inside the transaction that is about to store the appointment: locks the
 * provider, then the patient, and answers CONFLICT when either is taken at that
 * time by another appointment that is not cancelled, or when the provider takes
 * no new patients and has never had this one.
 */
MUST_CHECK enum result slots_take(struct work *w, const struct row *appointment);
