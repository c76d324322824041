/*
 * invitations_routes - what is offered to whom, and the answers (personal-api 2.7).
 *
 * Invitations expire when somebody looks: a step of its own, before the answer,
 * writes that down, for a refused answer must not take it back.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "engine/store.h"
#include "personal/family_history_shares.h"
#include "personal/family_invites.h"
#include "personal/family_join.h"
#include "personal/family_shares.h"
#include "personal/invitations.h"
#include "personal/invite.h"
#include "personal/patient_invites.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

/* A list is as long as the newest so many. */
#define NEWEST " ORDER BY created_at DESC, id DESC LIMIT 1000"
#define UNKNOWN "The invitation could not be found or may have already been responded to"

/* What may be offered, and what is said when it cannot be taken. */
static const struct kind {
	const char *type, *missing;
	enum result (*accept)(struct work *w, const struct row *invitation);
} kinds[] = {
	{ "patient_share", "The invitation or patient record could not be found",
	  patient_invites_accept },
	{ "family_history_share", "The invitation or family history record could not be found",
	  family_invites_accept },
	{ "family_join", UNKNOWN, family_join_accept },
};

static const struct kind *
kind_of(const struct row *invitation)
{
	const char *type = row_text(invitation, INVITATIONS_INVITATION_TYPE);

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (type && strcmp(kinds[i].type, type) == 0)
			return &kinds[i];
	return NULL;
}

static const char *
now_of(struct work *w)
{
	char *now = arena_new(w->arena, MOMENT_SIZE);

	moment_store(w->now, now);
	return now;
}

static bool
has_status(const struct row *invitation, const char *status)
{
	return strcmp(row_text(invitation, INVITATIONS_STATUS), status) == 0;
}

/* --- lists --- */

struct found {
	struct found *next;
	int64_t id;
};

static enum result
find(struct work *w, const char *sql, const struct value *args, size_t n_args,
	struct found **first)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, sql, args, n_args);

	*first = NULL;
	if (r)
		return r;
	while (query_next(query)) {
		*first = arena_new(w->arena, sizeof(**first));
		(*first)->id = query_whole(query, 0);
		first = &(*first)->next;
	}
	return query_close(&query);
}

static enum result
print_one(struct work *w, int64_t id, bool received)
{
	struct text *out = &w->call->out;
	struct row *row;
	enum result r = store_get(w, &personal_invitations, id, &row);

	if (r || (r = store_print(w, &personal_invitations, id, false, out)))
		return r;
	reach_reopen(w);
	if (received) {
		r = people_print(w, out, "sent_by", row_whole(row, INVITATIONS_SENT_BY_USER_ID));
		json_put_nothing(out, "sent_to");
	} else {
		json_put_nothing(out, "sent_by");
		r = people_print(w, out, "sent_to", row_whole(row, INVITATIONS_SENT_TO_USER_ID));
	}
	json_close(out, '}');
	return r;
}

static enum result
print_all(struct work *w, const struct found *first, bool received)
{
	struct text *out = &w->call->out;
	size_t n = 0;
	enum result r = OK;

	json_open(out, '[');
	for (const struct found *one = first; !r && one; one = one->next, n++) {
		if (n)
			text_char(out, ',');
		r = print_one(w, one->id, received);
	}
	json_close(out, ']');
	/* Titles name patients: reading them is worth an entry. */
	return r || !n ? r : reach_note(w, &personal_invitations, 0, 0, n);
}

static enum result
list_pending(struct work *w)
{
	const char *type = call_query(w->call, "invitation_type");
	struct found *first;
	enum result r = find(w, "SELECT id FROM invitations WHERE sent_to_user_id = $1 "
		"AND status = 'pending' AND (expires_at IS NULL OR expires_at > $2) "
		"AND (invitation_type = $3 OR $4 = 1)" NEWEST,
		ARGS(value_whole(w->actor.id), value_text(now_of(w)),
			value_text(type ? type : ""), value_whole(!type || !*type)), &first);

	return r ? r : print_all(w, first, true);
}

static enum result
list_sent(struct work *w)
{
	const char *type = call_query(w->call, "invitation_type");
	struct found *first;
	enum result r = find(w, "SELECT id FROM invitations WHERE sent_by_user_id = $1 "
		"AND (invitation_type = $2 OR $3 = 1)" NEWEST,
		ARGS(value_whole(w->actor.id), value_text(type ? type : ""),
			value_whole(!type || !*type)), &first);

	return r ? r : print_all(w, first, false);
}

