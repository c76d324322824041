/*
 * call_lanes - takes a call through its steps, each in its lane.
 *
 * A call that waits is owned by the lane until its step is done; then resume()
 * tells http that call_run() may go on.  Nothing of a call is touched by two
 * threads at once.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/log.h"
#include "base/moment.h"
#include "db/writer.h"
#include "engine/audit.h"
#include "engine/call.h"
#include "engine/store.h"
#include "engine/wait.h"

enum { SLOW_MOST = 256, SLOW_THREADS_MOST = 8, BUSY_SECONDS = 1,
	AWAY_SECONDS = 5, FULL_SECONDS = 30, RUNS_MOST = 6, RATION = 64 << 20,
	MEMORY = 256 << 20, LOOK_MOST = 8 << 20 };

/* ---- memory ---- */

struct arena *
call_memory(void)
{
	struct arena *arena = arena_open(MEMORY);

	arena_ration(arena, RATION);
	return arena;
}

/* Some of it is missing then: what was read, or what was written down of it. */
static bool
too_much(const struct call *call)
{
	return call->out.full || arena_spent(call->work.arena);
}

static enum result
refuse_too_much(struct work *w)
{
	w->problems = (struct problems){ .arena = w->arena };
	w->failure = (struct failure){ .status = 413,
		.message = "This is more than one request may ask for; ask for less at once" };
	return FAULT;
}

/* ---- the SLOW lane ---- */

struct slow_job {
	struct slow_job *next;
	struct call *call;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct slow_job *head, **tail;
	size_t waiting;
	pthread_t threads[SLOW_THREADS_MOST];
	int n_threads;
	bool stopping;
} slow = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

static void
finish_step(struct call *call, enum result r)
{
	call->result = r;
	call->step++;
	call->resume(call);
}

static void *
work_slowly(void *arg)
{
	(void)arg;
	for (;;) {
		struct slow_job *job;

		pthread_mutex_lock(&slow.lock);
		while (!slow.head && !slow.stopping)
			pthread_cond_wait(&slow.wake, &slow.lock);
		job = slow.head;
		if (!job) {
			pthread_mutex_unlock(&slow.lock);
			return NULL;
		}
		slow.head = job->next;
		if (!slow.head)
			slow.tail = &slow.head;
		slow.waiting--;
		pthread_mutex_unlock(&slow.lock);
		finish_step(job->call,
			job->call->route->steps[job->call->step].run(&job->call->work));
	}
}

enum result
call_start(int slow_threads)
{
	slow.tail = &slow.head;
	slow.stopping = false;
	for (int i = 0; i < slow_threads && i < SLOW_THREADS_MOST; i++) {
		if (pthread_create(&slow.threads[i], NULL, work_slowly, NULL)) {
			log_error("call: the slow lane has no threads");
			return FAULT;
		}
		slow.n_threads++;
	}
	return wait_open();
}

void
call_stop(void)
{
	wait_close();
	pthread_mutex_lock(&slow.lock);
	slow.stopping = true;
	pthread_cond_broadcast(&slow.wake);
	pthread_mutex_unlock(&slow.lock);
	for (int i = 0; i < slow.n_threads; i++)
		pthread_join(slow.threads[i], NULL);
	slow.n_threads = 0;
}

static bool
queue_slow(struct call *call)
{
	struct slow_job *job = arena_new(call->work.arena, sizeof(*job));
	bool taken;

	job->call = call;
	pthread_mutex_lock(&slow.lock);
	taken = !slow.stopping && slow.waiting < SLOW_MOST;
	if (taken) {
		*slow.tail = job;
		slow.tail = &job->next;
		slow.waiting++;
		pthread_cond_signal(&slow.wake);
	}
	pthread_mutex_unlock(&slow.lock);
	return taken;
}

/* ---- the WRITE lane ---- */

struct write_job {
	struct job job; /* first */
	struct call *call;
};

/* Whose disk it is: a database elsewhere is one that cannot be used now. */
static struct failure
no_room(void)
{
	return (struct failure){ .status = settings.database ? 503 : 507,
		.retry_after = FULL_SECONDS };
}

static enum result
run_write(struct job *job, struct db *db)
{
	struct call *call = ((struct write_job *)job)->call;
	struct work *w = &call->work;
	struct audit *audit = store_audit(w->store);
	struct audit_mark mark = audit_mark(audit, db);
	enum result r;

	w->db = db;
	w->memo = NULL;
	db_watch(db, w->arena);
	r = call->face->admit(w);
	if (!r)
		r = call->route->steps[call->step].run(w);
	if (!r)
		r = call_sound(w);
	if (!r)
		r = db_settle(db);
	if (!r && too_much(call))
		r = FAULT; /* finish() says why */
	/* Where a statement alone may find no room, the group goes on without it. */
	if (r == FAULT && !w->failure.status && db_trouble(db) == DB_FULL)
		w->failure = no_room();
	db_watch(db, NULL);
	w->db = NULL;
	if (r)
		audit_revert(audit, db, &mark);
	return r;
}

