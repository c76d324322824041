/*
 * patient_management - all patients a user owns or may see, and which of them
 * is the active one (personal-api 2.5).
 */
#include <string.h>

#include "base/json.h"
#include "engine/store.h"
#include "personal/listing.h"
#include "personal/patient_drop.h"
#include "personal/patient_form.h"
#include "personal/patients.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/users.h"

static enum result
print(struct work *w, int64_t id)
{
	return store_print(w, &personal_patients, id, false, &w->call->out);
}

static enum result
unknown(struct work *w, int64_t id)
{
	enum result r = fail(w, MISSING, arena_printf(w->arena,
		"Patient with ID %lld not found", (long long)id));

	w->failure.description = "The requested patient does not exist";
	return r;
}

/* The patient, when the actor may do verb; the sentence when only less. */
static enum result
reach(struct work *w, int64_t id, enum verb verb, const char *denied, struct row **out)
{
	enum result r = store_get(w, &personal_patients, id, out);

	if (!r)
		r = access_patient(w, id, verb);
	if (r == MISSING)
		return unknown(w, id);
	return r == DENIED ? fail(w, DENIED, denied) : r;
}

static enum result
reach_path(struct work *w, enum verb verb, const char *denied, struct row **out)
{
	int64_t id;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_patients, NULL);
	return reach(w, id, verb, denied, out);
}

/* --- single patients --- */

static enum result
create(struct work *w)
{
	struct row *row = w->call->row;
	int64_t n = 0;
	enum result r;

	if ((r = patient_form_allowed(w)))
		return r;
	if (row_bool(row, PATIENTS_IS_SELF_RECORD)) {
		if ((r = store_lock(w, &personal_users, w->actor.id)))
			return r;
		r = db_one(w->db, "SELECT COUNT(*) FROM patients "
			"WHERE owner_user_id = $1 AND is_self_record = TRUE",
			ARGS(value_whole(w->actor.id)), &n);
		if (r)
			return r;
	}
	if (n)
		return fail_as(w, 400, "BIZ-400", "You already have a self-record. "
			"Only one self-record per user is allowed.");
	if ((r = store_put(w, row)))
		return r;
	return print(w, row->id);
}

static enum result
get(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = reach_path(w, SEE, "You don't have permission to view this patient", &row)))
		return r;
	if ((r = reach_note(w, row->rec, row->id, row->id, 0)))
		return r;
	return print(w, row->id);
}

/* Nulls and blanks count as absent here. */
static void
drop_nulls(json_t *body)
{
	const char *key;
	json_t *value;
	void *next;

	json_object_foreach_safe(body, next, key, value)
		if (json_is_null(value) || (json_is_string(value) && !*json_string_value(value)))
			(void)json_object_del(body, key);
}

/* Only the owner says who may see the patient at all. */
static enum result
read_privacy(struct work *w, int64_t id, const char **level)
{
	json_t *member = json_object_get(w->call->json, "privacy_level");
	const char *word = json_string_value(member);
	enum result r;

	*level = NULL;
	if (!member)
		return OK;
	if ((r = access_patient(w, id, OWN)))
		return fail(w, r, "Only the patient owner can change its privacy");
	if (word && (strcmp(word, "owner") == 0 || strcmp(word, "private") == 0))
		*level = arena_text(w->arena, word);
	else
		problem_at(&w->problems, "body", "privacy_level", "value_error",
			"Value error, Privacy level must be one of: owner, private");
	return OK;
}

static enum result
update(struct work *w)
{
	struct row *before, *row;
	const char *privacy;
	enum result r;

	r = reach_path(w, EDIT, "You don't have permission to edit this patient", &before);
	if (r)
		return r;
	drop_nulls(w->call->json);
	if ((r = read_privacy(w, before->id, &privacy)))
		return r;
	if ((r = patient_form_over(w, before, &row)))
		return r;
	if (privacy)
		row_set_text(row, PATIENTS_PRIVACY_LEVEL, privacy);
	if ((r = store_put(w, row)))
		return r;
	return print(w, row->id);
}

static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r;

	r = reach_path(w, OWN, "Only the patient owner can delete this record", &row);
	if (r)
		return r;
	if ((r = patient_drop(w, row)))
		return r;
	return reach_message(w,
		"Patient record and all associated medical records deleted successfully");
}

/* --- lists --- */

/* Levels that are enough for a word; an unknown word means any share. */
static const char *
levels(const char *permission)
{
	if (permission && strcmp(permission, "edit") == 0)
		return " AND s.permission_level IN ('edit', 'full')";
	if (permission && strcmp(permission, "full") == 0)
		return " AND s.permission_level = 'full'";
	return "";
}

