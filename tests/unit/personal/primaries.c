/*
 * What the records' hooks and references do to other rows, in a real store.
 */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "engine/store.h"
#include "personal/emergency_contacts.h"
#include "personal/insurance.h"
#include "personal/medications.h"
#include "personal/patients.h"
#include "personal/personal.h"
#include "personal/practitioners.h"
#include "personal/records.h"
#include "personal/users.h"

/* Last: its fail() is a macro, the engine's is not. */
#include <cmocka.h>
#include "../database.h"

static char folder[] = "/tmp/charthouse-records-XXXXXX";
static struct store *store;
static struct work w;

static int
begin(void **state)
{
	(void)state;
	database_use_fresh();
	if (!mkdtemp(folder) || catalog_check(&personal_catalog)
	    || store_open(&store, &(struct store_options){ .catalog = &personal_catalog,
					  .dir = folder }))
		return -1;
	w = work_new(arena_open(8u << 20), store);
	w.actor.kind = SYSTEM;
	w.now = moment_now();
	return 0;
}

static int
remove_one(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info, (void)type, (void)ftw;
	return remove(path);
}

static int
finish(void **state)
{
	(void)state;
	store_close(&store);
	arena_close(&w.arena);
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* cmocka's asserts work on the test's own thread only, units run on the
 * writer's: the first line whose claim does not hold is told afterwards. */
static int broken;
#define CLAIM(claim) (broken = (claim) || broken ? broken : __LINE__)

static void
put(struct row *row)
{
	CLAIM(store_put(&w, row) == OK);
	CLAIM(row->id > 0);
}

/* The one number a constant query with one id answers. */
static int64_t
count(const char *sql, int64_t id)
{
	int64_t n = -1;

	CLAIM(db_one(w.db, sql, ARGS(value_whole(id)), &n) == OK);
	return n;
}

static int64_t
add_user(void)
{
	struct row *row = row_new(w.arena, &personal_users);

	row_set_text(row, USERS_USERNAME, "ann");
	row_set_text(row, USERS_EMAIL, "ann@example.com");
	row_set_text(row, USERS_PASSWORD_HASH, "!");
	row_set_text(row, USERS_FULL_NAME, "Ann");
	row_set_text(row, USERS_ROLE, "user");
	row_set_text(row, USERS_AUTH_METHOD, "local");
	put(row);
	return row->id;
}

static struct row *
new_patient(int64_t user, bool self)
{
	struct row *row = row_new(w.arena, &personal_patients);

	row_set_whole(row, PATIENTS_USER_ID, user);
	row_set_whole(row, PATIENTS_OWNER_USER_ID, user);
	row_set_whole(row, PATIENTS_IS_SELF_RECORD, self);
	row_set_text(row, PATIENTS_PRIVACY_LEVEL, "owner");
	row_set_whole(row, PATIENTS_IS_EXTERNALLY_ACCESSIBLE, 0);
	row_set_text(row, PATIENTS_FIRST_NAME, "Ann");
	row_set_text(row, PATIENTS_LAST_NAME, "Bee");
	row_set_text(row, PATIENTS_BIRTH_DATE, "1980-01-01");
	return row;
}

static int64_t
add_contact(int64_t patient)
{
	struct row *row = row_new(w.arena, &personal_emergency_contacts);

	row_set_whole(row, EMERGENCY_CONTACTS_PATIENT_ID, patient);
	row_set_text(row, EMERGENCY_CONTACTS_NAME, "Cee");
	row_set_text(row, EMERGENCY_CONTACTS_RELATIONSHIP, "friend");
	row_set_text(row, EMERGENCY_CONTACTS_PHONE_NUMBER, "5551234567");
	row_set_whole(row, EMERGENCY_CONTACTS_IS_PRIMARY, 1);
	row_set_whole(row, EMERGENCY_CONTACTS_IS_ACTIVE, 1);
	put(row);
	return row->id;
}

static int64_t
add_insurance(int64_t patient, const char *type)
{
	struct row *row = row_new(w.arena, &personal_insurance);

	row_set_whole(row, INSURANCE_PATIENT_ID, patient);
	row_set_text(row, INSURANCE_INSURANCE_TYPE, type);
	row_set_text(row, INSURANCE_COMPANY_NAME, "Acme");
	row_set_text(row, INSURANCE_MEMBER_NAME, "Ann");
	row_set_text(row, INSURANCE_MEMBER_ID, "7");
	row_set_text(row, INSURANCE_EFFECTIVE_DATE, "2024-01-01");
	row_set_text(row, INSURANCE_STATUS, "active");
	row_set_whole(row, INSURANCE_IS_PRIMARY, 1);
	put(row);
	return row->id;
}

static int64_t
add_medication(int64_t patient, int64_t practitioner)
{
	struct row *row = row_new(w.arena, &personal_medications);

	row_set_whole(row, MEDICATIONS_PATIENT_ID, patient);
	row_set_whole(row, MEDICATIONS_PRACTITIONER_ID, practitioner);
	row_set_text(row, MEDICATIONS_MEDICATION_NAME, "Aspirin");
	row_set_text(row, MEDICATIONS_TAGS, "[]");
	put(row);
	return row->id;
}

static enum result
check_primaries(struct work *work, void *arg)
{
	const char *primary = "SELECT is_primary FROM insurance WHERE id = $1";
	struct row *patient = new_patient(add_user(), true);
	int64_t first, second, dental;

	(void)work, (void)arg;
	put(patient);
	first = add_contact(patient->id);
	second = add_contact(patient->id);
	CLAIM(count("SELECT is_primary FROM emergency_contacts WHERE id = $1", first) == 0);
	CLAIM(count("SELECT is_primary FROM emergency_contacts WHERE id = $1", second) == 1);
	first = add_insurance(patient->id, "medical");
	dental = add_insurance(patient->id, "dental");
	second = add_insurance(patient->id, "medical");
	CLAIM(count(primary, first) == 0);
	CLAIM(count(primary, dental) == 1);
	CLAIM(count(primary, second) == 1);
	return OK;
}

/* Only one of a user's patients is the user. */
static enum result
check_self(struct work *work, void *arg)
{
	struct row *patient = NULL;

	(void)work, (void)arg;
	CLAIM(store_find(&w, &personal_patients, "first_name", value_text("Ann"), &patient) == OK);
	if (!patient)
		return MISSING;
	return store_put(&w, new_patient(row_whole(patient, PATIENTS_USER_ID), true));
}

static enum result
check_references(struct work *work, void *arg)
{
	struct row *patient = NULL;
	struct row *doctor = row_new(w.arena, &personal_practitioners);
	int64_t medication;

	(void)work, (void)arg;
	CLAIM(store_find(&w, &personal_patients, "first_name", value_text("Ann"), &patient) == OK);
	row_set_text(doctor, PRACTITIONERS_NAME, "Dee");
	row_set_text(doctor, PRACTITIONERS_SPECIALTY, "Eyes");
	row_set_text(doctor, PRACTITIONERS_PRACTICE, "Bay");
	put(doctor);
	if (!patient)
		return MISSING;
	medication = add_medication(patient->id, doctor->id);
	CLAIM(store_drop(&w, doctor) == OK);
	CLAIM(count("SELECT practitioner_id IS NULL FROM medications WHERE id = $1", medication) == 1);
	CLAIM(store_drop(&w, patient) == OK);
	CLAIM(count("SELECT count(*) FROM medications WHERE id = $1", medication) == 0);
	CLAIM(count("SELECT count(*) FROM insurance WHERE patient_id = $1", patient->id) == 0);
	return OK;
}

static void
the_newer_primary_wins(void **state)
{
	(void)state;
	assert_int_equal(store_write(&w, check_primaries, NULL), OK);
	assert_int_equal(store_write(&w, check_self, NULL), CONFLICT);
	assert_int_equal(broken, 0);
}

static void
a_doctor_is_let_go_and_a_patient_takes_all_along(void **state)
{
	(void)state;
	assert_int_equal(store_write(&w, check_references, NULL), OK);
	assert_int_equal(broken, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newer_primary_wins),
		cmocka_unit_test(a_doctor_is_let_go_and_a_patient_takes_all_along),
	};

	return cmocka_run_group_tests(tests, begin, finish);
}
