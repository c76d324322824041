/*
 * mcp - the protocol in both eras, proposals, and what a patient cannot find out.
 */
#include "practice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "clinic/mcp.h"
#include "db/driver.h"
#include "db/writer.h"

#define META "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","          \
	"\"io.modelcontextprotocol/clientCapabilities\":%s}"
#define OLD(id, rest) "{\"jsonrpc\":\"2.0\",\"id\":" id "," rest "}"

static char *doctor, *patient;
static char mrn[32], other[32], day[DATE_SIZE];

static struct reply
post(const char *token, const char *body)
{
	return practice_call(POST, "/mcp", token, body, NULL);
}

static json_t *
result(const struct reply *reply)
{
	return json_object_get(reply->json, "result");
}

static int
code(const struct reply *reply)
{
	return (int)json_integer_value(
		json_object_get(json_object_get(reply->json, "error"), "code"));
}

static const char *
said(const struct reply *reply, const char *name)
{
	const char *text = json_string_value(
		json_object_get(json_object_get(result(reply), "structuredContent"), name));

	return text ? text : "";
}

static struct reply
call_tool(const char *token, const char *name, const char *args)
{
	char body[2000];

	snprintf(body, sizeof(body), OLD("1", "\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"%s\",\"arguments\":%s}"), name, args);
	return post(token, body);
}

static void
admit(char *key, const char *first)
{
	char args[200];
	struct reply reply;
	json_t *made;

	snprintf(args, sizeof(args), "{\"first_name\":\"%s\",\"last_name\":\"García\","
		"\"dob\":\"1980-02-03\"}", first);
	reply = call_tool(doctor, "create_patient", args);
	assert_string_equal(said(&reply, "status"), "success");
	made = json_object_get(json_object_get(result(&reply), "structuredContent"), "patient");
	snprintf(key, 32, "%s", json_string_value(json_object_get(made, "mrn")));
	practice_forget(&reply);
}

static char *
token_of(const char *role, const char *bound)
{
	struct made_client client = practice_client(role, "read:*,write:*", bound);

	return practice_token(&client, NULL);
}

static int
open_all(void **state)
{
	char *admin, today[DATE_SIZE];
	struct reply reply;

	if (practice_open(state))
		return -1;
	doctor = token_of("doctor", NULL);
	admin = token_of("admin", NULL);
	admit(mrn, "José");
	admit(other, "Ana");
	patient = token_of("patient", mrn);
	reply = practice_call(POST, "/clinic/v1/providers", admin,
		"{\"npi\":\"1234567893\",\"name\":\"Dr. A\"}", NULL);
	practice_forget(&reply);
	free(admin);
	date_today(today);
	date_add(today, 3, day);
	return 0;
}

static int
close_all(void **state)
{
	free(doctor);
	free(patient);
	return practice_close(state);
}

static void
book(char *key, const char *time)
{
	char args[200];
	struct reply reply;

	snprintf(args, sizeof(args), "{\"mrn\":\"%s\",\"provider_npi\":\"1234567893\","
		"\"date\":\"%s\",\"time\":\"%s\"}", mrn, day, time);
	reply = call_tool(doctor, "schedule_appointment", args);
	assert_string_equal(said(&reply, "status"), "success");
	snprintf(key, 32, "%s", json_string_value(json_object_get(json_object_get(json_object_get(
		result(&reply), "structuredContent"), "appointment"), "appointment_id")));
	practice_forget(&reply);
}

/* ---- the eras ---- */

