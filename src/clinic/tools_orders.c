/*
 * tools_orders - what is prescribed, measured, ordered and found.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/charts.h"
#include "clinic/page.h"
#include "clinic/records.h"
#include "clinic/rows.h"
#include "clinic/tools.h"
#include "clinic/writes.h"
#include "engine/store.h"

#define KEY_FIELD(slot, key, text, ...)                                                \
	TEXT(slot, key, text, .required = true, .trim = true, .min = 1, .max = 20, __VA_ARGS__)
#define MRN_FIELD(slot) KEY_FIELD(slot, "mrn", "MRN", .help = MRN_HELP)
#define MEDICATION_WORDS "medication{medication_id:s name:s dosage:s? frequency:s? status:s? " \
	"refills_remaining:i?}"

static enum result
missing(struct work *w, enum result r, const char *what, const char *key)
{
	if (r != MISSING || w->failure.message)
		return r;
	return fail(w, MISSING, arena_printf(w->arena, "%s %.20s not found", what, key));
}

/* A new row of a patient from what was sent. */
static enum result
create(struct work *w, const struct record *rec, const struct row *in, int mrn, json_t *body,
	struct row **row)
{
	int64_t patient = 0;
	enum result r = charts_patient(w, row_text(in, mrn), &patient);

	return r ? r : writes_create(w, rec, body, patient, row);
}

static void
open_reply(struct text *out, const char *message)
{
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "message", message);
}

static void
close_reply(struct work *w, struct text *out)
{
	writes_warning(w, out);
	json_close(out, '}');
}

/* ---- medications ---- */

enum { DRUG_MRN, DRUG_NAME, DRUG_DOSAGE, DRUG_FREQUENCY, DRUG_REFILLS, DRUG_ROUTE,
	DRUG_PRESCRIBER, DRUG_OVERRIDE, DRUG__COUNT };

static const struct field drug_fields[DRUG__COUNT] = {
	MRN_FIELD(DRUG_MRN),
	TEXT(DRUG_NAME, "medication_name", "Name of the drug", .required = true, .trim = true,
		.min = 1, .max = 200),
	TEXT(DRUG_DOSAGE, "dosage", "Dose, such as 10 mg", .required = true, .min = 1, .max = 50),
	TEXT(DRUG_FREQUENCY, "frequency", "How often, such as once daily", .required = true,
		.min = 1, .max = 100),
	WHOLE(DRUG_REFILLS, "refills", "Refills", .from_zero = true, .max = 1000,
		.help = "How many refills; 0 when not given."),
	TEXT(DRUG_ROUTE, "route", "Route, such as oral", .max = 50),
	TEXT(DRUG_PRESCRIBER, "prescriber", "Who prescribes it", .max = 100),
	NOTE(DRUG_OVERRIDE, "override_reason", "Override", .max = 5000,
		.help = "Why it is prescribed in spite of an allergy; only after such a refusal."),
};

static void
print_drug(struct work *w, const struct row *row, const char *message, struct text *out)
{
	open_reply(out, message);
	json_key(out, "medication");
	json_open(out, '{');
	json_put_text(out, "medication_id", row_text(row, MEDICATIONS_MEDICATION_ID));
	json_put_text(out, "name", row_text(row, MEDICATIONS_NAME));
	json_put_text(out, "dosage", row_text(row, MEDICATIONS_DOSAGE));
	json_put_text(out, "frequency", row_text(row, MEDICATIONS_FREQUENCY));
	json_put_text(out, "status", row_text(row, MEDICATIONS_STATUS));
	json_put_whole(out, "refills_remaining", row_whole(row, MEDICATIONS_REFILLS_REMAINING));
	json_close(out, '}');
	close_reply(w, out);
}

static enum result
prescribe(struct work *w, const struct row *in, struct text *out)
{
	static const struct renamed renamed[] = { { "medication_name", "name" },
		{ "refills", "refills_remaining" }, { 0 } };
	struct row *row;
	enum result r = create(w, &clinic_medications, in, DRUG_MRN, writes_body(w, in, renamed),
		&row);

	if (!r)
		print_drug(w, row, "The medication is prescribed.", out);
	return r;
}

enum { STOP_ID, STOP_REASON, STOP__COUNT };

