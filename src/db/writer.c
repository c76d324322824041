/*
 * writer - the threads that write: many jobs, one commit.
 *
 * A commit waits for the disk; while it waits, jobs gather, and the next group
 * takes them all.  So the busier the server, the cheaper each write.
 *
 * After a group that failed, one is tried again every two seconds even if nobody
 * asks: on a full disk reads are refused, so nobody would.
 */
#include "db/writer.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "base/moment.h"

enum {
	GROUP = 256,
	NUDGE_MS = 500,
	RETRY_MS = 2000,
	LOG_IDLE = 250,  /* pages in the log worth moving when there is nothing to do */
	LOG_BUSY = 1000, /* ... and when there is */
	GATHER_PART = 4,        /* of what the last group cost ... */
	GATHER_MOST_US = 1000   /* ... and never longer */
};

#define BRIEFLY "30" /* ms */

/* A thread and its connection. */
struct hand {
	struct writer *writer;
	struct db *db;
	pthread_t thread;
	bool full; /* something of the present group found no room, though not all of it */
};

struct writer {
	struct hand hands[WRITER_THREADS];
	size_t n_hands;
	struct writer_options options;
	atomic_bool full, away;
	pthread_mutex_t lock; /* over all below */
	pthread_cond_t wake;
	struct job *head;
	struct job **tail;
	size_t n_waiting;
	bool stopping;
	bool nudged;
	struct timespec due; /* when nudged */
	size_t last_size;    /* jobs of the last group */
	int64_t last_cost;   /* µs the last group took */
	bool gathering;
};

/* ---- the queue ------------------------------------------------------------- */