static void
old_clients_are_answered_in_their_version(void **state)
{
	struct reply reply = post(doctor, OLD("\"1\"", "\"method\":\"initialize\",\"params\":"
		"{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{},\"sessionContext\":{}}"));

	(void)state;
	assert_int_equal(reply.status, 200);
	assert_string_equal(json_string_value(json_object_get(reply.json, "id")), "1");
	assert_string_equal(json_string_value(json_object_get(result(&reply), "protocolVersion")),
		"2024-11-05");
	practice_forget(&reply);
	reply = post(doctor, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
	assert_int_equal(reply.status, 202);
	assert_null(reply.json);
	reply = post(doctor, OLD("2", "\"method\":\"initialize\",\"params\":"
		"{\"protocolVersion\":\"1999-01-01\"}"));
	assert_string_equal(json_string_value(json_object_get(result(&reply), "protocolVersion")),
		"2025-11-25");
	practice_forget(&reply);
}

static struct reply
ask_modern(const char *method, const char *params, const char *can, const char *const *headers)
{
	char body[3000], meta[300];

	snprintf(meta, sizeof(meta), META, can);
	snprintf(body, sizeof(body), "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":"
		"{%s%s%s}}", method, meta, *params ? "," : "", params);
	return practice_call(POST, "/mcp", doctor, body, headers);
}

static void
new_clients_are_held_to_their_headers(void **state)
{
	const char *const right[] = { "MCP-Protocol-Version: 2026-07-28",
		"Mcp-Method: server/discover", NULL };
	const char *const wrong[] = { "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: ping", NULL };
	const char *const unknown[] = { "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: ping", NULL };
	struct reply reply = ask_modern("server/discover", "", "{}", right);

	(void)state;
	assert_int_equal(reply.status, 200);
	assert_string_equal(json_string_value(json_object_get(result(&reply), "resultType")),
		"complete");
	practice_forget(&reply);
	reply = ask_modern("server/discover", "", "{}", wrong);
	assert_int_equal(reply.status, 400);
	assert_int_equal(code(&reply), -32020);
	practice_forget(&reply);
	reply = ask_modern("ping", "", "{}", unknown);
	assert_int_equal(reply.status, 404);
	assert_int_equal(code(&reply), -32601);
	practice_forget(&reply);
}

static void
what_is_no_request_is_refused_as_such(void **state)
{
	static const struct { const char *body; int code; } cases[] = {
		{ "{", -32700 },
		{ "[]", -32600 },
		{ "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600 },
		{ "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600 },
		{ "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600 },
		{ OLD("1", "\"method\":\"nothing\""), -32601 },
		{ OLD("1", "\"method\":\"tools/call\",\"params\":{\"name\":\"nothing\"}"), -32602 },
		{ OLD("1", "\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}"), -32602 },
		{ OLD("1", "\"method\":\"resources/read\",\"params\":{\"uri\":\"x://y\"}"), -32002 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reply reply = post(doctor, cases[i].body);

		assert_int_equal(code(&reply), cases[i].code);
		practice_forget(&reply);
	}
}

static void
strangers_are_told_where_tokens_come_from(void **state)
{
	const char *const evil[] = { "Origin: https://evil.example", NULL };
	const char *const rebound[] = { "Host: evil.example:8080", NULL };
	struct reply reply = post(NULL, OLD("1", "\"method\":\"ping\""));

	(void)state;
	assert_int_equal(reply.status, 401);
	assert_non_null(strstr(reply.challenge, "/.well-known/oauth-protected-resource/mcp"));
	practice_forget(&reply);
	reply = practice_call(POST, "/mcp", doctor, OLD("1", "\"method\":\"ping\""), evil);
	assert_int_equal(reply.status, 403);
	practice_forget(&reply);
	reply = practice_call(POST, "/mcp", doctor, OLD("1", "\"method\":\"ping\""), rebound);
	assert_int_equal(reply.status, 403);
	practice_forget(&reply);
	reply = practice_call(GET, "/mcp", doctor, NULL, NULL);
	assert_int_equal(reply.status, 405);
	practice_forget(&reply);
}

/* ---- tools ---- */

static void
all_wrong_arguments_are_told_at_once(void **state)
{
	struct reply reply = call_tool(doctor, "record_vital_signs",
		"{\"systolic_bp\":12,\"colour\":\"blue\"}");
	json_t *errors = json_object_get(
		json_object_get(result(&reply), "structuredContent"), "errors");

	(void)state;
	assert_true(json_is_true(json_object_get(result(&reply), "isError")));
	assert_int_equal(json_array_size(errors), 3);
	practice_forget(&reply);
}

static void
a_search_minds_neither_case_nor_accents(void **state)
{
	struct reply reply = call_tool(doctor, "search_patients", "{\"search_term\":\"gar JOSE\"}");

	(void)state;
	assert_string_equal(said(&reply, "status"), "success");
	assert_int_equal(json_integer_value(json_object_get(json_object_get(result(&reply),
		"structuredContent"), "count")), 1);
	practice_forget(&reply);
	reply = call_tool(doctor, "search_patients", "{\"search_term\":\"100%\"}");
	assert_string_equal(said(&reply, "status"), "not_found");
	practice_forget(&reply);
}

static void
a_refused_write_leaves_nothing_but_words(void **state)
{
	char args[200], key[32];
	int64_t before;
	struct reply reply;

	(void)state;
	book(key, "2:30 PM");
	before = practice_count("SELECT count(*) FROM appointments");
	snprintf(args, sizeof(args), "{\"mrn\":\"%s\",\"provider_npi\":\"1234567893\","
		"\"date\":{\"value\":\"%s\"},\"time\":\"14:45\"}", other, day);
	reply = call_tool(doctor, "schedule_appointment", args);
	assert_true(json_is_true(json_object_get(result(&reply), "isError")));
	assert_int_equal(json_array_size(json_object_get(json_object_get(result(&reply),
		"structuredContent"), "next_free")), 3);
	assert_int_equal(practice_count("SELECT count(*) FROM appointments"), before);
	practice_forget(&reply);
}

/* The caller's own credentials are good: 401 would have a client ask for new ones. */
static void
wrong_credentials_for_a_tool_are_its_result(void **state)
{
	struct reply reply = call_tool(doctor, "authenticate",
		"{\"client_id\":\"client_x\",\"client_secret\":\"y\",\"app_id\":\"z\"}");

	(void)state;
	assert_int_equal(reply.status, 200);
	assert_true(json_is_true(json_object_get(result(&reply), "isError")));
	assert_string_equal(said(&reply, "message"), "Invalid client credentials");
	practice_forget(&reply);
}

/* ---- what a patient cannot find out ---- */

static char *
answer_about(const char *tool, const char *key)
{
	char args[80], *text, *at;
	struct reply reply;

	snprintf(args, sizeof(args), "{\"mrn\":\"%s\"}", key);
	reply = call_tool(patient, tool, args);
	text = json_dumps(reply.json, JSON_SORT_KEYS);
	practice_forget(&reply);
	while ((at = strstr(text, key)))
		memset(at, 'X', strlen(key));
	return text;
}

static void
another_patient_is_as_one_that_does_not_exist(void **state)
{
	static const char *const names[] = { "get_patient", "get_patient_record", "get_medications",
		"get_lab_results", "get_vital_signs", "get_allergies", "get_appointments" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char *foreign = answer_about(names[i], other);
		char *missing = answer_about(names[i], "MRNZZZZZZ");

		assert_string_equal(foreign, missing);
		free(foreign);
		free(missing);
	}
}

/* A connection whose statements are written down. */
static struct {
	const struct driver *real;
	struct driver listening;
	struct text said;
} spy;

static enum result
note_query(struct db *db, struct query **out, const char *sql, const struct value *args,
	size_t n_args)
{
	text_printf(&spy.said, "%s;\n", sql);
	return spy.real->query(db, out, sql, args, n_args);
}

static enum result
note_run(struct db *db, const char *sql, const struct value *args, size_t n_args,
	int64_t *changed)
{
	text_printf(&spy.said, "%s;\n", sql);
	return spy.real->run(db, sql, args, n_args, changed);
}

/* What is asked of the database for the path, and what is answered. */
static char *
statements_of(enum method method, const char *path, const char *body)
{
	struct db *db = store_reader(practice->store);
	struct reply reply;
	char *said;

	spy.real = db->driver;
	spy.listening = *db->driver;
	spy.listening.query = note_query;
	spy.listening.run = note_run;
	db->driver = &spy.listening;
	reply = practice_call(method, path, patient, body, NULL);
	db->driver = spy.real;
	text_printf(&spy.said, "%d", reply.status);
	said = strdup(text_string(&spy.said));
	text_close(&spy.said);
	practice_forget(&reply);
	return said;
}

/* The key in place of the star. */
static void
fill_in(char *out, size_t n, const char *text, const char *key)
{
	const char *star = strchr(text, '*');

	snprintf(out, n, "%.*s%s%s", (int)(star - text), text, key, star + 1);
}

static void
assert_nothing_is_told(enum method method, const char *path, const char *body)
{
	const char *const keys[] = { other, "MRNZZZZZZ" };
	char whole_path[200], whole_body[300], *said[2];

	for (int i = 0; i < 2; i++) {
		fill_in(whole_path, sizeof(whole_path), body ? "/mcp*" : path, body ? "" : keys[i]);
		fill_in(whole_body, sizeof(whole_body), body ? body : "*", keys[i]);
		said[i] = statements_of(method, whole_path, body ? whole_body : NULL);
	}
	assert_string_equal(said[0], said[1]);
	assert_non_null(strstr(said[0], "FROM patients"));
	free(said[0]);
	free(said[1]);
}

/* Not the answer alone: the same statements are run, whoever has the number. */
static void
nor_do_the_statements_tell(void **state)
{
	static const char *const tools[] = { "get_patient", "get_patient_record", "get_medications",
		"get_lab_results", "get_vital_signs", "get_allergies", "get_appointments" };
	static const char *const paths[] = { "", "/record", "/summary", "/appointments",
		"/medications", "/allergies", "/vital-signs", "/lab-results" };
	char text[300];

	(void)state;
	for (size_t i = 0; i < COUNT(tools); i++) {
		snprintf(text, sizeof(text), OLD("1", "\"method\":\"tools/call\",\"params\":{\"name\":"
			"\"%s\",\"arguments\":{\"mrn\":\"*\"}}"), tools[i]);
		assert_nothing_is_told(POST, NULL, text);
	}
	for (size_t i = 0; i < COUNT(paths); i++) {
		snprintf(text, sizeof(text), "/clinic/v1/patients/*%s", paths[i]);
		assert_nothing_is_told(GET, text, NULL);
	}
	assert_nothing_is_told(POST, NULL, OLD("1", "\"method\":\"resources/read\",\"params\":"
		"{\"uri\":\"patient://*/record\"}"));
}

static int
compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Another patient's number takes no longer than one that does not exist.  Other
 * programs run on this machine, too: three attempts. */
static void
nor_does_the_time_tell(void **state)
{
	enum { CALLS = 2000 };
	static int64_t times[2][CALLS];
	const char *const keys[] = { other, "MRNZZZZZZ" };
	double apart = 1;

	(void)state;
	for (int attempt = 0; attempt < 3 && apart >= 0.05; attempt++) {
		for (int i = 0; i < CALLS * 2; i++) {
			int which = (i ^ i >> 1) & 1;
			int64_t start = moment_monotonic();

			free(answer_about("get_patient", keys[which]));
			times[which][i / 2] = moment_monotonic() - start;
		}
		qsort(times[0], CALLS, sizeof(int64_t), compare);
		qsort(times[1], CALLS, sizeof(int64_t), compare);
		apart = (double)(times[0][CALLS / 2] - times[1][CALLS / 2]) /
			(double)times[1][CALLS / 2];
		apart = apart < 0 ? -apart : apart;
	}
	assert_true(apart < 0.05);
}

/* ---- a write that came to nothing ---- */

static struct db *writing;

static enum result
find_writing(struct job *job, struct db *db)
{
	(void)job;
	writing = db;
	return OK;
}

/* Once as if another connection had been faster, as on PostgreSQL. */
static enum result
fail_once(struct db *db, const char *sql, const struct value *args, size_t n_args, int64_t *id)
{
	db->driver = spy.real;
	if (!strstr(sql, "lab_results"))
		return db_insert(db, sql, args, n_args, id);
	db_overtaken(db);
	return FAULT;
}

static void
a_tool_that_was_overtaken_is_called_again(void **state)
{
	static const char count[] = "SELECT count(*) FROM lab_results";
	struct job job = { .run = find_writing };
	struct reply reply;
	int64_t before = practice_count(count);
	char args[100];

	(void)state;
	assert_int_equal(writer_wait(store_writer(practice->store), &job), OK);
	spy.real = writing->driver;
	spy.listening = *writing->driver;
	spy.listening.insert = fail_once;
	writing->driver = &spy.listening;
	snprintf(args, sizeof(args), "{\"mrn\":\"%s\",\"test_name\":\"CBC\"}", mrn);
	/* on PostgreSQL the next write may be another connection's */
	for (int i = 0; i < 200 && writing->driver != spy.real; i++) {
		reply = call_tool(doctor, "order_lab", args);
		assert_string_equal(said(&reply, "status"), "success");
		assert_int_equal(practice_count(count), ++before);
		practice_forget(&reply);
	}
	assert_ptr_equal(writing->driver, spy.real); /* one did fail */
}

/* ---- a person agrees ---- */

static const char *staff_role;

static enum result
be_staff(struct work *w, struct actor *actor)
{
	if (!staff_role || call_header(w->call, "authorization"))
		return MISSING;
	*actor = (struct actor){ .kind = USER, .id = 1, .name = "a person", .role = staff_role };
	return OK;
}

static struct reply
decide(int64_t id, const char *what)
{
	char path[80];

	snprintf(path, sizeof(path), "/clinic/v1/proposals/%lld/%s", (long long)id, what);
	return practice_call(POST, path, NULL, NULL, NULL);
}

static int64_t
propose_cancel(const char *key)
{
	char args[200];
	struct reply reply;
	int64_t id;

	snprintf(args, sizeof(args), "{\"appointment_id\":\"%s\",\"reason\":\"asked\"}", key);
	reply = call_tool(doctor, "cancel_appointment", args);
	assert_string_equal(said(&reply, "status"), "pending_confirmation");
	id = json_integer_value(json_object_get(json_object_get(result(&reply),
		"structuredContent"), "proposal_id"));
	practice_forget(&reply);
	return id;
}

static void
what_destroys_waits_for_a_person(void **state)
{
	static const char waiting[] = "SELECT count(*) FROM appointments WHERE status = 'cancelled'";
	int64_t before = practice_count(waiting), id;
	struct reply reply;
	char key[32], path[80];

	(void)state;
	book(key, "09:00");
	mcp_settings.confirm_destructive = true;
	clinic_staff = be_staff;
	id = propose_cancel(key);
	assert_int_equal(practice_count(waiting), before);
	snprintf(path, sizeof(path), "/clinic/v1/appointments/%s", key);
	reply = practice_call(PATCH, path, doctor, "{\"status\":\"cancelled\"}", NULL);
	assert_int_equal(reply.status, 403);
	practice_forget(&reply);
	reply = practice_call(DELETE, path, doctor, NULL, NULL);
	assert_int_equal(reply.status, 403);
	practice_forget(&reply);
	staff_role = "nurse";
	reply = decide(id, "accept");
	assert_int_equal(reply.status, 403);
	practice_forget(&reply);
	staff_role = "doctor";
	reply = decide(id, "accept");
	assert_int_equal(reply.status, 200);
	practice_forget(&reply);
	assert_int_equal(practice_count(waiting), before + 1);
	reply = decide(id, "accept");
	assert_int_equal(reply.status, 409);
	practice_forget(&reply);
	book(key, "10:00");
	reply = decide(propose_cancel(key), "refuse");
	assert_int_equal(reply.status, 200);
	practice_forget(&reply);
	assert_int_equal(practice_count(waiting), before + 1);
	staff_role = NULL;
	mcp_settings.confirm_destructive = false;
}

static void
a_client_that_can_asks_its_person(void **state)
{
	const char *const headers[] = { "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call",
		"Mcp-Name: cancel_appointment", NULL };
	char key[32], params[1200], again[2000];
	struct reply reply;
	const char *sealed;

	(void)state;
	book(key, "11:00");
	mcp_settings.confirm_destructive = true;
	snprintf(params, sizeof(params), "\"name\":\"cancel_appointment\",\"arguments\":"
		"{\"appointment_id\":\"%s\",\"reason\":\"asked\"}", key);
	reply = ask_modern("tools/call", params, "{\"elicitation\":{}}", headers);
	assert_string_equal(json_string_value(json_object_get(result(&reply), "resultType")),
		"input_required");
	sealed = json_string_value(json_object_get(result(&reply), "requestState"));
	snprintf(again, sizeof(again), "%s,\"inputResponses\":{\"confirm\":{\"action\":\"accept\","
		"\"content\":{\"confirm\":true}}},\"requestState\":\"%s\"", params, sealed);
	practice_forget(&reply);
	reply = ask_modern("tools/call", again, "{\"elicitation\":{}}", headers);
	assert_string_equal(said(&reply, "status"), "success");
	practice_forget(&reply);
	again[strlen(again) - 3] = again[strlen(again) - 3] == 'A' ? 'B' : 'A';
	reply = ask_modern("tools/call", again, "{\"elicitation\":{}}", headers);
	assert_int_equal(code(&reply), -32602);
	practice_forget(&reply);
	mcp_settings.confirm_destructive = false;
}

static void
tokens_among_arguments_are_taken_only_when_set(void **state)
{
	char args[4000], body[5000];
	struct reply reply;

	(void)state;
	snprintf(args, sizeof(args), "{\"mrn\":\"%s\",\"access_token\":\"%s\"}", mrn, doctor);
	snprintf(body, sizeof(body), OLD("1", "\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"get_patient\",\"arguments\":%s}"), args);
	reply = post(NULL, body);
	assert_int_equal(reply.status, 401);
	practice_forget(&reply);
	mcp_settings.allow_token_arguments = true;
	reply = post(NULL, body);
	assert_string_equal(said(&reply, "status"), "success");
	practice_forget(&reply);
	reply = post(NULL, OLD("1", "\"method\":\"resources/list\""));
	assert_int_equal(reply.status, 401);
	practice_forget(&reply);
	mcp_settings.allow_token_arguments = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(old_clients_are_answered_in_their_version),
		cmocka_unit_test(new_clients_are_held_to_their_headers),
		cmocka_unit_test(what_is_no_request_is_refused_as_such),
		cmocka_unit_test(strangers_are_told_where_tokens_come_from),
		cmocka_unit_test(all_wrong_arguments_are_told_at_once),
		cmocka_unit_test(a_search_minds_neither_case_nor_accents),
		cmocka_unit_test(a_refused_write_leaves_nothing_but_words),
		cmocka_unit_test(another_patient_is_as_one_that_does_not_exist),
		cmocka_unit_test(wrong_credentials_for_a_tool_are_its_result),
		cmocka_unit_test(nor_do_the_statements_tell),
		cmocka_unit_test(nor_does_the_time_tell),
		cmocka_unit_test(a_tool_that_was_overtaken_is_called_again),
		cmocka_unit_test(what_destroys_waits_for_a_person),
		cmocka_unit_test(a_client_that_can_asks_its_person),
		cmocka_unit_test(tokens_among_arguments_are_taken_only_when_set),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
