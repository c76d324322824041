/*
 * path - ids in paths: "abc" is a mistake of the client's (422), not a row that
 * is gone (404).
 */
#include "personal/path.h"

#include <string.h>

#include "base/text.h"
#include "engine/call.h"

/* An id is named so by the route: {id}, {patient_id}. */
static bool
means_id(const char *name, size_t n)
{
	return n >= 2 && memcmp(name + n - 2, "id", 2) == 0 && (n == 2 || name[n - 3] == '_');
}

static bool
is_whole(const char *text)
{
	text += *text == '-' || *text == '+';
	return *text && text[strspn(text, "0123456789")] == '\0';
}

enum result
path_check(struct work *w)
{
	const struct call *call = w->call;
	const char *at = call->route->path;

	for (size_t i = 0; i < COUNT(call->params) && (at = strchr(at, '{')); i++) {
		size_t n = strcspn(++at, "}");

		if (call->params[i] && means_id(at, n) && !is_whole(call->params[i]))
			problem_at(&w->problems, "path", arena_copy(w->arena, at, n),
				"int_parsing", "Input should be a valid integer, "
				"unable to parse string as an integer");
	}
	return call_sound(w);
}
