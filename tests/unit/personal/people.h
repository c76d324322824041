#pragma once
/*
 * people - four users of a house, and what they ask for.
 *
 * User n owns patient n.  1 is the owner in every story, the others are let in.
 */
#include <jansson.h>
#include <pthread.h>

#include "house.h"

enum { NOBODY_ = 0, ANNA, BEN, CARL, DORA };

static const char *const people_names[] = { "anna", "ben", "carl", "dora" };
static struct pair people_headers[COUNT(people_names) + 1];

/* A request by its parts; the answer's text is in `a`. */
static const char *
people_call(struct arena *a, int user, enum method method, const char *url, const char *body,
	int *status)
{
	struct call call = { .work = work_new(a, NULL), .method = method, .peer = "127.0.0.1",
		.headers = &people_headers[user], .n_headers = user ? 1 : 0 };
	struct face *const faces[] = { face, NULL };
	char *rest = strchr(arena_printf(a, "/api/v1%s", url), '?'), *pair;
	const char *answer;

	call.work.actor = (struct actor){ .kind = NOBODY };
	call.work.call = &call;
	call.path = arena_printf(a, "/api/v1%.*s", (int)strcspn(url, "?"), url);
	call.query = arena_new(a, 16 * sizeof(struct pair));
	for (rest = rest ? rest + 1 : NULL; rest && (pair = strsep(&rest, "&")); call.n_query++) {
		call.query[call.n_query].name = strsep(&pair, "=");
		call.query[call.n_query].value = pair ? pair : "";
	}
	if (body) {
		call.body = arena_text(a, body);
		call.n_body = strlen(body);
	}
	(void)!call_route(&call, faces);
	call_run_through(&call);
	*status = call.status;
	answer = arena_copy(a, call.out.at ? call.out.at : "", call.out.len);
	call_free(&call);
	return answer;
}

static inline const char *
people_expect(int user, enum method method, const char *url, const char *body, int wanted)
{
	int status;
	const char *answer = people_call(arena, user, method, url, body, &status);

	if (status != wanted)
		print_error("user %d, method %d, %s: %d\n%s\n", user, (int)method, url, status,
			answer);
	assert_int_equal(status, wanted);
	return answer;
}

/* A whole number of an answer. */
static inline int64_t
people_number(const char *answer, const char *member)
{
	json_t *json = json_loads(answer, 0, NULL);
	int64_t n = json_integer_value(json_object_get(json, member));

	json_decref(json);
	return n;
}

static inline void
people_says(const char *answer, const char *message)
{
	json_t *json = json_loads(answer, 0, NULL);

	assert_string_equal(json_string_value(json_object_get(json, "message")), message);
	json_decref(json);
}

static enum result
people_add(struct work *w, void *arg)
{
	const char *name = arg;
	char hash[PASSWORD_HASH_SIZE];
	struct new_user user = { .username = name, .role = "user", .full_name = "Some Body",
		.email = arena_printf(w->arena, "%s@example.com", name), .hash = hash };
	int64_t id;

	if (password_hash("correct horse battery", hash))
		return FAULT;
	return user_add(w, &user, &id);
}

static struct pair
people_sign_in(const char *name)
{
	struct pair form[] = { { "username", name }, { "password", "correct horse battery" } };
	struct call call = { .work = work_new(arena, NULL), .method = POST,
		.path = "/api/v1/auth/login", .peer = "127.0.0.1", .form = form, .n_form = 2 };
	struct face *const faces[] = { face, NULL };
	struct pair header;
	json_t *json;

	call.work.actor = (struct actor){ .kind = NOBODY };
	call.work.call = &call;
	(void)!call_route(&call, faces);
	call_run_through(&call);
	assert_int_equal(call.status, 200);
	json = json_loadb(call.out.at, call.out.len, 0, NULL);
	header = (struct pair){ "authorization", arena_printf(arena, "Bearer %s",
		json_string_value(json_object_get(json, "access_token"))) };
	json_decref(json);
	call_free(&call);
	return header;
}

static int
people_open(void **state)
{
	if (house_open(state))
		return -1;
	for (size_t i = 0; i < COUNT(people_names); i++) {
		struct work w = work_new(arena, face->store);

		if (store_write(&w, people_add, arena_text(arena, people_names[i])))
			return -1;
		people_headers[i + 1] = people_sign_in(people_names[i]);
	}
	return 0;
}

/* Offers patient 1 and has it accepted; the share's id. */
static inline int64_t
people_share(int from, int to, const char *level, const char *more)
{
	const char *answer = people_expect(from, POST, "/patient-sharing/", arena_printf(arena,
		"{\"patient_id\":1,\"shared_with_user_identifier\":\"%s\","
		"\"permission_level\":\"%s\"%s}", people_names[to - 1], level, more), 200);

	answer = people_expect(to, POST, arena_printf(arena, "/invitations/%lld/respond",
		(long long)people_number(answer, "invitation_id")),
		"{\"response\":\"accepted\"}", 200);
	return people_number(answer, "share_id");
}

static inline void
people_forget(void)
{
	house_do("DELETE FROM family_history_shares; DELETE FROM patient_shares; "
		"DELETE FROM invitations; UPDATE patients SET privacy_level = 'owner';");
}
