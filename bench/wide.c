/*
 * wide - one patient with 50,000 records: wide seed DIR PASSWORD makes them and
 * says the patient's id; wide floor DIR PATIENT SECONDS runs the SQL of the requests
 * that bench/wide sends, in this process, and prints "name microseconds of CPU".
 *
 * Every column of every row is read, as a program would that wants to have the rows; no JSON, no rights, no audit entry, no HTTP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "engine/catalog.h"
#include "engine/store.h"
#include "personal/personal.h"
#include "personal/records.h"

static void
check(bool holds, const char *what)
{
	if (holds)
		return;
	(void)fprintf(stderr, "wide: %s failed\n", what);
	exit(1);
}

/* ---- seed ---- */

#define NOW "'2026-01-01 00:00:00.000000'"
#define MANY(n) "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " #n ") "
#define DAY "date('2025-12-31', '-' || (i % 3000) || ' days')"

/* The rows of patient $1; 50,000 of them. */
static const char *const rows[] = {
	MANY(15000) "INSERT INTO vitals (patient_id, recorded_date, systolic_bp, diastolic_bp, "
	"heart_rate, temperature, weight, height, bmi, notes, created_at, updated_at) SELECT $1, "
	DAY " || ' 10:00:00.000000', 110 + i % 30, 70 + i % 20, 60 + i % 30, 98.1, 150.5 + i % 9, "
	"70.0, 22.1, 'calm', " NOW ", " NOW " FROM n",
	MANY(5000) "INSERT INTO medications (patient_id, medication_name, dosage, frequency, status, "
	"effective_period_start, tags, created_at, updated_at) SELECT $1, 'Medication ' || i, "
	"'10 mg', 'daily', CASE WHEN i % 3 THEN 'stopped' ELSE 'active' END, " DAY ", '[\"heart\"]', "
	NOW ", " NOW " FROM n",
	MANY(2500) "INSERT INTO conditions (patient_id, diagnosis, status, onset_date, tags, "
	"created_at, updated_at) SELECT $1, 'Condition ' || i, 'chronic', " DAY ", '[]', " NOW ", "
	NOW " FROM n",
	MANY(5000) "INSERT INTO encounters (patient_id, reason, date, tags, created_at, updated_at) "
	"SELECT $1, 'Visit ' || i, " DAY ", '[]', " NOW ", " NOW " FROM n",
	MANY(500) "INSERT INTO allergies (patient_id, allergen, reaction, severity, status, tags, "
	"created_at, updated_at) SELECT $1, 'Allergen ' || i, '', 'mild', 'active', '[]', " NOW ", "
	NOW " FROM n",
	MANY(1000) "INSERT INTO immunizations (patient_id, vaccine_name, date_administered, tags, "
	"created_at, updated_at) SELECT $1, 'Vaccine ' || i % 9, " DAY ", '[]', " NOW ", " NOW
	" FROM n",
	MANY(1500) "INSERT INTO procedures (patient_id, procedure_name, date, status, tags, "
	"created_at, updated_at) SELECT $1, 'Procedure ' || i, " DAY ", 'completed', '[]', " NOW
	", " NOW " FROM n",
	MANY(2000) "INSERT INTO treatments (patient_id, treatment_name, treatment_type, start_date, "
	"status, tags, created_at, updated_at) SELECT $1, 'Treatment ' || i, 'therapy', " DAY
	", 'active', '[]', " NOW ", " NOW " FROM n",
	MANY(2500) "INSERT INTO lab_results (patient_id, test_name, status, ordered_date, "
	"completed_date, tags, created_at, updated_at) SELECT $1, 'Panel ' || i % 20, 'completed', "
	DAY ", " DAY ", '[]', " NOW ", " NOW " FROM n",
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6) INSERT INTO "
	"lab_test_components (lab_result_id, test_name, value, unit, ref_range_min, ref_range_max, "
	"status, category, display_order, created_at, updated_at) SELECT l.id, 'Value ' || n.i, "
	"50 + (l.id * 7 + n.i) % 50, 'mg/dL', 60, 90, 'normal', 'chemistry', n.i, " NOW ", " NOW
	" FROM lab_results l, n WHERE l.patient_id = $1",
};

static enum result
add(struct work *w, void *arg)
{
	int64_t user, patient = 0;
	enum result r = user_add(w, &(struct new_user){ .username = "wide",
		.email = "wide@example.org", .full_name = "Wide Record", .role = "user",
		.hash = arg }, &user);

	if (!r)
		r = db_one(w->db, "SELECT id FROM patients WHERE owner_user_id = $1",
			ARGS(value_whole(user)), &patient);
	for (size_t i = 0; !r && i < COUNT(rows); i++)
		r = db_run(w->db, rows[i], ARGS(value_whole(patient)), NULL);
	(void)printf("%lld\n", (long long)patient);
	return r ? r : audit_add(w, &(struct entry){ .action = "seeded",
		.entity_type = "patient", .description = "Seeded for the benchmark" });
}

static void
seed(struct store *store, const char *password)
{
	char hash[PASSWORD_HASH_SIZE];
	struct work w = work_new(arena_open(16u << 20), store);

	check(password_hash(password, hash) == OK, "the password");
	check(store_write(&w, add, hash) == OK, "making the rows");
	arena_close(&w.arena);
}

/* ---- floor ---- */

