/*
 * patient_drop - a patient goes with everything that speaks of them.
 *
 * The medical records follow through the database's own rules.  What has no
 * foreign key to follow is looked after here: files, and invitations, whose
 * context names patients and relatives in JSON.
 */
#include "personal/patient_drop.h"

#include <jansson.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/store.h"
#include "personal/photos.h"
#include "personal/records.h"

/* Whether the context names the id, as "patient_id": 5 anywhere, or in the list
 * "patient_ids". */
static bool
names(const json_t *context, const char *one, const char *many, int64_t id)
{
	json_t *value, *element;
	const char *key;
	size_t i;

	if (json_is_array(context)) {
		json_array_foreach((json_t *)(uintptr_t)context, i, element)
			if (names(element, one, many, id))
				return true;
		return false;
	}
	json_object_foreach((json_t *)(uintptr_t)context, key, value) {
		if (strcmp(key, one) == 0 && json_integer_value(value) == id)
			return true;
		if (strcmp(key, many) == 0 && json_is_array(value))
			json_array_foreach(value, i, element)
				if (json_is_integer(element) && json_integer_value(element) == id)
					return true;
		if (names(value, one, many, id))
			return true;
	}
	return false;
}

static enum result
empty(struct work *w, int64_t invitation)
{
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	return db_run(w->db,
		"UPDATE invitations SET title = '', message = NULL, context_data = '{}', "
		"status = CASE WHEN status = 'pending' THEN 'cancelled' ELSE status END, "
		"updated_at = $2 WHERE id = $1",
		ARGS(value_whole(invitation), value_text(now)), NULL);
}

struct found {
	struct found *next;
	int64_t id;
};

static enum result
find_invitations(struct work *w, const char *one, const char *many, int64_t id,
	struct found **found)
{
	struct json_trouble trouble;
	struct query *query = NULL;
	enum result r;

	/* No index leads from an id into JSON; its digits rule out all but a few. */
	r = db_query(w->db, &query, "SELECT id, context_data FROM invitations "
		"WHERE CAST(context_data AS TEXT) LIKE $1",
		ARGS(value_text(arena_printf(w->arena, "%%%lld%%", (long long)id))));
	if (r)
		return r;
	while (query_next(query)) {
		size_t n = 0;
		const char *text = query_text(query, 1, &n);
		json_t *context = text ? json_read(text, n, &trouble) : NULL;

		if (names(context, one, many, id)) {
			struct found *hit = arena_new(w->arena, sizeof(*hit));

			hit->id = query_whole(query, 0);
			hit->next = *found;
			*found = hit;
		}
		json_decref(context);
	}
	return query_close(&query);
}

static enum result
empty_invitations(struct work *w, const char *one, const char *many, int64_t id)
{
	struct found *found = NULL;
	enum result r = find_invitations(w, one, many, id, &found);

	for (; !r && found; found = found->next)
		r = empty(w, found->id);
	return r;
}

enum result
patient_drop_relative(struct work *w, int64_t relative)
{
	return empty_invitations(w, "family_member_id", "family_member_ids", relative);
}

static enum result
drop_relatives(struct work *w, int64_t patient)
{
	struct found *relatives = NULL;
	struct query *query = NULL;
	enum result r;

	r = db_query(w->db, &query, "SELECT id FROM family_members WHERE patient_id = $1",
		ARGS(value_whole(patient)));
	if (r)
		return r;
	while (query_next(query)) {
		struct found *one = arena_new(w->arena, sizeof(*one));

		one->id = query_whole(query, 0);
		one->next = relatives;
		relatives = one;
	}
	r = query_close(&query);
	for (; !r && relatives; relatives = relatives->next)
		r = patient_drop_relative(w, relatives->id);
	return r;
}

static enum result
drop_all_files(struct work *w, int64_t patient)
{
	static const char *const statements[] = {
		"DELETE FROM entity_files WHERE entity_type = 'lab-result' AND entity_id IN "
		"(SELECT id FROM lab_results WHERE patient_id = $1)",
		"DELETE FROM entity_files WHERE entity_type = 'procedure' AND entity_id IN "
		"(SELECT id FROM procedures WHERE patient_id = $1)",
		"DELETE FROM entity_files WHERE entity_type = 'insurance' AND entity_id IN "
		"(SELECT id FROM insurance WHERE patient_id = $1)",
		"DELETE FROM entity_files WHERE entity_type IN ('encounter', 'visit') AND "
		"entity_id IN (SELECT id FROM encounters WHERE patient_id = $1)",
	};
	enum result r = OK;

	for (size_t i = 0; !r && i < COUNT(statements); i++)
		r = db_run(w->db, statements[i], ARGS(value_whole(patient)), NULL);
	return r;
}

enum result
patient_drop(struct work *w, const struct row *patient)
{
	enum result r = empty_invitations(w, "patient_id", "patient_ids", patient->id);

	if (!r)
		r = drop_relatives(w, patient->id);
	if (!r)
		r = drop_all_files(w, patient->id);
	if (!r)
		r = photo_drop(w, patient->id, NULL);
	if (!r)
		r = db_run(w->db, "UPDATE users SET active_patient_id = NULL "
			"WHERE active_patient_id = $1", ARGS(value_whole(patient->id)), NULL);
	if (!r)
		r = store_drop(w, patient);
	return r;
}

enum result
patient_drop_files(struct work *w, const char *type, int64_t id)
{
	return db_run(w->db, "DELETE FROM entity_files WHERE entity_type = $1 AND entity_id = $2",
		ARGS(value_text(type), value_whole(id)), NULL);
}
