#pragma once
/*
 * bcrypt - passwords hashed by another server ($2a$, $2b$, $2y$).
 *
 * Accepted so that adopted users can sign in, never made: a login replaces the
 * hash by one of ours.  A cost above BCRYPT_COST_MOST (a second or so) is refused,
 * since whoever made the hash chose it.
 */
#include <stdbool.h>

enum { BCRYPT_COST_MOST = 14 };

/* True for a whole hash of a cost that is borne. */
bool bcrypt_is(const char *hash);
/* As password_verify(): SLOW lane. */
bool bcrypt_verify(const char *hash, const char *password);
