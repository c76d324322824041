/*
 * routes - what the routes of a person's records promise to owners, to those
 * the record is shared with, and to strangers.
 */
#include <jansson.h>

#include "personal/etag.h"
#include "personal/pattern.h"

#include "house.h"

#define NOW "'2026-01-01 00:00:00.000000'"
#define SHARE(by, with, level)                                                         \
	"INSERT INTO patient_shares (patient_id, shared_by_user_id, shared_with_user_id, " \
	"permission_level, is_active, created_at, updated_at) VALUES (1, " by ", " with \
	", '" level "', TRUE, " NOW ", " NOW ");"
#define INVITATION(context)                                                            \
	"INSERT INTO invitations (sent_by_user_id, sent_to_user_id, invitation_type, " \
	"status, title, message, context_data, created_at, updated_at) VALUES (1, 2, " \
	"'patient_share', 'pending', 'A name', 'Hello', '" context "', " NOW ", " NOW ");"
#define SCANNED(type, id)                                                              \
	"INSERT INTO entity_files (entity_type, entity_id, file_name, file_path, "     \
	"file_type, uploaded_at, created_at, updated_at) VALUES ('" type "', " id      \
	", 'a', 'b', 'c', " NOW ", " NOW ", " NOW ");"

/* Users 1 owner, 2 viewer, 3 stranger, 4 holder of a share that 2 passed on. */
static const char *const names[] = { "owner", "viewer", "stranger", "fourth" };
static struct pair *who[COUNT(names) + 1];

static int status;
static const char *etag;

static void
split_query(struct call *call, const char *url)
{
	char *rest = strchr(arena_text(arena, url), '?'), *pair;

	call->path = arena_copy(arena, url, strcspn(url, "?"));
	call->query = arena_new(arena, 16 * sizeof(struct pair));
	if (!rest)
		return;
	for (rest++; (pair = strsep(&rest, "&")); call->n_query++) {
		call->query[call->n_query].name = strsep(&pair, "=");
		call->query[call->n_query].value = pair ? pair : "";
	}
}

static const char *
ask(int user, enum method method, const char *url, const char *body)
{
	struct call call = { .work = work_new(arena, NULL), .method = method,
		.peer = "127.0.0.1", .headers = who[user], .n_headers = 2 };
	struct face *const faces[] = { face, NULL };
	const char *answer;

	call.work.actor = (struct actor){ .kind = NOBODY };
	call.work.call = &call;
	split_query(&call, arena_printf(arena, "/api/v1%s", url));
	if (body) {
		call.body = arena_text(arena, body);
		call.n_body = strlen(body);
	}
	(void)!call_route(&call, faces);
	call_run_through(&call);
	status = call.status;
	etag = NULL;
	for (size_t i = 0; i < call.n_answer; i++)
		if (strcmp(call.answer[i].name, "ETag") == 0)
			etag = arena_text(arena, call.answer[i].value);
	answer = arena_copy(arena, call.out.at ? call.out.at : "", call.out.len);
	call_free(&call);
	return answer;
}

static void
expect(int user, enum method method, const char *url, const char *body, int wanted)
{
	(void)ask(user, method, url, body);
	if (status != wanted)
		print_error("user %d, method %d, %s\n", user, (int)method, url);
	assert_int_equal(status, wanted);
}

static enum result
add(struct work *w, void *arg)
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

/* Two headers: who asks, and a condition that names no answer. */
static struct pair *
sign_in(const char *name)
{
	struct pair form[] = { { "username", name }, { "password", "correct horse battery" } };
	struct call call = { .work = work_new(arena, NULL), .method = POST,
		.path = "/api/v1/auth/login", .peer = "127.0.0.1", .form = form, .n_form = 2 };
	struct face *const faces[] = { face, NULL };
	struct pair *headers = arena_new(arena, 2 * sizeof(*headers));
	json_t *json;

	call.work.actor = (struct actor){ .kind = NOBODY };
	call.work.call = &call;
	(void)!call_route(&call, faces);
	call_run_through(&call);
	assert_int_equal(call.status, 200);
	json = json_loadb(call.out.at, call.out.len, 0, NULL);
	headers[0] = (struct pair){ "authorization", arena_printf(arena, "Bearer %s",
		json_string_value(json_object_get(json, "access_token"))) };
	headers[1] = (struct pair){ "if-none-match", "\"none\"" };
	json_decref(json);
	call_free(&call);
	return headers;
}

static int
open_family(void **state)
{
	if (house_open(state))
		return -1;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct work w = work_new(arena, face->store);

		if (store_write(&w, add, arena_text(arena, names[i])))
			return -1;
		who[i + 1] = sign_in(names[i]);
	}
	house_do(SHARE("1", "2", "view"));
	return 0;
}

/* --- records --- */

