/*
 * me - a user's own account, preferences and sessions (personal-api 2.3).
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/form.h"
#include "engine/print.h"
#include "engine/store.h"
#include "personal/account_routes.h"
#include "personal/accounts.h"
#include "personal/device.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/session.h"
#include "personal/tokens.h"
#include "personal/user_preferences.h"
#include "personal/users.h"

static enum result
show_me(struct work *w)
{
	return accounts_print(w, w->actor.id, &w->call->out);
}

/* An admin's new role: the last admin keeps theirs; others sign in anew. */
static enum result
change_role(struct work *w, const struct row *row)
{
	const char *role = row_text(row, USERS_ROLE);
	enum result r;
	int64_t n;

	if (text_same(role, row_text(row->before, USERS_ROLE)))
		return OK;
	if (!text_same(role, "admin") && !text_same(role, "administrator")) {
		if ((r = accounts_admins(w, &n)))
			return r;
		if (n <= 1)
			return fail_as(w, 400, NULL, "The last admin cannot lose the role");
	}
	return session_end_all(w, row->id, NULL);
}

static enum result
change_me(struct work *w)
{
	struct row *before = NULL, *row;
	json_t *body;
	enum result r;

	if ((r = store_get(w, &personal_users, w->actor.id, &before)))
		return r;
	row = reach_copy(w, before);
	body = json_is_object(w->call->json) ? json_copy(w->call->json) : NULL;
	if (body && !w->actor.admin)
		json_object_del(body, "role");
	form_read(w, body, true, row);
	json_decref(body);
	form_rules(w, row);
	if ((r = call_sound(w)))
		return r;
	if ((r = accounts_taken(w, row_sent(row, USERS_USERNAME) ? row_text(row, USERS_USERNAME) : NULL,
		     row_sent(row, USERS_EMAIL) ? row_text(row, USERS_EMAIL) : NULL, row->id)))
		return r;
	if ((r = change_role(w, row)))
		return r;
	if ((r = store_put(w, row)))
		return r;
	return accounts_print(w, row->id, &w->call->out);
}

static void
print_summary(struct text *out, const struct user_remains *gone)
{
	json_key(out, "deletion_summary");
	json_open(out, '{');
	json_put_whole(out, "user_preferences", gone->preferences);
	json_put_whole(out, "patient_shares", gone->patient_shares);
	json_put_whole(out, "family_history_shares", gone->family_shares);
	json_put_whole(out, "invitations_sent", gone->sent);
	json_put_whole(out, "invitations_received", gone->received);
	if (gone->patients)
		json_put_whole(out, "patient", gone->patients);
	/* Entries of the log are never changed. */
	json_put_whole(out, "activity_logs_updated", 0);
	json_put_whole(out, "user", 1);
	json_close(out, '}');
}

static enum result
drop_me(struct work *w)
{
	struct text *out = &w->call->out;
	struct user_remains gone;
	enum result r;

	if ((r = accounts_may_go(w, w->actor.id, w->actor.admin)))
		return r;
	if ((r = accounts_drop(w, w->actor.id, &gone)))
		return r;
	session_cookie(w, NULL);
	json_open(out, '{');
	json_put_text(out, "message",
		"Account and all associated data deleted successfully");
	json_put_whole(out, "deleted_user_id", w->actor.id);
	if (gone.patient)
		json_put_whole(out, "deleted_patient_id", gone.patient);
	else
		json_put_nothing(out, "deleted_patient_id");
	print_summary(out, &gone);
	json_close(out, '}');
	return OK;
}

/* Credentials of Paperless-ngx are never told again. */
static void
print_preferences(struct work *w, const struct row *row)
{
	struct text *out = &w->call->out;

	print_row(row, out);
	reach_reopen(w);
	json_put_nothing(out, "paperless_username");
	json_put_nothing(out, "paperless_password");
	json_put_nothing(out, "paperless_api_token");
	json_close(out, '}');
}

static enum result
find_preferences(struct work *w, struct row **row)
{
	return store_find(w, &personal_user_preferences, "user_id", value_whole(w->actor.id), row);
}

/* Signing in makes the row; should it be gone, the defaults hold until then. */
static enum result
show_preferences(struct work *w)
{
	struct row *row = NULL;
	enum result r = find_preferences(w, &row);
	json_t *empty;

	if (r == MISSING) {
		row = row_new(w->arena, &personal_user_preferences);
		empty = json_object();
		form_read(w, empty, false, row);
		json_decref(empty);
		row_set_whole(row, USER_PREFERENCES_USER_ID, w->actor.id);
		row->created = row->updated = w->now;
	} else if (r) {
		return r;
	}
	print_preferences(w, row);
	return OK;
}

