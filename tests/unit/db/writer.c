/*
 * What writer.h promises: every job is answered, and only with what is on disk.
 */
#include "scratch.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "db/writer.h"

enum { THREADS = 8, JOBS = 2000, MANY = 100000 };

static const char count_rows[] = "SELECT count(*) FROM rows";

static struct writer *
start(writer_flush *flush, writer_after *after, void *arg)
{
	struct writer_options options = {
		.max_jobs = MANY, .flush = flush, .after = after, .arg = arg
	};
	struct db *db = scratch_db(DB_WRITE);
	struct writer *writer;

	assert_int_equal(db_script(db, "CREATE TABLE IF NOT EXISTS rows"
		" (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, body TEXT) STRICT"), OK);
	assert_int_equal(writer_open(&writer, db, &options), OK);
	return writer;
}

static int64_t
count_after_all(const char *sql)
{
	struct db *db = scratch_db(DB_READ);
	int64_t n = scratch_count(db, sql);

	db_close(&db);
	return n;
}

/* A job that puts the row n. */
struct put {
	struct job job; /* first, so that a job is its put */
	int64_t n;
	enum result want; /* what run answers when it could write */
	enum result got;
	atomic_int *answered;
};

static struct put *
put_of(struct job *job)
{
	return (struct put *)job;
}

static enum result
run_put(struct job *job, struct db *db)
{
	struct value n = value_whole(put_of(job)->n);
	enum result r = db_run(db, "INSERT INTO rows (n) VALUES ($1)", &n, 1, NULL);

	return r ? r : put_of(job)->want;
}

static void
end_put(struct job *job, enum result result)
{
	put_of(job)->got = result;
	atomic_fetch_add(put_of(job)->answered, 1);
}

static void
await(atomic_int *answered, int n)
{
	for (int i = 0; i < 30000 && atomic_load(answered) < n; i++)
		usleep(1000);
	assert_int_equal(atomic_load(answered), n);
}

/* Keeps the writer busy, so that what is put meanwhile becomes one group. */
struct gate {
	struct job job;
	pthread_mutex_t lock;
};

static enum result
run_gate(struct job *job, struct db *db)
{
	struct gate *gate = (struct gate *)job;

	(void)db;
	pthread_mutex_lock(&gate->lock);
	pthread_mutex_unlock(&gate->lock);
	return OK;
}

static struct gate gate = { .job = { .run = run_gate }, .lock = PTHREAD_MUTEX_INITIALIZER };

static void
shut(struct writer *writer)
{
	pthread_mutex_lock(&gate.lock);
	assert_true(writer_put(writer, &gate.job));
	usleep(50000);
}

static void
a_job_that_fails_leaves_the_others_of_its_group(void **state)
{
	struct put puts[5];
	atomic_int answered = 0;
	struct writer *writer = start(NULL, NULL, NULL);

	(void)state;
	shut(writer);
	for (int i = 0; i < 5; i++) {
		puts[i] = (struct put){ .job = { .run = run_put, .done = end_put },
			.n = i == 4 ? 0 : i, .want = i == 2 ? DENIED : OK, .answered = &answered };
		assert_true(writer_put(writer, &puts[i].job));
	}
	pthread_mutex_unlock(&gate.lock);
	await(&answered, 5);
	assert_int_equal(puts[0].got, OK);
	assert_int_equal(puts[1].got, OK);
	assert_int_equal(puts[2].got, DENIED);
	assert_int_equal(puts[3].got, OK);
	assert_int_equal(puts[4].got, CONFLICT);
	writer_close(&writer);
	assert_null(writer);
	assert_int_equal(count_after_all(count_rows), 3);
	assert_int_equal(count_after_all("SELECT count(*) FROM rows WHERE n = 2"), 0);
}

struct crowd {
	struct writer *writer;
	struct put *puts; /* JOBS of them */
};

static void *
put_many(void *arg)
{
	struct crowd *crowd = arg;

	for (int i = 0; i < JOBS; i++) {
		if (i % 100 == 0)
			crowd->puts[i].got = writer_wait(crowd->writer, &crowd->puts[i].job);
		else if (!writer_put(crowd->writer, &crowd->puts[i].job))
			abort();
	}
	return NULL;
}

