/*
 * oauth - from a client's credentials to an access token.
 *
 * The secret is checked while reading, the signature (1 ms) made in the SLOW
 * lane, and the writer looks once more whether the client still holds.
 */
#include "clinic/oauth.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/assertion.h"
#include "clinic/clients.h"
#include "clinic/keys.h"
#include "clinic/limit.h"
#include "clinic/records.h"
#include "clinic/resource.h"
#include "clinic/scopes.h"
#include "clinic/tokens.h"
#include "clinic/caller.h"
#include "engine/audit.h"
#include "engine/store.h"

/* What one step leaves to the next, in call->data. */
struct grant {
	const struct row *client;
	struct token token;
	const char *access; /* the token itself */
	bool old_style;     /* asked by POST /authenticate */
	struct assertion assertion; /* .once NULL: it came with its secret */
};

struct credentials {
	const char *client_id, *secret;
	const char *assertion; /* instead of the secret; NULL none */
};

/* ---- who the client is ---- */

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | (c >= 'A' && c <= 'F' ? 32 : 0)) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 6749 2.3.1: both are form-encoded before they are put together. */
static const char *
form_decode(struct arena *arena, const char *text, size_t n)
{
	char *out = arena_copy(arena, text, n), *to = out;

	for (const char *at = out; *at; at++) {
		int high = *at == '%' ? hex_digit(at[1]) : -1;
		int low = high >= 0 ? hex_digit(at[2]) : -1;

		if (low >= 0)
			at += 2;
		*to++ = (char)(low >= 0 ? high << 4 | low : *at == '+' ? ' ' : *at);
	}
	*to = 0;
	return out;
}

static bool
read_basic(struct work *w, const char *header, struct credentials *out)
{
	size_t n;
	const uint8_t *bytes = from_base64(w->arena, header + 6, strlen(header + 6), &n);
	const char *pair = bytes ? arena_copy(w->arena, (const char *)bytes, n) : NULL;
	const char *colon = pair ? strchr(pair, ':') : NULL;

	if (!colon)
		return false;
	out->client_id = form_decode(w->arena, pair, (size_t)(colon - pair));
	out->secret = form_decode(w->arena, colon + 1, strlen(colon + 1));
	return true;
}

static enum result
read_assertion(struct work *w, struct credentials *out)
{
	const char *type = call_form(w->call, "client_assertion_type");
	const char *issuer = assertion_issuer(w, out->assertion);

	if (!type || strcmp(type, ASSERTION_TYPE) != 0 || out->secret)
		return fail_as(w, 400, "invalid_request",
			"Send either a secret or an assertion of type jwt-bearer.");
	if (!issuer || (out->client_id && strcmp(out->client_id, issuer) != 0))
		return fail_as(w, 401, "invalid_client", "Invalid client credentials");
	out->client_id = issuer;
	return OK;
}

static enum result
read_credentials(struct work *w, struct credentials *out)
{
	const char *header = call_header(w->call, "authorization");

	if (header && strncasecmp(header, "Basic ", 6) == 0) {
		if (call_form(w->call, "client_secret"))
			return fail_as(w, 400, "invalid_request",
				"Send the credentials once, in the header or in the body.");
		if (!read_basic(w, header, out))
			return fail_as(w, 401, "invalid_client", "Invalid client credentials");
		return OK;
	}
	out->client_id = call_form(w->call, "client_id");
	out->secret = call_form(w->call, "client_secret");
	out->assertion = call_form(w->call, "client_assertion");
	if (out->assertion)
		return read_assertion(w, out);
	if (!out->client_id || !out->secret)
		return fail_as(w, 401, "invalid_client", "Client credentials are needed.");
	return OK;
}

/* As long whether the client is there or not. */
static bool
right_secret(const struct row *client, const char *secret)
{
	const char *stored = client ? row_text(client, CLIENTS_CLIENT_SECRET_HASH) : "-";
	char hex[HASH_HEX];

	hash_hex(secret, strlen(secret), hex);
	return same_text(hex, stored) && client && row_bool(client, CLIENTS_IS_ACTIVE);
}

static bool
right_assertion(struct work *w, const struct row *client, const char *jwt,
	struct assertion *assertion)
{
	return assertion && client && row_bool(client, CLIENTS_IS_ACTIVE) &&
		assertion_holds(w, jwt, client, assertion);
}

