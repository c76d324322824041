/*
 * family_shares - shares of single relatives as rows, and as JSON.
 */
#include "personal/family_shares.h"

#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/print.h"
#include "engine/store.h"
#include "personal/family_history_shares.h"
#include "personal/family_members.h"
#include "personal/invitations.h"
#include "personal/invite.h"
#include "personal/reach.h"
#include "personal/records.h"

/* --- in force --- */

/* All but the right of who gave it, which follow() asks for. */
#define IN_FORCE                                                                       \
	"SELECT s.id, s.shared_by_user_id, m.patient_id FROM family_history_shares s " \
	"JOIN family_members m ON m.id = s.family_member_id "                          \
	"JOIN patients p ON p.id = m.patient_id "                                      \
	"JOIN invitations i ON i.id = s.invitation_id "                                \
	"WHERE s.is_active = TRUE AND i.status = 'accepted' "                          \
	"AND p.privacy_level <> 'private' AND (s.expires_at IS NULL OR s.expires_at > $1) "

struct candidate {
	struct candidate *next;
	int64_t id, by, patient;
};

static enum result
find(struct work *w, const char *sql, const struct value *args, size_t n_args,
	struct candidate **first)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct candidate **last = first;
	enum result r = db_query(w->db, &query, sql, args, n_args);

	*first = NULL;
	if (r)
		return r;
	while (query_next(query)) {
		*last = arena_new(w->arena, sizeof(**last));
		(*last)->id = query_whole(query, 0);
		(*last)->by = query_whole(query, 1);
		(*last)->patient = query_whole(query, 2);
		last = &(*last)->next;
	}
	return query_close(&query);
}

static enum result
select_live(struct work *w, const char *sql, const struct value *args, size_t n_args,
	struct share_list *out)
{
	struct candidate *first;
	size_t n = 0;
	enum result r = find(w, sql, args, n_args, &first);

	for (const struct candidate *one = first; one; one = one->next)
		n++;
	out->n = 0;
	out->at = arena_new(w->arena, (n + 1) * sizeof(*out->at));
	for (const struct candidate *one = first; !r && one; one = one->next) {
		bool may = false;

		r = people_may(w, one->by, one->patient, MANAGE, &may);
		if (may)
			out->at[out->n++] = one->id;
	}
	return r;
}

static const char *
now_of(struct work *w)
{
	char *now = arena_new(w->arena, MOMENT_SIZE);

	moment_store(w->now, now);
	return now;
}

enum result
family_shares_with(struct work *w, int64_t user, int64_t member, struct share_list *out)
{
	const char *now = now_of(w);

	if (member)
		return select_live(w, IN_FORCE "AND s.shared_with_user_id = $2 "
			"AND s.family_member_id = $3 ORDER BY s.id",
			ARGS(value_text(now), value_whole(user), value_whole(member)), out);
	return select_live(w, IN_FORCE "AND s.shared_with_user_id = $2 ORDER BY m.name, s.id LIMIT 1000",
		ARGS(value_text(now), value_whole(user)), out);
}

enum result
family_shares_by(struct work *w, int64_t user, struct share_list *out)
{
	return select_live(w, IN_FORCE "AND s.shared_by_user_id = $2 ORDER BY m.name, s.id LIMIT 1000",
		ARGS(value_text(now_of(w)), value_whole(user)), out);
}

enum result
family_shares_of(struct work *w, int64_t member, struct share_list *out)
{
	return select_live(w, IN_FORCE "AND s.family_member_id = $2 ORDER BY s.id LIMIT 1000",
		ARGS(value_text(now_of(w)), value_whole(member)), out);
}

/* --- changes --- */

enum result
family_shares_end(struct work *w, const struct row *share, const char *action)
{
	struct row *row = reach_copy(w, share);
	int64_t patient;
	enum result r = store_patient_of(w, share, &patient);

	if (r || !row_bool(share, FAMILY_HISTORY_SHARES_IS_ACTIVE))
		return r;
	row_set_whole(row, FAMILY_HISTORY_SHARES_IS_ACTIVE, false);
	return people_put(w, row, action, patient);
}

