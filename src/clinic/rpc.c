/*
 * rpc - one JSON-RPC request of MCP.
 */
#include "clinic/rpc.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "clinic/mcp.h"
#include "clinic/tools.h"

#define META "io.modelcontextprotocol/"

const char rpc_modern[] = "2026-07-28";
static const char *const legacy[] = { "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05" };
static const char unnamed[] = "2025-03-26"; /* a request of old without the header */

const char *
rpc_versions(void)
{
	return "[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\",\"2024-11-05\"]";
}

static bool
is_legacy(const char *version)
{
	for (size_t i = 0; version && i < COUNT(legacy); i++)
		if (strcmp(legacy[i], version) == 0)
			return true;
	return false;
}

const char *
rpc_negotiate(const char *wanted)
{
	for (size_t i = 0; wanted && i < COUNT(legacy); i++)
		if (strcmp(legacy[i], wanted) == 0)
			return legacy[i];
	return legacy[0];
}

struct turn *
rpc_turn(const struct work *w)
{
	return w->call->data;
}

bool
rpc_streams(const struct work *w)
{
	const char *accept = call_header(w->call, "accept");

	return w->call->streams && accept && strstr(accept, "text/event-stream");
}

enum result
rpc_fail(struct work *w, int code, int status, const char *message)
{
	struct turn *turn = rpc_turn(w);

	turn->code = code;
	turn->status = turn->modern || code == RPC_PARSE ? status : status == 403 ? 403 : 200;
	return fail_as(w, status, NULL, message);
}

const char *
rpc_param(const struct turn *turn, const char *name)
{
	return json_string_value(json_object_get(turn->params, name));
}

/* ---- reading ---- */

static enum result
refuse(struct work *w, int code, const char *message)
{
	struct turn *turn = rpc_turn(w);
	enum result r = rpc_fail(w, code, 400, message);

	turn->status = 400;
	return r;
}

static enum result
read_envelope(struct work *w, struct turn *turn)
{
	json_t *json = w->call->json;
	json_t *id = json_object_get(json, "id");
	const char *version = json_string_value(json_object_get(json, "jsonrpc"));

	if (json_is_array(json))
		return refuse(w, RPC_REQUEST, "Batches are not taken; send one request.");
	if (!json)
		return refuse(w, RPC_PARSE, "A JSON-RPC request is needed.");
	if (!version || strcmp(version, "2.0") != 0)
		return refuse(w, RPC_REQUEST, "This is no JSON-RPC 2.0 request.");
	if (id && !json_is_string(id) && !json_is_number(id))
		return refuse(w, RPC_REQUEST, "The id must be a string or a number.");
	turn->id = id;
	turn->method = json_string_value(json_object_get(json, "method"));
	turn->params = json_object_get(json, "params");
	if (!turn->method && (json_object_get(json, "result") || json_object_get(json, "error"))) {
		turn->id = NULL;
		turn->answers = true;
		turn->method = "";
		turn->params = NULL;
		return OK;
	}
	if (!turn->method)
		return refuse(w, RPC_REQUEST, "The method is missing.");
	if (json_is_null(turn->params))
		turn->params = NULL;
	if (turn->params && !json_is_object(turn->params))
		return refuse(w, RPC_PARAMS, "params must be an object.");
	return OK;
}

/* =?base64?...?= around what no header can carry. */
static const char *
header_value(struct work *w, const char *name)
{
	static const char before[] = "=?base64?";
	const char *value = call_header(w->call, name);
	size_t n = value ? strlen(value) : 0, n_out;
	const uint8_t *bytes;

	if (!value || n < sizeof(before) + 1 || !text_starts(value, before) ||
		strcmp(value + n - 2, "?=") != 0)
		return value ? text_trim(w->arena, value) : NULL;
	bytes = from_base64(w->arena, value + sizeof(before) - 1, n - sizeof(before) - 1, &n_out);
	return bytes ? arena_copy(w->arena, (const char *)bytes, n_out) : value;
}

