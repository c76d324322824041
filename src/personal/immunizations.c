/*
 * immunizations - vaccines a person was given.
 *
 * The schema lets a row belong to nobody; only adopted ones do.
 */
#include "personal/immunizations.h"

#include "personal/records.h"
#include "personal/rules.h"

static const struct choice routes[] = {
	{ "intramuscular", "Into a muscle" },
	{ "subcutaneous", "Under the skin" },
	{ "intradermal", "Into the skin" },
	{ "oral", "By mouth" },
	{ "nasal", "Into the nose" },
	/* The contract keeps an empty word as it is. */
	{ "", "Not said" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(IMMUNIZATIONS_PATIENT_ID, personal_patients, .null_stored = true),
	REF   (IMMUNIZATIONS_PRACTITIONER_ID, "practitioner_id", "Given by",
	       personal_practitioners, .on_delete = UNLINK, .min = 1),
	TEXT  (IMMUNIZATIONS_VACCINE_NAME, "vaccine_name", "Vaccine name", .required = true,
	       .min = 2, .max = 200, .searchable = true),
	TEXT  (IMMUNIZATIONS_VACCINE_TRADE_NAME, "vaccine_trade_name", "Trade name",
	       .max = 200, .searchable = true),
	DATE  (IMMUNIZATIONS_DATE_ADMINISTERED, "date_administered", "Administration date",
	       .required = true, .past = true, .strict_date = true, .spoken = true),
	WHOLE (IMMUNIZATIONS_DOSE_NUMBER, "dose_number", "Dose number", .min = 1),
	TEXT  (IMMUNIZATIONS_NDC_NUMBER, "ndc_number", "NDC number", .max = 50),
	TEXT  (IMMUNIZATIONS_LOT_NUMBER, "lot_number", "Lot number", .max = 50),
	TEXT  (IMMUNIZATIONS_MANUFACTURER, "manufacturer", "Manufacturer", .max = 200),
	TEXT  (IMMUNIZATIONS_SITE, "site", "Site", .max = 100),
	CHOICE(IMMUNIZATIONS_ROUTE, "route", "Route", routes,
	       .says = "Route must be one of: intramuscular, subcutaneous, intradermal, "
		       "oral, nasal"),
	DATE  (IMMUNIZATIONS_EXPIRATION_DATE, "expiration_date", "Expiration date"),
	TEXT  (IMMUNIZATIONS_LOCATION, "location", "Location", .max = 200),
	NOTE  (IMMUNIZATIONS_NOTES, "notes", "Notes", .max = 1000),
	TAGS  (IMMUNIZATIONS_TAGS),
};

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	rules_order(row, problems, IMMUNIZATIONS_DATE_ADMINISTERED,
		IMMUNIZATIONS_EXPIRATION_DATE,
		"Expiration date cannot be before administration date");
}

const struct record personal_immunizations = {
	.name = "immunizations",
	.route = "immunizations",
	.one = "Immunization",
	.many = "Immunizations",
	.summary = "A vaccine a person was given.",
	.entity = "immunization",
	.of_patient = true,
	.patient = IMMUNIZATIONS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_immunizations_patient_id", "patient_id" },
		{ 0 }
	},
	.checks = (const char *const[]){
		"expiration_date IS NULL OR expiration_date >= date_administered",
		NULL
	},
	.embeds = (const struct embed[]){
		{ "patient", IMMUNIZATIONS_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ "practitioner", IMMUNIZATIONS_PRACTITIONER_ID, .detail = true,
		  .columns = "id, name, specialty, phone_number" },
		{ 0 }
	},
	.filters = (const struct filter[]){
		{ "vaccine_name", IMMUNIZATIONS_VACCINE_NAME, .contains = true },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "vaccine_name",
	.check = check,
};
