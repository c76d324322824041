#pragma once
/*
 * login - the three steps of signing in, and what failures cost.
 */
#include "engine/call.h"

enum result login_read(struct work *w);
enum result login_verify(struct work *w);
enum result login_finish(struct work *w);

/* Seconds until a name may be tried again from this address; 0: now, and that
 * counts as a try. */
int login_wait(struct work *w, const char *name);
/* Counts a failure and queues its audit entry (any thread); user 0: nobody's. */
MUST_CHECK enum result login_failed(struct work *w, const char *name, int64_t user,
	const char *description);
void login_forgive(struct work *w, const char *name);
