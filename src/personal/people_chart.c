/*
 * people_chart - a person's whole record in one answer, for paper, for the
 * emergency card and for a copy that works without the server.
 */
#include "base/json.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "engine/print.h"
#include "engine/row.h"
#include "engine/store.h"
#include "personal/listing.h"
#include "personal/patients.h"
#include "personal/people_vitals.h"
#include "personal/personal.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { ROWS_MOST = 100000 };

static const char practitioners[] =
	"id IN (SELECT physician_id FROM patients WHERE id = ? "
	"UNION SELECT practitioner_id FROM medications WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM conditions WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM lab_results WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM vitals WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM immunizations WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM procedures WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM treatments WHERE patient_id = ? "
	"UNION SELECT practitioner_id FROM encounters WHERE patient_id = ?)";
static const char pharmacies[] =
	"id IN (SELECT pharmacy_id FROM medications WHERE patient_id = ?)";
static const char components[] =
	"lab_result_id IN (SELECT id FROM lab_results WHERE patient_id = ?)";

/* The rows of rec for which the condition holds, under key. */
static enum result
print_rows(struct work *w, const char *key, const struct record *rec, const char *condition,
	int64_t patient, size_t *total)
{
	struct list list CLEANUP(list_close) = list_of(rec);
	size_t n = 0;
	enum result r;

	list.limit = ROWS_MOST;
	list_and(&list, condition, value_whole(patient));
	json_key(&w->call->out, key);
	r = store_list(w, &list, &w->call->out, &n);
	*total += n;
	return r;
}

static enum result
print_records(struct work *w, int64_t patient, enum units units, size_t *total)
{
	struct text *out = &w->call->out;
	enum result r = OK;
	size_t n;

	for (const struct record *const *rec = personal_catalog.records; !r && *rec; rec++) {
		if (!(*rec)->of_patient || !(*rec)->route || (*rec)->internal)
			continue;
		if (*rec != &personal_vitals) {
			r = print_rows(w, (*rec)->route, *rec, "patient_id = ?", patient, total);
			continue;
		}
		json_key(out, (*rec)->route);
		r = people_readings(w, patient, units, ROWS_MOST, 0, &n);
		*total += n;
	}
	return r ? r : print_rows(w, "lab-test-components", &personal_lab_test_components,
		components, patient, total);
}

/* Which belong together, by id. */
static enum result
print_links(struct work *w, int64_t patient)
{
	struct text *out = &w->call->out;
	size_t n;
	enum result r;

	json_key(out, "links");
	json_open(out, '{');
	json_key(out, "condition_medications");
	r = listing_plain(w, "wwt", "SELECT k.condition_id, k.medication_id, k.relevance_note "
		"FROM condition_medications k JOIN conditions c ON c.id = k.condition_id "
		"WHERE c.patient_id = $1 ORDER BY k.id", ARGS(value_whole(patient)), &n);
	if (r)
		return r;
	json_key(out, "lab_result_conditions");
	r = listing_plain(w, "wwt", "SELECT k.lab_result_id, k.condition_id, k.relevance_note "
		"FROM lab_result_conditions k JOIN lab_results l ON l.id = k.lab_result_id "
		"WHERE l.patient_id = $1 ORDER BY k.id", ARGS(value_whole(patient)), &n);
	json_close(out, '}');
	return r;
}

static enum result
print_patient(struct work *w, int64_t patient, enum units units)
{
	static const int measures[] = { PATIENTS_HEIGHT, PATIENTS_WEIGHT };
	struct row *row;
	enum result r = store_get(w, &personal_patients, patient, &row);

	if (r)
		return r;
	for (size_t i = 0; i < COUNT(measures); i++)
		if (row_has(row, measures[i]))
			row_set_number(row, measures[i],
				units_shown(&row->rec->fields[measures[i]], units,
					row_number(row, measures[i])));
	json_key(&w->call->out, "patient");
	print_row(row, &w->call->out);
	return OK;
}

static void
print_units(struct text *out, enum units units)
{
	char iso[ISO_SIZE];

	moment_iso(moment_now(), iso);
	json_put_text(out, "made_at", iso);
	units_print(out, &personal_vitals, units);
}

static enum result
show(struct work *w)
{
	enum units units = units_asked(w);
	struct text *out = &w->call->out;
	size_t total = 0;
	int64_t patient;
	enum result r;

	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	json_open(out, '{');
	print_units(out, units);
	if ((r = print_patient(w, patient, units)))
		return r;
	json_key(out, "records");
	json_open(out, '{');
	r = print_records(w, patient, units, &total);
	json_close(out, '}');
	if (r || (r = print_links(w, patient)) ||
		(r = print_rows(w, "practitioners", &personal_practitioners, practitioners, patient,
			 &total)) ||
		(r = print_rows(w, "pharmacies", &personal_pharmacies, pharmacies, patient, &total)))
		return r;
	json_close(out, '}');
	return reach_note_whole(w, patient, "Read the whole record", total);
}

static const struct parameter query[] = { UNITS_PARAMETER, { 0 } };

const struct route personal_people_chart_routes[] = {
	{ .method = GET, .path = "/people/{patient_id}/chart", .steps = { { READ, show } },
	  .query = query, .summary = "A person's whole record, for paper or a copy." },
	{ 0 }
};
