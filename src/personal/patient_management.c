/*
 * patient_management - all patients a user owns or may see, and which of them
 * is the active one (personal-api 2.5).
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
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

/* Nulls count as absent here. */
static void
drop_nulls(json_t *body)
{
	const char *key;
	json_t *value;
	void *next;

	json_object_foreach_safe(body, next, key, value)
		if (json_is_null(value))
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
		return " AND permission_level IN ('edit', 'full')";
	if (permission && strcmp(permission, "full") == 0)
		return " AND permission_level = 'full'";
	return "";
}

static enum result
count_owned(struct work *w, int64_t *n)
{
	return db_one(w->db, "SELECT COUNT(*) FROM patients WHERE owner_user_id = $1",
		ARGS(value_whole(w->actor.id)), n);
}

#define SHARED                                                                         \
	"(privacy_level <> 'private' AND owner_user_id <> $1 AND id IN "               \
	"(SELECT patient_id FROM patient_shares WHERE shared_with_user_id = $1 "       \
	"AND is_active = TRUE AND (expires_at IS NULL OR expires_at > $2)%s))"

static enum result
list_all(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_patients);
	struct text *out = &w->call->out;
	char now[MOMENT_SIZE];
	int64_t owned;
	size_t n;
	enum result r;

	if ((r = count_owned(w, &owned)))
		return r;
	moment_store(w->now, now);
	list.args[list.n_args++] = value_whole(w->actor.id);
	list.args[list.n_args++] = value_text(now);
	text_printf(&list.where, " WHERE (owner_user_id = $1 OR " SHARED ")",
		levels(call_query(w->call, "permission")));
	list.order = "CASE WHEN owner_user_id = $1 THEN 0 ELSE 1 END, id";
	list.limit = 100000;
	json_open(out, '{');
	json_key(out, "patients");
	if ((r = store_list(w, &list, out, &n)))
		return r;
	json_put_whole(out, "total_count", (int64_t)n);
	json_put_whole(out, "owned_count", owned);
	json_put_whole(out, "shared_count", (int64_t)n - owned);
	json_close(out, '}');
	return reach_note(w, &personal_patients, 0, 0, n);
}

static enum result
list_owned(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_patients);

	list_where(&list, "owner_user_id", value_whole(w->actor.id));
	list.order = "id";
	list.limit = 100000;
	return listing_answer(w, &list, 0);
}

static enum result
stats(struct work *w)
{
	struct text *out = &w->call->out;
	char now[MOMENT_SIZE];
	int64_t owned, shared, self;
	enum result r;

	moment_store(w->now, now);
	if ((r = count_owned(w, &owned)))
		return r;
	r = db_one(w->db, arena_printf(w->arena,
		"SELECT COUNT(*) FROM patients WHERE " SHARED, ""),
		ARGS(value_whole(w->actor.id), value_text(now)), &shared);
	if (r)
		return r;
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

/* A pointer to a patient that is out of reach now reads as none. */
static enum result
active(struct work *w)
{
	int64_t id = w->actor.active_patient;
	enum result r = id ? access_patient(w, id, SEE) : OK;

	if (r == FAULT)
		return r;
	return show_or_null(w, r ? 0 : id);
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
	if ((r = store_put(w, row)))
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
	{ .method = GET, .path = PATIENTS "active/current", .steps = { { READ, active } },
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
