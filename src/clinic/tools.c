/*
 * tools - the table of tools, who sees them, and one call of one.
 */
#include "clinic/tools.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/caller.h"
#include "clinic/confirm.h"
#include "clinic/mcp.h"
#include "clinic/oauth.h"
#include "clinic/proposals.h"
#include "clinic/rpc.h"
#include "clinic/tool_schema.h"
#include "engine/form.h"

/* In the order they are listed in. */
static const struct tool *const tables[] = { tools_clients, tools_charts, tools_visits,
	tools_orders };

const struct tool *
tools_find(const char *name)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct tool *tool = tables[i]; tool->name; tool++)
			if (strcmp(tool->name, name) == 0)
				return tool;
	return NULL;
}

bool
tools_open_to(struct work *w, const struct tool *tool)
{
	struct failure before = w->failure;
	bool open = !tool->rec || access_record(w, tool->rec, tool->verb) == OK;

	w->failure = before;
	return open;
}

uint64_t
tools_mark(struct work *w)
{
	uint64_t mark = (uint64_t)atomic_load(&mcp_edition) << 32;
	unsigned n = 0;

	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct tool *tool = tables[i]; tool->name; tool++)
			mark ^= (uint64_t)tools_open_to(w, tool) << n++;
	return mark;
}

const char *
tools_closed_to(struct work *w)
{
	struct text names CLEANUP(text_close) = { 0 };

	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct tool *tool = tables[i]; tool->name; tool++)
			if (!tools_open_to(w, tool))
				text_printf(&names, ",'%s'", tool->name);
	return arena_printf(w->arena, "''%s", text_string(&names));
}

/* ---- tools/list ---- */

static void
write_annotations(const struct tool *tool, struct text *out)
{
	json_key(out, "annotations");
	json_open(out, '{');
	json_put_text(out, "title", tool->title);
	json_put_bool(out, "readOnlyHint", tool->manner == READS);
	if (tool->manner != READS)
		json_put_bool(out, "destructiveHint", tool->manner == DESTROYS);
	json_put_bool(out, "idempotentHint", tool->manner == READS);
	json_put_bool(out, "openWorldHint", false);
	json_close(out, '}');
}

static void
write_tool(const struct tool *tool, struct text *out)
{
	json_open(out, '{');
	json_put_text(out, "name", tool->name);
	json_put_text(out, "title", tool->title);
	json_put_text(out, "description", tool->about);
	json_key(out, "inputSchema");
	schema_input(&tool->input, out);
	json_key(out, "outputSchema");
	schema_output(tool->output, out);
	write_annotations(tool, out);
	json_close(out, '}');
}

enum result
tools_list(struct work *w)
{
	struct text *out = &w->call->out;

	if (rpc_param(rpc_turn(w), "cursor"))
		return rpc_fail(w, RPC_PARAMS, 400, "This cursor is none of ours.");
	rpc_open(w);
	json_key(out, "tools");
	json_open(out, '[');
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct tool *tool = tables[i]; tool->name; tool++)
			if (w->actor.kind == NOBODY ? tool->open : tools_open_to(w, tool)) {
				if (out->at[out->len - 1] == '}')
					text_char(out, ',');
				write_tool(tool, out);
			}
	json_close(out, ']');
	rpc_keep(w, 0, "private");
	rpc_close(w);
	return OK;
}

/* ---- the arguments ---- */

/* {"$kind": ..., "value": "2026-01-31"}, as some agents send a date. */
static json_t *
unwrap(json_t *value)
{
	json_t *inside = json_is_object(value) ? json_object_get(value, "value") : NULL;

	return inside && json_object_size(value) <= 3 ? inside : value;
}

static const struct field *
argument(const struct tool *tool, const char *name)
{
	for (size_t i = 0; i < tool->input.n_fields; i++)
		if (strcmp(tool->input.fields[i].name, name) == 0)
			return &tool->input.fields[i];
	return NULL;
}

/* A copy in which dates are plain, and what is null is absent. */
static json_t *
normalise(struct work *w, const struct tool *tool, json_t *sent)
{
	json_t *args = json_object(), *value;
	const char *name;

	json_object_foreach(sent, name, value) {
		const struct field *f = argument(tool, name);

		if (!f) {
			problem_at(&w->problems, "body", arena_printf(w->arena, "%.60s", name),
				"value_error", "is no argument of this tool");
			continue;
		}
		if (json_is_null(value) && !tool->nulls)
			continue;
		json_object_set(args, name, f->type == TYPE_JSON ? value : unwrap(value));
	}
	return args;
}

/* The copy is hung into the request, which owns it from then on. */
static enum result
read_arguments(struct work *w, const struct tool *tool, json_t *sent)
{
	struct turn *turn = rpc_turn(w);

	turn->args = normalise(w, tool, sent);
	json_object_set_new(w->call->json, "\x01" "arguments", turn->args);
	turn->input = row_new(w->arena, &tool->input);
	form_read(w, turn->args, false, turn->input);
	turn->ask.body = turn->args;
	turn->ask.person = true; /* start() asks for one where it takes one */
	return call_sound(w);
}

