/*
 * What call.h promises of routes and lanes.
 */
#include "fake.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/writer.h"
#include "engine/audit.h"

static int
open_with_people(void **state)
{
	if (fake_open(state))
		return -1;
	fake_people(*state);
	return call_start(2) ? -1 : 0;
}

static int
close_with_people(void **state)
{
	call_stop();
	return fake_close(state);
}

/* ---- routes ---- */

static void
expect(struct fake *fake, enum method method, const char *path, int status, const char *out)
{
	struct call *call = fake_call(fake, method, path, 1, NULL);

	assert_int_equal(call->status, status);
	if (out)
		assert_string_equal(text_string(&call->out), out);
	fake_end(call);
}

static void
words_go_before_placeholders(void **state)
{
	expect(*state, GET, "/fake/v1/things/7", 200, "7");
	expect(*state, GET, "/fake/v1/things/me", 200, "/things/me");
	expect(*state, GET, "/fake/v1/things/last", 200, "last"); /* the earlier word wins */
	expect(*state, GET, "/fake/v1/others/last", 200, "others");
	expect(*state, PUT, "/fake/v1/things/me", 200, "me"); /* no PUT of the word itself */
}

static void
a_slash_at_the_end_makes_no_difference(void **state)
{
	expect(*state, GET, "/fake/v1/things/7/", 200, "7");
	expect(*state, GET, "/fake/v1/patients/1/notes", 200, NULL);
	expect(*state, GET, "/fake/v1/patients/1/notes/", 200, NULL);
}

static void
what_is_not_there_is_404(void **state)
{
	expect(*state, GET, "/fake/v1/", 404, NULL);
	expect(*state, GET, "/fake/v1", 404, NULL);
	expect(*state, GET, "/fake/v1/thing/7", 404, NULL);
	expect(*state, GET, "/fake/v1/things/7/parts", 404, NULL);
	expect(*state, GET, "/fake/v1//things/7", 404, NULL);
	expect(*state, GET, "/fake/v1/things//7", 404, NULL);
}

static void
no_face_has_a_path_beside_its_prefix(void **state)
{
	struct call *call = fake_request(*state, GET, "/fake/v10/things/7", 0, NULL);

	assert_int_equal(call_route(call, fake_faces), MISSING);
	assert_null(call->route);
	assert_null(call->face);
	fake_end(call);
}

static void
another_method_is_405_with_those_allowed(void **state)
{
	struct call *call = fake_call(*state, DELETE, "/fake/v1/things/7", 0, NULL);

	assert_int_equal(call->status, 405);
	assert_string_equal(fake_answer(call, "Allow"), "GET, HEAD, PUT");
	fake_end(call);
}

static void
placeholders_come_in_order(void **state)
{
	struct call *call = fake_request(*state, GET, "/fake/v1/things/7/parts/x y", 0, NULL);

	assert_int_equal(call_route(call, fake_faces), OK);
	assert_string_equal(call->params[0], "7");
	assert_string_equal(call->params[1], "x y");
	assert_null(call->params[2]);
	fake_end(call);
}

/* ---- who asks ---- */

static void
nobody_gets_no_further_than_public_routes(void **state)
{
	struct call *call = fake_call(*state, GET, "/fake/v1/patients/1/notes/", 0, NULL);

	assert_int_equal(call->status, 401);
	fake_end(call);
	call = fake_call(*state, GET, "/fake/v1/things/7", 0, NULL);
	assert_int_equal(call->status, 200);
	fake_end(call);
}

static void
what_belongs_to_others_is_404(void **state)
{
	struct call *call = fake_call(*state, GET, "/fake/v1/patients/2/notes/", 1, NULL);

	assert_int_equal(call->status, 404);
	fake_end(call);
	call = fake_call(*state, POST, "/fake/v1/notes/", 1,
		"{\"patient_id\":2,\"title\":\"not mine\"}");
	assert_int_equal(call->status, 404);
	fake_end(call);
	assert_int_equal(fake_count(*state, "SELECT count(*) FROM notes"), 0);
}

static void
bad_credentials_do_not_close_public_routes(void **state)
{
	struct call *call = fake_request(*state, GET, "/fake/v1/things/7", 0, NULL);

	call->headers[call->n_headers++] = (struct pair){ "x-user", "bad" };
	assert_int_equal(call_route(call, fake_faces), OK);
	call_run_through(call);
	assert_int_equal(call->status, 200);
	fake_end(call);
}

