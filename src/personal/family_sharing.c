/*
 * family_sharing - relatives' history, one's own and what others share of theirs
 * (personal-api 2.8).
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/print.h"
#include "engine/store.h"
#include "personal/family_history_shares.h"
#include "personal/family_members.h"
#include "personal/family_shares.h"
#include "personal/invitations.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"

/* --- lists --- */

static enum result
member_of(struct work *w, const struct row *share, struct row **out)
{
	return store_get(w, &personal_family_members,
		row_whole(share, FAMILY_HISTORY_SHARES_FAMILY_MEMBER_ID), out);
}

/* {"family_member":..,"share_details":..} for each share. */
static enum result
print_shares(struct work *w, const struct share_list *list, enum telling telling,
	const char *key)
{
	struct text *out = &w->call->out;
	struct tally told = { 0 };
	enum result r = OK;

	json_open(out, '[');
	for (size_t i = 0; !r && i < list->n; i++) {
		struct row *share, *member;

		if ((r = store_get(w, &personal_family_history_shares, list->at[i], &share))
			|| (r = member_of(w, share, &member)))
			return r;
		people_count(w, &told, row_whole(member, FAMILY_MEMBERS_PATIENT_ID));
		if (i)
			text_char(out, ',');
		json_open(out, '{');
		json_key(out, "family_member");
		r = family_shares_member(w, out, member, telling);
		json_key(out, "share_details");
		if (!r)
			r = family_shares_info(w, out, share, key);
		json_close(out, '}');
	}
	json_close(out, ']');
	return r ? r : people_told(w, &told, &personal_family_members);
}

struct relatives {
	size_t n;
	struct relative {
		struct relative *next;
		int64_t id;
	} *first;
};

static enum result
find_owned(struct work *w, struct relatives *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct relative **last = &out->first;
	enum result r = db_query(w->db, &query, "SELECT m.id FROM family_members m "
		"JOIN patients p ON p.id = m.patient_id WHERE p.owner_user_id = $1 "
		"ORDER BY m.name, m.id LIMIT 1000", ARGS(value_whole(w->actor.id)));

	*out = (struct relatives){ 0 };
	if (r)
		return r;
	for (; query_next(query); last = &(*last)->next, out->n++) {
		*last = arena_new(w->arena, sizeof(**last));
		(*last)->id = query_whole(query, 0);
	}
	return query_close(&query);
}

static enum result
print_owned(struct work *w, enum telling telling, size_t *n)
{
	struct text *out = &w->call->out;
	struct tally told = { 0 };
	struct relatives owned;
	enum result r = find_owned(w, &owned);

	json_key(out, "owned_family_history");
	json_open(out, '[');
	for (const struct relative *one = owned.first; !r && one; one = one->next) {
		struct row *member;

		if ((r = store_get(w, &personal_family_members, one->id, &member)))
			return r;
		people_count(w, &told, row_whole(member, FAMILY_MEMBERS_PATIENT_ID));
		if (one != owned.first)
			text_char(out, ',');
		r = family_shares_member(w, out, member, telling);
	}
	json_close(out, ']');
	*n = owned.n;
	return r ? r : people_told(w, &told, &personal_family_members);
}

static enum result
list_all(struct work *w)
{
	struct text *out = &w->call->out;
	struct share_list shared;
	size_t owned;
	enum result r;

	json_open(out, '{');
	if ((r = print_owned(w, BRIEF, &owned))
		|| (r = family_shares_with(w, w->actor.id, 0, &shared)))
		return r;
	json_key(out, "shared_family_history");
	if ((r = print_shares(w, &shared, BRIEF, "shared_by")))
		return r;
	json_key(out, "summary");
	json_open(out, '{');
	json_put_whole(out, "owned_count", (int64_t)owned);
	json_put_whole(out, "shared_count", (int64_t)shared.n);
	json_put_whole(out, "total_count", (int64_t)(owned + shared.n));
	json_close(out, '}');
	json_close(out, '}');
	return OK;
}

