/*
 * accounts - signing in, what ends a session, and who may make whom.
 */
#include <jansson.h>
#include <unistd.h>

#include "house.h"

static const char password[] = "correct horse battery";
static int status;
static char cookie[2048];

/* One call from beginning to end; the answer's text lives in the arena. */
static const char *
ask(enum method method, const char *path, struct pair *headers, const char *body)
{
	struct call call = { .work = work_new(arena, NULL), .method = method, .path = path,
		.peer = "127.0.0.1", .headers = headers };
	struct face *const faces[] = { face, NULL };
	struct pair form[2] = { { "username", NULL }, { "password", NULL } };
	const char *answer;

	call.work.actor = (struct actor){ .kind = NOBODY };
	call.work.call = &call;
	while (headers && headers[call.n_headers].name)
		call.n_headers++;
	if (body && *body == '{') {
		call.body = arena_text(arena, body);
		call.n_body = strlen(body);
	} else if (body) {
		form[0].value = arena_copy(arena, body, strcspn(body, " "));
		form[1].value = strchr(body, ' ') + 1;
		call.form = form;
		call.n_form = 2;
	}
	(void)!call_route(&call, faces);
	call_run_through(&call);
	status = call.status;
	cookie[0] = 0;
	for (size_t i = 0; i < call.n_answer; i++)
		if (strcmp(call.answer[i].name, "Set-Cookie") == 0)
			snprintf(cookie, sizeof(cookie), "%.*s",
				(int)strcspn(call.answer[i].value, ";"), call.answer[i].value);
	answer = arena_copy(arena, call.out.at ? call.out.at : "", call.out.len);
	call_free(&call);
	return answer;
}

static const char *
member(const char *answer, const char *name)
{
	json_t *json = json_loads(answer, 0, NULL);
	const char *text = arena_text(arena, json_string_value(json_object_get(json, name)));

	json_decref(json);
	return text;
}

static struct pair *
bearing(const char *token)
{
	struct pair *headers = arena_new(arena, 2 * sizeof(*headers));

	headers[0].name = "authorization";
	headers[0].value = arena_printf(arena, "Bearer %s", token);
	return headers;
}

static struct pair *
sign_in(const char *name)
{
	const char *answer = ask(POST, "/api/v1/auth/login", NULL,
		arena_printf(arena, "%s %s", name, password));

	assert_int_equal(status, 200);
	return bearing(member(answer, "access_token"));
}

struct wanted {
	const char *name, *role;
	int64_t id;
};

static enum result
add(struct work *w, void *arg)
{
	struct wanted *wanted = arg;
	char hash[PASSWORD_HASH_SIZE];
	struct new_user user = {
		.username = wanted->name,
		.email = arena_printf(w->arena, "%s@example.com", wanted->name),
		.full_name = "Some Body",
		.role = wanted->role,
		.hash = hash,
	};

	if (password_hash(password, hash))
		return FAULT;
	return user_add(w, &user, &wanted->id);
}

static int64_t
make(const char *name, const char *role)
{
	struct work w = work_new(arena, face->store);
	struct wanted wanted = { name, role, 0 };

	assert_int_equal(store_write(&w, add, &wanted), OK);
	return wanted.id;
}

static int
open_two(void **state)
{
	if (house_open(state))
		return -1;
	settings.allow_registration = false;
	make("boss", "admin");
	make("ann", "user");
	return 0;
}

static void
wrong_names_and_passwords_sound_the_same(void **state)
{
	const char *a, *b;

	(void)state;
	a = ask(POST, "/api/v1/auth/login", NULL, "ann nonsense");
	assert_int_equal(status, 401);
	b = ask(POST, "/api/v1/auth/login", NULL, "nobody nonsense");
	assert_int_equal(status, 401);
	assert_string_equal(a, b);
	assert_string_equal(member(a, "detail"), "Incorrect username or password");
}

static void
a_session_opens_the_door_until_it_ends(void **state)
{
	struct pair *headers;

	(void)state;
	ask(GET, "/api/v1/users/me", NULL, NULL);
	assert_int_equal(status, 401);
	headers = sign_in("Ann");
	assert_string_equal(member(ask(GET, "/api/v1/users/me", headers, NULL), "username"), "ann");
	ask(POST, "/api/v1/auth/logout", headers, NULL);
	assert_int_equal(status, 200);
	ask(GET, "/api/v1/users/me", headers, NULL);
	assert_int_equal(status, 401);
}

