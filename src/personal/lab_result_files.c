/*
 * lab_result_files - files hung on a lab result the old way; new ones are
 * entity_files.  Paths are ids of ours, never opened from input.
 */
#include "personal/lab_result_files.h"

#include "personal/lab_results.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct field fields[] = {
	REF   (LAB_RESULT_FILES_LAB_RESULT_ID, "lab_result_id", "Lab result",
	       personal_lab_results, .required = true, .null_stored = true,
	       .create_only = true, .on_delete = CASCADE, .min = 1),
	TEXT  (LAB_RESULT_FILES_FILE_NAME, "file_name", "File name", .required = true,
	       .min = 1, .max = 255, .searchable = true),
	TEXT  (LAB_RESULT_FILES_FILE_PATH, "file_path", "Stored as", .not_null = true,
	       .read_only = true),
	TEXT  (LAB_RESULT_FILES_FILE_TYPE, "file_type", "Type", .not_null = true,
	       .read_only = true),
	WHOLE (LAB_RESULT_FILES_FILE_SIZE, "file_size", "Size", .unit = "bytes",
	       .wide = true, .read_only = true),
	NOTE  (LAB_RESULT_FILES_DESCRIPTION, "description", "Description", .max = 1000),
	MOMENT(LAB_RESULT_FILES_UPLOADED_AT, "uploaded_at", "Uploaded", .not_null = true,
	       .read_only = true),
};

static void
derive(struct work *w, struct row *row)
{
	rules_keep(row, LAB_RESULT_FILES_FILE_TYPE, "application/octet-stream");
	rules_moment_now(w, row, LAB_RESULT_FILES_UPLOADED_AT);
}

const struct record personal_lab_result_files = {
	.name = "lab_result_files",
	.one = "Lab Result File",
	.many = "Lab Result Files",
	.missing = "Lab result file not found",
	.summary = "A file hung on a lab result the old way.",
	.entity = "lab_result_file",
	.parent = &personal_lab_results,
	.parent_slot = LAB_RESULT_FILES_LAB_RESULT_ID,
	.fields = fields,
	.n_fields = COUNT(fields),
	.order = "id",
	.title = "file_name",
	.derive = derive,
};