static enum result
summarize(struct work *w)
{
#define SENT "SELECT COUNT(*) FROM invitations WHERE sent_by_user_id = $1"
#define LIVE " AND status = 'pending' AND (expires_at IS NULL OR expires_at > $2)"
	static const char received[] =
		"SELECT COUNT(*) FROM invitations WHERE sent_to_user_id = $1" LIVE;
	/* All take the moment, so that they can be asked in one way. */
	static const struct {
		const char *key, *sql;
	} counts[] = {
		{ "pending_received", received },
		{ "sent_pending", SENT LIVE },
		{ "sent_accepted", SENT " AND status = 'accepted' AND created_at <= $2" },
		{ "sent_rejected", SENT " AND status = 'rejected' AND created_at <= $2" },
		{ "total_received", received },
		{ "total_sent", SENT " AND created_at <= $2" },
	};
	struct text *out = &w->call->out;
	const char *now = now_of(w);
	enum result r = OK;

	json_open(out, '{');
	for (size_t i = 0; !r && i < COUNT(counts); i++) {
		int64_t n = 0;

		r = db_one(w->db, counts[i].sql,
			ARGS(value_whole(w->actor.id), value_text(now)), &n);
		json_put_whole(out, counts[i].key, n);
	}
	json_close(out, '}');
	return r;
#undef SENT
#undef LIVE
}

/* --- the answer --- */

static enum result
read_response(struct work *w)
{
	const json_t *response = json_object_get(w->call->json, "response");
	const json_t *note = json_object_get(w->call->json, "response_note");
	const char *word = json_string_value(response);

	if (!response)
		problem_at(&w->problems, "body", "response", "missing", "Field required");
	else if (!word)
		problem_at(&w->problems, "body", "response", "string_type",
			"Input should be a valid string");
	if (note && !json_is_string(note) && !json_is_null(note))
		problem_at(&w->problems, "body", "response_note", "string_type",
			"Input should be a valid string");
	if (w->problems.n)
		return INVALID;
	if (strcmp(word, "accepted") != 0 && strcmp(word, "rejected") != 0)
		return fail_as(w, 400, NULL, "Response must be 'accepted' or 'rejected'");
	return OK;
}

/*
 * MISSING unless the actor is the one in this slot.  The row is written first, to
 * what it is: where several units run at once, the next one waits here and then
 * reads what this one made of it.
 */
static enum result
reach(struct work *w, int slot, struct row **out)
{
	int64_t id;
	enum result r = MISSING;

	if (call_id(w->call, 0, &id))
		r = db_run(w->db, "UPDATE invitations SET status = status WHERE id = $1",
			ARGS(value_whole(id)), NULL);
	if (!r)
		r = store_get(w, &personal_invitations, id, out);
	if (!r && row_whole(*out, slot) != w->actor.id)
		r = MISSING;
	return r;
}

static enum result
expire(struct work *w)
{
	struct row *row;
	const char *end;
	enum result r = reach(w, INVITATIONS_SENT_TO_USER_ID, &row);

	if (r)
		return r == MISSING ? fail_as(w, 404, NULL, UNKNOWN) : r;
	end = row_text(row, INVITATIONS_EXPIRES_AT);
	if (!has_status(row, "pending") || !end || strcmp(end, now_of(w)) > 0)
		return OK;
	w->call->data = row;
	return invite_mark(w, row, "expired", 0);
}

static enum result
reject(struct work *w, const struct row *row)
{
	struct text *out = &w->call->out;
	enum result r = invite_answer(w, row, "rejected", 0);

	if (r)
		return r;
	invite_open(w, "Invitation rejected", row->id);
	json_put_text(out, "status", "rejected");
	json_close(out, '}');
	return OK;
}

static enum result
respond(struct work *w)
{
	const char *word = json_string_value(json_object_get(w->call->json, "response"));
	bool accept = strcmp(word, "accepted") == 0;
	struct row *row;
	const struct kind *kind;
	enum result r = reach(w, INVITATIONS_SENT_TO_USER_ID, &row);

	if (r)
		return r == MISSING ? fail_as(w, 404, NULL, UNKNOWN) : r;
	kind = kind_of(row);
	if (w->call->data)
		return fail_as(w, 400, NULL, accept
			? "This invitation has expired and can no longer be accepted"
			: "This invitation has expired and can no longer be responded to");
	if (!kind || !has_status(row, "pending"))
		return fail_as(w, 404, NULL, accept && kind ? kind->missing : UNKNOWN);
	return accept ? kind->accept(w, row) : reject(w, row);
}

/* --- the sender's side --- */

static enum result
cancel(struct work *w)
{
	struct text *out = &w->call->out;
	struct row *row;
	enum result r = reach(w, INVITATIONS_SENT_BY_USER_ID, &row);

	if (r == MISSING || (!r && !has_status(row, "pending")))
		return fail_as(w, 404, NULL, "Invitation not found or not pending");
	if (r || (r = invite_mark(w, row, "cancelled", 0)))
		return r;
	invite_open(w, "Invitation cancelled successfully", row->id);
	json_put_text(out, "status", "cancelled");
	json_close(out, '}');
	return OK;
}

