/*
 * patients - who is treated here, how to reach them, who pays.
 */
#include "clinic/records.h"

#include <string.h>

#include "base/text.h"
#include "clinic/ask.h"
#include "clinic/idem.h"
#include "engine/audit.h"
#include "engine/shape.h"
#include "engine/store.h"

static const struct field fields[] = {
	TEXT(PATIENTS_MRN, "mrn", "MRN", LENGTH(20), .not_null = true, .unique = true,
		.create_only = true, .trim = true, .blank_null = true,
		.help = "Medical record number; given by the practice."),
	TEXT(PATIENTS_FIRST_NAME, "first_name", "First name", .required = true, .trim = true,
		.min = 1, LENGTH(50), .searchable = true),
	TEXT(PATIENTS_LAST_NAME, "last_name", "Last name", .required = true, .trim = true,
		.min = 1, LENGTH(50), .searchable = true),
	DATE(PATIENTS_DOB, "dob", "Date of birth", .required = true, .past = true),
	TEXT(PATIENTS_GENDER, "gender", "Gender", LINE(20)),
	TEXT(PATIENTS_SSN, "ssn", "Social security number", LINE(20), .secret = true,
		.hidden = true, .help = "Kept, never printed; ssn_last4 is."),
	TEXT(PATIENTS_EMAIL, "email", "E-mail", LINE(100), .shape = shape_email_simple),
	TEXT(PATIENTS_PHONE, "phone", "Phone", LINE(20)),
	TEXT(PATIENTS_STREET, "street", "Street", LINE(200)),
	TEXT(PATIENTS_CITY, "city", "City", LINE(100)),
	TEXT(PATIENTS_STATE, "state", "State", LINE(50)),
	TEXT(PATIENTS_ZIP_CODE, "zip_code", "ZIP code", LINE(20)),
	TEXT(PATIENTS_INSURANCE_PROVIDER, "insurance_provider", "Insurance", LINE(100)),
	TEXT(PATIENTS_POLICY_NUMBER, "policy_number", "Policy number", LINE(50)),
	TEXT(PATIENTS_GROUP_NUMBER, "group_number", "Group number", LINE(50)),
	TEXT(PATIENTS_EMERGENCY_CONTACT_NAME, "emergency_contact_name", "Emergency contact",
		LINE(100)),
	TEXT(PATIENTS_EMERGENCY_CONTACT_RELATIONSHIP, "emergency_contact_relationship",
		"Relationship", LINE(50)),
	TEXT(PATIENTS_EMERGENCY_CONTACT_PHONE, "emergency_contact_phone",
		"Emergency contact's phone", LINE(20)),
	NOTE(PATIENTS_SEARCH_TEXT, "search_text", "Search text", .hidden = true,
		.read_only = true),
};

/* The search looks through this: without case and accents. */
static void
derive(struct work *w, struct row *row)
{
	const char *mrn = row_text(row, PATIENTS_MRN);
	const char *first = row_text(row, PATIENTS_FIRST_NAME);
	const char *last = row_text(row, PATIENTS_LAST_NAME);
	const char *dob = row_text(row, PATIENTS_DOB);

	row_set_text(row, PATIENTS_SEARCH_TEXT, text_fold(w->arena,
		arena_printf(w->arena, "%s %s %s %s", first ? first : "", last ? last : "",
			mrn ? mrn : "", dob ? dob : "")));
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const char *dob = row_text(row, PATIENTS_DOB);

	if (dob && strcmp(dob, "1880") < 0 && !w->importing)
		problem(problems, &fields[PATIENTS_DOB], "is before 1880");
}

static bool
same_name(struct work *w, const char *a, const char *b)
{
	return strcmp(text_fold(w->arena, a), text_fold(w->arena, b)) == 0;
}

/* The refusal tells that this person is a patient here: that is a read, and it
 * stays when the unit is taken back. */
static enum result
note_told(struct work *w, int64_t patient)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = clinic_patients.entity,
		.entity_id = patient,
		.patient = patient,
		.description = "Told that a patient is here already",
	});
}

/* Names are compared here rather than in SQL, where only ASCII has two cases. */
static enum result
refuse_namesake(struct work *w, const struct row *row)
{
	struct query *query = NULL;
	bool found = false;
	int64_t other = 0;
	enum result r = store_lock_name(w,
		arena_printf(w->arena, "born %s", row_text(row, PATIENTS_DOB)));

	if (!r)
		r = db_query(w->db, &query,
			"SELECT first_name, last_name, id FROM patients WHERE dob = $1",
			ARGS(value_text(row_text(row, PATIENTS_DOB))));

	if (r)
		return r;
	while (!found && query_next(query)) {
		found = same_name(w, query_text(query, 0, NULL),
				row_text(row, PATIENTS_FIRST_NAME)) &&
			same_name(w, query_text(query, 1, NULL),
				row_text(row, PATIENTS_LAST_NAME));
		other = query_whole(query, 2);
	}
	if (found) {
		query_drop(&query);
		if ((r = note_told(w, other)))
			return r;
		return fail(w, CONFLICT, "A patient of this name and date of birth is here "
			"already; send confirm_new if this is another person.");
	}
	return query_close(&query);
}

static enum result
saving(struct work *w, struct row *row)
{
	const char *key;
	enum result r;

	if (row->id == 0 && !w->importing && !ask_flag(w, "confirm_new") &&
		(r = refuse_namesake(w, row)))
		return r;
	if (row_has(row, PATIENTS_MRN))
		return OK;
	if ((r = store_new_key(w, &clinic_patients, &key)))
		return r;
	row_set_text(row, PATIENTS_MRN, key);
	derive(w, row);
	return OK;
}

/* The database drops the patient's rows; the reasons and the replies kept beside
 * them have no reference that would take them along. */
static enum result
dropping(struct work *w, const struct row *row)
{
	static const char *const sql[] = {
		"DELETE FROM clinical_notes WHERE record = 'appointments' AND row_id IN "
		"(SELECT id FROM appointments WHERE patient_id = $1)",
		"DELETE FROM clinical_notes WHERE record = 'medications' AND row_id IN "
		"(SELECT id FROM medications WHERE patient_id = $1)",
	};
	enum result r;

	for (size_t i = 0; i < COUNT(sql); i++)
		if ((r = db_run(w->db, sql[i], ARGS(value_whole(row->id)), NULL)))
			return r;
	return idem_forget_patient(w, row);
}

const struct record clinic_patients = {
	.name = "patients",
	.route = "patients",
	.one = "Patient",
	.many = "Patients",
	.summary = "Who is treated here, how to reach them, who pays.",
	.entity = "patient",
	.is_patient = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ NULL, "last_name" },
		{ NULL, "last_name, first_name" },
		{ NULL, "dob" },
		{ 0 }
	},
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "last_name, first_name, id",
	.key = "mrn",
	.key_prefix = "MRN",
	.derive = derive,
	.check = check,
	.saving = saving,
	.dropping = dropping,
};
