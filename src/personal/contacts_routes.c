/*
 * contacts_routes - who of the emergency contacts is called first.
 */
#include "personal/emergency_contacts.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

static enum result
get_primary(struct work *w)
{
	int64_t patient, id;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	r = db_one(w->db, "SELECT id FROM emergency_contacts WHERE patient_id = $1 "
		"AND is_primary = TRUE AND is_active = TRUE ORDER BY id LIMIT 1",
		ARGS(value_whole(patient)), &id);
	if (r == MISSING)
		return reach_missing(w, &personal_emergency_contacts,
			"Primary Emergency Contact not found");
	if (r || (r = reach_note(w, &personal_emergency_contacts, id, patient, 0)))
		return r;
	return store_print(w, &personal_emergency_contacts, id, false, &w->call->out);
}

/* The record itself takes the place away from the others. */
static enum result
set_primary(struct work *w)
{
	struct row *before, *row;
	enum result r;

	if ((r = reach_param(w, &personal_emergency_contacts, 0, EDIT, &before)))
		return r;
	row = reach_copy(w, before);
	row_set_whole(row, EMERGENCY_CONTACTS_IS_PRIMARY, 1);
	return record_store(w, row);
}

const struct route personal_contacts_routes[] = {
	{ .method = GET, .path = "/emergency-contacts/patient/{patient_id}/primary",
	  .steps = { { READ, get_primary } }, .rec = &personal_emergency_contacts,
	  .summary = "Who is called first." },
	{ .method = POST, .path = "/emergency-contacts/{id}/set-primary",
	  .body = BODY_OPTIONAL, .steps = { { WRITE, set_primary } },
	  .rec = &personal_emergency_contacts, .summary = "Makes this the first to call." },
	{ 0 }
};
