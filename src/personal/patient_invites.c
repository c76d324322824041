/*
 * patient_invites - single and bulk offers of patient records (personal-api 2.6).
 *
 * Who offers is asked for the right twice: when the offer is made, and again when
 * it is accepted, for a share may have ended or a record been closed in between.
 */
#include "personal/patient_invites.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/invitations.h"
#include "personal/invite.h"
#include "personal/patients.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/shares.h"

enum { NAMES_SHOWN = 3 };

/* --- the body --- */

static const struct choice levels[] = {
	{ "view", "See" }, { "edit", "Change" }, { "full", "Share and manage" }, { 0 }
};

enum { WHO, LEVEL, EXPIRES, CUSTOM, MESSAGE, HOURS, PATIENT, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	INVITE_WHO(WHO, "shared_with_user_identifier"),
	CHOICE(LEVEL, "permission_level", "Permission", levels, .exact = true,
	       .initial = "\"view\"",
	       .says = "Permission level must be one of: ['view', 'edit', 'full']"),
	MOMENT(EXPIRES, "expires_at", "End of the share"),
	JSON  (CUSTOM, "custom_permissions", "Custom permissions",
	       .help = "Kept as given; grants nothing."),
	NOTE  (MESSAGE, "message", "Message", .max = 1000),
	INVITE_HOURS(HOURS),
	WHOLE (PATIENT, "patient_id", "Patient", .required = true, .min = 1),
};

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const char *custom = row_text(row, CUSTOM);

	(void)w;
	if (custom && *custom != '{')
		problem(problems, &fields[CUSTOM], "Input should be a valid dictionary");
	if (row->rec->n_fields > PATIENT && row_whole(row, PATIENT) > PEOPLE_HIGHEST_ID)
		problem(problems, &fields[PATIENT], "Patient ID exceeds reasonable bounds");
}

static const struct record single = {
	.name = "patient_share_invite", .one = "Invitation", .many = "Invitations",
	.internal = true, .fields = fields, .n_fields = COUNT(fields), .check = check,
};

/* The patients stand in an array of their own. */
static const struct record bulk = {
	.name = "patient_share_bulk_invite", .one = "Invitation", .many = "Invitations",
	.internal = true, .fields = fields, .n_fields = COUNT(fields) - 1, .check = check,
};

static void
read_form(struct work *w, const struct record *rec)
{
	struct row *row = row_new(w->arena, rec);

	form_read(w, w->call->json, false, row);
	form_rules(w, row);
	w->call->row = row;
}

static enum result
read_single(struct work *w)
{
	struct ids *ids = arena_new(w->arena, sizeof(*ids));

	read_form(w, &single);
	ids->at[ids->n++] = row_whole(w->call->row, PATIENT);
	w->call->data = ids;
	return call_sound(w);
}

static enum result
read_bulk(struct work *w)
{
	struct ids *ids = arena_new(w->arena, sizeof(*ids));

	read_form(w, &bulk);
	people_ids(w, "patient_ids", "At least one patient_id required",
		"Cannot share more than 50 patients at once", ids);
	w->call->data = ids;
	return call_sound(w);
}

/* --- what is offered --- */

struct offer {
	const struct row *body;
	const struct ids *ids;
	struct row **patients; /* as many as ids */
	struct person to;
	const char *expires;   /* of the shares */
};

static const char *
name_of(struct work *w, const struct row *patient)
{
	return arena_printf(w->arena, "%s %s", row_text(patient, PATIENTS_FIRST_NAME),
		row_text(patient, PATIENTS_LAST_NAME));
}

static void
join(struct text *out, const char *between, const char *word)
{
	text_printf(out, "%s%s", out->len ? between : "", word);
}

static const char *
keep(struct work *w, const struct text *text)
{
	return arena_copy(w->arena, text->at ? text->at : "", text->len);
}

/* All patients, when the actor may share every one of them; else *missed lists
 * the others and the worst of the answers is given. */
static enum result
reach_patients(struct work *w, struct offer *offer, const char **missed)
{
	struct text list CLEANUP(text_close) = { 0 };
	enum result worst = OK;

	offer->patients = arena_new(w->arena, offer->ids->n * sizeof(*offer->patients));
	for (size_t i = 0; i < offer->ids->n; i++) {
		int64_t id = offer->ids->at[i];
		enum result r = access_patient(w, id, MANAGE);

		if (!r)
			r = store_get(w, &personal_patients, id, &offer->patients[i]);
		if (r == FAULT)
			return r;
		if (!r)
			continue;
		join(&list, ", ", arena_printf(w->arena, "%lld", (long long)id));
		worst = worst == MISSING ? MISSING : r;
	}
	*missed = keep(w, &list);
	return worst;
}

