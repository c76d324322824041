#pragma once
/*
 * tokens - verified tokens remembered by their SHA-256, and the last use of
 * sessions; both bounded, both safe to forget.
 *
 * What is remembered about a token follows from the token alone: whether its
 * session still lives is looked up at every call, so nothing has to be dropped
 * here when a session ends.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"

struct known_token {
	uint8_t hash[HASH_SIZE];
	int64_t user_id;
	int64_t exp;                  /* UNIX seconds */
	int64_t session;              /* its row: ids are never used twice */
};

bool tokens_find(const uint8_t hash[HASH_SIZE], struct known_token *out);
void tokens_keep(const struct known_token *token);

/* When the session was used last, as far as is known: *last is the stored
 * moment, moved on to what memory knows. */
void tokens_last_use(int64_t session, int64_t *last);
/* Notes a use; true when it is time to store it (once a minute at most). */
bool tokens_use(int64_t session, int64_t stored, int64_t now);

/* Forgets everything: the store is closed, its ids mean nothing any more. */
void tokens_reset(void);
