/*
 * dialog - questions to the client, and where their answers go.
 */
#include "clinic/dialog.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/mcp.h"
#include "clinic/rpc.h"
#include "engine/wait.h"

#define META "io.modelcontextprotocol/"

enum { RANDOM = 16, ID_MOST = 100, SESSION_MOST = 200 };

static const struct capability {
	const char *name;
	char letter; /* in a session id */
} capabilities[] = { { "elicitation", 'e' }, { "sampling", 's' }, { "roots", 'r' } };

static uint8_t key[HASH_SIZE];

enum result
dialog_open(const char *dir)
{
	return key_load(dir, "clinic-dialog", key);
}

/* ---- what the client can be asked ---- */

/* A client that can only be sent to a page (elicitation.url) has no form for us. */
static bool
declares(const json_t *all, const char *name)
{
	const json_t *one = json_object_get(all, name);

	if (!json_is_object(one))
		return false;
	return strcmp(name, "elicitation") != 0 || json_object_size(one) == 0 ||
		json_object_get(one, "form");
}

static const char *
seal(struct work *w, const char *what)
{
	const char *text = arena_printf(w->arena, "%d/%lld\n%s", (int)w->actor.kind,
		(long long)w->actor.id, what);
	uint8_t hash[HASH_SIZE];

	hash_hmac(key, text, strlen(text), hash);
	return to_base64url(w->arena, hash, sizeof(hash));
}

void
dialog_begin(struct work *w)
{
	const json_t *all = json_object_get(rpc_turn(w)->params, "capabilities");
	char letters[COUNT(capabilities) + 1] = "";
	const char *name;
	size_t n = 0;

	for (size_t i = 0; i < COUNT(capabilities); i++)
		if (declares(all, capabilities[i].name))
			letters[n++] = capabilities[i].letter;
	if (!n || w->actor.kind == NOBODY)
		return;
	name = arena_printf(w->arena, "%s.%s", letters, random_token(w->arena, RANDOM));
	call_answer(w->call, "Mcp-Session-Id",
		arena_printf(w->arena, "%s.%s", name, seal(w, name)));
}

enum result
dialog_check(struct work *w)
{
	struct turn *turn = rpc_turn(w);
	const char *session = call_header(w->call, "mcp-session-id");
	const char *point = session ? strrchr(session, '.') : NULL;
	const char *name;
	enum result r;

	if (!session || turn->modern || strcmp(turn->method, "initialize") == 0)
		return OK;
	name = point && strlen(session) < SESSION_MOST
		? arena_copy(w->arena, session, (size_t)(point - session)) : NULL;
	if (name && same_text(point + 1, seal(w, name))) {
		turn->session = session;
		return OK;
	}
	r = rpc_fail(w, RPC_REQUEST, 404, "This session is none of ours.");
	turn->status = 404;
	return r;
}

bool
dialog_can(struct work *w, const char *capability)
{
	const struct turn *turn = rpc_turn(w);

	if (turn->modern)
		return declares(json_object_get(json_object_get(turn->params, "_meta"),
			META "clientCapabilities"), capability);
	if (!turn->session || (turn->http && !rpc_streams(w)))
		return false;
	for (size_t i = 0; i < COUNT(capabilities); i++)
		if (strcmp(capabilities[i].name, capability) == 0)
			return memchr(turn->session, capabilities[i].letter,
				strcspn(turn->session, ".")) != NULL;
	return false;
}

/* ---- the answer ---- */

json_t *
dialog_answer(struct work *w, const char *name)
{
	const struct turn *turn = rpc_turn(w);

	return json_object_get(turn->modern ? json_object_get(turn->params, "inputResponses")
		: w->call->heard, name);
}

void
dialog_hear(struct work *w)
{
	json_t *json = w->call->json, *result = json_object_get(json, "result");
	const char *id = json_string_value(json_object_get(json, "id"));

	/* one that cannot answer says so by an error: an answer without an action */
	if (id && strlen(id) < ID_MOST && w->actor.kind != NOBODY)
		wait_answer(&w->actor, id, result ? json_deep_copy(result) : json_object());
}

