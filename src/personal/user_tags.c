/*
 * user_tags - the words a user sorts records with; kept even when no record
 * bears them.
 */
#include "personal/user_tags.h"

#include "personal/records.h"

static const struct field fields[] = {
	REF (USER_TAGS_USER_ID, "user_id", "User", personal_users, .not_null = true,
	     .read_only = true, .on_delete = KEEP),
	TEXT(USER_TAGS_TAG, "tag", "Tag", .size = 100, .required = true, .min = 1),
};

const struct record personal_user_tags = {
	.name = "user_tags",
	.one = "Tag",
	.many = "Tags",
	.summary = "A word a user sorts records with.",
	.entity = "user_tag",
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_user_tags_user_id", "user_id" },
		{ "idx_user_tags_tag", "tag" },
		{ "uq_user_tag", "user_id, tag", .unique = true },
		{ 0 }
	},
	.stamps = CREATED_REQUIRED,
	.order = "tag, id",
	.title = "tag",
};
