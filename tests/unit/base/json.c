/*
 * json - what we write jansson reads back the same; what we refuse, and why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static void
commas_fall_into_place(void **state)
{
	struct text out = { 0 };

	(void)state;
	json_open(&out, '{');
	json_put_text(&out, "a", "x");
	json_put_text(&out, "b", NULL);
	json_key(&out, "c");
	json_open(&out, '[');
	json_open(&out, '[');
	json_close(&out, ']');
	json_open(&out, '{');
	json_close(&out, '}');
	json_whole(&out, -5);
	json_text(&out, "");
	json_text(&out, "[");
	json_text(&out, "{");
	json_text(&out, ":,");
	json_close(&out, ']');
	json_put_bool(&out, "d", true);
	json_put_nothing(&out, "e");
	json_put_raw(&out, "f", "{\"x\":1}\n");
	json_put_raw(&out, "g", " ");
	json_put_whole(&out, "h", 0);
	json_put_number(&out, "i", 1);
	json_close(&out, '}');
	assert_string_equal(text_string(&out),
		"{\"a\":\"x\",\"b\":null,\"c\":[[],{},-5,\"\",\"[\",\"{\",\":,\"],"
		"\"d\":true,\"e\":null,\"f\":{\"x\":1},\"g\":null,\"h\":0,\"i\":1.0}");
	text_close(&out);
}

static void
only_what_must_be_is_escaped(void **state)
{
	struct text out = { 0 };

	(void)state;
	json_text(&out, "\"\\/\b\f\n\r\t\x01\x1F\x7F\u00E9\U0001F600'<");
	assert_string_equal(text_string(&out),
		"\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\u00E9\U0001F600'<\"");
	text_close(&out);
	json_bytes(&out, "a\0b", 3);
	assert_string_equal(text_string(&out), "\"a\\u0000b\"");
	text_close(&out);
}

/* Every byte at every place of the eight that are looked at together. */
static void
every_byte_reads_back_at_every_place(void **state)
{
	(void)state;
	for (int c = 1; c < 128; c++) {
		for (size_t place = 0; place < 20; place++) {
			char string[21] = "abcdefghijklmnopqrst";
			struct text out = { 0 };
			struct json_trouble trouble;
			json_t *value;

			string[place] = (char)c;
			json_text(&out, string);
			value = json_read(out.at, out.len, &trouble);
			assert_non_null(value);
			assert_string_equal(json_string_value(value), string);
			json_decref(value);
			text_close(&out);
		}
	}
}

static void
check_number(double number, const char *expected)
{
	struct text out = { 0 };

	json_number(&out, number);
	assert_string_equal(text_string(&out), expected);
	text_close(&out);
}

static void
numbers_are_the_shortest_with_a_point(void **state)
{
	(void)state;
	check_number(70, "70.0");
	check_number(0, "0.0");
	check_number(-0.0, "-0.0");
	check_number(98.6, "98.6");
	check_number(-0.5, "-0.5");
	check_number(0.001, "0.001");
	check_number(0.0001, "0.0001");
	check_number(0.1, "0.1");
	check_number(0.1 + 0.2, "0.30000000000000004");
	check_number(1.0 / 3, "0.3333333333333333");
	check_number(123456.789, "123456.789");
	check_number(999999999.999, "999999999.999");
	check_number(1e9, "1000000000.0");
	check_number(1e22, "1e+22");
	check_number(5e-324, "5e-324");
	check_number(1.7976931348623157e308, "1.7976931348623157e+308");
	check_number((double)NAN, "null");
	check_number((double)INFINITY, "null");
	check_number((double)-INFINITY, "null");
}

static void
check_round_trip(double number)
{
	struct text out = { 0 };
	const char *text;
	char shorter[40];
	double back;

	json_number(&out, number);
	text = text_string(&out);
	back = strtod(text, NULL);
	assert_memory_equal(&back, &number, sizeof(number));
	assert_non_null(strpbrk(text, ".e"));
	/* One digit less would be another number. */
	for (int digits = 1; digits <= 17; digits++) {
		size_t ours = 0;
		int n = snprintf(shorter, sizeof(shorter), "%.*e", digits - 1, number);

		assert_true(n > 0);
		back = strtod(shorter, NULL);
		if (memcmp(&back, &number, sizeof(number)) != 0)
			continue;
		/* Zeros at either end are not of the 17 digits. */
		text += strspn(text, "-0.");
		for (; *text && *text != 'e'; text++)
			ours += *text != '.';
		for (text--; ours > 1 && (*text == '0' || *text == '.'); text--)
			ours -= *text == '0';
		assert_true(ours <= (size_t)digits);
		break;
	}
	text_close(&out);
}

