/*
 * What print.h and openapi.h promise: every type as the contract spells it.
 */
#include "fake.h"

#include <string.h>

#include "base/json.h"
#include "engine/openapi.h"
#include "engine/print.h"

static void
put_notes(struct fake *fake)
{
	fake_people(fake);
	assert_int_equal(fake_put(fake, &fake_notes,
		"{\"patient_id\":1,\"title\":\"all\",\"doctor_id\":1,\"trouble_id\":1,"
		"\"body\":\"a \\\"b\\\" \\\\ \\u0001 é\",\"score\":10,\"weight\":72.5,\"done\":true,"
		"\"day\":\"2024-02-29\",\"at\":\"2024-02-29T10:00:00.25Z\",\"kind\":\"onHold\","
		"\"tags\":[\"a\",\"b c\"],\"extra\":{\"k\":[1,null]},\"token\":\"hush\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_notes,
		"{\"patient_id\":1,\"title\":\"none\",\"body\":\"\",\"at\":\"2024-02-29T10:00:00Z\"}",
		NULL), OK);
	fake_sql(fake, "UPDATE notes SET created_at = '2024-01-01 00:00:00.000000',"
		       " updated_at = '2024-01-01 00:00:00.100000'");
}

static void
a_list_is_as_reviewed(void **state)
{
	struct fake *fake = *state;
	struct list list CLEANUP(list_close) = list_of(&fake_notes);
	struct text out CLEANUP(text_close) = { 0 };

	put_notes(fake);
	fake->w.db = store_reader(fake->store);
	assert_int_equal(store_list(&fake->w, &list, &out, NULL), OK);
	text_add(&out, "\n");
	fake_golden("notes.json", &out);
	assert_null(strstr(text_string(&out), "hush"));
}

/* The cursor and the row tell the same, but for the embeds. */
static void
a_row_is_printed_as_from_the_cursor(void **state)
{
	struct fake *fake = *state;
	struct text one CLEANUP(text_close) = { 0 };
	struct text two CLEANUP(text_close) = { 0 };
	struct json_trouble trouble;
	struct row *row = NULL;
	json_t *a, *b;

	put_notes(fake);
	fake->w.db = store_reader(fake->store);
	for (int64_t id = 1; id <= 2; id++) {
		one.len = two.len = 0;
		assert_int_equal(store_get(&fake->w, &fake_notes, id, &row), OK);
		print_row(row, &one);
		assert_int_equal(store_print(&fake->w, &fake_notes, id, true, &two), OK);
		a = json_read(one.at, one.len, &trouble);
		b = json_read(two.at, two.len, &trouble);
		assert_non_null(a);
		assert_non_null(b);
		assert_int_equal(json_object_del(b, "doctor"), 0);
		assert_true(json_equal(a, b));
		json_decref(a);
		json_decref(b);
	}
	assert_int_equal(store_print(&fake->w, &fake_notes, 3, true, &two), MISSING);
}

static void
openapi_has_every_route(void **state)
{
	struct text out CLEANUP(text_close) = { 0 };
	struct json_trouble trouble;
	json_t *all, *paths;

	(void)state;
	openapi_write(&out, fake_faces);
	all = json_read(out.at, out.len, &trouble);
	assert_non_null(all);
	paths = json_object_get(all, "paths");
	for (const struct route *route = fake_face.tables[0]; route->method; route++) {
		char path[100] = "/fake/v1";
		const char *method = route->method == GET ? "get" : route->method == PUT ? "put" : "post";

		strcat(path, route->path);
		assert_non_null(json_object_get(json_object_get(paths, path), method));
	}
	json_decref(all);
	text_add(&out, "\n");
	fake_golden("openapi.json", &out);
}

static void
the_schema_for_the_page_is_json_without_secrets(void **state)
{
	struct text out CLEANUP(text_close) = { 0 };
	struct json_trouble trouble;
	json_t *all;

	(void)state;
	schema_write(&out, &fake_catalog);
	all = json_read(out.at, out.len, &trouble);
	assert_non_null(all);
	assert_int_equal(json_array_size(json_object_get(all, "records")), 5);
	json_decref(all);
	assert_null(strstr(text_string(&out), "\"token\""));
}

static void
the_docs_are_html_with_every_route(void **state)
{
	struct text out CLEANUP(text_close) = { 0 };

	(void)state;
	docs_write(&out, fake_faces);
	assert_non_null(strstr(text_string(&out), "/fake/v1/patients/{id}/notes/"));
	assert_null(strstr(text_string(&out), "<script"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_list_is_as_reviewed, fake_open, fake_close),
		cmocka_unit_test_setup_teardown(a_row_is_printed_as_from_the_cursor, fake_open,
			fake_close),
		cmocka_unit_test(openapi_has_every_route),
		cmocka_unit_test(the_schema_for_the_page_is_json_without_secrets),
		cmocka_unit_test(the_docs_are_html_with_every_route),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
