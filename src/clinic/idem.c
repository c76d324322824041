/*
 * idem - a POST sent again under the same Idempotency-Key gets the first reply.
 */
#include "clinic/idem.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/moment.h"
#include "engine/call.h"
#include "engine/house.h"
#include "engine/store.h"

enum { KEY_MOST = 200 };
static const int64_t day = INT64_C(86400) * 1000000;

static const char *
key_of(const struct work *w)
{
	return call_header(w->call, "idempotency-key");
}

static const char *
actor_of(struct work *w)
{
	return arena_printf(w->arena, "%s/%lld", w->actor.kind == CLIENT ? "client" : "user",
		(long long)w->actor.id);
}

/* The path, not the pattern: one key for two patients is a mistake to show. */
static const char *
route_of(struct work *w)
{
	return arena_printf(w->arena, "POST %s", w->call->path);
}

static const char *
hash_of(struct work *w)
{
	char hex[HASH_HEX];

	hash_hex(w->call->body ? w->call->body : "", w->call->n_body, hex);
	return arena_text(w->arena, hex);
}

static enum result
answer_again(struct work *w, struct query *query, bool *again)
{
	const char *hash = query_text(query, 0, NULL);
	const char *reply = query_text(query, 2, NULL), *location = query_text(query, 3, NULL);

	if (!hash || strcmp(hash, hash_of(w)) != 0)
		return fail_as(w, 422, "idempotency_key_reused",
			"This Idempotency-Key was sent with another body.");
	*again = true;
	w->call->status = (int)query_whole(query, 1);
	text_add(&w->call->out, reply ? reply : "");
	if (location)
		call_answer(w->call, "Location", arena_text(w->arena, location));
	call_answer(w->call, "Idempotency-Replayed", "true");
	return OK;
}

enum result
idem_find(struct work *w, bool *again)
{
	struct query *query CLEANUP(query_drop) = NULL;
	const char *key = key_of(w);
	char now[MOMENT_SIZE];
	enum result r;

	*again = false;
	if (!key)
		return OK;
	if (!*key || strlen(key) > KEY_MOST)
		return fail_as(w, 400, "idempotency_key", "The Idempotency-Key is empty or too long.");
	if ((r = store_lock_name(w, arena_printf(w->arena, "idem %s %s %s", actor_of(w),
		     route_of(w), key))))
		return r;
	moment_store(w->now, now);
	if ((r = db_query(w->db, &query, "SELECT body_hash, status, reply, location "
		"FROM idempotency_keys WHERE actor = $1 AND route = $2 AND idempotency_key = $3 "
		"AND expires_at > $4", ARGS(value_text(actor_of(w)), value_text(route_of(w)),
			value_text(key), value_text(now)))))
		return r;
	if (!query_next(query))
		return query_close(&query);
	return answer_again(w, query, again);
}

enum result
idem_keep(struct work *w, int status, const char *location)
{
	const char *key = key_of(w);
	struct row *row;
	char now[MOMENT_SIZE], expires[MOMENT_SIZE];
	enum result r;

	if (!key)
		return OK;
	moment_store(w->now, now);
	moment_store(w->now + day, expires);
	if ((r = db_run(w->db, "DELETE FROM idempotency_keys WHERE expires_at <= $1",
		     ARGS(value_text(now)), NULL)))
		return r;
	row = row_new(w->arena, &engine_idempotency_keys);
	row_set_text(row, IDEM_ACTOR, actor_of(w));
	row_set_text(row, IDEM_ROUTE, route_of(w));
	row_set_text(row, IDEM_KEY, key);
	row_set_text(row, IDEM_BODY_HASH, hash_of(w));
	row_set_whole(row, IDEM_STATUS, status);
	row_set_text(row, IDEM_REPLY, arena_copy(w->arena, w->call->out.at, w->call->out.len));
	row_set_text(row, IDEM_LOCATION, location);
	row_set_text(row, IDEM_EXPIRES, arena_text(w->arena, expires));
	return store_put(w, row);
}