static enum result
authenticate(struct work *w, const struct credentials *given, struct assertion *assertion,
	const struct row **out)
{
	int wait = limit_wait(given->client_id, call_network(w->call));
	struct row *client = NULL;
	bool used = false;
	enum result r;

	if (wait) {
		r = fail_as(w, 429, "slow_down", "Too many failures; wait a little.");
		w->failure.retry_after = wait;
		return r;
	}
	r = client_find(w, given->client_id, &client);
	if (r && r != MISSING)
		return r;
	if (r == MISSING)
		client = NULL;
	if (given->assertion ? !right_assertion(w, client, given->assertion, assertion)
			     : !right_secret(client, given->secret))
		return caller_failed(w, given->client_id);
	if (given->assertion && ((r = caller_revoked(w, assertion->once, &used)) || used))
		return r ? r : caller_failed(w, given->client_id);
	limit_passed(given->client_id, call_network(w->call));
	*out = client;
	return OK;
}

static enum result
caller(struct work *w, const struct row **client)
{
	struct credentials given;
	enum result r = read_credentials(w, &given);

	return r ? r : authenticate(w, &given, NULL, client);
}

/* What is not to be taken (again); old entries go. */
static enum result
keep_jti(struct work *w, const char *jti, int64_t expires, struct row **out)
{
	struct row *row = row_new(w->arena, &clinic_revoked_tokens);
	char now[MOMENT_SIZE], until[MOMENT_SIZE];
	enum result r;

	moment_store(w->now, now);
	moment_store(expires * 1000000, until);
	if ((r = db_run(w->db, "DELETE FROM revoked_tokens WHERE expires_at < $1",
		     ARGS(value_text(now)), NULL)))
		return r;
	row_set_text(row, REVOKED_JTI, jti);
	row_set_text(row, REVOKED_EXPIRES_AT, arena_text(w->arena, until));
	if (out)
		*out = row;
	return store_put(w, row);
}

/* ---- the token ---- */

static struct grant *
new_grant(struct work *w, const struct row *client)
{
	struct grant *grant = arena_new(w->arena, sizeof(*grant));

	grant->client = client;
	grant->token = (struct token){
		.client_id = row_text(client, CLIENTS_CLIENT_ID),
		.app_id = row_text(client, CLIENTS_APP_ID),
		.role = row_text(client, CLIENTS_ROLE),
		.scope = scopes_read(w->arena, row_text(client, CLIENTS_SCOPES)),
		.audience = settings.origin,
	};
	return grant;
}

static enum result
narrow(struct work *w, struct grant *grant)
{
	const char *scope = call_form(w->call, "scope");
	const char *resource = call_form(w->call, "resource");
	const char *app_id = call_form(w->call, "app_id");
	size_t n = strlen(settings.origin);

	if (app_id && strcmp(app_id, grant->token.app_id) != 0)
		return caller_failed(w, grant->token.client_id);
	if (resource && (strncmp(resource, settings.origin, n) != 0 ||
			(resource[n] && resource[n] != '/') || strchr(resource, '#')))
		return fail_as(w, 400, "invalid_target", "This server is not that resource.");
	if (resource)
		grant->token.audience = resource;
	if (!scope || !*scope)
		return OK;
	scope = scopes_read(w->arena, scope);
	if (strcmp(scopes_within(w->arena, scope, grant->token.scope), scope) != 0)
		return fail_as(w, 400, "invalid_scope", "The client has not all of these scopes.");
	grant->token.scope = scope;
	return OK;
}

static enum result
check_grant(struct work *w)
{
	const char *type = call_form(w->call, "grant_type");
	struct assertion assertion = { 0 };
	struct credentials given;
	const struct row *client;
	struct grant *grant;
	enum result r;

	if (!type)
		return fail_as(w, 400, "invalid_request", "grant_type is missing.");
	if (strcmp(type, "client_credentials") != 0)
		return fail_as(w, 400, "unsupported_grant_type",
			"Only client_credentials is understood.");
	if ((r = read_credentials(w, &given)) || (r = authenticate(w, &given, &assertion, &client)))
		return r;
	grant = new_grant(w, client);
	grant->assertion = assertion;
	w->call->data = grant;
	return narrow(w, grant);
}

enum result
oauth_login(struct work *w, const char *client_id, const char *secret, const char *app_id,
	struct grant **out)
{
	const struct credentials given = { .client_id = client_id, .secret = secret };
	const struct row *client;
	enum result r = authenticate(w, &given, NULL, &client);

