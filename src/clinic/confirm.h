#pragma once
/*
 * confirm - asks the person at the agent, where the client can do that.
 *
 * dialog.h asks.  In 2026-07-28 the question carries a state that comes back with
 * the answer.  The state is sealed: it names who asked, what for and until when, and
 * is good for nothing else.
 */
#include "base/result.h"
#include "engine/work.h"

MUST_CHECK enum result confirm_open(const char *dir);
/* *asked: the call is answered with a question.  turn->confirmed: the person has
 * agreed.  Neither: the client cannot ask.  CONFLICT: the person said no. */
MUST_CHECK enum result confirm_ask(struct work *w, bool *asked);
