#pragma once
/*
 * audit_private - the one way an entry is turned into bytes for its hash, shared
 * by who writes the chain and who verifies it.
 */
#include "engine/audit.h"

enum { LOG_COLUMNS = 13, CHAIN_NAME = 64 };

/* In the order of the INSERT: user_id, patient_id, action, entity_type,
 * entity_id, description, event_metadata, ip_address, user_agent, timestamp. */
enum { CELL_USER, CELL_PATIENT, CELL_ACTION, CELL_TYPE, CELL_ENTITY, CELL_DESCRIPTION,
	CELL_METADATA, CELL_ADDRESS, CELL_AGENT, CELL_WHEN, CELLS };

#define CELL_NAMES                                                                     \
	"user_id, patient_id, action, entity_type, entity_id, description, "           \
	"event_metadata, ip_address, user_agent, timestamp"

/* HMAC over the hash before, the chain, the place in it and every cell with its
 * length, so that no two entries have the same bytes. */
void audit_hash(const uint8_t key[32], const uint8_t before[32], const char *chain, int64_t seq,
	const struct value cells[CELLS], uint8_t out[32]);
/* DIR/audit-heads */
void audit_heads_path(char *out, size_t n, const char *dir);
