/*
 * wait - the places of waiting calls and the thread that looks at them.
 *
 * A call is resumed outside the lock: resume() may take locks of its own, and who
 * holds those may want ours.  That is safe because a call that is parked cannot end
 * before it is resumed.
 */
#include "engine/wait.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/crypto.h"
#include "base/log.h"

enum { PLACES = 128, PLACES_EACH = 16 };

struct wait {
	struct call *call; /* NULL: free */
	const char *key, *name;
	enum actor_kind kind; /* who may answer */
	int64_t actor;
	json_t *answer;
	bool parked, cancelled;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	struct wait places[PLACES];
	bool open, stop, ending;
} room = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

/* ---- looking after those that wait ---- */

/* Those that are parked come to list; they are ours to resume.  Holding the lock. */
static size_t
unpark_all(struct call **list)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(room.places); i++)
		if (room.places[i].call && room.places[i].parked) {
			room.places[i].parked = false;
			list[n++] = room.places[i].call;
		}
	return n;
}

static void
resume_all(struct call **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		list[i]->resume(list[i]);
}

static void *
look_after(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&room.lock);
	while (!room.stop) {
		struct call *list[PLACES];
		struct timespec at;
		size_t n;

		clock_gettime(CLOCK_REALTIME, &at);
		at.tv_sec++;
		(void)pthread_cond_timedwait(&room.wake, &room.lock, &at);
		n = unpark_all(list);
		pthread_mutex_unlock(&room.lock);
		resume_all(list, n);
		pthread_mutex_lock(&room.lock);
	}
	pthread_mutex_unlock(&room.lock);
	return NULL;
}

enum result
wait_open(void)
{
	room.stop = room.ending = false;
	room.open = pthread_create(&room.thread, NULL, look_after, NULL) == 0;
	if (!room.open)
		log_error("wait: cannot start a thread");
	return room.open ? OK : FAULT;
}

void
wait_close(void)
{
	if (!room.open)
		return;
	pthread_mutex_lock(&room.lock);
	room.stop = true;
	pthread_cond_signal(&room.wake);
	pthread_mutex_unlock(&room.lock);
	pthread_join(room.thread, NULL);
	room.open = false;
}

void
wait_end_all(void)
{
	struct call *list[PLACES];
	size_t n;

	pthread_mutex_lock(&room.lock);
	room.ending = true;
	n = unpark_all(list);
	pthread_mutex_unlock(&room.lock);
	resume_all(list, n);
}

bool
wait_ending(void)
{
	bool ending;

	pthread_mutex_lock(&room.lock);
	ending = room.ending;
	pthread_mutex_unlock(&room.lock);
	return ending;
}

void
wait_begin_all(void)
{
	pthread_mutex_lock(&room.lock);
	room.ending = false;
	pthread_mutex_unlock(&room.lock);
}

/* ---- places ---- */

/* Room for one more of the actor's; NULL when there is none. */
static struct wait *
find_place(const struct actor *actor)
{
	struct wait *free = NULL;
	size_t n = 0;

	for (size_t i = 0; i < COUNT(room.places); i++) {
		struct wait *place = &room.places[i];

		if (!place->call)
			free = place;
		else if (place->kind == actor->kind && place->actor == actor->id)
			n++;
	}
	return n < PLACES_EACH ? free : NULL;
}

bool
wait_enter(struct call *call, const char *key, const char *name)
{
	const struct actor *actor = &call->work.actor;
	struct wait *place;

	pthread_mutex_lock(&room.lock);
	place = call->place;
	if (!place && room.open && !room.ending)
		place = find_place(actor);
	if (place) {
		json_decref(place->answer);
		*place = (struct wait){ .call = call, .key = key, .name = name,
			.kind = actor->kind, .actor = actor->id };
	}
	pthread_mutex_unlock(&room.lock);
	call->place = place;
	return place != NULL;
}

void
wait_leave(struct call *call)
{
	struct wait *place = call->place;

	if (!place)
		return;
	pthread_mutex_lock(&room.lock);
	json_decref(place->answer);
	*place = (struct wait){ 0 };
	pthread_mutex_unlock(&room.lock);
	call->place = NULL;
}

void
wait_park(struct call *call)
{
	struct wait *place = call->place;
	bool at_once;

	pthread_mutex_lock(&room.lock);
	at_once = room.ending || place->answer || place->cancelled;
	place->parked = !at_once;
	pthread_mutex_unlock(&room.lock);
	if (at_once)
		call->resume(call);
}

/* ---- words from outside ---- */

/* The actor's place with that key or name.  Holding the lock. */
static struct wait *
find(const struct actor *by, const char *key, const char *name)
{
	for (size_t i = 0; i < COUNT(room.places); i++) {
		struct wait *place = &room.places[i];

		if (!place->call || place->kind != by->kind || place->actor != by->id)
			continue;
		if (key && place->key && same_text(place->key, key))
			return place;
		if (name && place->name && strcmp(place->name, name) == 0)
			return place;
	}
	return NULL;
}

/* The call to resume when it was parked; holding the lock. */
static struct call *
unpark(struct wait *place)
{
	struct call *call = place->parked ? place->call : NULL;

	place->parked = false;
	return call;
}

void
wait_answer(const struct actor *by, const char *key, json_t *answer)
{
	struct call *call = NULL;
	struct wait *place;

	pthread_mutex_lock(&room.lock);
	place = find(by, key, NULL);
	if (place && !place->answer) {
		place->answer = answer;
		answer = NULL;
		call = unpark(place);
	}
	pthread_mutex_unlock(&room.lock);
	json_decref(answer);
	if (call)
		call->resume(call);
}

void
wait_cancel(const struct actor *by, const char *name)
{
	struct call *call = NULL;
	struct wait *place;

	pthread_mutex_lock(&room.lock);
	place = find(by, NULL, name);
	if (place) {
		place->cancelled = true;
		call = unpark(place);
	}
	pthread_mutex_unlock(&room.lock);
	if (call)
		call->resume(call);
}

json_t *
wait_take(struct call *call)
{
	json_t *answer;

	pthread_mutex_lock(&room.lock);
	answer = call->place->answer;
	call->place->answer = NULL;
	pthread_mutex_unlock(&room.lock);
	return answer;
}

bool
wait_cancelled(const struct call *call)
{
	bool cancelled;

	pthread_mutex_lock(&room.lock);
	cancelled = call->place->cancelled;
	pthread_mutex_unlock(&room.lock);
	return cancelled;
}
