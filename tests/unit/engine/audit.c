/*
 * What audit.h promises: whatever is done to the log afterwards is found.
 */
#include "fake.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/moment.h"
#include "engine/audit.h"

static void
count(void *arg, const char *line)
{
	(void)line;
	++*(int *)arg;
}

static size_t
findings(struct fake *fake)
{
	int said = 0;
	size_t n = audit_verify(store_reader(fake->store), fake->dir, "fake", count, &said);

	assert_int_equal(n, said);
	return n;
}

/* Ten entries and a signed head over them. */
static int
open_with_history(void **state)
{
	struct fake *fake;

	if (fake_open(state))
		return -1;
	fake = *state;
	fake_people(fake);
	for (int i = 0; i < 4; i++) {
		char json[60];

		(void)snprintf(json, sizeof(json), "{\"patient_id\":1,\"title\":\"n%d\"}", i);
		assert_int_equal(fake_put(fake, &fake_notes, json, NULL), OK);
	}
	fake_reopen(fake);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log"), 10);
	return 0;
}

static void
an_untouched_chain_is_sound(void **state)
{
	assert_int_equal(findings(*state), 0);
}

static void
the_chain_goes_on_after_a_restart(void **state)
{
	struct fake *fake = *state;

	assert_int_equal(fake_put(fake, &fake_doctors, "{\"name\":\"Cy\"}", NULL), OK);
	fake_reopen(fake);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log"), 11);
	assert_int_equal(findings(fake), 0);
}

static void
an_edit_is_found(void **state)
{
	static const char *const edits[] = {
		"UPDATE activity_log SET patient_id = 2 WHERE seq = 8",
		"UPDATE activity_log SET description = description || '!' WHERE seq = 8",
		"UPDATE activity_log SET user_id = 1 WHERE seq = 8",
		"UPDATE activity_log SET timestamp = '2020-01-01 00:00:00.000000' WHERE seq = 8",
		"UPDATE activity_log SET hash = upper(hash) WHERE seq = 8",
		"UPDATE activity_log SET ip_address = '' WHERE seq = 8",
	};
	struct fake *fake = *state;

	for (size_t i = 0; i < COUNT(edits); i++) {
		fake_sql(fake, "CREATE TABLE kept AS SELECT * FROM activity_log");
		fake_sql(fake, edits[i]);
		assert_true(findings(fake) > 0);
		fake_sql(fake, "DELETE FROM activity_log");
		fake_sql(fake, "INSERT INTO activity_log SELECT * FROM kept; DROP TABLE kept");
		assert_int_equal(findings(fake), 0);
	}
}

static void
a_gap_is_found(void **state)
{
	fake_sql(*state, "DELETE FROM activity_log WHERE seq = 5");
	assert_true(findings(*state) > 0);
}

static void
a_missing_beginning_is_found(void **state)
{
	fake_sql(*state, "DELETE FROM activity_log WHERE seq = 1");
	assert_true(findings(*state) > 0);
}

static void
another_order_is_found(void **state)
{
	fake_sql(*state, "UPDATE activity_log SET id = 100 WHERE seq = 5;"
			 "UPDATE activity_log SET id = 5 WHERE seq = 6;"
			 "UPDATE activity_log SET id = 6 WHERE seq = 5;");
	assert_true(findings(*state) > 0);
}

static void
entries_put_in_are_found(void **state)
{
	fake_sql(*state, "INSERT INTO activity_log (action, entity_type, description, timestamp, chain,"
			 " seq, hash) SELECT action, entity_type, description, timestamp, chain, 11, hash"
			 " FROM activity_log WHERE seq = 10");
	assert_true(findings(*state) > 0);
}

static void
a_cut_end_is_found(void **state)
{
	fake_sql(*state, "DELETE FROM activity_log WHERE seq > 7");
	assert_true(findings(*state) > 0);
}

static void
an_emptied_log_is_found(void **state)
{
	fake_sql(*state, "DELETE FROM activity_log");
	assert_true(findings(*state) > 0);
}

static void
a_forged_head_is_found(void **state)
{
	struct fake *fake = *state;
	char path[200];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/audit-heads", fake->dir);
	file = fopen(path, "ae");
	assert_non_null(file);
	(void)fprintf(file, "fake 10 %064d %064d\n", 0, 0);
	(void)fclose(file);
	assert_int_equal(findings(fake), 1);
}

static void
a_line_of_another_store_is_passed_over(void **state)
{
	struct fake *fake = *state;
	char path[200];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/audit-heads", fake->dir);
	file = fopen(path, "ae");
	assert_non_null(file);
	(void)fprintf(file, "other 99 %064d %064d\n", 0, 0);
	(void)fclose(file);
	assert_int_equal(findings(fake), 0);
}

/* ---- units that fail ---- */

