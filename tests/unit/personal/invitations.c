/*
 * invitations - what an answer does, when it comes too late, and when two come at
 * once.
 */
#include "people.h"

enum { TRIES = 1000 };

static int64_t
offer(const char *more)
{
	return people_number(people_expect(ANNA, POST, "/patient-sharing/", arena_printf(arena,
		"{\"patient_id\":1,\"shared_with_user_identifier\":\"ben\"%s}", more), 200),
		"invitation_id");
}

static const char *
answer_url(int64_t invitation)
{
	return arena_printf(arena, "/invitations/%lld/respond", (long long)invitation);
}

#define ACCEPT "{\"response\":\"accepted\"}"
#define REJECT "{\"response\":\"rejected\"}"
#define LATE "UPDATE invitations SET expires_at = '2020-01-01 00:00:00.000000'"

static void
a_late_answer_writes_down_that_it_was_late(void **state)
{
	int64_t id;

	(void)state;
	people_forget();
	id = offer("");
	house_do(LATE);
	assert_string_equal(people_expect(BEN, GET, "/invitations/pending", NULL, 200), "[]");
	people_says(people_expect(BEN, POST, answer_url(id), ACCEPT, 400),
		"This invitation has expired and can no longer be accepted");
	assert_int_equal(house_count("SELECT COUNT(*) FROM invitations "
		"WHERE status = 'expired'"), 1);
	people_says(people_expect(BEN, POST, answer_url(id), ACCEPT, 404),
		"The invitation or patient record could not be found");
	id = offer("");
	house_do(LATE);
	people_says(people_expect(BEN, POST, answer_url(id), REJECT, 400),
		"This invitation has expired and can no longer be responded to");
	assert_int_equal(house_count("SELECT COUNT(*) FROM patient_shares"), 0);
}

static void
cleaning_up_counts_what_is_over(void **state)
{
	const char *answer;

	(void)state;
	people_forget();
	(void)offer("");
	house_do(LATE);
	answer = people_expect(CARL, POST, "/invitations/cleanup", NULL, 200);
	people_says(answer, "Expired 1 old invitations");
	assert_int_equal(people_number(answer, "expired_count"), 1);
}

static void
who_is_not_meant_learns_nothing(void **state)
{
	int64_t id;

	(void)state;
	people_forget();
	id = offer("");
	people_says(people_expect(CARL, POST, answer_url(id), ACCEPT, 404),
		"The invitation could not be found or may have already been responded to");
	people_says(people_expect(CARL, POST, arena_printf(arena, "/invitations/%lld/revoke",
		(long long)id), NULL, 404), "Invitation not found");
	(void)people_expect(CARL, DELETE, arena_printf(arena, "/invitations/%lld",
		(long long)id), NULL, 404);
	(void)people_expect(BEN, DELETE, arena_printf(arena, "/invitations/%lld",
		(long long)id), NULL, 404);
}

static void
an_offer_is_worth_what_the_sender_may_share_when_it_is_accepted(void **state)
{
	const char *answer;

	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	answer = people_expect(BEN, POST, "/patient-sharing/",
		"{\"patient_id\":1,\"shared_with_user_identifier\":\"carl\"}", 200);
	(void)people_expect(ANNA, DELETE, "/patient-sharing/revoke",
		"{\"patient_id\":1,\"shared_with_user_id\":2}", 200);
	people_says(people_expect(CARL, POST, answer_url(people_number(answer, "invitation_id")),
		ACCEPT, 400), "Unable to accept patient share: "
		"the sender may not share this patient any more");
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
}

static void
a_share_shortened_since_shortens_what_was_offered(void **state)
{
	const char *answer;

	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	answer = people_expect(BEN, POST, "/patient-sharing/",
		"{\"patient_id\":1,\"shared_with_user_identifier\":\"carl\"}", 200);
	(void)people_expect(ANNA, PUT, "/patient-sharing/?patient_id=1&shared_with_user_id=2",
		"{\"expires_at\":\"2999-01-01T00:00:00\"}", 200);
	(void)people_expect(CARL, POST, answer_url(people_number(answer, "invitation_id")),
		ACCEPT, 200);
	assert_int_equal(house_count("SELECT COUNT(*) FROM patient_shares WHERE "
		"shared_with_user_id = 3 AND expires_at = '2999-01-01 00:00:00.000000'"), 1);
}

