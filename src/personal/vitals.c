/*
 * vitals - measurements of a body at one moment; units are those of the schema
 * (mmHg, °F, lbs, inches, mg/dL), whatever the page shows.
 */
#include "personal/vitals.h"

#include <math.h>

#include "personal/records.h"
#include "personal/rules.h"

static const struct field fields[] = {
	PATIENT_REF(VITALS_PATIENT_ID, personal_patients),
	REF   (VITALS_PRACTITIONER_ID, "practitioner_id", "Taken by",
	       personal_practitioners, .on_delete = UNLINK),
	MOMENT(VITALS_RECORDED_DATE, "recorded_date", "Taken at", .required = true,
	       .wall = true),
	WHOLE (VITALS_SYSTOLIC_BP, "systolic_bp", "Systolic blood pressure", .unit = "mmHg",
	       .min = 60, .max = 250,
	       .says = "Systolic blood pressure must be between 60-250 mmHg"),
	WHOLE (VITALS_DIASTOLIC_BP, "diastolic_bp", "Diastolic blood pressure",
	       .unit = "mmHg", .min = 30, .max = 150,
	       .says = "Diastolic blood pressure must be between 30-150 mmHg"),
	WHOLE (VITALS_HEART_RATE, "heart_rate", "Heart rate", .unit = "bpm", .min = 30,
	       .max = 250, .says = "Heart rate must be between 30-250 bpm"),
	NUMBER(VITALS_TEMPERATURE, "temperature", "Temperature", .unit = "°F", .min = 80,
	       .max = 115, .says = "Temperature must be between 80-115°F"),
	NUMBER(VITALS_WEIGHT, "weight", "Weight", .unit = "lbs", .min = 1, .max = 992,
	       .says = "Weight must be between 1-992 lbs"),
	NUMBER(VITALS_HEIGHT, "height", "Height", .unit = "in", .min = 12, .max = 108,
	       .says = "Height must be between 12-108 inches"),
	NUMBER(VITALS_OXYGEN_SATURATION, "oxygen_saturation", "Oxygen saturation",
	       .unit = "%", .min = 70, .max = 100,
	       .says = "Oxygen saturation must be between 70-100%"),
	WHOLE (VITALS_RESPIRATORY_RATE, "respiratory_rate", "Respiratory rate",
	       .unit = "breaths/min", .min = 8, .max = 50,
	       .says = "Respiratory rate must be between 8-50 breaths/min"),
	NUMBER(VITALS_BLOOD_GLUCOSE, "blood_glucose", "Blood glucose", .unit = "mg/dL",
	       .min = 20, .max = 800, .says = "Blood glucose must be between 20-800 mg/dL"),
	NUMBER(VITALS_BMI, "bmi", "BMI", .unit = "kg/m²", .min = 10, .max = 100,
	       .says = "BMI must be between 10-100",
	       .help = "Worked out from weight and height when left empty."),
	WHOLE (VITALS_PAIN_SCALE, "pain_scale", "Pain scale", .from_zero = true, .max = 10,
	       .says = "Pain scale must be between 0-10"),
	NOTE  (VITALS_NOTES, "notes", "Notes", .trim = true, .max = 1000, .spoken = true),
	TEXT  (VITALS_LOCATION, "location", "Location", .trim = true, .max = 100,
	       .spoken = true),
	TEXT  (VITALS_DEVICE_USED, "device_used", "Device used", .trim = true, .max = 100,
	       .spoken = true),
};

/* Pounds and inches to kg/m² with one decimal (personal-api 0.1); 0 when it
 * cannot be told or is no human one. */
static double
reckon_bmi(const struct row *row)
{
	double height = row_number(row, VITALS_HEIGHT);
	double bmi;

	if (!row_has(row, VITALS_WEIGHT) || height <= 0)
		return 0;
	bmi = round(703 * row_number(row, VITALS_WEIGHT) / (height * height) * 10) / 10;
	return bmi >= 10 && bmi <= 100 ? bmi : 0;
}

/* One that was worked out before must follow the weight; one that was sent
 * stays as long as there is nothing better. */
static bool
is_stale(const struct row *row)
{
	double before = reckon_bmi(row->before);

	return before > 0 && fabs(before - row_number(row->before, VITALS_BMI)) < 0.05;
}

static void
derive(struct work *w, struct row *row)
{
	double bmi;

	(void)w;
	if (row_sent(row, VITALS_BMI) && row_has(row, VITALS_BMI))
		return;
	if (row->before && !row_sent(row, VITALS_WEIGHT) && !row_sent(row, VITALS_HEIGHT))
		return;
	bmi = reckon_bmi(row);
	if (bmi > 0)
		row_set_number(row, VITALS_BMI, bmi);
	else if (row->before && is_stale(row))
		row_set_null(row, VITALS_BMI);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	/* One that was refused is a measurement too. */
	if (problems->n > 0)
		return;
	for (int slot = VITALS_SYSTOLIC_BP; slot <= VITALS_PAIN_SCALE; slot++)
		if (row_has(row, slot))
			return;
	problem_at(problems, "body", "", "value_error",
		"At least one vital sign measurement is required");
}

const struct record personal_vitals = {
	.name = "vitals",
	.route = "vitals",
	.one = "Vitals",
	.many = "Vitals",
	.missing = "Vitals not found",
	.summary = "Measurements of a body at one moment.",
	.entity = "vitals",
	.of_patient = true,
	.patient = VITALS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_vitals_patient_id", "patient_id" },
		{ "idx_vitals_patient_recorded", "patient_id, recorded_date" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.title = "recorded_date",
	.derive = derive,
	.check = check,
};
