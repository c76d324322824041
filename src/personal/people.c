/*
 * people - users seen from outside, and rights seen through their eyes.
 */
#include "personal/people.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "engine/call.h"
#include "engine/store.h"
#include "personal/reach.h"

static enum result
read_person(struct work *w, const char *sql, struct value key, struct person *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	if ((r = db_query(w->db, &query, sql, &key, 1)))
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : MISSING;
	out->id = query_whole(query, 0);
	out->username = arena_text(w->arena, query_text(query, 1, NULL));
	out->name = arena_text(w->arena, query_text(query, 2, NULL));
	out->email = arena_text(w->arena, query_text(query, 3, NULL));
	return query_close(&query);
}

enum result
people_find(struct work *w, const char *identifier, struct person *out)
{
	return read_person(w,
		"SELECT id, username, full_name, email FROM users "
		"WHERE (username = $1 OR email = $1) AND (is_active IS NULL OR is_active = TRUE) "
		"ORDER BY id LIMIT 1", value_text(identifier), out);
}

enum result
people_get(struct work *w, int64_t id, struct person *out)
{
	return read_person(w, "SELECT id, username, full_name, email FROM users WHERE id = $1",
		value_whole(id), out);
}

enum result
people_print(struct work *w, struct text *out, const char *key, int64_t id)
{
	struct person person;
	enum result r = people_get(w, id, &person);

	if (r == MISSING) {
		json_put_nothing(out, key);
		return OK;
	}
	if (r)
		return r;
	json_key(out, key);
	json_open(out, '{');
	json_put_whole(out, "id", person.id);
	json_put_text(out, "name", person.name);
	json_put_text(out, "email", person.email);
	json_close(out, '}');
	return OK;
}

enum result
people_may(struct work *w, int64_t user, int64_t patient, enum verb verb, bool *may)
{
	struct actor asking = w->actor;
	struct failure failure = w->failure;
	struct refusal refusal = w->refusal;
	enum result r;

	w->actor = (struct actor){ .kind = USER, .id = user };
	r = access_patient(w, patient, verb);
	w->actor = asking;
	w->failure = failure;
	w->refusal = refusal;
	*may = r == OK;
	return r == MISSING || r == DENIED ? OK : r;
}

enum result
people_note(struct work *w, const struct row *row, const char *action, int64_t patient)
{
	char *verb = arena_text(w->arena, action);

	*verb = (char)toupper((unsigned char)*verb);
	return audit_add(w, &(struct entry){
		.action = action,
		.entity_type = row->rec->entity,
		.entity_id = row->id,
		.patient = patient,
		.description = arena_printf(w->arena, "%s %s %lld", verb, row->rec->one,
			(long long)row->id),
	});
}

enum result
people_put(struct work *w, struct row *row, const char *action, int64_t patient)
{
	enum result r;

	w->quiet = true;
	r = store_put(w, row);
	w->quiet = false;
	return r ? r : people_note(w, row, action, patient);
}

void
people_moment(struct text *out, const char *key, const char *stored)
{
	char iso[ISO_SIZE];

	json_key(out, key);
	if (stored)
		json_bytes(out, iso, moment_reprint(stored, strlen(stored), iso));
	else
		json_nothing(out);
}

static bool
holds(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

static void
read_id(struct work *w, const char *member, size_t i, const json_t *json, struct ids *out)
{
	const char *place = arena_printf(w->arena, "%s.%zu", member, i);
	int64_t id = 0;

	if (json_is_integer(json))
		id = json_integer_value(json);
	else if (!json_is_string(json) ||
		!text_whole(json_string_value(json), INT64_MIN, INT64_MAX, &id))
		problem_at(&w->problems, "body", place, "int_type",
			"Input should be a valid integer");
	if (id > PEOPLE_HIGHEST_ID)
		problem_at(&w->problems, "body", place, "value_error",
			"Patient ID exceeds reasonable bounds");
	else if (json_is_integer(json) && id < 1)
		problem_at(&w->problems, "body", place, "greater_than_equal",
			"Input should be greater than or equal to 1");
	else if (id > 0 && !holds(out, id))
		out->at[out->n++] = id;
}

void
people_ids(struct work *w, const char *member, const char *none, const char *many,
	struct ids *out)
{
	const json_t *list = json_object_get(w->call->json, member);

	out->n = 0;
	if (!list)
		problem_at(&w->problems, "body", member, "missing", "Field required");
	else if (!json_is_array(list))
		problem_at(&w->problems, "body", member, "list_type",
			"Input should be a valid list");
	else if (json_array_size(list) == 0)
		problem_at(&w->problems, "body", member, "value_error", "%s", none);
	else if (json_array_size(list) > PEOPLE_MOST_IDS)
		problem_at(&w->problems, "body", member, "value_error", "%s", many);
	else
		for (size_t i = 0; i < json_array_size(list); i++)
			read_id(w, member, i, json_array_get(list, i), out);
}

void
people_count(struct work *w, struct tally *tally, int64_t patient)
{
	for (size_t i = 0; i < tally->n; i++)
		if (tally->at[i].patient == patient) {
			tally->at[i].rows++;
			return;
		}
	if (tally->n == tally->room) {
		struct told *more;

		tally->room = tally->room ? 2 * tally->room : 8;
		more = arena_new(w->arena, tally->room * sizeof(*more));
		if (tally->n)
			memcpy(more, tally->at, tally->n * sizeof(*more));
		tally->at = more;
	}
	tally->at[tally->n++] = (struct told){ patient, 1 };
}

enum result
people_told(struct work *w, const struct tally *tally, const struct record *rec)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < tally->n; i++)
		r = reach_note(w, rec, 0, tally->at[i].patient, tally->at[i].rows);
	return r;
}
