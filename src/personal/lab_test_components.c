/*
 * lab_test_components - the single values of a lab result.
 *
 * A status that nobody sent is worked out from the table of panic values and
 * the reference range, and again when value or range change; one beyond low,
 * normal and high stays until a person changes it.
 */
#include "personal/lab_test_components.h"

#include <string.h>

#include "personal/lab_results.h"
#include "personal/panic_values.h"
#include "personal/records.h"
#include "personal/reference_range.h"
#include "personal/rules.h"

static const struct choice statuses[] = {
	{ "normal", "Normal" },
	{ "abnormal", "Abnormal" },
	{ "critical", "Critical" },
	{ "high", "High" },
	{ "low", "Low" },
	{ "borderline", "Borderline" },
	{ 0 }
};

static const struct choice categories[] = {
	{ "chemistry", "Chemistry" },
	{ "hematology", "Hematology" },
	{ "immunology", "Immunology" },
	{ "microbiology", "Microbiology" },
	{ "endocrinology", "Endocrinology" },
	{ "toxicology", "Toxicology" },
	{ "genetics", "Genetics" },
	{ "molecular", "Molecular" },
	{ "pathology", "Pathology" },
	{ "lipids", "Lipids" },
	{ "other", "Other" },
	{ 0 }
};

static const struct field fields[] = {
	REF   (LAB_TEST_COMPONENTS_LAB_RESULT_ID, "lab_result_id", "Lab result",
	       personal_lab_results, .required = true, .create_only = true, .min = 1,
	       .on_delete = CASCADE),
	TEXT  (LAB_TEST_COMPONENTS_TEST_NAME, "test_name", "Test name", .required = true,
	       .trim = true, .max = 200, .spoken = true, .searchable = true),
	TEXT  (LAB_TEST_COMPONENTS_ABBREVIATION, "abbreviation", "Abbreviation",
	       .trim = true, .fold = UPPER, .max = 20, .spoken = true, .searchable = true),
	TEXT  (LAB_TEST_COMPONENTS_TEST_CODE, "test_code", "Test code", .trim = true,
	       .fold = UPPER, .max = 50, .spoken = true),
	NUMBER(LAB_TEST_COMPONENTS_VALUE, "value", "Value", .required = true, .min = -1e15,
	       .max = 1e15),
	TEXT  (LAB_TEST_COMPONENTS_UNIT, "unit", "Unit", .required = true, .trim = true,
	       .max = 50, .spoken = true),
	NUMBER(LAB_TEST_COMPONENTS_REF_RANGE_MIN, "ref_range_min",
	       "Reference range minimum", .min = -1e15, .max = 1e15),
	NUMBER(LAB_TEST_COMPONENTS_REF_RANGE_MAX, "ref_range_max",
	       "Reference range maximum", .min = -1e15, .max = 1e15),
	TEXT  (LAB_TEST_COMPONENTS_REF_RANGE_TEXT, "ref_range_text", "Reference range",
	       .max = 100, .spoken = true, .help = "As printed, for example < 5.7."),
	CHOICE(LAB_TEST_COMPONENTS_STATUS, "status", "Status", statuses, .blank_null = true,
	       .spoken = true),
	CHOICE(LAB_TEST_COMPONENTS_CATEGORY, "category", "Category", categories,
	       .blank_null = true, .spoken = true),
	WHOLE (LAB_TEST_COMPONENTS_DISPLAY_ORDER, "display_order", "Order",
	       .from_zero = true),
	NOTE  (LAB_TEST_COMPONENTS_NOTES, "notes", "Notes", .max = 500, .spoken = true),
};

static void
read_range(const struct row *row, struct reference_range *range)
{
	const char *text = row_text(row, LAB_TEST_COMPONENTS_REF_RANGE_TEXT);

	*range = (struct reference_range){
		.has_min = row_has(row, LAB_TEST_COMPONENTS_REF_RANGE_MIN),
		.min = row_number(row, LAB_TEST_COMPONENTS_REF_RANGE_MIN),
		.has_max = row_has(row, LAB_TEST_COMPONENTS_REF_RANGE_MAX),
		.max = row_number(row, LAB_TEST_COMPONENTS_REF_RANGE_MAX),
	};
	if (text && !range->has_min && !range->has_max)
		(void)reference_range_parse(range, text);
}

