/*
 * The rules of the records, asked as a request asks them: JSON in, problems out.
 */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "engine/form.h"
#include "personal/allergies.h"
#include "personal/conditions.h"
#include "personal/emergency_contacts.h"
#include "personal/encounters.h"
#include "personal/family_members.h"
#include "personal/insurance.h"
#include "personal/lab_results.h"
#include "personal/lab_test_components.h"
#include "personal/medications.h"
#include "personal/patients.h"
#include "personal/personal.h"
#include "personal/procedures.h"
#include "personal/records.h"
#include "personal/treatments.h"
#include "personal/user_preferences.h"
#include "personal/vitals.h"

/* Last: its fail() is a macro, the engine's is not. */
#include <cmocka.h>

static struct work w;

static int
begin(void **state)
{
	(void)state;
	w = work_new(arena_open(8u << 20), NULL);
	assert_true(moment_parse("2024-06-15T12:00:00", false, &w.now));
	return catalog_check(&personal_catalog) == OK ? 0 : -1;
}

static int
finish(void **state)
{
	(void)state;
	arena_close(&w.arena);
	return 0;
}

static struct row *
read_row(const struct record *rec, const struct row *before, const char *json)
{
	json_t *object = json_loads(json, 0, NULL);
	struct row *row = row_new(w.arena, rec);

	assert_non_null(object);
	w.problems = (struct problems){ .arena = w.arena };
	if (before) {
		row->id = 1;
		row->before = before;
		memcpy(row->values, before->values, rec->n_fields * sizeof(*row->values));
	}
	form_read(&w, object, before != NULL, row);
	form_rules(&w, row);
	json_decref(object);
	return row;
}

/* A create, or an update of `before`, that nothing is wrong with. */
static struct row *
good(const struct record *rec, const struct row *before, const char *json)
{
	struct row *row = read_row(rec, before, json);

	if (w.problems.n)
		print_error("%s: %s\n", w.problems.first->field, w.problems.first->text);
	assert_int_equal(w.problems.n, 0);
	return row;
}

/* One that exactly this is wrong with. */
static void
refused(const struct record *rec, const struct row *before, const char *json, const char *text)
{
	(void)read_row(rec, before, json);
	if (w.problems.n != 1)
		for (const struct problem *p = w.problems.first; p; p = p->next)
			print_error("%s: %s\n", p->field, p->text);
	assert_int_equal(w.problems.n, 1);
	assert_string_equal(w.problems.first->text, text);
}

static void
a_medication_does_not_end_before_it_starts(void **state)
{
	const struct record *rec = &personal_medications;
	struct row *row;

	(void)state;
	refused(rec, NULL, "{\"patient_id\":1,\"medication_name\":\"Aspirin\","
		"\"effective_period_start\":\"2024-02-01\",\"effective_period_end\":\"2024-01-31\"}",
		"End date must be after start date");
	row = good(rec, NULL, "{\"patient_id\":1,\"medication_name\":\" Aspirin \","
		"\"effective_period_start\":\"2024-02-01\",\"status\":\"On-Hold\",\"route\":\"\"}");
	assert_string_equal(row_text(row, MEDICATIONS_MEDICATION_NAME), "Aspirin");
	assert_string_equal(row_text(row, MEDICATIONS_STATUS), "on-hold");
	assert_false(row_has(row, MEDICATIONS_ROUTE));
	refused(rec, row, "{\"effective_period_end\":\"2024-01-31\"}",
		"End date must be after start date");
	refused(rec, row, "{\"medication_name\":\"A\"}",
		"Medication name must be at least 2 characters long");
	refused(rec, row, "{\"status\":\"gone\"}",
		"Status must be one of: active, stopped, on-hold, completed, cancelled");
}

