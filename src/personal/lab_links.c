/*
 * lab_links - which lab results tell about which condition.
 */
#include "base/json.h"
#include "personal/lab_result_conditions.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "engine/store.h"

static const struct record *const links = &personal_lab_result_conditions;

static enum result
reach_lab(struct work *w, enum verb verb, struct row **out)
{
	enum result r = reach_param(w, &personal_lab_results, 0, verb, out);

	return r == DENIED ? fail(w, DENIED, "Access denied to this lab result") : r;
}

static enum result
print_condition(struct work *w, int64_t link, struct query *query)
{
	struct text *out = &w->call->out;
	enum result r = store_print(w, links, link, false, out);

	if (r)
		return r;
	reach_reopen(w);
	json_key(out, "condition");
	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, 1));
	json_put_text(out, "diagnosis", query_text(query, 2, NULL));
	json_put_text(out, "status", query_text(query, 3, NULL));
	json_put_text(out, "severity", query_text(query, 4, NULL));
	json_close(out, '}');
	json_close(out, '}');
	return OK;
}

static enum result
list(struct work *w)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	struct row *lab;
	int64_t patient;
	size_t n = 0;
	enum result r;

	if ((r = reach_lab(w, SEE, &lab)) || (r = store_patient_of(w, lab, &patient)))
		return r;
	r = db_query(w->db, &query, "SELECT l.id, l.condition_id, c.diagnosis, c.status, c.severity "
		"FROM lab_result_conditions l JOIN conditions c ON c.id = l.condition_id "
		"WHERE l.lab_result_id = $1 ORDER BY l.id", ARGS(value_whole(lab->id)));
	if (r)
		return r;
	json_open(out, '[');
	for (; query_next(query); n++) {
		if (n)
			text_char(out, ',');
		if ((r = print_condition(w, query_whole(query, 0), query)))
			return r;
	}
	json_close(out, ']');
	if ((r = query_close(&query)))
		return r;
	return listing_done(w, links, patient, n);
}

/* The same from the other end; ours, for the page of a condition. */
static enum result
list_of_condition(struct work *w)
{
	struct row *condition;
	int64_t patient;
	size_t n;
	enum result r = reach_param(w, &personal_conditions, 0, SEE, &condition);

	if (r || (r = store_patient_of(w, condition, &patient)))
		return r;
	r = listing_plain(w, "wwwtmm",
		"SELECT id, lab_result_id, condition_id, relevance_note, created_at, updated_at "
		"FROM lab_result_conditions WHERE condition_id = $1 ORDER BY id",
		ARGS(value_whole(condition->id)), &n);
	return r ? r : listing_done(w, links, patient, n);
}

/* The path says which lab result. */
static enum result
read_link(struct work *w)
{
	int64_t id;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_lab_results, NULL);
	if (json_is_object(w->call->json))
		(void)json_object_set_new(w->call->json, "lab_result_id", json_integer(id));
	return record_read(w);
}

static enum result
refuse_double(struct work *w, const struct row *row)
{
	int64_t n;
	enum result r = store_lock(w, &personal_lab_results,
		row_whole(row, LAB_RESULT_CONDITIONS_LAB_RESULT_ID));

	if (!r)
		r = db_one(w->db, "SELECT COUNT(*) FROM lab_result_conditions "
			"WHERE lab_result_id = $1 AND condition_id = $2",
			ARGS(row->values[LAB_RESULT_CONDITIONS_LAB_RESULT_ID],
				row->values[LAB_RESULT_CONDITIONS_CONDITION_ID]), &n);

	if (!r && n)
		return fail_as(w, 400, "BIZ-400",
			"Relationship between this lab result and condition already exists");
	return r;
}

static enum result
create(struct work *w)
{
	struct row *lab, *condition, *row = w->call->row;
	int64_t ours, theirs;
	enum result r;

	if ((r = reach_lab(w, EDIT, &lab)))
		return r;
	r = reach_row(w, &personal_conditions,
		row_whole(row, LAB_RESULT_CONDITIONS_CONDITION_ID), SEE, NULL, &condition);
	if (r)
		return r;
	if ((r = store_patient_of(w, lab, &ours)) ||
			(r = store_patient_of(w, condition, &theirs)))
		return r;
	if (ours != theirs)
		return fail_as(w, 400, "BIZ-400",
			"Cannot link condition that doesn't belong to the same patient");
	if ((r = refuse_double(w, row)))
		return r;
	return record_store(w, row);
}

static enum result
reach_link(struct work *w, struct row **out)
{
	static const char missing[] = "Lab result condition relationship not found";
	struct row *lab;
	int64_t id;
	enum result r;

	if ((r = reach_lab(w, EDIT, &lab)))
		return r;
	if (!call_id(w->call, 1, &id))
		return reach_missing(w, links, missing);
	r = store_get(w, links, id, out);
	if (r == MISSING)
		return reach_missing(w, links, missing);
	if (!r && row_whole(*out, LAB_RESULT_CONDITIONS_LAB_RESULT_ID) != lab->id)
		return reach_stray(w, *out, missing,
			"Relationship does not belong to this lab result");
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
	(void)json_object_del(w->call->json, "lab_result_id");
	(void)json_object_del(w->call->json, "condition_id");
	return record_change(w, before);
}

static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r = reach_link(w, &row);

	if (r || (r = store_drop(w, row)))
		return r;
	return reach_message(w, "Lab result condition relationship deleted successfully");
}

#define LINKS .rec = &personal_lab_result_conditions
#define OF "/lab-results/{id}/conditions"
const struct route personal_lab_link_routes[] = {
	{ .method = GET, .path = OF, .steps = { { READ, list } }, LINKS,
	  .summary = "The conditions a lab result tells about." },
	{ .method = GET, .path = "/conditions/{condition_id}/lab-results",
	  .steps = { { READ, list_of_condition } }, LINKS,
	  .summary = "The lab results that tell about a condition." },
	{ .method = POST, .path = OF, .body = BODY_JSON,
	  .steps = { { HERE, read_link }, { WRITE, create } }, LINKS,
	  .summary = "Links a condition to a lab result." },
	{ .method = PUT, .path = OF "/{relationship_id}", .body = BODY_JSON,
	  .steps = { { WRITE, update } }, LINKS, .summary = "Changes the note of a link." },
	{ .method = DELETE, .path = OF "/{relationship_id}", .steps = { { WRITE, drop } },
	  LINKS, .summary = "Removes a link." },
	{ 0 }
};
