/*
 * condition_links - which medications are taken for which condition.
 */
#include "base/json.h"
#include "personal/condition_medications.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "engine/store.h"

static const struct record *const links = &personal_condition_medications;

static const char *
unknown(struct work *w, const char *thing, int param)
{
	return arena_printf(w->arena, "%s with ID %s not found", thing, w->call->params[param]);
}

static enum result
reach_named(struct work *w, const struct record *rec, int64_t id, enum verb verb,
	struct row **out)
{
	return reach_row(w, rec, id, verb, arena_printf(w->arena, "%s with ID %lld not found",
		rec->one, (long long)id), out);
}

/* Another sentence for who may see but not change. */
static enum result
reach_condition(struct work *w, enum verb verb, struct row **out)
{
	int64_t id;
	enum result r;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_conditions, unknown(w, "Condition", 0));
	r = reach_named(w, &personal_conditions, id, verb, out);
	return r == DENIED ? fail(w, DENIED, "Access denied to this condition") : r;
}

static enum result
list_of_condition(struct work *w)
{
	struct row *condition;
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = reach_condition(w, SEE, &condition)))
		return r;
	if ((r = store_patient_of(w, condition, &patient)))
		return r;
	r = listing_plain(w, "wwwtmm",
		"SELECT id, medication_id, condition_id, relevance_note, created_at, updated_at "
		"FROM condition_medications WHERE condition_id = $1 ORDER BY id",
		ARGS(value_whole(condition->id)), &n);
	return r ? r : listing_done(w, links, patient, n);
}

/* The path says which condition. */
static enum result
read_link(struct work *w)
{
	int64_t id;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_conditions, unknown(w, "Condition", 0));
	if (json_is_object(w->call->json))
		(void)json_object_set_new(w->call->json, "condition_id", json_integer(id));
	return record_read(w);
}

static enum result
refuse_double(struct work *w, const struct row *row)
{
	int64_t n;
	enum result r = store_lock(w, &personal_conditions,
		row_whole(row, CONDITION_MEDICATIONS_CONDITION_ID));

	if (!r)
		r = db_one(w->db, "SELECT COUNT(*) FROM condition_medications "
			"WHERE condition_id = $1 AND medication_id = $2",
			ARGS(row->values[CONDITION_MEDICATIONS_CONDITION_ID],
				row->values[CONDITION_MEDICATIONS_MEDICATION_ID]), &n);

	if (!r && n)
		return fail_as(w, 400, "BIZ-400",
			"Relationship between this condition and medication already exists");
	return r;
}

static enum result
create(struct work *w)
{
	struct row *condition, *medication, *row = w->call->row;
	int64_t ours, theirs;
	enum result r;

	if ((r = reach_condition(w, EDIT, &condition)))
		return r;
	r = reach_named(w, &personal_medications,
		row_whole(row, CONDITION_MEDICATIONS_MEDICATION_ID), SEE, &medication);
	if (r)
		return r;
	if ((r = store_patient_of(w, condition, &ours)) ||
			(r = store_patient_of(w, medication, &theirs)))
		return r;
	if (ours != theirs)
		return fail_as(w, 400, "BIZ-400",
			"Cannot link medication that doesn't belong to the same patient");
	if ((r = refuse_double(w, row)))
		return r;
	return record_store(w, row);
}

static enum result
reach_link(struct work *w, struct row **out)
{
	const char *missing = unknown(w, "Relationship", 1);
	struct row *condition;
	int64_t id;
	enum result r;

	if ((r = reach_condition(w, EDIT, &condition)))
		return r;
	if (!call_id(w->call, 1, &id))
		return reach_missing(w, links, missing);
	r = store_get(w, links, id, out);
	if (r == MISSING)
		return reach_missing(w, links, missing);
	if (!r && row_whole(*out, CONDITION_MEDICATIONS_CONDITION_ID) != condition->id)
		return reach_stray(w, *out, missing,
			"Relationship does not belong to the specified condition");
	return r;
}

/* Only the note may change, not what is linked. */
static enum result
update(struct work *w)
{
	struct row *before;
	enum result r = reach_link(w, &before);

	if (r)
		return r;
	(void)json_object_del(w->call->json, "condition_id");
	(void)json_object_del(w->call->json, "medication_id");
	return record_change(w, before);
}

static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r = reach_link(w, &row);

	if (r || (r = store_drop(w, row)))
		return r;
	return reach_message(w, "Condition medication relationship deleted successfully");
}

/* The links of a medication, each with its condition in short. */
static enum result
print_conditions(struct work *w, int64_t medication, size_t *n)
{
	struct text *out = &w->call->out;
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	r = db_query(w->db, &query, "SELECT l.id, l.condition_id, c.diagnosis, c.status, c.severity "
		"FROM condition_medications l JOIN conditions c ON c.id = l.condition_id "
		"WHERE l.medication_id = $1 ORDER BY l.id", ARGS(value_whole(medication)));
	if (r)
		return r;
	json_open(out, '[');
	for (*n = 0; query_next(query); ++*n) {
		if (*n)
			text_char(out, ',');
		if ((r = store_print(w, links, query_whole(query, 0), false, out)))
			return r;
		reach_reopen(w);
		json_put_nothing(out, "medication");
		json_key(out, "condition");
		json_open(out, '{');
		json_put_whole(out, "id", query_whole(query, 1));
		json_put_text(out, "diagnosis", query_text(query, 2, NULL));
		json_put_text(out, "status", query_text(query, 3, NULL));
		json_put_text(out, "severity", query_text(query, 4, NULL));
		json_close(out, '}');
		json_close(out, '}');
	}
	json_close(out, ']');
	return query_close(&query);
}

static enum result
list_of_medication(struct work *w)
{
	struct row *medication;
	int64_t id, patient;
	size_t n;
	enum result r;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_medications, unknown(w, "Medication", 0));
	if ((r = reach_named(w, &personal_medications, id, SEE, &medication)))
		return r;
	if ((r = store_patient_of(w, medication, &patient)))
		return r;
	if ((r = print_conditions(w, id, &n)))
		return r;
	return listing_done(w, links, patient, n);
}

#define LINKS .rec = &personal_condition_medications
#define OF "/conditions/{condition_id}/medications"
const struct route personal_condition_link_routes[] = {
	{ .method = GET, .path = "/conditions/condition-medications/{condition_id}",
	  .steps = { { READ, list_of_condition } }, LINKS,
	  .summary = "The medications linked to a condition." },
	{ .method = GET, .path = "/conditions/medication/{medication_id}/conditions",
	  .steps = { { READ, list_of_medication } }, LINKS,
	  .summary = "The conditions a medication is linked to." },
	{ .method = POST, .path = OF, .body = BODY_JSON,
	  .steps = { { HERE, read_link }, { WRITE, create } }, LINKS,
	  .summary = "Links a medication to a condition." },
	{ .method = PUT, .path = OF "/{relationship_id}", .body = BODY_JSON,
	  .steps = { { WRITE, update } }, LINKS, .summary = "Changes the note of a link." },
	{ .method = DELETE, .path = OF "/{relationship_id}", .steps = { { WRITE, drop } },
	  LINKS, .summary = "Removes a link." },
	{ 0 }
};
