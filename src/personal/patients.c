/*
 * patients - the people whose records are kept.
 *
 * privacy_level is read-only here because only the owner may change it: the
 * route that does so looks at who asks.  Bounds are the wider of the two
 * routers' (personal-api 2.4, 2.5).
 */
#include "personal/patients.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "personal/records.h"
#include "personal/rules.h"

/* Choices with the label of an earlier one are other spellings of it. */
static const struct choice genders[] = {
	{ "M", "Male" },
	{ "F", "Female" },
	{ "MALE", "Male" },
	{ "FEMALE", "Female" },
	{ "OTHER", "Other" },
	{ "U", "Unknown" },
	{ "UNKNOWN", "Unknown" },
	{ 0 }
};

static const struct choice blood_types[] = {
	{ "A+", "A+" }, { "A-", "A-" }, { "B+", "B+" }, { "B-", "B-" },
	{ "AB+", "AB+" }, { "AB-", "AB-" }, { "O+", "O+" }, { "O-", "O-" },
	{ 0 }
};

static const struct choice privacy_levels[] = {
	{ "owner", "Owner decides" },
	{ "private", "Private: no share counts" },
	{ 0 }
};

static const struct field fields[] = {
	REF   (PATIENTS_USER_ID, "user_id", "User", personal_users, .not_null = true,
	       .read_only = true, .on_delete = KEEP),
	REF   (PATIENTS_OWNER_USER_ID, "owner_user_id", "Owner", personal_users,
	       .not_null = true, .read_only = true, .on_delete = KEEP),
	FLAG  (PATIENTS_IS_SELF_RECORD, "is_self_record", "My own record", .not_null = true,
	       .initial = "false", .create_only = true),
	WHOLE (PATIENTS_FAMILY_ID, "family_id", "Family", .read_only = true),
	TEXT  (PATIENTS_RELATIONSHIP_TO_FAMILY, "relationship_to_family", "Relationship",
	       .read_only = true),
	CHOICE(PATIENTS_PRIVACY_LEVEL, "privacy_level", "Privacy", privacy_levels,
	       .not_null = true, .initial = WORD("owner"), .read_only = true),
	WHOLE (PATIENTS_EXTERNAL_ACCOUNT_ID, "external_account_id", "External account",
	       .read_only = true),
	FLAG  (PATIENTS_IS_EXTERNALLY_ACCESSIBLE, "is_externally_accessible",
	       "Seen from outside", .not_null = true, .initial = "false", .read_only = true),
	TEXT  (PATIENTS_FIRST_NAME, "first_name", "First name", .required = true, .trim = true,
	       .max = 100, .fold = TITLE, .spoken = true, .searchable = true),
	TEXT  (PATIENTS_LAST_NAME, "last_name", "Last name", .required = true, .trim = true,
	       .max = 100, .fold = TITLE, .spoken = true, .searchable = true),
	DATE  (PATIENTS_BIRTH_DATE, "birth_date", "Birth date", .required = true,
	       .past = true, .spoken = true),
	REF   (PATIENTS_PHYSICIAN_ID, "physician_id", "Physician", personal_practitioners,
	       .on_delete = UNLINK, .blank_null = true, .min = 1,
	       .says = "Physician ID must be a positive integer"),
	CHOICE(PATIENTS_BLOOD_TYPE, "blood_type", "Blood type", blood_types,
	       .blank_null = true, .spoken = true),
	NUMBER(PATIENTS_HEIGHT, "height", "Height", .unit = "in", .blank_null = true,
	       .from_zero = true, .min_open = true, .max = 108,
	       .says = "Height must be between 12 and 108 inches"),
	NUMBER(PATIENTS_WEIGHT, "weight", "Weight", .unit = "lbs", .blank_null = true,
	       .from_zero = true, .min_open = true, .max = 992,
	       .says = "Weight must be between 1 and 992 pounds"),
	CHOICE(PATIENTS_GENDER, "gender", "Gender", genders, .blank_null = true,
	       .spoken = true),
	TEXT  (PATIENTS_ADDRESS, "address", "Address", .trim = true, .blank_null = true,
	       .min = 5, .max = 500, .spoken = true),
};

static void
derive(struct work *w, struct row *row)
{
	const char *gender = row_text(row, PATIENTS_GENDER);

	(void)w;
	if (!gender)
		return;
	if (strcmp(gender, "MALE") == 0)
		row_set_text(row, PATIENTS_GENDER, "M");
	else if (strcmp(gender, "FEMALE") == 0)
		row_set_text(row, PATIENTS_GENDER, "F");
	else if (strcmp(gender, "UNKNOWN") == 0)
		row_set_text(row, PATIENTS_GENDER, "U");
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const char *born = row_text(row, PATIENTS_BIRTH_DATE);
	char today[DATE_SIZE];

	rules_words(row, problems, PATIENTS_FIRST_NAME,
		row->before ? "First name cannot be empty" : "First name is required");
	rules_words(row, problems, PATIENTS_LAST_NAME,
		row->before ? "Last name cannot be empty" : "Last name is required");
	date_of(w->now, today);
	if (born && rules_touched(row, PATIENTS_BIRTH_DATE) && atoi(today) - atoi(born) > 150)
		problem(problems, &fields[PATIENTS_BIRTH_DATE],
			"Birth date cannot be more than 150 years ago");
}

const struct record personal_patients = {
	.name = "patients",
	.one = "Patient",
	.many = "Patients",
	.summary = "A person whose records are kept.",
	.entity = "patient",
	.is_patient = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_patients_owner_user_id", "owner_user_id" },
		{ "unique_patients_self_record", "owner_user_id", "is_self_record = TRUE",
		  .unique = true },
		{ 0 }
	},
	.checks = (const char *const[]){
		"is_self_record = FALSE OR user_id = owner_user_id",
		NULL
	},
	.stamps = STAMPS_REQUIRED,
	.order = "id",
	.title = "first_name",
	.derive = derive,
	.check = check,
};
