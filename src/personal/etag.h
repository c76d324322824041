#pragma once
/*
 * etag - a short name for the bytes of an answer, so that who has them already
 * need not get them again.
 *
 * Not a secret and not for proof: two different answers of one list get the same
 * name about once in 2^64.  Several bytes a cycle, so that lists stay cheap.
 */
#include "engine/work.h"

/* A quoted entity tag of n bytes, in the arena. */
const char *etag_of(struct arena *arena, const char *bytes, size_t n);
/*
 * Gives the answer of w's call its ETag; when the client named it in
 * If-None-Match, the answer becomes 304 without a body (RFC 9110, 13.1.2).
 */
void etag_answer(struct work *w);
