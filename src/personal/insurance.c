/*
 * insurance - policies and what they cover.
 *
 * A patient has one primary policy per type; the newer wins.  coverage_details
 * may hold anything, but what the contract names in it must be readable.
 */
#include "personal/insurance.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "engine/store.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/rules.h"

enum { BIN_LENGTH = 10 };

static const struct choice types[] = {
	{ "medical", "Medical" },
	{ "dental", "Dental" },
	{ "vision", "Vision" },
	{ "prescription", "Prescription" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "active", "Active" },
	{ "inactive", "Inactive" },
	{ "expired", "Expired" },
	{ "pending", "Pending" },
	{ 0 }
};

static const struct choice relationships[] = {
	{ "self", "Self" },
	{ "spouse", "Spouse" },
	{ "child", "Child" },
	{ "dependent", "Dependent" },
	{ "other", "Other" },
	{ 0 }
};

static const struct field fields[] = {
	PATIENT_REF(INSURANCE_PATIENT_ID, personal_patients),
	CHOICE(INSURANCE_INSURANCE_TYPE, "insurance_type", "Insurance type", types,
	       .required = true, .exact = true,
	       .says = "Invalid insurance type. Must be one of: "
		       "['medical', 'dental', 'vision', 'prescription']"),
	TEXT  (INSURANCE_COMPANY_NAME, "company_name", "Company name", .required = true,
	       .trim = true, .max = 255, .spoken = true, .searchable = true),
	TEXT  (INSURANCE_EMPLOYER_GROUP, "employer_group", "Employer or group",
	       .blank_null = true),
	TEXT  (INSURANCE_MEMBER_NAME, "member_name", "Member name", .required = true,
	       .trim = true, .max = 255, .spoken = true),
	TEXT  (INSURANCE_MEMBER_ID, "member_id", "Member ID", .required = true,
	       .trim = true, .max = 100, .spoken = true),
	TEXT  (INSURANCE_GROUP_NUMBER, "group_number", "Group number", .blank_null = true),
	TEXT  (INSURANCE_PLAN_NAME, "plan_name", "Plan name", .blank_null = true,
	       .searchable = true),
	TEXT  (INSURANCE_POLICY_HOLDER_NAME, "policy_holder_name", "Policy holder",
	       .blank_null = true),
	CHOICE(INSURANCE_RELATIONSHIP_TO_HOLDER, "relationship_to_holder",
	       "Relationship to holder", relationships, .exact = true, .blank_null = true,
	       .spoken = true),
	DATE  (INSURANCE_EFFECTIVE_DATE, "effective_date", "Effective date",
	       .required = true),
	DATE  (INSURANCE_EXPIRATION_DATE, "expiration_date", "Expiration date",
	       .blank_null = true),
	CHOICE(INSURANCE_STATUS, "status", "Status", statuses, .not_null = true,
	       .exact = true, .initial = WORD("active"),
	       .says = "Invalid status. Must be one of: "
		       "['active', 'inactive', 'expired', 'pending']"),
	FLAG  (INSURANCE_IS_PRIMARY, "is_primary", "Primary", .not_null = true,
	       .initial = "false"),
	JSON  (INSURANCE_COVERAGE_DETAILS, "coverage_details", "Coverage",
	       .plain_json = true),
	JSON  (INSURANCE_CONTACT_INFO, "contact_info", "Contact", .plain_json = true),
	NOTE  (INSURANCE_NOTES, "notes", "Notes", .blank_null = true),
};

/* What is not given, or given as nothing, is no number to be checked. */
static bool
is_truthy(const json_t *json)
{
	switch (json_typeof(json)) {
	case JSON_STRING:
		return *json_string_value(json) != '\0';
	case JSON_INTEGER:
	case JSON_REAL:
		return fabs(json_number_value(json)) > 0;
	case JSON_OBJECT:
		return json_object_size(json) > 0;
	case JSON_ARRAY:
		return json_array_size(json) > 0;
	case JSON_TRUE:
		return true;
	case JSON_FALSE:
	case JSON_NULL:
		break;
	}
	return false;
}

static bool
read_number(const json_t *json, double *number)
{
	const char *text = json_string_value(json);
	char *end;

	if (!text) {
		*number = json_number_value(json);
		return json_is_number(json);
	}
	*number = strtod(text, &end);
	return end != text && end[strspn(end, " \t")] == '\0' && isfinite(*number);
}

static void
check_copays(const json_t *details, struct problems *problems)
{
	static const char *const names[] = { "copay_pcp", "copay_specialist", "copay_er",
		"copay_urgent_care" };
	double number;

	for (size_t i = 0; i < COUNT(names); i++) {
		const json_t *json = json_object_get(details, names[i]);

		if (json && is_truthy(json) && !read_number(json, &number))
			problem(problems, &fields[INSURANCE_COVERAGE_DETAILS],
				arena_printf(problems->arena,
					"Invalid %s: must be a valid number", names[i]));
	}
}

