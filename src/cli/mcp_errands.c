/*
 * mcp_errands - a message of MCP, or a request for a token, that came to the control
 * socket; and what else administrators do to agents.
 */
#include <string.h>

#include "base/json.h"
#include "cli/errands.h"
#include "clinic/clients.h"
#include "clinic/clinic.h"
#include "clinic/keys.h"
#include "clinic/mcp.h"
#include "clinic/proposals.h"
#include "engine/store.h"

enum { HEADERS = 5 };

static void
add(struct pair *pairs, size_t *n, const char *name, const char *value)
{
	if (value)
		pairs[(*n)++] = (struct pair){ name, value };
}

/* As http would make it, without a socket. */
static void
fill_call(struct job_sheet *e, struct call *call, const char *path)
{
	const char *token = errand_text(e, "token"), *message = errand_text(e, "message");

	call->work.arena = e->arena;
	call->method = POST;
	call->path = path;
	call->peer = "control";
	call->headers = arena_new(e->arena, HEADERS * sizeof(*call->headers));
	call->form = arena_new(e->arena, HEADERS * sizeof(*call->form));
	add(call->headers, &call->n_headers, "x-api-key", errand_text(e, "key"));
	if (token)
		add(call->headers, &call->n_headers, "authorization",
			arena_printf(e->arena, "Bearer %s", token));
	add(call->headers, &call->n_headers, "mcp-session-id", errand_text(e, "session"));
	call->heard = json_incref(json_object_get(e->args, "heard"));
	if (message) {
		call->body = arena_text(e->arena, message);
		call->n_body = strlen(message);
	}
	add(call->form, &call->n_form, "grant_type", "client_credentials");
	add(call->form, &call->n_form, "client_id", errand_text(e, "client_id"));
	add(call->form, &call->n_form, "client_secret", errand_text(e, "client_secret"));
}

static enum result
place(struct job_sheet *e, struct call *call)
{
	struct face *const faces[] = { e->premises->clinic, NULL };

	if (strcmp(call->path, "/oauth/token") == 0)
		return call_route(call, faces);
	if (strcmp(call->path, "/mcp") != 0)
		return INVALID;
	call->face = e->premises->clinic;
	call->work.store = call->face->store;
	call->route = &mcp_message_route;
	return OK;
}

static void
tell_dialog(json_t *reply, const struct call *call)
{
	for (size_t i = 0; i < call->n_answer; i++)
		if (strcmp(call->answer[i].name, "Mcp-Session-Id") == 0)
			json_object_set_new(reply, "session", json_string(call->answer[i].value));
	if (call->asks)
		json_object_set_new(reply, "asks", json_string(call->asks));
}

static enum result
run_mcp(struct job_sheet *e)
{
	const char *path = errand_text(e, "path");
	struct call *call = arena_new(e->arena, sizeof(*call));

	if (!path)
		return INVALID;
	fill_call(e, call, path);
	if (place(e, call))
		return INVALID;
	call_run_through(call);
	json_object_set_new(e->reply, "status", json_integer(call->status));
	json_object_set_new(e->reply, "body", call->no_body ? json_string("") :
		json_stringn(call->out.at ? call->out.at : "", call->out.len));
	tell_dialog(e->reply, call);
	call_free(call);
	return OK;
}

const struct errand errand_mcp = { "mcp", NEEDS_CLINIC, run_mcp };

struct key {
	const char *client_id, *key;
};

static enum result
make_key(struct work *w, void *arg)
{
	struct key *key = arg;
	enum result r = client_key(w, key->client_id, &key->key);

	return r == MISSING ? fail(w, MISSING, "There is no such client.") : r;
}

static enum result
run_key(struct job_sheet *e)
{
	struct key key = { .client_id = errand_text(e, "client_id") };
	enum result r;

	if (!key.client_id)
		return INVALID;
	r = errand_write(e, e->premises->clinic, make_key, &key);
	if (!r) {
		json_object_set_new(e->reply, "client_id", json_string(key.client_id));
		json_object_set_new(e->reply, "api_key", json_string(key.key));
	}
	return r;
}

const struct errand errand_client_key = { "client.key", NEEDS_CLINIC, run_key };

static enum result
run_rotate(struct job_sheet *e)
{
	enum result r = keys_rotate(e->premises->dir);

	if (!r)
		json_object_set_new(e->reply, "kid", json_string(keys_id(e->arena)));
	else
		e->trouble = "The new key could not be made; the old one stays. See the log.";
	return r;
}

const struct errand errand_keys_rotate = { "keys.rotate", NEEDS_CLINIC, run_rotate };

/* ---- proposals ---- */

static enum result
list_proposals(struct work *w, void *arg)
{
	return proposals_list(w, "pending", arg);
}

static enum result
run_list(struct job_sheet *e)
{
	struct text out CLEANUP(text_close) = { 0 };
	enum result r = errand_write(e, e->premises->clinic, list_proposals, &out);
	json_t *list = r ? NULL : json_loadb(out.at, out.len, 0, NULL);

	if (list)
		json_object_set(e->reply, "proposals", json_object_get(list, "items"));
	json_decref(list);
	return r;
}

const struct errand errand_proposal_list = { "proposal.list", NEEDS_CLINIC, run_list };

struct decision {
	int64_t id;
	bool accept;
	struct call *call;
	struct text out;
};

static enum result
decide(struct work *w, void *arg)
{
	struct decision *d = arg;
	enum result r;

	d->call->face = d->call->conn;
	w->call = d->call;
	r = proposals_decide(w, d->id, d->accept, "command line", &d->out);
	w->call = NULL;
	return r;
}

static enum result
run_decide(struct job_sheet *e)
{
	struct decision d = {
		.id = json_integer_value(json_object_get(e->args, "id")),
		.accept = json_is_true(json_object_get(e->args, "accept")),
		.call = arena_new(e->arena, sizeof(*d.call)),
	};
	enum result r;

	d.call->path = "/mcp";
	d.call->conn = e->premises->clinic;
	r = errand_write(e, e->premises->clinic, decide, &d);
	if (!r && d.out.len)
		json_object_set_new(e->reply, "result", json_loadb(d.out.at, d.out.len, 0, NULL));
	text_close(&d.out);
	call_free(d.call);
	return r;
}

const struct errand errand_proposal_decide = { "proposal.decide", NEEDS_CLINIC, run_decide };