/* A unit that came to nothing for a reason that passes is not run again alone,
 * since it has changed what it was given: the whole call is begun again. */
static void
write_done(struct job *job, enum result r)
{
	struct call *call = ((struct write_job *)job)->call;

	call->over = r == FAULT && job->passing && call->runs < RUNS_MOST;
	if (r == FAULT && job->passing && !call->work.failure.status)
		call->work.failure = (struct failure){ .status = 503, .retry_after = BUSY_SECONDS };
	/* Of this call's own group: another may have gone through since. */
	if (r == FAULT && job->trouble == DB_FULL && !call->work.failure.status)
		call->work.failure = no_room();
	call->away = call->away || (r == FAULT && job->trouble == DB_BUSY);
	finish_step(call, r);
}

static bool
queue_write(struct call *call)
{
	struct write_job *job = arena_new(call->work.arena, sizeof(*job));

	job->job.run = run_write;
	job->job.done = write_done;
	job->job.alone = call->runs > 0;
	job->call = call;
	return writer_put(store_writer(call->work.store), &job->job);
}

static enum result
busy(struct work *w)
{
	w->failure = (struct failure){ .status = 503, .retry_after = BUSY_SECONDS };
	return FAULT;
}

/* ---- on this thread ---- */

static enum result
read_body(struct call *call)
{
	struct json_trouble trouble = { 0 };
	struct work *w = &call->work;

	if ((call->route->body != BODY_JSON && call->route->body != BODY_OPTIONAL)
		|| call->n_body == 0)
		return OK;
	call->json = json_read(call->body, call->n_body, &trouble);
	if (call->json)
		return OK;
	problem_at(&w->problems, "body", trouble.member, "json_invalid", "%s", trouble.text);
	return INVALID;
}

static enum result
begin_reading(struct work *w)
{
	w->db = store_reader(w->store);
	if (!w->db || db_begin_read(w->db)) {
		w->db = NULL;
		return busy(w);
	}
	db_watch(w->db, w->arena);
	return OK;
}

/* Who asks, and may they take the route; in the read transaction that a first
 * step in the READ lane goes on with. */
static enum result
open_door(struct call *call)
{
	struct work *w = &call->work;
	enum result r;

	if (w->store && (r = begin_reading(w)))
		return r;
	r = call->face->who(w);
	if (r && call->route->need == NEED_NOBODY) {
		w->failure = (struct failure){ 0 };
		w->actor = (struct actor){ 0 };
		r = OK;
	}
	return r ? r : call->face->admit(w);
}

static void
close_door(struct work *w)
{
	if (w->db) {
		w->call->away = db_trouble(w->db) == DB_BUSY;
		db_watch(w->db, NULL);
		db_end_read(w->db);
	}
	w->db = NULL;
	w->memo = NULL;
}

static enum result
run_read(struct call *call)
{
	struct work *w = &call->work;
	enum result r;

	if (!w->db && (r = begin_reading(w)))
		return r;
	r = call->route->steps[call->step].run(w);
	close_door(w);
	return r;
}

/* ---- the WAIT lane ---- */

static void
keep_failure(struct work *w, const struct failure *failure)
{
	w->failure = *failure;
	w->failure.code = arena_text(w->arena, failure->code);
	w->failure.message = arena_text(w->arena, failure->message);
	w->failure.description = arena_text(w->arena, failure->description);
}

/* Who asks may have been shut out since, and a stream must not outlive that. */
static enum result
look(struct call *look, const struct actor *before)
{
	struct work *w = &look->work;
	enum result r = open_door(look);

	if (!r && (w->actor.kind != before->kind || w->actor.id != before->id))
		r = fail_as(w, 401, NULL, "The credentials have changed.");
	if (!r)
		r = look->route->steps[look->step].run(w);
	close_door(w);
	return !r && look->waits && wait_ending() ? busy(w) : r;
}

static enum result
run_wait(struct call *call)
{
	struct arena *arena = arena_open(LOOK_MOST);
	struct call *copy = arena_new(arena, sizeof(*copy));
	enum result r;

	close_door(&call->work);
	*copy = *call;
	copy->waits = false;
	copy->again = true;
	copy->work = work_new(arena, call->work.store);
	copy->work.call = copy;
	copy->work.actor = (struct actor){ .kind = NOBODY };
	copy->work.now = moment_now();
	r = look(copy, &call->work.actor);
	call->out = copy->out;
	call->waits = copy->waits;
	call->over = copy->over;
	if (r)
		keep_failure(&call->work, &copy->work.failure);
	arena_close(&arena);
	return r;
}

