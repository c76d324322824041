/*
 * visitor - from a header or a cookie to an actor, by way of one query.
 *
 * The hot path: a token seen before costs one SHA-256 and one prepared join; no
 * JSON is parsed.
 */
#include "personal/visitor.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/moment.h"
#include "db/writer.h"
#include "engine/store.h"
#include "personal/access.h"
#include "personal/face.h"
#include "personal/jwt.h"
#include "personal/path.h"
#include "personal/throttle.h"
#include "personal/tokens.h"

/* Longer ones are none of ours. */
enum { MAX_TOKEN = 4096 };

static const int64_t second = INT64_C(1000000);

#define SESSION_COLUMNS                                                                \
	"SELECT s.id, s.user_id, s.expires_at, s.last_used_at, u.username, u.role, "   \
	"u.active_patient_id, p.session_timeout_minutes, u.password_once "             \
	"FROM sessions s JOIN users u ON u.id = s.user_id "                            \
	"LEFT JOIN user_preferences p ON p.user_id = u.id "                            \
	"WHERE s.ended_at IS NULL AND (u.is_active IS NULL OR u.is_active = TRUE) AND "
enum { S_ID, S_USER, S_EXPIRES, S_LAST_USED, S_NAME, S_ROLE, S_ACTIVE_PATIENT, S_TIMEOUT,
	S_ONCE };

static const char by_token[] = SESSION_COLUMNS "s.token_id = $1";
static const char by_id[] = SESSION_COLUMNS "s.id = $1";

/* The call this thread has just found the actor of: its admit need not look
 * again.  The writer's thread never finds one, so there it always looks. */
static _Thread_local const struct work *asked;

static enum result
refuse(struct work *w, const char *message)
{
	return fail_as(w, 401, "AUTH-401", message);
}

static const char *
token_of_header(struct work *w)
{
	const char *header = call_header(w->call, "authorization");
	size_t n;

	if (!header || strncasecmp(header, "bearer ", strlen("bearer ")) != 0)
		return NULL;
	header += strlen("bearer ");
	header += strspn(header, " \t");
	n = strlen(header);
	while (n > 0 && (header[n - 1] == ' ' || header[n - 1] == '\t'))
		n--;
	if (n == 0)
		return NULL;
	return header[n] ? arena_copy(w->arena, header, n) : header;
}

static const char *
token_of_cookie(struct work *w)
{
	const char *name = face_state()->cookie;
	const char *at = call_header(w->call, "cookie");
	size_t n_name = strlen(name);

	while (at && *at) {
		size_t n;

		at += strspn(at, " ;");
		n = strcspn(at, ";");
		if (n > n_name + 1 && at[n_name] == '=' && strncmp(at, name, n_name) == 0)
			return arena_copy(w->arena, at + n_name + 1, n - n_name - 1);
		at += n;
	}
	return NULL;
}

static bool
is_admin(const char *role)
{
	return text_same(role, "admin") || text_same(role, "administrator");
}

static bool
alive(const struct work *w, struct query *q)
{
	int64_t minutes = query_null(q, S_TIMEOUT) ? 30 : query_whole(q, S_TIMEOUT);
	const char *text = query_text(q, S_EXPIRES, NULL);
	int64_t expires, last;

	if (!text || !moment_load(text, &expires) || w->now >= expires)
		return false;
	text = query_text(q, S_LAST_USED, NULL);
	if (!text || !moment_load(text, &last))
		return false;
	tokens_last_use(query_whole(q, S_ID), &last);
	return w->now - last < minutes * 60 * second;
}

static void
fill(struct work *w, struct query *q)
{
	struct actor *actor = &w->actor;

	actor->kind = USER;
	actor->id = query_whole(q, S_USER);
	actor->session = query_whole(q, S_ID);
	actor->name = arena_text(w->arena, query_text(q, S_NAME, NULL));
	actor->role = arena_text(w->arena, query_text(q, S_ROLE, NULL));
	actor->admin = is_admin(actor->role);
	actor->active_patient = query_whole(q, S_ACTIVE_PATIENT);
	actor->held = query_whole(q, S_ONCE) != 0;
}

struct touch {
	struct job job;
	int64_t session;
	int64_t at;
};

static enum result
run_touch(struct job *job, struct db *db)
{
	struct touch *touch = (struct touch *)job;
	char stored[MOMENT_SIZE];

	moment_store(touch->at, stored);
	return db_run(db, "UPDATE sessions SET last_used_at = $1 WHERE id = $2",
		ARGS(value_text(stored), value_whole(touch->session)), NULL);
}

