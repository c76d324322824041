#pragma once
/*
 * wait - calls that wait for a word from outside: an answer of their client that
 * comes as a request of its own, or a change to what they watch.
 *
 * A call that has a place here is looked at once a second, by being resumed, so
 * that it finds out by itself that its time is up or its credentials have ended.
 * No thread is held meanwhile.  Places are few, and fewer for one client.
 */
#include <jansson.h>

#include "engine/call.h"

struct wait; /* one call's place */

/* The thread that looks; a process without it has no places. */
MUST_CHECK enum result wait_open(void);
void wait_close(void);
/* Every call that waits is resumed at once, and finds wait_ending(). */
void wait_end_all(void);
bool wait_ending(void);
void wait_begin_all(void); /* after wait_end_all(), for a server that starts again */

/*
 * A place for the call, until call_free(); false when there is none left.  key: what
 * an answer names, not to be guessed; NULL: none is awaited.  name: what the client
 * itself calls the request, with which it may take it back; NULL: it cannot.  Both
 * live as long as the call.  A call that has a place keeps it, under the new names.
 */
bool wait_enter(struct call *call, const char *key, const char *name);
void wait_leave(struct call *call);
/* From here on the call is not touched until its resume() is called, once. */
void wait_park(struct call *call);

/* The answer to a key, by the one whose call waits for it; the reference is taken. */
void wait_answer(const struct actor *by, const char *key, json_t *answer);
void wait_cancel(const struct actor *by, const char *name);
/* What has come, the caller's to give back; NULL nothing yet. */
json_t *wait_take(struct call *call);
bool wait_cancelled(const struct call *call);
