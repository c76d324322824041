/*
 * tags - words belong to a user: counted, renamed and taken away over the records
 * of the patients they own, and nowhere else.
 */
#include "people.h"

static int64_t
add(int user, const char *path, const char *body)
{
	return people_number(people_expect(user, POST, path, body, 200), "id");
}

static int64_t
bearing(const char *tag)
{
	return house_count(arena_printf(arena, "SELECT COUNT(*) FROM medications "
		"WHERE CAST(tags AS TEXT) LIKE '%%\"%s\"%%'", tag));
}

static const char *
medication(int patient, const char *tags)
{
	return arena_printf(arena, "{\"medication_name\":\"Aspirin\",\"patient_id\":%d,"
		"\"tags\":%s}", patient, tags);
}

static void
forget(void)
{
	people_forget();
	house_do("DELETE FROM medications; DELETE FROM user_tags;");
}

static void
a_shared_patient_lends_no_words(void **state)
{
	(void)state;
	forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)add(ANNA, "/medications/", medication(1, "[\"heart\"]"));
	assert_string_equal(people_expect(BEN, GET, "/tags/popular", NULL, 200), "[]");
	assert_int_equal(people_number(people_expect(BEN, DELETE, "/tags/delete?tag=heart", NULL,
		200), "records_updated"), 0);
	assert_int_equal(people_number(people_expect(BEN, PUT,
		"/tags/rename?old_tag=heart&new_tag=x", NULL, 200), "records_updated"), 0);
	assert_int_equal(bearing("heart"), 1);
	assert_non_null(strstr(people_expect(BEN, GET, "/tags/search?tags=heart", NULL, 200),
		"\"medication\":[]"));
}

static void
all_patients_of_a_user_count(void **state)
{
	int64_t kid = add(ANNA, "/patient-management/",
		"{\"first_name\":\"Kid\",\"last_name\":\"A\",\"birth_date\":\"2019-01-01\"}");
	const char *popular;

	(void)state;
	forget();
	(void)add(ANNA, "/medications/", medication(1, "[\"heart\"]"));
	(void)add(ANNA, "/medications/", medication((int)kid, "[\"heart\"]"));
	popular = people_expect(ANNA, GET, "/tags/popular", NULL, 200);
	assert_string_equal(popular, "[{\"tag\":\"heart\",\"usage_count\":2,"
		"\"entity_types\":[\"medication\"]}]");
}

static void
renaming_makes_no_word_stand_twice(void **state)
{
	(void)state;
	forget();
	(void)add(ANNA, "/medications/", medication(1, "[\"a\",\"b\",\"c\"]"));
	assert_int_equal(people_number(people_expect(ANNA, PUT,
		"/tags/rename?old_tag=a&new_tag=c", NULL, 200), "records_updated"), 1);
	assert_int_equal(house_count("SELECT COUNT(*) FROM medications "
		"WHERE tags = '[\"c\",\"b\"]'"), 1);
	/* The list follows, and knows the new word. */
	assert_int_equal(house_count("SELECT COUNT(*) FROM user_tags WHERE tag = 'c'"), 1);
}

static void
a_word_within_a_word_is_left_alone(void **state)
{
	(void)state;
	forget();
	(void)add(ANNA, "/medications/", medication(1, "[\"heart-attack\",\"100%\"]"));
	assert_int_equal(people_number(people_expect(ANNA, DELETE, "/tags/delete?tag=heart", NULL,
		200), "records_updated"), 0);
	assert_int_equal(people_number(people_expect(ANNA, DELETE, "/tags/delete?tag=%", NULL,
		200), "records_updated"), 0);
	assert_int_equal(bearing("heart-attack"), 1);
}

static void
the_list_is_each_users_own(void **state)
{
	(void)state;
	forget();
	(void)people_expect(ANNA, POST, "/tags/create", "{\"tag\":\"Mine\"}", 200);
	(void)people_expect(ANNA, POST, "/tags/create", "{\"tag\":\"Mine\"}", 200);
	(void)people_expect(BEN, POST, "/tags/create", "{\"tag\":\"Mine\"}", 200);
	assert_int_equal(house_count("SELECT COUNT(*) FROM user_tags"), 2);
	(void)people_expect(ANNA, DELETE, "/tags/delete?tag=Mine", NULL, 200);
	assert_string_equal(people_expect(ANNA, GET, "/tags/suggestions", NULL, 200), "[]");
	assert_string_equal(people_expect(BEN, GET, "/tags/autocomplete?q=mi", NULL, 200),
		"[\"Mine\"]");
}

static void
what_cannot_be_a_tag_is_refused(void **state)
{
	const char *longest = "0123456789012345678901234567890123456789012345678901";

	(void)state;
	forget();
	(void)people_expect(ANNA, PUT, arena_printf(arena, "/tags/rename?old_tag=a&new_tag=%s",
		longest), NULL, 422);
	(void)people_expect(ANNA, PUT, "/tags/rename?old_tag=a", NULL, 422);
	(void)people_expect(ANNA, PUT, "/tags/replace?new_tag=a", NULL, 422);
	(void)people_expect(ANNA, DELETE, "/tags/delete", NULL, 422);
	(void)people_expect(ANNA, GET, arena_printf(arena, "/tags/autocomplete?q=%s", longest),
		NULL, 422);
	(void)people_expect(ANNA, POST, "/tags/create", "{\"tag\":5}", 422);
	(void)people_expect(ANNA, GET, "/tags/search?tags=a&limit_per_entity=21", NULL, 422);
}

static void
every_changed_record_leaves_an_entry(void **state)
{
	static const char updates[] = "SELECT COUNT(*) FROM activity_log "
		"WHERE action = 'updated' AND entity_type = 'medication' AND patient_id = 1";
	int64_t before;

	(void)state;
	forget();
	(void)add(ANNA, "/medications/", medication(1, "[\"a\"]"));
	(void)add(ANNA, "/medications/", medication(1, "[\"a\"]"));
	before = house_count(updates);
	(void)people_expect(ANNA, PUT, "/tags/replace?old_tag=a&new_tag=b", NULL, 200);
	assert_int_equal(house_count(updates), before + 2);
	assert_int_equal(bearing("b"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shared_patient_lends_no_words),
		cmocka_unit_test(all_patients_of_a_user_count),
		cmocka_unit_test(renaming_makes_no_word_stand_twice),
		cmocka_unit_test(a_word_within_a_word_is_left_alone),
		cmocka_unit_test(the_list_is_each_users_own),
		cmocka_unit_test(what_cannot_be_a_tag_is_refused),
		cmocka_unit_test(every_changed_record_leaves_an_entry),
	};

	return cmocka_run_group_tests(tests, people_open, house_close);
}
