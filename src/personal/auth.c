/*
 * auth - registration, change of password, signing out (personal-api 2.1).
 *
 * Passwords are hashed in the SLOW lane; what is decided before that is decided
 * again in the write.
 */
#include <string.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "personal/account_routes.h"
#include "personal/accounts.h"
#include "personal/login.h"
#include "personal/passwords.h"
#include "personal/session.h"
#include "personal/throttle.h"
#include "personal/visitor.h"

static enum result
show_registration(struct work *w)
{
	struct text *out = &w->call->out;
	enum result r;
	bool open;

	if ((r = accounts_registration(w, &open)))
		return r;
	json_open(out, '{');
	json_put_bool(out, "registration_enabled", open);
	json_put_text(out, "message", open ? NULL
		: "Registration is currently disabled. Please contact an administrator.");
	json_close(out, '}');
	return OK;
}

/* Each costs a hash, and tells whether a name is taken. */
static const struct rate registrations = { .what = "register", .per_second = 10.0 / 60,
	.burst = 10 };

static enum result
check_pace(struct work *w)
{
	const char *peer = call_network(w->call);
	int wait = settings.rate_limit && !w->actor.admin
		? throttle_take(&registrations, peer, moment_monotonic(), NULL) : 0;

	return wait ? visitor_slow_down(w, wait) : OK;
}

/* From one step of a registration to the next. */
struct registration {
	struct new_user user;
	const char *password;
	char hash[PASSWORD_HASH_SIZE];
};

static enum result
check_open(struct work *w)
{
	enum result r;
	bool open;

	if (w->actor.admin)
		return OK;
	if ((r = accounts_registration(w, &open)))
		return r;
	return open ? OK : fail_as(w, 401, "AUTH-401",
		"New user registration is currently disabled. "
		"Please contact an administrator.");
}

static enum result
read_registration(struct work *w)
{
	struct registration *reg = arena_new(w->arena, sizeof(*reg));
	enum result r;

	if ((r = visitor_refuse_foreign(w)))
		return r;
	if ((r = check_open(w)) || (r = check_pace(w)))
		return r;
	accounts_read(w, w->call->json, w->actor.admin, &reg->user);
	reg->password = accounts_password(w, w->call->json);
	if ((r = call_sound(w)))
		return r;
	w->call->data = reg;
	return accounts_taken(w, reg->user.username, reg->user.email, 0);
}

static enum result
hash_registration(struct work *w)
{
	struct registration *reg = w->call->data;

	reg->user.hash = reg->hash;
	return password_hash(reg->password, reg->hash);
}

static enum result
add_registered(struct work *w)
{
	struct registration *reg = w->call->data;
	enum result r;
	int64_t id;

	if ((r = check_open(w)))
		return r;
	if (!w->actor.admin)
		reg->user.role = "user";
	if ((r = user_add(w, &reg->user, &id)))
		return r;
	return accounts_print(w, id, &w->call->out);
}

/* From one step of a change of password to the next. */
struct change {
	const char *current, *new;
	const char *stored;
	char hash[PASSWORD_HASH_SIZE];
};

static enum result
read_stored(struct work *w, const char **stored)
{
	struct query *q = NULL;
	enum result r;

	*stored = NULL;
	if ((r = db_query(w->db, &q, "SELECT password_hash FROM users WHERE id = $1",
		     ARGS(value_whole(w->actor.id)))))
		return r;
	if (query_next(q))
		*stored = arena_text(w->arena, query_text(q, 0, NULL));
	return query_close(&q);
}

static enum result
read_change(struct work *w)
{
	struct change *change = arena_new(w->arena, sizeof(*change));
	enum result r;
	int wait;

	change->current = accounts_member(w, w->call->json, "currentPassword");
	change->new = accounts_member(w, w->call->json, "newPassword");
	if ((r = call_sound(w)))
		return r;
	if ((wait = login_wait(w, w->actor.name)))
		return visitor_slow_down(w, wait);
	w->call->data = change;
	return read_stored(w, &change->stored);
}

