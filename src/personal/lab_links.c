/*
 * lab_links - which lab results tell about which condition.
 */
#include "engine/store.h"
#include "personal/lab_result_conditions.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/ties.h"

static const char *const sentences[] = {
	[TIE_DENIED] = "Access denied to this lab result",
	[TIE_TWICE] = "Relationship between this lab result and condition already exists",
	[TIE_FOREIGN] = "Cannot link condition that doesn't belong to the same patient",
	[TIE_STRAY] = "Relationship does not belong to this lab result",
	[TIE_DROPPED] = "Lab result condition relationship deleted successfully",
};

const struct tie personal_lab_tie = {
	.links = &personal_lab_result_conditions,
	.from = &personal_lab_results,
	.to = &personal_conditions,
	.from_slot = LAB_RESULT_CONDITIONS_LAB_RESULT_ID,
	.to_slot = LAB_RESULT_CONDITIONS_CONDITION_ID,
	.sentences = sentences,
};

static enum result
list(struct work *w)
{
	struct row *lab;
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = tie_reach(w, &personal_lab_tie, SEE, &lab)) ||
		(r = store_patient_of(w, lab, &patient)))
		return r;
	r = tie_print_conditions(w, &personal_lab_result_conditions,
		"SELECT l.id, l.condition_id, c.diagnosis, c.status, c.severity "
		"FROM lab_result_conditions l JOIN conditions c ON c.id = l.condition_id "
		"WHERE l.lab_result_id = $1 ORDER BY l.id", lab->id, NULL, &n);
	return r ? r : listing_done(w, &personal_lab_result_conditions, patient, n);
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
	return r ? r : listing_done(w, &personal_lab_result_conditions, patient, n);
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
	  .steps = { { HERE, tie_read }, { WRITE, tie_create } }, LINKS,
	  .summary = "Links a condition to a lab result." },
	{ .method = PUT, .path = OF "/{relationship_id}", .body = BODY_JSON,
	  .steps = { { WRITE, tie_update } }, LINKS,
	  .summary = "Changes the note of a link." },
	{ .method = DELETE, .path = OF "/{relationship_id}", .steps = { { WRITE, tie_drop } },
	  LINKS, .summary = "Removes a link." },
	{ 0 }
};
