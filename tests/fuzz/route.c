/*
 * route - any path takes a route or none; what it takes has its parameters, and
 * none of them has a slash in it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/call.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct route routes[] = {
	{ .method = GET, .path = "/" },
	{ .method = GET, .path = "/things/" },
	{ .method = POST, .path = "/things/" },
	{ .method = GET, .path = "/things/{id}" },
	{ .method = GET, .path = "/things/me" },
	{ .method = PUT, .path = "/things/{id}" },
	{ .method = GET, .path = "/{any}/last" },
	{ .method = GET, .path = "/things/{id}/parts/{part}" },
	{ .method = DELETE, .path = "/things/{id}/parts/{part}/" },
	{ 0 }
};

static const struct route *const tables[] = { routes, NULL };
static struct face face = { .name = "fuzz", .prefix = "/v1", .tables = tables };
static struct face *const faces[] = { &face, NULL };

static void
check(const struct call *call, enum result r)
{
	if (r && (call->route || !call->work.failure.status))
		abort();
	if (r)
		return;
	if (call->route->method != call->method)
		abort();
	for (size_t i = 0; i < COUNT(call->params); i++)
		if (call->params[i] && strchr(call->params[i], '/'))
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const enum method methods[] = { GET, POST, PUT, PATCH, DELETE, OPTIONS };
	struct arena *arena CLEANUP(arena_close) = arena_open(1u << 20);
	struct call call = { .work.arena = arena };

	if (n == 0 || n > 4096)
		return 0;
	call.method = methods[bytes[0] % COUNT(methods)];
	call.path = arena_printf(arena, "/v1/%.*s", (int)n - 1, (const char *)bytes + 1);
	check(&call, call_route(&call, faces));
	return 0;
}
