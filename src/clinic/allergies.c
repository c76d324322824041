/*
 * allergies - what a patient must not be given or meet.
 */
#include "clinic/records.h"

static const struct choice severities[] = {
	{ "mild", "Mild" },
	{ "moderate", "Moderate" },
	{ "severe", "Severe" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "inactive", "Inactive" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(ALLERGIES_PATIENT_ID, clinic_patients),
	TEXT(ALLERGIES_ALLERGEN, "allergen", "Allergen", .required = true, .trim = true,
		.min = 1, LENGTH(200), .searchable = true),
	NOTE(ALLERGIES_REACTION, "reaction", "Reaction", .max = 5000),
	CHOICE(ALLERGIES_SEVERITY, "severity", "Severity", severities, .size = 20),
	DATE(ALLERGIES_ONSET_DATE, "onset_date", "Since", .past = true),
	CHOICE(ALLERGIES_STATUS, "status", "Status", statuses, .size = 20,
		.initial = "\"active\"", .null_ignored = true),
	NOTE(ALLERGIES_NOTES, "notes", "Notes", .max = 20000),
};

const struct record clinic_allergies = {
	.name = "allergies",
	.route = "allergies",
	.one = "Allergy",
	.many = "Allergies",
	.summary = "What a patient must not be given or meet.",
	.entity = "allergy",
	.of_patient = true,
	.patient = ALLERGIES_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "allergen, id",
};
