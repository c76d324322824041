#pragma once
/*
 * assertion - a client that proves who it is by a key of its own (RFC 7523 2.2).
 */
#include "engine/row.h"
#include "engine/work.h"

#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

struct assertion {
	const char *client_id;
	const char *once;    /* what may be used once: for revoked_tokens.jti */
	int64_t expires;     /* seconds */
};

/* Whether the text is a public key that can be taken. */
bool assertion_key_fits(const char *key);
/* Who an assertion says it is from; NULL when it is none.  Nothing is checked. */
const char *assertion_issuer(struct work *w, const char *jwt);
/* False unless it was signed (RS384 or ES384) with the client's key for us, for at
 * most five minutes. */
bool assertion_holds(struct work *w, const char *jwt, const struct row *client,
	struct assertion *out);
