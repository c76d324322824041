/*
 * patient_sharing - who may do what with a patient of somebody else's, and how it
 * ends.
 */
#include "people.h"

#define NOW "'2026-01-01 00:00:00.000000'"

/* --- the matrix --- */

enum standing { OWNER, VIEWER, EDITOR, HOLDER, EXPIRED, REVOKED, PRIVATE, STRANGER, ANYBODY,
	N_STANDINGS };

static const char *const standings[N_STANDINGS] = { "owner", "viewer", "editor", "holder",
	"expired", "revoked", "private", "stranger", "nobody" };

/* What each standing gets; body "" means none. */
static const struct cell {
	enum method method;
	const char *url, *body;
	int wanted[N_STANDINGS];
} matrix[] = {
#define SELF(who) "{\"patient_id\":1,\"shared_with_user_identifier\":\"" who "\"}"
	{ GET, "/patient-sharing/1", NULL, { 200, 403, 403, 403, 404, 404, 404, 404, 401 } },
	{ PUT, "/patient-sharing/?patient_id=1&shared_with_user_id=4", "{}",
	  { 400, 403, 403, 400, 404, 404, 404, 404, 401 } },
	{ DELETE, "/patient-sharing/revoke", "{\"patient_id\":1,\"shared_with_user_id\":4}",
	  { 200, 403, 403, 200, 404, 404, 404, 404, 401 } },
	/* Nobody is called so: who may share is told that, the others less. */
	{ POST, "/patient-sharing/", SELF("anna"),
	  { 400, 403, 403, 409, 404, 404, 404, 404, 401 } },
	{ POST, "/patient-sharing/bulk-invite",
	  "{\"patient_ids\":[1],\"shared_with_user_identifier\":\"anna\"}",
	  { 400, 403, 403, 409, 404, 404, 404, 404, 401 } },
	{ GET, "/family-history-sharing/1/shares", NULL,
	  { 200, 403, 403, 403, 404, 404, 404, 404, 401 } },
	{ GET, "/family-history-sharing/1/details", NULL,
	  { 200, 200, 200, 200, 404, 404, 404, 404, 401 } },
	{ POST, "/family-history-sharing/1/shares", "{\"shared_with_identifier\":\"ghost\"}",
	  { 400, 403, 403, 400, 400, 400, 400, 400, 401 } },
	{ POST, "/family-history-sharing/bulk-invite",
	  "{\"family_member_ids\":[1],\"shared_with_identifier\":\"ghost\"}",
	  { 400, 403, 403, 400, 400, 400, 400, 400, 401 } },
	{ DELETE, "/family-history-sharing/1/shares/4", NULL,
	  { 404, 403, 403, 404, 404, 404, 404, 404, 401 } },
	{ GET, "/people/1/vitals", NULL, { 200, 200, 200, 200, 404, 404, 404, 404, 401 } },
	{ POST, "/people/1/vitals",
	  "{\"recorded_date\":\"2024-05-01T10:00:00\",\"heart_rate\":60,\"patient_id\":2}",
	  { 201, 403, 201, 201, 404, 404, 404, 404, 401 } },
	{ POST, "/people/1/medication-check", "{\"medication_name\":\"Aspirin\"}",
	  { 200, 200, 200, 200, 404, 404, 404, 404, 401 } },
};

static void
let_in(const char *level, const char *expires, const char *active)
{
	house_do(arena_printf(arena, "INSERT INTO patient_shares (patient_id, shared_by_user_id, "
		"shared_with_user_id, permission_level, is_active, expires_at, created_at, "
		"updated_at) VALUES (1, 1, 2, '%s', %s, %s, " NOW ", " NOW ")", level, active,
		expires));
}

static void
stand(enum standing standing)
{
	people_forget();
	if (standing == VIEWER)
		let_in("view", "NULL", "TRUE");
	else if (standing == EDITOR)
		let_in("edit", "NULL", "TRUE");
	else if (standing == HOLDER)
		let_in("full", "'2999-01-01 00:00:00.000000'", "TRUE");
	else if (standing == EXPIRED)
		let_in("full", "'2020-01-01 00:00:00.000000'", "TRUE");
	else if (standing == REVOKED)
		let_in("full", "NULL", "FALSE");
	else if (standing == PRIVATE)
		let_in("full", "NULL", "TRUE");
	if (standing == PRIVATE)
		house_do("UPDATE patients SET privacy_level = 'private' WHERE id = 1");
}

static void
every_route_gives_each_what_they_may_have(void **state)
{
	(void)state;
	(void)people_expect(ANNA, POST, "/family-members/",
		"{\"name\":\"Ma\",\"relationship\":\"mother\"}", 200);
	for (int s = 0; s < N_STANDINGS; s++) {
		stand((enum standing)s);
		for (size_t i = 0; i < COUNT(matrix); i++) {
			const struct cell *c = &matrix[i];
			int user = s == OWNER ? ANNA : s == ANYBODY ? NOBODY_ : BEN, status;

			(void)people_call(arena, user, c->method, c->url, c->body, &status);
			if (status != c->wanted[s])
				print_error("%s, method %d, %s\n", standings[s], (int)c->method,
					c->url);
			assert_int_equal(status, c->wanted[s]);
		}
	}
	assert_int_equal(house_count("SELECT COUNT(*) FROM vitals WHERE patient_id = 2"), 0);
}

/* --- passing on --- */

