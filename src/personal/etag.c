/*
 * etag - hashes the answer in 64-bit steps with a wide multiplication each.
 */
#include "personal/etag.h"

#include <string.h>

#include "engine/call.h"

static uint64_t
word(const char *bytes, size_t n)
{
	uint64_t value = 0;

	memcpy(&value, bytes, n);
	return value;
}

/* Both halves of the product: every bit of the input reaches every bit. */
static uint64_t
mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t
digest(const char *bytes, size_t n)
{
	uint64_t hash = 0x9e3779b97f4a7c15u ^ n;
	uint64_t other = 0xd6e8feb86659fd93u;

	/* Two products that do not wait for each other. */
	for (; n >= 32; bytes += 32, n -= 32) {
		hash = mix(word(bytes, 8) ^ 0xa0761d6478bd642fu, word(bytes + 8, 8) ^ hash);
		other = mix(word(bytes + 16, 8) ^ 0xe7037ed1a0b428dbu,
			word(bytes + 24, 8) ^ other);
	}
	hash ^= mix(other, 0x8ebc6af09c88c6e3u);
	for (; n >= 16; bytes += 16, n -= 16)
		hash = mix(word(bytes, 8) ^ 0xa0761d6478bd642fu, word(bytes + 8, 8) ^ hash);
	if (n > 8) {
		hash = mix(word(bytes, 8) ^ 0xa0761d6478bd642fu, hash ^ 0xe7037ed1a0b428dbu);
		bytes += 8;
		n -= 8;
	}
	hash = mix(word(bytes, n) ^ 0x8ebc6af09c88c6e3u, hash ^ 0x589965cc75374cc3u);
	return mix(hash ^ 0x1d8e4e27c47d124fu, 0xeb44accab455d165u);
}

const char *
etag_of(struct arena *arena, const char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char tag[18];
	uint64_t hash = digest(bytes, n);

	tag[0] = tag[17] = '"';
	for (int i = 16; i > 0; i--, hash >>= 4)
		tag[i] = digits[hash & 15];
	return arena_copy(arena, tag, sizeof(tag));
}

void
etag_answer(struct work *w)
{
	struct call *call = w->call;
	const char *tag = etag_of(w->arena, call->out.at, call->out.len);
	const char *known = call_header(call, "if-none-match");

	call_answer(call, "ETag", tag);
	if (!known || (strcmp(known, "*") != 0 && !strstr(known, tag)))
		return;
	call->status = 304;
	call->no_body = true;
	call->out.len = 0;
}
