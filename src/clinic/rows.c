/*
 * rows - from what a caller names to a stored row.
 */
#include "clinic/rows.h"

#include "base/arena.h"
#include "base/text.h"
#include "clinic/body.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "engine/call.h"
#include "engine/form.h"
#include "engine/store.h"

static const char *
owner_column(const struct record *rec)
{
	return rec->is_patient ? "id" : rec->fields[rec->patient].name;
}

static enum result
find_own(struct work *w, const struct record *rec, const char *column, struct value key,
	struct row **out)
{
	int64_t id;
	enum result r = db_one(w->db, arena_printf(w->arena,
		"SELECT id FROM %s WHERE %s = $1 AND %s = $2", rec->name, column,
		owner_column(rec)), ARGS(key, value_whole(w->actor.patient)), &id);

	return r ? r : store_get(w, rec, id, out);
}

/* Whose row was asked for, if there is such a row: that leaves its trace.  The answer
 * is the same; that it takes a little longer tells no more than that a key is taken. */
static enum result
trace(struct work *w, const struct record *rec, const char *column, struct value key)
{
	struct row *row;
	enum result r = store_find(w, rec, column, key, &row);

	if (!r)
		r = access_row(w, row, SEE);
	return r == FAULT ? r : MISSING;
}

static enum result
find_by(struct work *w, const struct record *rec, const char *column, struct value key,
	struct row **out)
{
	enum result r;

	if (rights_bound(w) && (rec->is_patient || rec->of_patient)) {
		r = find_own(w, rec, column, key, out);
		return r == MISSING ? trace(w, rec, column, key) : r;
	}
	return store_find(w, rec, column, key, out);
}

enum result
rows_find(struct work *w, const struct record *rec, const char *key, struct row **out)
{
	enum result r = MISSING;
	int64_t id;

	if (rec->key && (r = find_by(w, rec, rec->key, value_text(key), out)) != MISSING)
		return r;
	return text_whole(key, 1, INT32_MAX, &id) ? find_by(w, rec, "id", value_whole(id), out) : r;
}

enum result
rows_take(struct work *w, const struct record *rec, const char *key, enum verb verb,
	struct row **out)
{
	enum result r = rows_find(w, rec, key, out);

	return r ? r : access_row(w, *out, verb);
}

enum result
rows_patient(struct work *w, const char *mrn, int64_t *patient)
{
	struct row *row;
	enum result r = rows_find(w, &clinic_patients, mrn, &row);

	if (r == MISSING)
		return fail(w, MISSING, "Patient not found");
	if (!r)
		*patient = row->id;
	return r;
}

enum result
rows_read(struct work *w, json_t *sent, int64_t patient, struct row *row)
{
	bool update = row->before != NULL;
	json_t *body = NULL;
	enum result r = body_take(w, resource_of(row->rec), sent, update, patient, &body);

	if (!r) {
		form_read(w, body, update, row);
		form_rules(w, row);
		r = call_sound(w);
	}
	json_decref(body);
	return r;
}