static const struct example {
	const char *path, *body;
	int created;
} examples[] = {
	{ "/medications/", "{\"medication_name\":\"Aspirin\"}", 200 },
	{ "/conditions/", "{\"diagnosis\":\"Flu\",\"status\":\"active\"}", 200 },
	{ "/allergies/", "{\"allergen\":\"Peanut\",\"severity\":\"severe\"}", 200 },
	{ "/immunizations/",
	  "{\"vaccine_name\":\"Tdap\",\"date_administered\":\"2024-05-01\"}", 200 },
	{ "/procedures/",
	  "{\"procedure_name\":\"MRI\",\"date\":\"2024-05-01\",\"status\":\"completed\"}", 200 },
	{ "/treatments/", "{\"treatment_name\":\"PT\",\"treatment_type\":\"Exercise\","
	  "\"start_date\":\"2024-05-01\"}", 200 },
	{ "/encounters/", "{\"reason\":\"Checkup\",\"date\":\"2024-05-01\"}", 200 },
	{ "/vitals/", "{\"recorded_date\":\"2024-05-01T10:00:00\",\"heart_rate\":60}", 200 },
	{ "/lab-results/", "{\"test_name\":\"CBC\"}", 201 },
	{ "/emergency-contacts/", "{\"name\":\"Bob\",\"relationship\":\"parent\","
	  "\"phone_number\":\"555-123-4567\"}", 200 },
	{ "/insurances/", "{\"insurance_type\":\"medical\",\"company_name\":\"Acme\","
	  "\"member_name\":\"A\",\"member_id\":\"1\",\"effective_date\":\"2024-01-01\"}", 200 },
	{ "/family-members/", "{\"name\":\"Ma\",\"relationship\":\"mother\"}", 200 },
};

static void
a_record_without_a_patient_goes_to_the_active_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		expect(1, POST, examples[i].path, examples[i].body, examples[i].created);
	assert_int_equal(house_count("SELECT COUNT(*) FROM vitals WHERE patient_id = 1"), 1);
}

static void
strangers_find_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		const char *one = arena_printf(arena, "%s1", examples[i].path);
		const char *of = arena_printf(arena, "%s?patient_id=1", examples[i].path);

		expect(3, GET, one, NULL, 404);
		expect(3, PUT, one, "{\"notes\":\"x\"}", 404);
		expect(3, DELETE, one, NULL, 404);
		expect(3, GET, of, NULL, 404);
		assert_string_equal(ask(3, GET, examples[i].path, NULL), "[]");
	}
}

static void
who_may_only_look_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		const char *one = arena_printf(arena, "%s1", examples[i].path);

		expect(2, GET, one, NULL, 200);
		expect(2, GET, arena_printf(arena, "%s?patient_id=1", examples[i].path), NULL, 200);
		expect(2, PUT, one, "{\"notes\":\"x\"}", 403);
		expect(2, DELETE, one, NULL, 403);
	}
	expect(2, POST, "/medications/", "{\"medication_name\":\"Mine\",\"patient_id\":1}", 403);
	expect(2, POST, "/emergency-contacts/?patient_id=1", examples[9].body, 403);
	expect(2, PUT, "/patient-management/1", "{\"privacy_level\":\"private\"}", 403);
	expect(2, DELETE, "/patient-management/1", NULL, 403);
}

static void
every_read_leaves_an_entry(void **state)
{
	static const char reads[] = "SELECT COUNT(*) FROM activity_log WHERE action = 'read' "
		"AND entity_type = 'medication' AND patient_id = 1 AND user_id = 1";
	int64_t before;

	(void)state;
	house_do("SELECT 1");
	before = house_count(reads);
	expect(1, GET, "/medications/", NULL, 200);
	expect(1, GET, "/medications/1", NULL, 200);
	expect(1, GET, "/patients/1/medications/", NULL, 200);
	expect(1, GET, "/medications/patient/1", NULL, 200);
	house_do("SELECT 1");
	assert_int_equal(house_count(reads), before + 4);
}

static void
an_unchanged_list_is_not_sent_again(void **state)
{
	struct pair known[2] = { who[1][0], { "if-none-match", NULL } };
	struct pair *as_before = who[1];

	(void)state;
	expect(1, GET, "/medications/", NULL, 200);
	assert_non_null(etag);
	known[1].value = etag;
	who[1] = known;
	assert_string_equal(ask(1, GET, "/medications/", NULL), "");
	assert_int_equal(status, 304);
	expect(1, PUT, "/medications/1", "{\"dosage\":\"20 mg\"}", 200);
	expect(1, GET, "/medications/", NULL, 200);
	who[1] = as_before;
}

static void
a_list_refuses_what_it_does_not_understand(void **state)
{
	(void)state;
	expect(1, GET, "/medications/?limit=0", NULL, 422);
	expect(1, GET, "/medications/?limit=1001", NULL, 422);
	expect(1, GET, "/medications/?skip=-1", NULL, 422);
	expect(1, GET, "/medications/?sort=password_hash", NULL, 422);
	expect(1, GET, "/medications/?sort=id;DROP", NULL, 422);
	expect(1, GET, "/medications/?practitioner_id=x", NULL, 422);
	assert_string_equal(ask(1, GET, "/medications/?status=stopped", NULL), "[]");
	assert_string_equal(ask(1, GET, "/medications/?name=%_", NULL), "[]");
}