static enum result
list_shared(struct work *w, const char *key, const struct share_list *list,
	enum telling telling, const char *whom)
{
	struct text *out = &w->call->out;
	enum result r;

	json_open(out, '{');
	json_key(out, key);
	r = print_shares(w, list, telling, whom);
	json_put_whole(out, "count", (int64_t)list->n);
	json_close(out, '}');
	return r;
}

static enum result
list_with_me(struct work *w)
{
	struct share_list list;
	enum result r = family_shares_with(w, w->actor.id, 0, &list);

	return r ? r : list_shared(w, "shared_family_history", &list, WHOLE_MEMBER, "shared_by");
}

static enum result
list_by_me(struct work *w)
{
	struct share_list list;
	enum result r = family_shares_by(w, w->actor.id, &list);

	return r ? r : list_shared(w, "shared_by_me", &list, RAW, "shared_with");
}

static enum result
list_own(struct work *w)
{
	struct text *out = &w->call->out;
	size_t n;
	enum result r;

	json_open(out, '{');
	r = print_owned(w, RAW, &n);
	json_put_whole(out, "count", (int64_t)n);
	json_close(out, '}');
	return r;
}

/* --- one relative --- */

static enum result
not_found(struct work *w, enum result r, const char *sentence)
{
	if (r == MISSING || r == DENIED)
		return fail_as(w, r == DENIED ? 403 : 404, NULL, sentence);
	return r;
}

static enum result
reach_member(struct work *w, enum verb verb, struct row **out)
{
	int64_t id;
	enum result r = MISSING;

	if (call_id(w->call, 0, &id))
		r = store_get(w, &personal_family_members, id, out);
	return r ? r : access_row(w, *out, verb);
}

/* Who may see the patient, and who was let in to see this relative alone. */
static enum result
get_details(struct work *w)
{
	struct share_list live = { 0 };
	struct row *member = NULL;
	enum result r = reach_member(w, SEE, &member);

	if (r == MISSING && member) {
		r = family_shares_with(w, w->actor.id, member->id, &live);
		if (!r && !live.n)
			r = MISSING;
	}
	if (r)
		return not_found(w, r, "Family member not found or access denied");
	r = reach_note(w, &personal_family_members, member->id,
		row_whole(member, FAMILY_MEMBERS_PATIENT_ID), 0);
	return r ? r : family_shares_member(w, &w->call->out, member, DETAILS);
}

static enum result
print_share(struct work *w, int64_t id)
{
	static const int shown[] = { FAMILY_HISTORY_SHARES_FAMILY_MEMBER_ID,
		FAMILY_HISTORY_SHARES_SHARED_BY_USER_ID, FAMILY_HISTORY_SHARES_SHARED_WITH_USER_ID,
		FAMILY_HISTORY_SHARES_PERMISSION_LEVEL, FAMILY_HISTORY_SHARES_SHARING_NOTE };
	struct text *out = &w->call->out;
	struct row *row;
	char moment[ISO_SIZE];
	enum result r = store_get(w, &personal_family_history_shares, id, &row);

	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "id", id);
	for (size_t i = 0; i < COUNT(shown); i++) {
		json_key(out, row->rec->fields[shown[i]].name);
		print_value(&row->rec->fields[shown[i]], &row->values[shown[i]], out);
	}
	moment_iso(row->created, moment);
	json_put_text(out, "created_at", moment);
	moment_iso(row->updated, moment);
	json_put_text(out, "updated_at", moment);
	r = people_print(w, out, "shared_with",
		row_whole(row, FAMILY_HISTORY_SHARES_SHARED_WITH_USER_ID));
	if (!r)
		r = family_shares_invitation(w, out,
			row_whole(row, FAMILY_HISTORY_SHARES_INVITATION_ID), "responded_at");
	json_close(out, '}');
	return r;
}

