/*
 * charts - what tools, resources and prompts read of a patient.
 */
#include "clinic/charts.h"

#include "base/arena.h"
#include "base/json.h"
#include "clinic/records.h"
#include "clinic/rows.h"
#include "clinic/tool_schema.h"
#include "engine/audit.h"
#include "engine/store.h"

static const struct part {
	const struct record *rec;
	const char *key, *count, *words, *columns, *order;
} parts[CHART__COUNT] = {
	[CHART_APPOINTMENTS] = {
		&clinic_appointments, "appointments", "appointment_count",
		"appointment_id:s date:s time:s type:s? provider:s? department:s? location:s? "
		"status:s? reason:s? duration_minutes:i? provider_npi:s?",
		"appointment_id, date, time, appointment_type, "
		"(SELECT name FROM providers WHERE id = appointments.provider_id), department, "
		"location, status, reason, duration_minutes, "
		"(SELECT npi FROM providers WHERE id = appointments.provider_id)",
		"date, time, id" },
	[CHART_MEDICATIONS] = {
		&clinic_medications, "medications", "medication_count",
		"medication_id:s name:s dosage:s? frequency:s? route:s? prescribed_date:s "
		"prescriber:s? refills_remaining:i? status:s?",
		"medication_id, name, dosage, frequency, route, prescribed_date, prescriber, "
		"refills_remaining, status",
		"name, id" },
	[CHART_ALLERGIES] = {
		&clinic_allergies, "allergies", "allergy_count",
		"allergen:s reaction:s? severity:s? onset_date:s? status:s?",
		"allergen, reaction, severity, onset_date, status",
		"allergen, id" },
	[CHART_VITALS] = {
		&clinic_vital_signs, "vital_signs", "vital_sign_count",
		"recorded_date:m blood_pressure:s? heart_rate:i? temperature:n? "
		"respiratory_rate:i? oxygen_saturation:i? weight:n? height:n? bmi:n? "
		"recorded_by:s?",
		"recorded_date, CASE WHEN systolic_bp IS NOT NULL AND diastolic_bp IS NOT NULL "
		"THEN CAST(systolic_bp AS TEXT) || '/' || CAST(diastolic_bp AS TEXT) END, "
		"heart_rate, temperature, respiratory_rate, oxygen_saturation, weight, height, "
		"bmi, recorded_by",
		"recorded_date DESC, id DESC" },
	[CHART_LABS] = {
		&clinic_lab_results, "lab_results", "lab_result_count",
		"order_id:s test_name:s ordered_date:s resulted_date:s? status:s? results:j?",
		"order_id, test_name, ordered_date, resulted_date, status, results_json",
		"COALESCE(resulted_date, '9999-12-31') DESC, ordered_date DESC, id DESC" },
};

const char *
charts_key(enum chart_part part)
{
	return parts[part].key;
}

enum result
charts_patient(struct work *w, const char *mrn, int64_t *id)
{
	enum result r = rows_patient(w, mrn, id);

	if (r == MISSING)
		return fail(w, MISSING,
			arena_printf(w->arena, "Patient with MRN %.20s not found", mrn));
	return r;
}

enum result
charts_whole(struct work *w, const char *mrn, int64_t *id)
{
	enum result r = charts_patient(w, mrn, id);

	for (size_t i = 0; !r && i < CHART__COUNT; i++)
		r = access_rows_of(w, parts[i].rec, *id, SEE);
	return r;
}

static enum result
note_read(struct work *w, const struct record *rec, int64_t patient, int64_t count)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = rec->entity,
		.entity_id = rec->is_patient ? patient : 0,
		.patient = patient,
		.description = rec->is_patient ? "Read the demographics"
					       : arena_printf(w->arena, "Listed %s", rec->many),
		.count = count,
	});
}

/* ---- demographics ---- */

struct member {
	const char *key;
	int slot;
};

static void
put_members(const struct row *row, const struct member *members, size_t n, struct text *out)
{
	for (size_t i = 0; i < n; i++)
		json_put_text(out, members[i].key, row_text(row, members[i].slot));
}

/* An object, or null when nothing is known. */
static void
put_group(const struct row *row, const char *key, const struct member *members, size_t n,
	struct text *out)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any = any || row_has(row, members[i].slot);
	if (!any) {
		json_put_nothing(out, key);
		return;
	}
	json_key(out, key);
	json_open(out, '{');
	put_members(row, members, n, out);
	json_close(out, '}');
}

