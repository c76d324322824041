/*
 * access - asks the face, always with the patient the data really belongs to, and
 * remembers a no, so that who tries doors leaves a trace.
 */
#include "engine/access.h"

#include "engine/audit.h"
#include "engine/call.h"
#include "engine/store.h"

static const char *
entity_of(const struct work *w, const struct record *rec)
{
	const struct record *const *at = w->call->face->catalog->records;

	while (!rec && *at) {
		if ((*at)->is_patient)
			rec = *at;
		at++;
	}
	return rec ? rec->entity : "patient";
}

/* Kept until the call is over: a no that only left a row out of a list is none. */
static void
remember(struct work *w, const struct record *rec, int64_t patient, enum result r)
{
	if (r == OK)
		w->refusal = (struct refusal){ 0 };
	else if (patient && (r == MISSING || r == DENIED))
		w->refusal = (struct refusal){ .entity = entity_of(w, rec), .patient = patient,
			.id = w->subject ? w->subject->id : 0 };
}

/* Commands work on the machine itself, as its owner. */
static enum result
ask(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	enum result r;

	if (w->actor.kind == SYSTEM)
		return OK;
	if (!w->call || !w->call->face || w->actor.kind == NOBODY)
		return MISSING;
	r = w->call->face->access(w, rec, patient, verb);
	remember(w, rec, patient, r);
	return r;
}

void
access_note_refusal(struct work *w, enum result r)
{
	struct refusal *refusal = &w->refusal;
	struct failure failure = w->failure;

	if (!refusal->entity && r == MISSING && w->actor.patient)
		refusal->entity = entity_of(w, NULL);
	if (!refusal->entity || !w->store)
		return;
	/* No room for it is no reason to answer otherwise: nothing was given out. */
	if (audit_read(w, &(struct entry){
		    .action = "denied",
		    .entity_type = refusal->entity,
		    .entity_id = refusal->id,
		    .patient = refusal->patient,
		    .description = arena_printf(w->arena, "Was refused %s", refusal->entity),
		    .outcome = "denied",
	    }))
		w->failure = failure;
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
