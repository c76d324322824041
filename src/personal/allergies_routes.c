/*
 * allergies_routes - what allergies answer beside the common pattern.
 */
#include "base/json.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

static enum result
list_active(struct work *w)
{
	return listing_where(w, "status = 'active'", "severity DESC, id DESC");
}

static enum result
list_critical(struct work *w)
{
	return listing_where(w,
		"status = 'active' AND severity IN ('life-threatening', 'severe')",
		"CASE WHEN severity = 'life-threatening' THEN 0 ELSE 1 END, "
		"CASE WHEN onset_date IS NULL THEN 1 ELSE 0 END, onset_date DESC, id DESC");
}

static enum result
check(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_allergies);
	struct text rows CLEANUP(text_close) = { 0 };
	struct text *out = &w->call->out;
	const char *allergen = w->call->params[1];
	int64_t patient;
	size_t n;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	listing_only(&list, "status = 'active'");
	list_contains(&list, w->arena, "allergen", allergen);
	list.limit = 1;
	if ((r = store_list(w, &list, &rows, &n)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_text(out, "allergen", allergen);
	json_put_bool(out, "has_allergy", n > 0);
	json_close(out, '}');
	return listing_done(w, &personal_allergies, patient, n);
}

#define OF "/allergies/patient/{patient_id}/"
const struct route personal_allergies_routes[] = {
	{ .method = GET, .path = OF "active", .steps = { { READ, list_active } },
	  .rec = &personal_allergies, .query = listing_page,
	  .summary = "The active allergies of a patient." },
	{ .method = GET, .path = OF "critical", .steps = { { READ, list_critical } },
	  .rec = &personal_allergies, .query = listing_page,
	  .summary = "The active allergies that are severe or threaten life." },
	{ .method = GET, .path = OF "check/{allergen}", .steps = { { READ, check } },
	  .rec = &personal_allergies,
	  .summary = "Whether a patient has an active allergy to something." },
	{ .method = GET, .path = "/allergies/patients/{patient_id}/allergies/",
	  .steps = { { READ, listing_by_path } }, .rec = &personal_allergies,
	  .query = listing_page, .summary = "The allergies of a patient." },
	{ 0 }
};
