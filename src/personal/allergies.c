/*
 * allergies - what a person reacts to.
 *
 * The schema wants a reaction, the contract does not: one that is not known is
 * stored as '' and printed null.
 */
#include "personal/allergies.h"

#include "personal/records.h"
#include "personal/rules.h"

static const struct choice severities[] = {
	{ "mild", "Mild" },
	{ "moderate", "Moderate" },
	{ "severe", "Severe" },
	{ "life-threatening", "Life-threatening" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "inactive", "Inactive" },
	{ "resolved", "Resolved" },
	{ "unconfirmed", "Unconfirmed" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(ALLERGIES_PATIENT_ID, personal_patients),
	REF   (ALLERGIES_MEDICATION_ID, "medication_id", "Medication", personal_medications,
	       .on_delete = UNLINK, .min = 1),
	TEXT  (ALLERGIES_ALLERGEN, "allergen", "Allergen", .required = true, .min = 2,
	       .max = 200, .searchable = true),
	TEXT  (ALLERGIES_REACTION, "reaction", "Reaction", .not_null = true, .max = 500,
	       .initial = WORD(""), .no_default = true, .blank_as_null = true,
	       .searchable = true),
	CHOICE(ALLERGIES_SEVERITY, "severity", "Severity", severities, .required = true,
	       .null_stored = true, .spoken = true),
	DATE  (ALLERGIES_ONSET_DATE, "onset_date", "Onset date", .past = true,
	       .spoken = true),
	CHOICE(ALLERGIES_STATUS, "status", "Status", statuses, .initial = WORD("active"),
	       .no_default = true, .spoken = true),
	NOTE  (ALLERGIES_NOTES, "notes", "Notes", .max = 1000),
	TAGS  (ALLERGIES_TAGS),
};

static void
derive(struct work *w, struct row *row)
{
	(void)w;
	rules_keep(row, ALLERGIES_STATUS, "active");
	if (!row_has(row, ALLERGIES_REACTION))
		row_set_text(row, ALLERGIES_REACTION, "");
}

const struct record personal_allergies = {
	.name = "allergies",
	.route = "allergies",
	.one = "Allergy",
	.many = "Allergies",
	.summary = "What a person reacts to.",
	.entity = "allergy",
	.of_patient = true,
	.patient = ALLERGIES_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_allergies_patient_id", "patient_id" },
		{ 0 }
	},
	.embeds = (const struct embed[]){
		{ "patient", ALLERGIES_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ "medication", ALLERGIES_MEDICATION_ID, .detail = true,
		  .columns = "id, medication_name, dosage, status" },
		{ 0 }
	},
	.filters = (const struct filter[]){
		{ "allergen", ALLERGIES_ALLERGEN, .contains = true },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "allergen",
	.derive = derive,
};
