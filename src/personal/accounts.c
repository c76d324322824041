/*
 * accounts - new users with their self record and preferences.
 *
 * The rules of a user's columns are those of personal_users: whoever makes a
 * user (registration, setup, the command, an admin) goes through form_read.
 */
#include "personal/accounts.h"

#include <string.h>

#include "base/moment.h"
#include "engine/audit.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/passwords.h"
#include "personal/patients.h"
#include "personal/records.h"
#include "personal/setup.h"
#include "personal/user_preferences.h"
#include "personal/users.h"

enum { MAX_NAME = 50, SELF_AGE = 25 };

enum result
accounts_registration(struct work *w, bool *open)
{
	struct query *q = NULL;
	enum result r;

	*open = settings.allow_registration;
	if (*open)
		return OK;
	if ((r = db_query(w->db, &q, "SELECT value FROM settings WHERE name = $1",
		     ARGS(value_text("allow_user_registration")))))
		return r;
	if (query_next(q) && !query_null(q, 0))
		*open = text_same(query_text(q, 0, NULL), "true");
	return query_close(&q);
}

enum result
accounts_admins(struct work *w, int64_t *n)
{
	enum result r = store_lock_name(w, "admins");

	return r ? r : db_one(w->db,
		"SELECT count(*) FROM users WHERE lower(role) IN ('admin', 'administrator') "
		"AND (is_active IS NULL OR is_active = TRUE)",
		NULL, 0, n);
}

const char *
accounts_member(struct work *w, json_t *body, const char *name)
{
	const json_t *json = json_object_get(body, name);

	if (!json)
		problem_at(&w->problems, "body", name, "missing", "Field required");
	else if (!json_is_string(json))
		problem_at(&w->problems, "body", name, "string_type",
			"Input should be a valid string");
	return json_is_string(json) ? arena_text(w->arena, json_string_value(json)) : NULL;
}

const char *
accounts_password(struct work *w, json_t *body)
{
	const char *password = accounts_member(w, body, "password");
	const char *fault = password ? passwords_fault(w, "Password", password) : NULL;

	if (!fault)
		return password;
	problem_at(&w->problems, "body", "password", "value_error", "%s", fault);
	return NULL;
}

/* first_name or last_name: may be absent or null, but not blank. */
static const char *
read_name(struct work *w, json_t *body, const char *name, const char *label)
{
	const json_t *json = json_object_get(body, name);
	const char *text;

	if (!json || json_is_null(json))
		return NULL;
	text = accounts_member(w, body, name);
	if (!text)
		return NULL;
	text = text_trim(w->arena, text);
	if (!*text)
		problem_at(&w->problems, "body", name, "value_error", "%s cannot be empty", label);
	else if (utf8_length(text, strlen(text)) > MAX_NAME)
		problem_at(&w->problems, "body", name, "value_error",
			"%s must be less than %d characters", label, MAX_NAME);
	return text;
}

void
accounts_read(struct work *w, json_t *body, bool with_role, struct new_user *out)
{
	struct row *row = row_new(w->arena, &personal_users);
	json_t *copy = json_is_object(body) ? json_copy(body) : json_object();

	/* Whatever somebody else than an admin says, they become a user. */
	if (!with_role && json_object_get(copy, "role"))
		json_object_set_new(copy, "role", json_string("user"));
	form_read(w, copy, false, row);
	json_decref(copy);
	*out = (struct new_user){
		.username = row_text(row, USERS_USERNAME),
		.email = row_text(row, USERS_EMAIL),
		.full_name = row_text(row, USERS_FULL_NAME),
		.role = row_text(row, USERS_ROLE),
		.first_name = read_name(w, body, "first_name", "First name"),
		.last_name = read_name(w, body, "last_name", "Last name"),
	};
}

static enum result
find_other(struct work *w, const char *sql, const char *key, int64_t self, bool *found)
{
	int64_t id;
	enum result r = db_one(w->db, sql, ARGS(value_text(key), value_whole(self)), &id);

	*found = r == OK;
	return r == MISSING ? OK : r;
}

enum result
accounts_taken(struct work *w, const char *username, const char *email, int64_t self)
{
	bool found = false;
	enum result r;

	if (username) {
		if ((r = find_other(w, "SELECT id FROM users WHERE lower(username) = $1 AND id <> $2",
			     text_lower(w->arena, username), self, &found)))
			return r;
		if (found)
			return fail(w, CONFLICT, arena_printf(w->arena,
				"An account with the username '%s' already exists. "
				"Please choose a different username.", username));
	}
	if (email) {
		if ((r = find_other(w, "SELECT id FROM users WHERE lower(email) = $1 AND id <> $2",
			     text_lower(w->arena, email), self, &found)))
			return r;
		if (found)
			return fail(w, CONFLICT, arena_printf(w->arena,
				"An account with the email address '%s' already exists. "
				"Please use a different email or try logging in.", email));
	}
	return OK;
}

