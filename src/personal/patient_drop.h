#pragma once
/*
 * patient_drop - what else goes when a patient or a relative goes
 * (personal-api 3.2); inside the transaction of the delete.
 */
#include "engine/row.h"
#include "engine/work.h"

/* Deletes the patient with all that is theirs.  Rights are the caller's to check. */
MUST_CHECK enum result patient_drop(struct work *w, const struct row *patient);
/* Before a family member is deleted: invitations about it end and are emptied. */
MUST_CHECK enum result patient_drop_relative(struct work *w, int64_t relative);
/* Before a procedure, visit or insurance is deleted: the rows of its files. */
MUST_CHECK enum result patient_drop_files(struct work *w, const char *type, int64_t id);