static enum result
count_owned(struct work *w, int64_t *n)
{
	return db_one(w->db, "SELECT COUNT(*) FROM patients WHERE owner_user_id = $1",
		ARGS(value_whole(w->actor.id)), n);
}

struct ids {
	size_t n, room;
	int64_t *at;
};

static void
keep(struct work *w, struct ids *ids, int64_t id)
{
	if (ids->n == ids->room) {
		int64_t *more;

		ids->room = ids->room ? 2 * ids->room : 16;
		more = arena_new(w->arena, ids->room * sizeof(*more));
		if (ids->n)
			memcpy(more, ids->at, ids->n * sizeof(*more));
		ids->at = more;
	}
	ids->at[ids->n++] = id;
}

static enum result
collect(struct work *w, const char *sql, struct ids *ids)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, sql, ARGS(value_whole(w->actor.id)));

	if (r)
		return r;
	while (query_next(query))
		keep(w, ids, query_whole(query, 0));
	return query_close(&query);
}

/* Whoever has a share row is asked about by the one rule there is, so that what
 * is listed is what may be opened. */
static enum result
collect_shared(struct work *w, const char *permission, struct ids *ids)
{
	struct ids candidates = { 0 };
	enum result r = collect(w, arena_printf(w->arena, "SELECT p.id FROM patients p "
		"JOIN patient_shares s ON s.patient_id = p.id AND s.shared_with_user_id = $1 "
		"WHERE s.is_active = TRUE AND p.owner_user_id <> $1%s ORDER BY p.id",
		levels(permission)), &candidates);

	for (size_t i = 0; !r && i < candidates.n; i++) {
		enum result may = access_patient(w, candidates.at[i], SEE);

		if (may == FAULT)
			r = may;
		else if (may == OK)
			keep(w, ids, candidates.at[i]);
	}
	return r;
}

static enum result
list_all(struct work *w)
{
	struct text *out = &w->call->out;
	struct ids ids = { 0 };
	size_t owned;
	enum result r;

	r = collect(w, "SELECT id FROM patients WHERE owner_user_id = $1 ORDER BY id", &ids);
	owned = ids.n;
	if (!r)
		r = collect_shared(w, call_query(w->call, "permission"), &ids);
	json_open(out, '{');
	json_key(out, "patients");
	json_open(out, '[');
	for (size_t i = 0; !r && i < ids.n; i++) {
		if (i)
			text_char(out, ',');
		r = print(w, ids.at[i]);
		if (!r)
			r = reach_note(w, &personal_patients, ids.at[i], ids.at[i], 0);
	}
	json_close(out, ']');
	json_put_whole(out, "total_count", (int64_t)ids.n);
	json_put_whole(out, "owned_count", (int64_t)owned);
	json_put_whole(out, "shared_count", (int64_t)(ids.n - owned));
	json_close(out, '}');
	return r;
}

static enum result
list_owned(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_patients);
	struct ids ids = { 0 };
	enum result r = collect(w,
		"SELECT id FROM patients WHERE owner_user_id = $1 ORDER BY id", &ids);

	for (size_t i = 0; !r && i < ids.n; i++)
		r = reach_note(w, &personal_patients, ids.at[i], ids.at[i], 0);
	if (r)
		return r;
	list_where(&list, "owner_user_id", value_whole(w->actor.id));
	list.order = "id";
	list.limit = 100000;
	return listing_answer(w, &list, 0);
}

static enum result
stats(struct work *w)
{
	struct text *out = &w->call->out;
	struct ids ids = { 0 };
	int64_t owned, shared, self;
	enum result r;

	if ((r = count_owned(w, &owned)))
		return r;
	if ((r = collect_shared(w, NULL, &ids)))
		return r;
	shared = (int64_t)ids.n;
	r = db_one(w->db, "SELECT COUNT(*) FROM patients "
		"WHERE owner_user_id = $1 AND is_self_record = TRUE",
		ARGS(value_whole(w->actor.id)), &self);
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "owned_count", owned);
	json_put_whole(out, "accessible_count", owned + shared);
	json_put_bool(out, "has_self_record", self > 0);
	json_key(out, "active_patient_id");
	if (w->actor.active_patient)
		json_whole(out, w->actor.active_patient);
	else
		json_nothing(out);
	json_key(out, "sharing_stats");
	json_open(out, '{');
	json_put_whole(out, "owned", owned);
	json_put_whole(out, "shared_with_me", shared);
	json_put_whole(out, "total_accessible", owned + shared);
	json_close(out, '}');
	json_close(out, '}');
	return OK;
}

/* --- the active one --- */

static enum result
show_or_null(struct work *w, int64_t id)
{
	enum result r;

	if (!id) {
		json_nothing(&w->call->out);
		return OK;
	}
	if ((r = reach_note(w, &personal_patients, id, id, 0)))
		return r;
	return print(w, id);
}

