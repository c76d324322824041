/*
 * encounters_routes - what visits answer beside the common pattern.
 */
#include "base/json.h"
#include "personal/listing.h"
#include "personal/patient_drop.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"

static enum result
list_recent(struct work *w)
{
	return listing_recent(w, "date", "date DESC, id DESC");
}

/* Two members that the contract promises and always leaves empty. */
static enum result
get(struct work *w)
{
	enum result r = record_get(w);

	if (r)
		return r;
	reach_reopen(w);
	json_put_nothing(&w->call->out, "patient_name");
	json_put_nothing(&w->call->out, "practitioner_name");
	json_close(&w->call->out, '}');
	return OK;
}

/* Files are kept under either word for a visit; their rows go with it. */
static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = reach_param(w, &personal_encounters, 0, EDIT, &row)))
		return r;
	if ((r = patient_drop_files(w, "encounter", row->id)))
		return r;
	if ((r = patient_drop_files(w, "visit", row->id)))
		return r;
	if ((r = store_drop(w, row)))
		return r;
	return reach_message(w, "Encounter deleted successfully");
}

static const struct parameter days[] = {
	LISTING_PAGE,
	{ .name = "days", .type = TYPE_WHOLE, .initial = "30", .min = 1, .max = 365,
	  .help = "How many days back." },
	{ 0 }
};

const struct route personal_encounters_routes[] = {
	{ .method = GET, .path = "/encounters/{id}", .steps = { { READ, get } },
	  .rec = &personal_encounters, .summary = "One visit, with what belongs to it." },
	{ .method = DELETE, .path = "/encounters/{id}", .steps = { { WRITE, drop } },
	  .rec = &personal_encounters, .summary = "Deletes one of the visits." },
	{ .method = GET, .path = "/encounters/patient/{patient_id}/recent",
	  .steps = { { READ, list_recent } }, .rec = &personal_encounters, .query = days,
	  .summary = "Visits of late." },
	{ .method = GET, .path = "/encounters/patients/{patient_id}/encounters/",
	  .steps = { { READ, listing_by_path } }, .rec = &personal_encounters,
	  .query = listing_page, .summary = "The visits of a patient." },
	{ 0 }
};
