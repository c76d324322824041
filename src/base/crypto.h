#pragma once
/*
 * crypto - the few things we ask of libsodium, under our own names.
 *
 * crypto_start() first, once.  Secrets are compared in constant time.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct arena;

enum { HASH_SIZE = 32, HASH_HEX = 65, PASSWORD_HASH_SIZE = 128 };

void crypto_start(void);
void random_bytes(void *out, size_t n);
/* Uniform in 0..below-1. */
uint32_t random_below(uint32_t below);
/* n random bytes as base64url without padding. */
const char *random_token(struct arena *arena, size_t n);

void hash_sha256(const void *bytes, size_t n, uint8_t out[HASH_SIZE]);
void hash_hex(const void *bytes, size_t n, char out[HASH_HEX]); /* SHA-256, hex */
void hash_hmac(const uint8_t key[HASH_SIZE], const void *bytes, size_t n, uint8_t out[HASH_SIZE]);
bool same_bytes(const void *a, const void *b, size_t n); /* constant time */
bool same_text(const char *a, const char *b); /* constant time in the longer */
void to_hex(const uint8_t *bytes, size_t n, char *out); /* 2n+1 bytes */

/* A seal over bytes and the words they belong to (XChaCha20-Poly1305): n + SEAL_SIZE
 * bytes come out, and only the same key and words open them. */
enum { SEAL_SIZE = 40 };
void seal_close(const uint8_t key[HASH_SIZE], const char *words, const void *bytes, size_t n,
	uint8_t *out);
/* n bytes with the seal to n - SEAL_SIZE; false: other key, other words, or changed. */
bool seal_open(const uint8_t key[HASH_SIZE], const char *words, const uint8_t *sealed, size_t n,
	uint8_t *out);
void secret_forget(void *bytes, size_t n); /* overwrites, whatever the compiler thinks */

/* base64url without padding. */
const char *to_base64url(struct arena *arena, const void *bytes, size_t n);
/* NULL when it is none; *n is the decoded length. */
const uint8_t *from_base64url(struct arena *arena, const char *text, size_t text_n, size_t *n);
/* Standard base64 with padding (HTTP Basic). */
const uint8_t *from_base64(struct arena *arena, const char *text, size_t text_n, size_t *n);

/* Argon2id, m = 19 MiB, t = 2, as the encoded string.  21-77 ms: SLOW lane. */
MUST_CHECK enum result password_hash(const char *password, char out[PASSWORD_HASH_SIZE]);
/* Also spends the time when hash is NULL or "!" (then always false). */
bool password_verify(const char *hash, const char *password);
/* True for passwords everybody tries first (built-in list, any case). */
bool password_common(const char *password);

/* Keys are in this folder, not in DIR/keys; NULL: in DIR/keys.  Not copied; before
 * there are threads. */
void key_keep_in(const char *folder);
bool key_apart(void);
/* The key NAME of the data folder, or the folder of all (NULL); false, and out empty,
 * when the path does not fit. */
bool key_path(char *out, size_t n, const char *dir, const char *name);
/*
 * A key of HASH_SIZE bytes kept in DIR/keys/NAME (file 0600, folder 0700); made
 * from random bytes when absent.  FAULT (logged) when it cannot be read, made,
 * or has the wrong size.
 */
MUST_CHECK enum result key_load(const char *dir, const char *name, uint8_t out[HASH_SIZE]);