static bool
agrees(struct work *w, const char *name, const char *body)
{
	const char *value = header_value(w, name);

	return value && body && strcmp(value, body) == 0;
}

static enum result
check_headers(struct work *w, const struct turn *turn)
{
	static const struct { const char *method, *member; } named[] = {
		{ "tools/call", "name" }, { "prompts/get", "name" }, { "resources/read", "uri" },
	};

	if (!agrees(w, "mcp-protocol-version", turn->version))
		return refuse(w, RPC_HEADERS,
			"MCP-Protocol-Version is missing or differs from the body.");
	if (!agrees(w, "mcp-method", turn->method))
		return refuse(w, RPC_HEADERS, "Mcp-Method is missing or differs from the body.");
	for (size_t i = 0; i < COUNT(named); i++)
		if (strcmp(named[i].method, turn->method) == 0 &&
			!agrees(w, "mcp-name", rpc_param(turn, named[i].member)))
			return refuse(w, RPC_HEADERS,
				"Mcp-Name is missing or differs from the body.");
	return OK;
}

static enum result
refuse_version(struct work *w, struct turn *turn, const char *version)
{
	struct text data CLEANUP(text_close) = { 0 };

	json_open(&data, '{');
	json_put_raw(&data, "supported", turn->modern ? "[\"2026-07-28\"]" : rpc_versions());
	json_put_text(&data, "requested", version);
	json_close(&data, '}');
	turn->data = arena_copy(w->arena, data.at, data.len);
	return refuse(w, RPC_VERSION, "This version of the protocol is not spoken here.");
}

static enum result
read_modern(struct work *w, struct turn *turn, json_t *meta)
{
	turn->modern = true;
	turn->version = json_string_value(json_object_get(meta, META "protocolVersion"));
	if (!turn->version)
		return refuse(w, RPC_PARAMS, "_meta must name the " META "protocolVersion.");
	if (!json_is_object(json_object_get(meta, META "clientCapabilities")))
		return refuse(w, RPC_PARAMS, "_meta must hold " META "clientCapabilities.");
	if (turn->http) {
		enum result r = check_headers(w, turn);

		if (r)
			return r;
	}
	return strcmp(turn->version, rpc_modern) == 0 ? OK :
		refuse_version(w, turn, turn->version);
}

enum result
rpc_read(struct work *w, struct turn *turn)
{
	const char *header = turn->http ? call_header(w->call, "mcp-protocol-version") : NULL;
	json_t *meta;
	enum result r;

	if ((r = read_envelope(w, turn)))
		return r;
	meta = json_object_get(turn->params, "_meta");
	if (json_object_get(meta, META "protocolVersion") ||
		json_object_get(meta, META "clientCapabilities") ||
		strcmp(turn->method, "server/discover") == 0 ||
		(header && strcmp(header, rpc_modern) == 0 && turn->id))
		return read_modern(w, turn, meta);
	turn->version = header ? header : unnamed;
	if (!header || strcmp(turn->method, "initialize") == 0 || is_legacy(header) ||
		strcmp(header, rpc_modern) == 0)
		return OK;
	return refuse_version(w, turn, header);
}

/* ---- answering ---- */

static void
write_id(const json_t *id, struct text *out)
{
	json_key(out, "id");
	if (json_is_string(id))
		json_bytes(out, json_string_value(id), json_string_length(id));
	else if (json_is_integer(id))
		json_whole(out, json_integer_value(id));
	else if (json_is_real(id))
		json_number(out, json_real_value(id));
	else
		json_nothing(out);
}

void
rpc_open_as(struct work *w, const char *type)
{
	struct text *out = &w->call->out;
	const struct turn *turn = rpc_turn(w);

	json_open(out, '{');
	json_put_text(out, "jsonrpc", "2.0");
	write_id(turn->id, out);
	json_key(out, "result");
	json_open(out, '{');
	if (!turn->modern)
		return;
	json_put_text(out, "resultType", type);
	json_put_raw(out, "_meta", "{\"" META "serverInfo\":{\"name\":\"charthouse\","
		"\"version\":\"" CHARTHOUSE_VERSION "\"}}");
}

