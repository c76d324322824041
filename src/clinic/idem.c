/*
 * idem - a POST sent again under the same Idempotency-Key gets the first reply.
 */
#include "clinic/idem.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/moment.h"
#include "clinic/records.h"
#include "clinic/rows.h"
#include "engine/audit.h"
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

/* The reply shows the row once more: that is a read of it. */
static enum result
note_again(struct work *w, const char *location)
{
	const struct record *rec = w->call->route->rec;
	const char *key = location ? strrchr(location, '/') : NULL;
	int64_t patient = 0;
	struct row *row;
	enum result r = key ? rows_find(w, rec, key + 1, &row) : MISSING;

	if (!r)
		r = store_patient_of(w, row, &patient);
	if (r)
		return r == MISSING ? fail(w, MISSING, "What was made under this key is gone.") : r;
	return audit_add(w, &(struct entry){
		.action = "read",
		.entity_type = rec->entity,
		.entity_id = row->id,
		.patient = patient,
		.description = arena_printf(w->arena, "Was told again of %s %lld", rec->one,
			(long long)row->id),
	});
}

static enum result
answer_again(struct work *w, struct query *query, bool *again)
{
	const char *hash = query_text(query, 0, NULL);
	const char *reply = query_text(query, 2, NULL), *location = query_text(query, 3, NULL);
	enum result r;

	if (!hash || strcmp(hash, hash_of(w)) != 0)
		return fail_as(w, 422, "idempotency_key_reused",
			"This Idempotency-Key was sent with another body.");
	if ((r = note_again(w, location)))
		return r;
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

enum result
idem_forget(struct work *w, const char *location)
{
	return db_run(w->db, "DELETE FROM idempotency_keys WHERE location = $1",
		ARGS(value_text(location)), NULL);
}

struct place {
	struct place *next;
	const char *location;
};

/* Read whole before the first is forgotten: a connection runs one statement at a time. */
static enum result
list_places(struct work *w, const char *sql, int64_t patient, struct place **places)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, sql, ARGS(value_whole(patient)));

	while (!r && query_next(query)) {
		struct place *place = arena_new(w->arena, sizeof(*place));

		*place = (struct place){ *places, arena_text(w->arena, query_text(query, 0, NULL)) };
		*places = place;
	}
	return r ? r : query_close(&query);
}

/* One by one, not by a join: PostgreSQL would walk through all that is kept. */
enum result
idem_forget_patient(struct work *w, const struct row *patient)
{
#define MADE(route, key, table)                                                       \
	"SELECT '/clinic/v1/" route "/' || " key " FROM " table " WHERE patient_id = $1"
	static const char *const sql[] = {
		MADE("appointments", "appointment_id", "appointments"),
		MADE("medications", "medication_id", "medications"),
		MADE("allergies", "CAST(id AS TEXT)", "allergies"),
		MADE("vital-signs", "CAST(id AS TEXT)", "vital_signs"),
		MADE("lab-results", "order_id", "lab_results"),
	};
#undef MADE
	struct place *places = NULL;
	enum result r = idem_forget(w, arena_printf(w->arena, "/clinic/v1/patients/%s",
		row_text(patient, PATIENTS_MRN)));

	for (size_t i = 0; !r && i < COUNT(sql); i++)
		r = list_places(w, sql[i], patient->id, &places);
	for (; !r && places; places = places->next)
		r = idem_forget(w, places->location);
	return r;
}
