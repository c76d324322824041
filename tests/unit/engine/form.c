/*
 * What form.h promises: every limit is taken just at and refused just beyond.
 */
#include "fake.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "engine/form.h"
#include "engine/print.h"
#include "engine/shape.h"

static const struct choice words[] = {
	{ "yes", "Yes", NULL }, { "on-hold", "On hold", "onHold" }, { 0 }
};

static struct arena *arena;
static struct work w;

static int
start(void **state)
{
	(void)state;
	arena = arena_open(16u << 20);
	w = work_new(arena, NULL);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static json_t *
json_of(const char *text)
{
	struct json_trouble trouble;
	json_t *json = json_read(text, strlen(text), &trouble);

	assert_non_null(json);
	return json;
}

/* The value printed; NULL when it is refused, with exactly one problem. */
static const char *
read_as(const struct field *f, const char *text)
{
	struct text out CLEANUP(text_close) = { 0 };
	struct value value = { 0 };
	json_t *json = json_of(text);
	bool good;

	w.problems = (struct problems){ .arena = arena };
	good = form_value(&w, f, json, &value);
	json_decref(json);
	assert_int_equal(w.problems.n, good ? 0 : 1);
	if (!good) {
		assert_string_equal(w.problems.first->field, f->name);
		return NULL;
	}
	print_value(f, &value, &out);
	return arena_copy(arena, out.at, out.len);
}

static void
takes(const struct field *f, const char *text, const char *want)
{
	const char *got = read_as(f, text);

	if (!got)
		broken("%s refused: %s\n", text, w.problems.first->text);
	assert_string_equal(got, want);
}

static void
refuses(const struct field *f, const char *text)
{
	const char *got = read_as(f, text);

	if (got)
		broken("%s taken as %s\n", text, got);
}

#define FIELD(kind, ...) &(const struct field){ .name = "x", .label = "X", .type = kind, __VA_ARGS__ }

static void
text_is_measured_in_letters(void **state)
{
	const struct field *f = FIELD(TYPE_TEXT, .min = 2, .max = 5);

	(void)state;
	refuses(f, "\"a\"");
	takes(f, "\"ab\"", "\"ab\"");
	takes(f, "\"abcde\"", "\"abcde\"");
	refuses(f, "\"abcdef\"");
	takes(f, "\"ééééé\"", "\"ééééé\"");
	refuses(f, "\"éééééé\"");
	takes(FIELD(TYPE_NOTE, .size = 3), "\"abc\"", "\"abc\"");
	refuses(FIELD(TYPE_NOTE, .size = 3), "\"abcd\"");
	refuses(f, "7");
	refuses(f, "[\"ab\"]");
}

static void
text_is_trimmed_folded_and_shaped_as_declared(void **state)
{
	(void)state;
	takes(FIELD(TYPE_TEXT, .trim = true, .max = 2), "\"  ab \"", "\"ab\"");
	takes(FIELD(TYPE_TEXT), "\"  ab \"", "\"  ab \"");
	takes(FIELD(TYPE_TEXT, .blank_null = true), "\"  \"", "null");
	takes(FIELD(TYPE_TEXT, .fold = LOWER), "\"ÄB\"", "\"äb\"");
	takes(FIELD(TYPE_TEXT, .fold = UPPER), "\"äb\"", "\"ÄB\"");
	takes(FIELD(TYPE_TEXT, .shape = shape_zip), "\"12345-6789\"", "\"12345-6789\"");
	refuses(FIELD(TYPE_TEXT, .shape = shape_zip), "\"1234\"");
}

static void
whole_numbers_end_where_declared(void **state)
{
	const struct field *f = FIELD(TYPE_WHOLE, .min = 1, .max = 10);

	(void)state;
	refuses(f, "0");
	takes(f, "1", "1");
	takes(f, "10", "10");
	refuses(f, "11");
	takes(f, "\"7\"", "7");
	takes(f, "7.0", "7");
	refuses(f, "7.5");
	refuses(f, "true");
	refuses(f, "\"7x\"");
	refuses(FIELD(TYPE_WHOLE, .from_zero = true), "-1");
	takes(FIELD(TYPE_WHOLE, .from_zero = true), "0", "0");
	takes(FIELD(TYPE_WHOLE, .min = -5, .max = 5), "-5", "-5");
	refuses(FIELD(TYPE_WHOLE, .min = -5, .max = 5), "-6");
	refuses(FIELD(TYPE_WHOLE, .min_open = true, .max = 5), "0");
	takes(FIELD(TYPE_WHOLE, .min_open = true, .max = 5), "1", "1");
}

static void
whole_numbers_have_32_bits_unless_wide(void **state)
{
	(void)state;
	takes(FIELD(TYPE_WHOLE), "2147483647", "2147483647");
	refuses(FIELD(TYPE_WHOLE), "2147483648");
	takes(FIELD(TYPE_WHOLE), "-2147483648", "-2147483648");
	refuses(FIELD(TYPE_WHOLE), "-2147483649");
	takes(FIELD(TYPE_WHOLE, .wide = true), "9223372036854775807", "9223372036854775807");
	refuses(FIELD(TYPE_WHOLE, .wide = true), "1e300");
}

static void
numbers_end_where_declared_and_are_rounded(void **state)
{
	const struct field *f = FIELD(TYPE_NUMBER, .min_open = true, .max = 2.5);

	(void)state;
	refuses(f, "0");
	takes(f, "0.001", "0.001");
	takes(f, "2.5", "2.5");
	refuses(f, "2.5000001");
	takes(FIELD(TYPE_NUMBER, .decimals = 2), "1.23456", "1.23");
	takes(FIELD(TYPE_NUMBER, .decimals = -1), "1.6", "2.0");
	takes(FIELD(TYPE_NUMBER), "\" 1.5 \"", "1.5");
	takes(FIELD(TYPE_NUMBER), "3", "3.0");
	refuses(FIELD(TYPE_NUMBER), "\"nan\"");
	refuses(FIELD(TYPE_NUMBER), "\"0x10\"");
	refuses(FIELD(TYPE_NUMBER), "\"1e999\"");
	refuses(FIELD(TYPE_NUMBER), "\"\"");
	takes(FIELD(TYPE_NUMBER, .blank_null = true), "\"\"", "null");
	refuses(FIELD(TYPE_NUMBER), "true");
}

static void
flags_know_the_usual_words(void **state)
{
	const struct field *f = FIELD(TYPE_BOOL);

	(void)state;
	takes(f, "true", "true");
	takes(f, "0", "false");
	takes(f, "\"Yes\"", "true");
	takes(f, "\"off\"", "false");
	refuses(f, "2");
	refuses(f, "\"maybe\"");
	refuses(f, "1.0");
}

static void
days_exist_and_may_have_to_be_past(void **state)
{
	const struct field *f = FIELD(TYPE_DATE), *past = FIELD(TYPE_DATE, .past = true);
	char today[DATE_SIZE], tomorrow[DATE_SIZE];

	(void)state;
	takes(f, "\"2024-02-29\"", "\"2024-02-29\"");
	refuses(f, "\"2023-02-29\"");
	refuses(f, "\"2024-13-01\"");
	takes(f, "\"2024-02-29T00:00:00\"", "\"2024-02-29\"");
	refuses(f, "\"2024-02-29T00:00:01\"");
	refuses(FIELD(TYPE_DATE, .strict_date = true), "\"2024-02-29T00:00:00\"");
	refuses(f, "20240229");
	date_of(w.now, today);
	date_add(today, 1, tomorrow);
	takes(past, arena_printf(arena, "\"%s\"", today), arena_printf(arena, "\"%s\"", today));
	refuses(past, arena_printf(arena, "\"%s\"", tomorrow));
}

static void
moments_are_kept_in_utc(void **state)
{
	const struct field *f = FIELD(TYPE_MOMENT), *past = FIELD(TYPE_MOMENT, .past = true);
	char iso[ISO_SIZE];

	(void)state;
	takes(f, "\"2024-02-29T12:00:00+02:00\"", "\"2024-02-29T10:00:00\"");
	takes(f, "\"2024-02-29 12:00:00.5\"", "\"2024-02-29T12:00:00.500000\"");
	refuses(f, "\"2024-02-30T12:00:00\"");
	refuses(f, "\"noon\"");
	moment_iso(w.now, iso);
	takes(past, arena_printf(arena, "\"%s\"", iso), arena_printf(arena, "\"%s\"", iso));
	moment_iso(w.now + 1000000, iso);
	refuses(past, arena_printf(arena, "\"%s\"", iso));
}

static void
choices_are_known_in_both_spellings(void **state)
{
	const struct field *f = FIELD(TYPE_CHOICE, .choices = words);
	const struct field *exact = FIELD(TYPE_CHOICE, .choices = words, .exact = true);

	(void)state;
	takes(f, "\" YES \"", "\"yes\"");
	takes(f, "\"on-hold\"", "\"onHold\"");
	takes(f, "\"onHold\"", "\"onHold\"");
	refuses(f, "\"no\"");
	refuses(f, "1");
	takes(exact, "\"yes\"", "\"yes\"");
	refuses(exact, "\"Yes\"");
	takes(FIELD(TYPE_CHOICE, .choices = words, .blank_null = true), "\"\"", "null");
}

static void
references_are_ids(void **state)
{
	const struct field *f = FIELD(TYPE_REF);

	(void)state;
	takes(f, "1", "1");
	takes(f, "2147483647", "2147483647");
	refuses(f, "2147483648");
	refuses(f, "0");
	refuses(f, "-1");
	refuses(f, "\"x\"");
}

/* ["t0","t1",...] of n tags, the last of them `long_` letters long. */
static const char *
tags(int n, int long_)
{
	struct text out CLEANUP(text_close) = { 0 };

	text_add(&out, "[");
	for (int i = 0; i < n - 1; i++)
		text_printf(&out, "\"t%d\",", i);
	text_printf(&out, "\"%0*d\"]", long_, 1);
	return arena_copy(arena, out.at, out.len);
}

static void
tags_are_few_short_and_alike(void **state)
{
	const struct field *f = FIELD(TYPE_LIST, .initial = "[]");

	(void)state;
	assert_non_null(read_as(f, tags(15, 50)));
	refuses(f, tags(16, 1));
	refuses(f, tags(1, 51));
	takes(f, "[\" Heart Care \",\"heart-care\",\"\"]", "[\"heart-care\"]");
	refuses(f, "[1]");
	refuses(f, "\"a\"");
}

static void
json_is_kept_as_given(void **state)
{
	const struct field *f = FIELD(TYPE_JSON);

	(void)state;
	takes(f, "{\"a\": [1, 2.5, null]}", "{\"a\":[1,2.5,null]}");
	takes(f, "[]", "[]");
	refuses(f, "\"a\"");
	refuses(f, "1");
}

static void
breaches_speak_as_declared(void **state)
{
	(void)state;
	refuses(FIELD(TYPE_WHOLE, .max = 5, .says = "Own words"), "6");
	assert_string_equal(w.problems.first->text, "Own words");
	assert_string_equal(w.problems.first->kind, "value_error");
	refuses(FIELD(TYPE_WHOLE, .min = 1, .max = 5, .spoken = true, .unit = "kg"), "6");
	assert_string_equal(w.problems.first->text, "X must be between 1 and 5 kg");
	refuses(FIELD(TYPE_WHOLE, .max = 5), "6");
	assert_string_equal(w.problems.first->kind, "less_than_equal");
}

/* ---- whole objects ---- */

static struct row *
read_note(const char *text, bool update)
{
	struct row *row = row_new(arena, &fake_notes);
	json_t *json = json_of(text);

	w.problems = (struct problems){ .arena = arena };
	form_read(&w, json, update, row);
	json_decref(json);
	return row;
}

static bool
reported(const char *field)
{
	for (const struct problem *p = w.problems.first; p; p = p->next)
		if (strcmp(p->field, field) == 0)
			return true;
	return false;
}

static void
all_problems_come_at_once(void **state)
{
	static const char *const fields[] = { "patient_id", "title", "score", "done", "day", "kind",
		"tags" };

	(void)state;
	(void)read_note("{\"title\":\"x\",\"score\":99,\"done\":\"perhaps\",\"day\":\"soon\","
			"\"kind\":\"odd\",\"tags\":3}", false);
	assert_int_equal(w.problems.n, COUNT(fields));
	for (size_t i = 0; i < COUNT(fields); i++)
		assert_true(reported(fields[i]));
}

static void
a_create_takes_defaults_and_ignores_strangers(void **state)
{
	struct row *row = read_note("{\"patient_id\":1,\"title\":\"ab\",\"id\":9,\"odd\":1}", false);

	(void)state;
	assert_int_equal(w.problems.n, 0);
	assert_int_equal(row->id, 0);
	assert_string_equal(row_text(row, NOTE_KIND), "plain");
	assert_string_equal(row_text(row, NOTE_TAGS), "[]");
	assert_true(row_has(row, NOTE_DONE) && !row_bool(row, NOTE_DONE));
	assert_true(row_sent(row, NOTE_TITLE) && !row_sent(row, NOTE_KIND));
}

static void
an_update_may_leave_out_but_not_empty_what_is_required(void **state)
{
	struct row *row = read_note("{\"patient_id\":7,\"score\":null}", true);

	(void)state;
	assert_int_equal(w.problems.n, 0);
	assert_false(row_sent(row, NOTE_PATIENT)); /* only at a create */
	assert_true(row_sent(row, NOTE_SCORE) && !row_has(row, NOTE_SCORE));
	assert_false(row_sent(row, NOTE_TITLE));
	(void)read_note("{\"title\":null}", true);
	assert_true(reported("title"));
}

static void
what_is_no_object_is_one_problem(void **state)
{
	(void)state;
	(void)read_note("[1]", false);
	assert_int_equal(w.problems.n, 1);
	assert_string_equal(w.problems.first->kind, "model_attributes_type");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_measured_in_letters),
		cmocka_unit_test(text_is_trimmed_folded_and_shaped_as_declared),
		cmocka_unit_test(whole_numbers_end_where_declared),
		cmocka_unit_test(whole_numbers_have_32_bits_unless_wide),
		cmocka_unit_test(numbers_end_where_declared_and_are_rounded),
		cmocka_unit_test(flags_know_the_usual_words),
		cmocka_unit_test(days_exist_and_may_have_to_be_past),
		cmocka_unit_test(moments_are_kept_in_utc),
		cmocka_unit_test(choices_are_known_in_both_spellings),
		cmocka_unit_test(references_are_ids),
		cmocka_unit_test(tags_are_few_short_and_alike),
		cmocka_unit_test(json_is_kept_as_given),
		cmocka_unit_test(breaches_speak_as_declared),
		cmocka_unit_test(all_problems_come_at_once),
		cmocka_unit_test(a_create_takes_defaults_and_ignores_strangers),
		cmocka_unit_test(an_update_may_leave_out_but_not_empty_what_is_required),
		cmocka_unit_test(what_is_no_object_is_one_problem),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
