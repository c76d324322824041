/*
 * family_invites - single and bulk offers of family history (personal-api 2.8).
 */
#include "personal/family_invites.h"

#include <string.h>

#include "base/json.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/family_history_shares.h"
#include "personal/family_members.h"
#include "personal/family_shares.h"
#include "personal/invitations.h"
#include "personal/invite.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

enum { NAMES_SHOWN = 3 };

/* --- the body --- */

static const struct choice levels[] = {
	{ "view", "See" }, { "edit", "Change" }, { "full", "Share and manage" }, { 0 }
};

enum { WHO, LEVEL, NOTE_, HOURS, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	INVITE_WHO(WHO, "shared_with_identifier"),
	CHOICE(LEVEL, "permission_level", "Permission", levels, .exact = true,
	       .initial = "\"view\"",
	       .says = "Permission level must be one of: ['view', 'edit', 'full']",
	       .help = "Whatever it says, the history can only be read."),
	NOTE  (NOTE_, "sharing_note", "Note", .max = 1000),
	INVITE_HOURS(HOURS),
};

static const struct record form = {
	.name = "family_history_invite", .one = "Invitation", .many = "Invitations",
	.internal = true, .fields = fields, .n_fields = COUNT(fields),
};

static enum result
read_single(struct work *w)
{
	struct ids *ids = arena_new(w->arena, sizeof(*ids));

	w->call->row = row_new(w->arena, &form);
	form_read(w, w->call->json, false, w->call->row);
	if (call_id(w->call, 0, &ids->at[0]))
		ids->n = 1;
	w->call->data = ids;
	return call_sound(w);
}

static enum result
read_bulk(struct work *w)
{
	struct ids *ids = arena_new(w->arena, sizeof(*ids));

	w->call->row = row_new(w->arena, &form);
	form_read(w, w->call->json, false, w->call->row);
	people_ids(w, "family_member_ids", "At least one family_member_id required",
		"Cannot share more than 50 family members at once", ids);
	w->call->data = ids;
	return call_sound(w);
}

/* --- what is offered --- */

struct offer {
	const struct row *body;
	const struct ids *ids;
	struct row **members;
	struct ids patients; /* theirs, for the audit */
	struct person to;
};

/* Who sees the relative but may not share is told so; else it is not there. */
static enum result
reach_members(struct work *w, struct offer *offer, const char *missing)
{
	offer->members = arena_new(w->arena, (offer->ids->n + 1) * sizeof(*offer->members));
	if (!offer->ids->n)
		return fail_as(w, 400, NULL, missing);
	for (size_t i = 0; i < offer->ids->n; i++) {
		int64_t id = offer->ids->at[i];
		const char *sentence = offer->ids->n > 1 || !missing
			? arena_printf(w->arena, "Family member %lld not found or not owned by user",
				(long long)id) : missing;
		enum result r = store_get(w, &personal_family_members, id, &offer->members[i]);

		if (!r)
			r = access_row(w, offer->members[i], MANAGE);
		if (r == MISSING || r == DENIED)
			return fail_as(w, r == DENIED ? 403 : 400, NULL, sentence);
		if (r)
			return r;
		offer->patients.at[offer->patients.n++] =
			row_whole(offer->members[i], FAMILY_MEMBERS_PATIENT_ID);
	}
	return OK;
}

static enum result
find_recipient(struct work *w, struct offer *offer)
{
	enum result r = people_find(w, row_text(offer->body, WHO), &offer->to);

	if (r)
		return r == MISSING ? fail_as(w, 400, NULL, "Recipient user not found") : r;
	if (offer->to.id == w->actor.id)
		return fail_as(w, 400, NULL, "Cannot send invitation to yourself");
	return OK;
}

/* Names of those relatives the recipient sees already, or NULL. */
static enum result
find_shared(struct work *w, const struct offer *offer, const char **names)
{
	struct text list CLEANUP(text_close) = { 0 };
	enum result r = OK;

	for (size_t i = 0; !r && i < offer->ids->n; i++) {
		struct share_list live = { 0 };

		r = family_shares_with(w, offer->to.id, offer->ids->at[i], &live);
		if (live.n)
			text_printf(&list, "%s%s", list.len ? ", " : "",
				row_text(offer->members[i], FAMILY_MEMBERS_NAME));
	}
	*names = list.len ? arena_text(w->arena, text_string(&list)) : NULL;
	return r;
}

