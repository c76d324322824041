/*
 * tools_charts - patients and what is on their charts.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/charts.h"
#include "clinic/filter.h"
#include "clinic/page.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "clinic/rows.h"
#include "clinic/rpc.h"
#include "clinic/tool_schema.h"
#include "clinic/tools.h"
#include "clinic/writes.h"
#include "engine/audit.h"
#include "engine/store.h"

#define PATIENT_WORDS "patient{mrn:s first_name:s last_name:s dob:s gender:s? email:s? phone:s? " \
	"address{street:s? city:s? state:s? zip:s?} insurance:o? emergency_contact:o?}"

enum { FOUND_MOST = 50 };

/* ---- one patient ---- */

enum { ONE_MRN, ONE__COUNT };

static const struct field mrn_fields[ONE__COUNT] = {
	TEXT(ONE_MRN, "mrn", "MRN", .required = true, .trim = true, .min = 1, .max = 20,
		.help = MRN_HELP),
};

static enum result
get_patient(struct work *w, const struct row *in, struct text *out)
{
	int64_t patient = 0;
	enum result r = charts_patient(w, row_text(in, ONE_MRN), &patient);

	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_key(out, "patient");
	if ((r = charts_demographics(w, patient, out)))
		return r;
	json_close(out, '}');
	return OK;
}

static enum result
get_record(struct work *w, const struct row *in, struct text *out)
{
	int64_t patient = 0;
	enum result r = charts_patient(w, row_text(in, ONE_MRN), &patient);

	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "status", "success");
	if ((r = charts_record(w, patient, out)))
		return r;
	json_close(out, '}');
	return OK;
}

/* ---- search ---- */

enum { SEARCH_TERM, SEARCH_CURSOR, SEARCH__COUNT };

static const struct field search_fields[SEARCH__COUNT] = {
	TEXT(SEARCH_TERM, "search_term", "Search term", .required = true, .trim = true, .min = 1,
		.max = 200,
		.help = "Words of the first name, last name, MRN or date of birth, in any order; "
			"parts of words are enough."),
	TEXT(SEARCH_CURSOR, "cursor", "Cursor", .max = 200,
		.help = "next_cursor of the page before, for more results."),
};

static enum result
note_seen(struct work *w, int64_t patient)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = clinic_patients.entity,
		.patient = patient,
		.description = "Listed Patients",
		.count = 1,
	});
}

static enum result
print_found(struct work *w, struct page *page, struct text *out)
{
	struct list *list = &page->list;
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	list->args[list->n_args] = value_whole(FOUND_MOST + 1);
	r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT mrn, first_name || ' ' || last_name, dob, email, id FROM patients%.*s "
		"ORDER BY last_name, first_name, id LIMIT $%zu", (int)list->where.len,
		list->where.at ? list->where.at : "", list->n_args + 1), list->args,
		list->n_args + 1);
	if (r)
		return r;
	json_open(out, '[');
	while (query_next(query)) {
		if (page->n == FOUND_MOST) {
			page->more = true;
			break;
		}
		if (page->n++)
			text_char(out, ',');
		page->last = query_whole(query, 4);
		schema_row(w, "mrn:s name:s dob:s email:s?", query, out);
		if ((r = note_seen(w, page->last)))
			return r;
	}
	json_close(out, ']');
	return page->more ? OK : query_close(&query);
}

static void
print_none(struct text *out, const char *list)
{
	json_open(out, '{');
	json_put_text(out, "status", "not_found");
	json_put_whole(out, "count", 0);
	json_put_raw(out, list, "[]");
	json_put_text(out, "suggestion",
		"Nobody matches all of these words. Try fewer, or only part of a name.");
	json_close(out, '}');
}

static enum result
search_patients(struct work *w, const struct row *in, struct text *out)
{
	struct page page CLEANUP(page_close) = page_of(resource_of(&clinic_patients));
	struct text found CLEANUP(text_close) = { 0 };
	enum result r;

	filter_words(w, &page, row_text(in, SEARCH_TERM));
	if (rights_bound(w))
		list_where(&page.list, "id", value_whole(w->actor.patient));
	if (row_has(in, SEARCH_CURSOR))
		page_after(w, &page, row_text(in, SEARCH_CURSOR));
	if ((r = call_sound(w)) || (r = print_found(w, &page, &found)))
		return r;
	if (!page.n) {
		print_none(out, "patients");
		return OK;
	}
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_whole(out, "count", (int64_t)page.n);
	json_key(out, "patients");
	json_raw(out, found.at, found.len);
	if (page.more)
		json_put_text(out, "next_cursor", page_cursor(w, &page));
	json_close(out, '}');
	return OK;
}

/* ---- the parts of a chart ---- */

enum { PART_MRN, PART_STATUS, PART__COUNT };

static const struct choice medication_statuses[] = {
	{ "active", "Active" }, { "discontinued", "Discontinued" }, { "completed", "Completed" },
	{ "all", "All" }, { 0 }
};

