#pragma once
/*
 * house - the tables the engine itself keeps in every store, declared like any
 * other record; a catalog lists them with HOUSE_RECORDS.
 *
 * schema_migrations (version, name, applied_at), import_flags (what an import
 * changed: table, row, field, original, reason), import_leftovers (what a
 * constraint refused, whole, as JSON), idempotency_keys (actor, route, key, hash
 * of the body, reply, expires_at), activity_log.
 */
#include "engine/record.h"

extern const struct record engine_activity_log;
extern const struct record engine_schema_migrations;
extern const struct record engine_import_flags;
extern const struct record engine_import_leftovers;
extern const struct record engine_idempotency_keys;

#define HOUSE_RECORDS                                                                  \
	&engine_activity_log, &engine_schema_migrations, &engine_import_flags,         \
		&engine_import_leftovers, &engine_idempotency_keys

/* Columns of import_flags: table_name TEXT, row_id WHOLE, field TEXT, original
 * TEXT, reason TEXT; of import_leftovers: owner_user_id WHOLE null, patient_id
 * WHOLE null, source TEXT, table_name TEXT, content JSON, reason TEXT. */
enum { FLAG_TABLE, FLAG_ROW, FLAG_FIELD, FLAG_ORIGINAL, FLAG_REASON, FLAG__COUNT };
enum { LEFT_OWNER, LEFT_PATIENT, LEFT_SOURCE, LEFT_TABLE, LEFT_CONTENT, LEFT_REASON, LEFT__COUNT };
enum { IDEM_ACTOR, IDEM_ROUTE, IDEM_KEY, IDEM_BODY_HASH, IDEM_STATUS, IDEM_REPLY, IDEM_LOCATION,
	IDEM_EXPIRES, IDEM__COUNT };