static void
check_percentages(const json_t *details, struct problems *problems)
{
	static const char *const names[] = { "preventive_coverage", "basic_coverage",
		"major_coverage" };
	double number;

	for (size_t i = 0; i < COUNT(names); i++) {
		const json_t *json = json_object_get(details, names[i]);

		if (json && is_truthy(json)
		    && (!read_number(json, &number) || number < 0 || number > 100))
			problem(problems, &fields[INSURANCE_COVERAGE_DETAILS],
				arena_printf(problems->arena,
					"Invalid %s: must be a valid percentage", names[i]));
	}
}

static void
check_bin(const json_t *details, struct problems *problems)
{
	const json_t *json = json_object_get(details, "bin_number");
	const char *bin = json_string_value(json);

	if (json_is_integer(json))
		bin = arena_printf(problems->arena, "%" JSON_INTEGER_FORMAT,
			json_integer_value(json));
	if (bin && utf8_length(bin, strlen(bin)) > BIN_LENGTH)
		problem(problems, &fields[INSURANCE_COVERAGE_DETAILS],
			"BIN number must be 10 characters or less");
}

static void
check_coverage(const struct row *row, struct problems *problems)
{
	const char *text = row_text(row, INSURANCE_COVERAGE_DETAILS);
	const char *type = row_text(row, INSURANCE_INSURANCE_TYPE);
	json_t *details = text ? json_loads(text, 0, NULL) : NULL;

	if (!text)
		return;
	if (!json_is_object(details))
		problem_at(problems, "body", "coverage_details", "dict_type",
			"Input should be a valid dictionary");
	else if (type && strcmp(type, "medical") == 0)
		check_copays(details, problems);
	else if (type && strcmp(type, "dental") == 0)
		check_percentages(details, problems);
	else if (type && strcmp(type, "prescription") == 0)
		check_bin(details, problems);
	json_decref(details);
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const char *from = row_text(row, INSURANCE_EFFECTIVE_DATE);
	const char *to = row_text(row, INSURANCE_EXPIRATION_DATE);
	const char *contact = row_text(row, INSURANCE_CONTACT_INFO);

	(void)w;
	rules_words(row, problems, INSURANCE_COMPANY_NAME, "Company name is required");
	rules_words(row, problems, INSURANCE_MEMBER_NAME, "Member name is required");
	rules_words(row, problems, INSURANCE_MEMBER_ID, "Member ID is required");
	if (from && to && strcmp(to, from) <= 0
	    && (rules_touched(row, INSURANCE_EFFECTIVE_DATE)
		|| rules_touched(row, INSURANCE_EXPIRATION_DATE)))
		problem(problems, &fields[INSURANCE_EXPIRATION_DATE],
			"Expiration date must be after effective date");
	if (contact && *contact != '{' && rules_touched(row, INSURANCE_CONTACT_INFO))
		problem_at(problems, "body", "contact_info", "dict_type",
			"Input should be a valid dictionary");
	if (rules_touched(row, INSURANCE_COVERAGE_DETAILS)
	    || rules_touched(row, INSURANCE_INSURANCE_TYPE))
		check_coverage(row, problems);
}

/* The one before is stored as any change is, so that the log tells of it; there
 * can be only one, by the index. */
static enum result
demote_others(struct work *w, struct row *row)
{
	struct row *before, *other;
	int64_t id = 0;
	enum result r;

	if (!row_bool(row, INSURANCE_IS_PRIMARY))
		return OK;
	if ((r = store_lock(w, &personal_patients, row_whole(row, INSURANCE_PATIENT_ID))))
		return r;
	r = db_one(w->db, "SELECT id FROM insurance WHERE patient_id = $1 AND is_primary = TRUE AND id <> $2 "
		"AND insurance_type = $3 LIMIT 1",
		ARGS(value_whole(row_whole(row, INSURANCE_PATIENT_ID)), value_whole(row->id),
			value_text(row_text(row, INSURANCE_INSURANCE_TYPE))), &id);
	if (r)
		return r == MISSING ? OK : r;
	if ((r = store_get(w, &personal_insurance, id, &before)))
		return r;
	other = reach_copy(w, before);
	row_set_whole(other, INSURANCE_IS_PRIMARY, false);
	return store_put(w, other);
}

const struct record personal_insurance = {
	.name = "insurance",
	.route = "insurances",
	.one = "Insurance",
	.many = "Insurance",
	.summary = "A policy and what it covers.",
	.entity = "insurance",
	.of_patient = true,
	.patient = INSURANCE_PATIENT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_insurance_patient_id", "patient_id" },
		{ "unique_insurance_primary", "patient_id, insurance_type",
		  "is_primary = TRUE", .unique = true },
		{ 0 }
	},
	/* The rule says later; adopted policies of a single day are kept. */
	.checks = (const char *const[]){
		"expiration_date IS NULL OR expiration_date >= effective_date",
		NULL
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "insurance_type DESC, id DESC",
	.title = "company_name",
	.check = check,
	.saving = demote_others,
};