static enum result
list_of_member(struct work *w)
{
	struct text *out = &w->call->out;
	struct share_list list;
	struct row *member;
	enum result r = reach_member(w, OWN, &member);

	if (r)
		return not_found(w, r, "Family member not found or not owned by user");
	if ((r = family_shares_of(w, member->id, &list)))
		return r;
	json_open(out, '[');
	for (size_t i = 0; !r && i < list.n; i++) {
		if (i)
			text_char(out, ',');
		r = print_share(w, list.at[i]);
	}
	json_close(out, ']');
	return r ? r : reach_note(w, &personal_family_history_shares, 0,
		row_whole(member, FAMILY_MEMBERS_PATIENT_ID), list.n);
}

/* --- ending --- */

/* The newest share of a relative with a user: active ones first. */
static enum result
find_share(struct work *w, int64_t member, int64_t user, struct row **out)
{
	int64_t id = 0;
	enum result r = db_one(w->db, "SELECT id FROM family_history_shares "
		"WHERE family_member_id = $1 AND shared_with_user_id = $2 "
		"ORDER BY CASE WHEN is_active = TRUE THEN 0 ELSE 1 END, id DESC LIMIT 1",
		ARGS(value_whole(member), value_whole(user)), &id);

	return r ? r : store_get(w, &personal_family_history_shares, id, out);
}

/* The owner ends everything, a holder of a full share what they gave. */
static enum result
revoke(struct work *w)
{
	static const char nothing[] = "Share not found or not authorized";
	struct row *member, *share;
	int64_t user;
	bool owns = false;
	enum result r = reach_member(w, MANAGE, &member);

	if (!r && !call_id(w->call, 1, &user))
		r = MISSING;
	if (!r)
		r = find_share(w, member->id, user, &share);
	if (!r)
		r = people_may(w, w->actor.id, row_whole(member, FAMILY_MEMBERS_PATIENT_ID), OWN,
			&owns);
	if (r)
		return not_found(w, r, nothing);
	if (!owns && row_whole(share, FAMILY_HISTORY_SHARES_SHARED_BY_USER_ID) != w->actor.id)
		return not_found(w, MISSING, nothing);
	if ((r = family_shares_revoke(w, share)))
		return r;
	return reach_message(w, "Family history sharing revoked successfully");
}

static enum result
leave(struct work *w)
{
	static const char nothing[] = "No active share found or not authorized to remove access";
	struct row *share = NULL;
	int64_t member;
	enum result r = MISSING;

	if (call_id(w->call, 0, &member))
		r = find_share(w, member, w->actor.id, &share);
	if (r && r != MISSING)
		return r;
	if (r || !row_bool(share, FAMILY_HISTORY_SHARES_IS_ACTIVE))
		return fail_as(w, 400, NULL, nothing);
	if ((r = family_shares_end(w, share, "left")))
		return r;
	return reach_message(w, "Access removed successfully");
}

#define SHARING "/family-history-sharing/"
const struct route personal_family_sharing_routes[] = {
	{ .method = GET, .path = SHARING "mine", .steps = { { READ, list_all } },
	  .summary = "Your relatives, and those others share with you." },
	{ .method = GET, .path = SHARING "shared-with-me", .steps = { { READ, list_with_me } },
	  .summary = "Relatives whose history others share with you." },
	{ .method = GET, .path = SHARING "my-own", .steps = { { READ, list_own } },
	  .summary = "The relatives of your own patients." },
	{ .method = GET, .path = SHARING "shared-by-me", .steps = { { READ, list_by_me } },
	  .summary = "Relatives whose history you share with others." },
	{ .method = GET, .path = SHARING "{family_member_id}/shares",
	  .steps = { { READ, list_of_member } },
	  .summary = "With whom a relative's history is shared." },
	{ .method = GET, .path = SHARING "{family_member_id}/details",
	  .steps = { { READ, get_details } }, .summary = "One relative, with all conditions." },
	{ .method = DELETE, .path = SHARING "{family_member_id}/shares/{user_id}",
	  .steps = { { WRITE, revoke } }, .summary = "Ends a share of a relative's history." },
	{ .method = DELETE, .path = SHARING "shared-with-me/{family_member_id}/remove-access",
	  .steps = { { WRITE, leave } },
	  .summary = "Leaves a relative's history shared with you." },
	{ 0 }
};