static void
put_patient(const struct row *row, struct text *out)
{
	static const struct member plain[] = {
		{ "mrn", PATIENTS_MRN }, { "first_name", PATIENTS_FIRST_NAME },
		{ "last_name", PATIENTS_LAST_NAME }, { "dob", PATIENTS_DOB },
		{ "gender", PATIENTS_GENDER }, { "email", PATIENTS_EMAIL },
		{ "phone", PATIENTS_PHONE },
	};
	static const struct member address[] = {
		{ "street", PATIENTS_STREET }, { "city", PATIENTS_CITY },
		{ "state", PATIENTS_STATE }, { "zip", PATIENTS_ZIP_CODE },
	};
	static const struct member insurance[] = {
		{ "provider", PATIENTS_INSURANCE_PROVIDER },
		{ "policy_number", PATIENTS_POLICY_NUMBER },
		{ "group_number", PATIENTS_GROUP_NUMBER },
	};
	static const struct member contact[] = {
		{ "name", PATIENTS_EMERGENCY_CONTACT_NAME },
		{ "relationship", PATIENTS_EMERGENCY_CONTACT_RELATIONSHIP },
		{ "phone", PATIENTS_EMERGENCY_CONTACT_PHONE },
	};

	json_open(out, '{');
	put_members(row, plain, COUNT(plain), out);
	json_key(out, "address");
	json_open(out, '{');
	put_members(row, address, COUNT(address), out);
	json_close(out, '}');
	put_group(row, "insurance", insurance, COUNT(insurance), out);
	put_group(row, "emergency_contact", contact, COUNT(contact), out);
	json_close(out, '}');
}

enum result
charts_demographics(struct work *w, int64_t patient, struct text *out)
{
	struct row *row;
	enum result r;

	if ((r = access_rows_of(w, &clinic_patients, patient, SEE)) ||
		(r = store_get(w, &clinic_patients, patient, &row)))
		return r;
	put_patient(row, out);
	return note_read(w, &clinic_patients, patient, 0);
}

/* ---- the parts ---- */

enum result
charts_list(struct work *w, enum chart_part which, int64_t patient, const char *status,
	struct text *out)
{
	const struct part *part = &parts[which];
	const struct value args[] = { value_whole(patient), value_text(status) };
	size_t n = 0;
	enum result r;
	const struct asked asked = {
		.words = part->words,
		.sql = arena_printf(w->arena,
			"SELECT %s FROM %s WHERE patient_id = $1%s ORDER BY %s", part->columns,
			part->rec->name, status ? " AND status = $2" : "", part->order),
		.args = args,
		.n_args = status ? 2 : 1,
	};

	if ((r = access_rows_of(w, part->rec, patient, SEE)) ||
		(r = schema_rows(w, &asked, out, &n)))
		return r;
	return note_read(w, part->rec, patient, (int64_t)n);
}

enum result
charts_record(struct work *w, int64_t patient, struct text *out)
{
	enum result r;

	for (size_t i = 0; i < COUNT(parts); i++)
		if ((r = access_rows_of(w, parts[i].rec, patient, SEE)))
			return r;
	json_key(out, "patient");
	if ((r = charts_demographics(w, patient, out)))
		return r;
	for (size_t i = 0; i < COUNT(parts); i++) {
		json_key(out, parts[i].key);
		if ((r = charts_list(w, (enum chart_part)i, patient, NULL, out)))
			return r;
	}
	return OK;
}

static enum result
put_count(struct work *w, const struct part *part, int64_t patient, struct text *out)
{
	int64_t n;
	enum result r = access_rows_of(w, part->rec, patient, SEE);

	if (r == DENIED) {
		w->failure = (struct failure){ 0 };
		json_put_nothing(out, part->count);
		return OK;
	}
	if (r || (r = db_one(w->db, arena_printf(w->arena,
			"SELECT count(*) FROM %s WHERE patient_id = $1", part->rec->name),
			ARGS(value_whole(patient)), &n)))
		return r;
	json_put_whole(out, part->count, n);
	return OK;
}

enum result
charts_summary(struct work *w, int64_t patient, struct text *out)
{
	enum result r;

	json_key(out, "patient");
	if ((r = charts_demographics(w, patient, out)))
		return r;
	for (size_t i = 0; i < COUNT(parts); i++)
		if ((r = put_count(w, &parts[i], patient, out)))
			return r;
	return OK;
}