static enum result
refuse(struct work *w, enum result r, const char *sentence)
{
	if (r == FAULT)
		return r;
	return fail_as(w, r == DENIED ? 403 : 404, NULL, sentence);
}

static enum result
find_recipient(struct work *w, struct offer *offer, const char *unknown, const char *self)
{
	enum result r = people_find(w, row_text(offer->body, WHO), &offer->to);

	if (r)
		return r == MISSING ? fail_as(w, 404, NULL, unknown) : r;
	if (offer->to.id == w->actor.id)
		return fail_as(w, 400, NULL, self);
	return OK;
}

/* The names of those patients that the recipient has already. */
static enum result
find_shared(struct work *w, const struct offer *offer, const char **names)
{
	struct text list CLEANUP(text_close) = { 0 };
	enum result r = OK;

	for (size_t i = 0; !r && i < offer->ids->n; i++) {
		bool live = false;

		r = shares_live(w, offer->ids->at[i], offer->to.id, &live);
		if (live)
			join(&list, ", ", name_of(w, offer->patients[i]));
	}
	*names = list.len ? keep(w, &list) : NULL;
	return r;
}

/* One offer ends when the first of the offerer's own shares does. */
static enum result
limit_end(struct work *w, struct offer *offer)
{
	enum result r = OK;

	offer->expires = row_text(offer->body, EXPIRES);
	for (size_t i = 0; !r && i < offer->ids->n; i++) {
		const char *until = NULL;

		r = shares_until(w, w->actor.id, offer->ids->at[i],
			row_text(offer->body, EXPIRES), &until);
		if (!r && until && (!offer->expires || strcmp(until, offer->expires) < 0))
			offer->expires = until;
	}
	return r;
}

/* --- the invitation --- */

static json_t *
iso_of(const char *stored)
{
	char iso[ISO_SIZE];
	int64_t moment;

	if (!stored || !moment_load(stored, &moment))
		return json_null();
	moment_iso(moment, iso);
	return json_string(iso);
}

static json_t *
describe(struct work *w, const struct row *patient)
{
	return json_pack("{s:I,s:s,s:s?}", "patient_id", (json_int_t)patient->id,
		"patient_name", name_of(w, patient),
		"patient_birth_date", row_text(patient, PATIENTS_BIRTH_DATE));
}

static json_t *
describe_all(struct work *w, const struct offer *offer)
{
	json_t *list = json_array(), *context = json_object();

	for (size_t i = 0; i < offer->ids->n; i++)
		(void)json_array_append_new(list, describe(w, offer->patients[i]));
	(void)json_object_set_new(context, "patients", list);
	(void)json_object_set_new(context, "is_bulk_invite", json_true());
	(void)json_object_set_new(context, "patient_count",
		json_integer((json_int_t)offer->ids->n));
	return context;
}

static void
add_terms(json_t *context, const struct offer *offer)
{
	const char *custom = row_text(offer->body, CUSTOM);
	json_t *json = custom ? json_loads(custom, 0, NULL) : json_null();

	(void)json_object_set_new(context, "permission_level",
		json_string(row_text(offer->body, LEVEL)));
	(void)json_object_set_new(context, "custom_permissions", json ? json : json_null());
	(void)json_object_set_new(context, "expires_at", iso_of(offer->expires));
}

static const char *
title_of(struct work *w, const struct offer *offer)
{
	struct text title CLEANUP(text_close) = { 0 };

	for (size_t i = 0; i < offer->ids->n && i < NAMES_SHOWN; i++)
		join(&title, ", ", name_of(w, offer->patients[i]));
	if (offer->ids->n > NAMES_SHOWN)
		text_printf(&title, " and %zu more", offer->ids->n - NAMES_SHOWN);
	return arena_printf(w->arena, "Patient Records Share: %s", text_string(&title));
}

static enum result
send_offer(struct work *w, const struct offer *offer, const char *title, json_t *context,
	struct row **out)
{
	const struct invite invite = {
		.type = "patient_share",
		.to = offer->to.id,
		.title = title,
		.message = row_text(offer->body, MESSAGE),
		.context = context,
		.hours = row_whole(offer->body, HOURS),
		.patients = offer->ids,
	};

	add_terms(context, offer);
	return invite_send(w, &invite, out);
}

static bool
speaks_of(const json_t *context, int64_t patient)
{
	const json_t *list = json_object_get(context, "patients");

	if (json_integer_value(json_object_get(context, "patient_id")) == patient)
		return true;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_integer_value(json_object_get(json_array_get(list, i), "patient_id"))
			== patient)
			return true;
	return false;
}

