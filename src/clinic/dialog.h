#pragma once
/*
 * dialog - asking the client something in the middle of one of its requests.
 *
 * 2026-07-28: the result says what input is required, and the client sends the request
 * again with the answers.  Older clients are sent a request of ours: over HTTP on the
 * event stream that the answer to theirs becomes, and they answer it in a request of
 * its own; elsewhere as the next message.  Once they have, their request is begun
 * again, credentials and all, with the answer known.
 *
 * What an older client can be asked it says once, at initialize.  The Mcp-Session-Id it
 * is given carries that, sealed, so that no session is kept: it holds for the client
 * that got it, and who sends none is asked nothing.
 */
#include <jansson.h>

#include "base/result.h"
#include "engine/work.h"

MUST_CHECK enum result dialog_open(const char *dir);
/* After initialize: hands out the session id to a client that can be asked. */
void dialog_begin(struct work *w);
/* Reads the session id of a request; INVALID when it is none of ours. */
MUST_CHECK enum result dialog_check(struct work *w);

/* Whether the client can be asked by capability "elicitation", "sampling", "roots". */
bool dialog_can(struct work *w, const char *capability);
/* requests: JSON members "key":{"method":...,"params":...}; state: of 2026-07-28, NULL
 * none.  *asked is false when there is no place for one more call that waits; else the
 * step has to return OK at once, for the call goes on by itself. */
MUST_CHECK enum result dialog_ask(struct work *w, const char *requests, const char *state,
	bool *asked);
/* The result the client has answered a key with; NULL not yet. */
json_t *dialog_answer(struct work *w, const char *key);

/* A message that answers us, or takes back a request that waits. */
void dialog_hear(struct work *w);
void dialog_cancel(struct work *w);
