/*
 * safety - which drugs are alike, and numbers in the units people think in.
 */
#include <math.h>

#include "engine/row.h"
#include "personal/drug_classes.h"
#include "personal/records.h"
#include "personal/units.h"
#include "personal/vitals.h"

#include "people.h"

/* --- drugs --- */

static uint32_t
classes(const char *name)
{
	return drug_classes(drug_words(arena, name));
}

static bool
alike(const char *a, const char *b)
{
	return drug_alike(drug_words(arena, a), drug_words(arena, b));
}

static void
names_are_compared_by_whole_words(void **state)
{
	(void)state;
	assert_string_equal(drug_words(arena, "Amoxicillin/Clavulanate  875-125 mg"),
		" amoxicillin clavulanate 875 125 mg ");
	assert_string_equal(drug_words(arena, ""), " ");
	assert_true(alike("Codeine 30 mg", "codeine allergy"));
	assert_true(alike("ASPIRIN", "aspirin"));
	assert_false(alike("Methadone", "Done"));
	assert_false(alike("Potassium chloride", "Sodium chloride"));
	assert_false(alike("Vitamin C tablets", "Vitamin D tablets"));
	assert_true(alike("Vitamin D", "vitamin d"));
	assert_false(alike("", ""));
	assert_false(alike("400 mg", "400 mg tablet"));
}