static void
free_touch(struct job *job, enum result result)
{
	(void)result; /* a lost one only ends a session a minute early */
	free(job);
}

/* Stored at most once a minute; a full queue has better to do. */
static void
note_use(struct work *w, int64_t stored)
{
	struct touch *touch;

	if (!tokens_use(w->actor.session, stored, w->now))
		return;
	touch = calloc(1, sizeof(*touch));
	if (!touch)
		return;
	touch->job.run = run_touch;
	touch->job.done = free_touch;
	touch->session = w->actor.session;
	touch->at = w->now;
	if (!writer_put(store_writer(face_state()->store), &touch->job))
		free(touch);
}

/* OK and the actor filled, MISSING when no such session lives. */
static enum result
look(struct work *w, const char *sql, struct value key, int64_t user)
{
	struct query *q = NULL;
	enum result r, closed;
	int64_t stored = 0;

	if ((r = db_query(w->db, &q, sql, &key, 1)))
		return r;
	r = MISSING;
	if (query_next(q) && query_whole(q, S_USER) == user && alive(w, q)) {
		const char *text = query_text(q, S_LAST_USED, NULL);

		(void)moment_load(text, &stored);
		fill(w, q);
		r = OK;
	}
	closed = query_close(&q);
	if (!closed && !r)
		note_use(w, stored);
	return closed ? closed : r;
}

/* A token not seen before: verified, its session found and both remembered. */
static enum result
verify(struct work *w, const char *token, struct known_token *known)
{
	struct claims claims;
	enum result r;

	switch (jwt_read(w->arena, face_state()->jwt_key, token, &claims)) {
	case JWT_GOOD:
		break;
	case JWT_SHAPELESS:
	case JWT_NAMELESS:
		return refuse(w, "Authentication failed");
	case JWT_BAD:
	default:
		return refuse(w, "Token validation failed");
	}
	if (w->now / second >= claims.exp)
		return MISSING;
	if ((r = look(w, by_token, value_text(claims.jti), claims.user_id)))
		return r;
	known->user_id = claims.user_id;
	known->exp = claims.exp;
	known->session = w->actor.session;
	tokens_keep(known);
	return OK;
}

/* Most requests name the patient they are about: what the user may do there will be
 * asked as soon as it is known that the token holds. */
static void
foresee_access(struct work *w, int64_t user)
{
	const char *given = call_query(w->call, "patient_id");
	int64_t patient;

	if (given && w->call->method == GET && text_whole(given, 1, INT32_MAX, &patient))
		personal_access_foresee(w, user, patient);
}

static enum result
check_token(struct work *w, const char *token)
{
	struct known_token known;
	size_t n = strlen(token);
	uint8_t hash[HASH_SIZE];
	enum result r;

	if (n > MAX_TOKEN)
		return refuse(w, "Token validation failed");
	hash_sha256(token, n, hash);
	if (!tokens_find(hash, &known)) {
		memcpy(known.hash, hash, sizeof(hash));
		r = verify(w, token, &known);
	} else if (w->now / second >= known.exp) {
		r = MISSING;
	} else {
		foresee_access(w, known.user_id);
		r = look(w, by_id, value_whole(known.session), known.user_id);
	}
	return r == MISSING ? refuse(w, "Token validation failed") : r;
}

enum result
visitor_find(struct work *w)
{
	const char *token = token_of_header(w);
	bool by_cookie = false;
	enum result r;

	w->actor = (struct actor){ .kind = NOBODY };
	asked = w;
	if (!token) {
		token = token_of_cookie(w);
		by_cookie = token != NULL;
	}
	if (!token)
		return OK;
	r = check_token(w, token);
	/* An old cookie must not keep anybody from the page to sign in at. */
	if (r == DENIED && w->call->route && w->call->route->need == NEED_NOBODY) {
		w->actor = (struct actor){ .kind = NOBODY };
		w->failure = (struct failure){ 0 };
		return OK;
	}
	w->actor.by_cookie = by_cookie;
	return r;
}

enum result
visitor_ended(struct work *w, bool *ended)
{
	const char *token = token_of_cookie(w);
	struct claims claims;
	int64_t living = 0;
	enum result r;

	*ended = false;
	if (!token || strlen(token) > MAX_TOKEN
		|| jwt_read(w->arena, face_state()->jwt_key, token, &claims) != JWT_GOOD)
		return OK;
	r = db_one(w->db,
		"SELECT COUNT(*) FROM sessions s JOIN users u ON u.id = s.user_id "
		"WHERE s.token_id = $1 AND s.ended_at IS NULL "
		"AND (u.is_active IS NULL OR u.is_active = TRUE)",
		ARGS(value_text(claims.jti)), &living);
	*ended = !r && living == 0;
	return r;
}

