/*
 * family_conditions - what a relative suffers or suffered from.
 */
#include "personal/family_conditions.h"

#include "personal/family_members.h"
#include "personal/records.h"

static const struct choice severities[] = {
	{ "mild", "Mild" },
	{ "moderate", "Moderate" },
	{ "severe", "Severe" },
	{ "life-threatening", "Life-threatening" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "resolved", "Resolved" },
	{ "chronic", "Chronic" },
	{ 0 }
};

static const struct choice types[] = {
	{ "cardiovascular", "Cardiovascular" },
	{ "diabetes", "Diabetes" },
	{ "cancer", "Cancer" },
	{ "mental_health", "Mental health" },
	{ "neurological", "Neurological" },
	{ "autoimmune", "Autoimmune" },
	{ "genetic", "Genetic" },
	{ "respiratory", "Respiratory" },
	{ "endocrine", "Endocrine" },
	{ "other", "Other" },
	{ 0 }
};

static const struct field fields[] = {
	/* Optional in a body: the route sets it from its path. */
	REF   (FAMILY_CONDITIONS_FAMILY_MEMBER_ID, "family_member_id", "Family member",
	       personal_family_members, .not_null = true, .create_only = true, .min = 1,
	       .on_delete = CASCADE),
	TEXT  (FAMILY_CONDITIONS_CONDITION_NAME, "condition_name", "Condition name",
	       .required = true, .min = 2, .max = 200, .searchable = true),
	WHOLE (FAMILY_CONDITIONS_DIAGNOSIS_AGE, "diagnosis_age", "Age at diagnosis",
	       .from_zero = true, .max = 120),
	CHOICE(FAMILY_CONDITIONS_SEVERITY, "severity", "Severity", severities,
	       .spoken = true),
	CHOICE(FAMILY_CONDITIONS_STATUS, "status", "Status", statuses, .spoken = true),
	CHOICE(FAMILY_CONDITIONS_CONDITION_TYPE, "condition_type", "Condition type", types,
	       .spoken = true),
	NOTE  (FAMILY_CONDITIONS_NOTES, "notes", "Notes", .max = 1000),
	TEXT  (FAMILY_CONDITIONS_ICD10_CODE, "icd10_code", "ICD-10 code", .max = 10),
};

const struct record personal_family_conditions = {
	.name = "family_conditions",
	.one = "Family Condition",
	.many = "Family Conditions",
	.summary = "What a relative suffers or suffered from.",
	.entity = "family_condition",
	.parent = &personal_family_members,
	.parent_slot = FAMILY_CONDITIONS_FAMILY_MEMBER_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "condition_name, id",
	.title = "condition_name",
};
