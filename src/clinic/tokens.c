/*
 * tokens - access tokens: JWTs of RFC 9068.
 */
#include "clinic/tokens.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "clinic/keys.h"
#include "clinic/scopes.h"

enum { REMEMBERED = 512, CLAIMS_MOST = 1024, TOKEN_MOST = 8192 };

/* The payload is remembered as it was written and parsed again from there: it is
 * the signature that costs, not the parsing. */
struct memory {
	uint8_t hash[HASH_SIZE];
	int64_t expires;
	size_t n;
	char payload[CLAIMS_MOST];
};

static struct memory *memories;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void
tokens_open(void)
{
	memories = calloc(REMEMBERED, sizeof(*memories));
	if (!memories)
		abort();
}

void
tokens_close(void)
{
	free(memories);
	memories = NULL;
}

static const char *
write_claims(struct arena *arena, const struct token *token, const char *issuer)
{
	struct text out CLEANUP(text_close) = { 0 };

	json_open(&out, '{');
	json_put_text(&out, "iss", issuer);
	json_put_text(&out, "sub", token->client_id);
	json_put_text(&out, "aud", token->audience);
	json_put_whole(&out, "exp", token->expires);
	json_put_whole(&out, "iat", token->issued);
	json_put_text(&out, "jti", token->jti);
	json_put_text(&out, "client_id", token->client_id);
	json_put_text(&out, "scope", scopes_words(arena, token->scope));
	json_put_text(&out, "app_id", token->app_id);
	json_put_text(&out, "role", token->role);
	json_close(&out, '}');
	return arena_copy(arena, out.at, out.len);
}

const char *
tokens_make(struct arena *arena, struct token *token, const char *issuer, int64_t now)
{
	const char *claims;

	token->issued = now / 1000000;
	token->expires = token->issued + TOKEN_SECONDS;
	token->jti = random_token(arena, 16);
	claims = write_claims(arena, token, issuer);
	return keys_sign(arena, to_base64url(arena, claims, strlen(claims)));
}

bool
tokens_ours(const char *text)
{
	return keys_header(text) > 0;
}

static const char *
member(struct arena *arena, json_t *claims, const char *name)
{
	return arena_text(arena, json_string_value(json_object_get(claims, name)));
}

static bool
read_claims(struct arena *arena, const char *payload, size_t n, struct token *token)
{
	struct json_trouble trouble;
	json_t *claims = json_read(payload, n, &trouble);
	const char *scope;

	if (!claims)
		return false;
	*token = (struct token){
		.client_id = member(arena, claims, "client_id"),
		.app_id = member(arena, claims, "app_id"),
		.role = member(arena, claims, "role"),
		.audience = member(arena, claims, "aud"),
		.jti = member(arena, claims, "jti"),
		.issued = json_integer_value(json_object_get(claims, "iat")),
		.expires = json_integer_value(json_object_get(claims, "exp")),
	};
	scope = member(arena, claims, "scope");
	token->scope = scopes_read(arena, scope);
	json_decref(claims);
	return token->client_id && token->jti && scope;
}

static const char *
recall(struct arena *arena, const uint8_t hash[HASH_SIZE], int64_t now, size_t *n)
{
	struct memory *memory = &memories[(hash[0] | hash[1] << 8) % REMEMBERED];
	const char *payload = NULL;

	pthread_mutex_lock(&lock);
	if (memory->expires > now && memcmp(memory->hash, hash, HASH_SIZE) == 0) {
		*n = memory->n;
		payload = arena_copy(arena, memory->payload, memory->n);
	}
	pthread_mutex_unlock(&lock);
	return payload;
}

static void
remember(const uint8_t hash[HASH_SIZE], const char *payload, size_t n, int64_t expires)
{
	struct memory *memory = &memories[(hash[0] | hash[1] << 8) % REMEMBERED];

	if (n > CLAIMS_MOST)
		return;
	pthread_mutex_lock(&lock);
	memcpy(memory->hash, hash, HASH_SIZE);
	memcpy(memory->payload, payload, n);
	memory->n = n;
	memory->expires = expires;
	pthread_mutex_unlock(&lock);
}

/* The payload of a token whose signature holds; NULL else. */
static const char *
verify(struct arena *arena, const char *text, size_t length, size_t *n, int64_t *before)
{
	size_t n_header = keys_header(text);
	const char *point = strchr(text + n_header, '.');
	const uint8_t *signature, *payload;
	size_t n_signature;

	if (!point || strchr(point + 1, '.'))
		return NULL;
	signature = from_base64url(arena, point + 1, length - (size_t)(point + 1 - text),
		&n_signature);
	if (!signature || !keys_check(text, (size_t)(point - text), signature, n_signature,
				  before))
		return NULL;
	payload = from_base64url(arena, text + n_header, (size_t)(point - text) - n_header, n);
	return (const char *)payload;
}

bool
tokens_read(struct arena *arena, const char *text, int64_t now, struct token *token)
{
	uint8_t hash[HASH_SIZE];
	size_t length = strlen(text), n = 0;
	const char *payload;
	int64_t before = INT64_MAX;
	bool fresh = false;

	if (length > TOKEN_MOST || !tokens_ours(text))
		return false;
	hash_sha256(text, length, hash);
	payload = recall(arena, hash, now / 1000000, &n);
	if (!payload) {
		payload = verify(arena, text, length, &n, &before);
		fresh = true;
	}
	if (!payload || !read_claims(arena, payload, n, token) || token->expires <= now / 1000000)
		return false;
	/* who has got hold of a former key cannot make tokens with it for long */
	if (token->issued > before || token->expires > token->issued + TOKEN_SECONDS)
		return false;
	if (fresh)
		remember(hash, payload, n, token->expires);
	return true;
}
