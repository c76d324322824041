#pragma once
/*
 * visitor - finds out who asks, and whether they may take the route at all
 * (personal-api 1.2 and section 0, Sessions).
 *
 * A token is worth as much as its session: session and user are looked up at
 * every call, and again inside the writer's transaction.
 */
#include <stdbool.h>

#include "engine/call.h"

enum result visitor_find(struct work *w);  /* a face's who */
enum result visitor_admit(struct work *w); /* a face's admit */

/*
 * Whether the cookie is of a session that somebody ended, or of a user who is gone or
 * shut out: what a browser keeps for such a one it must throw away.  One that only ran
 * out is not meant.  Inside a transaction.
 */
MUST_CHECK enum result visitor_ended(struct work *w, bool *ended);

/* True when the request comes from a page of our own, or from no browser. */
bool visitor_same_origin(const struct call *call);
/* 403 when it does not. */
MUST_CHECK enum result visitor_refuse_foreign(struct work *w);
/*
 * For the clinic's clinic_staff: who asks, by the session of the personal store
 * in the call's header or cookie.  w is the clinic's; on any thread, any number
 * of times.  MISSING when there is no session, DENIED with w->failure when it is
 * no longer good or a write with the cookie comes from a foreign page.
 */
enum result visitor_staff(struct work *w, struct actor *actor);
/* 429 with Retry-After. */
enum result visitor_slow_down(struct work *w, int seconds);