static const struct field stop_fields[STOP__COUNT] = {
	KEY_FIELD(STOP_ID, "medication_id", "Prescription", .help = "Such as MED001."),
	NOTE(STOP_REASON, "reason", "Why it is stopped", .required = true, .min = 1, .max = 5000),
};

static enum result
discontinue(struct work *w, const struct row *in, struct text *out)
{
	static const struct renamed renamed[] = { { "reason", "change_reason" }, { 0 } };
	const char *key = row_text(in, STOP_ID);
	json_t *body = writes_body(w, in, renamed);
	struct row *row;
	enum result r;

	json_object_set_new(body, "status", json_string("discontinued"));
	r = writes_change(w, &clinic_medications, key, body, &row);
	if (r)
		return missing(w, r, "Medication", key);
	print_drug(w, row, "The medication is discontinued.", out);
	return OK;
}

enum { REFILL_ID, REFILL__COUNT };

static const struct field refill_fields[REFILL__COUNT] = {
	KEY_FIELD(REFILL_ID, "medication_id", "Prescription", .help = "Such as MED001."),
};

static enum result
refill(struct work *w, const struct row *in, struct text *out)
{
	const char *key = row_text(in, REFILL_ID), *status;
	json_t *body = writes_body(w, in, NULL);
	struct row *stored, *row;
	enum result r = rows_take(w, &clinic_medications, key, EDIT, &stored);

	if (r)
		return missing(w, r, "Medication", key);
	status = row_text(stored, MEDICATIONS_STATUS);
	if (!status || strcmp(status, "active") != 0)
		return fail(w, CONFLICT, "This medication is not active; prescribe it anew.");
	if (row_whole(stored, MEDICATIONS_REFILLS_REMAINING) <= 0)
		return fail(w, CONFLICT, "There are no refills left; prescribe it anew.");
	json_object_set_new(body, "refills_remaining",
		json_integer(row_whole(stored, MEDICATIONS_REFILLS_REMAINING) - 1));
	if ((r = writes_change(w, &clinic_medications, key, body, &row)))
		return r;
	print_drug(w, row, "One refill was taken.", out);
	return OK;
}

/* ---- allergies ---- */

enum { ALLERGY_MRN, ALLERGY_ALLERGEN, ALLERGY_REACTION, ALLERGY_SEVERITY, ALLERGY_ONSET,
	ALLERGY_NOTES, ALLERGY__COUNT };

static const struct choice severities[] = {
	{ "mild", "Mild" }, { "moderate", "Moderate" }, { "severe", "Severe" }, { 0 }
};

static const struct field allergy_fields[ALLERGY__COUNT] = {
	MRN_FIELD(ALLERGY_MRN),
	TEXT(ALLERGY_ALLERGEN, "allergen", "What the patient is allergic to", .required = true,
		.trim = true, .min = 1, .max = 200),
	NOTE(ALLERGY_REACTION, "reaction", "What happens", .max = 5000),
	CHOICE(ALLERGY_SEVERITY, "severity", "Severity", severities),
	DATE(ALLERGY_ONSET, "onset_date", "Since"),
	NOTE(ALLERGY_NOTES, "notes", "Notes", .max = 20000),
};

static enum result
add_allergy(struct work *w, const struct row *in, struct text *out)
{
	struct row *row;
	enum result r = create(w, &clinic_allergies, in, ALLERGY_MRN, writes_body(w, in, NULL),
		&row);

	if (r)
		return r;
	open_reply(out, "The allergy is on record.");
	json_key(out, "allergy");
	json_open(out, '{');
	json_put_whole(out, "id", row->id);
	json_put_text(out, "allergen", row_text(row, ALLERGIES_ALLERGEN));
	json_put_text(out, "reaction", row_text(row, ALLERGIES_REACTION));
	json_put_text(out, "severity", row_text(row, ALLERGIES_SEVERITY));
	json_put_text(out, "onset_date", row_text(row, ALLERGIES_ONSET_DATE));
	json_close(out, '}');
	close_reply(w, out);
	return OK;
}

/* ---- vital signs ---- */

enum { VITAL_MRN, VITAL_SYSTOLIC, VITAL_DIASTOLIC, VITAL_HEART, VITAL_TEMPERATURE, VITAL_BREATH,
	VITAL_OXYGEN, VITAL_WEIGHT, VITAL_HEIGHT, VITAL_NOTES, VITAL_WHEN, VITAL_BY, VITAL__COUNT };

