#pragma once
/*
 * access - the one place where rights are decided.
 *
 * The question is always: may w->actor do VERB to RECORD of PATIENT?  It is
 * asked inside the transaction that reads or writes the data.  The face answers
 * from what is stored (owner, shares, roles, scopes), never from what a client
 * sends.  MISSING: as if it were not there (404).  DENIED: seen but not
 * permitted (403).
 */
#include "engine/row.h"
#include "engine/work.h"

enum verb { SEE, EDIT, MANAGE, OWN };

/* rec NULL: the patient as a whole.  patient 0: rows that belong to nobody. */
typedef enum result access_rule(struct work *w, const struct record *rec, int64_t patient,
	enum verb verb);

MUST_CHECK enum result access_patient(struct work *w, int64_t patient, enum verb verb);
/* For records of no patient (practitioners, providers): by the record alone. */
MUST_CHECK enum result access_record(struct work *w, const struct record *rec, enum verb verb);
/* For a stored row: through its patient, or by its record. */
MUST_CHECK enum result access_row(struct work *w, const struct row *row, enum verb verb);
/* For rows of a record of a patient, before there is a row. */
MUST_CHECK enum result access_rows_of(struct work *w, const struct record *rec, int64_t patient,
	enum verb verb);
/* After a call that failed, outside any transaction: an entry for the patient whose
 * data was asked for and not given, whatever the answer said (404 as well as 403). Who
 * is bound to one patient leaves one for a number that nobody has, too: it must look, and
 * take, like another's.  r: what the call came to. */
void access_note_refusal(struct work *w, enum result r);