#define OF(table) "(SELECT COUNT(*) FROM " table " WHERE patient_id = $1)"
#define WHEN "COALESCE(CAST(l.completed_date AS TEXT), CAST(c.created_at AS TEXT))"
static const struct {
	const char *name, *sql;
} reads[] = {
	{ "sorted", "SELECT id, medication_name, dosage, frequency, route, indication, "
	  "effective_period_start, effective_period_end, status, tags, practitioner_id, "
	  "pharmacy_id, patient_id FROM medications WHERE patient_id = $1 AND status = 'active' "
	  "ORDER BY medication_name LIMIT 100 OFFSET 0" },
	{ "dashboard", "SELECT " OF("medications") ", " OF("lab_results") ", " OF("procedures")
	  ", " OF("treatments") ", " OF("conditions") ", " OF("allergies") ", "
	  OF("immunizations") ", " OF("encounters") ", " OF("vitals") ", "
	  OF("emergency_contacts") ", (SELECT COUNT(*) FROM practitioners WHERE id IN "
	  "(SELECT physician_id FROM patients WHERE id = $1) OR id IN "
	  "(SELECT practitioner_id FROM medications WHERE patient_id = $1) OR id IN "
	  "(SELECT practitioner_id FROM encounters WHERE patient_id = $1) OR id IN "
	  "(SELECT practitioner_id FROM lab_results WHERE patient_id = $1)), "
	  "(SELECT COUNT(DISTINCT pharmacy_id) FROM medications WHERE patient_id = $1)" },
	{ "trend", "SELECT c.id, c.value, c.unit, c.status, c.ref_range_min, c.ref_range_max, "
	  "c.ref_range_text, l.completed_date, c.created_at, l.id, l.test_name, c.category "
	  "FROM lab_test_components c JOIN lab_results l ON l.id = c.lab_result_id "
	  "WHERE l.patient_id = $1 AND LOWER(c.test_name) LIKE 'value 3' AND " WHEN " >= '' AND "
	  WHEN " < '9999-12-32' ORDER BY " WHEN " DESC, c.id DESC LIMIT 100" },
};

/* Every list of the common pattern, 1,000 rows with what the route selects for each. */
static const struct record *const lists[] = {
	&personal_vitals, &personal_medications, &personal_conditions, &personal_encounters,
	&personal_allergies, &personal_immunizations, &personal_procedures, &personal_treatments,
	&personal_lab_results,
};

#define NAMES ", (SELECT p.first_name || ' ' || p.last_name FROM patients p WHERE p.id = " \
	"lab_results.patient_id), (SELECT d.name FROM practitioners d WHERE d.id = "            \
	"lab_results.practitioner_id)"

static const char *
list_sql(struct arena *arena, const struct record *rec)
{
	return arena_printf(arena, "SELECT %s%s FROM %s WHERE patient_id = $1 ORDER BY id DESC "
		"LIMIT 1000 OFFSET 0", record_plan(rec)->print_columns,
		rec == &personal_lab_results ? NAMES : "", rec->name);
}

static int64_t
cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static size_t sink;

static void
read_all(struct db *db, const char *sql, int64_t patient)
{
	struct query *query = NULL;

	check(db_begin_read(db) == OK
		&& db_query(db, &query, sql, ARGS(value_whole(patient))) == OK, "asking");
	while (query_next(query))
		for (size_t i = 0; i < query_columns(query); i++) {
			struct value value;

			/* The cheapest way there is, and the one the printer takes. */
			query_value(query, i, &value);
			sink += value.kind == VALUE_NULL ? 0
				: value.kind == VALUE_TEXT ? value.len : (size_t)value.whole;
		}
	check(query_close(&query) == OK, "reading");
	db_end_read(db);
}

static void
time_one(struct store *store, const char *name, const char *sql, int64_t patient, int seconds)
{
	int64_t start = moment_monotonic(), cpu = cpu_now();
	int n = 0;

	for (; moment_monotonic() - start < (int64_t)seconds * 1000000; n++)
		read_all(store_reader(store), sql, patient);
	(void)printf("%s %.1f\n", name, (double)(cpu_now() - cpu) / n);
}

static void
measure(struct store *store, int64_t patient, int seconds)
{
	struct arena *arena = arena_open(1u << 20);

	for (size_t k = 0; k < COUNT(lists); k++)
		time_one(store, lists[k]->route, list_sql(arena, lists[k]), patient, seconds);
	for (size_t k = 0; k < COUNT(reads); k++)
		time_one(store, reads[k].name, reads[k].sql, patient, seconds);
	arena_close(&arena);
}

int
main(int argc, char **argv)
{
	bool floor = argc == 5 && strcmp(argv[1], "floor") == 0;
	struct face *face = NULL;

	if (!floor && (argc != 4 || strcmp(argv[1], "seed") != 0)) {
		(void)fprintf(stderr, "usage: wide seed DIR PASSWORD | floor DIR PATIENT SECONDS\n");
		return 2;
	}
	crypto_start();
	(void)moment_zone("UTC");
	check(floor || mkdir(argv[2], 0700) == 0, "making the folder");
	check(personal_open(&face, argv[2]) == OK, "opening the folder");
	if (floor)
		measure(face->store, atoll(argv[3]), atoi(argv[4]));
	else
		seed(face->store, argv[3]);
	personal_close();
	return 0;
}
