/*
 * login - the same answer in the same time, whether or not there is such a user.
 *
 * A failure is counted before the password is looked at and taken back when it
 * was right, so that many tries at once are many failures.
 */
#include "personal/login.h"

#include <string.h>

#include "base/bcrypt.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/text.h"
#include "engine/audit.h"
#include "personal/accounts.h"
#include "personal/session.h"
#include "personal/throttle.h"
#include "personal/visitor.h"

static const struct rate logins = { .what = "login", .per_second = 10.0 / 60, .burst = 10 };
static const struct patience by_name = { .what = "login by name", .spare = 5 };
static const struct patience by_address = { .what = "login by address", .spare = 50 };

/* From one step to the next. */
struct login {
	const char *username, *password;
	int64_t user;
	const char *hash;
	bool once;     /* the password was given by somebody else */
	char *renewed; /* instead of an adopted hash; NULL: it is ours */
};

static const char *
address(struct work *w)
{
	return call_network(w->call);
}

static const char *
pair_key(struct work *w, const char *name)
{
	return arena_printf(w->arena, "%s\n%s", address(w), name);
}

/* A try is taken from the bucket before its password is looked at: failures are
 * counted only after, when many tries at once would all have passed. */
int
login_wait(struct work *w, const char *name)
{
	int64_t now = moment_monotonic();
	int taken, a, b;

	if (!settings.rate_limit)
		return 0;
	taken = throttle_take(&logins, pair_key(w, name), now, NULL);
	a = throttle_wait(&by_name, pair_key(w, name), now);
	b = throttle_wait(&by_address, address(w), now);
	return taken ? taken : a > b ? a : b;
}

static enum result
note_failure(struct work *w, int64_t user, const char *description)
{
	const struct entry entry = {
		.action = "login",
		.entity_type = "user",
		.entity_id = user,
		.description = description,
		.outcome = "failed",
	};

	return audit_read(w, &entry);
}

enum result
login_failed(struct work *w, const char *name, int64_t user, const char *description)
{
	throttle_fail(&by_name, pair_key(w, name), moment_monotonic());
	throttle_fail(&by_address, address(w), moment_monotonic());
	return note_failure(w, user, description);
}

/* The address's count stays: one right password must not buy wrong ones. */
void
login_forgive(struct work *w, const char *name)
{
	throttle_forgive(&by_name, pair_key(w, name));
}

static const char *
form_member(struct work *w, const char *name)
{
	const char *text = call_form(w->call, name);

	if (!text)
		problem_at(&w->problems, "body", name, "missing", "Field required");
	return text;
}

static enum result
slow_down(struct work *w, const char *username)
{
	int wait = login_wait(w, username);

	return wait ? visitor_slow_down(w, wait) : OK;
}

static enum result
find_user(struct work *w, struct login *login)
{
	struct query *q = NULL;
	enum result r;

	if ((r = db_query(w->db, &q,
		     "SELECT id, password_hash, password_once FROM users WHERE username = $1 "
		     "AND (is_active IS NULL OR is_active = TRUE)",
		     ARGS(value_text(login->username)))))
		return r;
	if (query_next(q)) {
		login->user = query_whole(q, 0);
		login->hash = arena_text(w->arena, query_text(q, 1, NULL));
		login->once = query_whole(q, 2) != 0;
	}
	return query_close(&q);
}

/* Origins the operator has let in may sign in too; they get no cookie. */
static bool
from_friend(const struct call *call)
{
	const char *origin = call_header(call, "origin");

	for (const char *const *at = settings.cors; at && *at && origin; at++)
		if (strcmp(*at, origin) == 0)
			return true;
	return false;
}

enum result
login_read(struct work *w)
{
	struct login *login = arena_new(w->arena, sizeof(*login));
	const char *grant = call_form(w->call, "grant_type");
	enum result r;

	if (!from_friend(w->call) && (r = visitor_refuse_foreign(w)))
		return r;
	login->username = form_member(w, "username");
	login->password = form_member(w, "password");
	if (grant && *grant && strcmp(grant, "password") != 0)
		problem_at(&w->problems, "body", "grant_type", "string_pattern_mismatch",
			"String should match pattern '^password$'");
	if ((r = call_sound(w)))
		return r;
	login->username = text_lower(w->arena, login->username);
	if ((r = slow_down(w, login->username)))
		return r;
	w->call->data = login;
	return find_user(w, login);
}

static enum result
refuse(struct work *w)
{
	return fail_as(w, 401, "AUTH-401", "Incorrect username or password");
}

/* The password is at hand now only: an adopted hash gives way to one of ours. */
static enum result
renew(struct work *w, struct login *login)
{
	if (!bcrypt_is(login->hash))
		return OK;
	login->renewed = arena_new(w->arena, PASSWORD_HASH_SIZE);
	return password_hash(login->password, login->renewed);
}

enum result
login_verify(struct work *w)
{
	struct login *login = w->call->data;
	enum result r;

	throttle_fail(&by_name, pair_key(w, login->username), moment_monotonic());
	if (password_verify(login->hash, login->password) && login->hash) {
		login_forgive(w, login->username);
		return renew(w, login);
	}
	throttle_fail(&by_address, address(w), moment_monotonic());
	r = note_failure(w, login->user, "Failed login");
	return r ? r : refuse(w);
}

/* The best of the user's own: self record first, then the oldest. */
static enum result
choose_patient(struct work *w, int64_t user)
{
	return db_run(w->db,
		"UPDATE users SET active_patient_id = (SELECT id FROM patients "
		"WHERE owner_user_id = $1 ORDER BY is_self_record DESC, id LIMIT 1) "
		"WHERE id = $1 AND active_patient_id IS NULL",
		ARGS(value_whole(user)), NULL);
}

static enum result
answer(struct work *w, const struct login *login, const char *token)
{
	struct text *out = &w->call->out;
	int64_t minutes;
	enum result r;

	if ((r = session_timeout(w, login->user, &minutes)))
		return r;
	json_open(out, '{');
	json_put_text(out, "access_token", token);
	json_put_text(out, "token_type", "bearer");
	json_put_whole(out, "session_timeout_minutes", minutes);
	if (login->once)
		json_put_bool(out, "must_change_password", true);
	json_key(out, "user");
	if ((r = accounts_print(w, login->user, out)))
		return r;
	json_close(out, '}');
	if (visitor_same_origin(w->call))
		session_cookie(w, token);
	return OK;
}

static enum result
keep_renewed(struct work *w, const struct login *login)
{
	if (!login->renewed)
		return OK;
	return db_run(w->db, "UPDATE users SET password_hash = $2 WHERE id = $1",
		ARGS(value_whole(login->user), value_text(login->renewed)), NULL);
}

enum result
login_finish(struct work *w)
{
	struct login *login = w->call->data;
	const char *verified = login->hash;
	const char *token = NULL;
	enum result r;

	login->hash = NULL;
	if ((r = find_user(w, login)))
		return r;
	if (!login->hash || strcmp(login->hash, verified) != 0)
		return refuse(w);
	if ((r = keep_renewed(w, login)))
		return r;
	if ((r = choose_patient(w, login->user)))
		return r;
	if ((r = accounts_preferences(w, login->user)))
		return r;
	if ((r = session_begin(w, login->user, &token)))
		return r;
	w->actor.kind = USER;
	w->actor.id = login->user;
	w->actor.name = login->username;
	if ((r = accounts_note(w, "login", login->user, "Signed in")))
		return r;
	return answer(w, login, token);
}
