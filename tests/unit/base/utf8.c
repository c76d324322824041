/*
 * utf8 - names and words as people of many languages type them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_open(1024 * 1024);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void
valid_takes_every_length_of_character(void **state)
{
	static const char *const good[] = { "", "a", "abcdefghijklmnop", "\xC2\x80",
		"\u07FF", "\u0800", "\uFFFF", "\U00010000", "\U0010FFFF", "\uD7FF",
		"\uE000", "abcdefgh\u00E9ijklmnopq\u20AC" };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(utf8_valid(good[i], strlen(good[i])));
	assert_true(utf8_valid(NULL, 0));
}

static void
valid_refuses_what_is_no_utf8(void **state)
{
	static const char *const bad[] = { "\x80", "\xBF", "\xC0\x80", "\xC1\xBF",
		"\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82",
		"\xF0\x9F\x98", "\xC3(", "\xE2(\xA1", "\xE2\x82(",
		"abcdefgh\xFFxxxxxxx" };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(utf8_valid(bad[i], strlen(bad[i])));
	assert_false(utf8_valid("a\0b", 3));
	assert_false(utf8_valid("", 1));
	/* Must not look behind the n bytes. */
	assert_false(utf8_valid("\u20AC", 2));
}

static void
length_counts_code_points(void **state)
{
	(void)state;
	assert_int_equal(utf8_length("", 0), 0);
	assert_int_equal(utf8_length("abc", 3), 3);
	assert_int_equal(utf8_length("h\u00E9llo w\u00F6rld", 13), 11);
	assert_int_equal(utf8_length("\U0001F600\u20AC", 7), 2);
}

static void
trim_removes_all_white_space_of_unicode(void **state)
{
	(void)state;
	assert_string_equal(text_trim(arena, "  a b \t\r\n"), "a b");
	assert_string_equal(text_trim(arena,
				    "\u00A0\u2003\u3000\u00E9 x\u2028\xC2\x85"),
		"\u00E9 x");
	assert_string_equal(text_trim(arena, " \u00A0 "), "");
	assert_string_equal(text_trim(arena, ""), "");
	/* A zero width space is not White_Space. */
	assert_string_equal(text_trim(arena, "\u200Ba"), "\u200Ba");
	assert_null(text_trim(arena, NULL));
}

static void
case_follows_unicode(void **state)
{
	(void)state;
	assert_string_equal(text_lower(arena, "ABC xyz@[1"), "abc xyz@[1");
	assert_string_equal(text_upper(arena, "ABC xyz`{1"), "ABC XYZ`{1");
	assert_string_equal(text_lower(arena, "\u00C9\u0416"), "\u00E9\u0436");
	assert_string_equal(text_upper(arena, "stra\u00DFe"), "STRASSE");
	assert_string_equal(text_upper(arena, "\u0390"), "\u0399\u0308\u0301");
	assert_string_equal(text_lower(arena, "\u0130"), "i\u0307");
	/* The sigma that ends a word, and those that do not. */
	assert_string_equal(text_lower(arena, "\u039F\u03A3 \u03A3\u0391"),
		"\u03BF\u03C2 \u03C3\u03B1");
}

static void
broken_bytes_pass_unchanged(void **state)
{
	(void)state;
	assert_string_equal(text_lower(arena, "A\xFF"
					      "B"),
		"a\xFF"
		"b");
	assert_string_equal(text_upper(arena, "a\xC3"), "A\xC3");
	assert_string_equal(text_title(arena, "a\xE2\x82 b"), "A\xE2\x82 B");
	assert_string_equal(text_fold(arena, "A\xFF"), "a\xFF");
	assert_string_equal(text_trim(arena, " \xFF\x80 "), "\xFF\x80");
}

static void
title_mends_only_what_is_all_one_case(void **state)
{
	(void)state;
	assert_string_equal(text_title(arena, "anna maria"), "Anna Maria");
	assert_string_equal(text_title(arena, "ANNA MARIA"), "Anna Maria");
	assert_string_equal(text_title(arena, "McDonald"), "McDonald");
	assert_string_equal(text_title(arena, "van der Berg"), "van der Berg");
	assert_string_equal(text_title(arena, "smith-jones"), "Smith-Jones");
	assert_string_equal(text_title(arena, "o'brien"), "O'Brien");
	assert_string_equal(text_title(arena, "D\u2019ANGELO"), "D\u2019Angelo");
	assert_string_equal(text_title(arena, "joe's"), "Joe's");
	assert_string_equal(text_title(arena, "\u00E9mile zola"), "\u00C9mile Zola");
	assert_string_equal(text_title(arena, "jose\u0301 d."), "Jose\u0301 D.");
	assert_string_equal(text_title(arena, "x"), "X");
	assert_string_equal(text_title(arena, "12 \u674E"), "12 \u674E");
	assert_string_equal(text_title(arena, ""), "");
}

static void
fold_finds_what_sounds_the_same(void **state)
{
	(void)state;
	assert_string_equal(text_fold(arena, "Garcia"), "garcia");
	assert_string_equal(text_fold(arena, "Garc\u00EDa"), "garcia");
	assert_string_equal(text_fold(arena, "Garci\u0301a"), "garcia");
	assert_string_equal(text_fold(arena, "STRA\u00DFE"), "strasse");
	assert_string_equal(text_fold(arena, "\uFF21\uFB01"), "afi");
}

static void
digits_drop_everything_else(void **state)
{
	(void)state;
	assert_string_equal(text_digits(arena, "+1 (555) 010-2345"), "15550102345");
	assert_string_equal(text_digits(arena, "\u0661x"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_takes_every_length_of_character),
		cmocka_unit_test(valid_refuses_what_is_no_utf8),
		cmocka_unit_test(length_counts_code_points),
		cmocka_unit_test(trim_removes_all_white_space_of_unicode),
		cmocka_unit_test(case_follows_unicode),
		cmocka_unit_test(broken_bytes_pass_unchanged),
		cmocka_unit_test(title_mends_only_what_is_all_one_case),
		cmocka_unit_test(fold_finds_what_sounds_the_same),
		cmocka_unit_test(digits_drop_everything_else),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
