#pragma once
/*
 * caller - finds out who asks the clinic face, and whether they may at all.
 */
#include "engine/work.h"

/* struct face .who and .admit */
enum result caller_find(struct work *w);
enum result caller_admit(struct work *w);
/* The client of an access token becomes the actor. */
MUST_CHECK enum result caller_token(struct work *w, const char *token);
/* 401 invalid_client, counted against client id and address, and audited. */
enum result caller_failed(struct work *w, const char *client_id);
/* Whether a token was taken back (revoked_tokens). */
MUST_CHECK enum result caller_revoked(struct work *w, const char *jti, bool *revoked);