static bool
is_worked_out(const char *status)
{
	return !status || strcmp(status, "low") == 0 || strcmp(status, "normal") == 0
		|| strcmp(status, "high") == 0;
}

static const char *
work_out(struct work *w, const struct row *row)
{
	const double value = row_number(row, LAB_TEST_COMPONENTS_VALUE);
	const struct panic_test test = {
		.name = row_text(row, LAB_TEST_COMPONENTS_TEST_NAME),
		.abbreviation = row_text(row, LAB_TEST_COMPONENTS_ABBREVIATION),
		.code = row_text(row, LAB_TEST_COMPONENTS_TEST_CODE),
		.unit = row_text(row, LAB_TEST_COMPONENTS_UNIT),
	};
	struct reference_range range;

	if (row_has(row, LAB_TEST_COMPONENTS_VALUE) && panic_value(w->arena, &test, value))
		return "critical";
	read_range(row, &range);
	return reference_range_status(&range, value);
}

static void
derive(struct work *w, struct row *row)
{
	const char *status = row_text(row, LAB_TEST_COMPONENTS_STATUS);

	if (row_sent(row, LAB_TEST_COMPONENTS_STATUS) ? status != NULL : !is_worked_out(status))
		return;
	if (row->before && !row_sent(row, LAB_TEST_COMPONENTS_STATUS)
	    && !row_sent(row, LAB_TEST_COMPONENTS_VALUE)
	    && !row_sent(row, LAB_TEST_COMPONENTS_REF_RANGE_MIN)
	    && !row_sent(row, LAB_TEST_COMPONENTS_REF_RANGE_MAX)
	    && !row_sent(row, LAB_TEST_COMPONENTS_REF_RANGE_TEXT))
		return;
	row_set_text(row, LAB_TEST_COMPONENTS_STATUS, work_out(w, row));
}

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	(void)w;
	rules_words(row, problems, LAB_TEST_COMPONENTS_TEST_NAME, "Test name is required");
	rules_words(row, problems, LAB_TEST_COMPONENTS_UNIT, "Unit is required");
	if ((rules_touched(row, LAB_TEST_COMPONENTS_REF_RANGE_MIN)
	     || rules_touched(row, LAB_TEST_COMPONENTS_REF_RANGE_MAX))
	    && row_has(row, LAB_TEST_COMPONENTS_REF_RANGE_MIN)
	    && row_has(row, LAB_TEST_COMPONENTS_REF_RANGE_MAX)
	    && row_number(row, LAB_TEST_COMPONENTS_REF_RANGE_MAX)
		    <= row_number(row, LAB_TEST_COMPONENTS_REF_RANGE_MIN))
		problem(problems, &fields[LAB_TEST_COMPONENTS_REF_RANGE_MAX],
			"Reference range maximum must be greater than minimum");
}

const struct record personal_lab_test_components = {
	.name = "lab_test_components",
	.one = "Lab Test Component",
	.many = "Lab Test Components",
	.missing = "Lab test component not found",
	.summary = "A single value of a lab result.",
	.entity = "lab_test_component",
	.parent = &personal_lab_results,
	.parent_slot = LAB_TEST_COMPONENTS_LAB_RESULT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_lab_test_components_lab_result_id", "lab_result_id" },
		{ "idx_lab_test_components_status", "status" },
		{ "idx_lab_test_components_category", "category" },
		{ "idx_lab_test_components_lab_result_status", "lab_result_id, status" },
		{ "idx_lab_test_components_lab_result_category", "lab_result_id, category" },
		{ "idx_lab_test_components_test_name_text", "test_name" },
		{ "idx_lab_test_components_abbreviation_text", "abbreviation" },
		{ 0 }
	},
	.embeds = (const struct embed[]){
		{ "lab_result", LAB_TEST_COMPONENTS_LAB_RESULT_ID, .detail = true,
		  .columns = "id, test_name, ordered_date, completed_date, status" },
		{ 0 }
	},
	.created = 201,
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "CASE WHEN display_order IS NULL THEN 1 ELSE 0 END, display_order, test_name, id",
	.title = "test_name",
	.derive = derive,
	.check = check,
};
