#pragma once
/*
 * keys - the RSA key that signs access tokens (RS256), in DIR/keys/oauth.pem, and
 * the one before it, in DIR/keys/oauth-former.pem.
 *
 * Made at the first start; 2048 bits, files 0600.  Open before threads; then any
 * thread may sign, check and rotate.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct arena;

MUST_CHECK enum result keys_open(const char *dir);
void keys_close(void);

/* Makes a new key to sign with; the one before it is still taken for tokens that
 * were issued before now.  The one before that ends. */
MUST_CHECK enum result keys_rotate(const char *dir);

/* The RFC 7638 thumbprint of the key that signs. */
const char *keys_id(struct arena *arena);
/* {"keys":[...]} (RFC 7517): the key that signs and the former one. */
const char *keys_jwks(struct arena *arena);
/* "header.claims.signature" around claims in base64url; NULL (logged) when it cannot
 * be made.  ~1 ms. */
const char *keys_sign(struct arena *arena, const char *claims);
/* How long the header of a token of ours is, with its point; 0: it is none. */
size_t keys_header(const char *token);
/* Whether the signature over the first n bytes of the token holds; *before: when the
 * token must have been issued by, in seconds. */
bool keys_check(const char *token, size_t n, const uint8_t *signature, size_t n_signature,
	int64_t *before);
