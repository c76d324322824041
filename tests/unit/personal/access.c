/*
 * access - what owners, holders of shares, strangers and admins may do.
 *
 * Users: 1 owner, 2 viewer, 3 editor, 4 full, 5 stranger, 6 admin, 7 whose share
 * came from 4.  Patient 1 is the owner's.
 */
#include "personal/access.h"
#include "personal/practitioners.h"
#include "personal/records.h"

#include "house.h"

#define NOW "'2026-01-01 00:00:00.000000'"
#define USER_ROW(id, name, role)                                                       \
	"INSERT INTO users (id, username, email, password_hash, full_name, role, "     \
	"auth_method, created_at, updated_at) VALUES (" id ", '" name "', '" name      \
	"@example.com', '!', '" name "', '" role "', 'local', " NOW ", " NOW ");"
#define SHARE_ROW(by, with, level)                                                     \
	"INSERT INTO patient_shares (patient_id, shared_by_user_id, shared_with_user_id, " \
	"permission_level, is_active, created_at, updated_at) VALUES (1, " by ", " with \
	", '" level "', TRUE, " NOW ", " NOW ");"

static int
open_family(void **state)
{
	if (house_open(state))
		return -1;
	house_do(USER_ROW("1", "owner", "user") USER_ROW("2", "viewer", "user")
		USER_ROW("3", "editor", "user") USER_ROW("4", "fuller", "user")
		USER_ROW("5", "stranger", "user") USER_ROW("6", "boss", "admin")
		USER_ROW("7", "guest", "guest")
		"INSERT INTO patients (id, user_id, owner_user_id, is_self_record, "
		"privacy_level, is_externally_accessible, first_name, last_name, birth_date, "
		"created_at, updated_at) VALUES (1, 1, 1, TRUE, 'owner', FALSE, 'A', 'B', "
		"'2000-01-01', " NOW ", " NOW ");"
		SHARE_ROW("1", "2", "view") SHARE_ROW("1", "3", "edit")
		SHARE_ROW("1", "4", "full") SHARE_ROW("4", "7", "edit"));
	return 0;
}

static enum result
ask(int64_t user, const struct record *rec, int64_t patient, enum verb verb,
	const struct row *subject)
{
	struct work w = work_new(arena, face->store);
	enum result r;

	w.actor = (struct actor){ .kind = USER, .id = user, .admin = user == 6 };
	w.subject = subject;
	w.db = store_reader(face->store);
	assert_int_equal(db_begin_read(w.db), OK);
	r = personal_access(&w, rec, patient, verb);
	db_end_read(w.db);
	return r;
}

static enum result
may(int64_t user, enum verb verb)
{
	return ask(user, &personal_medications, 1, verb, NULL);
}

static void
the_owner_may_do_everything(void **state)
{
	(void)state;
	for (enum verb verb = SEE; verb <= OWN; verb++)
		assert_int_equal(may(1, verb), OK);
}

static void
shares_reach_as_far_as_their_level(void **state)
{
	(void)state;
	assert_int_equal(may(2, SEE), OK);
	assert_int_equal(may(2, EDIT), DENIED);
	assert_int_equal(may(3, EDIT), OK);
	assert_int_equal(may(3, MANAGE), DENIED);
	assert_int_equal(may(4, MANAGE), OK);
	assert_int_equal(may(4, OWN), DENIED);
}

static void
strangers_and_admins_see_nothing(void **state)
{
	(void)state;
	for (enum verb verb = SEE; verb <= OWN; verb++) {
		assert_int_equal(may(5, verb), MISSING);
		assert_int_equal(may(6, verb), MISSING);
		assert_int_equal(may(0, verb), MISSING);
	}
	assert_int_equal(ask(1, NULL, 99, SEE, NULL), MISSING);
}

static void
a_share_ends_with_its_day(void **state)
{
	(void)state;
	house_do("UPDATE patient_shares SET expires_at = '2000-01-01 00:00:00.000000' "
		"WHERE shared_with_user_id = 2;"
		"UPDATE patient_shares SET expires_at = '2999-01-01 00:00:00.000000' "
		"WHERE shared_with_user_id = 3;");
	assert_int_equal(may(2, SEE), MISSING);
	assert_int_equal(may(3, EDIT), OK);
}

