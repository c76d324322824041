/*
 * caller - a bearer token, an API key, or a session of the practice's staff.
 *
 * The client's row is read at every call: switching it off, or taking a scope or
 * role away, holds from the next call on, whatever the token still says.
 */
#include "clinic/caller.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/text.h"
#include "clinic/clinic.h"
#include "clinic/limit.h"
#include "clinic/mcp.h"
#include "clinic/records.h"
#include "clinic/resource.h"
#include "clinic/rights.h"
#include "clinic/scopes.h"
#include "clinic/tokens.h"
#include "engine/audit.h"
#include "engine/call.h"

#define CLIENT_COLUMNS "SELECT id, client_id, role, scopes, rate_limit, patient_id, is_active "  \
	"FROM oauth_clients WHERE "

enum result (*clinic_staff)(struct work *w, struct actor *actor);

static enum result
bad_token(struct work *w)
{
	return fail_as(w, 401, "invalid_token", "The access token is not valid, or no longer.");
}

/* Takes one from the client's hourly requests. */
static enum result
count_request(struct work *w, int64_t client, int64_t per_hour)
{
	struct limit_state state;
	enum result r;

	if (limit_take(client, per_hour, &state))
		return OK;
	call_answer(w->call, "RateLimit-Limit",
		arena_printf(w->arena, "%lld", (long long)state.limit));
	call_answer(w->call, "RateLimit-Remaining", "0");
	call_answer(w->call, "RateLimit-Reset", arena_printf(w->arena, "%d", state.reset));
	r = fail_as(w, 429, "rate_limited", "This client has used up its requests of the hour.");
	w->failure.retry_after = state.reset;
	return r;
}

/* Fills in the actor from the row; scope NULL: all that the client has. */
static enum result
take_client(struct work *w, struct query *query, const char *scope)
{
	const char *stored = scopes_read(w->arena, query_text(query, 3, NULL));
	int64_t per_hour = query_null(query, 4) ? 1000 : query_whole(query, 4);

	w->actor = (struct actor){
		.kind = CLIENT,
		.id = query_whole(query, 0),
		.name = arena_text(w->arena, query_text(query, 1, NULL)),
		.role = arena_text(w->arena, query_text(query, 2, NULL)),
		.scopes = scope ? scopes_within(w->arena, scope, stored) : stored,
		.patient = query_whole(query, 5),
	};
	w->actor.admin = role_of(w->actor.role) == ROLE_ADMIN;
	return w->call->again ? OK : count_request(w, w->actor.id, per_hour);
}

/* MISSING when there is no such client, or it is switched off. */
static enum result
load_client(struct work *w, const char *sql, const char *value, const char *scope)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, sql, ARGS(value_text(value)));

	if (r)
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : MISSING;
	if (query_null(query, 6) || !query_whole(query, 6))
		return MISSING;
	return take_client(w, query, scope);
}

enum result
caller_revoked(struct work *w, const char *jti, bool *revoked)
{
	int64_t n;
	enum result r = db_one(w->db, "SELECT count(*) FROM revoked_tokens WHERE jti = $1",
		ARGS(value_text(jti)), &n);

	*revoked = !r && n > 0;
	return r;
}

/* RFC 8707: a token for one resource is none for another.  The whole server is a
 * resource, and so is /mcp. */
static bool
is_meant(const struct work *w, const char *audience)
{
	size_t n = strlen(settings.origin);

	if (!audience || strncmp(audience, settings.origin, n) != 0)
		return false;
	audience += n;
	if (!*audience || strcmp(audience, "/") == 0)
		return true;
	n = strlen(audience);
	return strncmp(w->call->path, audience, n) == 0 &&
		(!w->call->path[n] || w->call->path[n] == '/');
}

enum result
caller_token(struct work *w, const char *text)
{
	struct token token;
	bool revoked;
	enum result r;

	if (!tokens_read(w->arena, text, w->now, &token) || !is_meant(w, token.audience))
		return bad_token(w);
	if ((r = caller_revoked(w, token.jti, &revoked)))
		return r;
	if (revoked)
		return bad_token(w);
	r = load_client(w, CLIENT_COLUMNS "client_id = $1", token.client_id, token.scope);
	return r == MISSING ? bad_token(w) : r;
}