static enum result
change_preferences(struct work *w)
{
	struct row *before = NULL, *row;
	enum result r;

	if ((r = accounts_preferences(w, w->actor.id)))
		return r;
	if ((r = find_preferences(w, &before)))
		return r;
	row = reach_copy(w, before);
	form_read(w, w->call->json, true, row);
	form_rules(w, row);
	if ((r = call_sound(w)))
		return r;
	if ((r = store_put(w, row)))
		return r;
	if ((r = find_preferences(w, &row)))
		return r;
	print_preferences(w, row);
	return OK;
}

static void
put_moment(struct text *out, const char *key, int64_t moment)
{
	char iso[ISO_SIZE];

	moment_iso(moment, iso);
	json_put_text(out, key, iso);
}

enum { L_ID, L_CREATED, L_LAST_USED, L_EXPIRES, L_ADDRESS, L_AGENT };

static int64_t
moment_of(struct query *q, size_t column)
{
	const char *text = query_text(q, column, NULL);
	int64_t moment = 0;

	if (text)
		(void)moment_load(text, &moment);
	return moment;
}

static void
print_session(struct work *w, struct query *q)
{
	struct text *out = &w->call->out;
	int64_t id = query_whole(q, L_ID);
	int64_t last = moment_of(q, L_LAST_USED);

	tokens_last_use(id, &last);
	json_open(out, '{');
	json_put_whole(out, "id", id);
	put_moment(out, "created_at", moment_of(q, L_CREATED));
	put_moment(out, "last_used_at", last);
	put_moment(out, "expires_at", moment_of(q, L_EXPIRES));
	json_put_text(out, "ip_address", query_text(q, L_ADDRESS, NULL));
	json_put_text(out, "user_agent", query_text(q, L_AGENT, NULL));
	json_put_text(out, "device", device_of(w->arena, query_text(q, L_AGENT, NULL)));
	json_put_bool(out, "current", id == w->actor.session);
	json_close(out, '}');
}

static enum result
list_sessions(struct work *w)
{
	struct query *q = NULL;
	enum result r;

	if ((r = db_query(w->db, &q,
		     "SELECT id, created_at, last_used_at, expires_at, ip_address, user_agent "
		     "FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 "
		     "ORDER BY id DESC",
		     ARGS(value_whole(w->actor.id), value_text(session_stamp(w, w->now))))))
		return r;
	json_open(&w->call->out, '[');
	while (query_next(q))
		print_session(w, q);
	json_close(&w->call->out, ']');
	return query_close(&q);
}

static enum result
drop_session(struct work *w)
{
	int64_t id = 0, found;
	enum result r = MISSING;

	if (call_id(w->call, 0, &id))
		r = db_one(w->db, "SELECT id FROM sessions WHERE id = $1 AND user_id = $2 "
			"AND ended_at IS NULL",
			ARGS(value_whole(id), value_whole(w->actor.id)), &found);
	if (r)
		return r == MISSING ? fail(w, MISSING, "Session not found") : r;
	if ((r = session_end(w, id)))
		return r;
	if ((r = accounts_note(w, "logout", w->actor.id, "Ended a session")))
		return r;
	return reach_message(w, "Session deleted successfully");
}

const struct route personal_me_routes[] = {
	{ GET, "/users/me", NEED_USER, BODY_NONE, { { READ, show_me } }, .rec = &personal_users,
		.summary = "The user who asks." },
	{ PUT, "/users/me", NEED_USER, BODY_JSON, { { WRITE, change_me } },
		.rec = &personal_users,
		.summary = "Changes name or address; a role only when an admin asks." },
	{ DELETE, "/users/me", NEED_USER, BODY_OPTIONAL, { { WRITE, drop_me } },
		.summary = "Deletes the user with all patients they own." },
	{ GET, "/users/me/preferences", NEED_USER, BODY_NONE, { { READ, show_preferences } },
		.rec = &personal_user_preferences, .summary = "How the user likes it." },
	{ PUT, "/users/me/preferences", NEED_USER, BODY_JSON, { { WRITE, change_preferences } },
		.rec = &personal_user_preferences, .summary = "Changes how the user likes it." },
	{ GET, "/users/me/sessions", NEED_USER, BODY_NONE, { { READ, list_sessions } },
		.summary = "Where the user is signed in." },
	{ DELETE, "/users/me/sessions/{id}", NEED_USER, BODY_OPTIONAL,
		{ { WRITE, drop_session } }, .summary = "Ends one of the user's sessions." },
	{ 0 }
};