static enum result
begin(struct call *call)
{
	struct work *w = &call->work;
	enum result r;

	w->call = call;
	w->problems.arena = w->arena;
	if (!w->now)
		w->now = moment_now();
	if ((r = read_body(call)))
		return r;
	r = open_door(call);
	if (r || call->route->steps[0].lane != READ)
		close_door(w);
	return r;
}

/* As it was before begin(): what came with the request is untouched. */
static void
start_over(struct call *call)
{
	struct work *w = &call->work;

	call->over = false;
	call->runs++;
	json_decref(call->json);
	call->json = NULL;
	call->data = NULL;
	call->row = NULL;
	call->later = NULL;
	call->route = call->taken;
	call->step = 0;
	call->result = OK;
	call->status = 0;
	call->out.len = 0;
	call->type = NULL;
	call->n_answer = 0;
	call->no_body = false;
	call->queued = NULL;
	call->waits = false;
	call->asks = NULL;
	*w = (struct work){ .arena = w->arena, .store = w->store, .call = call };
}

static void
explain(struct call *call, enum result r)
{
	call->out.len = 0;
	call->out.full = false;
	call->no_body = false;
	call->type = NULL;
	call->status = 0;
	if (r == FAULT && call->work.failure.status == 0 && call->work.store) {
		const struct writer *writer = store_writer(call->work.store);

		if (writer_full(writer))
			call->work.failure = no_room();
		else if (call->away || writer_away(writer))
			call->work.failure = (struct failure){ .status = 503,
				.retry_after = AWAY_SECONDS };
	}
	call->face->explain(&call->work, r);
}

void
call_later(struct work *w, void (*run)(struct work *w, void *arg), void *arg)
{
	struct later *later = arena_new(w->arena, sizeof(*later));

	*later = (struct later){ .next = w->call->later, .run = run, .arg = arg };
	w->call->later = later;
}

static bool
finish(struct call *call, enum result r)
{
	close_door(&call->work);
	if (too_much(call))
		r = refuse_too_much(&call->work);
	if (!r)
		r = call_sound(&call->work);
	if (r && r != FAULT)
		access_note_refusal(&call->work, r);
	if (r)
		explain(call, r);
	else if (!call->status)
		call->status = call->route->ok ? call->route->ok : 200;
	for (struct later *later = r ? NULL : call->later; later; later = later->next)
		later->run(&call->work, later->arg);
	call->done = true;
	return true;
}

bool
call_run(struct call *call)
{
	enum result r;

	if (call->over)
		start_over(call);
	r = call->result;
	if (!call->route)
		return finish(call, call->work.failure.status ? MISSING : FAULT);
	if (!call->queued) {
		call->queued = call; /* begun */
		call->taken = call->route;
		r = begin(call);
	}
	while (!r && call->step < (int)COUNT(call->route->steps)) {
		switch (call->route->steps[call->step].lane) {
		case LANE_END:
			return finish(call, r);
		case HERE:
			r = call->route->steps[call->step++].run(&call->work);
			break;
		case READ:
			r = run_read(call);
			call->step++;
			break;
		case SLOW:
			if (queue_slow(call))
				return false;
			r = busy(&call->work);
			break;
		case WRITE:
			if (queue_write(call))
				return false;
			r = busy(&call->work);
			break;
		case WAIT:
			r = run_wait(call);
			if (!r && call->waits)
				return false;
			if (!r && call->over)
				return call_run(call);
			call->step++;
			break;
		}
	}
	return finish(call, r);
}

/* ---- to the end on one thread ---- */

struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool ready;
};

static void
wake(struct call *call)
{
	struct waiter *waiter = call->conn;

	pthread_mutex_lock(&waiter->lock);
	waiter->ready = true;
	pthread_cond_signal(&waiter->wake);
	pthread_mutex_unlock(&waiter->lock);
}

void
call_run_through(struct call *call)
{
	struct waiter waiter = { .lock = PTHREAD_MUTEX_INITIALIZER,
		.wake = PTHREAD_COND_INITIALIZER };

	call->conn = &waiter;
	call->resume = wake;
	while (!call_run(call)) {
		pthread_mutex_lock(&waiter.lock);
		while (!waiter.ready)
			pthread_cond_wait(&waiter.wake, &waiter.lock);
		waiter.ready = false;
		pthread_mutex_unlock(&waiter.lock);
	}
}
