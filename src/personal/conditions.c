/*
 * conditions - what a person suffers or suffered from.
 *
 * An end belongs to a resolved condition: one that comes back loses it.
 */
#include "personal/conditions.h"

#include <string.h>

#include "personal/records.h"
#include "personal/rules.h"
#include "personal/treatments.h"

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "inactive", "Inactive" },
	{ "resolved", "Resolved" },
	{ "chronic", "Chronic" },
	{ "recurrence", "Recurrence" },
	{ "relapse", "Relapse" },
	{ 0 }
};

static const struct choice severities[] = {
	{ "mild", "Mild" },
	{ "moderate", "Moderate" },
	{ "severe", "Severe" },
	{ "life-threatening", "Life-threatening" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(CONDITIONS_PATIENT_ID, personal_patients),
	REF   (CONDITIONS_PRACTITIONER_ID, "practitioner_id", "Diagnosed by",
	       personal_practitioners, .on_delete = UNLINK, .min = 1),
	REF   (CONDITIONS_MEDICATION_ID, "medication_id", "Medication", personal_medications,
	       .on_delete = UNLINK, .min = 1),
	TEXT  (CONDITIONS_CONDITION_NAME, "condition_name", "Condition name", .max = 500,
	       .searchable = true),
	TEXT  (CONDITIONS_DIAGNOSIS, "diagnosis", "Diagnosis", .required = true, .min = 2,
	       .max = 500, .searchable = true),
	NOTE  (CONDITIONS_NOTES, "notes", "Notes", .max = 1000),
	DATE  (CONDITIONS_ONSET_DATE, "onset_date", "Onset date", .past = true,
	       .spoken = true),
	CHOICE(CONDITIONS_STATUS, "status", "Status", statuses, .required = true,
	       .spoken = true),
	DATE  (CONDITIONS_END_DATE, "end_date", "End date", .past = true, .spoken = true),
	CHOICE(CONDITIONS_SEVERITY, "severity", "Severity", severities, .spoken = true),
	TEXT  (CONDITIONS_ICD10_CODE, "icd10_code", "ICD-10 code", .max = 10),
	TEXT  (CONDITIONS_SNOMED_CODE, "snomed_code", "SNOMED CT code", .max = 20),
	TEXT  (CONDITIONS_CODE_DESCRIPTION, "code_description", "Code description",
	       .max = 500),
	TAGS  (CONDITIONS_TAGS),
};

static bool
is_resolved(const struct row *row)
{
	const char *status = row_text(row, CONDITIONS_STATUS);

	return status && strcmp(status, "resolved") == 0;
}

static void
derive(struct work *w, struct row *row)
{
	(void)w;
	if (row->before && is_resolved(row->before) && !is_resolved(row)
	    && !row_sent(row, CONDITIONS_END_DATE))
		row_set_null(row, CONDITIONS_END_DATE);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	rules_order(row, problems, CONDITIONS_ONSET_DATE, CONDITIONS_END_DATE,
		"End date cannot be before onset date");
	/* A status alone may be given to an old row whose end was kept. */
	if (row_has(row, CONDITIONS_STATUS) && row_has(row, CONDITIONS_END_DATE)
	    && !is_resolved(row) && rules_touched(row, CONDITIONS_END_DATE))
		problem(problems, &fields[CONDITIONS_END_DATE],
			"End date can only be set when status is resolved");
}

const struct record personal_conditions = {
	.name = "conditions",
	.route = "conditions",
	.one = "Condition",
	.many = "Conditions",
	.summary = "What a person suffers or suffered from.",
	.entity = "condition",
	.of_patient = true,
	.patient = CONDITIONS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_conditions_patient_id", "patient_id" },
		{ "idx_conditions_patient_status", "patient_id, status" },
		{ 0 }
	},
	.checks = (const char *const[]){
		"end_date IS NULL OR onset_date IS NULL OR end_date >= onset_date",
		NULL
	},
	.embeds = (const struct embed[]){
		{ "patient", CONDITIONS_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ "practitioner", CONDITIONS_PRACTITIONER_ID, .detail = true,
		  .columns = "id, name, specialty, phone_number" },
		{ "treatments", .children = &personal_treatments,
		  .via = TREATMENTS_CONDITION_ID, .detail = true, .order = "id",
		  .columns = "id, treatment_name, status, start_date, end_date" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "diagnosis",
	.derive = derive,
	.check = check,
};
