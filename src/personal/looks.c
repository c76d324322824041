/*
 * looks - how people look to one user: what colour they gave whom, who has a photo.
 *
 * Ours, beside the contract's tables: two users of one record need not like the same
 * colour, and none of it is said of the patient.
 */
#include "personal/looks.h"

#include "base/json.h"
#include "engine/access.h"
#include "engine/store.h"
#include "personal/patient_looks.h"
#include "personal/photos.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { HUES = 8 };

static const struct field fields[] = {
	REF  (PATIENT_LOOKS_USER_ID, "user_id", "User", personal_users, .not_null = true,
	      .read_only = true, .on_delete = CASCADE),
	REF  (PATIENT_LOOKS_PATIENT_ID, "patient_id", "Patient", personal_patients,
	      .not_null = true, .read_only = true, .on_delete = CASCADE),
	WHOLE(PATIENT_LOOKS_HUE, "hue", "Colour", .not_null = true, .min = 0, .max = HUES - 1),
};

const struct record personal_patient_looks = {
	.name = "patient_looks",
	.one = "Colour",
	.many = "Colours",
	.summary = "The colour a user gave a patient.",
	.entity = "patient_look",
	.internal = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_patient_looks_patient_id", "patient_id" },
		{ "uq_patient_looks", "user_id, patient_id", .unique = true },
		{ 0 }
	},
};

/* ---- choosing ---- */

static enum result
find(struct work *w, int64_t patient, struct row **row)
{
	int64_t id;
	enum result r = db_one(w->db,
		"SELECT id FROM patient_looks WHERE user_id = $1 AND patient_id = $2",
		ARGS(value_whole(w->actor.id), value_whole(patient)), &id);

	return r ? r : store_get(w, &personal_patient_looks, id, row);
}

static enum result
set(struct work *w, int64_t patient, const struct row *before, int64_t hue)
{
	struct row *row = before ? row_edit(w->arena, before)
		: row_new(w->arena, &personal_patient_looks);

	row_set_whole(row, PATIENT_LOOKS_USER_ID, w->actor.id);
	row_set_whole(row, PATIENT_LOOKS_PATIENT_ID, patient);
	row_set_whole(row, PATIENT_LOOKS_HUE, hue);
	return store_put(w, row);
}

static enum result
choose(struct work *w)
{
	const json_t *hue = json_object_get(w->call->json, "hue");
	struct text *out = &w->call->out;
	struct row *before = NULL;
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	if (!json_is_null(hue) && (!json_is_integer(hue) || json_integer_value(hue) < 0
		|| json_integer_value(hue) >= HUES)) {
		problem_at(&w->problems, "body", "hue", "value_error", "%s",
			"Colour must be a number from 0 to 7, or null");
		return INVALID;
	}
	r = store_lock_name(w, arena_printf(w->arena, "look %lld %lld", (long long)w->actor.id,
		(long long)patient));
	if (r)
		return r;
	if ((r = find(w, patient, &before)) && r != MISSING)
		return r;
	if (json_is_integer(hue))
		r = set(w, patient, before, json_integer_value(hue));
	else
		r = before ? store_drop(w, before) : OK;
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_key(out, "hue");
	if (json_is_integer(hue))
		json_whole(out, json_integer_value(hue));
	else
		json_nothing(out);
	json_close(out, '}');
	return OK;
}

/* ---- telling ---- */

static const char candidates[] =
	"SELECT p.id, (SELECT l.hue FROM patient_looks l WHERE l.patient_id = p.id "
	"AND l.user_id = $1), (SELECT f.file_path FROM patient_photos f "
	"WHERE f.patient_id = p.id) FROM patients p WHERE p.id IN ("
	"SELECT id FROM patients WHERE owner_user_id = $1 UNION "
	"SELECT patient_id FROM patient_shares WHERE shared_with_user_id = $1 "
	"AND is_active = TRUE) ORDER BY p.id";
enum { L_ID, L_HUE, L_PATH };

/* Prints the one under the cursor, if there is anything to tell and it is not out of reach
 * by now. */
static enum result
print(struct work *w, struct query *query, struct text *out)
{
	const struct failure failure = w->failure;
	const char *path = query_text(query, L_PATH, NULL);
	int64_t id = query_whole(query, L_ID);
	enum result r;

	if (!path && query_null(query, L_HUE))
		return OK;
	r = access_patient(w, id, SEE);
	if (r == MISSING || r == DENIED) {
		w->failure = failure;
		return OK;
	}
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", id);
	json_key(out, "hue");
	if (query_null(query, L_HUE))
		json_nothing(out);
	else
		json_whole(out, query_whole(query, L_HUE));
	json_put_text(out, "photo", path ? photo_version(w->arena, path) : NULL);
	json_close(out, '}');
	return OK;
}

enum result
looks_print(struct work *w, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = OK;

	json_key(out, "looks");
	json_open(out, '[');
	if (w->actor.kind == USER)
		r = db_query(w->db, &query, candidates, ARGS(value_whole(w->actor.id)));
	while (!r && query && query_next(query))
		r = print(w, query, out);
	json_close(out, ']');
	if (r || !query)
		return r;
	return query_close(&query);
}

const struct route personal_look_routes[] = {
	{ .method = PUT, .path = "/people/{patient_id}/look", .body = BODY_JSON,
	  .steps = { { WRITE, choose } }, .input = &personal_patient_looks,
	  .summary = "Gives a patient a colour, for your eyes alone.",
	  .about = "\"hue\" is 0 to 7; null: the one that follows from the id." },
	{ 0 }
};