static void
an_update_never_moves_a_record(void **state)
{
	(void)state;
	expect(1, PUT, "/medications/1", "{\"patient_id\":3}", 200);
	assert_int_equal(house_count("SELECT patient_id FROM medications WHERE id = 1"), 1);
}

/* --- patients --- */

static void
rights_are_not_taken_from_a_body(void **state)
{
	(void)state;
	expect(1, PUT, "/patients/me", "{\"owner_user_id\":3,\"user_id\":3,"
		"\"privacy_level\":\"private\",\"is_self_record\":false}", 200);
	assert_int_equal(house_count("SELECT COUNT(*) FROM patients WHERE id = 1 AND "
		"owner_user_id = 1 AND user_id = 1 AND privacy_level = 'owner' "
		"AND is_self_record = TRUE"), 1);
}

static void
what_was_passed_on_is_not_listed_without_the_right(void **state)
{
	(void)state;
	house_do(SHARE("2", "4", "edit"));
	assert_non_null(strstr(ask(4, GET, "/patient-management/", NULL), "\"shared_count\":0"));
	expect(4, GET, "/patient-management/1", NULL, 404);
	assert_non_null(strstr(ask(2, GET, "/patient-management/", NULL), "\"shared_count\":1"));
}

static void
a_deleted_patient_leaves_nothing_behind(void **state)
{
	(void)state;
	house_do(INVITATION("{\"patient_id\":1}") INVITATION("{\"patients\":[{\"patient_id\":1}]}")
		INVITATION("{\"family_member_id\":1}") INVITATION("{\"patient_id\":11}")
		SCANNED("lab-result", "1") SCANNED("visit", "1") SCANNED("insurance", "1")
		SCANNED("procedure", "1") SCANNED("procedure", "99"));
	expect(1, DELETE, "/patient-management/1", NULL, 200);
	for (size_t i = 0; i < COUNT(examples); i++)
		expect(1, GET, arena_printf(arena, "%s1", examples[i].path), NULL, 404);
	assert_int_equal(house_count("SELECT COUNT(*) FROM invitations WHERE title = '' AND "
		"message IS NULL AND CAST(context_data AS TEXT) = '{}' AND status = 'cancelled'"), 3);
	assert_int_equal(house_count("SELECT COUNT(*) FROM invitations WHERE title <> ''"), 1);
	assert_int_equal(house_count("SELECT COUNT(*) FROM entity_files"), 1);
	assert_int_equal(house_count("SELECT COUNT(*) FROM patient_shares"), 0);
	assert_int_equal(house_count("SELECT COUNT(*) FROM users "
		"WHERE active_patient_id = 1"), 0);
	assert_int_equal(house_count("SELECT COUNT(*) FROM activity_log WHERE patient_id = 1 "
		"AND action = 'deleted'"), 1);
}

/* --- tables --- */

static void
every_route_says_what_it_does_and_stands_once(void **state)
{
	(void)state;
	for (size_t i = 0; face->tables[i]; i++)
		for (const struct route *a = face->tables[i]; a->path; a++) {
			size_t n = 0;

			assert_non_null(a->summary);
			for (size_t j = 0; face->tables[j]; j++)
				for (const struct route *b = face->tables[j]; b->path; b++)
					n += a->method == b->method && strcmp(a->path, b->path) == 0;
			assert_int_equal(n, 1);
		}
}

static void
every_byte_changes_the_tag(void **state)
{
	char body[100];

	(void)state;
	for (size_t n = 1; n <= sizeof(body); n++) {
		const char *tag;

		memset(body, 'a', sizeof(body));
		tag = etag_of(arena, body, n);
		for (size_t i = 0; i < n; i++) {
			body[i] = 'b';
			assert_string_not_equal(tag, etag_of(arena, body, n));
			body[i] = 'a';
		}
		assert_string_equal(tag, etag_of(arena, body, n));
		assert_string_not_equal(tag, etag_of(arena, body, n - 1));
	}
}

int
main(void)
{
	/* One family, one story: the last test but two deletes the patient. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_without_a_patient_goes_to_the_active_one),
		cmocka_unit_test(strangers_find_nothing),
		cmocka_unit_test(who_may_only_look_changes_nothing),
		cmocka_unit_test(every_read_leaves_an_entry),
		cmocka_unit_test(an_unchanged_list_is_not_sent_again),
		cmocka_unit_test(a_list_refuses_what_it_does_not_understand),
		cmocka_unit_test(an_update_never_moves_a_record),
		cmocka_unit_test(rights_are_not_taken_from_a_body),
		cmocka_unit_test(what_was_passed_on_is_not_listed_without_the_right),
		cmocka_unit_test(a_deleted_patient_leaves_nothing_behind),
		cmocka_unit_test(every_route_says_what_it_does_and_stands_once),
		cmocka_unit_test(every_byte_changes_the_tag),
	};

	return cmocka_run_group_tests(tests, open_family, house_close);
}