/* ---- lanes ---- */

static void
lanes_are_passed_in_turn(void **state)
{
	struct call *call = fake_call(*state, POST, "/fake/v1/lanes", 0, NULL);

	assert_int_equal(call->status, 200);
	assert_string_equal(text_string(&call->out), "-d-d");
	fake_end(call);
}

static void
a_write_is_answered_when_it_is_there_and_read_back(void **state)
{
	struct call *call = fake_call(*state, POST, "/fake/v1/notes/", 1,
		"{\"patient_id\":1,\"title\":\"mine\",\"doctor_id\":1}");

	assert_int_equal(call->status, 201);
	fake_end(call);
	call = fake_call(*state, GET, "/fake/v1/patients/1/notes/", 1, NULL);
	assert_int_equal(call->status, 200);
	assert_non_null(strstr(text_string(&call->out), "\"doctor\":{\"id\":1,\"name\":\"Ada\"}"));
	fake_end(call);
}

static void
all_that_is_wrong_is_answered_and_nothing_stored(void **state)
{
	struct call *call = fake_call(*state, POST, "/fake/v1/notes/", 1,
		"{\"patient_id\":1,\"title\":\"x\",\"score\":11}");

	assert_int_equal(call->status, 422);
	assert_non_null(strstr(text_string(&call->out), "\"problems\":2"));
	fake_end(call);
	call = fake_call(*state, POST, "/fake/v1/notes/", 1, "{\"patient_id\":1,");
	assert_int_equal(call->status, 422);
	fake_end(call);
	call = fake_call(*state, POST, "/fake/v1/notes/", 1, NULL);
	assert_int_equal(call->status, 422);
	fake_end(call);
}

