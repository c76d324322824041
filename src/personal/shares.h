#pragma once
/*
 * shares - rows of patient_shares: granted, ended, and what hangs on them.
 *
 * One row per patient and recipient.  A holder of a full share may pass it on;
 * what they passed on ends with theirs, for good: it does not come back when they
 * are let in again.  Everything inside a transaction.
 */
#include "engine/row.h"
#include "engine/work.h"

struct grant {
	int64_t patient, by, with, invitation;
	const char *level;
	const char *custom;  /* JSON; NULL none */
	const char *expires; /* stored form; NULL never */
};

/* The row of a patient and a recipient, active or not; MISSING. */
MUST_CHECK enum result shares_find(struct work *w, int64_t patient, int64_t with,
	struct row **out);
/* Whether the patient is theirs, or shared with them by a share in force. */
MUST_CHECK enum result shares_live(struct work *w, int64_t patient, int64_t with, bool *live);
/* Makes the row, or takes the old one up again; one in force stays as it is. */
MUST_CHECK enum result shares_grant(struct work *w, const struct grant *grant, int64_t *id);
/* Ends an active row and all that was passed on by it; action "revoked" also
 * marks the invitation it came from. */
MUST_CHECK enum result shares_end(struct work *w, const struct row *share, const char *action);
/* Ends what a holder passed on. */
MUST_CHECK enum result shares_end_granted(struct work *w, int64_t patient, int64_t by);
/* How long `by` may share at most: DENIED when `wanted` (stored form, NULL never)
 * is later than the end of their own share; *out is what may be. */
MUST_CHECK enum result shares_until(struct work *w, int64_t by, int64_t patient,
	const char *wanted, const char **out);
