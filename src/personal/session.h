#pragma once
/*
 * session - begins and ends sessions; each is one row and one token.
 */
#include "engine/call.h"

/* A new session of a user with its token; inside a write. */
MUST_CHECK enum result session_begin(struct work *w, int64_t user, const char **token);
MUST_CHECK enum result session_end(struct work *w, int64_t session);
/* All of a user's that live; *ended may be NULL.  Inside a write. */
MUST_CHECK enum result session_end_all(struct work *w, int64_t user, int64_t *ended);
/* Sets our pages' cookie; token NULL takes it away. */
void session_cookie(struct work *w, const char *token);
/* Minutes of idleness the user allows; inside a transaction. */
MUST_CHECK enum result session_timeout(struct work *w, int64_t user, int64_t *minutes);
/* A moment in stored form, in the work's arena. */
const char *session_stamp(struct work *w, int64_t moment);
