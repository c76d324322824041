#pragma once
/*
 * who - finds out who asks the clinic face, and whether they may at all.
 */
#include "engine/work.h"

/* struct face .who and .admit */
enum result who_asks(struct work *w);
enum result who_admits(struct work *w);
/* 401 invalid_client, counted against client id and address, and audited. */
enum result who_failed(struct work *w, const char *client_id);
/* Whether a token was taken back (revoked_tokens). */
MUST_CHECK enum result who_revoked(struct work *w, const char *jti, bool *revoked);
