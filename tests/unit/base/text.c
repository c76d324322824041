/*
 * text - buffers that grow to their cap, and numbers that must be whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"

static void
a_text_grows_as_needed(void **state)
{
	struct text text = { 0 };

	(void)state;
	assert_string_equal(text_string(&text), "");
	for (int i = 0; i < 10000; i++)
		text_add(&text, "abc");
	text_char(&text, 'd');
	assert_int_equal(text.len, 30001);
	assert_false(text.full);
	assert_int_equal(strlen(text_string(&text)), 30001);
	assert_string_equal(text.at + 29997, "abcd");
	text_close(&text);
	assert_null(text.at);
	assert_int_equal(text.len, 0);
}

static void
past_the_cap_nothing_more_is_written(void **state)
{
	struct text text = { .cap = 5 };

	(void)state;
	text_add(&text, "12345");
	assert_false(text.full);
	assert_string_equal(text_string(&text), "12345");
	text_char(&text, '6');
	assert_true(text.full);
	text_close(&text);

	text_add(&text, "1234");
	assert_false(text.full);
	text_add(&text, "56");
	assert_true(text.full);
	/* It would fit, but would stand behind a hole. */
	text_char(&text, '7');
	assert_string_equal(text_string(&text), "1234");
	assert_false(text_room(&text, 0));
	text_close(&text);
}

static void
the_usual_cap_is_64_mib(void **state)
{
	struct text text = { 0 };

	(void)state;
	assert_true(text_room(&text, 64 * 1024 * 1024));
	assert_false(text_room(&text, 64 * 1024 * 1024 + 1));
	assert_true(text.full);
	text_close(&text);
}

static void
an_absurd_wish_does_not_overflow(void **state)
{
	struct text text = { 0 };

	(void)state;
	text_add(&text, "abc");
	assert_false(text_room(&text, SIZE_MAX));
	assert_true(text.full);
	text_close(&text);
}

static void
printf_writes_short_and_long(void **state)
{
	struct text text = { 0 };

	(void)state;
	text_printf(&text, "%d|", 5);
	assert_string_equal(text_string(&text), "5|");
	text_printf(&text, "%300d", 7);
	assert_int_equal(text.len, 302);
	assert_int_equal(text.at[301], '7');
	text_close(&text);
	text.cap = 299;
	text_printf(&text, "%300d", 7);
	assert_true(text.full);
	assert_int_equal(text.len, 0);
	text_close(&text);
}

static void
same_ignores_the_case_of_ascii_only(void **state)
{
	(void)state;
	assert_true(text_same("Bearer", "bEARER"));
	assert_true(text_same("", ""));
	assert_false(text_same("bear", "bearer"));
	assert_false(text_same("bearer", "bear"));
	assert_false(text_same("@", "`"));
	assert_false(text_same("[", "{"));
	assert_false(text_same("Ä", "ä"));
	assert_false(text_same(NULL, "a"));
}

static void
starts_compares_the_prefix(void **state)
{
	(void)state;
	assert_true(text_starts("Bearer x", "Bearer "));
	assert_true(text_starts("a", ""));
	assert_false(text_starts("Bear", "Bearer"));
	assert_false(text_starts("bearer", "Bear"));
	assert_false(text_starts(NULL, "a"));
}

static void
whole_takes_all_of_a_number(void **state)
{
	int64_t n = 0;

	(void)state;
	assert_true(text_whole("0", 0, 9, &n) && n == 0);
	assert_true(text_whole("+7", 0, 9, &n) && n == 7);
	assert_true(text_whole("-7", -9, 9, &n) && n == -7);
	assert_true(text_whole("0012", 0, 12, &n) && n == 12);
	assert_true(text_whole("9223372036854775807", INT64_MIN, INT64_MAX, &n));
	assert_true(n == INT64_MAX);
	assert_true(text_whole("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
	assert_true(n == INT64_MIN);
}

static void
whole_refuses_the_rest_and_leaves_out_alone(void **state)
{
	static const char *const bad[]
		= { "", "+", "-", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "+-1", "1a",
			  "9223372036854775808", "-9223372036854775809",
			  "99999999999999999999", "101", "-1", "\xD9\xA1" };
	int64_t n = 42;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		int64_t max = strlen(bad[i]) > 10 ? INT64_MAX : 100;

		assert_false(text_whole(bad[i], max == 100 ? 0 : INT64_MIN, max, &n));
	}
	assert_false(text_whole(NULL, 0, 1, &n));
	assert_true(n == 42);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_grows_as_needed),
		cmocka_unit_test(past_the_cap_nothing_more_is_written),
		cmocka_unit_test(the_usual_cap_is_64_mib),
		cmocka_unit_test(an_absurd_wish_does_not_overflow),
		cmocka_unit_test(printf_writes_short_and_long),
		cmocka_unit_test(same_ignores_the_case_of_ascii_only),
		cmocka_unit_test(starts_compares_the_prefix),
		cmocka_unit_test(whole_takes_all_of_a_number),
		cmocka_unit_test(whole_refuses_the_rest_and_leaves_out_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
