/*
 * session - rows of `sessions` and the tokens that point at them.
 */
#include "personal/session.h"

#include <string.h>

#include "base/moment.h"
#include "engine/store.h"
#include "personal/face.h"
#include "personal/jwt.h"
#include "personal/records.h"
#include "personal/sessions.h"

enum { TOKEN_ID_BYTES = 18, MAX_AGENT = 200 };

static const int64_t second = INT64_C(1000000);

const char *
session_stamp(struct work *w, int64_t moment)
{
	char *out = arena_new(w->arena, MOMENT_SIZE);

	moment_store(moment, out);
	return out;
}

/* What a program calls itself: printable ASCII, cut. */
static const char *
agent(struct work *w)
{
	const char *given = w->call ? call_header(w->call, "user-agent") : NULL;
	char *out;
	size_t n = 0;

	if (!given)
		return NULL;
	out = arena_new(w->arena, MAX_AGENT + 1);
	for (; *given && n < MAX_AGENT; given++)
		if (*given >= 0x20 && *given < 0x7f)
			out[n++] = *given;
	return out;
}

static enum result
store(struct work *w, int64_t user, const char *token_id, int64_t expires)
{
	struct row *row = row_new(w->arena, &personal_sessions);
	bool quiet = w->quiet;
	enum result r;

	row_set_whole(row, SESSIONS_USER_ID, user);
	row_set_text(row, SESSIONS_TOKEN_ID, token_id);
	row_set_text(row, SESSIONS_EXPIRES_AT, session_stamp(w, expires));
	row_set_text(row, SESSIONS_LAST_USED_AT, session_stamp(w, w->now));
	row_set_text(row, SESSIONS_IP_ADDRESS, w->call ? w->call->peer : NULL);
	row_set_text(row, SESSIONS_USER_AGENT, agent(w));
	w->quiet = true;
	r = store_put(w, row);
	w->quiet = quiet;
	return r;
}

/* Front ends know three roles only. */
static const char *
role_claim(const char *role)
{
	static const char *const known[] = { "admin", "user", "guest" };

	for (size_t i = 0; i < COUNT(known); i++)
		if (text_same(role, known[i]))
			return known[i];
	return "user";
}

static enum result
make_token(struct work *w, int64_t user, struct claims *claims, const char **token)
{
	struct query *q = NULL;
	enum result r, closed;
	const char *full_name;

	if ((r = db_query(w->db, &q, "SELECT username, role, full_name FROM users WHERE id = $1",
		     ARGS(value_whole(user)))))
		return r;
	r = MISSING;
	if (query_next(q)) {
		claims->sub = query_text(q, 0, NULL);
		claims->role = role_claim(query_text(q, 1, NULL));
		full_name = query_text(q, 2, NULL);
		claims->full_name = full_name && *full_name ? full_name : claims->sub;
		*token = jwt_make(w->arena, face_state()->jwt_key, claims);
		r = OK;
	}
	closed = query_close(&q);
	return closed ? closed : r;
}

/* Sessions long over serve nobody; what happened is in the activity log. */
static enum result
sweep(struct work *w, int64_t user)
{
	return db_run(w->db, "DELETE FROM sessions WHERE user_id = $1 AND expires_at < $2",
		ARGS(value_whole(user),
			value_text(session_stamp(w, w->now - 30 * 86400 * second))),
		NULL);
}

enum result
session_begin(struct work *w, int64_t user, const char **token)
{
	int64_t expires = w->now + settings.token_minutes * 60 * second;
	struct claims claims = {
		.user_id = user,
		.exp = expires / second,
		.iat = w->now / second,
		.jti = random_token(w->arena, TOKEN_ID_BYTES),
	};
	enum result r;

	if ((r = sweep(w, user)))
		return r;
	if ((r = store(w, user, claims.jti, expires)))
		return r;
	return make_token(w, user, &claims, token);
}

enum result
session_end(struct work *w, int64_t session)
{
	return db_run(w->db,
		"UPDATE sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
		ARGS(value_text(session_stamp(w, w->now)), value_whole(session)), NULL);
}

enum result
session_end_all(struct work *w, int64_t user, int64_t *ended)
{
	return db_run(w->db,
		"UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND ended_at IS NULL",
		ARGS(value_text(session_stamp(w, w->now)), value_whole(user)), ended);
}

void
session_cookie(struct work *w, const char *token)
{
	int seconds = token ? settings.token_minutes * 60 : 0;

	call_answer(w->call, "Set-Cookie",
		arena_printf(w->arena, "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s",
			face_state()->cookie, token ? token : "", seconds,
			settings.tls ? "; Secure" : ""));
}

enum result
session_timeout(struct work *w, int64_t user, int64_t *minutes)
{
	enum result r = db_one(w->db,
		"SELECT session_timeout_minutes FROM user_preferences WHERE user_id = $1",
		ARGS(value_whole(user)), minutes);

	if (r == MISSING || (!r && *minutes == 0)) {
		*minutes = 30;
		return OK;
	}
	return r;
}