static void
only_a_resolved_condition_has_an_end(void **state)
{
	const struct record *rec = &personal_conditions;
	struct row *row;

	(void)state;
	refused(rec, NULL, "{\"patient_id\":1,\"diagnosis\":\"Gout\",\"status\":\"active\","
		"\"end_date\":\"2024-01-31\"}",
		"End date can only be set when status is resolved");
	row = good(rec, NULL, "{\"patient_id\":1,\"diagnosis\":\"Gout\",\"status\":\"resolved\","
		"\"end_date\":\"2024-01-31\"}");
	refused(rec, row, "{\"onset_date\":\"2024-02-01\"}",
		"End date cannot be before onset date");
	refused(rec, row, "{\"end_date\":\"2024-06-16\"}", "End date cannot be in the future");
	row = good(rec, row, "{\"status\":\"relapse\"}");
	assert_false(row_has(row, CONDITIONS_END_DATE));
}

static void
a_completed_test_or_treatment_gets_its_day(void **state)
{
	struct row *row;

	(void)state;
	row = good(&personal_lab_results, NULL, "{\"patient_id\":1,\"test_name\":\"CBC\","
		"\"test_code\":\" ab1 \",\"status\":\"\"}");
	assert_string_equal(row_text(row, LAB_RESULTS_STATUS), "ordered");
	assert_string_equal(row_text(row, LAB_RESULTS_TEST_CODE), "AB1");
	row = good(&personal_lab_results, row, "{\"status\":\"in-progress\"}");
	assert_string_equal(row_text(row, LAB_RESULTS_STATUS), "in_progress");
	row = good(&personal_lab_results, row,
		"{\"status\":\"completed\",\"ordered_date\":\"2024-07-01\"}");
	assert_string_equal(row_text(row, LAB_RESULTS_COMPLETED_DATE), "2024-07-01");
	row = good(&personal_treatments, NULL, "{\"patient_id\":1,\"treatment_name\":\"Rest\","
		"\"treatment_type\":\"Home\",\"start_date\":\"2024-06-01\",\"status\":null}");
	assert_string_equal(row_text(row, TREATMENTS_STATUS), "active");
	row = good(&personal_treatments, row, "{\"status\":\"completed\"}");
	assert_string_equal(row_text(row, TREATMENTS_END_DATE), "2024-06-15");
}

static void
vitals_need_a_measurement_and_give_a_bmi(void **state)
{
	const struct record *rec = &personal_vitals;
	struct row *row;

	(void)state;
	refused(rec, NULL, "{\"patient_id\":1,\"recorded_date\":\"2024-01-15T10:30:00Z\"}",
		"At least one vital sign measurement is required");
	refused(rec, NULL, "{\"patient_id\":1,\"recorded_date\":\"2024-01-15\",\"systolic_bp\":251}",
		"Systolic blood pressure must be between 60-250 mmHg");
	row = good(rec, NULL, "{\"patient_id\":1,\"recorded_date\":\"2024-01-15T10:30:00Z\","
		"\"weight\":154,\"height\":70,\"pain_scale\":0}");
	assert_true(row_number(row, VITALS_BMI) > 22.05 && row_number(row, VITALS_BMI) < 22.15);
	row = good(rec, row, "{\"weight\":null}");
	assert_false(row_has(row, VITALS_BMI));
	row = good(rec, NULL, "{\"patient_id\":1,\"recorded_date\":\"2024-01-15\",\"weight\":992,"
		"\"height\":12}");
	assert_false(row_has(row, VITALS_BMI));
}

static void
a_component_gets_its_status_from_its_range(void **state)
{
	const struct record *rec = &personal_lab_test_components;
	struct row *row;

	(void)state;
	row = good(rec, NULL, "{\"lab_result_id\":1,\"test_name\":\"A1c\",\"value\":6.1,"
		"\"unit\":\"%\",\"ref_range_text\":\"<5.7\"}");
	assert_string_equal(row_text(row, LAB_TEST_COMPONENTS_STATUS), "high");
	row = good(rec, row, "{\"value\":5.1}");
	assert_string_equal(row_text(row, LAB_TEST_COMPONENTS_STATUS), "normal");
	row = good(rec, row, "{\"status\":\"Critical\"}");
	row = good(rec, row, "{\"value\":5.2}");
	assert_string_equal(row_text(row, LAB_TEST_COMPONENTS_STATUS), "critical");
	row = good(rec, row, "{\"status\":null,\"ref_range_min\":5.5}");
	assert_string_equal(row_text(row, LAB_TEST_COMPONENTS_STATUS), "low");
	refused(rec, row, "{\"ref_range_max\":5.5}",
		"Reference range maximum must be greater than minimum");
	refused(rec, row, "{\"unit\":\" \"}", "Unit is required");
}

