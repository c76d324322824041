/*
 * practitioners - the directory of doctors and others who treat; shared by all
 * users.  added_by decides who may change an entry that others use.
 */
#include "personal/practitioners.h"

#include "engine/shape.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct field fields[] = {
	TEXT  (PRACTITIONERS_NAME, "name", "Practitioner name", .required = true,
	       .trim = true, .min = 2, .max = 100, .spoken = true, .searchable = true),
	TEXT  (PRACTITIONERS_SPECIALTY, "specialty", "Specialty", .required = true,
	       .trim = true, .min = 2, .max = 100, .spoken = true, .searchable = true),
	TEXT  (PRACTITIONERS_PRACTICE, "practice", "Practice", .required = true,
	       .trim = true, .min = 2, .max = 100, .spoken = true, .searchable = true),
	TEXT  (PRACTITIONERS_PHONE_NUMBER, "phone_number", "Phone number", .trim = true,
	       .blank_null = true, .shape = shape_phone_digits),
	TEXT  (PRACTITIONERS_WEBSITE, "website", "Website", .trim = true,
	       .blank_null = true, .shape = shape_website),
	NUMBER(PRACTITIONERS_RATING, "rating", "Rating", .from_zero = true, .max = 5,
	       .decimals = 1, .says = "Rating must be between 0 and 5"),
	REF   (PRACTITIONERS_ADDED_BY, "added_by", "Added by", personal_users,
	       .on_delete = UNLINK, .read_only = true, .hidden = true),
};

static enum result
sign(struct work *w, struct row *row)
{
	if (row->id == 0 && w->actor.kind == USER && !row_has(row, PRACTITIONERS_ADDED_BY))
		row_set_whole(row, PRACTITIONERS_ADDED_BY, w->actor.id);
	return OK;
}

const struct record personal_practitioners = {
	.name = "practitioners",
	.route = "practitioners",
	.one = "Practitioner",
	.many = "Practitioners",
	.summary = "Somebody who treats.",
	.entity = "practitioner",
	.shared = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.filters = (const struct filter[]){
		{ "specialty", PRACTITIONERS_SPECIALTY, .contains = true },
		{ 0 }
	},
	.order = "id",
	.title = "name",
	.saving = sign,
};
