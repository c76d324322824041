/*
 * account_drop - a user goes with all that is theirs (personal-api 3.2), in one
 * transaction, in the order that references allow.
 */
#include "engine/store.h"
#include "personal/accounts.h"
#include "personal/patient_drop.h"
#include "personal/records.h"

enum result
accounts_may_go(struct work *w, int64_t user, bool admin)
{
	enum result r;
	int64_t n;

	if ((r = db_one(w->db, "SELECT count(*) FROM users WHERE id <> $1",
		     ARGS(value_whole(user)), &n)))
		return r;
	if (n == 0)
		return fail_as(w, 400, NULL,
			"Cannot delete the last remaining user in the system. "
			"The system must have at least one user account.");
	if ((r = accounts_admins(w, &n)))
		return r;
	if (admin && n <= 1)
		return fail_as(w, 400, NULL,
			"Cannot delete the last remaining admin user in the system. "
			"Please create another admin user first.");
	return OK;
}

struct owned {
	struct owned *next;
	int64_t id;
};

static enum result
find_owned(struct work *w, int64_t user, struct owned **first)
{
	struct query *q = NULL;
	enum result r;

	*first = NULL;
	if ((r = db_query(w->db, &q,
		     "SELECT id FROM patients WHERE owner_user_id = $1 OR user_id = $1 ORDER BY id",
		     ARGS(value_whole(user)))))
		return r;
	while (query_next(q)) {
		struct owned *one = arena_new(w->arena, sizeof(*one));

		one->id = query_whole(q, 0);
		one->next = *first;
		*first = one;
	}
	return query_close(&q);
}

static enum result
drop_patients(struct work *w, int64_t user, struct user_remains *out)
{
	struct owned *first;
	enum result r = find_owned(w, user, &first);

	if (r)
		return r;
	out->patient = first ? first->id : 0;
	for (struct owned *one = first; one; one = one->next) {
		struct row *row = NULL;

		if ((r = store_get(w, &personal_patients, one->id, &row)))
			return r;
		if ((r = patient_drop(w, row)))
			return r;
		out->patients++;
	}
	return OK;
}

/* Deleting a patient takes its shares along: they are counted while they stand. */
static enum result
count_shares(struct work *w, int64_t user, struct user_remains *out)
{
	enum result r = db_one(w->db, "SELECT COUNT(*) FROM ("
		"SELECT id FROM patient_shares WHERE shared_by_user_id = $1 UNION "
		"SELECT id FROM patient_shares WHERE shared_with_user_id = $1 UNION "
		"SELECT s.id FROM patients p JOIN patient_shares s ON s.patient_id = p.id "
		"WHERE p.owner_user_id = $1) derived",
		ARGS(value_whole(user)), &out->patient_shares);

	if (r)
		return r;
	return db_one(w->db, "SELECT COUNT(*) FROM ("
		"SELECT id FROM family_history_shares WHERE shared_by_user_id = $1 UNION "
		"SELECT id FROM family_history_shares WHERE shared_with_user_id = $1 UNION "
		"SELECT s.id FROM patients p JOIN family_members m ON m.patient_id = p.id "
		"JOIN family_history_shares s ON s.family_member_id = m.id "
		"WHERE p.owner_user_id = $1) derived",
		ARGS(value_whole(user)), &out->family_shares);
}

static enum result
drop_rows(struct work *w, int64_t user, struct user_remains *out)
{
	const struct {
		const char *sql;
		int64_t *n;
	} steps[] = {
		{ "DELETE FROM family_history_shares WHERE shared_by_user_id = $1 "
		  "OR shared_with_user_id = $1", NULL },
		{ "DELETE FROM patient_shares WHERE shared_by_user_id = $1 "
		  "OR shared_with_user_id = $1", NULL },
		{ "DELETE FROM family_history_shares WHERE invitation_id IN (SELECT id FROM "
		  "invitations WHERE sent_by_user_id = $1 OR sent_to_user_id = $1)", NULL },
		{ "UPDATE patient_shares SET invitation_id = NULL WHERE invitation_id IN "
		  "(SELECT id FROM invitations WHERE sent_by_user_id = $1 "
		  "OR sent_to_user_id = $1)", NULL },
		{ "DELETE FROM invitations WHERE sent_by_user_id = $1", &out->sent },
		{ "DELETE FROM invitations WHERE sent_to_user_id = $1", &out->received },
		{ "UPDATE patient_photos SET uploaded_by = NULL WHERE uploaded_by = $1", NULL },
		{ "DELETE FROM user_tags WHERE user_id = $1", NULL },
		{ "DELETE FROM report_templates WHERE user_id = $1", NULL },
		{ "DELETE FROM user_preferences WHERE user_id = $1", &out->preferences },
		{ "DELETE FROM sessions WHERE user_id = $1", NULL },
	};
	enum result r = OK;

	for (size_t i = 0; !r && i < COUNT(steps); i++)
		r = db_run(w->db, steps[i].sql, ARGS(value_whole(user)), steps[i].n);
	return r;
}

enum result
accounts_drop(struct work *w, int64_t user, struct user_remains *out)
{
	struct row *row = NULL;
	enum result r;

	*out = (struct user_remains){ 0 };
	if ((r = store_get(w, &personal_users, user, &row)))
		return r == MISSING ? fail_as(w, 404, NULL, "User not found") : r;
	if ((r = count_shares(w, user, out)))
		return r;
	if ((r = drop_patients(w, user, out)))
		return r;
	if ((r = drop_rows(w, user, out)))
		return r;
	return store_drop(w, row);
}