static enum result
find_active(struct work *w, int64_t *id)
{
	enum result r;

	*id = w->actor.active_patient;
	r = *id ? access_patient(w, *id, SEE) : OK;
	if (r == MISSING || r == DENIED)
		*id = 0;
	return r == FAULT ? r : OK;
}

/* A pointer to a patient that is out of reach by now needs the step that clears
 * it; without one the call is over. */
static enum result
active(struct work *w)
{
	int64_t id;
	enum result r = find_active(w, &id);

	if (r || id != w->actor.active_patient)
		return r;
	w->call->step = COUNT(w->call->route->steps) - 1;
	return show_or_null(w, id);
}

static enum result
clear_active(struct work *w)
{
	struct row *user, *row;
	int64_t id;
	enum result r = find_active(w, &id);

	if (r || id)
		return r ? r : show_or_null(w, id);
	if ((r = store_get(w, &personal_users, w->actor.id, &user)))
		return r;
	row = reach_copy(w, user);
	row_set_null(row, USERS_ACTIVE_PATIENT_ID);
	r = store_put(w, row);
	return r ? r : show_or_null(w, 0);
}

static enum result
self_record(struct work *w)
{
	int64_t id = 0;
	enum result r = db_one(w->db, "SELECT id FROM patients "
		"WHERE owner_user_id = $1 AND is_self_record = TRUE ORDER BY id LIMIT 1",
		ARGS(value_whole(w->actor.id)), &id);

	if (r && r != MISSING)
		return r;
	return show_or_null(w, r ? 0 : id);
}

static enum result
read_switch(struct work *w)
{
	(void)reach_body_id(w, "patient_id");
	return call_sound(w);
}

static enum result
switch_to(struct work *w)
{
	int64_t id = reach_body_id(w, "patient_id");
	struct row *patient, *user, *row;
	enum result r;

	r = reach(w, id, SEE, "You don't have permission to view this patient", &patient);
	if (r)
		return r;
	if ((r = store_get(w, &personal_users, w->actor.id, &user)))
		return r;
	row = reach_copy(w, user);
	row_set_whole(row, USERS_ACTIVE_PATIENT_ID, id);
	if ((r = store_put(w, row)) || (r = reach_note(w, &personal_patients, id, id, 0)))
		return r;
	return print(w, id);
}

static const struct parameter permission[] = {
	{ .name = "permission", .type = TYPE_TEXT, .initial = "view",
	  .help = "Level a share must have at least: view, edit, full." },
	{ 0 }
};

#define PATIENTS "/patient-management/"
const struct route personal_patient_management_routes[] = {
	{ .method = POST, .path = PATIENTS, .body = BODY_JSON,
	  .steps = { { HERE, patient_form_new }, { WRITE, create } }, .rec = &personal_patients,
	  .summary = "Adds a patient that you own." },
	{ .method = GET, .path = PATIENTS, .steps = { { READ, list_all } },
	  .rec = &personal_patients, .query = permission,
	  .summary = "The patients you own and those shared with you." },
	{ .method = GET, .path = PATIENTS "owned/list", .steps = { { READ, list_owned } },
	  .rec = &personal_patients, .summary = "The patients you own." },
	{ .method = GET, .path = PATIENTS "active/current",
	  .steps = { { READ, active }, { WRITE, clear_active } },
	  .rec = &personal_patients, .summary = "Your active patient, or null." },
	{ .method = POST, .path = PATIENTS "switch", .body = BODY_JSON,
	  .steps = { { HERE, read_switch }, { WRITE, switch_to } }, .rec = &personal_patients,
	  .summary = "Makes another patient the active one.",
	  .about = "The body is {\"patient_id\": number}." },
	{ .method = GET, .path = PATIENTS "self-record", .steps = { { READ, self_record } },
	  .rec = &personal_patients, .summary = "The patient who is yourself, or null." },
	{ .method = GET, .path = PATIENTS "stats", .steps = { { READ, stats } },
	  .summary = "How many patients you own and see." },
	{ .method = GET, .path = PATIENTS "{id}", .steps = { { READ, get } },
	  .rec = &personal_patients, .summary = "One patient." },
	{ .method = PUT, .path = PATIENTS "{id}", .body = BODY_JSON,
	  .steps = { { WRITE, update } }, .rec = &personal_patients,
	  .summary = "Changes a patient.",
	  .about = "Members that are absent or null stay as they are; privacy_level (owner, "
		   "private) is the owner's to change." },
	{ .method = DELETE, .path = PATIENTS "{id}", .steps = { { WRITE, drop } },
	  .rec = &personal_patients,
	  .summary = "Deletes a patient and all that is in the record." },
	{ 0 }
};