/* Configurations of old send the token with every call. */
static enum result
take_token(struct work *w, const struct tool *tool, json_t *args)
{
	const char *token = json_string_value(json_object_get(args, "access_token"));
	enum result r;

	if (token && mcp_settings.allow_token_arguments && !argument(tool, "access_token")) {
		if ((r = caller_token(w, token)))
			return r;
		json_object_del(args, "access_token");
	}
	if (w->actor.kind == NOBODY && !tool->open)
		return fail_as(w, 401, NULL, "Credentials are needed.");
	return OK;
}

/* ---- tools/call ---- */

static enum result
run_tool(struct work *w)
{
	struct turn *turn = rpc_turn(w);
	struct text content CLEANUP(text_close) = { 0 };
	enum result r;

	if (turn->tool->rec && (r = access_record(w, turn->tool->rec, turn->tool->verb)))
		return r;
	r = turn->tool->run(w, turn->input, &content);
	if (r || (r = call_sound(w)))
		return r;
	if (content.full)
		return call_too_much(w);
	rpc_tool_result(w, &content, false);
	return OK;
}

static enum result
propose(struct work *w)
{
	struct turn *turn = rpc_turn(w);
	struct text content CLEANUP(text_close) = { 0 };
	int64_t id;
	enum result r;

	if ((r = access_record(w, turn->tool->rec, turn->tool->verb)) ||
		(r = proposals_add(w, turn->tool, turn->args, &id)))
		return r;
	json_open(&content, '{');
	json_put_text(&content, "status", "pending_confirmation");
	json_put_whole(&content, "proposal_id", id);
	json_put_text(&content, "message", "Nothing is done yet: a doctor or administrator of the "
		"practice has to accept this proposal.");
	json_close(&content, '}');
	rpc_tool_result(w, &content, false);
	return OK;
}

static enum result
sign_grant(struct work *w)
{
	return oauth_sign(w, rpc_turn(w)->grant);
}

static enum result
issue_grant(struct work *w)
{
	struct text content CLEANUP(text_close) = { 0 };
	enum result r = oauth_issue(w, rpc_turn(w)->grant);

	if (r)
		return r;
	oauth_write(w, rpc_turn(w)->grant, &content);
	rpc_tool_result(w, &content, false);
	return OK;
}

/* Where a call goes on when its first step has seen what it wants. */
static const struct route writing = { .method = POST, .path = "/mcp", .need = NEED_USER,
	.steps = { { WRITE, run_tool } } };
static const struct route proposing = { .method = POST, .path = "/mcp", .need = NEED_USER,
	.steps = { { WRITE, propose } } };
static const struct route granting = { .method = POST, .path = "/mcp", .need = NEED_NOBODY,
	.steps = { { SLOW, sign_grant }, { WRITE, issue_grant } } };

static enum result
go_on(struct work *w, const struct route *route)
{
	w->call->route = route;
	w->call->step = -1; /* this step is counted yet */
	return OK;
}

static bool
needs_person(const struct work *w, const struct turn *turn)
{
	if (w->actor.kind == USER || turn->confirmed)
		return false;
	return (mcp_settings.confirm_destructive && turn->tool->manner == DESTROYS) ||
		(mcp_settings.confirm_overrides && ask_text(w, "override_reason"));
}

static enum result
start(struct work *w, struct turn *turn)
{
	bool asked = false;
	enum result r;

	if (turn->tool->grants) {
		r = turn->tool->run(w, turn->input, NULL);
		return r ? r : go_on(w, &granting);
	}
	if (turn->tool->manner == READS)
		return run_tool(w);
	if (needs_person(w, turn)) {
		if ((r = confirm_ask(w, &asked)) || asked)
			return r;
		if (!turn->confirmed)
			return go_on(w, &proposing);
	}
	return go_on(w, &writing);
}

enum result
tools_call(struct work *w)
{
	struct turn *turn = rpc_turn(w);
	const char *name = rpc_param(turn, "name");
	json_t *args = json_object_get(turn->params, "arguments");
	const struct tool *tool = name ? tools_find(name) : NULL;
	enum result r;

	if (!tool)
		return rpc_fail(w, RPC_PARAMS, 200,
			arena_printf(w->arena, "Unknown tool: %.64s", name ? name : ""));
	if (args && !json_is_object(args) && !json_is_null(args))
		return rpc_fail(w, RPC_PARAMS, 200, "arguments must be an object.");
	turn->tool = tool;
	if ((r = take_token(w, tool, args)))
		return r;
	if (tool->rec && (r = access_record(w, tool->rec, tool->verb)))
		return r;
	if ((r = read_arguments(w, tool, args)))
		return r;
	return start(w, turn);
}

enum result
tools_run(struct work *w, const struct tool *tool, json_t *args, struct text *out)
{
	struct turn turn = { .ask = { .body = args, .person = true }, .tool = tool };
	struct row *input = row_new(w->arena, &tool->input);
	void *before = w->call->data;
	enum result r;

	form_read(w, args, false, input);
	if ((r = call_sound(w)))
		return r;
	w->call->data = &turn;
	r = tool->rec ? access_record(w, tool->rec, tool->verb) : OK;
	if (!r)
		r = tool->run(w, input, out);
	w->call->data = before;
	return r ? r : call_sound(w);
}
