/*
 * What store.h promises of rows, references and lists.
 */
#include "fake.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"

#define NOTE_OF(patient, title, more) "{\"patient_id\":" patient ",\"title\":\"" title "\"" more "}"

static enum result
get_from(struct fake *fake, const struct record *rec, int64_t id, struct row **row)
{
	enum result r;

	fake->w.db = store_reader(fake->store);
	assert_int_equal(db_begin_read(fake->w.db), OK);
	r = store_get(&fake->w, rec, id, row);
	db_end_read(fake->w.db);
	fake->w.db = NULL;
	return r;
}

static void
a_row_comes_back_as_it_was_put(void **state)
{
	struct fake *fake = *state;
	struct row *row = NULL;
	int64_t id;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes,
		NOTE_OF("1", "full", ",\"doctor_id\":1,\"trouble_id\":1,\"body\":\"é\\n\","
			"\"score\":10,\"weight\":72.345,\"done\":true,\"day\":\"2024-02-29\","
			"\"at\":\"2024-02-29T10:00:00.25Z\",\"kind\":\"onHold\",\"tags\":[\"a\"],"
			"\"extra\":{\"k\":[1]}"), &id), OK);
	assert_int_equal(get_from(fake, &fake_notes, id, &row), OK);
	assert_int_equal(row->id, id);
	assert_int_equal(row->created, fake->w.now);
	assert_int_equal(row_whole(row, NOTE_DOCTOR), 1);
	assert_string_equal(row_text(row, NOTE_BODY), "é\n");
	assert_int_equal(row_whole(row, NOTE_SCORE), 10);
	assert_true(row_number(row, NOTE_WEIGHT) > 72.3 && row_number(row, NOTE_WEIGHT) < 72.4);
	assert_true(row_bool(row, NOTE_DONE));
	assert_string_equal(row_text(row, NOTE_DAY), "2024-02-29");
	assert_string_equal(row_text(row, NOTE_AT), "2024-02-29 10:00:00.250000");
	assert_string_equal(row_text(row, NOTE_KIND), "on-hold");
	assert_string_equal(row_text(row, NOTE_TAGS), "[\"a\"]");
	assert_string_equal(row_text(row, NOTE_EXTRA), "{\"k\":[1]}");
	assert_false(row_has(row, NOTE_SECRET));
	assert_int_equal(get_from(fake, &fake_notes, id + 1, &row), MISSING);
}

static enum result
rename_note(struct work *w, void *arg)
{
	struct row *row = NULL, *edited;
	enum result r;

	if ((r = store_get(w, &fake_notes, 1, &row)))
		return r;
	edited = row_edit(w->arena, row);
	row_set_text(edited, NOTE_TITLE, arg);
	return store_put(w, edited);
}

static void
an_update_changes_what_differs_and_its_stamp(void **state)
{
	struct fake *fake = *state;
	struct row *row = NULL;
	int64_t before;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "old", ",\"score\":3"), NULL), OK);
	before = fake->w.now;
	fake->w.now += 5000000;
	assert_int_equal(store_write(&fake->w, rename_note, (char[]){ "new" }), OK);
	assert_int_equal(get_from(fake, &fake_notes, 1, &row), OK);
	assert_string_equal(row_text(row, NOTE_TITLE), "new");
	assert_int_equal(row_whole(row, NOTE_SCORE), 3);
	assert_int_equal(row->created, before);
	assert_int_equal(row->updated, before + 5000000);
}

static void
a_drop_takes_the_row_and_its_children(void **state)
{
	struct fake *fake = *state;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_items, "{\"trouble_id\":1,\"body\":\"x\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "aa", ",\"trouble_id\":1"), NULL), OK);
	assert_int_equal(fake_drop(fake, &fake_troubles, 1), OK);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM items"), 0);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM notes WHERE trouble_id IS NULL"), 1);
	assert_int_equal(fake_drop(fake, &fake_troubles, 1), MISSING);
}

