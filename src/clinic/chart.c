/*
 * chart - a patient's complete record and its summary, each one snapshot.
 */
#include "clinic/chart.h"

#include "base/arena.h"
#include "base/json.h"
#include "clinic/page.h"
#include "clinic/records.h"
#include "clinic/rest.h"
#include "engine/audit.h"

enum { ROWS_MOST = 100000 };

static const struct section {
	const struct record *rec;
	const char *key, *count;
} sections[] = {
	{ &clinic_appointments, "appointments", "appointment_count" },
	{ &clinic_medications, "medications", "medication_count" },
	{ &clinic_allergies, "allergies", "allergy_count" },
	{ &clinic_vital_signs, "vital_signs", "vital_sign_count" },
	{ &clinic_lab_results, "lab_results", "lab_result_count" },
};

static enum result
note_read(struct work *w, int64_t patient, const char *what)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = "patient",
		.entity_id = patient,
		.patient = patient,
		.description = what,
	});
}

static enum result
print_section(struct work *w, const struct section *section, int64_t patient, struct text *out)
{
	struct page page CLEANUP(page_close) = page_of(resource_of(section->rec));

	page.list.limit = ROWS_MOST;
	list_where(&page.list, "patient_id", value_whole(patient));
	json_key(out, section->key);
	return page_print(w, &page, out);
}

/* The whole or nothing: a record with holes would be taken for complete. */
static enum result
read_record(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t patient = 0;
	enum result r;

	if ((r = rest_patient(w, &patient)) ||
		(r = access_rows_of(w, &clinic_patients, patient, SEE)))
		return r;
	for (size_t i = 0; i < COUNT(sections); i++)
		if ((r = access_rows_of(w, sections[i].rec, patient, SEE)))
			return r;
	json_open(out, '{');
	json_key(out, "patient");
	if ((r = page_one(w, resource_of(&clinic_patients), patient, out)))
		return r;
	for (size_t i = 0; i < COUNT(sections); i++)
		if ((r = print_section(w, &sections[i], patient, out)))
			return r;
	json_close(out, '}');
	return note_read(w, patient, "Read the complete record");
}

/* A count that is not open to the actor is null. */
static enum result
print_count(struct work *w, const struct section *section, int64_t patient, struct text *out)
{
	int64_t n;
	enum result r = access_rows_of(w, section->rec, patient, SEE);

	if (r == DENIED) {
		w->failure = (struct failure){ 0 };
		json_put_nothing(out, section->count);
		return OK;
	}
	if (r || (r = db_one(w->db, arena_printf(w->arena,
			"SELECT count(*) FROM %s WHERE patient_id = $1", section->rec->name),
			ARGS(value_whole(patient)), &n)))
		return r;
	json_put_whole(out, section->count, n);
	return OK;
}

static enum result
read_summary(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t patient = 0;
	enum result r;

	if ((r = rest_patient(w, &patient)) ||
		(r = access_rows_of(w, &clinic_patients, patient, SEE)) ||
		(r = page_one(w, resource_of(&clinic_patients), patient, out)))
		return r;
	if (out->full)
		return FAULT;
	out->len--; /* the brace that closes it */
	for (size_t i = 0; i < COUNT(sections); i++)
		if ((r = print_count(w, &sections[i], patient, out)))
			return r;
	json_close(out, '}');
	return note_read(w, patient, "Read the summary");
}

const struct route chart_routes[] = {
	{ .method = GET, .path = "/clinic/v1/patients/{mrn}/record", .need = NEED_USER,
	  .steps = { { READ, read_record } }, .rec = &clinic_patients,
	  .scope = "read:patients", .summary = "Reads a patient's complete record." },
	{ .method = GET, .path = "/clinic/v1/patients/{mrn}/summary", .need = NEED_USER,
	  .steps = { { READ, read_summary } }, .rec = &clinic_patients,
	  .scope = "read:patients", .summary = "Reads a patient and how much is on record." },
	{ 0 }
};