/* --- the invitation --- */

static const char *
title_part(struct work *w, const struct row *member)
{
	return arena_printf(w->arena, "%s (%s)", row_text(member, FAMILY_MEMBERS_NAME),
		row_text(member, FAMILY_MEMBERS_RELATIONSHIP));
}

static const char *
title_of(struct work *w, const struct offer *offer)
{
	struct text title CLEANUP(text_close) = { 0 };

	for (size_t i = 0; i < offer->ids->n && i < NAMES_SHOWN; i++)
		text_printf(&title, "%s%s", i ? ", " : "", title_part(w, offer->members[i]));
	if (offer->ids->n > NAMES_SHOWN)
		text_printf(&title, " and %zu more", offer->ids->n - NAMES_SHOWN);
	return arena_printf(w->arena, "Family History Share: %s", text_string(&title));
}

static json_t *
describe(const struct row *member)
{
	return json_pack("{s:I,s:s?,s:s?}", "family_member_id", (json_int_t)member->id,
		"family_member_name", row_text(member, FAMILY_MEMBERS_NAME),
		"family_member_relationship", row_text(member, FAMILY_MEMBERS_RELATIONSHIP));
}

static json_t *
describe_all(const struct offer *offer)
{
	json_t *list = json_array(), *context = json_object();

	for (size_t i = 0; i < offer->ids->n; i++)
		(void)json_array_append_new(list, describe(offer->members[i]));
	(void)json_object_set_new(context, "family_members", list);
	(void)json_object_set_new(context, "is_bulk_invite", json_true());
	(void)json_object_set_new(context, "family_member_count",
		json_integer((json_int_t)offer->ids->n));
	return context;
}

static enum result
send_offer(struct work *w, const struct offer *offer, json_t *context, struct row **out)
{
	const char *note = row_text(offer->body, NOTE_);

	(void)json_object_set_new(context, "permission_level",
		json_string(row_text(offer->body, LEVEL)));
	(void)json_object_set_new(context, "sharing_note",
		note ? json_string(note) : json_null());
	return invite_send(w, &(struct invite){
		.type = "family_history_share",
		.to = offer->to.id,
		.title = title_of(w, offer),
		.message = note,
		.context = context,
		.hours = row_whole(offer->body, HOURS),
		.patients = &offer->patients,
	}, out);
}

static enum result
invite_one(struct work *w)
{
	struct offer offer = { .body = w->call->row, .ids = w->call->data };
	struct row *row;
	const char *names;
	enum result r;

	r = reach_members(w, &offer, "Family member not found or not owned by user");
	if (r || (r = find_recipient(w, &offer)) || (r = find_shared(w, &offer, &names)))
		return r;
	if (names)
		return fail_as(w, 400, NULL, "Family history already shared with this user");
	if ((r = send_offer(w, &offer, describe(offer.members[0]), &row)))
		return r;
	invite_open(w, "Family history share invitation sent successfully", row->id);
	people_moment(&w->call->out, "expires_at", row_text(row, INVITATIONS_EXPIRES_AT));
	json_put_text(&w->call->out, "title", row_text(row, INVITATIONS_TITLE));
	json_close(&w->call->out, '}');
	return OK;
}

static enum result
invite_many(struct work *w)
{
	struct offer offer = { .body = w->call->row, .ids = w->call->data };
	struct text *out = &w->call->out;
	struct row *row;
	const char *names;
	enum result r = reach_members(w, &offer, NULL);

	if (r || (r = find_recipient(w, &offer)) || (r = find_shared(w, &offer, &names)))
		return r;
	if (names)
		return fail_as(w, 400, NULL, arena_printf(w->arena,
			"Family history already shared for: %s", names));
	if ((r = send_offer(w, &offer, describe_all(&offer), &row)))
		return r;
	invite_open(w, arena_printf(w->arena, "Bulk invitation sent for %zu family members",
		offer.ids->n), row->id);
	json_put_bool(out, "success", true);
	json_put_whole(out, "family_member_count", (int64_t)offer.ids->n);
	json_key(out, "family_member_ids");
	json_open(out, '[');
	for (size_t i = 0; i < offer.ids->n; i++)
		json_whole(out, offer.ids->at[i]);
	json_close(out, ']');
	people_moment(out, "expires_at", row_text(row, INVITATIONS_EXPIRES_AT));
	json_put_text(out, "title", row_text(row, INVITATIONS_TITLE));
	json_close(out, '}');
	return OK;
}

