/*
 * What ddl.h promises: the tables of both dialects, with constraints that hold.
 */
#include "fake.h"

#include <stdio.h>

#include "engine/ddl.h"

static void
sqlite_tables_are_as_reviewed(void **state)
{
	struct text out CLEANUP(text_close) = { 0 };

	(void)state;
	ddl_write(&out, &fake_catalog, SQLITE);
	fake_golden("sqlite.sql", &out);
}

static void
postgres_tables_are_as_reviewed(void **state)
{
	struct text out CLEANUP(text_close) = { 0 };

	(void)state;
	ddl_write(&out, &fake_catalog, POSTGRES);
	fake_golden("postgres.sql", &out);
}

static enum result
run_sql(struct work *w, void *arg)
{
	return db_script(w->db, arg);
}

/* Past the forms and the engine, the database itself refuses. */
static void
constraints_hold(void **state)
{
	static const char begin[] = "INSERT INTO notes (created_at, updated_at, patient_id, title, "
				    "done, kind, score, weight, doctor_id, day) VALUES ";
	static const struct {
		const char *values;
		enum result r;
	} cases[] = {
		{ "('x', 'x', 1, 'fine', 0, 'plain', 1, 0, NULL, NULL)", OK },
		{ "('x', 'x', 1, 'fine', 0, 'plain', 1, 0, NULL, NULL)", CONFLICT },
		{ "('x', 'x', 1, 'most', 1, 'it''s', 10, 500, 1, '2024-01-01')", OK },
		{ "(NULL, 'x', 1, 'a1', 0, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', NULL, 'a2', 0, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 9, 'a3', 0, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, NULL, 0, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, '123456789012345678901', 0, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, 'a5', 2, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, 'a6', 0, 'other', 1, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, 'a7', 0, 'plain', 0, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, 'a8', 0, 'plain', 11, 0, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, 'a9', 0, 'plain', 1, 500.1, NULL, NULL)", INVALID },
		{ "('x', 'x', 1, 'b1', 0, 'plain', 1, 0, 9, NULL)", INVALID },
		{ "('x', 'x', 1, '', 0, 'plain', 1, 0, NULL, '2024-01-01')", INVALID },
	};
	struct fake *fake = *state;
	char sql[400];

	fake_people(fake);
	for (size_t i = 0; i < COUNT(cases); i++) {
		(void)snprintf(sql, sizeof(sql), "%s%s", begin, cases[i].values);
		if (store_write(&fake->w, run_sql, sql) != cases[i].r)
			broken("%s\n", cases[i].values);
	}
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM notes"), 2);
}

static void
ids_are_never_used_twice(void **state)
{
	struct fake *fake = *state;
	int64_t id = 0;

	fake_people(fake);
	assert_int_equal(fake_drop(fake, &fake_doctors, 2), OK);
	assert_int_equal(fake_put(fake, &fake_doctors, "{\"name\":\"Cy\"}", &id), OK);
	assert_int_equal(id, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sqlite_tables_are_as_reviewed),
		cmocka_unit_test(postgres_tables_are_as_reviewed),
		cmocka_unit_test_setup_teardown(constraints_hold, fake_open, fake_close),
		cmocka_unit_test_setup_teardown(ids_are_never_used_twice, fake_open, fake_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
