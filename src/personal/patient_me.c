/*
 * patient_me - /patients/me: the caller's own patient, the newest of them.
 */
#include <string.h>

#include "base/text.h"
#include "engine/store.h"
#include "personal/patient_drop.h"
#include "personal/patient_form.h"
#include "personal/patients.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

static enum result
find_mine(struct work *w, int64_t *id)
{
	enum result r = db_one(w->db,
		"SELECT id FROM patients WHERE user_id = $1 ORDER BY id DESC LIMIT 1",
		ARGS(value_whole(w->actor.id)), id);

	if (r == MISSING)
		return fail_as(w, 404, NULL, "Patient record not found");
	return r;
}

static enum result
get_mine(struct work *w, struct row **out)
{
	int64_t id;
	enum result r = find_mine(w, &id);

	return r ? r : store_get(w, &personal_patients, id, out);
}

static enum result
show(struct work *w)
{
	int64_t id;
	enum result r;

	if ((r = find_mine(w, &id)))
		return r;
	if ((r = reach_note(w, &personal_patients, id, id, 0)))
		return r;
	return store_print(w, &personal_patients, id, false, &w->call->out);
}

/* Whether the request gave a value that is sound so far. */
static bool
gave(const struct work *w, const struct row *row, int slot)
{
	for (const struct problem *p = w->problems.first; p; p = p->next)
		if (strcmp(p->field, row->rec->fields[slot].name) == 0)
			return false;
	return row_sent(row, slot) && row_has(row, slot);
}

static void
check_length(struct work *w, const struct row *row, int slot, size_t most)
{
	const struct field *f = &row->rec->fields[slot];
	const char *text = gave(w, row, slot) ? row_text(row, slot) : "";

	if (utf8_length(text, strlen(text)) > most)
		problem(&w->problems, f, arena_printf(w->arena,
			"%s must be less than %zu characters", f->label, most));
}

static void
check_least(struct work *w, const struct row *row, int slot, double least)
{
	const struct field *f = &row->rec->fields[slot];

	if (gave(w, row, slot) && row_number(row, slot) < least)
		problem(&w->problems, f, f->says);
}

/* The record takes the wider of two routers' bounds; these are the narrower of
 * this one (personal-api 2.4). */
static enum result
check_bounds(struct work *w, const struct row *row)
{
	check_length(w, row, PATIENTS_FIRST_NAME, 50);
	check_length(w, row, PATIENTS_LAST_NAME, 50);
	check_length(w, row, PATIENTS_ADDRESS, 200);
	check_least(w, row, PATIENTS_HEIGHT, 12);
	check_least(w, row, PATIENTS_WEIGHT, 1);
	return call_sound(w);
}

static enum result
read_new(struct work *w)
{
	enum result r = patient_form_new(w);

	return r && r != INVALID ? r : check_bounds(w, w->call->row);
}

static enum result
store(struct work *w, struct row *row)
{
	enum result r = store_put(w, row);

	return r ? r : store_print(w, row->rec, row->id, false, &w->call->out);
}

static enum result
create(struct work *w)
{
	int64_t id;
	enum result r;

	if ((r = patient_form_allowed(w)))
		return r;
	if ((r = store_lock(w, &personal_users, w->actor.id)))
		return r;
	r = db_one(w->db, "SELECT id FROM patients WHERE user_id = $1 LIMIT 1",
		ARGS(value_whole(w->actor.id)), &id);
	if (!r)
		return fail_as(w, 400, NULL, "Patient record already exists");
	if (r != MISSING)
		return r;
	row_set_whole(w->call->row, PATIENTS_IS_SELF_RECORD, 0);
	return store(w, w->call->row);
}

static enum result
update(struct work *w)
{
	struct row *before, *row;
	enum result r;

	if ((r = get_mine(w, &before)))
		return r;
	r = patient_form_over(w, before, &row);
	if (r && r != INVALID)
		return r;
	if ((r = check_bounds(w, row)))
		return r;
	return store(w, row);
}

static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = get_mine(w, &row)))
		return r;
	if ((r = patient_drop(w, row)))
		return r;
	return reach_message(w,
		"Patient record and all associated medical records deleted successfully");
}

const struct route personal_patient_me_routes[] = {
	{ .method = GET, .path = "/patients/me", .steps = { { READ, show } },
	  .rec = &personal_patients, .summary = "Your own patient record." },
	{ .method = GET, .path = "/patients/current", .steps = { { READ, show } },
	  .rec = &personal_patients, .summary = "Your own patient record." },
	{ .method = POST, .path = "/patients/me", .body = BODY_JSON,
	  .steps = { { HERE, read_new }, { WRITE, create } },
	  .rec = &personal_patients, .summary = "Makes your own patient record." },
	{ .method = PUT, .path = "/patients/me", .body = BODY_JSON, .steps = { { WRITE, update } },
	  .rec = &personal_patients, .summary = "Changes your own patient record." },
	{ .method = DELETE, .path = "/patients/me", .steps = { { WRITE, drop } },
	  .rec = &personal_patients,
	  .summary = "Deletes your own patient record and all that is in it." },
	{ 0 }
};
