/*
 * patient_form - the columns that decide rights are never taken from a body.
 */
#include "personal/patient_form.h"

#include "engine/form.h"
#include "personal/patients.h"
#include "personal/reach.h"
#include "personal/records.h"

static const int ours[] = {
	PATIENTS_USER_ID, PATIENTS_OWNER_USER_ID, PATIENTS_IS_SELF_RECORD, PATIENTS_FAMILY_ID,
	PATIENTS_RELATIONSHIP_TO_FAMILY, PATIENTS_PRIVACY_LEVEL, PATIENTS_EXTERNAL_ACCOUNT_ID,
	PATIENTS_IS_EXTERNALLY_ACCESSIBLE,
};

static const char *
name(int slot)
{
	return personal_patients.fields[slot].name;
}

static void
strip(json_t *body)
{
	for (size_t i = 0; i < COUNT(ours); i++)
		(void)json_object_del(body, name(ours[i]));
}

enum result
patient_form_new(struct work *w)
{
	json_t *body = w->call->json;
	struct row *row = row_new(w->arena, &personal_patients);

	strip(body);
	if (json_is_object(body)) {
		(void)json_object_set_new(body, name(PATIENTS_USER_ID),
			json_integer(w->actor.id));
		(void)json_object_set_new(body, name(PATIENTS_OWNER_USER_ID),
			json_integer(w->actor.id));
	}
	form_read(w, body, false, row);
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
	strip(w->call->json);
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
