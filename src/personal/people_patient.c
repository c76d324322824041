/*
 * people_patient - a patient, height and weight in the units a person thinks in; ours,
 * beside the contract's routes, which know only the schema's units.
 */
#include "base/json.h"
#include "engine/form.h"
#include "engine/print.h"
#include "engine/store.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/units.h"

static enum result
answer(struct work *w, int64_t id, enum units units)
{
	struct text *out = &w->call->out;
	struct row *row;
	enum result r = store_get(w, &personal_patients, id, &row);

	if (r)
		return r;
	units_convert(row, units);
	json_open(out, '{');
	units_print(out, row->rec, units);
	json_key(out, "patient");
	print_row(row, out);
	json_close(out, '}');
	return OK;
}

static enum result
get(struct work *w)
{
	enum units units = units_asked(w);
	int64_t patient;
	enum result r;

	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	r = reach_note(w, &personal_patients, patient, patient, 0);
	return r ? r : answer(w, patient, units);
}

static enum result
update(struct work *w)
{
	struct row *before, *row;
	enum units units;
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, EDIT, &patient)))
		return r;
	if ((r = store_get(w, &personal_patients, patient, &before)))
		return r;
	units = units_spoken(w);
	row = reach_copy(w, before);
	units_store(row, units, w->call->json);
	form_read(w, w->call->json, true, row);
	units_explain(w, row->rec, units);
	form_rules(w, row);
	if ((r = call_sound(w)) || (r = store_put(w, row)))
		return r;
	return answer(w, patient, units);
}

static const struct parameter in_units[] = {
	UNITS_PARAMETER,
	{ 0 }
};

const struct route personal_people_patient_routes[] = {
	{ .method = GET, .path = "/people/{patient_id}", .steps = { { READ, get } },
	  .query = in_units, .summary = "A patient, in your units." },
	{ .method = PUT, .path = "/people/{patient_id}", .body = BODY_JSON,
	  .steps = { { WRITE, update } }, .input = &personal_patients,
	  .summary = "Changes a patient, in your units.",
	  .about = "\"units\" is \"metric\" or \"imperial\"; a number that is sent back as it "
		   "was shown changes nothing." },
	{ 0 }
};