	if (r)
		return r;
	if (strcmp(app_id, row_text(client, CLIENTS_APP_ID)) != 0)
		return caller_failed(w, client_id);
	*out = new_grant(w, client);
	return OK;
}

static const char *
body_text(struct work *w, const char *name)
{
	const char *text = json_string_value(json_object_get(w->call->json, name));

	return text && *text ? text : NULL;
}

static enum result
check_old(struct work *w)
{
	const char *client_id = body_text(w, "client_id"), *secret = body_text(w, "client_secret");
	const char *app_id = body_text(w, "app_id");
	struct grant *grant;
	enum result r;

	if (!client_id || !secret || !app_id)
		return fail_as(w, 400, NULL, "client_id, client_secret and app_id are needed");
	if ((r = oauth_login(w, client_id, secret, app_id, &grant)))
		return r;
	grant->old_style = true;
	w->call->data = grant;
	return OK;
}

enum result
oauth_sign(struct work *w, struct grant *grant)
{
	grant->access = tokens_make(w->arena, &grant->token, settings.origin, w->now);
	return grant->access ? OK : FAULT;
}

static enum result
sign(struct work *w)
{
	return oauth_sign(w, w->call->data);
}

static void
write_info(const struct grant *grant, struct text *out)
{
	json_key(out, "client_info");
	json_open(out, '{');
	json_put_text(out, "client_id", grant->token.client_id);
	json_put_text(out, "app_id", grant->token.app_id);
	json_put_text(out, "app_name", row_text(grant->client, CLIENTS_APP_NAME));
	json_put_text(out, "role", grant->token.role);
	json_close(out, '}');
}

static void
write_grant(struct work *w, const struct grant *grant, struct text *out)
{
	json_open(out, '{');
	json_put_text(out, "access_token", grant->access);
	json_put_text(out, "token_type", "Bearer");
	json_put_whole(out, "expires_in", TOKEN_SECONDS);
	if (grant->old_style) {
		write_info(grant, out);
	} else {
		json_put_text(out, "scope", scopes_words(w->arena, grant->token.scope));
	}
	json_close(out, '}');
	call_answer(w->call, "Cache-Control", "no-store");
	call_answer(w->call, "Pragma", "no-cache");
}

void
oauth_write(struct work *w, const struct grant *grant, struct text *out)
{
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "access_token", grant->access);
	json_put_text(out, "token_type", "Bearer");
	json_put_whole(out, "expires_in", TOKEN_SECONDS);
	json_put_text(out, "scope", scopes_words(w->arena, grant->token.scope));
	write_info(grant, out);
	json_close(out, '}');
}

/* Kept until it ends, so that it is good for one token (RFC 7523 3, jti). */
static enum result
keep_once(struct work *w, const struct assertion *assertion)
{
	bool used;
	enum result r;

	if (!assertion->once)
		return OK;
	if ((r = caller_revoked(w, assertion->once, &used)))
		return r;
	if (used)
		return fail_as(w, 401, "invalid_client", "Invalid client credentials");
	return keep_jti(w, assertion->once, assertion->expires, NULL);
}

enum result
oauth_issue(struct work *w, struct grant *grant)
{
	char now[MOMENT_SIZE];
	int64_t changed = 0;
	enum result r;

	moment_store(w->now, now);
	r = db_run(w->db, "UPDATE oauth_clients SET last_used = $1 WHERE id = $2 "
		"AND is_active = TRUE AND client_secret_hash = $3",
		ARGS(value_text(now), value_whole(grant->client->id),
			value_text(row_text(grant->client, CLIENTS_CLIENT_SECRET_HASH))),
		&changed);
	if (r)
		return r;
	if (!changed)
		return fail_as(w, 401, "invalid_client", "Invalid client credentials");
	if ((r = keep_once(w, &grant->assertion)))
		return r;
	w->actor = (struct actor){ .kind = CLIENT, .id = grant->client->id,
		.name = grant->token.client_id, .role = grant->token.role };
	return audit_add(w, &(struct entry){
		.action = "login",
		.entity_type = clinic_oauth_clients.entity,
		.entity_id = grant->client->id,
		.description = "Issued an access token",
	});
}

static enum result
issue(struct work *w)
{
	enum result r = oauth_issue(w, w->call->data);

	if (!r)
		write_grant(w, w->call->data, &w->call->out);
	return r;
}

