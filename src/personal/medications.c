/*
 * medications - what a person takes, took, or is about to take.
 *
 * Over-the-counter drugs and supplements count too: then nobody prescribed it.
 */
#include "personal/medications.h"

#include "personal/records.h"
#include "personal/rules.h"

static const struct choice routes[] = {
	{ "oral", "By mouth" },
	{ "injection", "Injection" },
	{ "topical", "On the skin" },
	{ "intravenous", "Into a vein" },
	{ "intramuscular", "Into a muscle" },
	{ "subcutaneous", "Under the skin" },
	{ "inhalation", "Inhaled" },
	{ "nasal", "Into the nose" },
	{ "rectal", "Rectal" },
	{ "sublingual", "Under the tongue" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "stopped", "Stopped" },
	{ "on-hold", "On hold" },
	{ "completed", "Completed" },
	{ "cancelled", "Cancelled" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(MEDICATIONS_PATIENT_ID, personal_patients),
	REF   (MEDICATIONS_PRACTITIONER_ID, "practitioner_id", "Prescribed by",
	       personal_practitioners, .on_delete = UNLINK, .blank_null = true),
	REF   (MEDICATIONS_PHARMACY_ID, "pharmacy_id", "Pharmacy", personal_pharmacies,
	       .on_delete = UNLINK, .blank_null = true),
	TEXT  (MEDICATIONS_MEDICATION_NAME, "medication_name", "Medication name",
	       .required = true, .trim = true, .min = 2, .max = 100, .spoken = true,
	       .searchable = true, .help = "As printed on the package."),
	TEXT  (MEDICATIONS_DOSAGE, "dosage", "Dosage", .trim = true, .blank_null = true,
	       .max = 50, .spoken = true, .help = "For example 10 mg."),
	TEXT  (MEDICATIONS_FREQUENCY, "frequency", "Frequency", .trim = true,
	       .blank_null = true, .max = 50, .spoken = true,
	       .help = "For example twice daily."),
	CHOICE(MEDICATIONS_ROUTE, "route", "Route", routes, .blank_null = true,
	       .spoken = true),
	TEXT  (MEDICATIONS_INDICATION, "indication", "Taken for", .blank_null = true,
	       .searchable = true),
	DATE  (MEDICATIONS_EFFECTIVE_PERIOD_START, "effective_period_start", "Started",
	       .blank_null = true),
	DATE  (MEDICATIONS_EFFECTIVE_PERIOD_END, "effective_period_end", "Ended",
	       .blank_null = true),
	CHOICE(MEDICATIONS_STATUS, "status", "Status", statuses, .blank_null = true,
	       .spoken = true),
	TAGS  (MEDICATIONS_TAGS),
};

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	rules_order(row, problems, MEDICATIONS_EFFECTIVE_PERIOD_START,
		MEDICATIONS_EFFECTIVE_PERIOD_END, "End date must be after start date");
}

const struct record personal_medications = {
	.name = "medications",
	.route = "medications",
	.one = "Medication",
	.many = "Medications",
	.summary = "What a person takes, took, or is about to take.",
	.entity = "medication",
	.of_patient = true,
	.patient = MEDICATIONS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_medications_patient_id", "patient_id" },
		{ "idx_medications_patient_status", "patient_id, status" },
		{ 0 }
	},
	.checks = (const char *const[]){
		"effective_period_end IS NULL OR effective_period_start IS NULL"
		" OR effective_period_end >= effective_period_start",
		NULL
	},
	.embeds = (const struct embed[]){
		{ "practitioner", MEDICATIONS_PRACTITIONER_ID },
		{ "pharmacy", MEDICATIONS_PHARMACY_ID },
		{ 0 }
	},
	.filters = (const struct filter[]){
		{ "name", MEDICATIONS_MEDICATION_NAME, .contains = true },
		{ "search", MEDICATIONS_MEDICATION_NAME, .contains = true },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "medication_name",
	.check = check,
};
