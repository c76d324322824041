/*
 * assertion - a client that proves who it is by a key of its own.
 *
 * The algorithm follows from the registered key; what the header says has only to
 * agree with it.  Keys, URLs and certificates in the header are not looked at.
 */
#include "clinic/assertion.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <jansson.h>
#include <string.h>

#include "base/crypto.h"
#include "base/json.h"
#include "clinic/records.h"
#include "engine/call.h"

enum { AHEAD_MOST = 300, SKEW = 60, ES384_HALF = 48, JWT_MOST = 8192, RSA_LEAST = 2048 };

/* ---- keys ---- */

static gnutls_datum_t
datum(const void *bytes, size_t n)
{
	union { const void *in; unsigned char *out; } both = { bytes };

	return (gnutls_datum_t){ both.out, (unsigned)n };
}

static bool
member(struct arena *arena, json_t *jwk, const char *name, gnutls_datum_t *out)
{
	const char *text = json_string_value(json_object_get(jwk, name));
	size_t n = 0;
	const uint8_t *bytes = text ? from_base64url(arena, text, strlen(text), &n) : NULL;

	*out = datum(bytes, n);
	return bytes && n;
}

static bool
import_jwk(struct arena *arena, gnutls_pubkey_t key, const char *text)
{
	struct json_trouble trouble;
	json_t *jwk = json_read(text, strlen(text), &trouble);
	json_t *keys = json_object_get(jwk, "keys");
	json_t *one = keys ? json_array_get(keys, 0) : jwk;
	const char *type = json_string_value(json_object_get(one, "kty"));
	const char *curve = json_string_value(json_object_get(one, "crv"));
	gnutls_datum_t a, b;
	bool good = false;

	if (type && strcmp(type, "RSA") == 0 && member(arena, one, "n", &a) &&
		member(arena, one, "e", &b))
		good = gnutls_pubkey_import_rsa_raw(key, &a, &b) >= 0;
	else if (type && strcmp(type, "EC") == 0 && curve && strcmp(curve, "P-384") == 0 &&
		member(arena, one, "x", &a) && member(arena, one, "y", &b))
		good = gnutls_pubkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_SECP384R1, &a, &b) >= 0;
	json_decref(jwk);
	return good;
}

static bool
is_strong(gnutls_pubkey_t key)
{
	gnutls_ecc_curve_t curve;
	unsigned bits = 0;
	int kind = gnutls_pubkey_get_pk_algorithm(key, &bits);

	if (kind == GNUTLS_PK_RSA)
		return bits >= RSA_LEAST;
	return kind == GNUTLS_PK_ECDSA &&
		gnutls_pubkey_export_ecc_raw2(key, &curve, NULL, NULL, 0) >= 0 &&
		curve == GNUTLS_ECC_CURVE_SECP384R1;
}

/* NULL when it is none that we take; else gnutls_pubkey_deinit(). */
static gnutls_pubkey_t
read_key(const char *text)
{
	struct arena *arena = arena_open(64 * 1024);
	gnutls_datum_t pem = datum(text, strlen(text));
	gnutls_pubkey_t key = NULL;
	bool good;

	if (gnutls_pubkey_init(&key) < 0) {
		arena_close(&arena);
		return NULL;
	}
	good = *text == '{' ? import_jwk(arena, key, text)
			    : gnutls_pubkey_import(key, &pem, GNUTLS_X509_FMT_PEM) >= 0;
	arena_close(&arena);
	if (good && is_strong(key))
		return key;
	gnutls_pubkey_deinit(key);
	return NULL;
}

bool
assertion_key_fits(const char *text)
{
	gnutls_pubkey_t key = strlen(text) < JWT_MOST ? read_key(text) : NULL;

	if (key)
		gnutls_pubkey_deinit(key);
	return key != NULL;
}

/* ---- the JWT ---- */

struct jwt {
	const char *bytes; /* what is signed */
	size_t n;
	json_t *header, *claims;
	const uint8_t *signature;
	size_t n_signature;
};

static void
close_jwt(struct jwt *jwt)
{
	json_decref(jwt->header);
	json_decref(jwt->claims);
}

static json_t *
read_part(struct arena *arena, const char *text, size_t n)
{
	struct json_trouble trouble;
	size_t n_bytes;
	const uint8_t *bytes = from_base64url(arena, text, n, &n_bytes);

	return bytes ? json_read((const char *)bytes, n_bytes, &trouble) : NULL;
}

