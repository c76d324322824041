/*
 * work - a new unit of work, and how one says why it failed.
 */
#include "engine/work.h"

#include "base/moment.h"

struct work
work_new(struct arena *arena, struct store *store)
{
	return (struct work){
		.arena = arena,
		.store = store,
		.now = moment_now(),
		.actor = { .kind = SYSTEM, .name = "system", .role = "system" },
		.problems = { .arena = arena },
	};
}

enum result
fail(struct work *w, enum result result, const char *message)
{
	w->failure = (struct failure){ .message = arena_text(w->arena, message) };
	return result;
}

static enum result
result_of(int status)
{
	switch (status) {
	case 401:
	case 403:
	case 429:
		return DENIED;
	case 404:
	case 405:
		return MISSING;
	case 409:
	case 412:
		return CONFLICT;
	default:
		return status >= 500 ? FAULT : INVALID;
	}
}

enum result
fail_as(struct work *w, int status, const char *code, const char *message)
{
	w->failure = (struct failure){
		.status = status,
		.code = code,
		.message = arena_text(w->arena, message),
	};
	return result_of(status);
}
