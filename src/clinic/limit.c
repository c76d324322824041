/*
 * limit - token buckets per client, and patience with failed authentications.
 */
#include "clinic/limit.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/result.h"
#include "engine/call.h"

enum { SAVE_SECONDS = 3, PATH_SIZE = 4096, BUCKETS = 512, PROBES = 8, TRIES = 1024, FREE_TRIES = 5, LONGEST = 900,
	FREE_TRIES_OF_PEER = 50 };

struct bucket {
	int64_t client;
	double tokens;
	int64_t filled; /* µs, monotonic */
};

struct tries {
	uint64_t who;
	int failed;
	int64_t until; /* µs, monotonic */
	int64_t last;
};

static struct bucket buckets[BUCKETS];
static struct tries tries[TRIES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char path[PATH_SIZE], draft[PATH_SIZE]; /* "": kept nowhere */
static int64_t saved; /* µs, monotonic */
static bool saving;

/* ---- kept over a restart ---- */

/* The wall clock is what the next process shares with this one. */
static void
load(FILE *file)
{
	int64_t wall = moment_now(), now = moment_monotonic();
	long long client, filled;
	double tokens;

	for (int i = 0; i < BUCKETS && fscanf(file, "%lld %lf %lld\n", &client, &tokens, &filled) == 3;
		i++) {
		struct bucket *bucket = &buckets[(uint64_t)client % BUCKETS];
		int64_t age = wall > filled ? wall - filled : 0;

		if (client > 0)
			*bucket = (struct bucket){ client, tokens, now - age };
	}
}

static void
save(void)
{
	static struct bucket copy[BUCKETS]; /* one thread at a time saves */
	int64_t wall = moment_now(), now = moment_monotonic();
	FILE *file = fopen(draft, "we");

	if (!file)
		return;
	pthread_mutex_lock(&lock);
	memcpy(copy, buckets, sizeof(copy));
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < BUCKETS; i++)
		if (copy[i].client > 0)
			fprintf(file, "%lld %.3f %lld\n", (long long)copy[i].client,
				copy[i].tokens, (long long)(wall - (now - copy[i].filled)));
	if (fclose(file) != 0 || rename(draft, path) != 0)
		log_warn("limits: cannot be kept");
}

void
limit_open(const char *dir)
{
	FILE *file;

	memset(buckets, 0, sizeof(buckets));
	memset(tries, 0, sizeof(tries));
	snprintf(path, sizeof(path), "%s/limits", dir);
	snprintf(draft, sizeof(draft), "%s/limits.new", dir);
	saved = moment_monotonic();
	file = fopen(path, "re");
	if (!file)
		return;
	load(file);
	fclose(file);
}

void
limit_close(void)
{
	if (*path)
		save();
	*path = 0;
}

/* Whether it is this thread's turn to save; with the lock held. */
static bool
is_due(int64_t now)
{
	if (!*path || saving || now - saved < (int64_t)SAVE_SECONDS * 1000000)
		return false;
	saved = now;
	saving = true;
	return true;
}

/* ---- requests ---- */

/* Its bucket, or the one that was left alone longest. */
static struct bucket *
find_bucket(int64_t client, double full, int64_t now)
{
	struct bucket *oldest = NULL;

	for (int i = 0; i < PROBES; i++) {
		struct bucket *bucket = &buckets[((uint64_t)client + (uint64_t)i) % BUCKETS];

		if (bucket->client == client)
			return bucket;
		if (!oldest || bucket->filled < oldest->filled)
			oldest = bucket;
	}
	*oldest = (struct bucket){ client, full, now };
	return oldest;
}

bool
limit_take(int64_t client, int64_t per_hour, struct limit_state *state)
{
	double full = (double)per_hour, rate = full / 3600e6;
	int64_t now = moment_monotonic();
	struct bucket *bucket;
	bool taken, due;

	*state = (struct limit_state){ per_hour, per_hour, 0 };
	if (!settings.rate_limit || per_hour <= 0)
		return true;
	pthread_mutex_lock(&lock);
	bucket = find_bucket(client, full, now);
	bucket->tokens += (double)(now - bucket->filled) * rate;
	if (bucket->tokens > full)
		bucket->tokens = full;
	bucket->filled = now;
	taken = bucket->tokens >= 1;
	if (taken)
		bucket->tokens -= 1;
	else
		state->reset = 1 + (int)((1 - bucket->tokens) / rate / 1e6);
	state->remaining = (int64_t)bucket->tokens;
	due = is_due(now);
	pthread_mutex_unlock(&lock);
	if (due) {
		save();
		pthread_mutex_lock(&lock);
		saving = false;
		pthread_mutex_unlock(&lock);
	}
	return taken;
}

static uint64_t
name(const char *client_id, const char *peer)
{
	uint8_t hash[HASH_SIZE];
	char text[400];
	uint64_t who;
	int n = snprintf(text, sizeof(text), "%.200s\n%.100s", client_id ? client_id : "",
		peer ? peer : "");

	hash_sha256(text, (size_t)n, hash);
	memcpy(&who, hash, sizeof(who));
	return who | 1;
}

static struct tries *
find_tries(uint64_t who)
{
	struct tries *oldest = NULL;

	for (uint64_t i = 0; i < PROBES; i++) {
		struct tries *t = &tries[(who + i) % TRIES];

		if (t->who == who)
			return t;
		if (!oldest || t->last < oldest->last)
			oldest = t;
	}
	*oldest = (struct tries){ .who = who };
	return oldest;
}

static int
wait_of(uint64_t who, int64_t now)
{
	const struct tries *t = find_tries(who);

	return t->until > now ? (int)((t->until - now + 999999) / 1000000) : 0;
}

int
limit_wait(const char *client_id, const char *peer)
{
	int64_t now = moment_monotonic();
	int own, whole;

	if (!settings.rate_limit)
		return 0;
	pthread_mutex_lock(&lock);
	own = wait_of(name(client_id, peer), now);
	whole = wait_of(name(NULL, peer), now);
	pthread_mutex_unlock(&lock);
	return own > whole ? own : whole;
}

/* 1, 2, 4 ... seconds after the first few, a quarter of an hour at most. */
static void
count(uint64_t who, int allowed, int64_t now)
{
	struct tries *t = find_tries(who);
	int over, seconds;

	if (now - t->last > (int64_t)LONGEST * 1000000)
		t->failed = 0;
	t->last = now;
	if (t->failed < 1000)
		t->failed++;
	over = t->failed - allowed;
	if (over < 0)
		return;
	seconds = over > 9 ? LONGEST : 1 << over;
	t->until = now + (int64_t)(seconds < LONGEST ? seconds : LONGEST) * 1000000;
}

void
limit_failed(const char *client_id, const char *peer)
{
	int64_t now = moment_monotonic();

	pthread_mutex_lock(&lock);
	count(name(client_id, peer), FREE_TRIES, now);
	count(name(NULL, peer), FREE_TRIES_OF_PEER, now);
	pthread_mutex_unlock(&lock);
}

void
limit_passed(const char *client_id, const char *peer)
{
	pthread_mutex_lock(&lock);
	memset(find_tries(name(client_id, peer)), 0, sizeof(struct tries));
	pthread_mutex_unlock(&lock);
}
