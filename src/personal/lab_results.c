/*
 * lab_results - tests that were ordered and what came of them; the single
 * values are lab_test_components.
 */
#include "personal/lab_results.h"

#include "personal/records.h"
#include "personal/rules.h"

static const struct choice categories[] = {
	{ "blood work", "Blood work" },
	{ "imaging", "Imaging" },
	{ "pathology", "Pathology" },
	{ "microbiology", "Microbiology" },
	{ "chemistry", "Chemistry" },
	{ "hematology", "Hematology" },
	{ "immunology", "Immunology" },
	{ "genetics", "Genetics" },
	{ "cardiology", "Cardiology" },
	{ "pulmonology", "Pulmonology" },
	{ "other", "Other" },
	{ 0 }
};

static const struct choice types[] = {
	{ "routine", "Routine" },
	{ "urgent", "Urgent" },
	{ "stat", "Stat" },
	{ "emergency", "Emergency" },
	{ "follow-up", "Follow-up" },
	{ "screening", "Screening" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "ordered", "Ordered" },
	{ "in_progress", "In progress", "in-progress" },
	{ "completed", "Completed" },
	{ "cancelled", "Cancelled" },
	{ 0 }
};

static const struct choice results[] = {
	{ "normal", "Normal" },
	{ "abnormal", "Abnormal" },
	{ "critical", "Critical" },
	{ "high", "High" },
	{ "low", "Low" },
	{ "borderline", "Borderline" },
	{ "inconclusive", "Inconclusive" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(LAB_RESULTS_PATIENT_ID, personal_patients,
	       .says = "Patient ID must be a positive integer"),
	REF   (LAB_RESULTS_PRACTITIONER_ID, "practitioner_id", "Ordered by",
	       personal_practitioners, .on_delete = UNLINK),
	TEXT  (LAB_RESULTS_TEST_NAME, "test_name", "Test name", .required = true,
	       .trim = true, .min = 2, .max = 200, .spoken = true, .searchable = true),
	TEXT  (LAB_RESULTS_TEST_CODE, "test_code", "Test code", .trim = true, .fold = UPPER,
	       .max = 50, .spoken = true, .searchable = true, .help = "LOINC or CPT."),
	CHOICE(LAB_RESULTS_TEST_CATEGORY, "test_category", "Test category", categories,
	       .blank_null = true, .spoken = true),
	CHOICE(LAB_RESULTS_TEST_TYPE, "test_type", "Test type", types, .blank_null = true,
	       .spoken = true),
	TEXT  (LAB_RESULTS_FACILITY, "facility", "Facility", .max = 300, .spoken = true),
	CHOICE(LAB_RESULTS_STATUS, "status", "Status", statuses, .not_null = true,
	       .initial = WORD("ordered"), .blank_null = true, .spoken = true),
	CHOICE(LAB_RESULTS_LABS_RESULT, "labs_result", "Result", results,
	       .blank_null = true, .spoken = true),
	DATE  (LAB_RESULTS_ORDERED_DATE, "ordered_date", "Ordered date"),
	DATE  (LAB_RESULTS_COMPLETED_DATE, "completed_date", "Completed date"),
	NOTE  (LAB_RESULTS_NOTES, "notes", "Notes", .max = 1000, .spoken = true),
	TAGS  (LAB_RESULTS_TAGS),
};

static void
derive(struct work *w, struct row *row)
{
	if (rules_becomes(row, LAB_RESULTS_STATUS, "completed")
	    && !row_has(row, LAB_RESULTS_COMPLETED_DATE))
		rules_date_today(w, row, LAB_RESULTS_COMPLETED_DATE,
			LAB_RESULTS_ORDERED_DATE);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	rules_order(row, problems, LAB_RESULTS_ORDERED_DATE, LAB_RESULTS_COMPLETED_DATE,
		"Completed date cannot be before ordered date");
}

const struct record personal_lab_results = {
	.name = "lab_results",
	.route = "lab-results",
	.one = "Lab Result",
	.many = "Lab Results",
	.missing = "Lab result not found",
	.summary = "A test that was ordered and what came of it.",
	.entity = "lab_result",
	.of_patient = true,
	.patient = LAB_RESULTS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_lab_results_patient_id", "patient_id" },
		{ "idx_lab_results_patient_date", "patient_id, completed_date" },
		{ 0 }
	},
	.checks = (const char *const[]){
		"completed_date IS NULL OR ordered_date IS NULL"
		" OR completed_date >= ordered_date",
		NULL
	},
	.created = 201,
	.stamps_shown = true,
	.title = "test_name",
	.derive = derive,
	.check = check,
};
