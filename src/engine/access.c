/*
 * access - asks the face, always with the patient the data really belongs to.
 */
#include "engine/access.h"

#include "engine/call.h"
#include "engine/store.h"

/* Commands work on the machine itself, as its owner. */
static enum result
ask(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	if (w->actor.kind == SYSTEM)
		return OK;
	if (!w->call || !w->call->face || w->actor.kind == NOBODY)
		return MISSING;
	return w->call->face->access(w, rec, patient, verb);
}

enum result
access_patient(struct work *w, int64_t patient, enum verb verb)
{
	return ask(w, NULL, patient, verb);
}

enum result
access_record(struct work *w, const struct record *rec, enum verb verb)
{
	return ask(w, rec, 0, verb);
}

enum result
access_rows_of(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	return ask(w, rec, patient, verb);
}

enum result
access_row(struct work *w, const struct row *row, enum verb verb)
{
	int64_t patient = 0;
	enum result r;

	w->subject = row;
	if ((r = store_patient_of(w, row, &patient)))
		return r;
	r = ask(w, row->rec, patient, verb);
	w->subject = NULL;
	return r;
}