void
rpc_open(struct work *w)
{
	rpc_open_as(w, "complete");
}

void
rpc_close(struct work *w)
{
	struct text *out = &w->call->out;

	json_close(out, '}');
	json_close(out, '}');
}

void
rpc_keep(struct work *w, int seconds, const char *scope)
{
	struct text *out = &w->call->out;

	if (!rpc_turn(w)->modern)
		return;
	json_put_whole(out, "ttlMs", (int64_t)seconds * 1000);
	json_put_text(out, "cacheScope", scope);
}

void
rpc_tool_result(struct work *w, const struct text *content, bool is_error)
{
	struct text *out = &w->call->out;

	rpc_open(w);
	json_key(out, "content");
	text_add(out, "[{\"type\":\"text\",\"text\":");
	json_bytes(out, content->at, content->len);
	text_add(out, "}]");
	json_key(out, "structuredContent");
	json_raw(out, content->at, content->len);
	json_put_bool(out, "isError", is_error);
	rpc_close(w);
}

/* ---- failing ---- */

static const char *
refusal_text(struct work *w)
{
	struct text out CLEANUP(text_close) = { 0 };

	if (w->failure.message && !w->problems.n)
		return w->failure.message;
	for (const struct problem *p = w->problems.first; p; p = p->next)
		text_printf(&out, "%s%s%s%s", out.len ? "; " : "", p->field, *p->field ? ": " : "",
			p->text);
	return out.len ? arena_copy(w->arena, out.at, out.len) : "This is not there.";
}

static void
write_problems(const struct problems *problems, struct text *out)
{
	if (!problems->n)
		return;
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

bool
rpc_refused(struct work *w, int status)
{
	const struct turn *turn = rpc_turn(w);
	struct text content CLEANUP(text_close) = { 0 };

	if (!turn || !turn->tool || turn->code || status >= 500)
		return false;
	/* those are of the caller's own credentials, but not where others are tried */
	if (turn->http && !turn->tool->grants && (status == 401 || status == 403 || status == 429))
		return false;
	json_open(&content, '{');
	json_put_text(&content, "status", "error");
	json_put_text(&content, "message", refusal_text(w));
	json_put_text(&content, "tool", turn->tool->name);
	write_problems(&w->problems, &content);
	if (turn->more)
		text_printf(&content, ",%s", turn->more);
	json_close(&content, '}');
	rpc_tool_result(w, &content, true);
	w->call->status = 200;
	return true;
}

/* Who is refused before the request was read must still learn which it was: over stdio
 * and WebSocket there is no status, and a client waits for its id.  (Over HTTP nobody
 * unknown gets anything parsed.) */
static const json_t *
id_of(struct work *w)
{
	struct json_trouble trouble = { 0 };
	struct call *call = w->call;

	if (rpc_turn(w))
		return rpc_turn(w)->id;
	if (call->route == &mcp_message_route && !call->json && call->n_body)
		call->json = json_read(call->body, call->n_body, &trouble);
	return json_object_get(call->json, "id");
}

void
rpc_explain(struct work *w, int status, const char *detail)
{
	const struct turn *turn = rpc_turn(w);
	struct text *out = &w->call->out;
	int code = turn && turn->code ? turn->code : status >= 500 ? RPC_INTERNAL : RPC_REQUEST;

	for (const struct problem *p = w->problems.first; p && !(turn && turn->code); p = p->next)
		if (strcmp(p->kind, "json_invalid") == 0)
			code = RPC_PARSE;
	if (turn && turn->code)
		w->call->status = turn->status;
	json_open(out, '{');
	json_put_text(out, "jsonrpc", "2.0");
	write_id(id_of(w), out);
	json_key(out, "error");
	json_open(out, '{');
	json_put_whole(out, "code", code);
	json_put_text(out, "message", code == RPC_PARSE ? "This is no JSON." : detail);
	if (turn && turn->data)
		json_put_raw(out, "data", turn->data);
	json_close(out, '}');
	json_close(out, '}');
}
