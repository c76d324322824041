/*
 * pharmacies - the directory of pharmacies; shared by all users.  added_by
 * decides who may change an entry that others use.
 */
#include "personal/pharmacies.h"

#include "engine/shape.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct field fields[] = {
	TEXT  (PHARMACIES_NAME, "name", "Pharmacy name", .required = true, .trim = true,
	       .min = 3, .max = 150, .spoken = true, .searchable = true,
	       .help = "With its place, for example CVS - Main Street."),
	TEXT  (PHARMACIES_BRAND, "brand", "Brand", .trim = true, .blank_null = true,
	       .min = 2, .max = 50, .spoken = true, .searchable = true),
	TEXT  (PHARMACIES_STREET_ADDRESS, "street_address", "Street address", .trim = true,
	       .blank_null = true, .min = 5, .max = 200, .spoken = true),
	TEXT  (PHARMACIES_CITY, "city", "City", .trim = true, .blank_null = true, .min = 2,
	       .max = 100, .spoken = true, .searchable = true),
	TEXT  (PHARMACIES_STATE, "state", "State", .trim = true, .blank_null = true,
	       .min = 2, .max = 50, .spoken = true),
	TEXT  (PHARMACIES_ZIP_CODE, "zip_code", "ZIP code", .trim = true,
	       .blank_null = true, .shape = shape_zip),
	TEXT  (PHARMACIES_COUNTRY, "country", "Country", .trim = true, .blank_null = true,
	       .min = 2, .max = 50, .spoken = true),
	TEXT  (PHARMACIES_STORE_NUMBER, "store_number", "Store number", .trim = true,
	       .blank_null = true, .max = 20, .spoken = true),
	TEXT  (PHARMACIES_PHONE_NUMBER, "phone_number", "Phone number", .trim = true,
	       .blank_null = true, .shape = shape_phone_digits),
	TEXT  (PHARMACIES_FAX_NUMBER, "fax_number", "Fax number", .trim = true,
	       .blank_null = true, .shape = shape_phone_digits),
	TEXT  (PHARMACIES_EMAIL, "email", "E-mail", .shape = shape_email),
	TEXT  (PHARMACIES_WEBSITE, "website", "Website", .trim = true, .blank_null = true,
	       .shape = shape_website),
	TEXT  (PHARMACIES_HOURS, "hours", "Hours", .trim = true, .blank_null = true,
	       .max = 200, .spoken = true),
	FLAG  (PHARMACIES_DRIVE_THROUGH, "drive_through", "Drive-through",
	       .initial = "false"),
	FLAG  (PHARMACIES_TWENTY_FOUR_HOUR, "twenty_four_hour", "Open day and night",
	       .initial = "false"),
	TEXT  (PHARMACIES_SPECIALTY_SERVICES, "specialty_services", "Specialty services",
	       .trim = true, .blank_null = true, .max = 500, .spoken = true),
	REF   (PHARMACIES_ADDED_BY, "added_by", "Added by", personal_users,
	       .on_delete = UNLINK, .read_only = true, .hidden = true),
};

static enum result
sign(struct work *w, struct row *row)
{
	if (row->id == 0 && w->actor.kind == USER && !row_has(row, PHARMACIES_ADDED_BY))
		row_set_whole(row, PHARMACIES_ADDED_BY, w->actor.id);
	return OK;
}

const struct record personal_pharmacies = {
	.name = "pharmacies",
	.route = "pharmacies",
	.one = "Pharmacy",
	.many = "Pharmacies",
	.summary = "Where medications come from.",
	.entity = "pharmacy",
	.shared = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "id",
	.title = "name",
	.saving = sign,
};
