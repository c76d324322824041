/*
 * links - lab results and medications tied to the conditions they are about.
 */
#include "personal/condition_medications.h"
#include "personal/conditions.h"
#include "personal/lab_result_conditions.h"
#include "personal/lab_results.h"
#include "personal/records.h"

/* The routes set what their path names. */
static const struct field lab_fields[] = {
	REF (LAB_RESULT_CONDITIONS_LAB_RESULT_ID, "lab_result_id", "Lab result",
	     personal_lab_results, .not_null = true, .create_only = true, .min = 1,
	     .on_delete = CASCADE),
	REF (LAB_RESULT_CONDITIONS_CONDITION_ID, "condition_id", "Condition",
	     personal_conditions, .required = true, .create_only = true, .min = 1,
	     .on_delete = CASCADE),
	TEXT(LAB_RESULT_CONDITIONS_RELEVANCE_NOTE, "relevance_note", "Relevance note",
	     .trim = true, .blank_null = true, .max = 500, .spoken = true),
};

const struct record personal_lab_result_conditions = {
	.name = "lab_result_conditions",
	.one = "Lab Result Condition",
	.many = "Lab Result Conditions",
	.missing = "Lab result condition relationship not found",
	.summary = "A lab result tied to a condition.",
	.entity = "lab_result_condition",
	.parent = &personal_lab_results,
	.parent_slot = LAB_RESULT_CONDITIONS_LAB_RESULT_ID,
	.fields = lab_fields,
	.n_fields = COUNT(lab_fields),
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "id",
};

static const struct field medication_fields[] = {
	REF (CONDITION_MEDICATIONS_CONDITION_ID, "condition_id", "Condition",
	     personal_conditions, .not_null = true, .create_only = true, .min = 1,
	     .on_delete = CASCADE),
	REF (CONDITION_MEDICATIONS_MEDICATION_ID, "medication_id", "Medication",
	     personal_medications, .required = true, .create_only = true, .min = 1,
	     .on_delete = CASCADE),
	TEXT(CONDITION_MEDICATIONS_RELEVANCE_NOTE, "relevance_note", "Relevance note",
	     .trim = true, .blank_null = true, .max = 500, .spoken = true),
};

const struct record personal_condition_medications = {
	.name = "condition_medications",
	.one = "Condition Medication",
	.many = "Condition Medications",
	.summary = "A medication tied to the condition it treats.",
	.entity = "condition_medication",
	.parent = &personal_conditions,
	.parent_slot = CONDITION_MEDICATIONS_CONDITION_ID,
	.fields = medication_fields,
	.n_fields = COUNT(medication_fields),
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "id",
};