static const struct field vital_fields[VITAL__COUNT] = {
	MRN_FIELD(VITAL_MRN),
	WHOLE(VITAL_SYSTOLIC, "systolic_bp", "Systolic blood pressure", .unit = "mmHg", .min = 50,
		.max = 300),
	WHOLE(VITAL_DIASTOLIC, "diastolic_bp", "Diastolic blood pressure", .unit = "mmHg",
		.min = 20, .max = 200),
	WHOLE(VITAL_HEART, "heart_rate", "Heart rate", .unit = "beats a minute", .min = 20,
		.max = 300),
	NUMBER(VITAL_TEMPERATURE, "temperature", "Temperature", .unit = "degrees Fahrenheit",
		.min = 80, .max = 115),
	WHOLE(VITAL_BREATH, "respiratory_rate", "Respiratory rate", .unit = "breaths a minute",
		.min = 4, .max = 80),
	WHOLE(VITAL_OXYGEN, "oxygen_saturation", "Oxygen saturation", .unit = "percent",
		.min = 50, .max = 100),
	NUMBER(VITAL_WEIGHT, "weight", "Weight", .unit = "pounds", .min = 0.5, .max = 1500),
	NUMBER(VITAL_HEIGHT, "height", "Height", .unit = "inches", .min = 5, .max = 108),
	NOTE(VITAL_NOTES, "notes", "Notes", .max = 20000),
	TEXT(VITAL_WHEN, "recorded_date", "When it was measured", .max = 40,
		.help = "With its zone, such as 2026-01-31T14:30:00Z; now when it is not given."),
	TEXT(VITAL_BY, "recorded_by", "Who measured it", .max = 100),
};

static enum result
record_vitals(struct work *w, const struct row *in, struct text *out)
{
	struct row *row;
	enum result r = create(w, &clinic_vital_signs, in, VITAL_MRN, writes_body(w, in, NULL),
		&row);

	if (r)
		return r;
	open_reply(out, "The vital signs are recorded.");
	json_key(out, "vital_signs");
	if ((r = page_one(w, resource_of(&clinic_vital_signs), row->id, out)))
		return r;
	close_reply(w, out);
	return OK;
}

/* ---- labs ---- */

enum { ORDER_MRN, ORDER_TEST, ORDER_BY, ORDER_DATE, ORDER__COUNT };

static const struct field order_fields[ORDER__COUNT] = {
	MRN_FIELD(ORDER_MRN),
	TEXT(ORDER_TEST, "test_name", "What to test", .required = true, .trim = true, .min = 1,
		.max = 200),
	TEXT(ORDER_BY, "ordered_by", "Who orders it", .max = 100),
	DATE(ORDER_DATE, "ordered_date", "Day of the order; today when it is not given"),
};

static void
print_lab(struct work *w, const struct row *row, const char *message, struct text *out)
{
	const char *results = row_text(row, LABS_RESULTS_JSON);

	open_reply(out, message);
	json_key(out, "lab_result");
	json_open(out, '{');
	json_put_text(out, "order_id", row_text(row, LABS_ORDER_ID));
	json_put_text(out, "test_name", row_text(row, LABS_TEST_NAME));
	json_put_text(out, "ordered_date", row_text(row, LABS_ORDERED_DATE));
	json_put_text(out, "resulted_date", row_text(row, LABS_RESULTED_DATE));
	json_put_text(out, "status", row_text(row, LABS_STATUS));
	if (results)
		json_put_raw(out, "results", results);
	json_close(out, '}');
	close_reply(w, out);
}

static enum result
order_lab(struct work *w, const struct row *in, struct text *out)
{
	struct row *row;
	enum result r = create(w, &clinic_lab_results, in, ORDER_MRN, writes_body(w, in, NULL),
		&row);

	if (!r)
		print_lab(w, row, "The test is ordered.", out);
	return r;
}

enum { RESULT_ID, RESULT_RESULTS, RESULT_STATUS, RESULT_COLLECTED, RESULT_RESULTED,
	RESULT__COUNT };

static const struct choice lab_statuses[] = {
	{ "pending", "Pending" }, { "in_progress", "In progress" }, { "final", "Final" }, { 0 }
};