static bool
earlier(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

/* With the lock held. */
static void
nudge(struct writer *writer, long ms)
{
	struct timespec due;

	clock_gettime(CLOCK_MONOTONIC, &due);
	due.tv_sec += ms / 1000;
	due.tv_nsec += ms % 1000 * 1000000;
	if (due.tv_nsec >= 1000000000) {
		due.tv_nsec -= 1000000000;
		due.tv_sec++;
	}
	if (writer->nudged && !earlier(&due, &writer->due))
		return;
	writer->due = due;
	writer->nudged = true;
	pthread_cond_signal(&writer->wake);
}

/* Whether the job may come behind n others that make a group. */
static bool
joins(const struct writer *writer, const struct job *job, size_t n)
{
	return n == 0 || (n < writer->options.group && !job->alone && !writer->head->alone);
}

/* Up to a group of jobs off the front.  With the lock held. */
static struct job *
take(struct writer *writer)
{
	struct job *first = writer->head;
	struct job **end = &writer->head;
	size_t n = 0;

	while (*end && joins(writer, *end, n)) {
		end = &(*end)->next;
		n++;
	}
	if (!n)
		return NULL;
	writer->head = *end;
	*end = NULL;
	writer->n_waiting -= n;
	if (!writer->head)
		writer->tail = &writer->head;
	return first;
}

/*
 * Those just answered are about to ask again, and a commit costs the same for
 * one as for all: a group as large as the last is worth a short wait, measured
 * by what the last one took.  A lone client never waits, and nobody where several
 * threads write.  With the lock held.
 */
static void
gather(struct writer *writer)
{
	int64_t wait = writer->last_cost / GATHER_PART;
	struct timespec until;

	if (writer->n_hands > 1 || !writer->head || writer->stopping
		|| writer->n_waiting >= writer->last_size)
		return;
	wait = wait < GATHER_MOST_US ? wait : GATHER_MOST_US;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += wait * 1000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	writer->gathering = true;
	while (writer->n_waiting < writer->last_size && !writer->stopping)
		if (pthread_cond_timedwait(&writer->wake, &writer->lock, &until) == ETIMEDOUT)
			break;
	writer->gathering = false;
}

/* Sleeps until there is something to do; false when that is to end. */
static bool
wait_for_work(struct writer *writer, struct job **jobs)
{
	bool more;

	pthread_mutex_lock(&writer->lock);
	while (!writer->head && !writer->stopping) {
		if (!writer->nudged)
			pthread_cond_wait(&writer->wake, &writer->lock);
		else if (pthread_cond_timedwait(&writer->wake, &writer->lock,
				&writer->due) == ETIMEDOUT)
			break;
	}
	gather(writer);
	writer->last_size = writer->n_waiting < writer->options.group ? writer->n_waiting
		: writer->options.group;
	more = writer->head || !writer->stopping;
	/* A nudge from here on is for the group after this one. */
	writer->nudged = false;
	*jobs = take(writer);
	pthread_mutex_unlock(&writer->lock);
	return more;
}

static bool
idle(struct writer *writer)
{
	bool nothing;

	pthread_mutex_lock(&writer->lock);
	nothing = !writer->head;
	pthread_mutex_unlock(&writer->lock);
	return nothing;
}

/* ---- one group ------------------------------------------------------------- */

/* One unit of work with its savepoint; false when the transaction is lost. */
static bool
run_job(struct hand *hand, struct job *job)
{
	struct db *db = hand->db;

	if (db_save(db))
		return false;
	job->result = job->run(job, db);
	job->passing = job->result == FAULT && db_passing(db);
	hand->full = hand->full || (job->result == FAULT && db_trouble(db) == DB_FULL);
	if (!db_in_transaction(db))
		return false;
	if (job->result == OK)
		job->result = db_release(db);
	if (job->result == OK)
		return true;
	return db_undo(db) == OK && db_in_transaction(db);
}

/* The same for what may wait; *flushed tells whether it is in. */
static bool
run_flush(struct hand *hand, bool *flushed)
{
	const struct writer *writer = hand->writer;
	struct db *db = hand->db;

	*flushed = true;
	if (!writer->options.flush)
		return true;
	if (db_save(db))
		return false;
	*flushed = writer->options.flush(writer->options.arg, db) == OK;
	hand->full = hand->full || (!*flushed && db_trouble(db) == DB_FULL);
	if (!db_in_transaction(db))
		return false;
	if (*flushed)
		*flushed = db_release(db) == OK;
	return *flushed || (db_undo(db) == OK && db_in_transaction(db));
}

/*
 * Where several threads write, a group that waits for a lock holds those of its jobs
 * so far: two groups with the same rows in another order would stand still until the
 * database notices, after a second.  So a group waits briefly only; who met a lock comes
 * again alone, holding nothing, and has time.
 */
static bool
hurry(const struct hand *hand, const struct job *jobs)
{
	return hand->writer->n_hands == 1 || !jobs || !jobs->next
	       || db_run(hand->db, "SET LOCAL lock_timeout = " BRIEFLY, NULL, 0, NULL) == OK;
}

static bool
run_all(struct hand *hand, struct job *jobs, bool *flushed)
{
	*flushed = false;
	if (db_begin(hand->db) || !hurry(hand, jobs))
		return false;
	for (struct job *job = jobs; job; job = job->next)
		if (!run_job(hand, job))
			return false;
	return run_flush(hand, flushed) && db_commit(hand->db) == OK;
}

static void
answer(struct job *jobs, bool committed, bool passing, enum db_trouble trouble)
{
	while (jobs) {
		struct job *job = jobs;

		jobs = job->next; /* done() may free it */
		job->next = NULL;
		if (!committed) {
			job->result = FAULT;
			job->passing = passing;
			job->trouble = trouble;
		}
		if (job->done)
			job->done(job, job->result);
	}
}

static void
run_group(struct hand *hand, struct job *jobs)
{
	struct writer *writer = hand->writer;
	enum db_trouble trouble;
	bool flushed, committed, passing;

	hand->full = false;
	committed = run_all(hand, jobs, &flushed);
	passing = !committed && db_passing(hand->db);
	trouble = db_trouble(hand->db);
	if (committed) {
		atomic_store(&writer->full, hand->full);
		atomic_store(&writer->away, false);
	} else {
		if (trouble == DB_FULL)
			atomic_store(&writer->full, true);
		if (trouble == DB_BUSY)
			atomic_store(&writer->away, true);
		db_rollback(hand->db);
	}
	if (!committed || !flushed || hand->full) {
		pthread_mutex_lock(&writer->lock);
		nudge(writer, RETRY_MS);
		pthread_mutex_unlock(&writer->lock);
	}
	if (writer->options.after)
		writer->options.after(writer->options.arg, hand->db, committed);
	answer(jobs, committed, passing, trouble);
}

static void *
work(void *arg)
{
	struct hand *hand = arg;
	struct writer *writer = hand->writer;
	struct job *jobs;

	while (wait_for_work(writer, &jobs)) {
		int64_t began = moment_monotonic();

		run_group(hand, jobs);
		if (writer->n_hands == 1)
			writer->last_cost = moment_monotonic() - began;
		db_checkpoint(hand->db, idle(writer) ? LOG_IDLE : LOG_BUSY);
	}
	/* Nothing more is taken in; what may wait goes out last. */
	run_group(hand, NULL);
	db_checkpoint(hand->db, 0);
	return NULL;
}

/* ---- open and close -------------------------------------------------------- */

/* Signals are for the main thread. */
static int
start(struct hand *hand)
{
	sigset_t all;
	sigset_t before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&hand->thread, NULL, work, hand);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed;
}