static void
a_new_password_ends_every_session(void **state)
{
	struct pair *one, *two;
	const char *answer;

	(void)state;
	one = sign_in("ann");
	two = sign_in("ann");
	answer = ask(POST, "/api/v1/auth/change-password", one,
		"{\"currentPassword\":\"correct horse battery\",\"newPassword\":\"a better staple\"}");
	assert_int_equal(status, 200);
	ask(GET, "/api/v1/users/me", one, NULL);
	assert_int_equal(status, 401);
	ask(GET, "/api/v1/users/me", two, NULL);
	assert_int_equal(status, 401);
	ask(GET, "/api/v1/users/me", bearing(member(answer, "access_token")), NULL);
	assert_int_equal(status, 200);
}

static void
a_disabled_user_is_out_at_once(void **state)
{
	struct pair *headers;

	(void)state;
	headers = sign_in("ann");
	house_do("UPDATE users SET is_active = FALSE WHERE username = 'ann';");
	ask(GET, "/api/v1/users/me", headers, NULL);
	assert_int_equal(status, 401);
	ask(POST, "/api/v1/auth/login", NULL, "ann correct horse battery");
	assert_int_equal(status, 401);
}

static void
idleness_and_age_end_a_session(void **state)
{
	struct pair *headers;

	(void)state;
	headers = sign_in("ann");
	house_do("UPDATE sessions SET last_used_at = '2020-01-01 00:00:00.000000';");
	ask(GET, "/api/v1/users/me", headers, NULL);
	assert_int_equal(status, 401);
	headers = sign_in("ann");
	house_do("UPDATE sessions SET expires_at = '2020-01-01 00:00:00.000000';");
	ask(GET, "/api/v1/users/me", headers, NULL);
	assert_int_equal(status, 401);
}

static void
cookies_write_only_from_our_own_pages(void **state)
{
	struct pair headers[4] = { { "cookie", NULL }, { "sec-fetch-site", "cross-site" },
		{ "origin", "https://evil.example" } };
	static const char body[] = "{\"full_name\":\"Other Name\"}";

	(void)state;
	(void)sign_in("ann");
	headers[0].value = arena_text(arena, cookie);
	ask(GET, "/api/v1/users/me", headers, NULL);
	assert_int_equal(status, 200);
	ask(PUT, "/api/v1/users/me", headers, body);
	assert_int_equal(status, 403);
	headers[1].value = "same-origin";
	ask(PUT, "/api/v1/users/me", headers, body);
	assert_int_equal(status, 200);
	headers[1] = (struct pair){ "origin", settings.origin };
	headers[2].name = NULL;
	ask(PUT, "/api/v1/users/me", headers, body);
	assert_int_equal(status, 200);
	headers[1] = (struct pair){ 0 };
	ask(PUT, "/api/v1/users/me", headers, body);
	assert_int_equal(status, 200);
}

static void
nobody_signs_in_from_a_foreign_page(void **state)
{
	struct pair headers[] = { { "sec-fetch-site", "cross-site" }, { NULL, NULL } };

	(void)state;
	ask(POST, "/api/v1/auth/login", headers, "ann correct horse battery");
	assert_int_equal(status, 403);
}

static void
only_an_admin_hands_out_roles(void **state)
{
	static const char body[] = "{\"username\":\"new\",\"email\":\"new@example.com\","
		"\"full_name\":\"New One\",\"role\":\"admin\",\"password\":\"correct horse battery\"}";
	struct pair *boss, *ann;

	(void)state;
	ask(POST, "/api/v1/auth/register", NULL, body);
	assert_int_equal(status, 401);
	settings.allow_registration = true;
	assert_string_equal(member(ask(POST, "/api/v1/auth/register", NULL, body), "role"), "user");
	house_do("DELETE FROM user_preferences WHERE user_id = 3;"
		"UPDATE users SET username = 'old', email = 'old@example.com' WHERE id = 3;");
	settings.allow_registration = false;
	ann = sign_in("ann");
	assert_string_equal(member(ask(PUT, "/api/v1/users/me", ann, "{\"role\":\"admin\"}"),
		"role"), "user");
	ask(POST, "/api/v1/auth/register", ann, body);
	assert_int_equal(status, 401);
	boss = sign_in("boss");
	assert_string_equal(member(ask(POST, "/api/v1/auth/register", boss, body), "role"),
		"admin");
}