static enum result
by_key(struct work *w, const char *key)
{
	int wait = limit_wait("api key", call_network(w->call));
	char hex[HASH_HEX];
	enum result r;

	if (wait) {
		r = fail_as(w, 429, "rate_limited", "Too many wrong keys; wait a little.");
		w->failure.retry_after = wait;
		return r;
	}
	hash_hex(key, strlen(key), hex);
	r = load_client(w, CLIENT_COLUMNS "api_key_hash = $1", arena_text(w->arena, hex), NULL);
	if (r != MISSING)
		return r;
	limit_failed("api key", call_network(w->call));
	return fail_as(w, 401, "invalid_token", "The API key is not valid, or no longer.");
}

/* A plain user has no way in: no role of the practice, no rights. */
static enum result
by_session(struct work *w, bool bearer)
{
	struct actor actor = { 0 };
	enum result r = clinic_staff ? clinic_staff(w, &actor) : MISSING;

	if (r == MISSING)
		return bearer ? bad_token(w) : OK;
	if (r)
		return r;
	w->actor = actor;
	w->actor.scopes = NULL;
	w->actor.patient = 0;
	if (actor.admin && role_of(actor.role) < 0)
		w->actor.role = "admin";
	if (role_of(w->actor.role) == ROLE_PATIENT || role_of(w->actor.role) == ROLE_SYSTEM)
		w->actor.role = "user"; /* those are for clients */
	return OK;
}

enum result
caller_find(struct work *w)
{
	const char *header = call_header(w->call, "authorization");
	const char *key = call_header(w->call, "x-api-key");

	w->actor = (struct actor){ 0 };
	if (header && strncasecmp(header, "Bearer ", 7) == 0) {
		const char *token = header + 7 + strspn(header + 7, " ");

		return tokens_ours(token) ? caller_token(w, token) : by_session(w, true);
	}
	if (key)
		return by_key(w, key);
	return header ? OK : by_session(w, false);
}

enum result
caller_failed(struct work *w, const char *client_id)
{
	limit_failed(client_id, call_network(w->call));
	if (audit_read(w, &(struct entry){
		    .action = "login",
		    .entity_type = clinic_oauth_clients.entity,
		    .description = "Client authentication failed",
		    .outcome = "failed",
	    }))
		return FAULT;
	return fail_as(w, 401, "invalid_client", "Invalid client credentials");
}

/* A cookie is sent by the browser unasked: a write must come from our page. */
static bool
forged(const struct call *call)
{
	const char *site = call_header(call, "sec-fetch-site");
	const char *origin = call_header(call, "origin");

	if (call->method == GET)
		return false;
	if (site)
		return strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
	return !origin || strcmp(origin, settings.origin) != 0;
}

/* A session may have ended, or a role been taken away, while the write waited. */
static enum result
still_staff(struct work *w)
{
	struct actor before = w->actor;
	const struct call *call = w->call;
	enum result r;

	if (call->route->steps[call->step].lane != WRITE)
		return OK;
	r = by_session(w, before.kind == USER);
	if (r)
		return r;
	return role_of(w->actor.role) < 0 || w->actor.id != before.id ? bad_token(w) : OK;
}

static enum result
still_there(struct work *w)
{
	int64_t n;
	enum result r;

	if (w->actor.kind != CLIENT)
		return still_staff(w);
	r = db_one(w->db, "SELECT count(*) FROM oauth_clients WHERE id = $1 AND is_active = TRUE",
		ARGS(value_whole(w->actor.id)), &n);
	return r || n ? r : bad_token(w);
}

enum result
caller_admit(struct work *w)
{
	const struct route *route = w->call->route;
	enum result r;

	if (route->need == NEED_NOBODY)
		return OK;
	if (w->actor.kind == NOBODY)
		return mcp_settings.allow_token_arguments && strcmp(route->path, "/mcp") == 0
			? OK : fail_as(w, 401, NULL, "Credentials are needed.");
	if (role_of(w->actor.role) < 0)
		return rights_deny(w, NULL, "The clinic is open to its staff only.");
	if (w->actor.by_cookie && forged(w->call))
		return fail_as(w, 403, "cross_site", "This request came from another site.");
	if ((r = still_there(w)))
		return r;
	if (route->need == NEED_ADMIN && !w->actor.admin)
		return rights_deny(w, route->scope, "Only an administrator may do this.");
	if (w->actor.kind == CLIENT && route->scope && !scopes_allow(w->actor.scopes, route->scope))
		return rights_deny(w, route->scope,
			arena_printf(w->arena, "The scope %s is needed.", route->scope));
	return OK;
}
