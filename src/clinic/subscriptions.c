/*
 * subscriptions - streams of notifications.
 *
 * Entries of the log may become visible out of the order of their ids (several
 * writers on PostgreSQL), so they are counted from a little before the beginning
 * rather than compared with the last one seen.
 */
#include "clinic/subscriptions.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "clinic/charts.h"
#include "clinic/resources.h"
#include "clinic/rpc.h"
#include "clinic/tools.h"
#include "engine/audit.h"
#include "engine/wait.h"

#define META "io.modelcontextprotocol/"

enum { WATCHED_MOST = 32, EARLIER = 1000 };

struct watched {
	const char *uri;
	int64_t patient, changes; /* so many since the beginning */
	bool over;                /* no longer to be seen: said, and done with */
};

struct listening {
	const char *id; /* of the request, JSON */
	bool tools;     /* wanted */
	uint64_t seen;  /* the tools, by tools_mark() */
	int64_t since;  /* id in the log */
	struct watched watched[WATCHED_MOST];
	size_t n;
	bool begun;
};

/* ---- what is said ---- */

/* Several messages in one go stand on lines of their own. */
static void
open_notice(struct text *out, const struct listening *on, const char *method)
{
	if (out->len)
		text_char(out, '\n');
	text_printf(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/%s\",\"params\":{"
		"\"_meta\":{\"" META "subscriptionId\":%s}", method, on->id);
}

static void
say_updated(struct text *out, const struct listening *on, const char *uri)
{
	open_notice(out, on, "resources/updated");
	json_put_text(out, "uri", uri);
	text_add(out, "}}");
}

static void
acknowledge(struct text *out, const struct listening *on)
{
	open_notice(out, on, "subscriptions/acknowledged");
	text_add(out, ",\"notifications\":{");
	if (on->tools)
		text_add(out, "\"toolsListChanged\":true");
	if (on->n) {
		json_key(out, "resourceSubscriptions");
		json_open(out, '[');
		for (size_t i = 0; i < on->n; i++)
			json_text(out, on->watched[i].uri);
		json_close(out, ']');
	}
	text_add(out, "}}}");
}

/* The server stops: an answer in good order, after which the client may come again. */
static void
conclude(struct text *out, const struct listening *on)
{
	text_printf(out, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"resultType\":\"complete\","
		"\"_meta\":{\"" META "subscriptionId\":%s}}}", on->id, on->id);
}

/* ---- what has changed ---- */

static enum result
count_changes(struct work *w, const struct listening *on, int64_t patient, int64_t *n)
{
	return db_one(w->db, "SELECT count(*) FROM activity_log WHERE patient_id = $1 AND id > $2 "
		"AND action IN ('created', 'updated', 'deleted')",
		ARGS(value_whole(patient), value_whole(on->since)), n);
}

static enum result
look_at_chart(struct work *w, const struct listening *on, struct watched *one)
{
	int64_t patient = 0, n = 0;
	enum result r = resources_watch(w, one->uri, &patient);

	if (r == FAULT)
		return r;
	one->over = r || patient != one->patient;
	w->failure = (struct failure){ 0 };
	if (!one->over && (r = count_changes(w, on, patient, &n)))
		return r;
	if (one->over || n != one->changes)
		say_updated(&w->call->out, on, one->uri);
	one->changes = n;
	return OK;
}

static enum result
listen(struct work *w)
{
	struct listening *on = rpc_turn(w)->listening;
	struct text *out = &w->call->out;
	enum result r;

	if (wait_ending()) {
		out->len = 0;
		conclude(out, on);
		return OK;
	}
	w->call->waits = true;
	if (!on->begun) {
		on->begun = true;
		return OK;
	}
	if (on->tools && tools_mark(w) != on->seen) {
		on->seen = tools_mark(w);
		open_notice(out, on, "tools/list_changed");
		text_add(out, "}}");
	}
	for (size_t i = 0; i < on->n; i++)
		if (!on->watched[i].over && (r = look_at_chart(w, on, &on->watched[i])))
			return r;
	return OK;
}

/* ---- the beginning ---- */

static const struct route listening_route = { .method = POST, .path = "/mcp", .need = NEED_USER,
	.steps = { { WAIT, listen } } };

/* What may not be seen is left out, and so is what is not there: nobody can tell. */
static enum result
add_resource(struct work *w, struct listening *on, const char *uri)
{
	struct watched *one = &on->watched[on->n];
	enum result r = uri ? resources_watch(w, uri, &one->patient) : MISSING;

	if (r == FAULT)
		return r;
	w->failure = (struct failure){ 0 };
	if (r)
		return OK;
	one->uri = arena_text(w->arena, uri);
	on->n++;
	if ((r = count_changes(w, on, one->patient, &one->changes)))
		return r;
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = "patient",
		.entity_id = one->patient,
		.patient = one->patient,
		.description = "Listens for changes of the chart",
	});
}

static enum result
read_filter(struct work *w, struct listening *on)
{
	const json_t *wanted = json_object_get(rpc_turn(w)->params, "notifications"), *uri;
	const json_t *uris = json_object_get(wanted, "resourceSubscriptions");
	size_t i;
	enum result r;

	if (!json_is_object(wanted))
		return rpc_fail(w, RPC_PARAMS, 400, "notifications says what to listen for.");
	if ((uris && !json_is_array(uris)) || json_array_size(uris) > WATCHED_MOST)
		return rpc_fail(w, RPC_PARAMS, 400, "resourceSubscriptions is a list of 32 at most.");
	on->tools = json_is_true(json_object_get(wanted, "toolsListChanged"));
	on->seen = tools_mark(w);
	r = db_one(w->db, "SELECT COALESCE(max(id), 0) FROM activity_log", NULL, 0, &on->since);
	on->since -= EARLIER;
	json_array_foreach(uris, i, uri)
		if (!r)
			r = add_resource(w, on, json_string_value(uri));
	return r;
}

enum result
subscriptions_listen(struct work *w)
{
	struct listening *on = arena_new(w->arena, sizeof(*on));
	char *id = json_dumps(rpc_turn(w)->id, JSON_ENCODE_ANY);
	enum result r;

	on->id = arena_text(w->arena, id ? id : "null");
	free(id);
	if (!rpc_turn(w)->http)
		return rpc_fail(w, RPC_METHOD, 404, "Only over HTTP is there a stream for this.");
	if (!rpc_streams(w))
		return rpc_fail(w, RPC_REQUEST, 406, "Accept has to name text/event-stream.");
	if ((r = read_filter(w, on)))
		return r;
	if (!wait_enter(w->call, NULL, NULL))
		return rpc_fail(w, RPC_REQUEST, 429, "There are too many streams already.");
	acknowledge(&w->call->out, on);
	rpc_turn(w)->listening = on;
	w->call->route = &listening_route;
	w->call->step = -1; /* this step is counted yet */
	return OK;
}
