/*
 * moment - days that exist, clocks that are set back, and the edges of time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/moment.h"
#include "base/result.h"

static int
use_utc(void **state)
{
	(void)state;
	return moment_zone("UTC") ? 0 : -1;
}

static int64_t
parse(const char *text, bool wall)
{
	int64_t moment = 0;

	assert_true(moment_parse(text, wall, &moment));
	return moment;
}

static void
check_iso(const char *text, bool wall, const char *expected)
{
	char iso[ISO_SIZE];

	moment_iso(parse(text, wall), iso);
	assert_string_equal(iso, expected);
}

/* Against the C library, every eleven days or so from 1850 to 2149. */
static void
the_calendar_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t at = -3786825600; at < 5680281600; at += 999983) {
		time_t seconds = (time_t)at;
		char expected[MOMENT_SIZE];
		char ours[MOMENT_SIZE];
		int64_t back = 0;
		struct tm tm;

		assert_non_null(gmtime_r(&seconds, &tm));
		assert_true(
			strftime(expected, sizeof(expected), "%Y-%m-%d %H:%M:%S", &tm));
		moment_store(at * 1000000 + 123456, ours);
		assert_memory_equal(ours, expected, 19);
		assert_string_equal(ours + 19, ".123456");
		assert_true(moment_load(ours, &back));
		assert_true(back == at * 1000000 + 123456);
	}
}

static void
every_day_counts_one(void **state)
{
	char date[DATE_SIZE] = "0001-01-01";
	int64_t number = date_number(date);

	(void)state;
	assert_true(number == -719162);
	for (; strcmp(date, "9999-12-31") != 0; number++) {
		char next[DATE_SIZE];
		char back[DATE_SIZE];

		assert_true(date_valid(date));
		date_add(date, 1, next);
		assert_true(strcmp(date, next) < 0);
		assert_true(date_number(next) == number + 1);
		date_add(next, -1, back);
		assert_string_equal(back, date);
		memcpy(date, next, sizeof(date));
	}
	assert_true(number == 2932896);
}

