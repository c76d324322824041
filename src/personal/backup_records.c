/*
 * backup_records - backups that were made and whether they can be trusted.
 */
#include "personal/backup_records.h"

#include "personal/records.h"

static const struct choice types[] = {
	{ "full", "Everything" },
	{ "database", "Database" },
	{ "files", "Files" },
	{ 0 }
};

static const struct choice statuses[] = {
	{ "created", "Created" },
	{ "failed", "Failed" },
	{ "verified", "Verified" },
	{ 0 }
};

static const struct field fields[] = {
	CHOICE(BACKUP_RECORDS_BACKUP_TYPE, "backup_type", "Holds", types, .not_null = true,
	       .read_only = true),
	CHOICE(BACKUP_RECORDS_STATUS, "status", "Status", statuses, .not_null = true,
	       .read_only = true),
	TEXT  (BACKUP_RECORDS_FILE_PATH, "file_path", "Stored as", .not_null = true,
	       .read_only = true),
	WHOLE (BACKUP_RECORDS_SIZE_BYTES, "size_bytes", "Size", .unit = "bytes",
	       .wide = true, .read_only = true),
	NOTE  (BACKUP_RECORDS_DESCRIPTION, "description", "Description"),
	FLAG  (BACKUP_RECORDS_COMPRESSION_USED, "compression_used", "Compressed",
	       .not_null = true, .initial = "false", .read_only = true),
	TEXT  (BACKUP_RECORDS_CHECKSUM, "checksum", "Checksum", .read_only = true),
};

const struct record personal_backup_records = {
	.name = "backup_records",
	.one = "Backup",
	.many = "Backups",
	.summary = "A backup that was made.",
	.entity = "backup",
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = CREATED_REQUIRED,
	.stamps_shown = true,
};