enum result
accounts_print(struct work *w, int64_t user, struct text *out)
{
	return store_print(w, &personal_users, user, true, out);
}

enum result
accounts_note(struct work *w, const char *action, int64_t user, const char *description)
{
	const struct entry entry = {
		.action = action,
		.entity_type = "user",
		.entity_id = user,
		.description = description,
	};

	return audit_add(w, &entry);
}

/* Stores without an entry of its own: the caller's says it all. */
static enum result
put_quietly(struct work *w, struct row *row)
{
	bool quiet = w->quiet;
	enum result r;

	w->quiet = true;
	r = store_put(w, row);
	w->quiet = quiet;
	return r;
}

enum result
accounts_preferences(struct work *w, int64_t user)
{
	struct row *row = NULL;
	json_t *empty;
	enum result r = store_find(w, &personal_user_preferences, "user_id", value_whole(user),
		&row);

	if (r != MISSING)
		return r;
	row = row_new(w->arena, &personal_user_preferences);
	empty = json_object();
	form_read(w, empty, false, row);
	json_decref(empty);
	row_set_whole(row, USER_PREFERENCES_USER_ID, user);
	return put_quietly(w, row);
}

/* At most MAX_NAME characters of the n bytes. */
static const char *
clip(struct work *w, const char *text, size_t n)
{
	size_t points = 0, i = 0;

	for (; i < n; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80 && ++points > MAX_NAME)
			break;
	return text_trim(w->arena, arena_copy(w->arena, text, i));
}

/* First word and the rest; a single word is both. */
static void
split_name(struct work *w, const struct new_user *user, const char **first, const char **last)
{
	const char *full = text_trim(w->arena, user->full_name ? user->full_name : "");
	size_t n = strcspn(full, " \t");
	const char *rest = full + n + strspn(full + n, " \t");

	if (!*rest)
		rest = full;
	*first = user->first_name ? user->first_name : *full ? clip(w, full, n) : "Update";
	*last = user->last_name ? user->last_name
		: *rest ? clip(w, rest, strlen(rest)) : "Your Name";
}

static const char *
birth_date(struct work *w)
{
	char today[DATE_SIZE];
	int year, month, day;

	date_of(w->now, today);
	year = (today[0] - '0') * 1000 + (today[1] - '0') * 100 + (today[2] - '0') * 10
		+ (today[3] - '0') - SELF_AGE;
	month = (today[5] - '0') * 10 + (today[6] - '0');
	day = (today[8] - '0') * 10 + (today[9] - '0');
	if (month == 2 && day == 29)
		day = 28;
	return arena_printf(w->arena, "%04d-%02d-%02d", year, month, day);
}

static enum result
add_self(struct work *w, const struct new_user *user, int64_t id)
{
	struct row *row = row_new(w->arena, &personal_patients);
	const char *first, *last;
	json_t *body;
	enum result r;

	split_name(w, user, &first, &last);
	body = json_pack("{s:s, s:s, s:s, s:s, s:s}", "first_name", first, "last_name", last,
		"birth_date", birth_date(w), "gender", "OTHER", "address",
		"Please update your address in your profile");
	form_read(w, body, false, row);
	json_decref(body);
	if (w->problems.n)
		return INVALID;
	row_set_whole(row, PATIENTS_USER_ID, id);
	row_set_whole(row, PATIENTS_OWNER_USER_ID, id);
	row_set_whole(row, PATIENTS_IS_SELF_RECORD, 1);
	if ((r = put_quietly(w, row)))
		return r;
	return db_run(w->db, "UPDATE users SET active_patient_id = $1 WHERE id = $2",
		ARGS(value_whole(row->id), value_whole(id)), NULL);
}

static json_t *
as_json(const struct new_user *user)
{
	json_t *body = json_object();

	json_object_set_new(body, "username", json_string(user->username));
	json_object_set_new(body, "email", json_string(user->email));
	json_object_set_new(body, "full_name", json_string(user->full_name));
	json_object_set_new(body, "role", json_string(user->role ? user->role : "user"));
	return body;
}

enum result
user_add(struct work *w, const struct new_user *user, int64_t *id)
{
	struct row *row = row_new(w->arena, &personal_users);
	json_t *body = as_json(user);
	const char *role;
	enum result r;

	form_read(w, body, false, row);
	json_decref(body);
	if (w->problems.n)
		return INVALID;
	row_set_text(row, USERS_PASSWORD_HASH, user->hash);
	if ((r = accounts_taken(w, row_text(row, USERS_USERNAME), row_text(row, USERS_EMAIL), 0)))
		return r;
	if ((r = put_quietly(w, row)))
		return r;
	*id = row->id;
	if ((r = accounts_preferences(w, *id)))
		return r;
	role = row_text(row, USERS_ROLE);
	if (text_same(role, "admin"))
		setup_void(w);
	/* Guests use what is shared with them; they own nobody. */
	if (!user->no_patient && !text_same(role, "guest") && (r = add_self(w, user, *id)))
		return r;
	return accounts_note(w, "created", *id, "Created User");
}