static const struct field medication_fields[PART__COUNT] = {
	TEXT(PART_MRN, "mrn", "MRN", .required = true, .trim = true, .min = 1, .max = 20,
		.help = MRN_HELP),
	CHOICE(PART_STATUS, "status", "Status", medication_statuses, .initial = "\"active\"",
		.help = "Only those in this state."),
};

static enum result
list_part(struct work *w, enum chart_part part, const char *mrn, const char *status,
	struct text *out)
{
	int64_t patient = 0;
	enum result r = charts_patient(w, mrn, &patient);

	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "mrn", mrn);
	json_key(out, charts_key(part));
	if ((r = charts_list(w, part, patient, status, out)))
		return r;
	json_close(out, '}');
	return OK;
}

static enum result
get_medications(struct work *w, const struct row *in, struct text *out)
{
	const char *status = row_text(in, PART_STATUS);

	return list_part(w, CHART_MEDICATIONS, row_text(in, PART_MRN),
		status && strcmp(status, "all") != 0 ? status : NULL, out);
}

static enum result
get_labs(struct work *w, const struct row *in, struct text *out)
{
	return list_part(w, CHART_LABS, row_text(in, ONE_MRN), NULL, out);
}

static enum result
get_vitals(struct work *w, const struct row *in, struct text *out)
{
	return list_part(w, CHART_VITALS, row_text(in, ONE_MRN), NULL, out);
}

static enum result
get_allergies(struct work *w, const struct row *in, struct text *out)
{
	return list_part(w, CHART_ALLERGIES, row_text(in, ONE_MRN), NULL, out);
}

/* ---- making and changing a patient ---- */

enum { NEW_FIRST, NEW_LAST, NEW_DOB, NEW_GENDER, NEW_EMAIL, NEW_PHONE, NEW_STREET, NEW_CITY,
	NEW_STATE, NEW_ZIP, NEW_INSURANCE, NEW_POLICY, NEW_GROUP, NEW_CONTACT, NEW_RELATION,
	NEW_CONTACT_PHONE, NEW_CONFIRM, NEW__COUNT };

/* The same for both, but for what must be there: a new patient needs a name. */
#define PATIENT_FIELDS(must)                                                           \
	TEXT(NEW_FIRST, "first_name", "First name", .required = (must), .max = 50),    \
	TEXT(NEW_LAST, "last_name", "Last name", .required = (must), .max = 50),       \
	DATE(NEW_DOB, "dob", "Date of birth", .required = (must)),                     \
	TEXT(NEW_GENDER, "gender", "Gender", .max = 20),                               \
	TEXT(NEW_EMAIL, "email", "E-mail address", .max = 100),                        \
	TEXT(NEW_PHONE, "phone", "Phone number", .max = 20),                           \
	TEXT(NEW_STREET, "street", "Street", .max = 200),                              \
	TEXT(NEW_CITY, "city", "City", .max = 100),                                    \
	TEXT(NEW_STATE, "state", "State", .max = 50),                                  \
	TEXT(NEW_ZIP, "zip_code", "ZIP code", .max = 20),                              \
	TEXT(NEW_INSURANCE, "insurance_provider", "Insurance company", .max = 100),    \
	TEXT(NEW_POLICY, "policy_number", "Policy number", .max = 50),                 \
	TEXT(NEW_GROUP, "group_number", "Group number", .max = 50),                    \
	TEXT(NEW_CONTACT, "emergency_contact_name", "Emergency contact", .max = 100),  \
	TEXT(NEW_RELATION, "emergency_contact_relationship",                           \
		"Relationship of the emergency contact", .max = 50),                   \
	TEXT(NEW_CONTACT_PHONE, "emergency_contact_phone",                             \
		"Phone number of the emergency contact", .max = 20)

static const struct field new_fields[NEW__COUNT] = {
	PATIENT_FIELDS(true),
	FLAG(NEW_CONFIRM, "confirm_new", "New person",
		.help = "True when a patient of the same name and date of birth is already here "
			"and this is another person."),
};

static const struct field change_fields[NEW__COUNT] = {
	PATIENT_FIELDS(false),
	TEXT(NEW_CONFIRM, "mrn", "MRN", .required = true, .trim = true, .min = 1, .max = 20,
		.help = MRN_HELP),
};

static void
print_patient(const struct row *row, const char *message, struct text *out)
{
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "message", message);
	json_key(out, "patient");
	json_open(out, '{');
	json_put_text(out, "mrn", row_text(row, PATIENTS_MRN));
	json_put_text(out, "first_name", row_text(row, PATIENTS_FIRST_NAME));
	json_put_text(out, "last_name", row_text(row, PATIENTS_LAST_NAME));
	json_put_text(out, "dob", row_text(row, PATIENTS_DOB));
	json_close(out, '}');
	json_close(out, '}');
}

