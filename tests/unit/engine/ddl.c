/*
 * What ddl.h promises: the tables of both dialects, with constraints that hold.
 */
#include "fake.h"

#include <stdio.h>

#include "engine/call.h"
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
		bool lite_only;
	} cases[] = {
		{ "('2024-01-01', '2024-01-01', 1, 'fine', FALSE, 'plain', 1, 0, NULL, NULL)", OK },
		{ "('2024-01-01', '2024-01-01', 1, 'fine', FALSE, 'plain', 1, 0, NULL, NULL)", CONFLICT },
		{ "('2024-01-01', '2024-01-01', 1, 'most', TRUE, 'it''s', 10, 500, 1, '2024-01-01')", OK },
		{ "(NULL, '2024-01-01', 1, 'a1', FALSE, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', NULL, 'a2', FALSE, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 9, 'a3', FALSE, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, NULL, FALSE, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, '123456789012345678901', FALSE, 'plain', 1, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, 'a5', 2, 'plain', 1, 0, NULL, NULL)", INVALID, true },
		{ "('2024-01-01', '2024-01-01', 1, 'a6', FALSE, 'other', 1, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, 'a7', FALSE, 'plain', 0, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, 'a8', FALSE, 'plain', 11, 0, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, 'a9', FALSE, 'plain', 1, 500.1, NULL, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, 'b1', FALSE, 'plain', 1, 0, 9, NULL)", INVALID },
		{ "('2024-01-01', '2024-01-01', 1, '', FALSE, 'plain', 1, 0, NULL, '2024-01-01')", INVALID },
	};
	struct fake *fake = *state;
	char sql[400];

	fake_people(fake);
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (cases[i].lite_only && settings.database)
			continue; /* no boolean at all there */
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
