/*
 * explain - failures as this face words them.
 */
#include "clinic/explain.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/rpc.h"
#include "clinic/tools.h"
#include "engine/audit.h"
#include "engine/call.h"

static int
status_of(const struct work *w, enum result result)
{
	if (w->failure.status)
		return w->failure.status;
	switch (result) {
	case INVALID:
		for (const struct problem *p = w->problems.first; p; p = p->next)
			if (strcmp(p->kind, "json_invalid") == 0)
				return 400;
		return w->problems.n ? 422 : 400;
	case MISSING:
		return 404;
	case DENIED:
		return 403;
	case CONFLICT:
		return 409;
	case OK:
	case FAULT:
		break;
	}
	return 500;
}

static const char *
title_of(int status)
{
	static const struct { int status; const char *title; } titles[] = {
		{ 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
		{ 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" },
		{ 412, "Precondition Failed" }, { 413, "Content Too Large" },
		{ 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 503, "Service Unavailable" },
		{ 507, "Insufficient Storage" },
	};

	for (size_t i = 0; i < COUNT(titles); i++)
		if (titles[i].status == status)
			return titles[i].title;
	return "Internal Server Error";
}

static const char *
detail_of(const struct work *w, int status)
{
	if (w->failure.message)
		return w->failure.message;
	if (status == 404 && w->call->route && w->call->route->rec)
		return arena_printf(w->arena, "%s not found", w->call->route->rec->one);
	if (status == 422)
		return "Some of what was sent cannot be taken; see errors.";
	if (status == 400)
		return "The request cannot be understood.";
	return title_of(status);
}

static bool
of_mcp(const struct work *w)
{
	return strcmp(w->call->path, "/mcp") == 0;
}

/* RFC 6750 3: what kind of credentials, and what was wrong with those given. */
static void
challenge(struct work *w, int status)
{
	const char *code = w->failure.code, *scope = w->failure.description;
	struct text out CLEANUP(text_close) = { 0 };

	if (code && strcmp(code, "invalid_client") == 0) {
		call_answer(w->call, "WWW-Authenticate", "Basic realm=\"charthouse\"");
		return;
	}
	if (status == 403 && (!code || strcmp(code, "insufficient_scope") != 0))
		return;
	text_printf(&out, "Bearer realm=\"charthouse\"");
	if (code)
		text_printf(&out, ", error=\"%s\"", code);
	if (scope)
		text_printf(&out, ", scope=\"%s\"", scope);
	text_printf(&out, ", resource_metadata=\"%s/.well-known/oauth-protected-resource%s\"",
		settings.origin, of_mcp(w) ? "/mcp" : "");
	call_answer(w->call, "WWW-Authenticate", arena_copy(w->arena, out.at, out.len));
}

static void
write_oauth(struct work *w, int status, struct text *out)
{
	const char *code = w->failure.code;

	if (!code)
		code = status >= 500 ? "server_error" : "invalid_request";
	json_open(out, '{');
	json_put_text(out, "error", code);
	json_put_text(out, "error_description", detail_of(w, status));
	json_close(out, '}');
}

static void
write_errors(const struct problems *problems, struct text *out)
{
	json_key(out, "errors");
	json_open(out, '[');
	for (const struct problem *p = problems->first; p; p = p->next) {
		json_open(out, '{');
		json_put_text(out, "field", p->field);
		json_put_text(out, "message", p->text);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
write_problem(struct work *w, int status, struct text *out)
{
	json_open(out, '{');
	json_put_text(out, "type", "about:blank");
	json_put_text(out, "title", title_of(status));
	json_put_whole(out, "status", status);
	json_put_text(out, "detail", detail_of(w, status));
	if (w->failure.code)
		json_put_text(out, "code", w->failure.code);
	if (w->failure.code && w->failure.description &&
		strcmp(w->failure.code, "insufficient_scope") == 0)
		json_put_text(out, "scope", w->failure.description);
	if (w->problems.n)
		write_errors(&w->problems, out);
	json_close(out, '}');
	w->call->type = "application/problem+json";
}

/* Who was turned away is worth an entry (of a patient's data it is written
 * already, see access_note_refusal()); there is nothing to be done when it has
 * no room, for nothing was given out. */
static void
note_denied(struct work *w)
{
	const struct record *rec = w->call->route ? w->call->route->rec : NULL;

	if (of_mcp(w) && rpc_turn(w) && rpc_turn(w)->tool)
		rec = rpc_turn(w)->tool->rec;
	if (w->actor.kind == NOBODY || !rec || !w->store || w->refusal.entity)
		return;
	if (audit_read(w, &(struct entry){
		    .action = "denied",
		    .entity_type = rec->entity,
		    .description = arena_printf(w->arena, "Was refused %s", rec->many),
		    .outcome = "denied",
	    }))
		return;
}

void
explain_failure(struct work *w, enum result result)
{
	struct call *call = w->call;
	int status = status_of(w, result);

	if (of_mcp(w) && rpc_refused(w, status))
		return;
	call->status = status;
	if (status == 401 || status == 403)
		challenge(w, status);
	if (status == 403)
		note_denied(w);
	if (w->failure.retry_after)
		call_answer(call, "Retry-After",
			arena_printf(w->arena, "%d", w->failure.retry_after));
	if (text_starts(call->path, "/oauth/")) {
		call_answer(call, "Cache-Control", "no-store");
		write_oauth(w, status, &call->out);
	} else if (text_starts(call->path, "/authenticate")) {
		json_open(&call->out, '{');
		json_put_text(&call->out, "detail", detail_of(w, status));
		json_close(&call->out, '}');
	} else if (of_mcp(w)) {
		rpc_explain(w, status, detail_of(w, status));
	} else {
		write_problem(w, status, &call->out);
	}
}