/* ---- what a token is worth, and its end ---- */

static bool
may_look(const struct row *client, const struct token *token)
{
	int role = role_of(row_text(client, CLIENTS_ROLE));

	return role == ROLE_ADMIN || role == ROLE_SYSTEM ||
		strcmp(token->client_id, row_text(client, CLIENTS_CLIENT_ID)) == 0;
}

static enum result
is_live(struct work *w, const struct row *client, const char *text, struct token *token,
	bool *live)
{
	enum result r;

	*live = false;
	if (!text || (r = oauth_live(w, text, token, live)) || !*live)
		return text ? r : OK;
	*live = may_look(client, token);
	return OK;
}

enum result
oauth_live(struct work *w, const char *text, struct token *token, bool *live)
{
	struct row *holder;
	bool revoked;
	enum result r;

	*live = false;
	if (!tokens_read(w->arena, text, w->now, token))
		return OK;
	if ((r = caller_revoked(w, token->jti, &revoked)) || revoked)
		return r;
	if ((r = client_find(w, token->client_id, &holder)))
		return r == MISSING ? OK : r;
	*live = row_bool(holder, CLIENTS_IS_ACTIVE);
	return OK;
}

static enum result
introspect(struct work *w)
{
	struct text *out = &w->call->out;
	const struct row *client;
	struct token token;
	bool live;
	enum result r;

	if ((r = caller(w, &client)) ||
		(r = is_live(w, client, call_form(w->call, "token"), &token, &live)))
		return r;
	call_answer(w->call, "Cache-Control", "no-store");
	json_open(out, '{');
	json_put_bool(out, "active", live);
	if (live) {
		json_put_text(out, "scope", scopes_words(w->arena, token.scope));
		json_put_text(out, "client_id", token.client_id);
		json_put_text(out, "token_type", "Bearer");
		json_put_whole(out, "exp", token.expires);
		json_put_whole(out, "iat", token.issued);
		json_put_text(out, "sub", token.client_id);
		json_put_text(out, "aud", token.audience);
		json_put_text(out, "iss", settings.origin);
		json_put_text(out, "jti", token.jti);
		json_put_text(out, "app_id", token.app_id);
		json_put_text(out, "role", token.role);
	}
	json_close(out, '}');
	return OK;
}

static enum result
check_revoke(struct work *w)
{
	const char *text = call_form(w->call, "token");
	struct token *token = arena_new(w->arena, sizeof(*token));
	const struct row *client;
	enum result r = caller(w, &client);

	if (r)
		return r;
	if (!text)
		return fail_as(w, 400, "invalid_request", "token is missing.");
	if (tokens_read(w->arena, text, w->now, token) && may_look(client, token))
		w->call->data = token;
	return OK;
}

/* RFC 7009 2.2: 200 also for a token that is none. */
static enum result
revoke(struct work *w)
{
	const struct token *token = w->call->data;
	struct row *row;
	bool revoked;
	enum result r;

	text_add(&w->call->out, "{}");
	if (!token)
		return OK;
	if ((r = caller_revoked(w, token->jti, &revoked)) || revoked)
		return r;
	if ((r = keep_jti(w, token->jti, token->expires, &row)))
		return r;
	return audit_add(w, &(struct entry){
		.action = "revoked",
		.entity_type = clinic_revoked_tokens.entity,
		.entity_id = row->id,
		.description = "Revoked an access token",
	});
}

/* ---- what this server is ---- */

static enum result
jwks(struct work *w)
{
	call_answer(w->call, "Cache-Control", "public, max-age=300");
	text_add(&w->call->out, keys_jwks(w->arena));
	return OK;
}

static void
write_scopes(struct text *out)
{
	json_key(out, "scopes_supported");
	json_open(out, '[');
	for (const struct resource *res = resources; res->rec; res++) {
		char scope[40];

		json_bytes(out, scope, (size_t)snprintf(scope, sizeof(scope), "read:%s", res->word));
		json_bytes(out, scope, (size_t)snprintf(scope, sizeof(scope), "write:%s", res->word));
	}
	json_text(out, "read:*");
	json_text(out, "write:*");
	json_close(out, ']');
}