/* A bulk invitation stays accepted as long as one of its shares is active. */
enum result
family_shares_revoke(struct work *w, const struct row *share)
{
	int64_t id = row_whole(share, FAMILY_HISTORY_SHARES_INVITATION_ID), patient, n = 0;
	enum result r;

	if ((r = family_shares_end(w, share, "revoked"))
		|| (r = store_patient_of(w, share, &patient)))
		return r;
	r = db_one(w->db, "SELECT COUNT(*) FROM family_history_shares "
		"WHERE invitation_id = $1 AND is_active = TRUE", ARGS(value_whole(id)), &n);
	return r || n ? r : invite_revoke(w, id, patient);
}

enum result
family_shares_end_given(struct work *w, int64_t patient, int64_t by)
{
	struct candidate *one;
	enum result r = find(w, "SELECT s.id, s.shared_by_user_id, m.patient_id "
		"FROM family_members m JOIN family_history_shares s ON s.family_member_id = m.id "
		"JOIN patients p ON p.id = m.patient_id AND p.owner_user_id <> $2 "
		"WHERE m.patient_id = $1 AND s.shared_by_user_id = $2 AND s.is_active = TRUE "
		"ORDER BY s.id", ARGS(value_whole(patient), value_whole(by)), &one);

	for (; !r && one; one = one->next) {
		struct row *share;

		r = store_get(w, &personal_family_history_shares, one->id, &share);
		if (!r)
			r = family_shares_revoke(w, share);
	}
	return r;
}

/* There is room for one active row: one that means nothing any more goes. */
static enum result
clear(struct work *w, int64_t user, int64_t member)
{
	struct row *row;
	int64_t id = 0;
	enum result r = db_one(w->db, "SELECT id FROM family_history_shares "
		"WHERE family_member_id = $1 AND shared_with_user_id = $2 AND is_active = TRUE",
		ARGS(value_whole(member), value_whole(user)), &id);

	if (r)
		return r == MISSING ? OK : r;
	if ((r = store_get(w, &personal_family_history_shares, id, &row)))
		return r;
	return family_shares_end(w, row, "revoked");
}

enum result
family_shares_grant(struct work *w, const struct row *invitation, int64_t member,
	const char *level, const char *note, int64_t *id)
{
	struct row *row = row_new(w->arena, &personal_family_history_shares);
	struct share_list live;
	int64_t patient;
	enum result r = family_shares_with(w, w->actor.id, member, &live);

	if (r)
		return r;
	if (live.n) {
		*id = live.at[0];
		return OK;
	}
	if ((r = clear(w, w->actor.id, member)))
		return r;
	row_set_whole(row, FAMILY_HISTORY_SHARES_INVITATION_ID, invitation->id);
	row_set_whole(row, FAMILY_HISTORY_SHARES_FAMILY_MEMBER_ID, member);
	row_set_whole(row, FAMILY_HISTORY_SHARES_SHARED_BY_USER_ID,
		row_whole(invitation, INVITATIONS_SENT_BY_USER_ID));
	row_set_whole(row, FAMILY_HISTORY_SHARES_SHARED_WITH_USER_ID, w->actor.id);
	row_set_text(row, FAMILY_HISTORY_SHARES_PERMISSION_LEVEL, level);
	row_set_whole(row, FAMILY_HISTORY_SHARES_IS_ACTIVE, true);
	row_set_text(row, FAMILY_HISTORY_SHARES_SHARING_NOTE, note);
	if ((r = store_patient_of(w, row, &patient)))
		return r;
	r = people_put(w, row, "shared", patient);
	*id = row->id;
	return r;
}

/* --- in words --- */

static const char *
column(struct query *query, size_t i)
{
	return query_text(query, i, NULL);
}

static void
put_stamps(struct text *out, const char *created, const char *updated)
{
	people_moment(out, "created_at", created);
	people_moment(out, "updated_at", updated);
}

