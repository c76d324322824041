/*
 * patient_sharing - shares of patients, seen from both sides (personal-api 2.6).
 *
 * The owner lists and ends everything; a holder of a full share changes and ends
 * what they passed on, and hears nothing of the rest.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "engine/form.h"
#include "engine/print.h"
#include "engine/store.h"
#include "personal/patient_shares.h"
#include "personal/patients.h"
#include "personal/people.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/shares.h"

#define NOT_OWNED "Patient not found or not owned by user"

/* --- lists --- */

/* Ids first: what is told of each needs queries of its own. */
static enum result
collect(struct work *w, const char *sql, int64_t key, struct tally *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, sql, ARGS(value_whole(key)));

	if (r)
		return r;
	while (query_next(query))
		people_count(w, out, query_whole(query, 0));
	return query_close(&query);
}

static enum result
print_user(struct work *w, struct text *out, const char *key, int64_t id)
{
	struct person person = { 0 };
	enum result r = people_get(w, id, &person);

	if (r && r != MISSING)
		return r;
	json_key(out, key);
	json_open(out, '{');
	json_put_whole(out, "id", id);
	json_put_text(out, "username", person.username);
	json_put_text(out, "name", person.name);
	json_close(out, '}');
	return OK;
}

/* Who may not see the patient (any more) reads the share, but no name. */
static enum result
print_patient(struct work *w, struct text *out, int64_t id, struct tally *told)
{
	struct row *row = NULL;
	enum result r = access_patient(w, id, SEE);

	if (!r)
		r = store_get(w, &personal_patients, id, &row);
	if (r == FAULT)
		return r;
	if (row)
		people_count(w, told, id);
	json_key(out, "patient");
	json_open(out, '{');
	json_put_whole(out, "id", id);
	json_put_text(out, "first_name", row ? row_text(row, PATIENTS_FIRST_NAME) : NULL);
	json_put_text(out, "last_name", row ? row_text(row, PATIENTS_LAST_NAME) : NULL);
	json_put_text(out, "birth_date", row ? row_text(row, PATIENTS_BIRTH_DATE) : NULL);
	json_close(out, '}');
	return OK;
}

static enum result
print_detail(struct work *w, int64_t id, struct tally *told)
{
	struct text *out = &w->call->out;
	struct row *row;
	enum result r = store_get(w, &personal_patient_shares, id, &row);

	if (r)
		return r;
	print_row(row, out);
	reach_reopen(w);
	r = print_patient(w, out, row_whole(row, PATIENT_SHARES_PATIENT_ID), told);
	if (!r)
		r = print_user(w, out, "shared_by_user",
			row_whole(row, PATIENT_SHARES_SHARED_BY_USER_ID));
	if (!r)
		r = print_user(w, out, "shared_with_user",
			row_whole(row, PATIENT_SHARES_SHARED_WITH_USER_ID));
	json_close(out, '}');
	return r;
}

static enum result
list_details(struct work *w, const char *sql)
{
	struct text *out = &w->call->out;
	struct tally shares = { 0 }, told = { 0 };
	enum result r = collect(w, sql, w->actor.id, &shares);

	json_open(out, '[');
	for (size_t i = 0; !r && i < shares.n; i++) {
		if (i)
			text_char(out, ',');
		r = print_detail(w, shares.at[i].patient, &told);
	}
	json_close(out, ']');
	return r ? r : people_told(w, &told, &personal_patient_shares);
}

#define OLDEST " ORDER BY s.id LIMIT 1000"
/* A private patient's shares are not even listed. */
#define WITH_ME                                                                        \
	"FROM patient_shares s JOIN patients p ON p.id = s.patient_id "                \
	"WHERE s.shared_with_user_id = $1 AND s.is_active = TRUE "                     \
	"AND p.privacy_level <> 'private'"
#define BY_ME                                                                          \
	"FROM patient_shares s JOIN patients p ON p.id = s.patient_id "                \
	"WHERE s.shared_by_user_id = $1 AND s.is_active = TRUE "                       \
	"AND (p.privacy_level <> 'private' OR p.owner_user_id = $1)"

static enum result
list_with_me(struct work *w)
{
	return list_details(w, "SELECT s.id " WITH_ME OLDEST);
}

static enum result
list_by_me(struct work *w)
{
	return list_details(w, "SELECT s.id " BY_ME OLDEST);
}

static enum result
count(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t by, with;
	enum result r;

	if ((r = db_one(w->db, "SELECT COUNT(*) " BY_ME, ARGS(value_whole(w->actor.id)), &by)))
		return r;
	r = db_one(w->db, "SELECT COUNT(*) " WITH_ME, ARGS(value_whole(w->actor.id)), &with);
	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "shared_by_me", by);
	json_put_whole(out, "shared_with_me", with);
	json_close(out, '}');
	return OK;
}