static void
the_last_admin_stays(void **state)
{
	struct pair *boss;

	(void)state;
	boss = sign_in("boss");
	ask(PUT, "/api/v1/users/me", boss, "{\"role\":\"user\"}");
	assert_int_equal(status, 400);
	ask(DELETE, "/api/v1/users/me", boss, NULL);
	assert_int_equal(status, 400);
	make("chief", "admin");
	ask(PUT, "/api/v1/users/me", boss, "{\"role\":\"user\"}");
	assert_int_equal(status, 200);
	ask(GET, "/api/v1/users/me", boss, NULL);
	assert_int_equal(status, 401);
}

static void
a_user_goes_with_all_patients(void **state)
{
	struct pair *ann;

	(void)state;
	ann = sign_in("ann");
	house_do("INSERT INTO patients (user_id, owner_user_id, is_self_record, privacy_level, "
		"is_externally_accessible, first_name, last_name, birth_date, created_at, updated_at) "
		"SELECT 2, 2, FALSE, 'owner', FALSE, 'A', 'B', '2000-01-01', created_at, updated_at "
		"FROM users WHERE id = 2;"
		"UPDATE users SET active_patient_id = 3 WHERE id = 1;");
	ask(DELETE, "/api/v1/users/me", ann, NULL);
	assert_int_equal(status, 200);
	assert_int_equal(house_count("SELECT count(*) FROM users WHERE id = 2"), 0);
	assert_int_equal(house_count("SELECT count(*) FROM patients WHERE owner_user_id = 2"), 0);
	assert_int_equal(house_count("SELECT count(*) FROM sessions WHERE user_id = 2"), 0);
	assert_int_equal(house_count("SELECT count(*) FROM users WHERE active_patient_id = 3"), 0);
	assert_true(house_count("SELECT count(*) FROM activity_log WHERE user_id = 2") > 0);
}

static void
guests_own_nobody(void **state)
{
	int64_t id;

	(void)state;
	id = make("gus", "guest");
	assert_int_equal(id, 3);
	assert_int_equal(house_count("SELECT count(*) FROM patients WHERE owner_user_id = 3"), 0);
}

static void
the_setup_code_works_once(void **state)
{
	const char *path, *code, *wrong;

	(void)state;
	assert_int_equal(setup_prepare(arena, face, &path, &code), OK);
	assert_non_null(code);
	assert_int_equal(access(path, R_OK), 0);
	wrong = ask(POST, "/api/v1/setup", NULL, "{\"code\":\"0000\"}");
	assert_int_equal(status, 403);
	assert_null(strstr(wrong, code));
	ask(POST, "/api/v1/setup", NULL, arena_printf(arena,
		"{\"code\":\"%s\",\"username\":\"boss\",\"password\":\"%s\","
		"\"email\":\"boss@example.com\",\"full_name\":\"The Boss\"}", code, password));
	assert_int_equal(status, 200);
	assert_int_not_equal(access(path, R_OK), 0);
	ask(POST, "/api/v1/setup", NULL, arena_printf(arena, "{\"code\":\"%s\"}", code));
	assert_int_equal(status, 409);
	assert_int_equal(setup_prepare(arena, face, &path, &code), OK);
	assert_null(code);
}

#define HOUSE(test) cmocka_unit_test_setup_teardown(test, open_two, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE(wrong_names_and_passwords_sound_the_same),
		HOUSE(a_session_opens_the_door_until_it_ends),
		HOUSE(a_new_password_ends_every_session),
		HOUSE(a_disabled_user_is_out_at_once),
		HOUSE(idleness_and_age_end_a_session),
		HOUSE(cookies_write_only_from_our_own_pages),
		HOUSE(nobody_signs_in_from_a_foreign_page),
		HOUSE(only_an_admin_hands_out_roles),
		HOUSE(the_last_admin_stays),
		HOUSE(a_user_goes_with_all_patients),
		HOUSE(guests_own_nobody),
		cmocka_unit_test_setup_teardown(the_setup_code_works_once, house_open, house_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
