#pragma once
/*
 * oauth - client credentials (RFC 6749 4.4), introspection, revocation, metadata.
 */
#include "engine/call.h"

extern const struct route oauth_routes[];

struct grant;
struct token;

/* The steps of a grant, for the tool `authenticate`: the secret is checked while
 * reading, the signature made in the SLOW lane, the rest inside a write. */
MUST_CHECK enum result oauth_login(struct work *w, const char *client_id, const char *secret,
	const char *app_id, struct grant **out);
MUST_CHECK enum result oauth_sign(struct work *w, struct grant *grant);
MUST_CHECK enum result oauth_issue(struct work *w, struct grant *grant);
/* {status, access_token, token_type, expires_in, scope, client_info} */
void oauth_write(struct work *w, const struct grant *grant, struct text *out);
/* Whether a token is of use now. */
MUST_CHECK enum result oauth_live(struct work *w, const char *text, struct token *token,
	bool *live);
