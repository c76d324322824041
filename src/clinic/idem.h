#pragma once
/*
 * idem - a POST sent again under the same Idempotency-Key gets the first reply.
 *
 * The rows belong to the transaction of the write they speak of; 24 hours.
 */
#include "engine/row.h"
#include "engine/work.h"

/* OK with *again: the reply is written.  INVALID: same key, other body (422). */
MUST_CHECK enum result idem_find(struct work *w, bool *again);
/* Keeps the reply that stands in call->out; nothing without the header. */
MUST_CHECK enum result idem_keep(struct work *w, int status, const char *location);
/* What was kept of a row, or of all rows of a patient, goes when they go. */
MUST_CHECK enum result idem_forget(struct work *w, const char *location);
MUST_CHECK enum result idem_forget_patient(struct work *w, const struct row *patient);
