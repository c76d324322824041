/*
 * ties - what all ties have in common: who may make them, none twice, none between
 * two patients.
 */
#include "personal/ties.h"

#include "base/json.h"
#include "engine/store.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"

static const struct tie *
tie_of(const struct work *w)
{
	return w->call->route->rec == personal_lab_tie.links
		? &personal_lab_tie : &personal_condition_tie;
}

static const char *
unknown(struct work *w, const struct tie *tie, const struct record *rec, const char *id)
{
	return tie->names_id
		? arena_printf(w->arena, "%s with ID %s not found", rec->one, id) : NULL;
}

/* Another sentence for who may see but not change. */
enum result
tie_reach(struct work *w, const struct tie *tie, enum verb verb, struct row **out)
{
	const char *missing = unknown(w, tie, tie->from, w->call->params[0]);
	int64_t id;
	enum result r;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, tie->from, missing);
	r = reach_row(w, tie->from, id, verb, missing, out);
	return r == DENIED ? fail(w, DENIED, tie->sentences[TIE_DENIED]) : r;
}

/* The path says what is tied. */
enum result
tie_read(struct work *w)
{
	const struct tie *tie = tie_of(w);
	int64_t id;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, tie->from, unknown(w, tie, tie->from, w->call->params[0]));
	if (json_is_object(w->call->json))
		(void)json_object_set_new(w->call->json,
			tie->links->fields[tie->from_slot].name, json_integer(id));
	return record_read(w);
}

static enum result
refuse_double(struct work *w, const struct tie *tie, const struct row *row)
{
	const struct field *fields = tie->links->fields;
	int64_t n;
	enum result r = store_lock(w, tie->from, row_whole(row, tie->from_slot));

	if (!r)
		r = db_one(w->db, arena_printf(w->arena,
			"SELECT COUNT(*) FROM %s WHERE %s = $1 AND %s = $2", tie->links->name,
			fields[tie->from_slot].name, fields[tie->to_slot].name),
			ARGS(row->values[tie->from_slot], row->values[tie->to_slot]), &n);
	if (!r && n)
		return fail_as(w, 400, "BIZ-400", tie->sentences[TIE_TWICE]);
	return r;
}

enum result
tie_create(struct work *w)
{
	const struct tie *tie = tie_of(w);
	struct row *from, *to, *row = w->call->row;
	int64_t id = row_whole(row, tie->to_slot), ours, theirs;
	enum result r;

	if ((r = tie_reach(w, tie, EDIT, &from)))
		return r;
	r = reach_row(w, tie->to, id, SEE, unknown(w, tie, tie->to,
		arena_printf(w->arena, "%lld", (long long)id)), &to);
	if (r || (r = store_patient_of(w, from, &ours)) || (r = store_patient_of(w, to, &theirs)))
		return r;
	if (ours != theirs)
		return fail_as(w, 400, "BIZ-400", tie->sentences[TIE_FOREIGN]);
	if ((r = refuse_double(w, tie, row)))
		return r;
	return record_store(w, row);
}

static const char *
no_tie(struct work *w, const struct tie *tie)
{
	return tie->names_id ? arena_printf(w->arena, "Relationship with ID %s not found",
		w->call->params[1]) : tie->links->missing;
}

static enum result
reach_tie(struct work *w, const struct tie *tie, struct row **out)
{
	const char *missing = no_tie(w, tie);
	struct row *from;
	int64_t id;
	enum result r;

	if ((r = tie_reach(w, tie, EDIT, &from)))
		return r;
	if (!call_id(w->call, 1, &id))
		return reach_missing(w, tie->links, missing);
	r = store_get(w, tie->links, id, out);
	if (r == MISSING)
		return reach_missing(w, tie->links, missing);
	if (!r && row_whole(*out, tie->from_slot) != from->id)
		return reach_stray(w, *out, missing, tie->sentences[TIE_STRAY]);
	return r;
}

enum result
tie_update(struct work *w)
{
	const struct tie *tie = tie_of(w);
	struct row *before;
	enum result r = reach_tie(w, tie, &before);

	if (r)
		return r;
	(void)json_object_del(w->call->json, tie->links->fields[tie->from_slot].name);
	(void)json_object_del(w->call->json, tie->links->fields[tie->to_slot].name);
	return record_change(w, before);
}

enum result
tie_drop(struct work *w)
{
	const struct tie *tie = tie_of(w);
	struct row *row;
	enum result r = reach_tie(w, tie, &row);

	if (r || (r = store_drop(w, row)))
		return r;
	return reach_message(w, tie->sentences[TIE_DROPPED]);
}

enum result
tie_print_conditions(struct work *w, const struct record *links, const char *sql, int64_t id,
	const char *nothing, size_t *n)
{
	static const char *const members[] = { "diagnosis", "status", "severity" };
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	enum result r = db_query(w->db, &query, sql, ARGS(value_whole(id)));

	if (r)
		return r;
	json_open(out, '[');
	for (*n = 0; query_next(query); ++*n) {
		if (*n)
			text_char(out, ',');
		if ((r = store_print(w, links, query_whole(query, 0), false, out)))
			return r;
		reach_reopen(w);
		if (nothing)
			json_put_nothing(out, nothing);
		json_key(out, "condition");
		json_open(out, '{');
		json_put_whole(out, "id", query_whole(query, 1));
		for (size_t i = 0; i < COUNT(members); i++)
			json_put_text(out, members[i], query_text(query, 2 + i, NULL));
		json_close(out, '}');
		json_close(out, '}');
	}
	json_close(out, ']');
	return query_close(&query);
}
