/*
 * floor - the same reads and writes as the benchmark's requests, in this process
 * and without HTTP: floor DIR SECONDS
 *
 * What a request costs beyond these numbers is the price of HTTP, of finding out
 * who asks, and of reading the body.  Lists run on one thread; inserts keep 16
 * and 64 jobs in the writer's queue, as so many connections would, each with its
 * entry in the audit log and answered after its commit.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "db/writer.h"
#include "engine/audit.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/personal.h"
#include "personal/records.h"

enum { PATIENTS = 10000, JOBS_MOST = 64 };

static const char vitals[] = "{\"patient_id\":%d,\"recorded_date\":\"2026-11-22T10:00:00\","
			     "\"systolic_bp\":121,\"diastolic_bp\":79,\"heart_rate\":64,"
			     "\"temperature\":98.1,\"weight\":155.5,\"oxygen_saturation\":98,"
			     "\"notes\":\"bench\"}";

static struct store *store;
static int seconds;

static void
check(bool holds, const char *what)
{
	if (holds)
		return;
	(void)fprintf(stderr, "floor: %s failed\n", what);
	exit(1);
}

static int64_t
cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
report(const char *what, size_t n, int64_t wall, int64_t cpu)
{
	(void)printf("  %-28s %8.0f /s  %6.1f us CPU each\n", what,
		(double)n * 1e6 / (double)wall, (double)cpu / (double)n);
}

/* ---- lists ---- */

static void
list_once(struct arena *arena, struct text *out, int64_t patient)
{
	struct list list CLEANUP(list_close) = list_of(&personal_medications);
	struct work w = work_new(arena, store);
	size_t n = 0;

	w.db = store_reader(store);
	check(w.db && db_begin_read(w.db) == OK, "beginning to read");
	list.limit = 50;
	list_where(&list, "patient_id", value_whole(patient));
	out->len = 0;
	check(store_list(&w, &list, out, &n) == OK && n == 50, "listing");
	check(audit_read(&w, &(struct entry){ .action = "read", .entity_type = "medication",
		.patient = patient, .count = 50 }) == OK, "the audit entry");
	db_end_read(w.db);
}

static void
measure_lists(const char *what, int first)
{
	struct arena *arena = arena_open(16u << 20);
	struct text out = { 0 };
	int64_t start = moment_monotonic(), cpu = cpu_now();
	size_t n = 0;

	for (; moment_monotonic() - start < (int64_t)seconds * 1000000; n++) {
		list_once(arena, &out, first + (int64_t)random_below(PATIENTS / 2));
		arena_reset(arena);
	}
	report(what, n, moment_monotonic() - start, cpu_now() - cpu);
	text_close(&out);
	arena_close(&arena);
}

/* ---- inserts ---- */

struct unit {
	struct job job; /* first */
	struct arena *arena;
	struct text out;
};

static atomic_size_t done;
static atomic_int running;
static atomic_bool over;

static enum result
run_insert(struct job *job, struct db *db)
{
	struct unit *unit = (struct unit *)job;
	struct work w = work_new(unit->arena, store);
	struct row *row = row_new(w.arena, &personal_vitals);
	struct json_trouble trouble;
	const char *body = arena_printf(w.arena, vitals, 1 + (int)random_below(PATIENTS));
	json_t *json = json_read(body, strlen(body), &trouble);

	w.db = db;
	form_read(&w, json, false, row);
	form_rules(&w, row);
	json_decref(json);
	check(w.problems.n == 0 && store_put(&w, row) == OK, "inserting");
	unit->out.len = 0;
	return store_print(&w, &personal_vitals, row->id, false, &unit->out);
}

static void
again(struct job *job, enum result r)
{
	struct unit *unit = (struct unit *)job;

	check(r == OK, "committing");
	atomic_fetch_add(&done, 1);
	arena_reset(unit->arena);
	if (atomic_load(&over) || !writer_put(store_writer(store), job))
		atomic_fetch_sub(&running, 1);
}

static void
measure_inserts(int jobs)
{
	static struct unit units[JOBS_MOST];
	int64_t start = moment_monotonic(), cpu = cpu_now();
	char what[40];

	atomic_store(&done, 0);
	atomic_store(&over, false);
	atomic_store(&running, jobs);
	for (int i = 0; i < jobs; i++) {
		units[i] = (struct unit){ .job = { .run = run_insert, .done = again },
			.arena = arena_open(1u << 20) };
		check(writer_put(store_writer(store), &units[i].job), "queueing");
	}
	(void)sleep((unsigned)seconds);
	atomic_store(&over, true);
	while (atomic_load(&running) > 0)
		(void)usleep(1000);
	(void)snprintf(what, sizeof(what), "insert, %d waiting", jobs);
	report(what, atomic_load(&done), moment_monotonic() - start, cpu_now() - cpu);
	for (int i = 0; i < jobs; i++) {
		arena_close(&units[i].arena);
		text_close(&units[i].out);
	}
}

int
main(int argc, char **argv)
{
	struct face *face = NULL;

	if (argc != 3 || (seconds = atoi(argv[2])) < 1) {
		(void)fprintf(stderr, "usage: floor DIR SECONDS\n");
		return 2;
	}
	crypto_start();
	(void)moment_zone("UTC");
	check(personal_open(&face, argv[1]) == OK, "opening the folder");
	store = face->store;
	measure_lists("list of 50, null references", 1);
	measure_lists("list of 50, both references", 1 + PATIENTS / 2);
	measure_inserts(16);
	measure_inserts(JOBS_MOST);
	personal_close();
	return 0;
}
