#pragma once
/*
 * keys - the RSA key that signs access tokens (RS256), in DIR/keys/oauth.pem.
 *
 * Made at the first start; 2048 bits, file 0600.  Open before threads; then any
 * thread may sign and check.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct arena;

MUST_CHECK enum result keys_open(const char *dir);
void keys_close(void);

/* The key's RFC 7638 thumbprint. */
const char *keys_id(void);
/* {"keys":[...]} (RFC 7517), for the whole process. */
const char *keys_jwks(void);
/* The signature in base64url; NULL (logged) when it cannot be made.  ~1 ms. */
const char *keys_sign(struct arena *arena, const char *bytes, size_t n);
bool keys_check(const char *bytes, size_t n, const uint8_t *signature, size_t n_signature);