static void
a_bulk_offer_leaves_out_what_is_gone(void **state)
{
	const char *answer;

	(void)state;
	people_forget();
	house_do("INSERT INTO patients (id, user_id, owner_user_id, is_self_record, privacy_level, "
		"is_externally_accessible, first_name, last_name, birth_date, created_at, "
		"updated_at) VALUES (50, 1, 1, FALSE, 'owner', FALSE, 'Kid', 'A', '2019-01-01', "
		"'2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')");
	answer = people_expect(ANNA, POST, "/patient-sharing/bulk-invite",
		"{\"patient_ids\":[1,50],\"shared_with_user_identifier\":\"ben\"}", 200);
	house_do("UPDATE patients SET owner_user_id = 4, user_id = 4 WHERE id = 50");
	answer = people_expect(BEN, POST, answer_url(people_number(answer, "invitation_id")),
		ACCEPT, 200);
	assert_int_equal(people_number(answer, "share_count"), 1);
	(void)people_expect(BEN, GET, "/patient-management/50", NULL, 404);
}

/* --- at once --- */

struct runner {
	pthread_t thread;
	pthread_barrier_t *start;
	const char *url;
	int status;
};

static void *
run(void *arg)
{
	struct runner *runner = arg;
	struct arena *own = arena_open(16 << 20);

	pthread_barrier_wait(runner->start);
	(void)people_call(own, BEN, POST, runner->url, ACCEPT, &runner->status);
	arena_close(&own);
	return NULL;
}

static void
of_two_acceptances_at_once_one_counts(void **state)
{
	(void)state;
	people_forget();
	for (int i = 0; i < TRIES; i++) {
		pthread_barrier_t start;
		struct runner two[2] = { { 0 }, { 0 } };
		const char *url = answer_url(offer(""));

		assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
		for (int t = 0; t < 2; t++) {
			two[t].start = &start;
			two[t].url = url;
			assert_int_equal(pthread_create(&two[t].thread, NULL, run, &two[t]), 0);
		}
		for (int t = 0; t < 2; t++)
			assert_int_equal(pthread_join(two[t].thread, NULL), 0);
		pthread_barrier_destroy(&start);
		assert_int_equal(two[0].status + two[1].status, 200 + 404);
		(void)people_expect(ANNA, DELETE, "/patient-sharing/revoke",
			"{\"patient_id\":1,\"shared_with_user_id\":2}", 200);
	}
	assert_int_equal(house_count("SELECT COUNT(*) FROM patient_shares"), 1);
}

static void *
edit_until_refused(void *arg)
{
	struct runner *runner = arg;
	struct arena *own = arena_open(64 << 20);

	do {
		(void)people_call(own, BEN, PUT, runner->url, "{\"dosage\":\"1\"}",
			&runner->status);
		arena_reset(own);
	} while (runner->status == 200);
	arena_close(&own);
	return NULL;
}

static void
revoking_ends_an_edit_in_the_middle(void **state)
{
	const char *med = arena_printf(arena, "/medications/%lld", (long long)people_number(
		people_expect(ANNA, POST, "/medications/", "{\"medication_name\":\"Aspirin\"}", 200),
		"id"));

	(void)state;
	people_forget();
	for (int i = 0; i < TRIES / 10; i++) {
		struct runner editor = { .url = med };
		int status;

		(void)people_share(ANNA, BEN, "edit", "");
		assert_int_equal(pthread_create(&editor.thread, NULL, edit_until_refused, &editor), 0);
		(void)people_expect(ANNA, DELETE, "/patient-sharing/revoke",
			"{\"patient_id\":1,\"shared_with_user_id\":2}", 200);
		(void)people_call(arena, BEN, PUT, med, "{\"dosage\":\"2\"}", &status);
		assert_int_equal(status, 404);
		assert_int_equal(pthread_join(editor.thread, NULL), 0);
		assert_int_equal(editor.status, 404);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_late_answer_writes_down_that_it_was_late),
		cmocka_unit_test(cleaning_up_counts_what_is_over),
		cmocka_unit_test(who_is_not_meant_learns_nothing),
		cmocka_unit_test(an_offer_is_worth_what_the_sender_may_share_when_it_is_accepted),
		cmocka_unit_test(a_share_shortened_since_shortens_what_was_offered),
		cmocka_unit_test(a_bulk_offer_leaves_out_what_is_gone),
		cmocka_unit_test(of_two_acceptances_at_once_one_counts),
		cmocka_unit_test(revoking_ends_an_edit_in_the_middle),
	};

	return cmocka_run_group_tests(tests, people_open, house_close);
}
