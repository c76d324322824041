#pragma once
/*
 * jwt - tokens as front ends of the reference read them (personal-api 1.2).
 *
 * HS256 with one key, one fixed header: whatever a token says about its own
 * algorithm is compared, never obeyed.  The payload is pure ASCII and its
 * base64url has neither '-' nor '_', because browsers decode it with plain
 * base64.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/crypto.h"

struct claims {
	const char *sub;       /* username */
	const char *role;
	int64_t user_id;
	const char *full_name;
	int64_t exp, iat;      /* UNIX seconds */
	const char *jti;       /* sessions.token_id */
};

enum jwt {
	JWT_GOOD,
	JWT_SHAPELESS, /* not three parts */
	JWT_NAMELESS,  /* ours, but without sub */
	JWT_BAD        /* not ours, or not well made */
};

const char *jwt_make(struct arena *arena, const uint8_t key[HASH_SIZE],
	const struct claims *claims);
/* Signature and form; exp is the caller's to compare. */
enum jwt jwt_read(struct arena *arena, const uint8_t key[HASH_SIZE], const char *token,
	struct claims *out);
