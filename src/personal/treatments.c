/*
 * treatments - courses of therapy with a beginning and perhaps an end.
 *
 * Statuses are the union of schema and contract (personal-api 0.1).
 */
#include "personal/treatments.h"

#include "personal/records.h"
#include "personal/rules.h"

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "in_progress", "In progress", "in-progress" },
	{ "completed", "Completed" },
	{ "cancelled", "Cancelled" },
	{ "on_hold", "On hold", "on-hold" },
	{ "planned", "Planned" },
	{ "discontinued", "Discontinued" },
	{ "stopped", "Stopped" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(TREATMENTS_PATIENT_ID, personal_patients),
	REF   (TREATMENTS_PRACTITIONER_ID, "practitioner_id", "Prescribed by",
	       personal_practitioners, .on_delete = UNLINK, .min = 1),
	REF   (TREATMENTS_CONDITION_ID, "condition_id", "Condition", personal_conditions,
	       .on_delete = UNLINK, .min = 1),
	TEXT  (TREATMENTS_TREATMENT_NAME, "treatment_name", "Treatment name",
	       .required = true, .min = 2, .max = 300, .searchable = true),
	TEXT  (TREATMENTS_TREATMENT_TYPE, "treatment_type", "Treatment type",
	       .required = true, .min = 2, .max = 300, .searchable = true),
	DATE  (TREATMENTS_START_DATE, "start_date", "Start date", .required = true,
	       .past = true, .spoken = true),
	DATE  (TREATMENTS_END_DATE, "end_date", "End date"),
	CHOICE(TREATMENTS_STATUS, "status", "Status", statuses, .initial = WORD("active"),
	       .no_default = true, .spoken = true),
	TEXT  (TREATMENTS_TREATMENT_CATEGORY, "treatment_category", "Treatment category",
	       .max = 200),
	NOTE  (TREATMENTS_NOTES, "notes", "Notes", .max = 1000),
	TEXT  (TREATMENTS_FREQUENCY, "frequency", "Frequency", .max = 100),
	TEXT  (TREATMENTS_OUTCOME, "outcome", "Outcome", .max = 200),
	NOTE  (TREATMENTS_DESCRIPTION, "description", "Description", .max = 1000),
	TEXT  (TREATMENTS_LOCATION, "location", "Location", .max = 200),
	TEXT  (TREATMENTS_DOSAGE, "dosage", "Dosage", .max = 200),
	TAGS  (TREATMENTS_TAGS),
};

static void
derive(struct work *w, struct row *row)
{
	rules_keep(row, TREATMENTS_STATUS, "active");
	if (rules_becomes(row, TREATMENTS_STATUS, "completed")
	    && !row_has(row, TREATMENTS_END_DATE))
		rules_date_today(w, row, TREATMENTS_END_DATE, TREATMENTS_START_DATE);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	rules_order(row, problems, TREATMENTS_START_DATE, TREATMENTS_END_DATE,
		"End date cannot be before start date");
}

const struct record personal_treatments = {
	.name = "treatments",
	.route = "treatments",
	.one = "Treatment",
	.many = "Treatments",
	.summary = "A course of therapy.",
	.entity = "treatment",
	.of_patient = true,
	.patient = TREATMENTS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_treatments_patient_id", "patient_id" },
		{ 0 }
	},
	.checks = (const char *const[]){
		"end_date IS NULL OR end_date >= start_date",
		NULL
	},
	.embeds = (const struct embed[]){
		{ "patient", TREATMENTS_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ "practitioner", TREATMENTS_PRACTITIONER_ID, .detail = true,
		  .columns = "id, name, specialty, phone_number" },
		{ "condition", TREATMENTS_CONDITION_ID, .detail = true,
		  .columns = "id, diagnosis, status, severity" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "treatment_name",
	.derive = derive,
	.check = check,
};