static void
a_rolled_back_unit_leaves_no_entry(void **state)
{
	struct fake *fake = *state;
	struct call *call;

	call = fake_call(fake, POST, "/fake/v1/late", 1, "{\"patient_id\":1,\"title\":\"late\"}");
	assert_int_equal(call->status, 409);
	fake_end(call);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log"), 10);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM notes WHERE title = 'late'"), 0);
	assert_int_equal(fake_put(fake, &fake_doctors, "{\"name\":\"Cy\"}", NULL), OK);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log"), 11);
	assert_int_equal(findings(fake), 0);
}

/* ---- reads ---- */

static enum result
see(struct fake *fake, struct work *w, int64_t id)
{
	*w = work_new(fake->arena, fake->store);
	return audit_read(w,
		&(struct entry){ .action = "read", .entity_type = "note", .patient = 1,
			.entity_id = id, .count = 3 });
}

static void
reads_are_on_disk_when_the_store_is_closed(void **state)
{
	struct fake *fake = *state;
	struct work w;

	for (int i = 1; i <= 100; i++)
		assert_int_equal(see(fake, &w, i), OK);
	fake_reopen(fake);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log WHERE action = 'read'"),
		100);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log WHERE entity_id = 100"
					  " AND CAST(event_metadata AS TEXT) = '{\"count\":3}'"), 1);
	assert_int_equal(findings(fake), 0);
}

static void
reads_are_on_disk_within_a_second(void **state)
{
	struct fake *fake = *state;
	struct work w;

	assert_int_equal(see(fake, &w, 1), OK);
	usleep(1000000);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log WHERE action = 'read'"),
		1);
}

/* While the log cannot take them, reads wait; none is lost when it can again. */
static void
reads_wait_for_a_log_that_refuses(void **state)
{
	struct fake *fake = *state;
	struct work w;

	fake_sql(fake, settings.database
		? "ALTER TABLE activity_log ADD CONSTRAINT no CHECK (action <> 'read')"
		: "CREATE TRIGGER no BEFORE INSERT ON activity_log"
		  " BEGIN SELECT raise(ABORT, 'no'); END");
	assert_int_equal(see(fake, &w, 1), OK);
	usleep(800000);
	fake_sql(fake, settings.database ? "ALTER TABLE activity_log DROP CONSTRAINT no"
					 : "DROP TRIGGER no");
	assert_int_equal(see(fake, &w, 2), OK);
	fake_reopen(fake);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log WHERE action = 'read'"),
		2);
	assert_int_equal(findings(fake), 0);
}

enum { READERS = 4, READS = 500 };

static void *
read_often(void *arg)
{
	struct fake *fake = arg;
	struct arena *arena = arena_open(8u << 20);

	for (int i = 1; i <= READS; i++) {
		struct work w = work_new(arena, fake->store);

		if (audit_read(&w, &(struct entry){ .action = "read", .entity_type = "note",
			    .entity_id = i }))
			abort();
		arena_reset(arena);
	}
	arena_close(&arena);
	return NULL;
}

static void
many_threads_keep_one_chain(void **state)
{
	struct fake *fake = *state;
	pthread_t threads[READERS];

	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_often, fake), 0);
	for (int i = 0; i < 20; i++) {
		char json[60];

		(void)snprintf(json, sizeof(json), "{\"patient_id\":1,\"title\":\"m%d\"}", i);
		assert_int_equal(fake_put(fake, &fake_notes, json, NULL), OK);
	}
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	fake_reopen(fake);
	assert_int_equal(fake_count(fake, "SELECT count(*) FROM activity_log"),
		10 + 20 + READERS * READS);
	assert_int_equal(findings(fake), 0);
}

int
main(void)
{
#define WITH_HISTORY(test) cmocka_unit_test_setup_teardown(test, open_with_history, fake_close)
	const struct CMUnitTest tests[] = {
		WITH_HISTORY(an_untouched_chain_is_sound),
		WITH_HISTORY(the_chain_goes_on_after_a_restart),
		WITH_HISTORY(an_edit_is_found),
		WITH_HISTORY(a_gap_is_found),
		WITH_HISTORY(a_missing_beginning_is_found),
		WITH_HISTORY(another_order_is_found),
		WITH_HISTORY(entries_put_in_are_found),
		WITH_HISTORY(a_cut_end_is_found),
		WITH_HISTORY(an_emptied_log_is_found),
		WITH_HISTORY(a_forged_head_is_found),
		WITH_HISTORY(a_line_of_another_store_is_passed_over),
		WITH_HISTORY(a_rolled_back_unit_leaves_no_entry),
		WITH_HISTORY(reads_are_on_disk_when_the_store_is_closed),
		WITH_HISTORY(reads_are_on_disk_within_a_second),
		WITH_HISTORY(reads_wait_for_a_log_that_refuses),
		WITH_HISTORY(many_threads_keep_one_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
