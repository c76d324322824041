/*
 * Which values are critical by the built-in table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "personal/panic_values.h"

static struct arena *arena;

static bool
critical(const char *name, const char *abbreviation, const char *unit, double value)
{
	const struct panic_test test = { name, abbreviation, NULL, unit };

	return panic_value(arena, &test, value);
}

static void
a_bound_itself_is_critical(void **state)
{
	(void)state;
	assert_true(critical("Potassium", NULL, "mmol/L", 6.5));
	assert_true(critical("Potassium", NULL, "mmol/L", 2.5));
	assert_false(critical("Potassium", NULL, "mmol/L", 6.4));
	assert_false(critical("Potassium", NULL, "mmol/L", 2.6));
}

static void
a_test_is_known_by_name_abbreviation_or_code(void **state)
{
	const struct panic_test loinc = { "Kalium", NULL, "2823-3", "mmol/L" };

	(void)state;
	assert_true(critical(" SODIUM ", NULL, "mEq/L", 165));
	assert_true(critical("Whole blood count", "WBC", "10^3/µL", 150));
	assert_true(panic_value(arena, &loinc, 7));
	assert_false(critical("Kalium", NULL, "mmol/L", 7));
}

static void
units_are_compared_without_blanks_and_case(void **state)
{
	(void)state;
	assert_true(critical("Platelets", "PLT", "x10^3/μL", 10));
	assert_true(critical("Platelets", "PLT", "K / uL", 10));
	assert_true(critical("Glucose", NULL, "mmol/l", 2.5));
	assert_true(critical("Glucose", NULL, "mg/dL", 40));
}

static void
of_another_unit_or_test_nothing_is_said(void **state)
{
	(void)state;
	assert_false(critical("Glucose", NULL, "g/L", 400));
	assert_false(critical("Potassium", NULL, NULL, 9));
	assert_false(critical(NULL, NULL, "mmol/L", 9));
	assert_false(critical("Happiness", NULL, "mmol/L", 9));
}

static void
a_side_without_bound_has_none(void **state)
{
	(void)state;
	assert_false(critical("Creatinine", NULL, "mg/dL", 0));
	assert_true(critical("Creatinine", NULL, "mg/dL", 10));
	assert_false(critical("Fibrinogen", NULL, "mg/dL", 5000));
	assert_true(critical("INR", NULL, "", 5));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bound_itself_is_critical),
		cmocka_unit_test(a_test_is_known_by_name_abbreviation_or_code),
		cmocka_unit_test(units_are_compared_without_blanks_and_case),
		cmocka_unit_test(of_another_unit_or_test_nothing_is_said),
		cmocka_unit_test(a_side_without_bound_has_none),
	};
	int failed;

	arena = arena_open(1u << 20);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
