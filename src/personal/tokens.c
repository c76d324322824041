/*
 * tokens - two small tables, each slot found by its key alone.
 *
 * A newcomer takes the slot of whoever was there: a forgotten token is verified
 * again, a forgotten last use was stored less than a minute ago.
 */
#include "personal/tokens.h"

#include <pthread.h>
#include <string.h>

enum { N_TOKENS = 4096, N_USES = 4096, N_LOCKS = 64 };

_Static_assert(N_TOKENS == N_USES, "tokens_reset() clears both in one go");

static const int64_t store_every = 60 * INT64_C(1000000);

struct use {
	int64_t session, last, stored;
};

static struct known_token tokens[N_TOKENS];
static struct use uses[N_USES];
static pthread_mutex_t locks[N_LOCKS] = { [0 ... N_LOCKS - 1] = PTHREAD_MUTEX_INITIALIZER };

static size_t
slot_of_hash(const uint8_t *hash)
{
	return ((size_t)hash[0] << 8 | hash[1]) % N_TOKENS;
}

bool
tokens_find(const uint8_t hash[HASH_SIZE], struct known_token *out)
{
	size_t slot = slot_of_hash(hash);
	bool found;

	pthread_mutex_lock(&locks[slot % N_LOCKS]);
	found = tokens[slot].exp && memcmp(tokens[slot].hash, hash, HASH_SIZE) == 0;
	if (found)
		*out = tokens[slot];
	pthread_mutex_unlock(&locks[slot % N_LOCKS]);
	return found;
}

void
tokens_keep(const struct known_token *token)
{
	size_t slot = slot_of_hash(token->hash);

	pthread_mutex_lock(&locks[slot % N_LOCKS]);
	tokens[slot] = *token;
	pthread_mutex_unlock(&locks[slot % N_LOCKS]);
}

void
tokens_last_use(int64_t session, int64_t *last)
{
	size_t slot = (size_t)session % N_USES;

	pthread_mutex_lock(&locks[slot % N_LOCKS]);
	if (uses[slot].session == session && uses[slot].last > *last)
		*last = uses[slot].last;
	pthread_mutex_unlock(&locks[slot % N_LOCKS]);
}

bool
tokens_use(int64_t session, int64_t stored, int64_t now)
{
	size_t slot = (size_t)session % N_USES;
	struct use *use = &uses[slot];
	bool due;

	pthread_mutex_lock(&locks[slot % N_LOCKS]);
	if (use->session != session)
		*use = (struct use){ .session = session, .stored = stored };
	use->last = now;
	due = now - use->stored >= store_every;
	if (due)
		use->stored = now;
	pthread_mutex_unlock(&locks[slot % N_LOCKS]);
	return due;
}

void
tokens_reset(void)
{
	for (size_t slot = 0; slot < N_TOKENS; slot++) {
		pthread_mutex_lock(&locks[slot % N_LOCKS]);
		tokens[slot] = (struct known_token){ 0 };
		uses[slot] = (struct use){ 0 };
		pthread_mutex_unlock(&locks[slot % N_LOCKS]);
	}
}
