/*
 * practice - an opened clinic in a folder of its own, and calls to it.
 */
#include "practice.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/moment.h"
#include "base/text.h"
#include "../database.h"

struct face *practice;
static char folder[64];
static struct arena *kept; /* what tests hold as long as the practice is open */

int
practice_open(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/charthouse-clinic-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	database_use_fresh();
	kept = arena_open(1 << 20);
	crypto_start();
	moment_zone("UTC");
	settings.rate_limit = true;
	if (call_start(1) || clinic_open(&practice, folder))
		return -1;
	return 0;
}

static int
drop(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path);
}

int
practice_close(void **state)
{
	(void)state;
	call_stop();
	clinic_close();
	arena_close(&kept);
	return nftw(folder, drop, 16, FTW_DEPTH | FTW_PHYS);
}

struct addition {
	struct new_client client;
	struct made_client made;
};

static enum result
add(struct work *w, void *arg)
{
	struct addition *a = arg;

	return client_add(w, &a->client, &a->made);
}

struct made_client
practice_client(const char *role, const char *scopes, const char *mrn)
{
	struct arena *arena = arena_open(1 << 20);
	struct work w = work_new(arena, practice->store);
	struct addition a = { .client = { .app_id = "test", .app_name = "Test", .role = role,
		.scopes = scopes, .mrn = mrn, .rate_limit = 0 } };

	assert_int_equal(store_write(&w, add, &a), OK);
	a.made.client_id = arena_text(kept, a.made.client_id);
	a.made.client_secret = arena_text(kept, a.made.client_secret);
	arena_close(&arena);
	return a.made;
}

static void
keep(char *to, size_t n, const struct call *call, const char *name)
{
	for (size_t i = 0; i < call->n_answer; i++)
		if (strcmp(call->answer[i].name, name) == 0)
			snprintf(to, n, "%s", call->answer[i].value);
}

static struct reply
run(struct call *call)
{
	struct face *faces[] = { practice, NULL };
	struct reply reply = { 0 };

	call->work.call = call;
	call->work.problems.arena = call->work.arena;
	call->work.now = moment_now();
	call->peer = "127.0.0.1";
	(void)!call_route(call, faces);
	call_run_through(call);
	reply.status = call->status;
	if (!call->no_body && call->out.len)
		reply.json = json_loadb(call->out.at, call->out.len, JSON_DECODE_ANY, NULL);
	keep(reply.location, sizeof(reply.location), call, "Location");
	keep(reply.etag, sizeof(reply.etag), call, "ETag");
	keep(reply.challenge, sizeof(reply.challenge), call, "WWW-Authenticate");
	keep(reply.retry, sizeof(reply.retry), call, "Retry-After");
	call_free(call);
	arena_close(&call->work.arena);
	free(call);
	return reply;
}

static struct call *
new_call(enum method method, const char *path)
{
	struct call *call = calloc(1, sizeof(*call));
	struct arena *a = arena_open(16 << 20);
	const char *ask = strchr(path, '?');
	char *query = ask ? arena_text(a, ask + 1) : NULL, *at = NULL;

	call->work.arena = a;
	call->method = method;
	call->path = ask ? arena_copy(a, path, (size_t)(ask - path)) : arena_text(a, path);
	call->query = arena_new(a, 20 * sizeof(*call->query));
	for (char *p = query ? strtok_r(query, "&", &at) : NULL; p; p = strtok_r(NULL, "&", &at)) {
		char *is = strchr(p, '=');

		*is = 0;
		call->query[call->n_query++] = (struct pair){ p, is + 1 };
	}
	call->headers = arena_new(a, 20 * sizeof(*call->headers));
	return call;
}

static void
add_header(struct call *call, const char *line)
{
	const char *colon = strchr(line, ':');

	call->headers[call->n_headers++] = (struct pair){
		text_lower(call->work.arena, arena_copy(call->work.arena, line, (size_t)(colon - line))),
		arena_text(call->work.arena, colon + 2) };
}

struct reply
practice_call(enum method method, const char *path, const char *token, const char *body,
	const char *const *headers)
{
	struct call *call = new_call(method, path);

	if (token)
		add_header(call, arena_printf(call->work.arena, "Authorization: Bearer %s", token));
	for (; headers && *headers; headers++)
		add_header(call, *headers);
	if (body) {
		call->body = arena_text(call->work.arena, body);
		call->n_body = strlen(body);
	}
	return run(call);
}

struct reply
practice_post_form(const char *path, const struct pair *form, size_t n)
{
	struct call *call = new_call(POST, path);

	call->form = arena_new(call->work.arena, (n + 1) * sizeof(*form));
	memcpy(call->form, form, n * sizeof(*form));
	call->n_form = n;
	return run(call);
}

char *
practice_token(const struct made_client *client, const char *scope)
{
	const struct pair form[] = {
		{ "grant_type", "client_credentials" },
		{ "client_id", client->client_id },
		{ "client_secret", client->client_secret },
		{ "scope", scope },
	};
	struct reply reply = practice_post_form("/oauth/token", form, scope ? 4 : 3);
	char *token;

	assert_int_equal(reply.status, 200);
	token = strdup(json_string_value(json_object_get(reply.json, "access_token")));
	practice_forget(&reply);
	return token;
}

void
practice_forget(struct reply *reply)
{
	json_decref(reply->json);
	reply->json = NULL;
}

int64_t
practice_count(const char *sql)
{
	struct db *db = store_reader(practice->store);
	int64_t n = -1;

	assert_int_equal(db_begin_read(db), OK);
	assert_int_equal(db_one(db, sql, NULL, 0, &n), OK);
	db_end_read(db);
	return n;
}