static void
what_was_passed_on_ends_with_the_share_and_stays_ended(void **state)
{
	static const char active[] = "SELECT COUNT(*) FROM patient_shares WHERE is_active = TRUE";

	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(BEN, CARL, "full", "");
	(void)people_share(CARL, DORA, "view", "");
	(void)people_expect(DORA, GET, "/patient-management/1", NULL, 200);
	(void)people_expect(BEN, DELETE, "/patient-sharing/remove-my-access/1", NULL, 200);
	(void)people_expect(DORA, GET, "/patient-management/1", NULL, 404);
	assert_int_equal(house_count(active), 0);
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
	assert_int_equal(house_count(active), 1);
}

static void
a_link_that_was_deleted_does_not_wake_up_the_rest(void **state)
{
	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(BEN, CARL, "full", "");
	(void)people_share(CARL, DORA, "view", "");
	house_do("DELETE FROM patient_shares WHERE shared_with_user_id IN (2, 3)");
	(void)people_share(ANNA, CARL, "full", "");
	(void)people_expect(DORA, GET, "/patient-management/1", NULL, 404);
}

static void
losing_the_right_to_pass_on_ends_what_was_passed_on(void **state)
{
	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(BEN, CARL, "edit", "");
	(void)people_expect(ANNA, PUT, "/patient-sharing/?patient_id=1&shared_with_user_id=2",
		"{\"permission_level\":\"edit\"}", 200);
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
	(void)people_expect(ANNA, PUT, "/patient-sharing/?patient_id=1&shared_with_user_id=2",
		"{\"permission_level\":\"full\"}", 200);
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
}

static void
an_ended_share_that_is_made_longer_brings_back_only_itself(void **state)
{
	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(BEN, CARL, "edit", "");
	house_do("UPDATE patient_shares SET expires_at = '2020-01-01 00:00:00.000000' "
		"WHERE shared_with_user_id = 2");
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
	(void)people_expect(ANNA, PUT, "/patient-sharing/?patient_id=1&shared_with_user_id=2",
		"{\"expires_at\":\"2999-01-01T00:00:00Z\"}", 200);
	(void)people_expect(BEN, GET, "/patient-management/1", NULL, 200);
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
}

static void
the_owner_may_let_in_anew_whom_a_dead_share_holds(void **state)
{
	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(BEN, CARL, "view", "");
	house_do("UPDATE patient_shares SET expires_at = '2020-01-01 00:00:00.000000' "
		"WHERE shared_with_user_id = 2");
	(void)people_share(ANNA, CARL, "edit", "");
	assert_int_equal(house_count("SELECT COUNT(*) FROM patient_shares WHERE "
		"shared_with_user_id = 3 AND shared_by_user_id = 1 AND is_active = TRUE"), 1);
	/* Ben is let in again: Carl's share is Anna's now and stays. */
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 200);
}

static void
keeping_a_patient_private_ends_no_share_for_good(void **state)
{
	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(BEN, CARL, "view", "");
	house_do("UPDATE patients SET privacy_level = 'private' WHERE id = 1");
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 404);
	(void)people_expect(ANNA, PUT, "/patient-sharing/?patient_id=1&shared_with_user_id=2",
		"{\"custom_permissions\":{\"a\":1}}", 200);
	(void)people_expect(ANNA, POST, "/patient-sharing/",
		"{\"patient_id\":1,\"shared_with_user_identifier\":\"ben\"}", 409);
	house_do("UPDATE patients SET privacy_level = 'owner' WHERE id = 1");
	(void)people_expect(CARL, GET, "/patient-management/1", NULL, 200);
}

static void
cleaning_up_switches_off_what_is_over(void **state)
{
	(void)state;
	people_forget();
	let_in("view", "'2020-01-01 00:00:00.000000'", "TRUE");
	people_says(people_expect(DORA, POST, "/patient-sharing/cleanup-expired", NULL, 200),
		"Cleaned up 1 expired shares");
	people_says(people_expect(DORA, POST, "/patient-sharing/cleanup-expired", NULL, 200),
		"Cleaned up 0 expired shares");
}

/* --- the trail --- */

static void
every_step_leaves_an_entry(void **state)
{
	static const char *const steps[] = { "invited", "accepted", "shared", "revoked", "left" };

	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "view", "");
	(void)people_expect(ANNA, DELETE, "/patient-sharing/revoke",
		"{\"patient_id\":1,\"shared_with_user_id\":2}", 200);
	(void)people_share(ANNA, BEN, "view", "");
	(void)people_expect(BEN, DELETE, "/patient-sharing/remove-my-access/1", NULL, 200);
	for (size_t i = 0; i < COUNT(steps); i++)
		assert_true(house_count(arena_printf(arena, "SELECT COUNT(*) FROM activity_log "
			"WHERE patient_id = 1 AND action = '%s'", steps[i])) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_gives_each_what_they_may_have),
		cmocka_unit_test(what_was_passed_on_ends_with_the_share_and_stays_ended),
		cmocka_unit_test(a_link_that_was_deleted_does_not_wake_up_the_rest),
		cmocka_unit_test(losing_the_right_to_pass_on_ends_what_was_passed_on),
		cmocka_unit_test(an_ended_share_that_is_made_longer_brings_back_only_itself),
		cmocka_unit_test(the_owner_may_let_in_anew_whom_a_dead_share_holds),
		cmocka_unit_test(keeping_a_patient_private_ends_no_share_for_good),
		cmocka_unit_test(cleaning_up_switches_off_what_is_over),
		cmocka_unit_test(every_step_leaves_an_entry),
	};

	return cmocka_run_group_tests(tests, people_open, house_close);
}
