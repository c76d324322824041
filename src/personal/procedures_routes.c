/*
 * procedures_routes - what procedures answer beside the common pattern.
 */
#include "personal/listing.h"
#include "personal/patient_drop.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

static enum result
list_recent(struct work *w)
{
	return listing_recent(w, "date", "date DESC, id DESC");
}

static enum result
list_scheduled(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_procedures);
	int64_t patient;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	listing_only(&list, "status = 'scheduled'");
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

/* The rows of its files go with it. */
static enum result
drop(struct work *w)
{
	struct row *row;
	enum result r;

	if ((r = reach_param(w, &personal_procedures, 0, EDIT, &row)))
		return r;
	if ((r = patient_drop_files(w, "procedure", row->id)))
		return r;
	if ((r = store_drop(w, row)))
		return r;
	return reach_message(w, "Procedure deleted successfully");
}

static const struct parameter days[] = {
	LISTING_PAGE,
	{ .name = "days", .type = TYPE_WHOLE, .initial = "90", .min = 1, .max = 365,
	  .help = "How many days back." },
	{ 0 }
};
static const struct parameter of_patient[] = { LISTING_PAGE, LISTING_PATIENT, { 0 } };

const struct route personal_procedures_routes[] = {
	{ .method = GET, .path = "/procedures/scheduled", .steps = { { READ, list_scheduled } },
	  .rec = &personal_procedures, .query = of_patient,
	  .summary = "Procedures that are planned." },
	{ .method = GET, .path = "/procedures/patient/{patient_id}/recent",
	  .steps = { { READ, list_recent } }, .rec = &personal_procedures, .query = days,
	  .summary = "Procedures done lately." },
	{ .method = GET, .path = "/procedures/patients/{patient_id}/procedures/",
	  .steps = { { READ, listing_by_path } }, .rec = &personal_procedures,
	  .query = listing_page, .summary = "The procedures of a patient." },
	{ .method = DELETE, .path = "/procedures/{id}", .steps = { { WRITE, drop } },
	  .rec = &personal_procedures, .summary = "Deletes one of the procedures." },
	{ 0 }
};
