/*
 * shares - who was let in by whom.
 */
#include "personal/shares.h"

#include <string.h>

#include "base/moment.h"
#include "engine/store.h"
#include "personal/family_shares.h"
#include "personal/invite.h"
#include "personal/patient_shares.h"
#include "personal/people.h"
#include "personal/reach.h"
#include "personal/records.h"

enum result
shares_find(struct work *w, int64_t patient, int64_t with, struct row **out)
{
	int64_t id = 0;
	enum result r = db_one(w->db, "SELECT id FROM patient_shares "
		"WHERE patient_id = $1 AND shared_with_user_id = $2",
		ARGS(value_whole(patient), value_whole(with)), &id);

	return r ? r : store_get(w, &personal_patient_shares, id, out);
}

struct held {
	struct held *next;
	int64_t id;
};

static enum result
find_granted(struct work *w, int64_t patient, int64_t by, struct held **first)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	*first = NULL;
	r = db_query(w->db, &query, "SELECT s.id FROM patient_shares s "
		"JOIN patients p ON p.id = s.patient_id AND p.owner_user_id <> $2 "
		"WHERE s.patient_id = $1 AND s.shared_by_user_id = $2 AND s.is_active = TRUE "
		"ORDER BY s.id DESC", ARGS(value_whole(patient), value_whole(by)));
	if (r)
		return r;
	while (query_next(query)) {
		struct held *one = arena_new(w->arena, sizeof(*one));

		one->id = query_whole(query, 0);
		one->next = *first;
		*first = one;
	}
	return query_close(&query);
}

enum result
shares_end_granted(struct work *w, int64_t patient, int64_t by)
{
	struct held *one;
	struct row *row = NULL;
	enum result r = find_granted(w, patient, by, &one);

	for (; !r && one; one = one->next) {
		r = store_get(w, &personal_patient_shares, one->id, &row);
		/* One that was passed back and forth is over by now. */
		if (!r && row_bool(row, PATIENT_SHARES_IS_ACTIVE))
			r = shares_end(w, row, "revoked");
	}
	return r ? r : family_shares_end_given(w, patient, by);
}

enum result
shares_end(struct work *w, const struct row *share, const char *action)
{
	int64_t patient = row_whole(share, PATIENT_SHARES_PATIENT_ID);
	struct row *row = reach_copy(w, share);
	enum result r;

	row_set_whole(row, PATIENT_SHARES_IS_ACTIVE, false);
	if ((r = people_put(w, row, action, patient)))
		return r;
	if (strcmp(action, "revoked") == 0)
		r = invite_revoke(w, row_whole(share, PATIENT_SHARES_INVITATION_ID), patient);
	if (r)
		return r;
	return shares_end_granted(w, patient,
		row_whole(share, PATIENT_SHARES_SHARED_WITH_USER_ID));
}

static enum result
put(struct work *w, struct row *row, const struct grant *grant)
{
	row_set_whole(row, PATIENT_SHARES_PATIENT_ID, grant->patient);
	row_set_whole(row, PATIENT_SHARES_SHARED_BY_USER_ID, grant->by);
	row_set_whole(row, PATIENT_SHARES_SHARED_WITH_USER_ID, grant->with);
	row_set_text(row, PATIENT_SHARES_PERMISSION_LEVEL, grant->level);
	row_set_text(row, PATIENT_SHARES_CUSTOM_PERMISSIONS, grant->custom);
	row_set_whole(row, PATIENT_SHARES_IS_ACTIVE, true);
	row_set_text(row, PATIENT_SHARES_EXPIRES_AT, grant->expires);
	row_set_whole(row, PATIENT_SHARES_INVITATION_ID, grant->invitation);
	return people_put(w, row, "shared", grant->patient);
}

/* Counted by the row and the right of who granted it: whether the patient is
 * private for the time being does not matter. */
static enum result
in_force(struct work *w, const struct row *row, bool *live)
{
	const char *end = row_text(row, PATIENT_SHARES_EXPIRES_AT);
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	*live = false;
	if (!row_bool(row, PATIENT_SHARES_IS_ACTIVE) || (end && strcmp(end, now) <= 0))
		return OK;
	return people_may(w, row_whole(row, PATIENT_SHARES_SHARED_BY_USER_ID),
		row_whole(row, PATIENT_SHARES_PATIENT_ID), MANAGE, live);
}

enum result
shares_live(struct work *w, int64_t patient, int64_t with, bool *live)
{
	struct row *row = NULL;
	enum result r = people_may(w, with, patient, OWN, live);

	if (r || *live)
		return r;
	r = shares_find(w, patient, with, &row);
	if (r)
		return r == MISSING ? OK : r;
	return in_force(w, row, live);
}

enum result
shares_grant(struct work *w, const struct grant *grant, int64_t *id)
{
	struct row *row = NULL;
	bool live = false;
	enum result r = shares_find(w, grant->patient, grant->with, &row);

	if (r && r != MISSING)
		return r;
	if (row && ((r = in_force(w, row, &live)) || live)) {
		*id = row->id;
		return r;
	}
	/* What hung on an earlier share does not come back with the new one. */
	if ((r = shares_end_granted(w, grant->patient, grant->with)))
		return r;
	row = row ? reach_copy(w, row) : row_new(w->arena, &personal_patient_shares);
	r = put(w, row, grant);
	*id = row->id;
	return r;
}

enum result
shares_until(struct work *w, int64_t by, int64_t patient, const char *wanted, const char **out)
{
	struct row *own = NULL;
	const char *end;
	bool owns = false;
	enum result r = people_may(w, by, patient, OWN, &owns);

	*out = wanted;
	if (r || owns)
		return r;
	if ((r = shares_find(w, patient, by, &own)))
		return r;
	end = row_text(own, PATIENT_SHARES_EXPIRES_AT);
	if (end && wanted && strcmp(wanted, end) > 0)
		return fail(w, DENIED, "A share cannot last longer than your own");
	if (!wanted)
		*out = end;
	return OK;
}
