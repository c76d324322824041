/*
 * mcp - the endpoint: who may talk to it at all, and what it understands.
 */
#include "clinic/mcp.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/dialog.h"
#include "clinic/prompts.h"
#include "clinic/resources.h"
#include "clinic/rpc.h"
#include "clinic/subscriptions.h"
#include "clinic/tools.h"

struct mcp_settings mcp_settings = { .patience = 300 };
atomic_uint mcp_edition;
bool (*mcp_fixtures)(struct work *w, enum result *r);

static const char instructions[] =
	"The charts of a medical practice. Find a patient with search_patients, then use the MRN "
	"with the other tools. Times of appointments are those of the practice; measurements are "
	"in US units. Results with status error say what to do differently.";

/* ---- the method of either era ---- */

#define OTHERS "\"prompts\":{},\"completions\":{},\"extensions\":"  \
	"{\"io.modelcontextprotocol/oauth-client-credentials\":{}}}"

static void
write_capabilities(const struct turn *turn, struct text *out)
{
	/* subscriptions/listen is for streams of HTTP; the older eras have none */
	json_put_raw(out, "capabilities", turn->http && turn->modern
		? "{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true}," OTHERS
		: "{\"tools\":{},\"resources\":{}," OTHERS);
}

static enum result
initialize(struct work *w)
{
	struct text *out = &w->call->out;
	const char *wanted = rpc_param(rpc_turn(w), "protocolVersion");

	if (!wanted)
		return rpc_fail(w, RPC_PARAMS, 400, "protocolVersion is missing.");
	rpc_open(w);
	json_put_text(out, "protocolVersion", rpc_negotiate(wanted));
	write_capabilities(rpc_turn(w), out);
	json_put_raw(out, "serverInfo", "{\"name\":\"charthouse\",\"title\":\"Charthouse\","
		"\"version\":\"" CHARTHOUSE_VERSION "\"}");
	json_put_text(out, "instructions", instructions);
	rpc_close(w);
	dialog_begin(w);
	return OK;
}

static enum result
discover(struct work *w)
{
	struct text *out = &w->call->out;

	rpc_open(w);
	json_put_raw(out, "supportedVersions", rpc_versions());
	write_capabilities(rpc_turn(w), out);
	json_put_text(out, "instructions", instructions);
	rpc_keep(w, 3600, "public");
	rpc_close(w);
	return OK;
}

static enum result
ping(struct work *w)
{
	rpc_open(w);
	rpc_close(w);
	return OK;
}

enum { MODERN = 1, LEGACY = 2, BOTH = MODERN | LEGACY };

static const struct procedure {
	const char *name;
	unsigned eras;
	enum result (*run)(struct work *w);
	bool open; /* to who has no credentials, when tokens may come as arguments */
} methods[] = {
	{ "tools/call", BOTH, tools_call, true },
	{ "tools/list", BOTH, tools_list, true },
	{ "resources/read", BOTH, resources_read, false },
	{ "resources/list", BOTH, resources_list, false },
	{ "resources/templates/list", BOTH, resources_templates, false },
	{ "prompts/list", BOTH, prompts_list, false },
	{ "prompts/get", BOTH, prompts_get, false },
	{ "completion/complete", BOTH, prompts_complete, false },
	{ "subscriptions/listen", MODERN, subscriptions_listen, false },
	{ "server/discover", MODERN, discover, true },
	{ "initialize", LEGACY, initialize, true },
	{ "ping", LEGACY, ping, true },
};

static enum result
dispatch(struct work *w, const struct turn *turn)
{
	enum result r;

	if (mcp_fixtures && w->actor.kind != NOBODY && mcp_fixtures(w, &r))
		return r;
	for (size_t i = 0; i < COUNT(methods); i++) {
		if (strcmp(methods[i].name, turn->method) != 0 ||
			!(methods[i].eras & (turn->modern ? MODERN : LEGACY)))
			continue;
		if (w->actor.kind == NOBODY && !methods[i].open)
			return fail_as(w, 401, NULL, "Credentials are needed.");
		return methods[i].run(w);
	}
	return rpc_fail(w, RPC_METHOD, 404, "There is no such method.");
}

/* ---- where a request may come from ---- */

/* "host" of "http://host:port", in the arena. */
static const char *
host_of(struct arena *arena, const char *origin)
{
	const char *at = strstr(origin, "://");
	size_t n;

	at = at ? at + 3 : origin;
	n = *at == '[' ? strcspn(at, "]") + 1 : strcspn(at, ":/");
	return arena_copy(arena, at, n);
}

static bool
is_loopback(const char *host)
{
	return text_same(host, "localhost") || strcmp(host, "127.0.0.1") == 0 ||
		strcmp(host, "[::1]") == 0;
}

/* A name that only points at us is not ours: DNS rebinding. */
static bool
is_ours(struct work *w, const char *host)
{
	const char *own = host_of(w->arena, settings.origin);

	return text_same(host, own) || (is_loopback(own) && is_loopback(host));
}

static bool
is_allowed(struct work *w, const char *origin)
{
	for (size_t i = 0; settings.cors && settings.cors[i]; i++)
		if (strcmp(settings.cors[i], origin) == 0)
			return true;
	if (strcmp(origin, settings.origin) == 0)
		return true;
	return is_loopback(host_of(w->arena, origin)) && is_ours(w, host_of(w->arena, origin));
}

static enum result
check_source(struct work *w)
{
	const char *origin = call_header(w->call, "origin");
	const char *host = call_header(w->call, "host");

	if (origin && !is_allowed(w, origin))
		return rpc_fail(w, RPC_REQUEST, 403, "This origin is not allowed.");
	if (host && !is_ours(w, host_of(w->arena, host)))
		return rpc_fail(w, RPC_REQUEST, 403, "This server has another name.");
	return OK;
}

static enum result
enter(struct work *w)
{
	struct turn *turn = arena_new(w->arena, sizeof(*turn));
	enum result r;

	turn->http = w->call->route != &mcp_message_route;
	w->call->data = turn;
	if ((turn->http && (r = check_source(w))) || (r = rpc_read(w, turn)) ||
		(r = dialog_check(w)))
		return r;
	if (turn->id)
		return dispatch(w, turn);
	if (turn->answers)
		dialog_hear(w);
	else if (strcmp(turn->method, "notifications/cancelled") == 0)
		dialog_cancel(w);
	w->call->status = 202;
	w->call->no_body = true;
	return OK;
}

const struct route mcp_routes[] = {
	{ .method = POST, .path = "/mcp", .need = NEED_USER, .body = BODY_JSON,
	  .steps = { { READ, enter } }, .summary = "The Model Context Protocol.", .max_body = 262144 },
	{ 0 }
};

const struct route mcp_message_route = { .method = POST, .path = "/mcp", .need = NEED_USER,
	.body = BODY_JSON, .steps = { { READ, enter } }, .max_body = 262144 };

static enum result
greet(struct work *w)
{
	(void)w;
	return OK;
}

const struct route mcp_hello_route = { .method = POST, .path = "/mcp", .need = NEED_USER,
	.steps = { { READ, greet } } };