static void
dispose(struct writer *writer)
{
	pthread_cond_destroy(&writer->wake);
	pthread_mutex_destroy(&writer->lock);
	free(writer);
}

/* Lets the threads finish what waits. */
static void
stop(struct writer *writer, size_t started)
{
	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_broadcast(&writer->wake);
	pthread_mutex_unlock(&writer->lock);
	for (size_t i = 0; i < started; i++)
		pthread_join(writer->hands[i].thread, NULL);
}

enum result
writer_open(struct writer **out, struct db *db, const struct writer_options *options)
{
	return writer_open_many(out, &db, 1, options);
}

enum result
writer_open_many(struct writer **out, struct db *const *dbs, size_t n,
	const struct writer_options *options)
{
	struct writer *writer = calloc(1, sizeof(*writer));
	pthread_condattr_t monotonic;
	size_t started = 0;
	int failed = 0;

	if (!writer)
		abort();
	*out = NULL;
	writer->options = *options;
	if (!writer->options.group)
		writer->options.group = GROUP;
	writer->tail = &writer->head;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&writer->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	n = n < WRITER_THREADS ? n : WRITER_THREADS;
	writer->n_hands = n; /* read by the threads */
	for (size_t i = 0; i < n && !failed; i++) {
		writer->hands[i].writer = writer;
		writer->hands[i].db = dbs[i];
		failed = start(&writer->hands[i]);
		started += !failed;
	}
	if (failed) {
		log_error("writer: cannot start its thread (errno %d)", failed);
		stop(writer, started);
		dispose(writer);
		return FAULT;
	}
	*out = writer;
	return OK;
}

void
writer_close(struct writer **writer)
{
	struct writer *w = *writer;

	if (!w)
		return;
	*writer = NULL;
	stop(w, w->n_hands);
	for (size_t i = 0; i < w->n_hands; i++)
		db_close(&w->hands[i].db);
	dispose(w);
}

/* ---- asking for work ------------------------------------------------------- */

bool
writer_put(struct writer *writer, struct job *job)
{
	bool taken;

	job->next = NULL;
	job->result = FAULT;
	job->passing = false;
	pthread_mutex_lock(&writer->lock);
	taken = !writer->stopping && writer->n_waiting < writer->options.max_jobs;
	if (taken) {
		*writer->tail = job;
		writer->tail = &job->next;
		writer->n_waiting++;
		if (writer->n_waiting == 1 || writer->n_hands > 1
			|| (writer->gathering && writer->n_waiting >= writer->last_size))
			pthread_cond_signal(&writer->wake);
	}
	pthread_mutex_unlock(&writer->lock);
	return taken;
}

void
writer_nudge(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	nudge(writer, NUDGE_MS);
	pthread_mutex_unlock(&writer->lock);
}

/* A job around the one that is waited for. */
struct visit {
	struct job job;
	struct job *inner;
	pthread_mutex_t lock;
	pthread_cond_t answered;
	bool over;
};

/* job is the first member of struct visit. */
static struct visit *
visit_of(struct job *job)
{
	return (struct visit *)job;
}

static enum result
run_visit(struct job *job, struct db *db)
{
	struct job *inner = visit_of(job)->inner;

	return inner->run(inner, db);
}

static void
end_visit(struct job *job, enum result result)
{
	struct visit *visit = visit_of(job);

	visit->inner->result = result;
	if (visit->inner->done)
		visit->inner->done(visit->inner, result);
	pthread_mutex_lock(&visit->lock);
	visit->over = true;
	pthread_cond_signal(&visit->answered);
	pthread_mutex_unlock(&visit->lock);
}

enum result
writer_wait(struct writer *writer, struct job *job)
{
	struct visit visit = {
		.job = { .run = run_visit, .done = end_visit },
		.inner = job,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.answered = PTHREAD_COND_INITIALIZER,
	};

	if (!writer_put(writer, &visit.job))
		return FAULT;
	pthread_mutex_lock(&visit.lock);
	while (!visit.over)
		pthread_cond_wait(&visit.answered, &visit.lock);
	pthread_mutex_unlock(&visit.lock);
	pthread_cond_destroy(&visit.answered);
	pthread_mutex_destroy(&visit.lock);
	return visit.job.result;
}

size_t
writer_waiting(struct writer *writer)
{
	size_t n;

	pthread_mutex_lock(&writer->lock);
	n = writer->n_waiting;
	pthread_mutex_unlock(&writer->lock);
	return n;
}

bool
writer_full(const struct writer *writer)
{
	return atomic_load(&writer->full);
}

bool
writer_away(const struct writer *writer)
{
	return atomic_load(&writer->away);
}
