/*
 * family_join - `POST /invitations/`, ours (personal-api 0.1): who accepts gets the
 * family_id of the sender's self record on their own.
 *
 * A family is named by the id of the self record that was in it first; ids are
 * never used twice, so neither are families.
 */
#include "personal/family_join.h"

#include <string.h>

#include "base/json.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/invitations.h"
#include "personal/invite.h"
#include "personal/patients.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

static const struct choice types[] = { { "family_join", "Family" }, { 0 } };

enum { TYPE, WHO, MESSAGE, HOURS, N_FIELDS };

static const struct field fields[N_FIELDS] = {
	CHOICE(TYPE, "invitation_type", "Invitation type", types, .required = true,
	       .help = "Shares have routes of their own."),
	INVITE_WHO(WHO, "sent_to_identifier"),
	NOTE  (MESSAGE, "message", "Message", .max = 1000),
	INVITE_HOURS(HOURS),
};

static const struct record invitation = {
	.name = "family_join_invite", .one = "Invitation", .many = "Invitations",
	.internal = true, .fields = fields, .n_fields = COUNT(fields),
};

static enum result
read_form(struct work *w)
{
	w->call->row = row_new(w->arena, &invitation);
	form_read(w, w->call->json, false, w->call->row);
	return call_sound(w);
}

static enum result
find_self(struct work *w, int64_t user, struct row **out)
{
	int64_t id = 0;
	enum result r = db_one(w->db, "SELECT id FROM patients WHERE owner_user_id = $1 "
		"AND is_self_record = TRUE ORDER BY id LIMIT 1", ARGS(value_whole(user)), &id);

	return r ? r : store_get(w, &personal_patients, id, out);
}

static enum result
invite(struct work *w)
{
	const struct row *body = w->call->row;
	struct row *self, *row;
	struct person to, me;
	enum result r = people_find(w, row_text(body, WHO), &to);

	if (r)
		return r == MISSING ? fail_as(w, 404, NULL, "Recipient user not found") : r;
	if (to.id == w->actor.id)
		return fail_as(w, 400, NULL, "Cannot send invitation to yourself");
	if ((r = find_self(w, w->actor.id, &self)))
		return r == MISSING ? fail_as(w, 400, NULL, "You have no record of your own") : r;
	if ((r = people_get(w, w->actor.id, &me)))
		return r;
	r = invite_send(w, &(struct invite){
		.type = "family_join",
		.to = to.id,
		.title = arena_printf(w->arena, "Family: %s", me.name),
		.message = row_text(body, MESSAGE),
		.context = json_pack("{s:I,s:s}", "patient_id", (json_int_t)self->id,
			"sender_name", me.name),
		.hours = row_whole(body, HOURS),
	}, &row);
	if (r)
		return r;
	invite_open(w, "Family invitation sent successfully", row->id);
	people_moment(&w->call->out, "expires_at", row_text(row, INVITATIONS_EXPIRES_AT));
	json_put_text(&w->call->out, "title", row_text(row, INVITATIONS_TITLE));
	json_close(&w->call->out, '}');
	return OK;
}

static enum result
join(struct work *w, const struct row *self, int64_t family)
{
	struct row *row = reach_copy(w, self);

	if (row_whole(self, PATIENTS_FAMILY_ID) == family)
		return OK;
	row_set_whole(row, PATIENTS_FAMILY_ID, family);
	return people_put(w, row, "joined", self->id);
}

enum result
family_join_accept(struct work *w, const struct row *invitation_row)
{
	int64_t sender = row_whole(invitation_row, INVITATIONS_SENT_BY_USER_ID);
	struct row *theirs, *mine;
	struct person from;
	int64_t family;
	enum result r;

	if ((r = find_self(w, sender, &theirs)) || (r = people_get(w, sender, &from)))
		return r == MISSING ? fail_as(w, 404, NULL,
			"The invitation or patient record could not be found") : r;
	if ((r = find_self(w, w->actor.id, &mine)))
		return r == MISSING ? fail_as(w, 400, NULL,
			"Unable to join the family: you have no record of your own") : r;
	family = row_whole(theirs, PATIENTS_FAMILY_ID);
	if (!family)
		family = theirs->id;
	if ((r = join(w, theirs, family)) || (r = join(w, mine, family)))
		return r;
	if ((r = invite_answer(w, invitation_row, "accepted", mine->id)))
		return r;
	invite_open(w, arena_printf(w->arena, "Successfully joined the family of %s", from.name),
		invitation_row->id);
	json_put_whole(&w->call->out, "family_id", family);
	json_put_text(&w->call->out, "status", "accepted");
	json_close(&w->call->out, '}');
	return OK;
}

const struct route personal_family_join_routes[] = {
	{ .method = POST, .path = "/invitations/", .body = BODY_JSON, .input = &invitation,
	  .steps = { { HERE, read_form }, { WRITE, invite } },
	  .summary = "Asks another user to join your family.",
	  .about = "Shares are offered through their own routes. A family gives no right to "
		   "see anything." },
	{ 0 }
};