static void
dates_must_exist(void **state)
{
	static const char *const bad[] = { "", "2024", "2024-1-01", "2024-01-1",
		"2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10",
		"2024-01-00", "2024-01-32", "0000-01-01", "2024-01-01 ", " 2024-01-01",
		"2024/01/01", "20240101", "+024-01-01", "2024-01-01T00:00:00",
		"-2024-01-01", "10000-01-01" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(date_valid(bad[i]));
	assert_false(date_valid(NULL));
	assert_true(date_valid("2024-02-29"));
	assert_true(date_valid("2000-02-29"));
	assert_true(date_valid("9999-12-31"));
}

static void
a_date_may_come_as_midnight_only(void **state)
{
	static const char *const good[]
		= { "2024-01-15", "2024-01-15T00:00:00", "2024-01-15 00:00",
			  "2024-01-15T00:00:00Z", "2024-01-15T00:00:00.000+05:30" };
	static const char *const bad[] = { "2024-01-15T00:00:01", "2024-01-15T12:00",
		"2024-01-15T00:00:00.000001", "2024-01-15T", "2024-02-30", "0",
		"1705276800" };
	char out[DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		assert_true(date_parse(good[i], out));
		assert_string_equal(out, "2024-01-15");
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(date_parse(bad[i], out));
	assert_false(date_parse(NULL, out));
}

static void
parse_takes_iso_8601(void **state)
{
	(void)state;
	check_iso("2024-01-15", false, "2024-01-15T00:00:00");
	check_iso("2024-01-15 10:30", false, "2024-01-15T10:30:00");
	check_iso("2024-01-15T10:30:05", false, "2024-01-15T10:30:05");
	check_iso("2024-01-15T10:30:05.5", false, "2024-01-15T10:30:05.500000");
	check_iso("2024-01-15T10:30:05.123456789", false, "2024-01-15T10:30:05.123456");
	check_iso("2024-01-15T10:30Z", false, "2024-01-15T10:30:00");
	check_iso("2024-01-15T10:30:00+02:00", false, "2024-01-15T08:30:00");
	check_iso("2024-01-15T10:30:00-0530", false, "2024-01-15T16:00:00");
	check_iso("2024-01-01T00:30:00+01", false, "2023-12-31T23:30:00");
	check_iso("0001-01-01T00:00:00", false, "0001-01-01T00:00:00");
	check_iso("9999-12-31T23:59:59.999999", false, "9999-12-31T23:59:59.999999");
	check_iso("1969-12-31T23:59:59.999999", false, "1969-12-31T23:59:59.999999");
}

static void
parse_refuses_the_rest(void **state)
{
	static const char *const bad[] = { "", "2024-01-15T", "2024-01-15T10",
		"2024-01-15T10:3", "2024-01-15T24:00", "2024-01-15T10:60",
		"2024-01-15T10:30:60", "2024-01-15T10:30:", "2024-01-15T10:30:00.",
		"2024-01-15T10:30:00.1234567890", "2024-01-15T10:30:00 Z",
		"2024-01-15T10:30:00Zx", "2024-01-15T10:30:00+2",
		"2024-01-15T10:30:00+24:00", "2024-01-15T10:30:00+02:60",
		"2024-01-15T10:30:00+02:", "2024-01-15Z", "2024-02-30T10:30", "x",
		"2024-01-15_10:30", "2024-01-15T10:30:00\n",
		"0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01" };
	int64_t moment = 42;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(moment_parse(bad[i], false, &moment));
	assert_false(moment_parse(NULL, false, &moment));
	assert_true(moment == 42);
}

static void
has_zone_sees_only_a_zone(void **state)
{
	(void)state;
	assert_true(moment_has_zone("2024-01-15T10:30Z"));
	assert_true(moment_has_zone("2024-01-15T10:30:00.1-05:00"));
	assert_false(moment_has_zone("2024-01-15T10:30"));
	assert_false(moment_has_zone("2024-01-15"));
	assert_false(moment_has_zone("Z"));
}

static void
check_reprint(const char *stored, const char *expected)
{
	size_t n = strlen(stored);
	char *copy = malloc(n ? n : 1);
	char iso[ISO_SIZE];

	assert_non_null(copy);
	memcpy(copy, stored, n);
	assert_int_equal(moment_reprint(copy, n, iso), strlen(expected));
	assert_int_equal(memcmp(iso, expected, strlen(expected)), 0);
	free(copy);
}

static void
reprint_turns_stored_into_iso(void **state)
{
	(void)state;
	check_reprint("2024-01-15 10:30:00.123456", "2024-01-15T10:30:00.123456");
	check_reprint("2024-01-15 10:30:00.000000", "2024-01-15T10:30:00");
	check_reprint("2024-01-15 10:30:00", "2024-01-15T10:30:00");
	check_reprint("2024-01-15 10:30:00.5", "2024-01-15T10:30:00.500000");
	check_reprint("2024-01-15T10:30:00.100000", "2024-01-15T10:30:00.100000");
	check_reprint("2024-02-29 00:00:00.000001", "2024-02-29T00:00:00.000001");
	check_reprint("2023-02-29 00:00:00.000000", "");
	check_reprint("2024-01-31 23:59:59.000000", "2024-01-31T23:59:59");
	check_reprint("2024-04-31 10:30:00.000000", "");
	check_reprint("0000-01-15 10:30:00.000000", "");
	check_reprint("2024-00-15 10:30:00.000000", "");
	check_reprint("2024-13-15 10:30:00.000000", "");
	check_reprint("2024-01-00 10:30:00.000000", "");
	check_reprint("2024-01-15 24:30:00.000000", "");
	check_reprint("2024-01-15 10:60:00.000000", "");
	check_reprint("2024-01-15 10:30:60.000000", "");
	check_reprint("2024-01-15 10:30:00.00000:", "");
	check_reprint("2024-01-1/ 10:30:00.000000", "");
	check_reprint("2024:01-15 10:30:00.000000", "");
	check_reprint("2024-01-15x10:30:00.000000", "");
	check_reprint("2024-01-15 10:30:00,000000", "2024-01-15T10:30:00");
	check_reprint("2024-01-15", "");
	check_reprint("", "");
	check_reprint("2024-02-30 10:30:00", "");
	check_reprint("2024-01-15 25:30:00", "");
	check_reprint("2024-01-15 10:30:00.", "");
	check_reprint("2024-01-15 10:30:00.1234567", "");
	check_reprint("2024-01-15 10:30:00x", "");
	check_reprint("2024-01-15\"10:30:00", "");
}

static void
load_takes_only_the_stored_form(void **state)
{
	int64_t moment = 0;

	(void)state;
	assert_true(moment_load("1970-01-01 00:00:01.000002", &moment));
	assert_true(moment == 1000002);
	assert_true(moment_load("1970-01-01 00:00:01", &moment));
	assert_false(moment_load("1970-01-01 00:00", &moment));
	assert_false(moment_load("1970-01-01 00:00:01Z", &moment));
	assert_false(moment_load("1970-01-01", &moment));
	assert_false(moment_load(NULL, &moment));
}

static void
store_holds_at_the_edges(void **state)
{
	char out[MOMENT_SIZE];

	(void)state;
	moment_store(0, out);
	assert_string_equal(out, "1970-01-01 00:00:00.000000");
	moment_store(-1, out);
	assert_string_equal(out, "1969-12-31 23:59:59.999999");
	moment_store(INT64_MAX, out);
	assert_string_equal(out, "9999-12-31 23:59:59.999999");
	moment_store(INT64_MIN, out);
	assert_string_equal(out, "0001-01-01 00:00:00.000000");
}

static void
add_crosses_months_and_stops_at_the_edges(void **state)
{
	char out[DATE_SIZE];

	(void)state;
	date_add("2024-02-28", 2, out);
	assert_string_equal(out, "2024-03-01");
	date_add("2024-01-01", -1, out);
	assert_string_equal(out, "2023-12-31");
	date_add("2024-01-01", INT32_MAX, out);
	assert_string_equal(out, "9999-12-31");
	date_add("2024-01-01", INT32_MIN, out);
	assert_string_equal(out, "0001-01-01");
}

static void
a_wall_clock_is_of_the_facility(void **state)
{
	(void)state;
	/* Without a zone of our own any zone of the input is dropped. */
	check_iso("2024-01-15T10:30:00Z", true, "2024-01-15T10:30:00");
	check_iso("2024-01-15T10:30:00+09:00", true, "2024-01-15T10:30:00");
	assert_true(moment_zone("Europe/Berlin"));
	assert_string_equal(moment_zone_name(), "Europe/Berlin");
	check_iso("2024-01-15T10:30:00Z", true, "2024-01-15T09:30:00");
	check_iso("2024-07-15T10:30:00", true, "2024-07-15T08:30:00");
	check_iso("2024-07-15T10:30:00Z", false, "2024-07-15T10:30:00");
	/* Twice 02:30: the first.  No 02:30: as if the clock had not moved. */
	check_iso("2024-10-27T02:30:00", true, "2024-10-27T00:30:00");
	check_iso("2024-10-27T03:00:00", true, "2024-10-27T02:00:00");
	check_iso("2024-03-31T01:59:00", true, "2024-03-31T00:59:00");
	check_iso("2024-03-31T02:30:00", true, "2024-03-31T01:30:00");
	check_iso("2024-03-31T03:00:00", true, "2024-03-31T01:00:00");
	assert_true(moment_zone("America/New_York"));
	check_iso("2024-11-03T01:30:00", true, "2024-11-03T05:30:00");
	check_iso("2024-03-10T02:30:00", true, "2024-03-10T07:30:00");
	assert_true(moment_zone("UTC"));
}

static void
the_day_of_a_moment_is_the_facilitys(void **state)
{
	char out[DATE_SIZE];

	(void)state;
	date_of(parse("2024-01-15T23:30:00Z", false), out);
	assert_string_equal(out, "2024-01-15");
	assert_true(moment_zone("Asia/Tokyo"));
	assert_int_equal(moment_offset(0), 9 * 3600);
	date_of(parse("2024-01-15T23:30:00Z", false), out);
	assert_string_equal(out, "2024-01-16");
	date_of(INT64_MAX, out);
	assert_string_equal(out, "9999-12-31");
	date_today(out);
	assert_true(date_valid(out));
	assert_true(moment_zone("UTC"));
}

static void
an_unknown_zone_changes_nothing(void **state)
{
	static const char *const bad[] = {
		"", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "zone.tab",
		"Europe", "UTC0", "Europe/Berlin\n",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	};

	(void)state;
	assert_true(moment_zone("Asia/Tokyo"));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(moment_zone(bad[i]));
	assert_false(moment_zone(NULL));
	assert_string_equal(moment_zone_name(), "Asia/Tokyo");
	assert_int_equal(moment_offset(0), 9 * 3600);
	assert_true(moment_zone("UTC"));
}

static void
clocks_go_forward(void **state)
{
	int64_t before = moment_monotonic();

	(void)state;
	assert_true(moment_monotonic() >= before);
	assert_true(moment_now() > parse("2024-01-01", false));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_calendar_agrees_with_the_c_library),
		cmocka_unit_test(every_day_counts_one),
		cmocka_unit_test(dates_must_exist),
		cmocka_unit_test(a_date_may_come_as_midnight_only),
		cmocka_unit_test(parse_takes_iso_8601),
		cmocka_unit_test(parse_refuses_the_rest),
		cmocka_unit_test(has_zone_sees_only_a_zone),
		cmocka_unit_test(reprint_turns_stored_into_iso),
		cmocka_unit_test(load_takes_only_the_stored_form),
		cmocka_unit_test(store_holds_at_the_edges),
		cmocka_unit_test(add_crosses_months_and_stops_at_the_edges),
		cmocka_unit_test(a_wall_clock_is_of_the_facility),
		cmocka_unit_test(the_day_of_a_moment_is_the_facilitys),
		cmocka_unit_test(an_unknown_zone_changes_nothing),
		cmocka_unit_test(clocks_go_forward),
	};

	return cmocka_run_group_tests(tests, use_utc, NULL);
}
