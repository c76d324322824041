/*
 * jwt - makes and checks the one kind of token there is.
 */
#include "personal/jwt.h"

#include <string.h>

#include "base/json.h"

/* {"alg":"HS256","typ":"JWT"} */
static const char header[] = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/* The code point at *at, which is moved on; the text is valid UTF-8. */
static uint32_t
next_point(const unsigned char **at)
{
	const unsigned char *c = *at;
	int more = c[0] < 0x80 ? 0 : c[0] < 0xe0 ? 1 : c[0] < 0xf0 ? 2 : 3;
	uint32_t point = more == 0 ? c[0] : c[0] & (0x3fU >> more);

	for (int i = 1; i <= more; i++)
		point = point << 6 | (c[i] & 0x3fU);
	*at = c + 1 + more;
	return point;
}

/* '>', '?', '~' and DEL are the only ASCII bytes that lead to '-' or '_'. */
static void
add_string(struct text *out, const char *string)
{
	const unsigned char *at = (const unsigned char *)string;

	text_char(out, '"');
	while (*at) {
		uint32_t point = next_point(&at);

		if (point > 0xffff)
			text_printf(out, "\\u%04x\\u%04x", 0xd7c0 + (point >> 10),
				0xdc00 + (point & 0x3ff));
		else if (point < 0x20 || point >= 0x7e || point == '>' || point == '?')
			text_printf(out, "\\u%04x", point);
		else if (point == '"' || point == '\\')
			text_printf(out, "\\%c", (char)point);
		else
			text_char(out, (char)point);
	}
	text_char(out, '"');
}

static void
add_payload(struct text *out, const struct claims *c)
{
	text_add(out, "{\"sub\":");
	add_string(out, c->sub);
	text_add(out, ",\"role\":");
	add_string(out, c->role);
	text_printf(out, ",\"user_id\":%lld,\"full_name\":", (long long)c->user_id);
	add_string(out, c->full_name);
	text_printf(out, ",\"exp\":%lld,\"iat\":%lld,\"jti\":", (long long)c->exp,
		(long long)c->iat);
	add_string(out, c->jti);
	text_char(out, '}');
}

const char *
jwt_make(struct arena *arena, const uint8_t key[HASH_SIZE], const struct claims *claims)
{
	struct text CLEANUP(text_close) payload = { 0 };
	uint8_t mac[HASH_SIZE];
	const char *body;

	add_payload(&payload, claims);
	body = arena_printf(arena, "%s.%s", header,
		to_base64url(arena, payload.at, payload.len));
	hash_hmac(key, body, strlen(body), mac);
	return arena_printf(arena, "%s.%s", body, to_base64url(arena, mac, sizeof(mac)));
}

static bool
signature_holds(struct arena *arena, const uint8_t key[HASH_SIZE], const char *token,
	const char *last_dot)
{
	uint8_t mac[HASH_SIZE];
	const uint8_t *given;
	size_t n = 0;

	given = from_base64url(arena, last_dot + 1, strlen(last_dot + 1), &n);
	hash_hmac(key, token, (size_t)(last_dot - token), mac);
	return given && n == sizeof(mac) && same_bytes(given, mac, sizeof(mac));
}

static bool
whole(const json_t *json, int64_t *out)
{
	*out = json_integer_value(json);
	return json_is_integer(json);
}

static enum jwt
take_claims(struct arena *arena, const json_t *json, struct claims *out)
{
	const json_t *sub = json_object_get(json, "sub");
	const json_t *jti = json_object_get(json, "jti");

	if (!json_is_object(json))
		return JWT_BAD;
	if (!sub)
		return JWT_NAMELESS;
	if (!json_is_string(sub) || !json_is_string(jti)
		|| !whole(json_object_get(json, "user_id"), &out->user_id)
		|| !whole(json_object_get(json, "exp"), &out->exp))
		return JWT_BAD;
	(void)whole(json_object_get(json, "iat"), &out->iat);
	out->sub = arena_text(arena, json_string_value(sub));
	out->jti = arena_text(arena, json_string_value(jti));
	out->role = arena_text(arena, json_string_value(json_object_get(json, "role")));
	out->full_name = arena_text(arena, json_string_value(json_object_get(json, "full_name")));
	return JWT_GOOD;
}

enum jwt
jwt_read(struct arena *arena, const uint8_t key[HASH_SIZE], const char *token,
	struct claims *out)
{
	const char *first = strchr(token, '.');
	const char *last = first ? strchr(first + 1, '.') : NULL;
	struct json_trouble trouble;
	const uint8_t *payload;
	enum jwt found;
	json_t *json;
	size_t n = 0;

	*out = (struct claims){ 0 };
	if (!last || strchr(last + 1, '.'))
		return JWT_SHAPELESS;
	if ((size_t)(first - token) != sizeof(header) - 1
		|| memcmp(token, header, sizeof(header) - 1) != 0
		|| !signature_holds(arena, key, token, last))
		return JWT_BAD;
	payload = from_base64url(arena, first + 1, (size_t)(last - first - 1), &n);
	json = payload ? json_read((const char *)payload, n, &trouble) : NULL;
	found = take_claims(arena, json, out);
	json_decref(json);
	return found;
}