static const struct field result_fields[RESULT__COUNT] = {
	KEY_FIELD(RESULT_ID, "order_id", "Order", .help = "Such as LAB001."),
	JSON(RESULT_RESULTS, "results", "Results", .required = true,
		.help = "The values by the name of the component, such as {\"WBC\": \"7.5\"}."),
	CHOICE(RESULT_STATUS, "status", "Status", lab_statuses, .initial = "\"final\""),
	DATE(RESULT_COLLECTED, "collected_date", "Day the sample was taken"),
	DATE(RESULT_RESULTED, "resulted_date", "Day of the result; today for final results"),
};

static enum result
record_lab(struct work *w, const struct row *in, struct text *out)
{
	static const struct renamed renamed[] = { { "results", "results_json" }, { 0 } };
	const char *key = row_text(in, RESULT_ID), *status = row_text(in, RESULT_STATUS);
	json_t *body = writes_body(w, in, renamed);
	char today[DATE_SIZE];
	struct row *row;
	enum result r;

	json_object_set_new(body, "status", json_string(status));
	if (strcmp(status, "final") == 0 && !row_has(in, RESULT_RESULTED)) {
		date_of(w->now, today);
		json_object_set_new(body, "resulted_date", json_string(today));
	}
	r = writes_change(w, &clinic_lab_results, key, body, &row);
	if (r)
		return missing(w, r, "Lab order", key);
	print_lab(w, row, "The results are recorded.", out);
	return OK;
}

#define LAB_WORDS "lab_result{order_id:s test_name:s ordered_date:s resulted_date:s? status:s " \
	"results:j}"

const struct tool tools_orders[] = {
	{
		.name = "prescribe_medication",
		.title = "Prescribe a medication",
		.about = "Prescribes a drug. One that matches an active allergy is refused and "
			 "names it; override_reason prescribes it nevertheless.",
		INPUT(drug_fields),
		.output = "status:s message:s " MEDICATION_WORDS " warning:s",
		.rec = &clinic_medications,
		.verb = EDIT,
		.manner = CREATES,
		.run = prescribe,
	},
	{
		.name = "discontinue_medication",
		.title = "Discontinue a medication",
		.about = "Ends an active prescription, with the reason.",
		INPUT(stop_fields),
		.output = "status:s message:s " MEDICATION_WORDS,
		.rec = &clinic_medications,
		.verb = EDIT,
		.manner = DESTROYS,
		.run = discontinue,
	},
	{
		.name = "refill_medication",
		.title = "Refill a medication",
		.about = "Takes one of the refills that are left of an active prescription.",
		INPUT(refill_fields),
		.output = "status:s message:s " MEDICATION_WORDS,
		.rec = &clinic_medications,
		.verb = EDIT,
		.manner = CHANGES,
		.run = refill,
	},
	{
		.name = "add_allergy",
		.title = "Add an allergy",
		.about = "Puts an allergy on a patient's chart.",
		INPUT(allergy_fields),
		.output = "status:s message:s allergy{id:i allergen:s reaction:s? severity:s? "
			  "onset_date:s?}",
		.rec = &clinic_allergies,
		.verb = EDIT,
		.manner = CREATES,
		.run = add_allergy,
	},
	{
		.name = "record_vital_signs",
		.title = "Record vital signs",
		.about = "Records what was measured, in US units; at least one measurement. The BMI "
			 "is made from weight and height.",
		INPUT(vital_fields),
		.output = "status:s message:s vital_signs{id:i recorded_date:s systolic_bp:i? "
			  "diastolic_bp:i? heart_rate:i? temperature:n? respiratory_rate:i? "
			  "oxygen_saturation:i? weight:n? height:n? bmi:n?}",
		.rec = &clinic_vital_signs,
		.verb = EDIT,
		.manner = CREATES,
		.run = record_vitals,
	},
	{
		.name = "order_lab",
		.title = "Order a lab test",
		.about = "Orders a lab test for a patient; its results come later.",
		INPUT(order_fields),
		.output = "status:s message:s " LAB_WORDS,
		.rec = &clinic_lab_results,
		.verb = EDIT,
		.manner = CREATES,
		.run = order_lab,
	},
	{
		.name = "record_lab_result",
		.title = "Record lab results",
		.about = "Records the results of a lab order and sets its state.",
		INPUT(result_fields),
		.output = "status:s message:s " LAB_WORDS,
		.rec = &clinic_lab_results,
		.verb = EDIT,
		.manner = CHANGES,
		.run = record_lab,
	},
	{ 0 }
};