static void
all_jobs_of_many_threads_are_answered_and_kept(void **state)
{
	struct put *puts = calloc(THREADS * JOBS, sizeof(*puts));
	struct crowd crowds[THREADS];
	pthread_t threads[THREADS];
	atomic_int answered = 0;
	struct writer *writer = start(NULL, NULL, NULL);

	(void)state;
	for (int i = 0; i < THREADS * JOBS; i++)
		puts[i] = (struct put){ .job = { .run = run_put, .done = end_put },
			.n = i, .got = FAULT, .answered = &answered };
	for (int i = 0; i < THREADS; i++) {
		crowds[i] = (struct crowd){ writer, puts + i * JOBS };
		assert_int_equal(pthread_create(&threads[i], NULL, put_many, &crowds[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	/* Closing runs what still waits. */
	writer_close(&writer);
	assert_int_equal(atomic_load(&answered), THREADS * JOBS);
	for (int i = 0; i < THREADS * JOBS; i++)
		assert_int_equal(puts[i].got, OK);
	assert_int_equal(count_after_all(count_rows), THREADS * JOBS);
	free(puts);
}

static void
a_full_queue_takes_no_more(void **state)
{
	struct writer_options options = { .max_jobs = 2 };
	atomic_int answered = 0;
	struct writer *writer;
	struct put puts[3];

	(void)state;
	writer = start(NULL, NULL, NULL);
	writer_close(&writer);
	assert_int_equal(writer_open(&writer, scratch_db(DB_WRITE), &options), OK);
	shut(writer);
	for (int i = 0; i < 3; i++) {
		puts[i] = (struct put){ .job = { .run = run_put, .done = end_put }, .n = i,
			.answered = &answered };
		assert_int_equal(writer_put(writer, &puts[i].job), i < 2);
	}
	pthread_mutex_unlock(&gate.lock);
	await(&answered, 2);
	writer_close(&writer);
	assert_int_equal(count_after_all(count_rows), 2);
}

/* ---- work that may wait ---------------------------------------------------- */

struct journal {
	atomic_int flushed;
	atomic_int held;
	atomic_int lost;
	atomic_bool broken;
};

static enum result
flush_journal(void *arg, struct db *db)
{
	struct journal *journal = arg;
	int n = 1000000 + atomic_fetch_add(&journal->flushed, 1);
	struct value value = value_whole(n);

	if (db_run(db, "INSERT INTO rows (n) VALUES ($1)", &value, 1, NULL))
		return FAULT;
	return atomic_load(&journal->broken) ? FAULT : OK;
}

static void
note_commit(void *arg, struct db *db, bool committed)
{
	(void)db;
	struct journal *journal = arg;

	atomic_fetch_add(committed ? &journal->held : &journal->lost, 1);
}

static void
a_nudge_is_followed_within_half_a_second(void **state)
{
	struct journal journal = { 0 };
	struct timespec before;
	struct timespec after;
	struct writer *writer = start(flush_journal, note_commit, &journal);
	long ms;

	(void)state;
	usleep(20000);
	assert_int_equal(atomic_load(&journal.flushed), 0);
	clock_gettime(CLOCK_MONOTONIC, &before);
	writer_nudge(writer);
	writer_nudge(writer);
	await(&journal.held, 1);
	clock_gettime(CLOCK_MONOTONIC, &after);
	ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	assert_in_range(ms, 400, 900);
	writer_close(&writer);
	/* Two nudges make one group; the other one is that of closing. */
	assert_int_equal(atomic_load(&journal.held), 2);
	assert_int_equal(count_after_all(count_rows), 2);
}

static void
a_flush_that_fails_is_undone_alone_and_tried_again(void **state)
{
	struct journal journal = { .broken = true };
	atomic_int answered = 0;
	struct writer *writer = start(flush_journal, note_commit, &journal);
	struct put put = { .job = { .run = run_put }, .n = 1, .answered = &answered };
	int before;

	(void)state;
	assert_int_equal(writer_wait(writer, &put.job), OK);
	assert_int_equal(atomic_load(&journal.lost), 0);
	assert_int_equal(count_after_all(count_rows), 1);
	before = atomic_load(&journal.held);
	atomic_store(&journal.broken, false);
	await(&journal.held, before + 1);
	writer_close(&writer);
	assert_int_equal(count_after_all("SELECT count(*) FROM rows WHERE n >= 1000000"), 2);
}

/* ---- trouble --------------------------------------------------------------- */

struct order {
	struct job job;
	const char *sql;
	atomic_int *answered;
	enum result got;
};

static enum result
run_order(struct job *job, struct db *db)
{
	return db_run(db, ((struct order *)job)->sql, NULL, 0, NULL);
}

static void
end_order(struct job *job, enum result result)
{
	struct order *order = (struct order *)job;

	order->got = result;
	atomic_fetch_add(order->answered, 1);
}

static enum result
give_order(struct writer *writer, const char *sql)
{
	struct order order = { .job = { .run = run_order }, .sql = sql };

	return writer_wait(writer, &order.job);
}

static void
a_full_disk_fails_the_whole_group_and_passes(void **state)
{
	struct journal journal = { 0 };
	atomic_int answered = 0;
	struct order orders[3];
	struct writer *writer = start(NULL, note_commit, &journal);

	(void)state;
	assert_int_equal(give_order(writer, "PRAGMA max_page_count=20"), OK);
	assert_false(writer_full(writer));
	shut(writer);
	for (int i = 0; i < 3; i++) {
		orders[i] = (struct order){ .job = { .run = run_order, .done = end_order },
			.sql = i == 1 ? "INSERT INTO rows (body) VALUES (hex(zeroblob(100000)))" :
				"INSERT INTO rows (body) VALUES ('small')", .answered = &answered };
		assert_true(writer_put(writer, &orders[i].job));
	}
	pthread_mutex_unlock(&gate.lock);
	await(&answered, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(orders[i].got, FAULT);
	assert_int_equal(atomic_load(&journal.lost), 1);
	assert_int_equal(count_after_all(count_rows), 0);
	assert_true(writer_full(writer));
	assert_int_equal(give_order(writer, "PRAGMA max_page_count=2000"), OK);
	assert_false(writer_full(writer));
	assert_int_equal(give_order(writer, orders[1].sql), OK);
	writer_close(&writer);
	assert_int_equal(count_after_all(count_rows), 1);
}

/* A file that may not grow stands for a disk that is full: here it is the
 * commit that meets it.  In a child, as the limit is for a whole process. */
static int
outgrow(void)
{
	struct rlimit limit = { 200000, RLIM_INFINITY };
	struct writer *writer = start(NULL, NULL, NULL);
	bool good;

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit))
		return 2;
	good = give_order(writer, "INSERT INTO rows (body) VALUES (hex(zeroblob(200000)))") == FAULT;
	good = good && writer_full(writer);
	limit.rlim_cur = RLIM_INFINITY;
	if (setrlimit(RLIMIT_FSIZE, &limit))
		return 2;
	good = good && give_order(writer, "INSERT INTO rows (body) VALUES ('small')") == OK;
	good = good && !writer_full(writer);
	writer_close(&writer);
	return good ? 0 : 1;
}

static void
a_commit_without_room_is_answered_as_a_fault(void **state)
{
	pid_t child;
	int status;

	(void)state;
	child = fork();
	if (child == 0)
		_exit(outgrow());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(count_after_all(count_rows), 1);
}

/* ---- kill -9 --------------------------------------------------------------- */

static int report;

static void
tell_parent(struct job *job, enum result result)
{
	if (result == OK && write(report, &put_of(job)->n, sizeof(int64_t)) != sizeof(int64_t))
		_exit(3);
	free(put_of(job));
}

static void
write_until_killed(void)
{
	struct writer *writer = start(NULL, NULL, NULL);

	for (int64_t n = 0;; n++) {
		struct put *put = calloc(1, sizeof(*put));

		if (!put)
			abort();
		*put = (struct put){ .job = { .run = run_put, .done = tell_parent }, .n = n };
		while (!writer_put(writer, &put->job))
			usleep(1000);
		if (n % 50 == 0)
			usleep(1000);
	}
}

static void
every_acknowledged_row_outlives_a_kill(void **state)
{
	int ends[2];
	int64_t n;
	int64_t last = -1;
	int64_t seen = 0;
	struct value value;
	struct db *db;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		report = ends[1];
		write_until_killed();
	}
	close(ends[1]);
	while (read(ends[0], &n, sizeof(n)) == sizeof(n)) {
		last = n;
		if (++seen == 3000)
			kill(child, SIGKILL);
	}
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_true(seen >= 3000);
	assert_int_equal(last, seen - 1);
	db = scratch_db(DB_READ); /* whoever comes first recovers */
	value = value_whole(last);
	assert_int_equal(db_one(db, "SELECT count(*) FROM rows WHERE n <= $1", &value, 1, &n), OK);
	assert_int_equal(n, seen);
	assert_int_equal(scratch_count(db, "SELECT count(*) FROM pragma_integrity_check"
		" WHERE integrity_check <> 'ok'"), 0);
	db_close(&db);
}

/* ---- the log --------------------------------------------------------------- */

/* Two readers take turns so that there is always one who reads. */
static void *
read_on(void *arg)
{
	atomic_bool *stop = arg;
	struct db *readers[2] = { scratch_db(DB_READ), scratch_db(DB_READ) };

	for (size_t i = 0; !atomic_load(stop); i = !i) {
		if (db_begin_read(readers[i]))
			abort();
		scratch_count(readers[i], count_rows);
		db_end_read(readers[!i]);
		usleep(20000);
	}
	db_close(&readers[0]);
	db_close(&readers[1]);
	return NULL;
}

static void
the_log_stays_bounded_while_readers_come_and_go(void **state)
{
	static const char sql[] = "INSERT OR REPLACE INTO rows (id, body)"
		" VALUES (1, hex(randomblob(1000000)))"; /* about 500 pages */
	atomic_bool stop = false;
	struct writer *writer = start(NULL, NULL, NULL);
	pthread_t reader;
	char path[128];
	struct stat info;

	(void)state;
	assert_int_equal(pthread_create(&reader, NULL, read_on, &stop), 0);
	for (int i = 0; i < 100; i++)
		assert_int_equal(give_order(writer, sql), OK);
	snprintf(path, sizeof(path), "%s-wal", scratch_file);
	assert_int_equal(stat(path, &info), 0);
	atomic_store(&stop, true);
	pthread_join(reader, NULL);
	writer_close(&writer);
	assert_true(info.st_size > 0);
	assert_true(info.st_size < 25000 * 4120L);
}

/* In which group a job ran. */
struct numbered {
	struct job job; /* first */
	atomic_int *groups, *answered;
	int group;
};

static enum result
run_numbered(struct job *job, struct db *db)
{
	struct numbered *numbered = (struct numbered *)job;

	(void)db;
	numbered->group = atomic_load(numbered->groups);
	return OK;
}

static void
end_numbered(struct job *job, enum result result)
{
	assert_int_equal(result, OK);
	atomic_fetch_add(((struct numbered *)job)->answered, 1);
}

static void
count_group(void *arg, struct db *db, bool committed)
{
	(void)db;
	assert_true(committed);
	atomic_fetch_add((atomic_int *)arg, 1);
}

static void
who_wants_to_be_alone_is(void **state)
{
	static atomic_int groups, answered;
	struct numbered jobs[6];
	struct writer *writer = start(NULL, count_group, &groups);

	(void)state;
	shut(writer);
	for (int i = 0; i < 6; i++) {
		jobs[i] = (struct numbered){ .job = { .run = run_numbered, .done = end_numbered,
			.alone = i == 2 || i == 3 }, .groups = &groups, .answered = &answered };
		assert_true(writer_put(writer, &jobs[i].job));
	}
	pthread_mutex_unlock(&gate.lock);
	await(&answered, 6);
	assert_int_equal(jobs[1].group, jobs[0].group);
	assert_int_equal(jobs[2].group, jobs[0].group + 1);
	assert_int_equal(jobs[3].group, jobs[0].group + 2);
	assert_int_equal(jobs[4].group, jobs[0].group + 3);
	assert_int_equal(jobs[5].group, jobs[4].group);
	writer_close(&writer);
}

#define CLAIM(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(who_wants_to_be_alone_is),
		CLAIM(a_job_that_fails_leaves_the_others_of_its_group),
		CLAIM(all_jobs_of_many_threads_are_answered_and_kept),
		CLAIM(a_full_queue_takes_no_more),
		CLAIM(a_nudge_is_followed_within_half_a_second),
		CLAIM(a_flush_that_fails_is_undone_alone_and_tried_again),
		CLAIM(a_full_disk_fails_the_whole_group_and_passes),
		CLAIM(a_commit_without_room_is_answered_as_a_fault),
		CLAIM(every_acknowledged_row_outlives_a_kill),
		CLAIM(the_log_stays_bounded_while_readers_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