static void
a_reaction_may_be_unknown(void **state)
{
	struct row *row;

	(void)state;
	row = good(&personal_allergies, NULL,
		"{\"patient_id\":1,\"allergen\":\"Nuts\",\"severity\":\"SEVERE\"}");
	assert_string_equal(row_text(row, ALLERGIES_REACTION), "");
	assert_string_equal(row_text(row, ALLERGIES_STATUS), "active");
	row = good(&personal_allergies, row, "{\"reaction\":\"Rash\"}");
	row = good(&personal_allergies, row, "{\"reaction\":null}");
	assert_string_equal(row_text(row, ALLERGIES_REACTION), "");
}

static void
only_a_planned_procedure_lies_ahead(void **state)
{
	const struct record *rec = &personal_procedures;
	struct row *row;

	(void)state;
	refused(rec, NULL, "{\"patient_id\":1,\"procedure_name\":\"Biopsy\","
		"\"date\":\"2024-06-16\",\"status\":\"completed\"}",
		"Procedure date cannot be in the future");
	row = good(rec, NULL, "{\"patient_id\":1,\"procedure_name\":\"Biopsy\","
		"\"date\":\"2024-06-16\",\"status\":\"scheduled\"}");
	refused(rec, row, "{\"status\":\"in-progress\"}",
		"Procedure date cannot be in the future");
	(void)good(rec, row, "{\"status\":\"cancelled\"}");
}

static void
the_dead_are_deceased(void **state)
{
	const struct record *rec = &personal_family_members;
	struct row *row;

	(void)state;
	row = good(rec, NULL, "{\"patient_id\":1,\"name\":\"Ann\",\"relationship\":\"Aunt\","
		"\"death_year\":2001}");
	assert_true(row_bool(row, FAMILY_MEMBERS_IS_DECEASED));
	refused(rec, row, "{\"is_deceased\":false}",
		"If death year is provided, family member must be marked as deceased");
	refused(rec, row, "{\"birth_year\":2002}", "Death year cannot be before birth year");
	refused(rec, row, "{\"death_year\":2025}", "Death year cannot be in the future");
}

static void
coverage_is_read_by_its_type(void **state)
{
	const struct record *rec = &personal_insurance;
	struct row *row;

	(void)state;
	row = good(rec, NULL, "{\"patient_id\":1,\"insurance_type\":\"medical\","
		"\"company_name\":\"Acme\",\"member_name\":\"Ann\",\"member_id\":\"7\","
		"\"effective_date\":\"2024-01-01\",\"coverage_details\":"
		"{\"copay_pcp\":\"20.50\",\"copay_er\":\"\",\"x\":[1]}}");
	refused(rec, row, "{\"coverage_details\":{\"copay_pcp\":\"twenty\"}}",
		"Invalid copay_pcp: must be a valid number");
	refused(rec, row, "{\"insurance_type\":\"dental\","
		"\"coverage_details\":{\"basic_coverage\":101}}",
		"Invalid basic_coverage: must be a valid percentage");
	refused(rec, row, "{\"insurance_type\":\"prescription\","
		"\"coverage_details\":{\"bin_number\":\"12345678901\"}}",
		"BIN number must be 10 characters or less");
	refused(rec, row, "{\"coverage_details\":[]}",
		"Input should be a valid dictionary");
	refused(rec, row, "{\"expiration_date\":\"2024-01-01\"}",
		"Expiration date must be after effective date");
	refused(rec, row, "{\"company_name\":\" \"}", "Company name is required");
	refused(rec, row, "{\"insurance_type\":\"Medical\"}",
		"Invalid insurance type. Must be one of: "
		"['medical', 'dental', 'vision', 'prescription']");
}

