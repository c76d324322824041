/*
 * house_passwords - new users and forgotten passwords: an administrator hands over
 * a password that opens nothing but the way to a new one.
 *
 * It is random, shown once and kept as a hash only.
 */
#include "base/crypto.h"
#include "base/json.h"
#include "engine/store.h"
#include "personal/accounts.h"
#include "personal/house.h"
#include "personal/passwords.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/session.h"

enum { ONCE_BYTES = 15 };

/* From one step to the next. */
struct handover {
	struct new_user user;
	const char *password;
	bool given; /* by the admin, who answers for it: it may stay */
	char hash[PASSWORD_HASH_SIZE];
};

static struct handover *
begin(struct work *w)
{
	struct handover *handover = arena_new(w->arena, sizeof(*handover));

	handover->password = random_token(w->arena, ONCE_BYTES);
	w->call->data = handover;
	return handover;
}

static enum result
hash(struct work *w)
{
	struct handover *handover = w->call->data;

	handover->user.hash = handover->hash;
	return password_hash(handover->password, handover->hash);
}

static enum result
answer(struct work *w, int64_t user, const char *password)
{
	struct text *out = &w->call->out;
	enum result r;

	call_answer(w->call, "Cache-Control", "no-store");
	json_open(out, '{');
	json_key(out, "user");
	r = accounts_print(w, user, out);
	json_put_text(out, "one_time_password", password);
	json_close(out, '}');
	return r;
}

/* ---- new users ---- */

static enum result
read_new(struct work *w)
{
	struct handover *handover = begin(w);
	enum result r;

	accounts_read(w, w->call->json, true, &handover->user);
	if ((r = call_sound(w)))
		return r;
	return accounts_taken(w, handover->user.username, handover->user.email, 0);
}

static enum result
add(struct work *w)
{
	struct handover *handover = w->call->data;
	int64_t id;
	enum result r;

	if ((r = access_record(w, &personal_users, EDIT)) ||
		(r = user_add(w, &handover->user, &id)) ||
		(r = db_run(w->db, "UPDATE users SET password_once = TRUE WHERE id = $1",
			 ARGS(value_whole(id)), NULL)))
		return r;
	return answer(w, id, handover->password);
}

/* ---- another password ---- */

static enum result
make_another(struct work *w)
{
	(void)begin(w);
	return OK;
}

static enum result
read_given(struct work *w)
{
	struct handover *handover = begin(w);
	const char *fault;

	handover->given = true;
	handover->password = accounts_member(w, w->call->json, "new_password");
	if (!handover->password)
		return call_sound(w);
	fault = passwords_fault(w, "New password", handover->password);
	return fault ? fail_as(w, 400, "BIZ-400", fault) : OK;
}

static enum result
store(struct work *w, struct row **user)
{
	const struct handover *handover = w->call->data;
	enum result r;

	if ((r = house_user(w, user)))
		return r;
	if ((*user)->id == w->actor.id)
		return fail(w, CONFLICT, "Change your own password where you know the old one");
	if ((r = db_run(w->db, "UPDATE users SET password_hash = $1, updated_at = $2, "
			"password_once = $3 WHERE id = $4",
			ARGS(value_text(handover->hash), value_text(session_stamp(w, w->now)),
				value_whole(!handover->given), value_whole((*user)->id)), NULL)) ||
		(r = session_end_all(w, (*user)->id, NULL)))
		return r;
	return accounts_note(w, "password_reset", (*user)->id, "Reset password");
}

static enum result
reset(struct work *w)
{
	const struct handover *handover = w->call->data;
	struct row *user = NULL;
	enum result r = store(w, &user);

	return r ? r : answer(w, user->id, handover->password);
}

static enum result
reset_given(struct work *w)
{
	struct row *user = NULL;
	enum result r = store(w, &user);

	if (r)
		return r;
	json_open(&w->call->out, '{');
	json_put_text(&w->call->out, "message", "Password reset successfully");
	json_close(&w->call->out, '}');
	return OK;
}

const struct route personal_house_passwords_routes[] = {
	{ .method = POST, .path = "/house/users", .need = NEED_ADMIN, .body = BODY_JSON, .ok = 201,
	  .steps = { { READ, read_new }, { SLOW, hash }, { WRITE, add } },
	  .summary = "Makes a user with a password that is shown once.",
	  .about = "Members: username, email, full_name, role; optional first_name, last_name. "
		   "The password must be changed before anything else." },
	{ .method = POST, .path = "/house/users/{id}/password", .need = NEED_ADMIN,
	  .body = BODY_OPTIONAL,
	  .steps = { { HERE, make_another }, { SLOW, hash }, { WRITE, reset } },
	  .summary = "Gives a user a new password, shown once; ends their sessions." },
	{ .method = POST, .path = "/admin/models/users/{user_id}/reset-password",
	  .need = NEED_ADMIN, .body = BODY_JSON,
	  .steps = { { HERE, read_given }, { SLOW, hash }, { WRITE, reset_given } },
	  .summary = "Gives a user the password in the body; ends their sessions.",
	  .about = "The body is {\"new_password\": text}." },
	{ 0 }
};
