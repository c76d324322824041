#pragma once
/*
 * who - finds out who asks, and whether they may take the route at all
 * (personal-api 1.2 and section 0, Sessions).
 *
 * A token is worth as much as its session: session and user are looked up at
 * every call, and again inside the writer's transaction.
 */
#include <stdbool.h>

#include "engine/call.h"

enum result who_asks(struct work *w);  /* a face's who */
enum result who_admit(struct work *w); /* a face's admit */

/* True when the request comes from a page of our own, or from no browser. */
bool who_same_origin(const struct call *call);
/* 403 when it does not. */
MUST_CHECK enum result who_refuse_foreign(struct work *w);
/* 429 with Retry-After. */
enum result who_slow_down(struct work *w, int seconds);