static void
who_points_at_a_dropped_row_loses_the_reference(void **state)
{
	struct fake *fake = *state;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "aa", ",\"doctor_id\":1"), NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("2", "bb", ",\"doctor_id\":2"), NULL), OK);
	assert_int_equal(fake_drop(fake, &fake_doctors, 1), OK);
	assert_int_equal(fake_count(fake, "SELECT doctor_id FROM notes WHERE id = 1"), 0);
	assert_int_equal(fake_count(fake, "SELECT doctor_id FROM notes WHERE id = 2"), 2);
}

static void
references_must_exist_and_be_of_the_same_patient(void **state)
{
	struct fake *fake = *state;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "aa", ",\"trouble_id\":2"), NULL),
		INVALID);
	assert_int_equal(fake->w.failure.status, 400);
	assert_string_equal(fake->w.failure.message, "Invalid reference");
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "aa", ",\"doctor_id\":99"), NULL),
		INVALID);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("99", "aa", ""), NULL), INVALID);
	assert_int_equal(fake_put(fake, &fake_items, "{\"trouble_id\":99}", NULL), INVALID);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM notes"), 0);
}

static void
a_duplicate_is_a_conflict(void **state)
{
	struct fake *fake = *state;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_doctors,
		"{\"name\":\"Eve\",\"email\":\"ADA@x.org\"}", NULL), CONFLICT);
	assert_int_equal(fake->w.failure.status, 409);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "aa", ""), NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "aa", ""), NULL), CONFLICT);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("2", "aa", ""), NULL), OK);
}

static void
rows_know_whose_they_are(void **state)
{
	struct fake *fake = *state;
	struct row *row = NULL;
	int64_t patient = 0;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_items, "{\"trouble_id\":2}", NULL), OK);
	assert_int_equal(get_from(fake, &fake_items, 1, &row), OK);
	fake->w.db = store_reader(fake->store);
	assert_int_equal(store_patient_of(&fake->w, row, &patient), OK);
	assert_int_equal(patient, 2);
}

/* ---- lists ---- */

static size_t
list_size(struct fake *fake, struct list *list, const char *want)
{
	struct text out CLEANUP(text_close) = { 0 };
	size_t n = 0;

	fake->w.db = store_reader(fake->store);
	assert_int_equal(db_begin_read(fake->w.db), OK);
	assert_int_equal(store_list(&fake->w, list, &out, &n), OK);
	db_end_read(fake->w.db);
	if (want)
		assert_non_null(strstr(text_string(&out), want));
	list_close(list);
	fake->w.db = NULL;
	fake->w.memo = NULL;
	return n;
}

static size_t
found(struct fake *fake, const char *text)
{
	struct list list = list_of(&fake_notes);

	list_contains(&list, fake->arena, "title", text);
	return list_size(fake, &list, NULL);
}

static void
percent_and_underscore_are_letters(void **state)
{
	struct fake *fake = *state;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "50% of it", ""), NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "a_b", ""), NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "a\\\\b", ""), NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "Ärzte", ""), NULL), OK);
	assert_int_equal(found(fake, "%"), 1);
	assert_int_equal(found(fake, "_"), 1);
	assert_int_equal(found(fake, "\\"), 1);
	assert_int_equal(found(fake, "A_B"), 1);
	assert_int_equal(found(fake, "OF"), 1);
	assert_int_equal(found(fake, ""), 4);
}

static void
letters_beyond_ascii_have_no_case_either(void **state)
{
	struct fake *fake = *state;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes, NOTE_OF("1", "Ärzte", ""), NULL), OK);
	assert_int_equal(found(fake, "Ärzte"), 1);
	assert_int_equal(found(fake, "ärzte"), 1);
	assert_int_equal(found(fake, "ÄRZTE"), 1);
}

