/*
 * settings - what an admin switches for everybody, by name.
 */
#include "personal/settings.h"

#include "personal/records.h"

static const struct field fields[] = {
	TEXT(SETTINGS_NAME, "name", "Name", .not_null = true, .unique = true,
	     .read_only = true),
	TEXT(SETTINGS_VALUE, "value", "Value", .read_only = true),
};

const struct record personal_settings = {
	.name = "settings",
	.one = "Setting",
	.many = "Settings",
	.summary = "What an admin switches for everybody.",
	.entity = "setting",
	.internal = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_REQUIRED,
};