static void
what_takes_more_than_its_memory_is_413_and_nothing_stored(void **state)
{
	static const struct {
		enum method method;
		const char *path, *body;
	} cases[] = {
		{ GET, "/fake/v1/greedy", NULL },
		{ POST, "/fake/v1/greedy", "{\"patient_id\":1,\"title\":\"xx\"}" },
		{ POST, "/fake/v1/wordy", "{\"patient_id\":1,\"title\":\"xx\"}" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct call *call = fake_call(*state, cases[i].method, cases[i].path, 1,
			cases[i].body);

		assert_int_equal(call->status, 413);
		assert_non_null(strstr(text_string(&call->out), "ask for less"));
		fake_end(call);
	}
	assert_int_equal(fake_count(*state, "SELECT count(*) FROM notes"), 0);
	/* The connections are as good as before. */
	expect(*state, GET, "/fake/v1/patients/1/notes/", 200, NULL);
	fake_end(fake_call(*state, POST, "/fake/v1/notes/", 1,
		"{\"patient_id\":1,\"title\":\"xx\"}"));
	assert_int_equal(fake_count(*state, "SELECT count(*) FROM notes"), 1);
}

static void
query_parameters_keep_their_bounds(void **state)
{
	static const struct {
		const char *limit;
		int status;
	} cases[] = { { "0", 422 }, { "1", 200 }, { "100", 200 }, { "101", 422 }, { "x", 422 },
		{ "", 422 }, { NULL, 200 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct call *call = fake_request(*state, GET, "/fake/v1/patients/1/notes/", 1, NULL);
		struct pair limit = { "limit", cases[i].limit };

		call->query = &limit;
		call->n_query = cases[i].limit ? 1 : 0;
		assert_int_equal(call_route(call, fake_faces), OK);
		call_run_through(call);
		assert_int_equal(call->status, cases[i].status);
		fake_end(call);
	}
}

static void
ids_that_are_none_are_missing(void **state)
{
	expect(*state, GET, "/fake/v1/patients/0/notes/", 404, NULL);
	expect(*state, GET, "/fake/v1/patients/-1/notes/", 404, NULL);
	expect(*state, GET, "/fake/v1/patients/x/notes/", 404, NULL);
	expect(*state, GET, "/fake/v1/patients/2147483648/notes/", 404, NULL);
}

/* ---- a full queue ---- */

struct plug {
	struct job job;
	atomic_bool running, let_go;
};

static enum result
hold(struct job *job, struct db *db)
{
	struct plug *plug = (struct plug *)job;

	(void)db;
	atomic_store(&plug->running, true);
	while (!atomic_load(&plug->let_go))
		usleep(1000);
	return OK;
}

static enum result
nothing(struct job *job, struct db *db)
{
	(void)job;
	(void)db;
	return OK;
}

enum { FEW = 4 };

static int
open_with_a_short_queue(void **state)
{
	struct fake *fake;

	if (open_with_people(state))
		return -1;
	fake = *state;
	store_close(&fake->store);
	if (store_open(&fake->store, &(struct store_options){ .catalog = &fake_catalog,
		    .dir = fake->dir, .max_jobs = FEW }))
		return -1;
	fake->w.store = fake_face.store = fake->store;
	return 0;
}

static void
a_full_queue_is_503_and_to_be_tried_again(void **state)
{
	static const char body[] = "{\"patient_id\":1,\"title\":\"waits\"}";
	struct fake *fake = *state;
	struct writer *writer = store_writer(fake->store);
	struct plug plug = { .job.run = hold };
	struct job fill[FEW] = { 0 };
	struct call *call;

	assert_true(writer_put(writer, &plug.job));
	while (!atomic_load(&plug.running))
		usleep(1000);
	for (int i = 0; i < FEW; i++) {
		fill[i].run = nothing;
		assert_true(writer_put(writer, &fill[i]));
	}
	call = fake_call(fake, POST, "/fake/v1/notes/", 1, body);
	assert_int_equal(call->status, 503);
	assert_true(call->work.failure.retry_after > 0);
	fake_end(call);
	atomic_store(&plug.let_go, true);
	for (int tries = 0; tries < 1000; tries++) {
		call = fake_call(fake, POST, "/fake/v1/notes/", 1, body);
		if (call->status != 503)
			break;
		fake_end(call);
		usleep(1000);
	}
	assert_int_equal(call->status, 201);
	fake_end(call);
}

/* ---- many at once ---- */

enum { CLIENTS = 4, CALLS = 50 };

struct client {
	struct fake *fake;
	int number, failed;
};

static void *
call_often(void *arg)
{
	struct client *client = arg;
	char body[80];

	for (int i = 0; i < CALLS; i++) {
		struct call *call;

		(void)snprintf(body, sizeof(body), "{\"patient_id\":1,\"title\":\"%d/%d\"}",
			client->number, i);
		call = fake_call(client->fake, POST, "/fake/v1/notes/", 1, body);
		client->failed += call->status != 201;
		fake_end(call);
		call = fake_call(client->fake, GET, "/fake/v1/patients/1/notes/", 1, NULL);
		client->failed += call->status != 200;
		fake_end(call);
		call = fake_call(client->fake, POST, "/fake/v1/lanes", 0, NULL);
		client->failed += call->status != 200;
		fake_end(call);
	}
	return NULL;
}

static void
many_calls_at_once_are_all_answered(void **state)
{
	struct client clients[CLIENTS];
	pthread_t threads[CLIENTS];

	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){ .fake = *state, .number = i };
		assert_int_equal(pthread_create(&threads[i], NULL, call_often, &clients[i]), 0);
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(clients[i].failed, 0);
	}
	assert_int_equal(fake_count(*state, "SELECT count(*) FROM notes"), CLIENTS * CALLS);
}

int
main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, open_with_people, close_with_people)
	const struct CMUnitTest tests[] = {
		CASE(words_go_before_placeholders),
		CASE(a_slash_at_the_end_makes_no_difference),
		CASE(what_is_not_there_is_404),
		CASE(no_face_has_a_path_beside_its_prefix),
		CASE(another_method_is_405_with_those_allowed),
		CASE(placeholders_come_in_order),
		CASE(nobody_gets_no_further_than_public_routes),
		CASE(what_belongs_to_others_is_404),
		CASE(bad_credentials_do_not_close_public_routes),
		CASE(lanes_are_passed_in_turn),
		CASE(a_write_is_answered_when_it_is_there_and_read_back),
		CASE(all_that_is_wrong_is_answered_and_nothing_stored),
		CASE(what_takes_more_than_its_memory_is_413_and_nothing_stored),
		CASE(query_parameters_keep_their_bounds),
		CASE(ids_that_are_none_are_missing),
		cmocka_unit_test_setup_teardown(a_full_queue_is_503_and_to_be_tried_again,
			open_with_a_short_queue, close_with_people),
		CASE(many_calls_at_once_are_all_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