static enum result
print_share_user(struct work *w, int64_t id)
{
	struct text *out = &w->call->out;
	struct person person = { 0 };
	struct row *row;
	enum result r = store_get(w, &personal_patient_shares, id, &row);

	if (r)
		return r;
	r = people_get(w, row_whole(row, PATIENT_SHARES_SHARED_WITH_USER_ID), &person);
	if (r && r != MISSING)
		return r;
	print_row(row, out);
	reach_reopen(w);
	json_put_text(out, "shared_with_username", person.username);
	json_put_text(out, "shared_with_email", person.email);
	json_put_text(out, "shared_with_full_name", person.name);
	json_close(out, '}');
	return OK;
}

/* The sentence of the contract, for who sees the patient and who does not. */
static enum result
not_owned(struct work *w, enum result r)
{
	if (r == MISSING || r == DENIED)
		return fail_as(w, r == DENIED ? 403 : 404, NULL, NOT_OWNED);
	return r;
}

static enum result
list_of_patient(struct work *w)
{
	struct text *out = &w->call->out;
	struct tally shares = { 0 };
	int64_t patient;
	enum result r;

	if (!call_id(w->call, 0, &patient))
		return not_owned(w, MISSING);
	if ((r = access_patient(w, patient, OWN)))
		return not_owned(w, r);
	r = collect(w, "SELECT id FROM patient_shares WHERE patient_id = $1 "
		"AND is_active = TRUE ORDER BY id LIMIT 1000", patient, &shares);
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_key(out, "shares");
	json_open(out, '[');
	for (size_t i = 0; !r && i < shares.n; i++) {
		if (i)
			text_char(out, ',');
		r = print_share_user(w, shares.at[i].patient);
	}
	json_close(out, ']');
	json_put_whole(out, "total_count", (int64_t)shares.n);
	json_close(out, '}');
	return r ? r : reach_note(w, &personal_patient_shares, 0, patient, shares.n);
}

/* --- changes --- */

/* The active share of the pair, when it is the actor's to change; else NULL. */
static enum result
reach_share(struct work *w, int64_t patient, int64_t with, struct row **out)
{
	bool owns = false;
	enum result r = access_patient(w, patient, MANAGE);

	*out = NULL;
	if (r)
		return not_owned(w, r);
	if ((r = people_may(w, w->actor.id, patient, OWN, &owns)))
		return r;
	r = shares_find(w, patient, with, out);
	if (r == MISSING)
		return OK;
	if (!r && (!row_bool(*out, PATIENT_SHARES_IS_ACTIVE) ||
		(!owns && row_whole(*out, PATIENT_SHARES_SHARED_BY_USER_ID) != w->actor.id)))
		*out = NULL;
	return r;
}

static const struct choice levels[] = {
	{ "view", "See" }, { "edit", "Change" }, { "full", "Share and manage" }, { 0 }
};

enum { LEVEL, EXPIRES, CUSTOM, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	CHOICE(LEVEL, "permission_level", "Permission", levels, .exact = true,
	       .null_ignored = true,
	       .says = "Permission level must be one of: ['view', 'edit', 'full']"),
	MOMENT(EXPIRES, "expires_at", "End of the share", .null_ignored = true),
	JSON  (CUSTOM, "custom_permissions", "Custom permissions", .null_ignored = true),
};

static const struct record change = {
	.name = "patient_share_update", .one = "Share", .many = "Shares", .internal = true,
	.fields = fields, .n_fields = COUNT(fields),
};

static enum result
read_change(struct work *w)
{
	struct row *row = row_new(w->arena, &change);

	(void)call_whole(w, "patient_id");
	(void)call_whole(w, "shared_with_user_id");
	form_read(w, w->call->json, true, row);
	if (row_text(row, CUSTOM) && *row_text(row, CUSTOM) != '{')
		problem(&w->problems, &fields[CUSTOM], "Input should be a valid dictionary");
	w->call->row = row;
	return call_sound(w);
}

/* The stored share with the body over it. */
static enum result
apply(struct work *w, const struct row *share, struct row **out)
{
	const struct row *body = w->call->row;
	struct row *row = reach_copy(w, share);
	const char *until;
	enum result r;

	*out = row;
	if (row_sent(body, LEVEL))
		row_set_text(row, PATIENT_SHARES_PERMISSION_LEVEL, row_text(body, LEVEL));
	if (row_sent(body, CUSTOM))
		row_set_text(row, PATIENT_SHARES_CUSTOM_PERMISSIONS, row_text(body, CUSTOM));
	if (!row_sent(body, EXPIRES))
		return OK;
	r = shares_until(w, w->actor.id, row_whole(share, PATIENT_SHARES_PATIENT_ID),
		row_text(body, EXPIRES), &until);
	row_set_text(row, PATIENT_SHARES_EXPIRES_AT, row_text(body, EXPIRES));
	return r;
}

static bool
may_pass_on(const struct work *w, const struct row *share)
{
	const char *end = row_text(share, PATIENT_SHARES_EXPIRES_AT);
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	return strcmp(row_text(share, PATIENT_SHARES_PERMISSION_LEVEL), "full") == 0 &&
		(!end || strcmp(end, now) > 0);
}

