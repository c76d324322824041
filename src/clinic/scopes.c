/*
 * scopes - read:X and write:X.
 */
#include "clinic/scopes.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/result.h"
#include "base/text.h"

static const char *const things[] = { "*", "patients", "providers", "appointments",
	"medications", "allergies", "vitals", "labs", "clients" };

bool
scopes_next(const char **at, const char **word, size_t *n)
{
	*at += strspn(*at, " ");
	*word = *at;
	*n = strcspn(*at, " ");
	*at += *n;
	return *n > 0;
}

static const char *
kept(struct arena *arena, struct text *out)
{
	const char *copy = arena_copy(arena, out->at ? out->at : " ", out->at ? out->len : 1);

	text_close(out);
	return copy;
}

static bool
holds(const char *list, const char *word, size_t n)
{
	const char *at = list, *other;
	size_t m;

	while (scopes_next(&at, &other, &m))
		if (m == n && memcmp(word, other, n) == 0)
			return true;
	return false;
}

const char *
scopes_read(struct arena *arena, const char *text)
{
	static const char between[] = " ,[]\"\t\r\n";
	struct text out = { 0 };

	for (const char *at = text ? text : ""; *(at += strspn(at, between));) {
		size_t n = strcspn(at, between);

		if (!out.len)
			text_char(&out, ' ');
		if (!holds(text_string(&out), at, n)) {
			text_put(&out, at, n);
			text_char(&out, ' ');
		}
		at += n;
	}
	return kept(arena, &out);
}

static bool
known(const char *word, size_t n)
{
	size_t skip = n > 5 && memcmp(word, "read:", 5) == 0 ? 5
		: n > 6 && memcmp(word, "write:", 6) == 0    ? 6
							     : 0;

	for (size_t i = 0; skip && i < COUNT(things); i++)
		if (strlen(things[i]) == n - skip && memcmp(things[i], word + skip, n - skip) == 0)
			return true;
	return false;
}

bool
scopes_known(struct arena *arena, const char *list, const char **unknown)
{
	const char *at = list, *word;
	size_t n;

	while (scopes_next(&at, &word, &n))
		if (!known(word, n)) {
			*unknown = arena_copy(arena, word, n);
			return false;
		}
	return true;
}

bool
scopes_allow(const char *list, const char *scope)
{
	if (!list)
		return false;
	return holds(list, scope, strlen(scope)) ||
		(text_starts(scope, "read:") && holds(list, "read:*", 6)) ||
		(text_starts(scope, "write:") && holds(list, "write:*", 7));
}

const char *
scopes_within(struct arena *arena, const char *list, const char *allowed)
{
	struct text out = { 0 };
	const char *at = list, *word;
	size_t n;

	while (scopes_next(&at, &word, &n)) {
		if (!scopes_allow(allowed, arena_copy(arena, word, n)))
			continue;
		if (!out.len)
			text_char(&out, ' ');
		text_put(&out, word, n);
		text_char(&out, ' ');
	}
	return kept(arena, &out);
}

const char *
scopes_json(struct arena *arena, const char *list)
{
	struct text out = { 0 };
	const char *at = list, *word;
	size_t n;

	json_open(&out, '[');
	while (scopes_next(&at, &word, &n))
		json_bytes(&out, word, n);
	json_close(&out, ']');
	return kept(arena, &out);
}

const char *
scopes_words(struct arena *arena, const char *list)
{
	return text_trim(arena, list);
}
