#pragma once
/*
 * tokens - access tokens: JWTs of RFC 9068, signed with the key of keys.h.
 *
 * One header is ever accepted, byte for byte the one we write, so there is no
 * algorithm, key or URL for a token to choose.  A checked token is remembered by
 * its SHA-256 until it ends; its client is looked up at every call all the same.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct arena;

enum { TOKEN_SECONDS = 3600 };

struct token {
	const char *client_id; /* sub and client_id */
	const char *app_id, *role;
	const char *scope;     /* a list of scopes.h */
	const char *audience;
	const char *jti;
	int64_t issued, expires; /* seconds */
};

void tokens_open(void);
void tokens_close(void);

/* Fills in jti, issued and expires (from now, µs) and signs; NULL on a fault. */
const char *tokens_make(struct arena *arena, struct token *token, const char *issuer, int64_t now);
/* False for anything but a token of ours that has not ended. */
bool tokens_read(struct arena *arena, const char *text, int64_t now, struct token *token);
/* Whether it begins as ours do: else it may be a session of somebody's. */
bool tokens_ours(const char *text);
