/*
 * family_members - relatives, for what runs in the family.
 */
#include "personal/family_members.h"

#include <stdlib.h>

#include "base/moment.h"
#include "personal/family_conditions.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice relationships[] = {
	{ "father", "Father" },
	{ "mother", "Mother" },
	{ "brother", "Brother" },
	{ "sister", "Sister" },
	{ "paternal_grandfather", "Father's father" },
	{ "paternal_grandmother", "Father's mother" },
	{ "maternal_grandfather", "Mother's father" },
	{ "maternal_grandmother", "Mother's mother" },
	{ "uncle", "Uncle" },
	{ "aunt", "Aunt" },
	{ "cousin", "Cousin" },
	{ "other", "Other" },
	{ 0 }
};

static const struct choice genders[] = {
	{ "male", "Male" },
	{ "female", "Female" },
	{ "other", "Other" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(FAMILY_MEMBERS_PATIENT_ID, personal_patients),
	TEXT  (FAMILY_MEMBERS_NAME, "name", "Name", .required = true, .min = 1, .max = 100,
	       .searchable = true),
	CHOICE(FAMILY_MEMBERS_RELATIONSHIP, "relationship", "Relationship", relationships,
	       .required = true, .spoken = true),
	CHOICE(FAMILY_MEMBERS_GENDER, "gender", "Gender", genders, .spoken = true),
	WHOLE (FAMILY_MEMBERS_BIRTH_YEAR, "birth_year", "Birth year", .min = 1900,
	       .max = 2030),
	WHOLE (FAMILY_MEMBERS_DEATH_YEAR, "death_year", "Death year", .min = 1900,
	       .max = 2030),
	FLAG  (FAMILY_MEMBERS_IS_DECEASED, "is_deceased", "Deceased", .not_null = true,
	       .initial = "false"),
	NOTE  (FAMILY_MEMBERS_NOTES, "notes", "Notes", .max = 1000),
};

static void
derive(struct work *w, struct row *row)
{
	(void)w;
	if (row_has(row, FAMILY_MEMBERS_DEATH_YEAR)
	    && !row_sent(row, FAMILY_MEMBERS_IS_DECEASED))
		row_set_whole(row, FAMILY_MEMBERS_IS_DECEASED, true);
}

static void
check_year(const struct row *row, struct problems *problems, int slot, int64_t this_year,
	const char *text)
{
	if (rules_touched(row, slot) && row_whole(row, slot) > this_year)
		problem(problems, &fields[slot], text);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	int64_t born = row_whole(row, FAMILY_MEMBERS_BIRTH_YEAR);
	int64_t died = row_whole(row, FAMILY_MEMBERS_DEATH_YEAR);
	char today[DATE_SIZE];

	date_of(w->now, today);
	check_year(row, problems, FAMILY_MEMBERS_BIRTH_YEAR, atoi(today),
		"Birth year cannot be in the future");
	check_year(row, problems, FAMILY_MEMBERS_DEATH_YEAR, atoi(today),
		"Death year cannot be in the future");
	if (born && died && died < born
	    && (rules_touched(row, FAMILY_MEMBERS_BIRTH_YEAR)
		|| rules_touched(row, FAMILY_MEMBERS_DEATH_YEAR)))
		problem(problems, &fields[FAMILY_MEMBERS_DEATH_YEAR],
			"Death year cannot be before birth year");
	if (died && row_sent(row, FAMILY_MEMBERS_IS_DECEASED)
	    && !row_bool(row, FAMILY_MEMBERS_IS_DECEASED))
		problem(problems, &fields[FAMILY_MEMBERS_IS_DECEASED],
			"If death year is provided, family member must be marked as deceased");
}

const struct record personal_family_members = {
	.name = "family_members",
	.route = "family-members",
	.one = "Family Member",
	.many = "Family Members",
	.summary = "A relative, for what runs in the family.",
	.entity = "family_member",
	.of_patient = true,
	.patient = FAMILY_MEMBERS_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.checks = (const char *const[]){
		"death_year IS NULL OR birth_year IS NULL OR death_year >= birth_year",
		NULL
	},
	.embeds = (const struct embed[]){
		{ "family_conditions", .children = &personal_family_conditions,
		  .via = FAMILY_CONDITIONS_FAMILY_MEMBER_ID, .order = "condition_name, id" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "relationship, name, id",
	.title = "name",
	.derive = derive,
	.check = check,
};
