/*
 * family_sharing - a relative's history is seen by who was let in, as long as
 * everything it hangs on holds.
 */
#include "people.h"

static int64_t member;

static int64_t
share(int from, int to)
{
	const char *answer = people_expect(from, POST, arena_printf(arena,
		"/family-history-sharing/%lld/shares", (long long)member), arena_printf(arena,
		"{\"shared_with_identifier\":\"%s\"}", people_names[to - 1]), 200);

	answer = people_expect(to, POST, arena_printf(arena, "/invitations/%lld/respond",
		(long long)people_number(answer, "invitation_id")),
		"{\"response\":\"accepted\"}", 200);
	return people_number(answer, "share_id");
}

static void
sees(int user, int wanted)
{
	const char *list;

	(void)people_expect(user, GET, arena_printf(arena, "/family-history-sharing/%lld/details",
		(long long)member), NULL, wanted);
	list = people_expect(user, GET, "/family-history-sharing/shared-with-me", NULL, 200);
	assert_int_equal(people_number(list, "count"), wanted == 200);
	assert_int_equal(strstr(list, "Grandma") != NULL, wanted == 200);
}

static int
open_relatives(void **state)
{
	if (people_open(state))
		return -1;
	member = people_number(people_expect(ANNA, POST, "/family-members/",
		"{\"name\":\"Grandma\",\"relationship\":\"paternal_grandmother\"}", 200), "id");
	return 0;
}

static void
a_share_is_one_relative_and_nothing_else(void **state)
{
	(void)state;
	people_forget();
	(void)share(ANNA, BEN);
	sees(BEN, 200);
	sees(CARL, 404);
	(void)people_expect(BEN, GET, "/patient-management/1", NULL, 404);
	(void)people_expect(BEN, PUT, arena_printf(arena, "/family-members/%lld",
		(long long)member), "{\"notes\":\"x\"}", 404);
}

static void
it_ends_with_whatever_it_hangs_on(void **state)
{
	static const char *const ends[] = {
		"UPDATE patients SET privacy_level = 'private' WHERE id = 1",
		"UPDATE family_history_shares SET is_active = FALSE",
		"UPDATE family_history_shares SET expires_at = '2020-01-01 00:00:00.000000'",
		"UPDATE invitations SET status = 'revoked'",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ends); i++) {
		people_forget();
		(void)share(ANNA, BEN);
		sees(BEN, 200);
		house_do(ends[i]);
		sees(BEN, 404);
		assert_int_equal(people_number(people_expect(BEN, GET,
			"/family-history-sharing/mine", NULL, 200), "total_count"), 0);
	}
}

static void
who_holds_a_full_share_passes_it_on_as_long_as_they_do(void **state)
{
	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)share(BEN, CARL);
	sees(CARL, 200);
	(void)people_expect(ANNA, DELETE, "/patient-sharing/revoke",
		"{\"patient_id\":1,\"shared_with_user_id\":2}", 200);
	sees(CARL, 404);
	/* It does not come back with them. */
	(void)people_share(ANNA, BEN, "full", "");
	sees(CARL, 404);
}

static void
only_who_gave_it_and_the_owner_end_it(void **state)
{
	const char *url = arena_printf(arena, "/family-history-sharing/%lld/shares/4",
		(long long)member);

	(void)state;
	people_forget();
	(void)people_share(ANNA, BEN, "full", "");
	(void)people_share(ANNA, CARL, "full", "");
	(void)share(BEN, DORA);
	people_says(people_expect(CARL, DELETE, url, NULL, 404),
		"Share not found or not authorized");
	sees(DORA, 200);
	(void)people_expect(ANNA, DELETE, url, NULL, 200);
	sees(DORA, 404);
	assert_int_equal(house_count("SELECT COUNT(*) FROM invitations WHERE "
		"status = 'revoked' AND invitation_type = 'family_history_share'"), 1);
}

static void
it_can_be_given_again_and_keeps_its_history(void **state)
{
	int64_t first, second;

	(void)state;
	people_forget();
	first = share(ANNA, BEN);
	(void)people_expect(BEN, DELETE, arena_printf(arena,
		"/family-history-sharing/shared-with-me/%lld/remove-access", (long long)member),
		NULL, 200);
	sees(BEN, 404);
	assert_int_equal(house_count("SELECT COUNT(*) FROM invitations "
		"WHERE status = 'accepted'"), 1);
	second = share(ANNA, BEN);
	assert_true(second > first);
	sees(BEN, 200);
	assert_int_equal(house_count("SELECT COUNT(*) FROM family_history_shares "
		"WHERE is_active = TRUE"), 1);
	assert_int_equal(house_count("SELECT COUNT(*) FROM family_history_shares"), 2);
}

static void
a_dead_share_does_not_stand_in_the_way(void **state)
{
	(void)state;
	people_forget();
	(void)share(ANNA, BEN);
	house_do("UPDATE invitations SET status = 'revoked'");
	sees(BEN, 404);
	(void)share(ANNA, BEN);
	sees(BEN, 200);
}

static void
reading_it_is_an_entry_about_the_patient(void **state)
{
	static const char reads[] = "SELECT COUNT(*) FROM activity_log WHERE action = 'read' "
		"AND entity_type = 'family_member' AND patient_id = 1 AND user_id = 2";
	int64_t before;

	(void)state;
	people_forget();
	(void)share(ANNA, BEN);
	house_do("SELECT 1");
	before = house_count(reads);
	sees(BEN, 200);
	house_do("SELECT 1");
	assert_int_equal(house_count(reads), before + 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_share_is_one_relative_and_nothing_else),
		cmocka_unit_test(it_ends_with_whatever_it_hangs_on),
		cmocka_unit_test(who_holds_a_full_share_passes_it_on_as_long_as_they_do),
		cmocka_unit_test(only_who_gave_it_and_the_owner_end_it),
		cmocka_unit_test(it_can_be_given_again_and_keeps_its_history),
		cmocka_unit_test(a_dead_share_does_not_stand_in_the_way),
		cmocka_unit_test(reading_it_is_an_entry_about_the_patient),
	};

	return cmocka_run_group_tests(tests, open_relatives, house_close);
}