static enum result
hash_change(struct work *w)
{
	struct change *change = w->call->data;
	const char *fault;

	if (!password_verify(change->stored, change->current)) {
		enum result r = login_failed(w, w->actor.name, w->actor.id,
			"Wrong current password");

		return r ? r : fail_as(w, 401, "AUTH-401", "Current password is incorrect");
	}
	login_forgive(w, w->actor.name);
	fault = passwords_fault(w, "New password", change->new);
	if (fault)
		return fail_as(w, 400, "BIZ-400", fault);
	return password_hash(change->new, change->hash);
}

/* All sessions end, this one too; who asked gets a new one in its place. */
static enum result
store_change(struct work *w)
{
	struct change *change = w->call->data;
	struct text *out = &w->call->out;
	const char *stored, *token;
	enum result r;

	if ((r = read_stored(w, &stored)))
		return r;
	if (!stored || !change->stored || strcmp(stored, change->stored) != 0)
		return fail(w, CONFLICT, "The password has just been changed");
	if ((r = db_run(w->db,
		     "UPDATE users SET password_hash = $1, updated_at = $2, password_once = FALSE "
		     "WHERE id = $3",
		     ARGS(value_text(change->hash), value_text(session_stamp(w, w->now)),
			     value_whole(w->actor.id)),
		     NULL)))
		return r;
	if ((r = session_end_all(w, w->actor.id, NULL)))
		return r;
	if ((r = session_begin(w, w->actor.id, &token)))
		return r;
	if ((r = accounts_note(w, "password_changed", w->actor.id, "Changed password")))
		return r;
	if (w->actor.by_cookie)
		session_cookie(w, token);
	json_open(out, '{');
	json_put_text(out, "message", "Password changed successfully");
	json_put_text(out, "access_token", token);
	json_put_text(out, "token_type", "bearer");
	json_close(out, '}');
	return OK;
}

static enum result
log_out(struct work *w)
{
	struct text *out = &w->call->out;
	enum result r;

	if ((r = session_end(w, w->actor.session)))
		return r;
	if ((r = accounts_note(w, "logout", w->actor.id, "Signed out")))
		return r;
	session_cookie(w, NULL);
	json_open(out, '{');
	json_put_text(out, "message", "Successfully logged out");
	json_close(out, '}');
	return OK;
}

static enum result
show_sso(struct work *w)
{
	struct text *out = &w->call->out;
	enum result r;
	bool open;

	if ((r = accounts_registration(w, &open)))
		return r;
	json_open(out, '{');
	json_put_bool(out, "enabled", false);
	json_put_nothing(out, "provider_type");
	json_put_bool(out, "registration_enabled", open);
	json_close(out, '}');
	return OK;
}

static enum result
refuse_sso(struct work *w)
{
	return fail_as(w, 400, NULL, "SSO configuration error");
}

const struct route personal_auth_routes[] = {
	{ GET, "/auth/registration-status", NEED_NOBODY, BODY_NONE,
		{ { READ, show_registration } },
		.summary = "Whether anybody may register." },
	{ POST, "/auth/register", NEED_NOBODY, BODY_JSON,
		{ { READ, read_registration }, { SLOW, hash_registration },
			{ WRITE, add_registered } },
		.summary = "Makes a new user with a self record.",
		.about = "Members: username, email, full_name, role, password; optional "
			 "first_name, last_name. The role counts only when an admin asks." },
	{ POST, "/auth/login", NEED_NOBODY, BODY_FORM,
		{ { READ, login_read }, { SLOW, login_verify }, { WRITE, login_finish } },
		.summary = "Signs in: form fields username and password give a token." },
	{ POST, "/auth/change-password", NEED_USER, BODY_JSON,
		{ { READ, read_change }, { SLOW, hash_change }, { WRITE, store_change } },
		.summary = "Changes the password and ends all sessions but a new one.",
		.about = "Members: currentPassword, newPassword. The token of the new session "
			 "is in the answer." },
	{ POST, "/auth/logout", NEED_USER, BODY_OPTIONAL, { { WRITE, log_out } },
		.summary = "Ends the session." },
	{ GET, "/auth/sso/config", NEED_NOBODY, BODY_NONE, { { READ, show_sso } },
		.summary = "Whether single sign-on is configured." },
	{ POST, "/auth/sso/initiate", NEED_NOBODY, BODY_OPTIONAL, { { HERE, refuse_sso } },
		.summary = "Starts single sign-on; refused, as none is configured." },
	{ 0 }
};
