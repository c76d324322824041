/*
 * medications_routes - what medications answer beside the common pattern.
 */
#include "personal/listing.h"
#include "personal/records.h"
#include "personal/routes.h"

const struct route personal_medications_routes[] = {
	{ .method = GET, .path = "/medications/patient/{patient_id}",
	  .steps = { { READ, listing_by_path } }, .rec = &personal_medications,
	  .query = listing_active, .summary = "The medications of a patient." },
	{ 0 }
};