/* Origins: "http://host:port" of our own, however the browser calls us. */
static bool
origin_is_ours(const struct call *call, const char *origin)
{
	const char *host = call_header(call, "host");
	const char *rest;

	if (settings.origin && text_same(origin, settings.origin))
		return true;
	if (!host || !text_starts(origin, call->tls ? "https://" : "http://"))
		return false;
	rest = strstr(origin, "://") + strlen("://");
	return *rest && text_same(rest, host);
}

bool
visitor_same_origin(const struct call *call)
{
	const char *site = call_header(call, "sec-fetch-site");
	const char *origin = call_header(call, "origin");

	if (site && (strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0))
		return true;
	if (origin)
		return origin_is_ours(call, origin);
	return !site;
}

enum result
visitor_refuse_foreign(struct work *w)
{
	if (visitor_same_origin(w->call))
		return OK;
	return fail_as(w, 403, "PERM-403", "This request must come from our own pages");
}

enum result
visitor_slow_down(struct work *w, int seconds)
{
	enum result r = fail_as(w, 429, NULL, "Too many requests. Please try again later.");

	w->failure.retry_after = seconds;
	return r;
}

static enum result
check_pace(struct work *w)
{
	const struct rate rate = { .what = "general",
		.per_second = settings.requests_per_second,
		.burst = 5.0 * settings.requests_per_second };
	int wait = settings.rate_limit
		? throttle_take_id(&rate, w->actor.id, moment_monotonic()) : 0;

	return wait ? visitor_slow_down(w, wait) : OK;
}

/* What needs to be asked but once: where a write came from, and how often. */
static enum result
check_manners(struct work *w)
{
	enum result r;

	if (w->actor.by_cookie && w->call->method != GET && w->call->method != OPTIONS
		&& (r = visitor_refuse_foreign(w)))
		return r;
	return check_pace(w);
}

static enum result
look_again(struct work *w)
{
	enum result r = look(w, by_id, value_whole(w->actor.session), w->actor.id);

	return r == MISSING ? refuse(w, "Token validation failed") : r;
}

/* A password somebody else has seen opens nothing but the way to a new one. */
static enum result
check_held(struct work *w)
{
	static const char *const ways[] = { "/users/me", "/auth/change-password", "/auth/logout" };

	for (size_t i = 0; i < COUNT(ways); i++)
		if (strcmp(w->call->route->path, ways[i]) == 0 && w->call->method != DELETE)
			return OK;
	return fail_as(w, 403, "PASSWORD-403", "Change your password first");
}

enum result
visitor_admit(struct work *w)
{
	bool first = asked == w;
	enum result r;

	asked = NULL;
	if (w->actor.kind == USER && (r = first ? check_manners(w) : look_again(w)))
		return r;
	if (w->call->route->need == NEED_NOBODY)
		return OK;
	if (w->actor.kind != USER)
		return refuse(w, "Authentication required");
	if (w->actor.held && (r = check_held(w)))
		return r;
	if (w->call->route->need == NEED_ADMIN && !w->actor.admin)
		return fail_as(w, 403, "PERM-403", "Admin privileges required");
	return first ? path_check(w) : OK;
}

enum result
visitor_staff(struct work *w, struct actor *actor)
{
	struct work ours = *w;
	enum result r;

	ours.store = face_state()->store;
	ours.memo = NULL;
	ours.db = ours.store ? store_reader(ours.store) : NULL;
	if (!ours.db || db_begin_read(ours.db))
		return fail_as(w, 503, NULL, NULL);
	r = visitor_find(&ours);
	db_end_read(ours.db);
	asked = NULL;
	if (!r && ours.actor.kind != USER)
		return MISSING;
	if (!r && ours.actor.by_cookie && w->call->method != GET && w->call->method != OPTIONS)
		r = visitor_refuse_foreign(&ours);
	/* Known already: the clinic looks again in the write, which is the same request. */
	if (!r && w->actor.kind == NOBODY)
		r = check_pace(&ours);
	if (!r && ours.actor.held)
		r = check_held(&ours);
	if (r)
		w->failure = ours.failure;
	else
		*actor = ours.actor;
	return r;
}
