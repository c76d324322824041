/*
 * http - target and headers as they come: first line the target, then one
 * "name:value" a line.  What is taken has one reading.
 */
#include <stdlib.h>
#include <string.h>

#include "http/peer.h"
#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
add_header(struct call *call, char *line)
{
	char *colon = strchr(line, ':');

	if (!colon || call->n_headers > MAX_HEADERS)
		return;
	*colon = '\0';
	call->headers[call->n_headers++] = (struct pair){ line, colon + 1 };
}

static size_t
count(const struct call *call, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < call->n_headers; i++)
		n += strcmp(call->headers[i].name, name) == 0;
	return n;
}

static void
look(struct call *call, const char *target)
{
	struct networks networks;
	struct framing framing;

	if (networks_parse(&networks, "127.0.0.0/8,::1") || !peer_client(&networks, call, "::1"))
		abort();
	if (request_target(call, target)
		&& (call->path[0] != '/' || !utf8_valid(call->path, strlen(call->path))))
		abort();
	if (request_check(call, "HTTP/1.1", &framing))
		return;
	if (count(call, "host") != 1
		|| count(call, "content-length") + count(call, "transfer-encoding") > 1)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena;
	struct call call = { 0 };
	char *rest, *target;

	if (n > 32 * 1024)
		return 0;
	arena = arena_open(64 * 1024 * 1024);
	rest = arena_copy(arena, (const char *)bytes, n);
	call.work.arena = arena;
	call.headers = arena_new(arena, (MAX_HEADERS + 1) * sizeof(*call.headers));
	target = strsep(&rest, "\n");
	while (rest)
		add_header(&call, strsep(&rest, "\n"));
	look(&call, target);
	arena_close(&arena);
	return 0;
}
