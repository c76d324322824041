/*
 * vital_signs - what was measured on a patient at one moment, in US units.
 */
#include "clinic/records.h"

#include <math.h>

#include "base/moment.h"
#include "engine/problem.h"
#include "engine/work.h"

static const struct field fields[] = {
	PATIENT_REF(VITALS_PATIENT_ID, clinic_patients),
	MOMENT(VITALS_RECORDED_DATE, "recorded_date", "Recorded", .not_null = true, .past = true,
		.help = "With its zone; now when it is not given."),
	WHOLE(VITALS_SYSTOLIC_BP, "systolic_bp", "Systolic", .unit = "mmHg", .min = 50,
		.max = 300),
	WHOLE(VITALS_DIASTOLIC_BP, "diastolic_bp", "Diastolic", .unit = "mmHg", .min = 20,
		.max = 200),
	WHOLE(VITALS_HEART_RATE, "heart_rate", "Heart rate", .unit = "bpm", .min = 20,
		.max = 300),
	NUMBER(VITALS_TEMPERATURE, "temperature", "Temperature", .unit = "°F", .min = 80,
		.max = 115),
	WHOLE(VITALS_RESPIRATORY_RATE, "respiratory_rate", "Respiratory rate", .unit = "/min",
		.min = 4, .max = 80),
	WHOLE(VITALS_OXYGEN_SATURATION, "oxygen_saturation", "Oxygen saturation", .unit = "%",
		.min = 50, .max = 100),
	NUMBER(VITALS_WEIGHT, "weight", "Weight", .unit = "lb", .min = 0.5, .max = 1500),
	NUMBER(VITALS_HEIGHT, "height", "Height", .unit = "in", .min = 5, .max = 108),
	NUMBER(VITALS_BMI, "bmi", "BMI", .unit = "kg/m²", .help = "Made from weight and height."),
	TEXT(VITALS_RECORDED_BY, "recorded_by", "Recorded by", LINE(100)),
	NOTE(VITALS_NOTES, "notes", "Notes", .max = 20000),
};

static void
set_now(struct work *w, struct row *row)
{
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	row_set_text(row, VITALS_RECORDED_DATE, arena_text(w->arena, now));
}

/* An imported BMI stays what it was, even where it does not fit the rest; and an
 * imported row without a moment gets none made up. */
static void
derive(struct work *w, struct row *row)
{
	double weight = row_number(row, VITALS_WEIGHT), height = row_number(row, VITALS_HEIGHT);

	if (!row->before && !w->importing && !row_has(row, VITALS_RECORDED_DATE))
		set_now(w, row);
	if (w->importing && row_has(row, VITALS_BMI))
		return;
	if (row_has(row, VITALS_WEIGHT) && row_has(row, VITALS_HEIGHT) && height > 0)
		row_set_number(row, VITALS_BMI,
			round(703 * weight / (height * height) * 10) / 10);
	else
		row_set_null(row, VITALS_BMI);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	bool any = false;

	for (int slot = VITALS_SYSTOLIC_BP; slot <= VITALS_HEIGHT; slot++)
		any = any || row_has(row, slot);
	if (!any && !w->importing && !problems->n)
		problem_at(problems, "body", "", "missing", "At least one measurement is required.");
	if (row_has(row, VITALS_SYSTOLIC_BP) && row_has(row, VITALS_DIASTOLIC_BP) &&
		row_whole(row, VITALS_DIASTOLIC_BP) >= row_whole(row, VITALS_SYSTOLIC_BP) &&
		!w->importing)
		problem(problems, &fields[VITALS_DIASTOLIC_BP], "is not below the systolic");
}

const struct record clinic_vital_signs = {
	.name = "vital_signs",
	.route = "vital-signs",
	.one = "Vital signs",
	.many = "Vital signs",
	.summary = "What was measured on a patient at one moment.",
	.entity = "vital_signs",
	.of_patient = true,
	.patient = VITALS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ NULL, "recorded_date" },
		{ NULL, "patient_id, recorded_date" },
		{ 0 }
	},
	.stamps = STAMPS_DEFAULT,
	.stamps_shown = true,
	.order = "recorded_date DESC, id DESC",
	.derive = derive,
	.check = check,
};