static enum result
create_patient(struct work *w, const struct row *in, struct text *out)
{
	struct row *row;
	enum result r = writes_create(w, &clinic_patients, writes_body(w, in, NULL), 0, &row);

	if (!r)
		print_patient(row, "The patient was created.", out);
	return r;
}

static enum result
update_patient(struct work *w, const struct row *in, struct text *out)
{
	const char *mrn = row_text(in, NEW_CONFIRM);
	struct row *row;
	enum result r = writes_change(w, &clinic_patients, mrn, writes_body(w, in, NULL), &row);

	if (r == MISSING && !w->failure.message)
		return fail(w, MISSING,
			arena_printf(w->arena, "Patient with MRN %.20s not found", mrn));
	if (!r)
		print_patient(row, "The patient was changed.", out);
	return r;
}

const struct tool tools_charts[] = {
	{
		.name = "get_patient",
		.title = "Patient demographics",
		.about = "Reads a patient's demographics, address, insurance and emergency contact.",
		INPUT(mrn_fields),
		.output = "status:s " PATIENT_WORDS,
		.rec = &clinic_patients,
		.verb = SEE,
		.manner = READS,
		.run = get_patient,
	},
	{
		.name = "search_patients",
		.title = "Search patients",
		.about = "Finds patients by words of their name, MRN or date of birth; case and "
			 "accents do not matter.",
		INPUT(search_fields),
		.output = "status:s count:i patients[mrn:s name:s dob:s email:s?] next_cursor:s "
			  "suggestion:s",
		.rec = &clinic_patients,
		.verb = SEE,
		.manner = READS,
		.run = search_patients,
	},
	{
		.name = "create_patient",
		.title = "Create a patient",
		.about = "Registers a new patient and gives the MRN. A patient of the same name and "
			 "date of birth is refused unless confirm_new is true.",
		INPUT(new_fields),
		.output = "status:s message:s patient{mrn:s first_name:s last_name:s dob:s}",
		.rec = &clinic_patients,
		.verb = EDIT,
		.manner = CREATES,
		.run = create_patient,
	},
	{
		.name = "update_patient",
		.title = "Change a patient's demographics",
		.about = "Changes what is sent of a patient's demographics and leaves the rest.",
		INPUT(change_fields),
		.output = "status:s message:s patient{mrn:s first_name:s last_name:s dob:s}",
		.rec = &clinic_patients,
		.verb = EDIT,
		.manner = CHANGES,
		.nulls = true,
		.run = update_patient,
	},
	{
		.name = "get_patient_record",
		.title = "Complete record",
		.about = "Reads a patient's complete record: demographics, appointments, "
			 "medications, allergies, vital signs and lab results.",
		INPUT(mrn_fields),
		.output = "status:s " PATIENT_WORDS " appointments:j medications:j allergies:j "
			  "vital_signs:j lab_results:j",
		.rec = &clinic_vital_signs,
		.verb = SEE,
		.manner = READS,
		.run = get_record,
	},
	{
		.name = "get_medications",
		.title = "Medications",
		.about = "Lists a patient's prescriptions, the active ones unless status says "
			 "otherwise.",
		INPUT(medication_fields),
		.output = "status:s mrn:s medications[medication_id:s name:s dosage:s? frequency:s? "
			  "route:s? prescribed_date:s prescriber:s? refills_remaining:i? status:s?]",
		.rec = &clinic_medications,
		.verb = SEE,
		.manner = READS,
		.run = get_medications,
	},
	{
		.name = "get_lab_results",
		.title = "Lab results",
		.about = "Lists a patient's lab orders and results, the newest first.",
		INPUT(mrn_fields),
		.output = "status:s mrn:s lab_results[order_id:s test_name:s ordered_date:s "
			  "resulted_date:s? status:s? results:j]",
		.rec = &clinic_lab_results,
		.verb = SEE,
		.manner = READS,
		.run = get_labs,
	},
	{
		.name = "get_vital_signs",
		.title = "Vital signs",
		.about = "Lists a patient's vital signs, the newest first, in US units.",
		INPUT(mrn_fields),
		.output = "status:s mrn:s vital_signs[recorded_date:s blood_pressure:s? "
			  "heart_rate:i? temperature:n? respiratory_rate:i? oxygen_saturation:i? "
			  "weight:n? height:n? bmi:n? recorded_by:s?]",
		.rec = &clinic_vital_signs,
		.verb = SEE,
		.manner = READS,
		.run = get_vitals,
	},
	{
		.name = "get_allergies",
		.title = "Allergies",
		.about = "Lists a patient's allergies with reaction and severity.",
		INPUT(mrn_fields),
		.output = "status:s mrn:s allergies[allergen:s reaction:s? severity:s? onset_date:s? "
			  "status:s?]",
		.rec = &clinic_allergies,
		.verb = SEE,
		.manner = READS,
		.run = get_allergies,
	},
	{ 0 }
};