static void
a_share_ends_when_switched_off(void **state)
{
	(void)state;
	house_do("UPDATE patient_shares SET is_active = FALSE WHERE shared_with_user_id = 3;");
	assert_int_equal(may(3, SEE), MISSING);
}

static void
private_stops_every_share(void **state)
{
	(void)state;
	house_do("UPDATE patients SET privacy_level = 'private';");
	for (int64_t user = 2; user <= 7; user++)
		assert_int_equal(may(user, SEE), MISSING);
	assert_int_equal(may(1, OWN), OK);
}

static void
a_share_passed_on_ends_with_its_source(void **state)
{
	(void)state;
	assert_int_equal(may(7, EDIT), OK);
	house_do("UPDATE patient_shares SET expires_at = '2000-01-01 00:00:00.000000' "
		"WHERE shared_with_user_id = 4;");
	assert_int_equal(may(7, SEE), MISSING);
	house_do("UPDATE patient_shares SET expires_at = NULL, permission_level = 'edit' "
		"WHERE shared_with_user_id = 4;");
	assert_int_equal(may(7, SEE), MISSING);
}

static void
shares_in_a_circle_give_nothing(void **state)
{
	(void)state;
	house_do("UPDATE patient_shares SET shared_by_user_id = 7, permission_level = 'full' "
		"WHERE shared_with_user_id = 4;"
		"UPDATE patient_shares SET permission_level = 'full' WHERE shared_with_user_id = 7;");
	assert_int_equal(may(7, SEE), MISSING);
	assert_int_equal(may(4, SEE), MISSING);
}

static void
rows_of_nobody_are_the_admins(void **state)
{
	(void)state;
	assert_int_equal(ask(1, &personal_encounters, 0, SEE, NULL), MISSING);
	assert_int_equal(ask(6, &personal_encounters, 0, SEE, NULL), OK);
}

static void
a_shared_record_others_use_is_its_adders(void **state)
{
	struct row *row = row_new(arena, &personal_practitioners);

	(void)state;
	row->id = 1;
	row_set_whole(row, PRACTITIONERS_ADDED_BY, 2);
	house_do("INSERT INTO practitioners (id, name, specialty, practice, created_at, "
		"updated_at) VALUES (1, 'Dr', 'x', 'y', " NOW ", " NOW ");");
	assert_int_equal(ask(5, &personal_practitioners, 0, SEE, NULL), OK);
	assert_int_equal(ask(5, &personal_practitioners, 0, EDIT, NULL), OK);
	assert_int_equal(ask(5, &personal_practitioners, 0, EDIT, row), OK);
	house_do("UPDATE patients SET physician_id = 1;");
	assert_int_equal(ask(5, &personal_practitioners, 0, EDIT, row), DENIED);
	assert_int_equal(ask(5, &personal_practitioners, 0, SEE, row), OK);
	assert_int_equal(ask(2, &personal_practitioners, 0, OWN, row), OK);
	assert_int_equal(ask(6, &personal_practitioners, 0, OWN, row), OK);
	/* Only the owner of the patient uses it: nobody else is in the way. */
	assert_int_equal(ask(1, &personal_practitioners, 0, EDIT, row), OK);
}

#define FAMILY(test) cmocka_unit_test_setup_teardown(test, open_family, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FAMILY(the_owner_may_do_everything),
		FAMILY(shares_reach_as_far_as_their_level),
		FAMILY(strangers_and_admins_see_nothing),
		FAMILY(a_share_ends_with_its_day),
		FAMILY(a_share_ends_when_switched_off),
		FAMILY(private_stops_every_share),
		FAMILY(a_share_passed_on_ends_with_its_source),
		FAMILY(shares_in_a_circle_give_nothing),
		FAMILY(rows_of_nobody_are_the_admins),
		FAMILY(a_shared_record_others_use_is_its_adders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
