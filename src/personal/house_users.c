/*
 * house_users - the accounts of the house, for its administrators: who there is,
 * who may sign in, and as what.
 */
#include <string.h>

#include "base/json.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/accounts.h"
#include "personal/house.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/session.h"
#include "personal/users.h"

static bool
is_admin(const struct row *user)
{
	const char *role = row_text(user, USERS_ROLE);

	return text_same(role, "admin") || text_same(role, "administrator");
}

static bool
may_sign_in(const struct row *user)
{
	return !row_has(user, USERS_IS_ACTIVE) || row_bool(user, USERS_IS_ACTIVE);
}

enum result
house_user(struct work *w, struct row **out)
{
	int64_t id = 0;
	enum result r = access_record(w, &personal_users, EDIT);

	if (!r)
		r = call_id(w->call, 0, &id) ? store_get(w, &personal_users, id, out) : MISSING;
	return r == MISSING ? fail_as(w, 404, NULL, "User not found") : r;
}

enum result
house_spare(struct work *w, const struct row *user)
{
	int64_t n;
	enum result r;

	if (!is_admin(user) || !may_sign_in(user))
		return OK;
	if ((r = accounts_admins(w, &n)))
		return r;
	return n > 1 ? OK : fail(w, CONFLICT, "This is the last admin who can sign in");
}

/* ---- who there is ---- */

#define USERS                                                                          \
	"SELECT u.id, u.username, u.email, u.full_name, u.role, "                      \
	"COALESCE(u.is_active, TRUE) AS is_active, "                                   \
	"COALESCE(u.password_once, FALSE) AS must_change_password, u.created_at, "     \
	"(SELECT MAX(created_at) FROM sessions WHERE user_id = u.id) AS last_login_at, " \
	"(SELECT MAX(last_used_at) FROM sessions WHERE user_id = u.id) AS last_seen_at, " \
	"(SELECT COUNT(*) FROM patients WHERE owner_user_id = u.id) AS patients, "     \
	"(SELECT COUNT(*) FROM patient_shares WHERE shared_with_user_id = u.id "       \
	"AND is_active = TRUE AND (expires_at IS NULL OR expires_at > $2)) AS shares, " \
	"(SELECT COUNT(*) FROM sessions WHERE user_id = u.id AND ended_at IS NULL "    \
	"AND expires_at > $2) AS sessions, "                                           \
	"CASE WHEN u.id = $1 THEN 1 ELSE 0 END AS is_me FROM users u "
#define KINDS "wttttbbmmmwwwb"

static enum result
list(struct work *w)
{
	struct text *out = &w->call->out;
	size_t n;
	enum result r = access_record(w, &personal_users, SEE);

	if (r)
		return r;
	json_open(out, '{');
	json_key(out, "users");
	r = listing_plain(w, KINDS, USERS "ORDER BY LOWER(u.full_name), u.id",
		ARGS(value_whole(w->actor.id), value_text(session_stamp(w, w->now))), &n);
	json_close(out, '}');
	return r ? r : reach_note(w, &personal_users, 0, 0, n);
}

/* One of them as the list has it: the only row of a list, without its brackets. */
static enum result
print(struct work *w, int64_t id)
{
	struct text *out = &w->call->out;
	size_t start = out->len, n;
	enum result r = listing_plain(w, KINDS, USERS "WHERE u.id = $3",
		ARGS(value_whole(w->actor.id), value_text(session_stamp(w, w->now)),
			value_whole(id)), &n);

	if (r || out->full || n != 1)
		return r ? r : FAULT;
	while (out->at[start] != '[')
		start++;
	memmove(out->at + start, out->at + start + 1, out->len - start - 2);
	out->len -= 2;
	return OK;
}

/* ---- changing ---- */

static void
read_active(struct work *w, struct row *row)
{
	const json_t *member = json_object_get(w->call->json, "is_active");

	if (!member)
		return;
	if (json_is_boolean(member))
		row_set_whole(row, USERS_IS_ACTIVE, json_is_true(member));
	else
		problem_at(&w->problems, "body", "is_active", "bool_type",
			"Input should be a valid boolean");
}

static enum result
read_change(struct work *w, struct row *row)
{
	json_t *role = json_object_get(w->call->json, "role");
	json_t *body = json_object();

	if (role)
		json_object_set(body, "role", role);
	else if (!json_object_get(w->call->json, "is_active"))
		problem_at(&w->problems, "body", "", "missing", "is_active or role is required");
	form_read(w, body, true, row);
	json_decref(body);
	read_active(w, row);
	form_rules(w, row);
	return call_sound(w);
}

static enum result
change(struct work *w)
{
	struct row *before = NULL, *row;
	enum result r;

	if ((r = house_user(w, &before)))
		return r;
	row = reach_copy(w, before);
	if ((r = read_change(w, row)))
		return r;
	if (!may_sign_in(row) && row->id == w->actor.id)
		return fail(w, CONFLICT, "You cannot shut yourself out");
	if ((!may_sign_in(row) || !is_admin(row)) && (r = house_spare(w, before)))
		return r;
	if ((r = store_put(w, row)))
		return r;
	if ((!may_sign_in(row) || !text_same(row_text(row, USERS_ROLE),
			row_text(before, USERS_ROLE))) &&
		(r = session_end_all(w, row->id, NULL)))
		return r;
	return print(w, row->id);
}

static enum result
end_sessions(struct work *w)
{
	struct text *out = &w->call->out;
	struct row *user = NULL;
	int64_t ended = 0;
	enum result r;

	if ((r = house_user(w, &user)) || (r = session_end_all(w, user->id, &ended)) ||
		(r = accounts_note(w, "logout", user->id, "Ended all sessions")))
		return r;
	json_open(out, '{');
	json_put_whole(out, "ended", ended);
	json_close(out, '}');
	return OK;
}

static enum result
drop(struct work *w)
{
	struct row *user = NULL;
	struct user_remains gone;
	enum result r;

	if ((r = house_user(w, &user)))
		return r;
	if (user->id == w->actor.id)
		return fail_as(w, 400, NULL, "Cannot delete your own user account");
	if ((r = house_spare(w, user)) || (r = accounts_drop(w, user->id, &gone)))
		return r;
	return reach_message(w, "User and all associated data deleted successfully");
}

const struct route personal_house_users_routes[] = {
	{ .method = GET, .path = "/house/users", .need = NEED_ADMIN, .steps = { { READ, list } },
	  .summary = "All users, with how much they have and when they were here." },
	{ .method = PATCH, .path = "/house/users/{id}", .need = NEED_ADMIN, .body = BODY_JSON,
	  .steps = { { WRITE, change } },
	  .summary = "Lets a user in or shuts them out, or gives another role.",
	  .about = "Members: is_active, role. Their sessions end at once. The last admin who "
		   "can sign in stays one: 409." },
	{ .method = POST, .path = "/house/users/{id}/end-sessions", .need = NEED_ADMIN,
	  .body = BODY_OPTIONAL, .steps = { { WRITE, end_sessions } },
	  .summary = "Ends all sessions of a user." },
	{ .method = DELETE, .path = "/house/users/{id}", .need = NEED_ADMIN,
	  .body = BODY_OPTIONAL, .steps = { { WRITE, drop } },
	  .summary = "Deletes a user with all patients they own." },
	{ 0 }
};
