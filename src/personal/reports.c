/*
 * reports - saved templates of reports, and the trail of those made.
 */
#include "personal/records.h"
#include "personal/report_generation_audit.h"
#include "personal/report_templates.h"
#include "personal/rules.h"

static const struct field template_fields[] = {
	REF   (REPORT_TEMPLATES_USER_ID, "user_id", "User", personal_users,
	       .not_null = true, .read_only = true, .on_delete = KEEP),
	TEXT  (REPORT_TEMPLATES_NAME, "name", "Name", .size = 255, .required = true,
	       .min = 1, .searchable = true),
	NOTE  (REPORT_TEMPLATES_DESCRIPTION, "description", "Description", .max = 1000),
	JSON  (REPORT_TEMPLATES_SELECTED_RECORDS, "selected_records", "Records",
	       .required = true),
	JSON  (REPORT_TEMPLATES_REPORT_SETTINGS, "report_settings", "Settings",
	       .not_null = true, .initial = "{}"),
	FLAG  (REPORT_TEMPLATES_IS_PUBLIC, "is_public", "Public", .not_null = true,
	       .initial = "false"),
	FLAG  (REPORT_TEMPLATES_SHARED_WITH_FAMILY, "shared_with_family",
	       "Shared with family", .not_null = true, .initial = "false"),
	FLAG  (REPORT_TEMPLATES_IS_ACTIVE, "is_active", "Active", .not_null = true,
	       .initial = "true", .read_only = true, .hidden = true),
};

const struct record personal_report_templates = {
	.name = "report_templates",
	.one = "Template",
	.many = "Templates",
	.summary = "A choice of records to print again.",
	.entity = "report_template",
	.fields = template_fields,
	.n_fields = COUNT(template_fields),
	.indexes = (const struct index[]){
		{ "idx_report_template_user_id", "user_id" },
		{ "idx_report_template_is_active", "is_active", "is_active = TRUE" },
		{ "idx_report_template_shared_family", "shared_with_family",
		  "shared_with_family = TRUE" },
		{ "idx_report_template_selected_records", "selected_records", .gin = true },
		{ "unique_user_template_name", "user_id, name", .unique = true },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.title = "name",
};

static const struct choice outcomes[] = {
	{ "success", "Success" },
	{ "failed", "Failed" },
	{ "timeout", "Timed out" },
	{ 0 }
};

static const struct field audit_fields[] = {
	REF   (REPORT_GENERATION_AUDIT_USER_ID, "user_id", "User", personal_users,
	       .read_only = true, .on_delete = SET_NULL),
	TEXT  (REPORT_GENERATION_AUDIT_REPORT_TYPE, "report_type", "Report", .size = 50,
	       .not_null = true, .read_only = true),
	LIST  (REPORT_GENERATION_AUDIT_CATEGORIES_INCLUDED, "categories_included",
	       "Categories", .fixed_array = true, .read_only = true),
	WHOLE (REPORT_GENERATION_AUDIT_TOTAL_RECORDS, "total_records", "Records",
	       .read_only = true),
	WHOLE (REPORT_GENERATION_AUDIT_GENERATION_TIME_MS, "generation_time_ms", "Took",
	       .unit = "ms", .read_only = true),
	WHOLE (REPORT_GENERATION_AUDIT_FILE_SIZE_BYTES, "file_size_bytes", "Size",
	       .unit = "bytes", .wide = true, .read_only = true),
	CHOICE(REPORT_GENERATION_AUDIT_STATUS, "status", "Outcome", outcomes, .size = 20,
	       .not_null = true, .initial = WORD("success"), .read_only = true),
	NOTE  (REPORT_GENERATION_AUDIT_ERROR_DETAILS, "error_details", "What went wrong",
	       .read_only = true),
};

const struct record personal_report_generation_audit = {
	.name = "report_generation_audit",
	.one = "Report",
	.many = "Reports",
	.summary = "A report that was made.",
	.entity = "report",
	.fields = audit_fields,
	.n_fields = COUNT(audit_fields),
	.indexes = (const struct index[]){
		{ "idx_report_audit_user_created", "user_id, created_at" },
		{ "idx_report_audit_status", "status" },
		{ "idx_report_audit_created_at", "created_at" },
		{ 0 }
	},
	.stamps = CREATED_REQUIRED,
	.stamps_shown = true,
};