static enum result
server_metadata(struct work *w)
{
	static const char methods[] = "[\"client_secret_basic\",\"client_secret_post\"]";
	static const struct { const char *key, *path; } ends[] = {
		{ "authorization_endpoint", "/oauth/authorize" },
		{ "token_endpoint", "/oauth/token" },
		{ "introspection_endpoint", "/oauth/introspect" },
		{ "revocation_endpoint", "/oauth/revoke" },
		{ "jwks_uri", "/.well-known/jwks.json" },
	};
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "issuer", settings.origin);
	for (size_t i = 0; i < COUNT(ends); i++)
		json_put_text(out, ends[i].key,
			arena_printf(w->arena, "%s%s", settings.origin, ends[i].path));
	json_put_raw(out, "grant_types_supported", "[\"client_credentials\"]");
	json_put_raw(out, "response_types_supported", "[]");
	json_put_raw(out, "token_endpoint_auth_methods_supported",
		"[\"client_secret_basic\",\"client_secret_post\",\"private_key_jwt\"]");
	json_put_raw(out, "token_endpoint_auth_signing_alg_values_supported",
		"[\"RS384\",\"ES384\"]");
	json_put_raw(out, "introspection_endpoint_auth_methods_supported", methods);
	json_put_raw(out, "revocation_endpoint_auth_methods_supported", methods);
	write_scopes(out);
	json_close(out, '}');
	return OK;
}

/* The MCP clients' own schema demands that the metadata name this endpoint, although
 * no grant of ours uses it (RFC 8414 2): so it is there, and says so. */
static enum result
authorize(struct work *w)
{
	return fail_as(w, 400, "unsupported_response_type",
		"Tokens are given to registered clients only, at the token endpoint.");
}

static enum result
resource_metadata(struct work *w)
{
	struct text *out = &w->call->out;
	bool mcp = strstr(w->call->path, "oauth-protected-resource/mcp") != NULL;

	json_open(out, '{');
	json_put_text(out, "resource",
		arena_printf(w->arena, "%s%s", settings.origin, mcp ? "/mcp" : ""));
	json_key(out, "authorization_servers");
	json_open(out, '[');
	json_text(out, settings.origin);
	json_close(out, ']');
	json_put_raw(out, "bearer_methods_supported", "[\"header\"]");
	write_scopes(out);
	json_close(out, '}');
	return OK;
}

const struct route oauth_routes[] = {
	{ .method = POST, .path = "/oauth/token", .need = NEED_NOBODY, .body = BODY_FORM,
	  .steps = { { READ, check_grant }, { SLOW, sign }, { WRITE, issue } },
	  .summary = "Gives a client an access token (client credentials).",
	  .max_body = 16384 },
	{ .method = GET, .path = "/oauth/authorize", .need = NEED_NOBODY,
	  .steps = { { HERE, authorize } }, .summary = "Says that no such grant is given." },
	{ .method = POST, .path = "/oauth/introspect", .need = NEED_NOBODY, .body = BODY_FORM,
	  .steps = { { READ, introspect } }, .max_body = 16384,
	  .summary = "Tells a client what a token is worth (RFC 7662)." },
	{ .method = POST, .path = "/oauth/revoke", .need = NEED_NOBODY, .body = BODY_FORM,
	  .steps = { { READ, check_revoke }, { WRITE, revoke } }, .max_body = 16384,
	  .summary = "Takes an access token back (RFC 7009)." },
	{ .method = POST, .path = "/authenticate", .need = NEED_NOBODY, .body = BODY_JSON,
	  .steps = { { READ, check_old }, { SLOW, sign }, { WRITE, issue } },
	  .summary = "Gives an access token as older configurations ask for it.",
	  .max_body = 16384 },
	{ .method = GET, .path = "/.well-known/jwks.json", .need = NEED_NOBODY,
	  .steps = { { HERE, jwks } }, .summary = "The key that access tokens are signed with." },
	{ .method = GET, .path = "/.well-known/oauth-authorization-server", .need = NEED_NOBODY,
	  .steps = { { HERE, server_metadata } },
	  .summary = "What the authorization server can do (RFC 8414)." },
	{ .method = GET, .path = "/.well-known/oauth-protected-resource", .need = NEED_NOBODY,
	  .steps = { { HERE, resource_metadata } },
	  .summary = "Where tokens for this resource come from (RFC 9728)." },
	{ .method = GET, .path = "/.well-known/oauth-protected-resource/mcp",
	  .need = NEED_NOBODY, .steps = { { HERE, resource_metadata } },
	  .summary = "Where tokens for the MCP endpoint come from (RFC 9728)." },
	{ 0 }
};