static void
conditions_are_joined_and_pages_cut(void **state)
{
	struct fake *fake = *state;
	struct list list;

	fake_people(fake);
	for (int i = 0; i < 5; i++) {
		char json[100];

		(void)snprintf(json, sizeof(json), NOTE_OF("1", "t%d", ",\"score\":%d"), i, i + 1);
		assert_int_equal(fake_put(fake, &fake_notes, json, NULL), OK);
	}
	list = list_of(&fake_notes);
	list_where(&list, "patient_id", value_whole(1));
	list_and(&list, "(score > ? OR score IS NULL)", value_whole(3));
	assert_int_equal(list_size(fake, &list, "\"t4\""), 2);
	list = list_of(&fake_notes);
	list.skip = 3;
	list.limit = 1;
	assert_int_equal(list_size(fake, &list, "\"t3\""), 1);
	list = list_of(&fake_notes);
	list_where(&list, "patient_id", value_whole(2));
	assert_int_equal(list_size(fake, &list, "[]"), 0);
}

static void
tags_are_matched_whole_any_or_all(void **state)
{
	struct fake *fake = *state;
	struct list list;

	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes,
		NOTE_OF("1", "one", ",\"tags\":[\"heart\",\"a_b\"]"), NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes,
		NOTE_OF("1", "two", ",\"tags\":[\"heart-care\",\"axb\"]"), NULL), OK);
	list = list_of(&fake_notes);
	list_tags(&list, fake->arena, (const char *const[]){ "heart" }, 1, false);
	assert_int_equal(list_size(fake, &list, "one"), 1);
	list = list_of(&fake_notes);
	list_tags(&list, fake->arena, (const char *const[]){ "a_b" }, 1, false);
	assert_int_equal(list_size(fake, &list, "one"), 1);
	list = list_of(&fake_notes);
	list_tags(&list, fake->arena, (const char *const[]){ "heart", "axb" }, 2, false);
	assert_int_equal(list_size(fake, &list, NULL), 2);
	list = list_of(&fake_notes);
	list_tags(&list, fake->arena, (const char *const[]){ "heart", "axb" }, 2, true);
	assert_int_equal(list_size(fake, &list, "[]"), 0);
}

static void
rows_outlive_a_restart(void **state)
{
	struct fake *fake = *state;
	struct row *row = NULL;

	fake_people(fake);
	fake_reopen(fake);
	assert_int_equal(get_from(fake, &fake_patients, 2, &row), OK);
	assert_string_equal(row_text(row, PERSON_NAME), "Two");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_row_comes_back_as_it_was_put, fake_open, fake_close),
		cmocka_unit_test_setup_teardown(an_update_changes_what_differs_and_its_stamp, fake_open,
			fake_close),
		cmocka_unit_test_setup_teardown(a_drop_takes_the_row_and_its_children, fake_open,
			fake_close),
		cmocka_unit_test_setup_teardown(who_points_at_a_dropped_row_loses_the_reference,
			fake_open, fake_close),
		cmocka_unit_test_setup_teardown(references_must_exist_and_be_of_the_same_patient,
			fake_open, fake_close),
		cmocka_unit_test_setup_teardown(a_duplicate_is_a_conflict, fake_open, fake_close),
		cmocka_unit_test_setup_teardown(rows_know_whose_they_are, fake_open, fake_close),
		cmocka_unit_test_setup_teardown(percent_and_underscore_are_letters, fake_open,
			fake_close),
		cmocka_unit_test_setup_teardown(letters_beyond_ascii_have_no_case_either, fake_open,
			fake_close),
		cmocka_unit_test_setup_teardown(conditions_are_joined_and_pages_cut, fake_open,
			fake_close),
		cmocka_unit_test_setup_teardown(tags_are_matched_whole_any_or_all, fake_open,
			fake_close),
		cmocka_unit_test_setup_teardown(rows_outlive_a_restart, fake_open, fake_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