/* What the client calls its request; ids are its own, so the session is part of it. */
static const char *
request_name(struct work *w, const json_t *id)
{
	const char *session = rpc_turn(w)->session;
	char *text = id ? json_dumps(id, JSON_ENCODE_ANY) : NULL;
	const char *name = session && text ? arena_printf(w->arena, "%s %s", session, text) : NULL;

	free(text);
	return name;
}

void
dialog_cancel(struct work *w)
{
	const char *name = request_name(w,
		json_object_get(rpc_turn(w)->params, "requestId"));

	if (name && w->actor.kind != NOBODY)
		wait_cancel(&w->actor, name);
}

/* ---- the question ---- */

/* Comes along once a second until something has happened. */
static enum result
await(struct work *w)
{
	const struct turn *turn = rpc_turn(w);
	json_t *answer = wait_take(w->call);

	if (answer) {
		json_object_set_new(w->call->heard, turn->asked, answer);
		w->call->over = true;
		return OK;
	}
	if (wait_cancelled(w->call))
		return fail(w, CONFLICT, "The request was taken back; nothing is done.");
	if (moment_monotonic() > turn->until)
		return fail(w, CONFLICT, "Nobody has answered in time; nothing is done.");
	w->call->waits = true;
	return OK;
}

static const struct route awaiting = { .method = POST, .path = "/mcp", .need = NEED_USER,
	.steps = { { WAIT, await } } };

/* One request of ours, of those that have no answer yet. */
static void
write_question(struct work *w, const char *id, json_t *request)
{
	json_t *params = json_object_get(request, "params");
	struct text *out = &w->call->out;
	char *text;

	json_object_del(params, "mode"); /* unknown before 2025-11-25, and a form anyway */
	text = json_dumps(params ? params : json_null(), JSON_COMPACT | JSON_ENCODE_ANY);
	json_open(out, '{');
	json_put_text(out, "jsonrpc", "2.0");
	json_put_text(out, "id", id);
	json_put_text(out, "method", json_string_value(json_object_get(request, "method")));
	if (params && text)
		json_put_raw(out, "params", text);
	json_close(out, '}');
	free(text);
}

static enum result
ask_legacy(struct work *w, json_t *requests, bool *asked)
{
	struct turn *turn = rpc_turn(w);
	const char *name = NULL, *id;
	json_t *request = NULL;

	json_object_foreach(requests, name, request)
		if (!json_object_get(w->call->heard, name))
			break;
	if (!request)
		return OK;
	turn->asked = arena_text(w->arena, name);
	id = arena_printf(w->arena, "%s.%s", name, random_token(w->arena, RANDOM));
	if (turn->http && !wait_enter(w->call, id, request_name(w, turn->id)))
		return OK;
	*asked = true;
	if (!w->call->heard)
		w->call->heard = json_object();
	turn->until = moment_monotonic() + (int64_t)mcp_settings.patience * 1000000;
	write_question(w, id, request);
	if (!turn->http) {
		w->call->asks = id;
		return OK;
	}
	w->call->route = &awaiting;
	w->call->step = -1; /* this step is counted yet */
	return OK;
}

enum result
dialog_ask(struct work *w, const char *requests, const char *state, bool *asked)
{
	struct text *out = &w->call->out;
	const char *whole = arena_printf(w->arena, "{%s}", requests);
	json_t *json;
	enum result r;

	if (!rpc_turn(w)->modern) {
		json = json_loads(whole, 0, NULL);
		r = ask_legacy(w, json, asked);
		json_decref(json);
		return r;
	}
	*asked = true;
	rpc_open_as(w, "input_required");
	json_put_raw(out, "inputRequests", whole);
	if (state)
		json_put_text(out, "requestState", state);
	rpc_close(w);
	return OK;
}
