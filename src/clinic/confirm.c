/*
 * confirm - asks the person at the agent.
 */
#include "clinic/confirm.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "clinic/dialog.h"
#include "clinic/rpc.h"
#include "clinic/tools.h"

enum { SECONDS = 600 };

static uint8_t key[HASH_SIZE];

enum result
confirm_open(const char *dir)
{
	return key_load(dir, "clinic-confirm", key);
}

/* Who, what and until when, under the key. */
static const char *
seal(struct work *w, const char *until)
{
	const struct turn *turn = rpc_turn(w);
	char *args = json_dumps(turn->args, JSON_COMPACT | JSON_SORT_KEYS);
	const char *text = arena_printf(w->arena, "%d/%lld\n%s\n%s\n%s", (int)w->actor.kind,
		(long long)w->actor.id, turn->tool->name, until, args ? args : "");
	uint8_t hash[HASH_SIZE];

	free(args);
	hash_hmac(key, text, strlen(text), hash);
	return to_base64url(w->arena, hash, sizeof(hash));
}

static bool
holds(struct work *w, const char *state)
{
	const char *point = state ? strchr(state, '.') : NULL;
	const char *until;
	int64_t end;

	if (!point)
		return false;
	until = arena_copy(w->arena, state, (size_t)(point - state));
	return same_text(point + 1, seal(w, until)) && text_whole(until, 0, INT64_MAX, &end) &&
		end > w->now / 1000000;
}

static enum result
ask(struct work *w, bool *asked)
{
	const char *until = arena_printf(w->arena, "%lld", (long long)(w->now / 1000000 + SECONDS));
	struct text form CLEANUP(text_close) = { 0 };

	text_add(&form, "\"confirm\":{\"method\":\"elicitation/create\",\"params\":"
		"{\"mode\":\"form\",\"message\":");
	json_text(&form, arena_printf(w->arena, "%s for this patient?", rpc_turn(w)->tool->title));
	text_add(&form, ",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"confirm\":"
		"{\"type\":\"boolean\",\"title\":\"Yes, do it\"}},\"required\":[\"confirm\"]}}}");
	return dialog_ask(w, text_string(&form),
		arena_printf(w->arena, "%s.%s", until, seal(w, until)), asked);
}

enum result
confirm_ask(struct work *w, bool *asked)
{
	struct turn *turn = rpc_turn(w);
	const json_t *answer = dialog_answer(w, "confirm");
	const char *action = json_string_value(json_object_get(answer, "action"));

	if (!dialog_can(w, "elicitation"))
		return OK;
	if (turn->modern ? !action : !answer)
		return ask(w, asked);
	if (turn->modern && !holds(w, rpc_param(turn, "requestState")))
		return rpc_fail(w, RPC_PARAMS, 400, "The requestState is not ours, or too old.");
	turn->confirmed = action && strcmp(action, "accept") == 0 &&
		json_is_true(json_object_get(json_object_get(answer, "content"), "confirm"));
	return turn->confirmed ? OK : fail(w, CONFLICT, "The person did not agree; nothing is done.");
}
