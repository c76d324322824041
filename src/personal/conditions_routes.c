/*
 * conditions_routes - what conditions answer beside the common pattern.
 */
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

#define DROPDOWN "SELECT id, diagnosis, status, severity, onset_date FROM conditions "         \
	"WHERE patient_id = $1 "

static enum result
list_dropdown(struct work *w)
{
	bool active = call_bool(w, "active_only");
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = call_sound(w)) || (r = select_active(w, SEE, &patient)))
		return r;
	r = listing_plain(w, "wtttt",
		active ? DROPDOWN "AND status = 'active' ORDER BY onset_date DESC NULLS LAST, id DESC"
		       : DROPDOWN "ORDER BY id DESC",
		ARGS(value_whole(patient)), &n);
	return r ? r : listing_done(w, &personal_conditions, patient, n);
}

static enum result
list_active(struct work *w)
{
	return listing_where(w, "status = 'active'",
		"CASE WHEN onset_date IS NULL THEN 0 ELSE 1 END, onset_date DESC, id DESC");
}

static const struct parameter dropdown[] = { LISTING_ACTIVE, { 0 } };

const struct route personal_conditions_routes[] = {
	{ .method = GET, .path = "/conditions/dropdown", .steps = { { READ, list_dropdown } },
	  .rec = &personal_conditions, .query = dropdown,
	  .summary = "The active patient's conditions, in short." },
	{ .method = GET, .path = "/conditions/patient/{patient_id}/active",
	  .steps = { { READ, list_active } }, .rec = &personal_conditions,
	  .query = listing_page, .summary = "The active conditions of a patient." },
	{ .method = GET, .path = "/conditions/patients/{patient_id}/conditions/",
	  .steps = { { READ, listing_by_path } }, .rec = &personal_conditions,
	  .query = listing_page, .summary = "The conditions of a patient." },
	{ 0 }
};
