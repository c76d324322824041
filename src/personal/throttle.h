#pragma once
/*
 * throttle - how often somebody may do something, and what repeated failure costs.
 *
 * Bounded memory: when a table is full the one unused for longest goes.  Keys
 * are hashed with a secret, so nobody can choose whom to push out.  All
 * functions are safe on any thread.
 */
#include <stdbool.h>
#include <stdint.h>

struct rate {
	const char *what;  /* keeps the keys of one limit from those of another */
	double per_second;
	double burst;
};

/* Takes one from the bucket of key; 0 when there was one, else the whole
 * seconds until there is. left: what remains; may be NULL. */
int throttle_take(const struct rate *rate, const char *key, int64_t now, int *left);
/* The same by number: for the hot path. */
int throttle_take_id(const struct rate *rate, int64_t id, int64_t now);

/*
 * Failures in a row: after `spare` of them each next try has to wait 1, 2, 4 ...
 * seconds after the last, 15 minutes at most; an hour of peace forgets all.
 */
struct patience {
	const char *what;
	int spare;
};
int throttle_wait(const struct patience *patience, const char *key, int64_t now);
void throttle_fail(const struct patience *patience, const char *key, int64_t now);
void throttle_forgive(const struct patience *patience, const char *key);

/* Forgets everything (tests). */
void throttle_reset(void);
