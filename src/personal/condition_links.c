/*
 * condition_links - which medications are taken for which condition.
 */
#include "engine/store.h"
#include "personal/condition_medications.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/ties.h"

static const char *const sentences[] = {
	[TIE_DENIED] = "Access denied to this condition",
	[TIE_TWICE] = "Relationship between this condition and medication already exists",
	[TIE_FOREIGN] = "Cannot link medication that doesn't belong to the same patient",
	[TIE_STRAY] = "Relationship does not belong to the specified condition",
	[TIE_DROPPED] = "Condition medication relationship deleted successfully",
};

const struct tie personal_condition_tie = {
	.links = &personal_condition_medications,
	.from = &personal_conditions,
	.to = &personal_medications,
	.from_slot = CONDITION_MEDICATIONS_CONDITION_ID,
	.to_slot = CONDITION_MEDICATIONS_MEDICATION_ID,
	.sentences = sentences,
	.names_id = true,
};

static enum result
list_of_condition(struct work *w)
{
	struct row *condition;
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = tie_reach(w, &personal_condition_tie, SEE, &condition)) ||
		(r = store_patient_of(w, condition, &patient)))
		return r;
	r = listing_plain(w, "wwwtmm",
		"SELECT id, medication_id, condition_id, relevance_note, created_at, updated_at "
		"FROM condition_medications WHERE condition_id = $1 ORDER BY id",
		ARGS(value_whole(condition->id)), &n);
	return r ? r : listing_done(w, &personal_condition_medications, patient, n);
}

/* The ties of a medication, each with its condition in short. */
static enum result
list_of_medication(struct work *w)
{
	const struct record *links = &personal_condition_medications;
	const char *missing = arena_printf(w->arena, "Medication with ID %s not found",
		w->call->params[0]);
	struct row *medication;
	int64_t id, patient;
	size_t n;
	enum result r;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, &personal_medications, missing);
	if ((r = reach_row(w, &personal_medications, id, SEE, missing, &medication)) ||
		(r = store_patient_of(w, medication, &patient)))
		return r;
	r = tie_print_conditions(w, links,
		"SELECT l.id, l.condition_id, c.diagnosis, c.status, c.severity "
		"FROM condition_medications l JOIN conditions c ON c.id = l.condition_id "
		"WHERE l.medication_id = $1 ORDER BY l.id", id, "medication", &n);
	return r ? r : listing_done(w, links, patient, n);
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
	  .steps = { { HERE, tie_read }, { WRITE, tie_create } }, LINKS,
	  .summary = "Links a medication to a condition." },
	{ .method = PUT, .path = OF "/{relationship_id}", .body = BODY_JSON,
	  .steps = { { WRITE, tie_update } }, LINKS,
	  .summary = "Changes the note of a link." },
	{ .method = DELETE, .path = OF "/{relationship_id}", .steps = { { WRITE, tie_drop } },
	  LINKS, .summary = "Removes a link." },
	{ 0 }
};