static void
numbers_read_back_as_the_same_double(void **state)
{
	uint64_t seed = 88172645463325252U;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		double number;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		memcpy(&number, &seed, sizeof(number));
		if (isfinite(number))
			check_round_trip(number);
		check_round_trip((double)(int64_t)(seed >> 24) / 1000.0);
		check_round_trip((double)(int64_t)(seed >> 40) / 100000.0);
	}
}

static void
whole_numbers_reach_both_ends(void **state)
{
	struct text out = { 0 };

	(void)state;
	json_open(&out, '[');
	json_whole(&out, INT64_MIN);
	json_whole(&out, INT64_MAX);
	json_whole(&out, 0);
	assert_string_equal(text_string(&out),
		"[-9223372036854775808,9223372036854775807,0");
	text_close(&out);
}

static void
read_takes_any_value(void **state)
{
	static const char *const good[] = { "null", " 1 ", "\"x\"", "[]",
		"{\"a\":[1,2.5,true]}", "9223372036854775807", "1e308",
		"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"" };
	struct json_trouble trouble;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		json_t *value = json_read(good[i], strlen(good[i]), &trouble);

		assert_non_null(value);
		json_decref(value);
	}
}

static void
refuse(const char *json, size_t n, const char *text, const char *member)
{
	struct json_trouble trouble;
	char *copy = malloc(n ? n : 1);

	assert_non_null(copy);
	/* A copy of exactly n bytes shows a reading beyond them. */
	memcpy(copy, json, n);
	assert_null(json_read(copy, n, &trouble));
	assert_string_equal(trouble.text, text);
	assert_string_equal(trouble.member, member);
	assert_true(trouble.position <= n);
	free(copy);
}

static void
refuse_text(const char *json, const char *text, const char *member)
{
	refuse(json, strlen(json), text, member);
}

static void
read_refuses_with_a_reason(void **state)
{
	(void)state;
	refuse_text("", "There is no JSON.", "");
	refuse_text("{", "The JSON ends too early.", "");
	refuse_text("{\"a", "The JSON ends too early.", "");
	refuse_text("{\"a\":\"\\", "This is not valid JSON.", "");
	refuse_text("[1,]", "This is not valid JSON.", "");
	refuse_text("{'a':1}", "This is not valid JSON.", "");
	refuse_text("NaN", "This is not valid JSON.", "");
	refuse_text("[1]x", "There is something behind the end of the JSON.", "");
	refuse_text("\"\xFF\"", "The JSON is not valid UTF-8.", "");
	refuse_text("\"\xED\xA0\x80\"", "The JSON is not valid UTF-8.", "");
	refuse("\"a\0b\"", 5, "The JSON holds a NUL byte.", "");
	refuse("1\0", 2, "The JSON holds a NUL byte.", "");
	refuse_text("{\"q\":\"\\u0000\"}", "A text holds a NUL character.", "q");
	refuse_text("{\"a\":1,\"b\":2,\"a\":3}", "A member is there twice.", "a");
}

static void
a_number_out_of_range_names_its_member(void **state)
{
	static const char reason[] = "A number is out of range.";

	(void)state;
	refuse_text("1e999", reason, "");
	refuse_text("[1e999]", reason, "");
	refuse_text("{\"a\":1,\"weight\":1e999}", reason, "weight");
	refuse_text("{\"n\" : 9223372036854775808 }", reason, "n");
	refuse_text("{\"a\":{\"b\":[1,{\"x\":\"}\\\"\"},-1e999]}}", reason, "b");
	refuse_text("{\"a\":{\"b\":2},\"c\":[[{\"d\":\"]\"}],1e999]}", reason, "c");
	refuse_text("{\"a\\u0062\":1e999}", reason, "");
	/* A long name is cut between two characters. */
	refuse_text(
		"{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u00E9"
		"\":1e999}",
		reason,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}

static void
nesting_ends_at_32(void **state)
{
	char json[67];
	struct json_trouble trouble;
	json_t *value;

	(void)state;
	memset(json, '[', 33);
	memset(json + 33, ']', 33);
	value = json_read(json + 1, 64, &trouble);
	assert_non_null(value);
	json_decref(value);
	assert_null(json_read(json, 66, &trouble));
	assert_string_equal(trouble.text, "The JSON is nested too deeply.");
	assert_int_equal(trouble.position, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_fall_into_place),
		cmocka_unit_test(only_what_must_be_is_escaped),
		cmocka_unit_test(every_byte_reads_back_at_every_place),
		cmocka_unit_test(numbers_are_the_shortest_with_a_point),
		cmocka_unit_test(numbers_read_back_as_the_same_double),
		cmocka_unit_test(whole_numbers_reach_both_ends),
		cmocka_unit_test(read_takes_any_value),
		cmocka_unit_test(read_refuses_with_a_reason),
		cmocka_unit_test(a_number_out_of_range_names_its_member),
		cmocka_unit_test(nesting_ends_at_32),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
