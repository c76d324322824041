/*
 * access - the rule of the personal store, one prepared query on the hot path.
 */
#include "personal/access.h"

#include <string.h>

#include "base/moment.h"
#include "engine/call.h"
#include "engine/store.h"

/* Full shares may be passed on; longer chains than this are refused. */
enum { MAX_CHAIN = 8 };

enum level { NOTHING, VIEW, CHANGE, FULL };

/* How a patient looks to one user. */
struct view {
	int64_t owner;
	int64_t granted_by; /* 0: no share */
	bool private;
	enum level level;
};

static enum level
level_of(const char *word)
{
	if (!word)
		return NOTHING;
	if (strcmp(word, "full") == 0)
		return FULL;
	if (strcmp(word, "edit") == 0)
		return CHANGE;
	return strcmp(word, "view") == 0 ? VIEW : NOTHING;
}

static enum level
level_for(enum verb verb)
{
	switch (verb) {
	case SEE:
		return VIEW;
	case EDIT:
		return CHANGE;
	case MANAGE:
		return FULL;
	case OWN:
	default:
		return FULL + 1;
	}
}

static const char view_sql[] =
	"SELECT p.owner_user_id, p.privacy_level, s.permission_level, s.shared_by_user_id "
	"FROM patients p LEFT JOIN patient_shares s ON s.patient_id = p.id "
	"AND s.shared_with_user_id = $2 AND s.is_active = TRUE "
	"AND (s.expires_at IS NULL OR s.expires_at > $3) WHERE p.id = $1";
enum { V_OWNER, V_PRIVACY, V_LEVEL, V_GRANTED_BY };

void
personal_access_foresee(struct work *w, int64_t user, int64_t patient)
{
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	db_foresee(w->db, view_sql,
		ARGS(value_whole(patient), value_whole(user), value_text(now)));
}

static enum result
look(struct work *w, int64_t patient, int64_t user, struct view *out)
{
	char now[MOMENT_SIZE];
	struct query *q = NULL;
	enum result r, closed;
	const char *privacy;

	moment_store(w->now, now);
	if ((r = db_query(w->db, &q, view_sql,
		     ARGS(value_whole(patient), value_whole(user), value_text(now)))))
		return r;
	r = MISSING;
	if (query_next(q)) {
		r = OK;
		out->owner = query_whole(q, V_OWNER);
		privacy = query_text(q, V_PRIVACY, NULL);
		out->private = privacy && strcmp(privacy, "private") == 0;
		out->level = level_of(query_text(q, V_LEVEL, NULL));
		out->granted_by = query_whole(q, V_GRANTED_BY);
	}
	closed = query_close(&q);
	return closed ? closed : r;
}

/* On PostgreSQL several write at once: the share is held until the unit commits, so
 * that no change is kept behind its end.  Not the patient's row: rules that lock it
 * later in the unit (one primary ...) would then wait for each other in a circle. */
static const char hold_sql[] =
	"SELECT s.permission_level FROM patient_shares s JOIN patients p ON p.id = s.patient_id "
	"WHERE s.patient_id = $1 AND s.shared_with_user_id = $2 AND s.is_active = TRUE "
	"AND (s.expires_at IS NULL OR s.expires_at > $3) AND p.privacy_level <> 'private' "
	"FOR SHARE OF s";

static bool
must_hold(const struct work *w)
{
	const struct call *call = w->call;

	return db_dialect(w->db) == POSTGRES && call && call->route
		&& call->step < (int)COUNT(call->route->steps)
		&& call->route->steps[call->step].lane == WRITE;
}

static enum result
hold(struct work *w, int64_t patient, int64_t user, struct view *view)
{
	char now[MOMENT_SIZE];
	struct query *q = NULL;
	enum result r;

	moment_store(w->now, now);
	r = db_query(w->db, &q, hold_sql,
		ARGS(value_whole(patient), value_whole(user), value_text(now)));
	if (r)
		return r;
	view->level = query_next(q) ? level_of(query_text(q, 0, NULL)) : NOTHING;
	return query_close(&q);
}

static enum result
look_again(struct work *w, int64_t patient, int64_t user, struct view *view)
{
	if (view->level == NOTHING || view->owner == user || !must_hold(w))
		return OK;
	return hold(w, patient, user, view);
}

/* A share granted by a holder of a full share is worth no more than theirs. */
static enum result
follow(struct work *w, int64_t patient, struct view *view)
{
	struct view up = *view;
	enum result r;

	for (int i = 0; view->level && up.granted_by != up.owner; i++) {
		if (i == MAX_CHAIN) {
			view->level = NOTHING;
			break;
		}
		const int64_t by = up.granted_by;

		if ((r = look(w, patient, by, &up)) || (r = look_again(w, patient, by, &up)))
			return r;
		if (up.level != FULL)
			view->level = NOTHING;
	}
	return OK;
}

static enum result
judge_patient(struct work *w, int64_t patient, enum verb verb)
{
	struct view view = { 0 };
	enum result r;

	if ((r = look(w, patient, w->actor.id, &view)))
		return r;
	if (view.owner == w->actor.id)
		return OK;
	if (view.private || view.level == NOTHING)
		return MISSING;
	if ((r = look_again(w, patient, w->actor.id, &view)))
		return r;
	if ((r = follow(w, patient, &view)))
		return r;
	if (view.level == NOTHING)
		return MISSING;
	return view.level >= level_for(verb) ? OK : DENIED;
}

/* Whether a record of somebody else's patient points at the row through f. */
static enum result
used_through(struct work *w, const struct record *rec, const struct field *f, int64_t id,
	bool *used)
{
	const char *patient = rec->is_patient ? "id" : rec->fields[rec->patient].name;
	const char *sql = arena_printf(w->arena,
		"SELECT 1 FROM %s t JOIN patients p ON p.id = t.%s "
		"WHERE t.%s = $1 AND p.owner_user_id <> $2 LIMIT 1",
		rec->name, patient, f->name);
	int64_t one;
	enum result r = db_one(w->db, sql, ARGS(value_whole(id), value_whole(w->actor.id)), &one);

	*used = r == OK;
	return r == MISSING ? OK : r;
}

static enum result
used_by_others(struct work *w, const struct row *row, bool *used)
{
	const struct catalog *catalog = store_catalog(w->store);
	enum result r;

	*used = false;
	for (const struct record *const *rec = catalog->records; *rec && !*used; rec++) {
		if (!(*rec)->of_patient && !(*rec)->is_patient)
			continue;
		for (size_t i = 0; i < (*rec)->n_fields && !*used; i++) {
			const struct field *f = &(*rec)->fields[i];

			if (f->type != TYPE_REF || f->target != row->rec)
				continue;
			if ((r = used_through(w, *rec, f, row->id, used)))
				return r;
		}
	}
	return OK;
}

static enum result
judge_shared(struct work *w, const struct record *rec, enum verb verb)
{
	const struct row *row = w->subject;
	int adder;
	bool used;
	enum result r;

	if (verb == SEE || !row || row->rec != rec || w->actor.admin)
		return OK;
	adder = record_slot(rec, "added_by");
	if (adder >= 0 && row_whole(row, adder) == w->actor.id)
		return OK;
	if ((r = used_by_others(w, row, &used)))
		return r;
	return used ? DENIED : OK;
}

enum result
personal_access(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	if (w->actor.kind == SYSTEM)
		return OK;
	if (w->actor.kind != USER)
		return MISSING;
	if (patient)
		return judge_patient(w, patient, verb);
	if (rec && rec->shared)
		return judge_shared(w, rec, verb);
	return w->actor.admin ? OK : MISSING;
}
