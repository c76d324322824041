/*
 * encounters - visits to a practitioner.
 *
 * The schema lets a row belong to nobody; only adopted ones do.
 */
#include "personal/encounters.h"

#include "personal/records.h"
#include "personal/rules.h"

static const struct choice priorities[] = {
	{ "routine", "Routine" },
	{ "urgent", "Urgent" },
	{ "emergency", "Emergency" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(ENCOUNTERS_PATIENT_ID, personal_patients, .null_stored = true),
	REF   (ENCOUNTERS_PRACTITIONER_ID, "practitioner_id", "Seen by",
	       personal_practitioners, .on_delete = UNLINK, .min = 1),
	REF   (ENCOUNTERS_CONDITION_ID, "condition_id", "Condition", personal_conditions,
	       .on_delete = UNLINK, .min = 1),
	TEXT  (ENCOUNTERS_REASON, "reason", "Encounter reason", .required = true,
	       .trim = true, .min = 2, .max = 200, .spoken = true, .searchable = true),
	DATE  (ENCOUNTERS_DATE, "date", "Encounter date", .required = true, .past = true,
	       .spoken = true),
	NOTE  (ENCOUNTERS_NOTES, "notes", "Notes", .trim = true, .blank_null = true,
	       .max = 1000, .spoken = true),
	TEXT  (ENCOUNTERS_VISIT_TYPE, "visit_type", "Visit type", .trim = true, .max = 100,
	       .spoken = true),
	TEXT  (ENCOUNTERS_CHIEF_COMPLAINT, "chief_complaint", "Chief complaint",
	       .trim = true, .max = 500, .spoken = true, .searchable = true),
	NOTE  (ENCOUNTERS_DIAGNOSIS, "diagnosis", "Diagnosis", .trim = true, .max = 1000,
	       .spoken = true, .searchable = true),
	NOTE  (ENCOUNTERS_TREATMENT_PLAN, "treatment_plan", "Treatment plan", .trim = true,
	       .max = 2000, .spoken = true),
	NOTE  (ENCOUNTERS_FOLLOW_UP_INSTRUCTIONS, "follow_up_instructions",
	       "Follow-up instructions", .trim = true, .max = 1000, .spoken = true),
	WHOLE (ENCOUNTERS_DURATION_MINUTES, "duration_minutes", "Duration", .unit = "min",
	       .min = 1, .max = 600, .says = "Duration must be between 1 and 600 minutes"),
	TEXT  (ENCOUNTERS_LOCATION, "location", "Location", .trim = true, .max = 200,
	       .spoken = true),
	CHOICE(ENCOUNTERS_PRIORITY, "priority", "Priority", priorities, .blank_null = true,
	       .spoken = true),
	TAGS  (ENCOUNTERS_TAGS),
};

const struct record personal_encounters = {
	.name = "encounters",
	.route = "encounters",
	.one = "Encounter",
	.many = "Encounters",
	.summary = "A visit to a practitioner.",
	.entity = "encounter",
	.display = "Visit",
	.of_patient = true,
	.patient = ENCOUNTERS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_encounters_patient_id", "patient_id" },
		{ 0 }
	},
	.embeds = (const struct embed[]){
		{ "patient", ENCOUNTERS_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ "practitioner", ENCOUNTERS_PRACTITIONER_ID, .detail = true,
		  .columns = "id, name, specialty, phone_number" },
		{ "condition", ENCOUNTERS_CONDITION_ID, .detail = true,
		  .columns = "id, diagnosis, status, severity" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "reason",
};