static bool
read_jwt(struct arena *arena, const char *text, struct jwt *jwt)
{
	const char *first = strchr(text, '.');
	const char *second = first ? strchr(first + 1, '.') : NULL;

	*jwt = (struct jwt){ .bytes = text };
	if (!second || strlen(text) > JWT_MOST)
		return false;
	jwt->n = (size_t)(second - text);
	jwt->header = read_part(arena, text, (size_t)(first - text));
	jwt->claims = read_part(arena, first + 1, (size_t)(second - first) - 1);
	jwt->signature = from_base64url(arena, second + 1, strlen(second + 1), &jwt->n_signature);
	return json_is_object(jwt->header) && json_is_object(jwt->claims) && jwt->signature;
}

static const char *
claim(const struct jwt *jwt, const char *name)
{
	return json_string_value(json_object_get(jwt->claims, name));
}

const char *
assertion_issuer(struct work *w, const char *text)
{
	struct jwt jwt CLEANUP(close_jwt) = { 0 };

	return read_jwt(w->arena, text, &jwt) ? arena_text(w->arena, claim(&jwt, "iss")) : NULL;
}

static bool
verify(const struct jwt *jwt, gnutls_pubkey_t key)
{
	const char *alg = json_string_value(json_object_get(jwt->header, "alg"));
	bool rsa = gnutls_pubkey_get_pk_algorithm(key, NULL) == GNUTLS_PK_RSA;
	gnutls_datum_t data = datum(jwt->bytes, jwt->n);
	gnutls_datum_t signature = datum(jwt->signature, jwt->n_signature);
	gnutls_datum_t r, s, der = { NULL, 0 };
	bool good;

	/* RFC 7515 4.1.11: we understand no extension, so a critical one refuses. */
	if (!alg || strcmp(alg, rsa ? "RS384" : "ES384") != 0 || json_object_get(jwt->header, "crit"))
		return false;
	if (rsa)
		return gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_RSA_SHA384, 0, &data,
			       &signature) >= 0;
	if (jwt->n_signature != ES384_HALF * 2)
		return false;
	r = datum(jwt->signature, ES384_HALF);
	s = datum(jwt->signature + ES384_HALF, ES384_HALF);
	if (gnutls_encode_rs_value(&der, &r, &s) < 0)
		return false;
	good = gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_ECDSA_SHA384, 0, &data, &der) >= 0;
	gnutls_free(der.data);
	return good;
}

/* The token URL as clinic-api 1 says, or the issuer as RFC 7523bis has it. */
static bool
is_us(struct work *w, const json_t *audience)
{
	const char *text = json_string_value(audience);
	const char *url = arena_printf(w->arena, "%s/oauth/token", settings.origin);

	if (text)
		return strcmp(text, url) == 0 || strcmp(text, settings.origin) == 0;
	for (size_t i = 0; i < json_array_size(audience); i++)
		if (is_us(w, json_array_get(audience, i)))
			return true;
	return false;
}

static bool
is_current(const struct jwt *jwt, int64_t now, int64_t *expires)
{
	const json_t *from = json_object_get(jwt->claims, "nbf");
	const json_t *exp = json_object_get(jwt->claims, "exp");

	if (!json_is_number(exp))
		return false;
	*expires = (int64_t)json_number_value(exp);
	return *expires > now && *expires <= now + AHEAD_MOST + SKEW &&
		(!from || json_number_value(from) <= (double)(now + SKEW));
}

bool
assertion_holds(struct work *w, const char *text, const struct row *client, struct assertion *out)
{
	struct jwt jwt CLEANUP(close_jwt) = { 0 };
	const char *stored = row_text(client, CLIENTS_PUBLIC_KEY);
	const char *id = row_text(client, CLIENTS_CLIENT_ID), *jti;
	gnutls_pubkey_t key = stored ? read_key(stored) : NULL;
	char hex[HASH_HEX];
	bool good;

	if (!key)
		return false;
	good = read_jwt(w->arena, text, &jwt) && verify(&jwt, key);
	gnutls_pubkey_deinit(key);
	jti = good ? claim(&jwt, "jti") : NULL;
	if (!jti || !*jti || !claim(&jwt, "iss") || !claim(&jwt, "sub") ||
		strcmp(claim(&jwt, "iss"), id) != 0 || strcmp(claim(&jwt, "sub"), id) != 0 ||
		!is_us(w, json_object_get(jwt.claims, "aud")) ||
		!is_current(&jwt, w->now / 1000000, &out->expires))
		return false;
	jti = arena_printf(w->arena, "%s\n%s", id, jti);
	hash_hex(jti, strlen(jti), hex);
	out->client_id = id;
	out->once = arena_text(w->arena, hex);
	return true;
}