static enum result
update(struct work *w)
{
	int64_t patient = call_whole(w, "patient_id");
	int64_t with = call_whole(w, "shared_with_user_id");
	struct row *share, *row;
	enum result r = reach_share(w, patient, with, &share);

	if (r)
		return r;
	if (!share)
		return fail_as(w, 400, NULL, "No active share found to update");
	if ((r = apply(w, share, &row)) || (r = people_put(w, row, "updated", patient)))
		return r;
	/* What was passed on ends with the right to pass on, and does not wake up when
	 * a share that was over is made longer. */
	if (!may_pass_on(w, share) || !may_pass_on(w, row))
		r = shares_end_granted(w, patient, with);
	if (r)
		return r;
	return store_print(w, &personal_patient_shares, row->id, false, &w->call->out);
}

static enum result
read_revoke(struct work *w)
{
	(void)reach_body_id(w, "patient_id");
	(void)reach_body_id(w, "shared_with_user_id");
	return call_sound(w);
}

static enum result
revoke(struct work *w)
{
	int64_t patient = reach_body_id(w, "patient_id");
	int64_t with = reach_body_id(w, "shared_with_user_id");
	struct row *share;
	enum result r = reach_share(w, patient, with, &share);

	if (r)
		return r;
	if (!share)
		return reach_message(w, "No active share found to revoke");
	if ((r = shares_end(w, share, "revoked")))
		return r;
	return reach_message(w, "Patient sharing access revoked successfully");
}

/* Leaving is possible even while the owner keeps the patient private. */
static enum result
leave(struct work *w)
{
	struct row *share = NULL;
	int64_t patient;
	enum result r;

	if (!call_id(w->call, 0, &patient))
		return fail_as(w, 404, NULL, "Patient not found");
	r = access_patient(w, patient, OWN);
	if (!r)
		return fail_as(w, 400, NULL, "Cannot remove access to patients you own");
	if (r != FAULT)
		r = shares_find(w, patient, w->actor.id, &share);
	if (r)
		return r == MISSING ? fail_as(w, 404, NULL, "Patient not found") : r;
	if (!row_bool(share, PATIENT_SHARES_IS_ACTIVE))
		return reach_message(w, "No active access found to remove");
	if ((r = shares_end(w, share, "left")))
		return r;
	return reach_message(w, "Successfully removed your access to this patient");
}

/* Of everybody: an ended share gives nothing anyhow, so this harms nobody. */
static enum result
clean_up(struct work *w)
{
	const struct entry entry = { .action = "cleaned", .entity_type = "patient_share",
		.description = "Switched off expired shares" };
	char now[MOMENT_SIZE];
	int64_t n = 0;
	enum result r;

	moment_store(w->now, now);
	r = db_run(w->db, "UPDATE patient_shares SET is_active = FALSE, updated_at = $1 "
		"WHERE is_active = TRUE AND expires_at <= $1", ARGS(value_text(now)), &n);
	if (!r && n)
		r = audit_add(w, &entry);
	return r ? r : reach_message(w, arena_printf(w->arena, "Cleaned up %lld expired shares",
		(long long)n));
}

static const struct parameter pair[] = {
	{ .name = "patient_id", .type = TYPE_WHOLE, .required = true, .min = 1,
	  .help = "The patient." },
	{ .name = "shared_with_user_id", .type = TYPE_WHOLE, .required = true, .min = 1,
	  .help = "With whom." },
	{ 0 }
};

#define SHARING "/patient-sharing/"
const struct route personal_patient_sharing_routes[] = {
	{ .method = GET, .path = SHARING "shared-with-me", .steps = { { READ, list_with_me } },
	  .summary = "Patients others share with you." },
	{ .method = GET, .path = SHARING "shared-by-me", .steps = { { READ, list_by_me } },
	  .summary = "Shares you gave to others." },
	{ .method = GET, .path = SHARING "stats/user", .steps = { { READ, count } },
	  .summary = "How many shares you gave and have." },
	{ .method = GET, .path = SHARING "{patient_id}", .steps = { { READ, list_of_patient } },
	  .summary = "With whom a patient of yours is shared." },
	{ .method = PUT, .path = SHARING, .body = BODY_JSON, .query = pair, .input = &change,
	  .steps = { { HERE, read_change }, { WRITE, update } },
	  .rec = &personal_patient_shares, .summary = "Changes a share.",
	  .about = "Members that are absent or null stay as they are." },
	{ .method = DELETE, .path = SHARING "revoke", .body = BODY_JSON,
	  .steps = { { HERE, read_revoke }, { WRITE, revoke } },
	  .summary = "Ends a share.",
	  .about = "The body is {\"patient_id\": number, \"shared_with_user_id\": number}." },
	{ .method = DELETE, .path = SHARING "remove-my-access/{patient_id}",
	  .steps = { { WRITE, leave } }, .summary = "Leaves a patient shared with you." },
	{ .method = POST, .path = SHARING "cleanup-expired", .steps = { { WRITE, clean_up } },
	  .summary = "Switches off shares whose time is over." },
	{ 0 }
};
