/*
 * patient_form - the columns that decide rights are read-only in the declaration;
 * here they are set to who asks.
 */
#include "personal/patient_form.h"

#include "engine/form.h"
#include "personal/patients.h"
#include "personal/reach.h"
#include "personal/records.h"

enum result
patient_form_new(struct work *w)
{
	struct row *row = row_new(w->arena, &personal_patients);

	form_read(w, w->call->json, false, row);
	row_set_whole(row, PATIENTS_USER_ID, w->actor.id);
	row_set_whole(row, PATIENTS_OWNER_USER_ID, w->actor.id);
	form_rules(w, row);
	w->call->row = row;
	return call_sound(w);
}

enum result
patient_form_over(struct work *w, const struct row *before, struct row **out)
{
	*out = reach_copy(w, before);
	form_read(w, w->call->json, true, *out);
	form_rules(w, *out);
	return call_sound(w);
}

enum result
patient_form_allowed(struct work *w)
{
	if (w->actor.role && text_same(w->actor.role, "guest"))
		return fail(w, DENIED, "Access denied");
	return OK;
}
