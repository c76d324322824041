#pragma once
/*
 * face - what the parts of the personal face share while the server runs.
 *
 * One object, filled by personal_open() before there are threads, never
 * changed afterwards; what changes (caches, counters) has locks of its own.
 */
#include "base/crypto.h"
#include "engine/call.h"

struct state {
	struct face face;
	struct store *store;
	struct arena *arena;         /* what lives as long as the face */
	uint8_t jwt_key[HASH_SIZE];
	int64_t opened;              /* moment */
	const char *cookie;          /* "charthouse_8080", under TLS with "__Host-" */
};

const struct state *face_state(void);