/* The shares an invitation led to, active or not, the oldest first. */
static enum result
end_shares(struct work *w, const struct row *invitation, int64_t *last, int64_t *ended)
{
	struct found *first;
	enum result r = find(w, "SELECT id FROM family_history_shares "
		"WHERE invitation_id = $1 ORDER BY id", ARGS(value_whole(invitation->id)), &first);

	*last = *ended = 0;
	for (const struct found *one = first; !r && one; one = one->next) {
		struct row *share;

		if ((r = store_get(w, &personal_family_history_shares, one->id, &share)))
			return r;
		*last = share->id;
		*ended += row_bool(share, FAMILY_HISTORY_SHARES_IS_ACTIVE);
		r = family_shares_end(w, share, "revoked");
	}
	return r;
}

static void
print_revoked(struct work *w, const struct row *row, int64_t last, int64_t ended)
{
	json_t *context = invite_context(row);
	struct text *out = &w->call->out;

	if (json_is_true(json_object_get(context, "is_bulk_invite"))) {
		invite_open(w, arena_printf(w->arena, "Bulk family history sharing revoked "
			"successfully for %lld family members", (long long)ended), row->id);
		json_put_whole(out, "revoked_share_count", ended);
	} else {
		invite_open(w, "Family history sharing revoked successfully", row->id);
		json_put_whole(out, "share_id", last);
	}
	json_put_text(out, "status", "revoked");
	json_close(out, '}');
	json_decref(context);
}

static enum result
revoke(struct work *w)
{
	int64_t last, ended;
	struct row *row;
	enum result r = reach(w, INVITATIONS_SENT_BY_USER_ID, &row);

	if (r == MISSING && !reach(w, INVITATIONS_SENT_TO_USER_ID, &row))
		return fail_as(w, 403, NULL, "Not authorized to revoke this invitation");
	if (r)
		return r == MISSING ? fail_as(w, 404, NULL, "Invitation not found") : r;
	if (!has_status(row, "accepted") || strcmp(row_text(row, INVITATIONS_INVITATION_TYPE),
		"family_history_share") != 0)
		return fail_as(w, 400, NULL,
			"Can only revoke accepted family history share invitations");
	if ((r = end_shares(w, row, &last, &ended)) || (r = invite_revoke(w, row->id, 0)))
		return r;
	print_revoked(w, row, last, ended);
	return OK;
}

static enum result
clean_up(struct work *w)
{
	const struct entry entry = { .action = "cleaned", .entity_type = "invitation",
		.description = "Marked old invitations expired" };
	struct text *out = &w->call->out;
	int64_t n = 0;
	enum result r = db_run(w->db, "UPDATE invitations SET status = 'expired', "
		"updated_at = $1 WHERE status = 'pending' AND expires_at <= $1",
		ARGS(value_text(now_of(w))), &n);

	if (!r && n)
		r = audit_add(w, &entry);
	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "message", arena_printf(w->arena, "Expired %lld old invitations",
		(long long)n));
	json_put_whole(out, "expired_count", n);
	json_close(out, '}');
	return OK;
}

static const struct parameter of_type[] = {
	{ .name = "invitation_type", .type = TYPE_TEXT,
	  .help = "patient_share, family_history_share or family_join." },
	{ 0 }
};

#define INVITATIONS "/invitations/"
const struct route personal_invitations_routes[] = {
	{ .method = GET, .path = INVITATIONS "pending", .steps = { { READ, list_pending } },
	  .query = of_type,
	  .summary = "Invitations that wait for your answer." },
	{ .method = GET, .path = INVITATIONS "sent", .steps = { { READ, list_sent } },
	  .query = of_type, .summary = "Invitations you sent." },
	{ .method = GET, .path = INVITATIONS "summary", .steps = { { READ, summarize } },
	  .summary = "How many invitations there are." },
	{ .method = POST, .path = INVITATIONS "cleanup", .steps = { { WRITE, clean_up } },
	  .summary = "Marks invitations whose time is over." },
	{ .method = POST, .path = INVITATIONS "{id}/respond", .body = BODY_JSON,
	  .steps = { { HERE, read_response }, { WRITE, expire }, { WRITE, respond } },
	  .summary = "Accepts or rejects an invitation.",
	  .about = "The body is {\"response\": \"accepted\" or \"rejected\", "
		   "\"response_note\": text or absent}." },
	{ .method = POST, .path = INVITATIONS "{id}/revoke", .steps = { { WRITE, revoke } },
	  .summary = "Takes back accepted family history." },
	{ .method = DELETE, .path = INVITATIONS "{id}", .steps = { { WRITE, cancel } },
	  .summary = "Cancels an invitation nobody answered yet." },
	{ 0 }
};
