/*
 * times - what people write for a time of day, and check digits.
 */
#include "practice.h"

#include <string.h>

#include "clinic/clock.h"
#include "clinic/npi.h"

static void
times_become_hours_and_minutes(void **state)
{
	static const struct { const char *in, *out; enum clock_reading how; } cases[] = {
		{ "09:00", "09:00", CLOCK_PLAIN },     { "9:00 AM", "09:00", CLOCK_PLAIN },
		{ "2:30 PM", "14:30", CLOCK_PLAIN },   { "2:30pm", "14:30", CLOCK_PLAIN },
		{ "12:00 AM", "00:00", CLOCK_PLAIN },  { "12:15 PM", "12:15", CLOCK_PLAIN },
		{ "13:00 AM", "13:00", CLOCK_CONTRADICTS }, { "0:30 AM", "00:30", CLOCK_PLAIN },
		{ "13:00 PM", "13:00", CLOCK_PLAIN },  { "0:10 PM", "00:10", CLOCK_CONTRADICTS },
		{ "9 a.m.", "09:00", CLOCK_PLAIN },    { "10:00:00", "10:00", CLOCK_PLAIN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[CLOCK_SIZE];

		assert_int_equal(clock_read(cases[i].in, out), cases[i].how);
		assert_string_equal(out, cases[i].out);
	}
}

static void
nonsense_is_no_time(void **state)
{
	static const char *const cases[] = { "", "noon", "24:00", "10:60", "10", "1:2", "10:000",
		"-1:00", "10:00 XM", "10:00 AM PM", ":30", "99:99", "10.30" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[CLOCK_SIZE];

		assert_int_equal(clock_read(cases[i], out), CLOCK_NONSENSE);
	}
}

static void
check_digits_are_checked(void **state)
{
	(void)state;
	assert_true(npi_valid("1234567893")); /* the standard's own example */
	assert_false(npi_valid("1234567890"));
	assert_false(npi_valid("123456789"));
	assert_false(npi_valid("12345678x3"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_become_hours_and_minutes),
		cmocka_unit_test(nonsense_is_no_time),
		cmocka_unit_test(check_digits_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
