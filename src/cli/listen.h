#pragma once
/*
 * listen - "127.0.0.1:8080" taken apart.
 */
#include <stdbool.h>

#include "base/arena.h"

struct listen_at {
	char host[64]; /* without brackets */
	int port;      /* 0: any */
	bool v6;
	bool loopback;
	bool any;      /* every address of the machine */
};

/* False when it is not ADDR:PORT with a numeric address or localhost. */
bool listen_parse(const char *text, struct listen_at *out);
/* What a browser on this machine would open. */
const char *listen_origin(struct arena *arena, const struct listen_at *at, bool tls);
