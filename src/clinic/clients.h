#pragma once
/*
 * clients - what an administrator does with an application's credentials.
 *
 * All inside a write.  MISSING when there is no such client.  Secrets come out
 * once, in the arena of the work, and are kept only as SHA-256.
 */
#include "base/text.h"
#include "engine/row.h"
#include "engine/work.h"

MUST_CHECK enum result client_find(struct work *w, const char *client_id, struct row **out);
/* A new secret; the old one ends, and so do tokens when the client is disabled. */
MUST_CHECK enum result client_rotate(struct work *w, const char *client_id, const char **secret);
/* A new API key for agents that can send only a fixed header; the old one ends. */
MUST_CHECK enum result client_key(struct work *w, const char *client_id, const char **key);
/* Takes the key away. */
MUST_CHECK enum result client_keyless(struct work *w, const char *client_id);
MUST_CHECK enum result client_enable(struct work *w, const char *client_id, bool enabled);
