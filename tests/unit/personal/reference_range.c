/*
 * What laboratories print as a reference range, and what follows for a value.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "personal/reference_range.h"

static void
expect(const char *text, double value, const char *status)
{
	struct reference_range range;

	assert_true(reference_range_parse(&range, text));
	assert_string_equal(reference_range_status(&range, value), status);
}

static void
two_numbers_are_both_inside(void **state)
{
	(void)state;
	expect("3.5-5.0", 3.5, "normal");
	expect("3.5 - 5.0 mmol/L", 5.0, "normal");
	expect("3.5–5.0", 5.1, "high");
	expect(" 3.5 to 5.0", 3.4, "low");
	expect("-2 - 2", -2.5, "low");
}

static void
a_strict_bound_is_outside(void **state)
{
	(void)state;
	expect("<5.7", 5.7, "high");
	expect("< 5.7 %", 5.6, "normal");
	expect("> 40", 40, "low");
	expect("less than 200", 199, "normal");
}

static void
an_inclusive_bound_is_inside(void **state)
{
	(void)state;
	expect("<=5.7", 5.7, "normal");
	expect("≤ 5.7", 5.8, "high");
	expect("≥40", 40, "normal");
	expect("up to 10", 10, "normal");
	expect("Up To 10", 10.5, "high");
}

static void
what_is_not_one_plain_range_gives_none(void **state)
{
	static const char *const texts[] = { "", "negative", "5.0-3.5", "4-5 men, 3-4 women",
		"1,000-2,000", "5", "<", "3.5-", "0x10-0x20", "<5 >1" };
	struct reference_range range;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_false(reference_range_parse(&range, texts[i]));
		assert_null(reference_range_status(&range, 1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_numbers_are_both_inside),
		cmocka_unit_test(a_strict_bound_is_outside),
		cmocka_unit_test(an_inclusive_bound_is_inside),
		cmocka_unit_test(what_is_not_one_plain_range_gives_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