static void
the_list_knows_its_classes(void **state)
{
	static const char *const pairs[][2] = {
		{ "Amoxicillin", "penicillins" }, { "Cefalexin 500", "cephalosporins" },
		{ "Bactrim DS", "sulfonamides" }, { "Ibuprofen", "NSAIDs" },
		{ "Atorvastatin", "statins" }, { "lisinopril 10mg", "ACE inhibitors" },
		{ "ACE inhibitor", "ACE inhibitors" }, { "Oxycodone", "opioids" },
		{ "Azithromycin", "macrolides" }, { "Cipro", "fluoroquinolones" },
		{ "Lorazepam", "benzodiazepines" }, { "co-trimoxazole", "sulfonamides" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		assert_true(classes(pairs[i][0]) != 0);
		assert_string_equal(drug_class_name(classes(pairs[i][0])), pairs[i][1]);
	}
	assert_int_equal(classes("Peanut"), 0);
	assert_int_equal(classes("Aspirinella"), 0);
	assert_null(drug_class_name(0));
}

static void
beta_lactams_are_related_both_ways(void **state)
{
	uint32_t penicillins = classes("penicillin"), cephalosporins = classes("keflex");

	(void)state;
	assert_true(drug_related(penicillins) & cephalosporins);
	assert_true(drug_related(cephalosporins) & penicillins);
	assert_false(drug_related(penicillins) & penicillins);
	assert_int_equal(drug_related(classes("ibuprofen")), 0);
}

static const char *
check(const char *body)
{
	return people_expect(ANNA, POST, "/people/1/medication-check", body, 200);
}

static size_t
warnings(const char *answer)
{
	json_t *json = json_loads(answer, 0, NULL);
	size_t n = json_array_size(json_object_get(json, "warnings"));

	json_decref(json);
	return n;
}

#define ALLERGY(name, status)                                                          \
	"{\"allergen\":\"" name "\",\"severity\":\"severe\",\"status\":\"" status "\"}"

static void
only_active_allergies_and_drugs_count(void **state)
{
	(void)state;
	(void)people_expect(ANNA, POST, "/allergies/", ALLERGY("Sulfa drugs", "active"), 200);
	(void)people_expect(ANNA, POST, "/allergies/", ALLERGY("Morphine", "inactive"), 200);
	(void)people_expect(ANNA, POST, "/medications/",
		"{\"medication_name\":\"Simvastatin\",\"status\":\"stopped\"}", 200);
	(void)people_expect(ANNA, POST, "/medications/",
		"{\"medication_name\":\"Lisinopril\",\"effective_period_start\":\"2020-01-01\","
		"\"effective_period_end\":\"2020-02-01\"}", 200);
	(void)people_expect(ANNA, POST, "/medications/",
		"{\"medication_name\":\"Metoprolol\"}", 200);
	assert_int_equal(warnings(check("{\"medication_name\":\"Bactrim\"}")), 1);
	assert_int_equal(warnings(check("{\"medication_name\":\"Codeine\"}")), 0);
	assert_int_equal(warnings(check("{\"medication_name\":\"Atorvastatin\"}")), 0);
	assert_int_equal(warnings(check("{\"medication_name\":\"Ramipril\"}")), 0);
	assert_int_equal(warnings(check("{\"medication_name\":\"Atenolol\"}")), 1);
	assert_int_equal(warnings(check("{\"medication_name\":\"Mix\","
		"\"ingredients\":[\"sulfamethoxazole\",\"atenolol\"]}")), 2);
}

static void
a_question_that_is_none_is_refused(void **state)
{
	(void)state;
	(void)people_expect(ANNA, POST, "/people/1/medication-check", "{}", 422);
	(void)people_expect(ANNA, POST, "/people/1/medication-check", "[]", 422);
	(void)people_expect(ANNA, POST, "/people/1/medication-check",
		"{\"medication_name\":\"Aspirin\",\"ingredients\":[1]}", 422);
	(void)people_expect(ANNA, POST, "/people/x/medication-check",
		"{\"medication_name\":\"Aspirin\"}", 422);
}

/* --- units --- */

/* Everything with at most two decimals comes back as it was typed. */
static void
what_is_typed_in_metric_units_is_shown_so(void **state)
{
	static const int slots[] = { VITALS_WEIGHT, VITALS_HEIGHT, VITALS_TEMPERATURE,
		VITALS_BLOOD_GLUCOSE };

	(void)state;
	for (size_t i = 0; i < COUNT(slots); i++) {
		const struct field *f = &personal_vitals.fields[slots[i]];

		for (int n = 1; n < 30000; n++) {
			struct row row = { .rec = &personal_vitals };
			double typed = n / 100.0, stored;
			json_t *body = json_pack("{s:f}", f->name, typed);

			units_store(&row, METRIC, body);
			stored = json_real_value(json_object_get(body, f->name));
			json_decref(body);
			assert_true(fabs(units_shown(f, METRIC, stored) - typed) < 1e-9);
		}
	}
}

static void
units_are_never_guessed(void **state)
{
	enum units units;

	(void)state;
	assert_true(units_read("metric", &units) && units == METRIC);
	assert_true(units_read("imperial", &units) && units == IMPERIAL);
	assert_false(units_read("Metric", &units));
	assert_false(units_read("", &units));
	(void)people_expect(ANNA, POST, "/people/1/vitals",
		"{\"recorded_date\":\"2024-05-01T10:00:00\",\"weight\":70,\"units\":5}", 422);
	(void)people_expect(ANNA, POST, "/people/1/vitals",
		"{\"recorded_date\":\"2024-05-01T10:00:00\",\"weight\":\"70\",\"units\":\"metric\"}",
		201);
	assert_int_equal(house_count("SELECT COUNT(*) FROM vitals WHERE patient_id = 1 "
		"AND weight > 154.3 AND weight < 154.4"), 1);
	(void)people_expect(ANNA, POST, "/people/1/vitals",
		"{\"recorded_date\":\"2024-05-01T10:00:00\",\"weight\":\"x\",\"units\":\"metric\"}",
		422);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_compared_by_whole_words),
		cmocka_unit_test(the_list_knows_its_classes),
		cmocka_unit_test(beta_lactams_are_related_both_ways),
		cmocka_unit_test(only_active_allergies_and_drugs_count),
		cmocka_unit_test(a_question_that_is_none_is_refused),
		cmocka_unit_test(what_is_typed_in_metric_units_is_shown_so),
		cmocka_unit_test(units_are_never_guessed),
	};

	return cmocka_run_group_tests(tests, people_open, house_close);
}
