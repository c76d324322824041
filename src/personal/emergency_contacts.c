/*
 * emergency_contacts - whom to call.
 *
 * A patient has one primary contact; the newer wins.
 */
#include "personal/emergency_contacts.h"

#include "engine/shape.h"
#include "engine/store.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice relationships[] = {
	{ "spouse", "Spouse" },
	{ "parent", "Parent" },
	{ "child", "Child" },
	{ "sibling", "Sibling" },
	{ "grandparent", "Grandparent" },
	{ "grandchild", "Grandchild" },
	{ "aunt", "Aunt" },
	{ "uncle", "Uncle" },
	{ "cousin", "Cousin" },
	{ "friend", "Friend" },
	{ "neighbor", "Neighbor" },
	{ "caregiver", "Caregiver" },
	{ "guardian", "Guardian" },
	{ "partner", "Partner" },
	{ "other", "Other" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(EMERGENCY_CONTACTS_PATIENT_ID, personal_patients),
	TEXT  (EMERGENCY_CONTACTS_NAME, "name", "Name", .required = true, .min = 2,
	       .max = 100, .searchable = true),
	CHOICE(EMERGENCY_CONTACTS_RELATIONSHIP, "relationship", "Relationship",
	       relationships, .required = true, .spoken = true),
	TEXT  (EMERGENCY_CONTACTS_PHONE_NUMBER, "phone_number", "Phone number",
	       .required = true, .min = 10, .max = 20, .shape = shape_phone),
	TEXT  (EMERGENCY_CONTACTS_SECONDARY_PHONE, "secondary_phone", "Second phone number",
	       .max = 20, .shape = shape_phone),
	TEXT  (EMERGENCY_CONTACTS_EMAIL, "email", "E-mail", .max = 100,
	       .shape = shape_email_simple),
	FLAG  (EMERGENCY_CONTACTS_IS_PRIMARY, "is_primary", "Call first", .not_null = true,
	       .initial = "false"),
	FLAG  (EMERGENCY_CONTACTS_IS_ACTIVE, "is_active", "Active", .not_null = true,
	       .initial = "true"),
	TEXT  (EMERGENCY_CONTACTS_ADDRESS, "address", "Address", .max = 500),
	NOTE  (EMERGENCY_CONTACTS_NOTES, "notes", "Notes", .max = 1000),
};

/* The one before is stored as any change is, so that the log tells of it; there
 * can be only one, by the index. */
static enum result
demote_others(struct work *w, struct row *row)
{
	struct row *before, *other;
	int64_t id = 0;
	enum result r;

	if (!row_bool(row, EMERGENCY_CONTACTS_IS_PRIMARY))
		return OK;
	if ((r = store_lock(w, &personal_patients, row_whole(row, EMERGENCY_CONTACTS_PATIENT_ID))))
		return r;
	r = db_one(w->db, "SELECT id FROM emergency_contacts WHERE patient_id = $1 AND is_primary = TRUE AND id <> $2 LIMIT 1",
		ARGS(value_whole(row_whole(row, EMERGENCY_CONTACTS_PATIENT_ID)), value_whole(row->id)), &id);
	if (r)
		return r == MISSING ? OK : r;
	if ((r = store_get(w, &personal_emergency_contacts, id, &before)))
		return r;
	other = reach_copy(w, before);
	row_set_whole(other, EMERGENCY_CONTACTS_IS_PRIMARY, false);
	return store_put(w, other);
}

const struct record personal_emergency_contacts = {
	.name = "emergency_contacts",
	.route = "emergency-contacts",
	.one = "Emergency Contact",
	.many = "Emergency Contacts",
	.summary = "Whom to call.",
	.entity = "emergency_contact",
	.of_patient = true,
	.patient = EMERGENCY_CONTACTS_PATIENT_ID,
	.patient_in_query = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_emergency_contacts_patient_id", "patient_id" },
		{ "unique_emergency_contacts_primary", "patient_id", "is_primary = TRUE",
		  .unique = true },
		{ 0 }
	},
	.embeds = (const struct embed[]){
		{ "patient", EMERGENCY_CONTACTS_PATIENT_ID, .detail = true,
		  .columns = "id, first_name, last_name, birth_date, user_id" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.order = "is_primary DESC, name, id",
	.title = "name",
	.saving = demote_others,
};