static enum result
print_conditions(struct work *w, struct text *out, int64_t member, bool whole)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT id, diagnosis_age, condition_name, "
		"severity, status, condition_type, notes, icd10_code, created_at, updated_at "
		"FROM family_conditions WHERE family_member_id = $1 ORDER BY condition_name, id",
		ARGS(value_whole(member)));

	if (r)
		return r;
	json_key(out, "family_conditions");
	json_open(out, '[');
	while (query_next(query)) {
		json_open(out, '{');
		json_put_whole(out, "id", query_whole(query, 0));
		json_put_text(out, "condition_name", column(query, 2));
		json_key(out, "diagnosis_age");
		if (query_null(query, 1))
			json_nothing(out);
		else
			json_whole(out, query_whole(query, 1));
		json_put_text(out, "severity", column(query, 3));
		json_put_text(out, "status", column(query, 4));
		json_put_text(out, "condition_type", column(query, 5));
		json_put_text(out, "notes", column(query, 6));
		if (whole) {
			json_put_text(out, "icd10_code", column(query, 7));
			people_moment(out, "created_at", column(query, 8));
			people_moment(out, "updated_at", column(query, 9));
		}
		json_close(out, '}');
	}
	json_close(out, ']');
	return query_close(&query);
}

enum result
family_shares_member(struct work *w, struct text *out, const struct row *member,
	enum telling telling)
{
	char created[MOMENT_SIZE], updated[MOMENT_SIZE];
	enum result r = OK;

	json_open(out, '{');
	json_put_whole(out, "id", member->id);
	for (int slot = FAMILY_MEMBERS_NAME; slot <= FAMILY_MEMBERS_NOTES; slot++) {
		json_key(out, member->rec->fields[slot].name);
		print_value(&member->rec->fields[slot], &member->values[slot], out);
	}
	if (telling == RAW || telling == WHOLE_MEMBER) {
		moment_store(member->created, created);
		moment_store(member->updated, updated);
		json_put_whole(out, "patient_id", row_whole(member, FAMILY_MEMBERS_PATIENT_ID));
		put_stamps(out, created, updated);
	}
	if (telling != RAW)
		r = print_conditions(w, out, member->id, telling != BRIEF);
	json_close(out, '}');
	return r;
}

enum result
family_shares_invitation(struct work *w, struct text *out, int64_t id, const char *answered)
{
	struct row *row;
	enum result r = store_get(w, &personal_invitations, id, &row);

	if (r)
		return r;
	json_key(out, "invitation");
	json_open(out, '{');
	json_put_whole(out, "id", id);
	json_put_text(out, "title", row_text(row, INVITATIONS_TITLE));
	json_put_text(out, "message", row_text(row, INVITATIONS_MESSAGE));
	people_moment(out, answered, row_text(row, INVITATIONS_RESPONDED_AT));
	json_close(out, '}');
	return OK;
}

enum result
family_shares_info(struct work *w, struct text *out, const struct row *share, const char *key)
{
	int slot = strcmp(key, "shared_by") == 0 ? FAMILY_HISTORY_SHARES_SHARED_BY_USER_ID
						 : FAMILY_HISTORY_SHARES_SHARED_WITH_USER_ID;
	char created[MOMENT_SIZE];
	enum result r;

	json_open(out, '{');
	r = people_print(w, out, key, row_whole(share, slot));
	moment_store(share->created, created);
	people_moment(out, "shared_at", created);
	json_put_text(out, "sharing_note", row_text(share, FAMILY_HISTORY_SHARES_SHARING_NOTE));
	json_put_text(out, "permission_level",
		row_text(share, FAMILY_HISTORY_SHARES_PERMISSION_LEVEL));
	if (!r)
		r = family_shares_invitation(w, out,
			row_whole(share, FAMILY_HISTORY_SHARES_INVITATION_ID), "accepted_at");
	json_close(out, '}');
	return r;
}
