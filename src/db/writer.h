#pragma once
/*
 * writer - the threads of a store that write: one on SQLite, a few on PostgreSQL,
 * each with its own connection, before one queue.
 *
 * A thread takes the jobs waiting, runs them in one transaction with a savepoint
 * each, commits, and only then answers.  A job that does not answer OK is rolled
 * back to its savepoint and is answered with the others.  When the database
 * rolls back the whole transaction, or COMMIT fails, every job of the group is
 * answered FAULT and none is run again.
 *
 * Beside the jobs there is work that may wait a little (audit entries of
 * reads): writer_flush names a function that is called inside every group, and
 * writer_nudge() asks for a group within half a second.
 */
#include "db/db.h"

struct writer;

struct job {
	struct job *next; /* the writer's */
	/* On the writer's thread, inside the transaction. */
	enum result (*run)(struct job *job, struct db *db);
	/* On the writer's thread, after the commit; may free the job. */
	void (*done)(struct job *job, enum result result);
	enum result result; /* the writer's */
	bool alone; /* the giver's: not in one transaction with others */
	/* The writer's, when it answers FAULT: nothing of it has been committed and the
	 * reason passes by itself (a deadlock, a lost connection), so whoever can put
	 * its inputs back may give it again. */
	bool passing;
	/* The writer's, when the whole group came to nothing: why.  (writer_full() and
	 * writer_away() tell of the newest group of all threads, not of this one's.) */
	enum db_trouble trouble;
};

/* How a group may add to its transaction: called after the jobs, before the
 * commit; OK also when it had nothing to do.  When it does not answer OK, what it
 * did is undone and the jobs are kept; it is called again in two seconds. */
typedef enum result writer_flush(void *arg, struct db *db);
/* Called after each commit (or failure of it) with whether it held. */
typedef void writer_after(void *arg, struct db *db, bool committed);

struct writer_options {
	size_t max_jobs; /* waiting; more is refused */
	size_t group;    /* jobs in one transaction at most; 0: 256 */
	writer_flush *flush;
	writer_after *after;
	void *arg;
};

enum { WRITER_THREADS = 16 };

/* Takes over the connection, which must be DB_WRITE, when it answers OK. */
MUST_CHECK enum result writer_open(struct writer **out, struct db *db,
	const struct writer_options *options);
/* The same with a thread for each of n connections, at most WRITER_THREADS. */
MUST_CHECK enum result writer_open_many(struct writer **out, struct db *const *dbs, size_t n,
	const struct writer_options *options);
/* Runs what waits, stops the threads, flushes, checkpoints, closes the database. */
void writer_close(struct writer **writer);

/* False when the queue is full or the writer is stopping: the job is not taken. */
bool writer_put(struct writer *writer, struct job *job);
void writer_nudge(struct writer *writer);
/* Queues a job and waits for its answer, FAULT when it is not taken; never from
 * the writer's own thread.  done may be NULL. */
enum result writer_wait(struct writer *writer, struct job *job);
/* How many jobs wait now. */
size_t writer_waiting(struct writer *writer);
/* True from a unit or a commit that failed for want of room until a group holds again. */
bool writer_full(const struct writer *writer);
/* True while the database is out of reach. */
bool writer_away(const struct writer *writer);
