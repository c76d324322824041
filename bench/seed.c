/*
 * seed - fills a new data folder for the benchmark: seed DIR PASSWORD
 *
 * One user "bench" owns 10,000 patients with 60 medications each; those of the
 * first half name neither practitioner nor pharmacy, those of the second half
 * name both (50 and 20 there are).  The rows go in by the catalog's own INSERT,
 * a few hundred patients to a commit; the log gets one entry for each commit, so
 * that its chain is whole.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "engine/store.h"
#include "personal/medications.h"
#include "personal/patients.h"
#include "personal/personal.h"
#include "personal/pharmacies.h"
#include "personal/practitioners.h"
#include "personal/records.h"

enum { PATIENTS = 10000, MEDICATIONS = 60, PRACTITIONERS = 50, PHARMACIES = 20, AT_ONCE = 500 };

static const char *const names[] = { "Metformin", "Lisinopril", "Atorvastatin", "Levothyroxine",
	"Amlodipine", "Omeprazole", "Sertraline", "Albuterol" };

static void
check(enum result r, const char *what)
{
	if (r == OK)
		return;
	(void)fprintf(stderr, "seed: %s failed (%d)\n", what, (int)r);
	exit(1);
}

static enum result
insert(struct work *w, struct row *row)
{
	size_t n = row->rec->n_fields;
	struct value *args = arena_new(w->arena, (n + 2) * sizeof(*args));
	char *now = arena_new(w->arena, MOMENT_SIZE);

	moment_store(w->now, now);
	args[0] = args[1] = value_text(now);
	memcpy(args + 2, row->values, n * sizeof(*args));
	return db_insert(w->db, record_plan(row->rec)->insert, args, n + 2, &row->id);
}

static enum result
add_practitioner(struct work *w, int i)
{
	struct row *row = row_new(w->arena, &personal_practitioners);

	row_set_text(row, PRACTITIONERS_NAME, arena_printf(w->arena, "Dr. Example %d", i));
	row_set_text(row, PRACTITIONERS_SPECIALTY, "Family medicine");
	row_set_text(row, PRACTITIONERS_PRACTICE, "Example practice");
	row_set_text(row, PRACTITIONERS_PHONE_NUMBER, "5550100199");
	row_set_number(row, PRACTITIONERS_RATING, 4.5);
	return insert(w, row);
}

static enum result
add_pharmacy(struct work *w, int i)
{
	struct row *row = row_new(w->arena, &personal_pharmacies);

	row_set_text(row, PHARMACIES_NAME, arena_printf(w->arena, "Pharmacy %d", i));
	row_set_text(row, PHARMACIES_CITY, "Springfield");
	row_set_text(row, PHARMACIES_STREET_ADDRESS, "1 Example Street");
	row_set_whole(row, PHARMACIES_DRIVE_THROUGH, 1);
	row_set_whole(row, PHARMACIES_TWENTY_FOUR_HOUR, 0);
	return insert(w, row);
}

static enum result
add_medication(struct work *w, int64_t patient, int p, int m)
{
	struct row *row = row_new(w->arena, &personal_medications);
	bool stopped = m % 3 == 0;

	row_set_whole(row, MEDICATIONS_PATIENT_ID, patient);
	if (p >= PATIENTS / 2) {
		row_set_whole(row, MEDICATIONS_PRACTITIONER_ID, m % PRACTITIONERS + 1);
		row_set_whole(row, MEDICATIONS_PHARMACY_ID, m % PHARMACIES + 1);
	}
	row_set_text(row, MEDICATIONS_MEDICATION_NAME,
		arena_printf(w->arena, "%s %d mg", names[(p + m) % 8], m * 5 + 5));
	row_set_text(row, MEDICATIONS_DOSAGE, arena_printf(w->arena, "%d mg", m * 5 + 5));
	row_set_text(row, MEDICATIONS_FREQUENCY, "twice daily");
	row_set_text(row, MEDICATIONS_ROUTE, "oral");
	row_set_text(row, MEDICATIONS_INDICATION, arena_printf(w->arena, "Indication %d", m));
	row_set_text(row, MEDICATIONS_EFFECTIVE_PERIOD_START,
		arena_printf(w->arena, "20%d-0%d-1%d", 10 + m % 15, 1 + m % 9, m % 10));
	if (stopped)
		row_set_text(row, MEDICATIONS_EFFECTIVE_PERIOD_END, "2025-01-01");
	row_set_text(row, MEDICATIONS_STATUS, stopped ? "stopped" : "active");
	row_set_text(row, MEDICATIONS_TAGS, "[]");
	return insert(w, row);
}

static enum result
add_patient(struct work *w, int64_t user, int p)
{
	struct row *row = row_new(w->arena, &personal_patients);
	enum result r;

	row_set_whole(row, PATIENTS_USER_ID, user);
	row_set_whole(row, PATIENTS_OWNER_USER_ID, user);
	row_set_whole(row, PATIENTS_IS_SELF_RECORD, 0);
	row_set_text(row, PATIENTS_PRIVACY_LEVEL, "owner");
	row_set_whole(row, PATIENTS_IS_EXTERNALLY_ACCESSIBLE, 0);
	row_set_text(row, PATIENTS_FIRST_NAME, "Example");
	row_set_text(row, PATIENTS_LAST_NAME, arena_printf(w->arena, "Person %d", p));
	row_set_text(row, PATIENTS_BIRTH_DATE, "1980-01-01");
	r = insert(w, row);
	for (int m = 0; !r && m < MEDICATIONS; m++)
		r = add_medication(w, row->id, p, m);
	return r;
}

struct share {
	int64_t user;
	int first;
};

static enum result
add_share(struct work *w, void *arg)
{
	struct share *share = arg;
	enum result r = OK;

	for (int i = 0; !r && i < AT_ONCE; i++)
		r = add_patient(w, share->user, share->first + i);
	return r ? r
		 : audit_add(w, &(struct entry){ .action = "seeded", .entity_type = "patient",
					.description = "Seeded for the benchmark", .count = AT_ONCE });
}

static enum result
add_people(struct work *w, void *arg)
{
	struct share *share = arg;
	enum result r;

	r = user_add(w, &(struct new_user){ .username = "bench", .email = "bench@example.org",
				.full_name = "Bench Mark", .role = "user", .hash = w->memo,
				.no_patient = true }, &share->user);
	for (int i = 0; !r && i < PRACTITIONERS; i++)
		r = add_practitioner(w, i);
	for (int i = 0; !r && i < PHARMACIES; i++)
		r = add_pharmacy(w, i);
	return r;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open(256u << 20);
	struct face *face = NULL;
	struct share share = { 0 };
	char hash[PASSWORD_HASH_SIZE];
	struct work w;

	if (argc != 3) {
		(void)fprintf(stderr, "usage: seed DIR PASSWORD\n");
		return 2;
	}
	crypto_start();
	(void)moment_zone("UTC");
	check(mkdir(argv[1], 0700) ? FAULT : OK, "making the folder");
	check(personal_open(&face, argv[1]), "opening the folder");
	check(password_hash(argv[2], hash), "the password");
	w = work_new(arena, face->store);
	w.memo = hash;
	check(store_write(&w, add_people, &share), "making people");
	for (; share.first < PATIENTS; share.first += AT_ONCE) {
		arena_reset(arena);
		w = work_new(arena, face->store);
		check(store_write(&w, add_share, &share), "making patients");
	}
	(void)printf("%d patients, %d medications\n", PATIENTS, PATIENTS * MEDICATIONS);
	personal_close();
	arena_close(&arena);
	return 0;
}
