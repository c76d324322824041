/*
 * tokens - who gets in, and who no longer does.
 */
#include "practice.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "clinic/clients.h"
#include "clinic/limit.h"

static struct made_client doctor;

static int
open_all(void **state)
{
	if (practice_open(state))
		return -1;
	doctor = practice_client("doctor", "read:patients,write:patients", NULL);
	return 0;
}

static struct reply
ask(const char *grant, const char *secret, const char *scope)
{
	const struct pair form[] = { { "grant_type", grant }, { "client_id", doctor.client_id },
		{ "client_secret", secret }, { "scope", scope } };

	return practice_post_form("/oauth/token", form, scope ? 4 : 3);
}

static void
refused_with(struct reply reply, int status, const char *error)
{
	assert_int_equal(reply.status, status);
	assert_string_equal(json_string_value(json_object_get(reply.json, "error")), error);
	practice_forget(&reply);
}

static void
credentials_give_a_token_that_opens(void **state)
{
	char *token = practice_token(&doctor, NULL);
	struct reply reply = practice_call(GET, "/clinic/v1/patients", token, NULL, NULL);

	(void)state;
	assert_int_equal(reply.status, 200);
	assert_true(json_is_null(json_object_get(reply.json, "next_cursor")));
	practice_forget(&reply);
	free(token);
}

static void
errors_are_those_of_the_rfc(void **state)
{
	(void)state;
	refused_with(ask("password", doctor.client_secret, NULL), 400, "unsupported_grant_type");
	refused_with(ask("client_credentials", doctor.client_secret, "write:labs"), 400,
		"invalid_scope");
	refused_with(ask("client_credentials", "wrong", NULL), 401, "invalid_client");
	limit_passed(doctor.client_id, "127.0.0.1");
}

static void
tokens_that_are_not_ours_are_refused(void **state)
{
	char *token = practice_token(&doctor, NULL);
	size_t n = strlen(token);
	const char *const others[] = { "x", "a.b.c",
		"eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "" };
	struct reply reply;

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		reply = practice_call(GET, "/clinic/v1/patients", others[i], NULL, NULL);
		assert_int_equal(reply.status, 401);
		assert_non_null(strstr(reply.challenge, "Bearer"));
		practice_forget(&reply);
	}
	for (size_t at = n - 10; at > 100; at -= 37) { /* one letter changed anywhere */
		token[at] = token[at] == 'A' ? 'B' : 'A';
		reply = practice_call(GET, "/clinic/v1/patients", token, NULL, NULL);
		assert_int_equal(reply.status, 401);
		practice_forget(&reply);
		free(token);
		token = practice_token(&doctor, NULL);
	}
	free(token);
}

static void
a_scope_that_was_not_given_is_named(void **state)
{
	char *token = practice_token(&doctor, "read:patients");
	struct reply reply = practice_call(POST, "/clinic/v1/patients", token, "{}", NULL);

	(void)state;
	assert_int_equal(reply.status, 403);
	assert_non_null(strstr(reply.challenge, "insufficient_scope"));
	assert_non_null(strstr(reply.challenge, "write:patients"));
	practice_forget(&reply);
	free(token);
}

static enum result
disable(struct work *w, void *arg)
{
	return client_enable(w, arg, false);
}

static void
switching_a_client_off_ends_its_tokens(void **state)
{
	struct made_client other = practice_client("nurse", "read:*", NULL);
	char *token = practice_token(&other, NULL);
	struct arena *arena = arena_open(1 << 20);
	struct work w = work_new(arena, practice->store);
	struct reply reply = practice_call(GET, "/clinic/v1/providers", token, NULL, NULL);
	char id[100];

	(void)state;
	assert_int_equal(reply.status, 200);
	practice_forget(&reply);
	strcpy(id, other.client_id);
	assert_int_equal(store_write(&w, disable, id), OK);
	arena_close(&arena);
	reply = practice_call(GET, "/clinic/v1/providers", token, NULL, NULL);
	assert_int_equal(reply.status, 401);
	practice_forget(&reply);
	free(token);
}

static void
a_revoked_token_is_worth_nothing(void **state)
{
	char *token = practice_token(&doctor, NULL);
	const struct pair form[] = { { "client_id", doctor.client_id },
		{ "client_secret", doctor.client_secret }, { "token", token } };
	struct reply reply = practice_post_form("/oauth/introspect", form, 3);

	(void)state;
	assert_true(json_is_true(json_object_get(reply.json, "active")));
	practice_forget(&reply);
	reply = practice_post_form("/oauth/revoke", form, 3);
	assert_int_equal(reply.status, 200);
	practice_forget(&reply);
	reply = practice_post_form("/oauth/introspect", form, 3);
	assert_true(json_is_false(json_object_get(reply.json, "active")));
	practice_forget(&reply);
	reply = practice_call(GET, "/clinic/v1/patients", token, NULL, NULL);
	assert_int_equal(reply.status, 401);
	practice_forget(&reply);
	free(token);
}

static void
guessing_is_slowed_down(void **state)
{
	struct reply reply;
	int status = 0;

	(void)state;
	for (int i = 0; i < 8 && status != 429; i++) {
		reply = ask("client_credentials", "guess", NULL);
		status = reply.status;
		practice_forget(&reply);
	}
	assert_int_equal(status, 429);
	assert_true(atoi(reply.retry) > 0);
	limit_passed(doctor.client_id, "127.0.0.1");
}

static void
requests_of_an_hour_are_counted(void **state)
{
	struct limit_state limit;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(limit_take(4711, 3, &limit));
	assert_false(limit_take(4711, 3, &limit));
	assert_in_range(limit.reset, 1100, 1201);
	assert_true(limit_take(4711, 0, &limit));
}

static void
older_configurations_work(void **state)
{
	char body[400];
	struct reply reply;

	(void)state;
	snprintf(body, sizeof(body), "{\"client_id\":\"%s\",\"client_secret\":\"%s\","
		"\"app_id\":\"test\"}", doctor.client_id, doctor.client_secret);
	reply = practice_call(POST, "/authenticate", NULL, body, NULL);
	assert_int_equal(reply.status, 200);
	assert_string_equal(json_string_value(json_object_get(
		json_object_get(reply.json, "client_info"), "role")), "doctor");
	practice_forget(&reply);
	reply = practice_call(POST, "/authenticate", NULL, "{}", NULL);
	assert_int_equal(reply.status, 400);
	practice_forget(&reply);
}

static void
metadata_is_open_to_all(void **state)
{
	static const char *const paths[] = { "/.well-known/jwks.json",
		"/.well-known/oauth-authorization-server",
		"/.well-known/oauth-protected-resource",
		"/.well-known/oauth-protected-resource/mcp" };

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct reply reply = practice_call(GET, paths[i], NULL, NULL, NULL);

		assert_int_equal(reply.status, 200);
		assert_true(json_is_object(reply.json));
		practice_forget(&reply);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(credentials_give_a_token_that_opens),
		cmocka_unit_test(errors_are_those_of_the_rfc),
		cmocka_unit_test(tokens_that_are_not_ours_are_refused),
		cmocka_unit_test(a_scope_that_was_not_given_is_named),
		cmocka_unit_test(switching_a_client_off_ends_its_tokens),
		cmocka_unit_test(a_revoked_token_is_worth_nothing),
		cmocka_unit_test(guessing_is_slowed_down),
		cmocka_unit_test(requests_of_an_hour_are_counted),
		cmocka_unit_test(older_configurations_work),
		cmocka_unit_test(metadata_is_open_to_all),
	};

	return cmocka_run_group_tests(tests, open_all, practice_close);
}