/* Whether the actor's offer of the patient still waits for an answer. */
static enum result
is_pending(struct work *w, int64_t to, int64_t patient, bool *pending)
{
	struct query *query CLEANUP(query_drop) = NULL;
	char now[MOMENT_SIZE];
	enum result r;

	*pending = false;
	moment_store(w->now, now);
	r = db_query(w->db, &query, "SELECT context_data FROM invitations "
		"WHERE sent_by_user_id = $1 AND sent_to_user_id = $2 "
		"AND invitation_type = 'patient_share' AND status = 'pending' "
		"AND (expires_at IS NULL OR expires_at > $3)",
		ARGS(value_whole(w->actor.id), value_whole(to), value_text(now)));
	if (r)
		return r;
	while (!*pending && query_next(query)) {
		struct json_trouble trouble;
		size_t n = 0;
		const char *text = query_text(query, 0, &n);
		json_t *context = text ? json_read(text, n, &trouble) : NULL;

		*pending = speaks_of(context, patient);
		json_decref(context);
	}
	return query_close(&query);
}

static void
end_answer(struct work *w, const struct row *invitation)
{
	struct text *out = &w->call->out;

	people_moment(out, "expires_at", row_text(invitation, INVITATIONS_EXPIRES_AT));
	json_put_text(out, "title", row_text(invitation, INVITATIONS_TITLE));
	json_close(out, '}');
}

static enum result
check_single(struct work *w, struct offer *offer)
{
	const char *names, *missed;
	bool pending;
	enum result r;

	if ((r = reach_patients(w, offer, &missed)))
		return refuse(w, r, "Patient record not found or you don't have permission "
			"to share it");
	r = find_recipient(w, offer, arena_printf(w->arena, "User '%s' not found",
		row_text(offer->body, WHO)), "Cannot share patient with yourself");
	if (r || (r = find_shared(w, offer, &names)))
		return r;
	if (names)
		return fail_as(w, 409, NULL,
			"This patient is already shared with the specified user");
	if ((r = is_pending(w, offer->to.id, offer->ids->at[0], &pending)))
		return r;
	if (pending)
		return fail_as(w, 409, NULL,
			"A pending invitation already exists for this patient and user");
	return limit_end(w, offer);
}

static enum result
invite_one(struct work *w)
{
	struct offer offer = { .body = w->call->row, .ids = w->call->data };
	struct row *invitation;
	enum result r = check_single(w, &offer);

	if (r)
		return r;
	r = send_offer(w, &offer, arena_printf(w->arena, "Patient Record Share: %s",
		name_of(w, offer.patients[0])), describe(w, offer.patients[0]), &invitation);
	if (r)
		return r;
	invite_open(w, "Patient share invitation sent successfully", invitation->id);
	end_answer(w, invitation);
	return OK;
}

static enum result
invite_many(struct work *w)
{
	struct offer offer = { .body = w->call->row, .ids = w->call->data };
	struct row *invitation;
	const char *names, *missed;
	enum result r = reach_patients(w, &offer, &missed);

	if (r)
		return refuse(w, r, arena_printf(w->arena,
			"Patients not found or not owned by user: %s", missed));
	r = find_recipient(w, &offer, "Recipient user not found",
		"Cannot share patients with yourself");
	if (r || (r = find_shared(w, &offer, &names)))
		return r;
	if (names)
		return fail_as(w, 409, NULL,
			arena_printf(w->arena, "Already shared with this user: %s", names));
	if ((r = limit_end(w, &offer)))
		return r;
	r = send_offer(w, &offer, title_of(w, &offer), describe_all(w, &offer), &invitation);
	if (r)
		return r;
	invite_open(w, arena_printf(w->arena, "Bulk invitation sent for %zu patients",
		offer.ids->n), invitation->id);
	json_put_bool(&w->call->out, "success", true);
	json_put_whole(&w->call->out, "patient_count", (int64_t)offer.ids->n);
	end_answer(w, invitation);
	return OK;
}

/* --- accepting --- */

/* The terms of an invitation as a share; false when it has none. */
static bool
read_terms(struct work *w, const struct row *invitation, const json_t *context,
	struct grant *out)
{
	const json_t *custom = json_object_get(context, "custom_permissions");
	const char *level = json_string_value(json_object_get(context, "permission_level"));
	const char *iso = json_string_value(json_object_get(context, "expires_at"));
	char *expires = arena_new(w->arena, MOMENT_SIZE);
	int64_t moment;

