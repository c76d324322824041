/*
 * house - the engine's own tables.
 */
#include "engine/house.h"

enum { CHAIN_USER, CHAIN_PATIENT, CHAIN_ACTION, CHAIN_TYPE, CHAIN_ENTITY, CHAIN_DESCRIPTION,
	CHAIN_METADATA, CHAIN_ADDRESS, CHAIN_AGENT, CHAIN_TIMESTAMP, CHAIN_CHAIN, CHAIN_SEQ,
	CHAIN_HASH, CHAIN__COUNT };

/* clang-format off */
static const struct field log_fields[] = {
	/* plain numbers without references: entries outlive what they speak of */
	WHOLE (CHAIN_USER, "user_id", "User", .wide = true),
	WHOLE (CHAIN_PATIENT, "patient_id", "Patient", .wide = true),
	TEXT  (CHAIN_ACTION, "action", "Action", .not_null = true),
	TEXT  (CHAIN_TYPE, "entity_type", "Record type", .not_null = true),
	WHOLE (CHAIN_ENTITY, "entity_id", "Record", .wide = true),
	NOTE  (CHAIN_DESCRIPTION, "description", "What happened", .not_null = true),
	JSON  (CHAIN_METADATA, "event_metadata", "Details", .plain_json = true),
	TEXT  (CHAIN_ADDRESS, "ip_address", "Address"),
	TEXT  (CHAIN_AGENT, "user_agent", "Program"),
	MOMENT(CHAIN_TIMESTAMP, "timestamp", "When", .not_null = true),
	TEXT  (CHAIN_CHAIN, "chain", "Chain", .hidden = true),
	WHOLE (CHAIN_SEQ, "seq", "Place in the chain", .wide = true, .hidden = true),
	TEXT  (CHAIN_HASH, "hash", "Keyed hash", .hidden = true),
};

const struct record engine_activity_log = {
	.name = "activity_log",
	.one = "Activity",
	.many = "Activity",
	.entity = "activity",
	.summary = "Who did and saw what, in an unbroken chain.",
	.internal = true,
	.fields = log_fields,
	.n_fields = COUNT(log_fields),
	.indexes = (const struct index[]){
		{ "idx_activity_log_patient_id", "patient_id, id" },
		{ "idx_activity_log_user_id", "user_id" },
		{ 0 }
	},
};

enum { STEP_VERSION, STEP_NAME, STEP_APPLIED, STEP_CHECKSUM, STEP__COUNT };

static const struct field migration_fields[] = {
	WHOLE (STEP_VERSION, "version", "Version", .not_null = true, .unique = true),
	TEXT  (STEP_NAME, "name", "Name", .not_null = true),
	MOMENT(STEP_APPLIED, "applied_at", "Applied", .not_null = true),
	TEXT  (STEP_CHECKSUM, "checksum", "Checksum of its SQL"),
};

const struct record engine_schema_migrations = {
	.name = "schema_migrations",
	.one = "Migration",
	.many = "Migrations",
	.entity = "migration",
	.summary = "Which versions of the schema this store has been brought to.",
	.internal = true,
	.fields = migration_fields,
	.n_fields = COUNT(migration_fields),
};

static const struct field flag_fields[] = {
	TEXT  (FLAG_TABLE, "table_name", "Table", .not_null = true),
	WHOLE (FLAG_ROW, "row_id", "Row", .not_null = true, .wide = true),
	TEXT  (FLAG_FIELD, "field", "Field", .not_null = true),
	NOTE  (FLAG_ORIGINAL, "original", "As it came"),
	TEXT  (FLAG_REASON, "reason", "Reason", .not_null = true),
};

const struct record engine_import_flags = {
	.name = "import_flags",
	.one = "Import flag",
	.many = "Import flags",
	.entity = "import_flag",
	.summary = "What an import changed or doubts, with the original.",
	.internal = true,
	.fields = flag_fields,
	.n_fields = COUNT(flag_fields),
	.uniques = (const char *const[]){
		"uq_import_flags_place (table_name, row_id, field, reason)", NULL },
	.stamps = STAMPS_REQUIRED,
};

static const struct field left_fields[] = {
	WHOLE (LEFT_OWNER, "owner_user_id", "Owner", .wide = true),
	WHOLE (LEFT_PATIENT, "patient_id", "Patient", .wide = true),
	TEXT  (LEFT_SOURCE, "source", "Source", .not_null = true),
	TEXT  (LEFT_TABLE, "table_name", "Table", .not_null = true),
	JSON  (LEFT_CONTENT, "content", "The row as it came", .not_null = true),
	TEXT  (LEFT_REASON, "reason", "Reason", .not_null = true),
};

const struct record engine_import_leftovers = {
	.name = "import_leftovers",
	.one = "Import leftover",
	.many = "Import leftovers",
	.entity = "import_leftover",
	.summary = "What an import could not place, whole.",
	.internal = true,
	.fields = left_fields,
	.n_fields = COUNT(left_fields),
	.indexes = (const struct index[]){
		{ "idx_import_leftovers_owner", "owner_user_id" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
};

static const struct field idem_fields[] = {
	TEXT  (IDEM_ACTOR, "actor", "Actor", .not_null = true),
	TEXT  (IDEM_ROUTE, "route", "Route", .not_null = true),
	TEXT  (IDEM_KEY, "idempotency_key", "Key", .not_null = true),
	TEXT  (IDEM_BODY_HASH, "body_hash", "Hash of the body", .not_null = true),
	WHOLE (IDEM_STATUS, "status", "Status", .not_null = true),
	NOTE  (IDEM_REPLY, "reply", "Reply", .secret = true),
	TEXT  (IDEM_LOCATION, "location", "Location"),
	MOMENT(IDEM_EXPIRES, "expires_at", "Expires", .not_null = true),
};

const struct record engine_idempotency_keys = {
	.name = "idempotency_keys",
	.one = "Idempotency key",
	.many = "Idempotency keys",
	.entity = "idempotency_key",
	.summary = "Replies to writes that a client may ask again for.",
	.internal = true,
	.fields = idem_fields,
	.n_fields = COUNT(idem_fields),
	.indexes = (const struct index[]){
		{ "idx_idempotency_keys_expires_at", "expires_at" },
		{ "idx_idempotency_keys_location", "location" },
		{ 0 }
	},
	.uniques = (const char *const[]){
		"uq_idempotency_keys (actor, route, idempotency_key)", NULL },
	.stamps = STAMPS_REQUIRED,
};
/* clang-format on */