/* --- accepting --- */

struct terms {
	const char *level, *note;
};

/* MISSING when the relative is gone, or the sender may not share it any more. */
static enum result
grant_one(struct work *w, const struct row *invitation, int64_t id, const struct terms *terms,
	struct ids *shares)
{
	struct row *member;
	int64_t share = 0;
	bool may = false;
	enum result r = store_get(w, &personal_family_members, id, &member);

	if (r)
		return r;
	r = people_may(w, row_whole(invitation, INVITATIONS_SENT_BY_USER_ID),
		row_whole(member, FAMILY_MEMBERS_PATIENT_ID), MANAGE, &may);
	if (r || !may)
		return r ? r : MISSING;
	r = family_shares_grant(w, invitation, id, terms->level, terms->note, &share);
	if (!r && shares->n < COUNT(shares->at))
		shares->at[shares->n++] = share;
	return r;
}

static enum result
accept_one(struct work *w, const struct row *invitation, const json_t *context,
	const struct terms *terms)
{
	const char *name = json_string_value(json_object_get(context, "family_member_name"));
	struct ids shares = { 0 };
	enum result r = grant_one(w, invitation,
		json_integer_value(json_object_get(context, "family_member_id")), terms, &shares);

	if (r)
		return r == MISSING ? fail_as(w, 404, NULL,
			"The invitation or family history record could not be found") : r;
	if ((r = invite_answer(w, invitation, "accepted", 0)))
		return r;
	invite_open(w, arena_printf(w->arena,
		"Successfully accepted family history sharing for %s", name ? name : ""),
		invitation->id);
	invite_shares(w, &shares, false);
	return OK;
}

static enum result
accept_many(struct work *w, const struct row *invitation, const json_t *members,
	const struct terms *terms)
{
	struct ids shares = { 0 };
	enum result r;

	for (size_t i = 0; i < json_array_size(members); i++) {
		r = grant_one(w, invitation, json_integer_value(
			json_object_get(json_array_get(members, i), "family_member_id")),
			terms, &shares);
		if (r && r != MISSING)
			return r;
	}
	if (!shares.n)
		return fail_as(w, 400, NULL, "Unable to accept family history sharing: "
			"the sender may not share these family members any more");
	if ((r = invite_answer(w, invitation, "accepted", 0)))
		return r;
	invite_open(w, arena_printf(w->arena,
		"Successfully accepted family history sharing for %zu family members", shares.n),
		invitation->id);
	invite_shares(w, &shares, true);
	return OK;
}

enum result
family_invites_accept(struct work *w, const struct row *invitation)
{
	json_t *context = invite_context(invitation);
	const json_t *members = json_object_get(context, "family_members");
	const char *level = json_string_value(json_object_get(context, "permission_level"));
	const char *note = json_string_value(json_object_get(context, "sharing_note"));
	const struct terms terms = { arena_text(w->arena, level ? level : "view"),
		arena_text(w->arena, note) };
	enum result r = json_is_array(members) ? accept_many(w, invitation, members, &terms)
					       : accept_one(w, invitation, context, &terms);

	json_decref(context);
	return r;
}

#define SHARING "/family-history-sharing/"
const struct route personal_family_invite_routes[] = {
	{ .method = POST, .path = SHARING "{family_member_id}/shares", .body = BODY_JSON,
	  .input = &form, .steps = { { HERE, read_single }, { WRITE, invite_one } },
	  .summary = "Offers another user to see a relative's history." },
	{ .method = POST, .path = SHARING "bulk-invite", .body = BODY_JSON, .input = &form,
	  .steps = { { HERE, read_bulk }, { WRITE, invite_many } },
	  .summary = "Offers another user to see the history of several relatives.",
	  .about = "As a single offer, with family_member_ids: 1 to 50 numbers." },
	{ 0 }
};
