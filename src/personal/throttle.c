/*
 * throttle - token buckets and counts of failures in one table of small sets.
 */
#include "personal/throttle.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/crypto.h"

enum { N_SETS = 1024, N_WAYS = 8, N_LOCKS = 64, LONGEST_WAIT = 900 };

static const int64_t second = INT64_C(1000000);
static const int64_t forgotten_after = 3600 * INT64_C(1000000);

struct slot {
	uint64_t key;
	double level; /* tokens left, or failures so far */
	int64_t at;   /* of the last change */
};

static struct slot table[N_SETS][N_WAYS];
static pthread_mutex_t locks[N_LOCKS] = { [0 ... N_LOCKS - 1] = PTHREAD_MUTEX_INITIALIZER };
static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint8_t secret[HASH_SIZE];

static void
make_secret(void)
{
	random_bytes(secret, sizeof(secret));
}

static uint64_t
key_of_text(const char *what, const char *key)
{
	char buffer[512];
	uint8_t mac[HASH_SIZE];
	size_t n_what = strlen(what), n_key = strlen(key);
	uint64_t hash;

	pthread_once(&once, make_secret);
	if (n_what > 63)
		n_what = 63;
	if (n_key > sizeof(buffer) - 64)
		n_key = sizeof(buffer) - 64;
	memcpy(buffer, what, n_what);
	buffer[n_what] = 0;
	memcpy(buffer + n_what + 1, key, n_key);
	hash_hmac(secret, buffer, n_what + 1 + n_key, mac);
	memcpy(&hash, mac, sizeof(hash));
	return hash | 1;
}

/* Ids are ours, not the client's: mixing is enough. */
static uint64_t
key_of_id(int64_t id)
{
	uint64_t seed, hash;

	pthread_once(&once, make_secret);
	memcpy(&seed, secret, sizeof(seed));
	hash = ((uint64_t)id + seed) * UINT64_C(0x9e3779b97f4a7c15);
	return (hash ^ hash >> 29) | 1;
}

static pthread_mutex_t *
lock_of(uint64_t key)
{
	return &locks[(key >> 8) % N_SETS % N_LOCKS];
}

/* The slot of a key; a new one starts at level.  The lock is held. */
static struct slot *
find(uint64_t key, double level, int64_t now)
{
	struct slot *set = table[(key >> 8) % N_SETS];
	struct slot *oldest = set;

	for (size_t i = 0; i < N_WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].at < oldest->at)
			oldest = &set[i];
	}
	*oldest = (struct slot){ .key = key, .level = level, .at = now };
	return oldest;
}

static int
take(const struct rate *rate, uint64_t key, int64_t now, int *left)
{
	struct slot *slot;
	int wait = 0;

	pthread_mutex_lock(lock_of(key));
	slot = find(key, rate->burst, now);
	if (now > slot->at) {
		slot->level += (double)(now - slot->at) / (double)second * rate->per_second;
		slot->at = now;
	}
	if (slot->level > rate->burst)
		slot->level = rate->burst;
	if (slot->level >= 1)
		slot->level -= 1;
	else
		wait = (int)ceil((1 - slot->level) / rate->per_second);
	if (left)
		*left = (int)slot->level;
	pthread_mutex_unlock(lock_of(key));
	return wait;
}

int
throttle_take(const struct rate *rate, const char *key, int64_t now, int *left)
{
	return take(rate, key_of_text(rate->what, key), now, left);
}

int
throttle_take_id(const struct rate *rate, int64_t id, int64_t now)
{
	return take(rate, key_of_id(id), now, NULL);
}

static int64_t
end_of_wait(const struct slot *slot, int spare)
{
	int beyond = (int)slot->level - spare;
	int64_t wait;

	if (beyond <= 0)
		return 0;
	wait = beyond > 10 ? LONGEST_WAIT : INT64_C(1) << (beyond - 1);
	return slot->at + (wait < LONGEST_WAIT ? wait : LONGEST_WAIT) * second;
}

int
throttle_wait(const struct patience *patience, const char *key, int64_t now)
{
	uint64_t k = key_of_text(patience->what, key);
	int64_t end = 0;

	pthread_mutex_lock(lock_of(k));
	for (size_t i = 0; i < N_WAYS; i++)
		if (table[(k >> 8) % N_SETS][i].key == k)
			end = end_of_wait(&table[(k >> 8) % N_SETS][i], patience->spare);
	pthread_mutex_unlock(lock_of(k));
	return end > now ? (int)((end - now + second - 1) / second) : 0;
}

void
throttle_fail(const struct patience *patience, const char *key, int64_t now)
{
	uint64_t k = key_of_text(patience->what, key);
	struct slot *slot;

	pthread_mutex_lock(lock_of(k));
	slot = find(k, 0, now);
	if (now - slot->at > forgotten_after)
		slot->level = 0;
	slot->level += 1;
	slot->at = now;
	pthread_mutex_unlock(lock_of(k));
}

void
throttle_forgive(const struct patience *patience, const char *key)
{
	uint64_t k = key_of_text(patience->what, key);

	pthread_mutex_lock(lock_of(k));
	for (size_t i = 0; i < N_WAYS; i++)
		if (table[(k >> 8) % N_SETS][i].key == k)
			table[(k >> 8) % N_SETS][i] = (struct slot){ 0 };
	pthread_mutex_unlock(lock_of(k));
}

void
throttle_reset(void)
{
	for (size_t i = 0; i < N_SETS; i++) {
		pthread_mutex_lock(&locks[i % N_LOCKS]);
		memset(table[i], 0, sizeof(table[i]));
		pthread_mutex_unlock(&locks[i % N_LOCKS]);
	}
}
