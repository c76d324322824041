/*
 * stored_files - what is known of files: those hung on records, and photos.
 *
 * The bytes are elsewhere, under paths that are ids of ours.
 */
#include "personal/entity_files.h"
#include "personal/patient_photos.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice backends[] = {
	{ "local", "Here" },
	{ "paperless", "Paperless-ngx" },
	{ 0 }
};

static const struct choice sync_statuses[] = {
	{ "synced", "Synced" },
	{ "pending", "Pending" },
	{ "processing", "Processing" },
	{ "failed", "Failed" },
	{ "missing", "Missing" },
	{ "duplicate", "Duplicate" },
	{ 0 }
};

static const struct field file_fields[] = {
	TEXT  (ENTITY_FILES_ENTITY_TYPE, "entity_type", "Hangs on", .size = 50,
	       .not_null = true, .read_only = true),
	WHOLE (ENTITY_FILES_ENTITY_ID, "entity_id", "Record", .not_null = true,
	       .read_only = true),
	TEXT  (ENTITY_FILES_FILE_NAME, "file_name", "File name", .size = 255,
	       .required = true, .min = 1, .searchable = true),
	TEXT  (ENTITY_FILES_FILE_PATH, "file_path", "Stored as", .size = 500,
	       .not_null = true, .read_only = true),
	TEXT  (ENTITY_FILES_FILE_TYPE, "file_type", "Type", .size = 100, .not_null = true,
	       .read_only = true),
	WHOLE (ENTITY_FILES_FILE_SIZE, "file_size", "Size", .unit = "bytes", .wide = true,
	       .read_only = true),
	NOTE  (ENTITY_FILES_DESCRIPTION, "description", "Description", .max = 1000,
	       .searchable = true),
	TEXT  (ENTITY_FILES_CATEGORY, "category", "Category", .size = 100, .max = 100),
	MOMENT(ENTITY_FILES_UPLOADED_AT, "uploaded_at", "Uploaded", .not_null = true,
	       .read_only = true),
	CHOICE(ENTITY_FILES_STORAGE_BACKEND, "storage_backend", "Kept", backends,
	       .size = 20, .not_null = true, .initial = WORD("local"), .read_only = true),
	TEXT  (ENTITY_FILES_PAPERLESS_DOCUMENT_ID, "paperless_document_id",
	       "Paperless-ngx document", .size = 255, .read_only = true),
	TEXT  (ENTITY_FILES_PAPERLESS_TASK_UUID, "paperless_task_uuid",
	       "Paperless-ngx task", .size = 255, .read_only = true),
	CHOICE(ENTITY_FILES_SYNC_STATUS, "sync_status", "Sync", sync_statuses, .size = 20,
	       .not_null = true, .initial = WORD("synced"), .read_only = true),
	MOMENT(ENTITY_FILES_LAST_SYNC_AT, "last_sync_at", "Last sync", .read_only = true),
};

static void
derive_file(struct work *w, struct row *row)
{
	rules_keep(row, ENTITY_FILES_FILE_TYPE, "application/octet-stream");
	rules_moment_now(w, row, ENTITY_FILES_UPLOADED_AT);
}

const struct record personal_entity_files = {
	.name = "entity_files",
	.one = "File",
	.many = "Files",
	.summary = "A file hung on a record.",
	.entity = "entity_file",
	.fields = file_fields,
	.n_fields = COUNT(file_fields),
	.indexes = (const struct index[]){
		{ "idx_entity_type_id", "entity_type, entity_id" },
		{ "idx_category", "category" },
		{ "idx_uploaded_at", "uploaded_at" },
		{ "idx_created_at", "created_at" },
		{ "idx_storage_backend", "storage_backend" },
		{ "idx_paperless_document_id", "paperless_document_id" },
		{ "idx_sync_status", "sync_status" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.order = "uploaded_at DESC, id DESC",
	.title = "file_name",
	.derive = derive_file,
};

static const struct field photo_fields[] = {
	REF   (PATIENT_PHOTOS_PATIENT_ID, "patient_id", "Patient", personal_patients,
	       .not_null = true, .read_only = true, .on_delete = CASCADE),
	TEXT  (PATIENT_PHOTOS_FILE_NAME, "file_name", "File name", .size = 255,
	       .not_null = true, .read_only = true),
	TEXT  (PATIENT_PHOTOS_FILE_PATH, "file_path", "Stored as", .size = 500,
	       .not_null = true, .read_only = true),
	WHOLE (PATIENT_PHOTOS_FILE_SIZE, "file_size", "Size", .unit = "bytes", .wide = true,
	       .read_only = true),
	TEXT  (PATIENT_PHOTOS_MIME_TYPE, "mime_type", "Type", .size = 100,
	       .read_only = true),
	TEXT  (PATIENT_PHOTOS_ORIGINAL_NAME, "original_name", "Came as", .size = 255,
	       .read_only = true),
	WHOLE (PATIENT_PHOTOS_WIDTH, "width", "Width", .unit = "px", .read_only = true),
	WHOLE (PATIENT_PHOTOS_HEIGHT, "height", "Height", .unit = "px", .read_only = true),
	REF   (PATIENT_PHOTOS_UPLOADED_BY, "uploaded_by", "Uploaded by", personal_users,
	       .read_only = true, .on_delete = UNLINK),
	MOMENT(PATIENT_PHOTOS_UPLOADED_AT, "uploaded_at", "Uploaded", .not_null = true,
	       .read_only = true),
};

static void
derive_photo(struct work *w, struct row *row)
{
	rules_moment_now(w, row, PATIENT_PHOTOS_UPLOADED_AT);
}

const struct record personal_patient_photos = {
	.name = "patient_photos",
	.one = "Photo",
	.many = "Photos",
	.summary = "A patient's picture.",
	.entity = "patient_photo",
	.of_patient = true,
	.patient = PATIENT_PHOTOS_PATIENT_ID,
	.fields = photo_fields,
	.n_fields = COUNT(photo_fields),
	.indexes = (const struct index[]){
		{ "idx_patient_photos_patient_id", "patient_id" },
		{ "uq_patient_photo", "patient_id", .unique = true },
		{ 0 }
	},
	.stamps = UPDATED_REQUIRED,
	.derive = derive_photo,
};
