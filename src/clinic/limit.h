#pragma once
/*
 * limit - how often a client may ask, and how often it may fail to say who it is.
 *
 * In memory, bounded.  What clients have left of their hour is kept in DIR/limits,
 * written at most every few seconds and at the end; failures are forgotten at a
 * restart.  Nothing is limited when settings.rate_limit is off.
 */
#include <stdbool.h>
#include <stdint.h>

/* Before threads; a file that cannot be read counts as none. */
void limit_open(const char *dir);
void limit_close(void);

struct limit_state {
	int64_t limit, remaining;
	int reset;       /* seconds until one more request is there */
};

/* Takes one request from the client's bucket; false when it is empty. */
bool limit_take(int64_t client, int64_t per_hour, struct limit_state *state);

/* Seconds this client id must wait at this address; 0: it may try. */
int limit_wait(const char *client_id, const char *peer);
void limit_failed(const char *client_id, const char *peer);
void limit_passed(const char *client_id, const char *peer);