	*out = (struct grant){
		.by = row_whole(invitation, INVITATIONS_SENT_BY_USER_ID),
		.with = w->actor.id,
		.invitation = invitation->id,
		.level = level ? arena_text(w->arena, level) : NULL,
	};
	if (iso && !moment_parse(iso, false, &moment))
		return false;
	if (iso) {
		moment_store(moment, expires);
		out->expires = expires;
	}
	if (json_is_object(custom)) {
		char *text = json_dumps(custom, JSON_COMPACT);

		out->custom = arena_text(w->arena, text);
		free(text);
	}
	for (const struct choice *c = levels; level && c->key; c++)
		if (strcmp(c->key, level) == 0)
			return true;
	return false;
}

/* MISSING when the sender may no longer share the patient. */
static enum result
grant_one(struct work *w, const struct grant *terms, int64_t patient, struct ids *shares)
{
	struct grant grant = *terms;
	bool may = false;
	int64_t id = 0;
	enum result r;

	/* One share per pair: two acceptances for the same one come in turn. */
	if ((r = store_lock_name(w, arena_printf(w->arena, "share %lld %lld",
		     (long long)patient, (long long)grant.with))))
		return r;
	r = people_may(w, grant.by, patient, MANAGE, &may);
	if (r || !may)
		return r ? r : MISSING;
	grant.patient = patient;
	/* Their own share may have been shortened since. */
	r = shares_until(w, grant.by, patient, NULL, &grant.expires);
	if (r)
		return r;
	if (terms->expires && (!grant.expires || strcmp(terms->expires, grant.expires) < 0))
		grant.expires = terms->expires;
	r = shares_grant(w, &grant, &id);
	if (!r && shares->n < COUNT(shares->at))
		shares->at[shares->n++] = id;
	return r;
}

static enum result
accept_one(struct work *w, const struct row *invitation, const json_t *context,
	const struct grant *terms)
{
	int64_t patient = json_integer_value(json_object_get(context, "patient_id"));
	const char *name = json_string_value(json_object_get(context, "patient_name"));
	struct ids shares = { 0 };
	struct row *row;
	enum result r = store_get(w, &personal_patients, patient, &row);

	if (r)
		return r == MISSING ? fail_as(w, 404, NULL,
			"The invitation or patient record could not be found") : r;
	if ((r = grant_one(w, terms, patient, &shares)))
		return r == MISSING ? fail_as(w, 400, NULL, "Unable to accept patient share: "
			"the sender may not share this patient any more") : r;
	if ((r = invite_answer(w, invitation, "accepted", patient)))
		return r;
	invite_open(w, arena_printf(w->arena, "Successfully accepted patient share for %s",
		name ? name : name_of(w, row)), invitation->id);
	invite_shares(w, &shares, false);
	return OK;
}

/* Patients that are gone, or out of the sender's hands, are left out. */
static enum result
accept_many(struct work *w, const struct row *invitation, const json_t *patients,
	const struct grant *terms)
{
	struct ids shares = { 0 };
	enum result r;

	for (size_t i = 0; i < json_array_size(patients); i++) {
		r = grant_one(w, terms, json_integer_value(
			json_object_get(json_array_get(patients, i), "patient_id")), &shares);
		if (r && r != MISSING)
			return r;
	}
	if (!shares.n)
		return fail_as(w, 400, NULL, "Unable to accept patient share: "
			"the sender may not share these patients any more");
	if ((r = invite_answer(w, invitation, "accepted", 0)))
		return r;
	invite_open(w, arena_printf(w->arena,
		"Successfully accepted patient share for %zu patients", shares.n), invitation->id);
	invite_shares(w, &shares, true);
	return OK;
}

enum result
patient_invites_accept(struct work *w, const struct row *invitation)
{
	json_t *context = invite_context(invitation);
	const json_t *patients = json_object_get(context, "patients");
	struct grant terms;
	enum result r;

	if (!read_terms(w, invitation, context, &terms))
		r = fail_as(w, 400, NULL, "Unable to accept patient share: "
			"the invitation does not say what is shared");
	else if (json_is_array(patients))
		r = accept_many(w, invitation, patients, &terms);
	else
		r = accept_one(w, invitation, context, &terms);
	json_decref(context);
	return r;
}

const struct route personal_patient_invite_routes[] = {
	{ .method = POST, .path = "/patient-sharing/", .body = BODY_JSON, .input = &single,
	  .steps = { { HERE, read_single }, { WRITE, invite_one } },
	  .summary = "Offers another user to share a patient.",
	  .about = "The share begins when the other accepts. expires_at ends the share, "
		   "expires_hours the invitation (null: never)." },
	{ .method = POST, .path = "/patient-sharing/bulk-invite", .body = BODY_JSON,
	  .input = &bulk, .steps = { { HERE, read_bulk }, { WRITE, invite_many } },
	  .summary = "Offers another user to share several patients.",
	  .about = "As a single offer, with patient_ids: 1 to 50 numbers." },
	{ 0 }
};