static void
a_patient_has_a_name_and_a_possible_age(void **state)
{
	const struct record *rec = &personal_patients;
	struct row *row;

	(void)state;
	row = good(rec, NULL, "{\"first_name\":\" ANN \",\"last_name\":\"de Vries\","
		"\"birth_date\":\"1980-02-29\",\"gender\":\"female\",\"blood_type\":\"ab+\","
		"\"privacy_level\":\"private\",\"height\":\"\"}");
	assert_string_equal(row_text(row, PATIENTS_FIRST_NAME), "Ann");
	assert_string_equal(row_text(row, PATIENTS_LAST_NAME), "de Vries");
	assert_string_equal(row_text(row, PATIENTS_GENDER), "F");
	assert_string_equal(row_text(row, PATIENTS_BLOOD_TYPE), "AB+");
	assert_string_equal(row_text(row, PATIENTS_PRIVACY_LEVEL), "owner");
	refused(rec, row, "{\"first_name\":\" \"}", "First name cannot be empty");
	refused(rec, row, "{\"birth_date\":\"1873-12-31\"}",
		"Birth date cannot be more than 150 years ago");
	refused(rec, row, "{\"birth_date\":\"2024-06-16\"}",
		"Birth date cannot be in the future");
	refused(rec, row, "{\"height\":109}", "Height must be between 12 and 108 inches");
	refused(rec, row, "{\"address\":\"here\"}",
		"Address must be at least 5 characters long");
}

static void
only_the_house_is_spoken_to_in_clear(void **state)
{
	const struct record *rec = &personal_user_preferences;
	struct row *row;

	(void)state;
	row = good(rec, NULL, "{\"paperless_url\":\"http://192.168.1.5:8000//\"}");
	assert_string_equal(row_text(row, USER_PREFERENCES_PAPERLESS_URL),
		"http://192.168.1.5:8000");
	(void)good(rec, row, "{\"paperless_url\":\"https://example.com/p\"}");
	(void)good(rec, row, "{\"paperless_url\":\"\"}");
	refused(rec, row, "{\"paperless_url\":\"http://10.example.com\"}",
		"External URLs must use HTTPS for security");
	refused(rec, row, "{\"paperless_url\":\"http://172.32.0.1\"}",
		"External URLs must use HTTPS for security");
	refused(rec, row, "{\"session_timeout_minutes\":4}",
		"Session timeout must be at least 5 minutes");
	refused(rec, row, "{\"session_timeout_minutes\":1441}",
		"Session timeout cannot exceed 1440 minutes (24 hours)");
	refused(rec, row, "{\"unit_system\":\"stone\"}",
		"Unit system must be one of: imperial, metric");
}

static void
an_old_row_stays_editable_elsewhere(void **state)
{
	const struct record *rec = &personal_medications;
	struct row *old = good(rec, NULL, "{\"patient_id\":1,\"medication_name\":\"Aspirin\"}");

	(void)state;
	row_set_text(old, MEDICATIONS_EFFECTIVE_PERIOD_START, "2024-02-01");
	row_set_text(old, MEDICATIONS_EFFECTIVE_PERIOD_END, "2024-01-01");
	(void)good(rec, old, "{\"dosage\":\"10 mg\"}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_medication_does_not_end_before_it_starts),
		cmocka_unit_test(only_a_resolved_condition_has_an_end),
		cmocka_unit_test(a_completed_test_or_treatment_gets_its_day),
		cmocka_unit_test(vitals_need_a_measurement_and_give_a_bmi),
		cmocka_unit_test(a_component_gets_its_status_from_its_range),
		cmocka_unit_test(a_reaction_may_be_unknown),
		cmocka_unit_test(only_a_planned_procedure_lies_ahead),
		cmocka_unit_test(the_dead_are_deceased),
		cmocka_unit_test(coverage_is_read_by_its_type),
		cmocka_unit_test(a_patient_has_a_name_and_a_possible_age),
		cmocka_unit_test(only_the_house_is_spoken_to_in_clear),
		cmocka_unit_test(an_old_row_stays_editable_elsewhere),
	};

	return cmocka_run_group_tests(tests, begin, finish);
}
