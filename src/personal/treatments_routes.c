/*
 * treatments_routes - what treatments answer beside the common pattern.
 */
#include "base/moment.h"
#include "personal/listing.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

static enum result
list_active(struct work *w)
{
	return listing_where(w, "status = 'active'", "start_date DESC, id DESC");
}

/* Active and without an end that has passed. */
static enum result
list_ongoing(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_treatments);
	char today[DATE_SIZE];
	int64_t patient;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	date_today(today);
	listing_of(&list, patient);
	listing_only(&list, "status = 'active'");
	list_and(&list, "(end_date IS NULL OR end_date >= ?)", value_text(today));
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

static const struct parameter of_patient[] = { LISTING_PAGE, LISTING_PATIENT, { 0 } };

const struct route personal_treatments_routes[] = {
	{ .method = GET, .path = "/treatments/ongoing", .steps = { { READ, list_ongoing } },
	  .rec = &personal_treatments, .query = of_patient,
	  .summary = "Treatments that go on." },
	{ .method = GET, .path = "/treatments/patient/{patient_id}/active",
	  .steps = { { READ, list_active } }, .rec = &personal_treatments,
	  .query = listing_page, .summary = "The active treatments of a patient." },
	{ .method = GET, .path = "/treatments/patients/{patient_id}/treatments/",
	  .steps = { { READ, listing_by_path } }, .rec = &personal_treatments,
	  .query = listing_page, .summary = "The treatments of a patient." },
	{ 0 }
};
