/*
 * token - whatever is sent as a token: nothing but one signed by us is read, and
 * one that was signed by us over odd claims is read without harm.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/result.h"
#include "personal/jwt.h"
#include "personal/reference_range.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Signed with our key over the header we write: what is inside is the input. */
static const char *
sign(struct arena *arena, const uint8_t key[HASH_SIZE], const uint8_t *bytes, size_t n)
{
	static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
	const char *head = to_base64url(arena, header, sizeof(header) - 1);
	const char *signed_part = arena_printf(arena, "%s.%s", head, to_base64url(arena, bytes, n));
	uint8_t mac[HASH_SIZE];

	hash_hmac(key, signed_part, strlen(signed_part), mac);
	return arena_printf(arena, "%s.%s", signed_part, to_base64url(arena, mac, sizeof(mac)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *arena;
	uint8_t key[HASH_SIZE] = { 1, 2, 3 };
	struct reference_range range;
	struct claims claims;
	const char *text;
	size_t decoded;

	if (!arena) {
		crypto_start();
		arena = arena_open(64u << 20);
	}
	if (n > 8192)
		return 0;
	text = arena_copy(arena, (const char *)bytes, n);
	if (jwt_read(arena, key, text, &claims) == JWT_GOOD && !claims.jti)
		abort();
	if (jwt_read(arena, key, sign(arena, key, bytes, n), &claims) == JWT_GOOD && !claims.sub)
		abort();
	(void)from_base64(arena, text, strlen(text), &decoded);
	(void)from_base64url(arena, text, strlen(text), &decoded);
	(void)reference_range_parse(&range, text);
	arena_reset(arena);
	return 0;
}
