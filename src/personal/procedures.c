/*
 * procedures - operations and examinations, done or planned.
 */
#include "personal/procedures.h"

#include <string.h>

#include "base/moment.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice statuses[] = {
	{ "scheduled", "Scheduled" },
	{ "in_progress", "In progress", "in-progress" },
	{ "completed", "Completed" },
	{ "cancelled", "Cancelled" },
	{ "postponed", "Postponed" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(PROCEDURES_PATIENT_ID, personal_patients),
	REF   (PROCEDURES_PRACTITIONER_ID, "practitioner_id", "Done by",
	       personal_practitioners, .on_delete = UNLINK, .min = 1),
	REF   (PROCEDURES_CONDITION_ID, "condition_id", "Condition", personal_conditions,
	       .on_delete = UNLINK, .min = 1, .create_only = true),
	TEXT  (PROCEDURES_PROCEDURE_NAME, "procedure_name", "Procedure name",
	       .required = true, .min = 2, .max = 300, .searchable = true),
	TEXT  (PROCEDURES_PROCEDURE_TYPE, "procedure_type", "Procedure type", .max = 50),
	TEXT  (PROCEDURES_PROCEDURE_CODE, "procedure_code", "Procedure code", .max = 50,
	       .searchable = true),
	DATE  (PROCEDURES_DATE, "date", "Procedure date", .required = true),
	NOTE  (PROCEDURES_DESCRIPTION, "description", "Description", .max = 1000),
	CHOICE(PROCEDURES_STATUS, "status", "Status", statuses, .required = true,
	       .null_stored = true, .spoken = true),
	NOTE  (PROCEDURES_NOTES, "notes", "Notes", .max = 1000),
	TEXT  (PROCEDURES_FACILITY, "facility", "Facility", .max = 300),
	TEXT  (PROCEDURES_PROCEDURE_SETTING, "procedure_setting", "Setting", .max = 100),
	NOTE  (PROCEDURES_PROCEDURE_COMPLICATIONS, "procedure_complications",
	       "Complications", .max = 500),
	WHOLE (PROCEDURES_PROCEDURE_DURATION, "procedure_duration", "Duration",
	       .unit = "min", .min = 1, .says = "Input should be greater than 0"),
	TEXT  (PROCEDURES_ANESTHESIA_TYPE, "anesthesia_type", "Anesthesia", .max = 100),
	NOTE  (PROCEDURES_ANESTHESIA_NOTES, "anesthesia_notes", "Anesthesia notes",
	       .max = 1000),
	TAGS  (PROCEDURES_TAGS),
};

/* Only what is still to come may lie in the future. */
static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const char *day = row_text(row, PROCEDURES_DATE);
	const char *status = row_text(row, PROCEDURES_STATUS);
	char today[DATE_SIZE];

	if (!rules_touched(row, PROCEDURES_DATE) && !rules_touched(row, PROCEDURES_STATUS))
		return;
	if (status && (strcmp(status, "scheduled") == 0 || strcmp(status, "postponed") == 0))
		return;
	/* A planned operation that is called off keeps its day. */
	if (status && strcmp(status, "cancelled") == 0 && !rules_touched(row, PROCEDURES_DATE))
		return;
	date_of(w->now, today);
	if (day && strcmp(day, today) > 0)
		problem(problems, &fields[PROCEDURES_DATE],
			"Procedure date cannot be in the future");
}

const struct record personal_procedures = {
	.name = "procedures",
	.route = "procedures",
	.one = "Procedure",
	.many = "Procedures",
	.summary = "An operation or examination, done or planned.",
	.entity = "procedure",
	.of_patient = true,
	.patient = PROCEDURES_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_procedures_patient_id", "patient_id" },
		{ 0 }
	},
	.embeds = (const struct embed[]){
		{ "patient", PROCEDURES_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ "practitioner", PROCEDURES_PRACTITIONER_ID, .detail = true,
		  .columns = "id, name, specialty, phone_number" },
		{ "condition", PROCEDURES_CONDITION_ID, .detail = true,
		  .columns = "id, diagnosis, status, severity" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.title = "procedure_name",
	.check = check,
};
