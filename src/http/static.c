/*
 * static - finds a file beneath the folder and answers with it or with 304.
 */
#include "http/static.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "http/exchange.h"

enum { MAX_DEPTH = 16 };

static int root = -1;  /* settings.static_dir */
static int inner = -1; /* what /static/ shows: its folder static, or itself */

/* Foreign front ends style themselves inline and show files in blob frames. */
static const char policy[] =
	"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
	"font-src 'self' data:; frame-src 'self' blob:; worker-src 'self' blob:; "
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

static const struct pair types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "application/javascript" },
	{ ".mjs", "application/javascript" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".map", "application/json" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".jpg", "image/jpeg" },
	{ ".jpeg", "image/jpeg" },
	{ ".webp", "image/webp" },
	{ ".gif", "image/gif" },
	{ ".ico", "image/x-icon" },
	{ ".woff", "font/woff" },
	{ ".woff2", "font/woff2" },
	{ ".ttf", "font/ttf" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".pdf", "application/pdf" },
	{ ".wasm", "application/wasm" },
};

enum result
static_open(void)
{
	if (!settings.static_dir)
		return OK;
	root = open(settings.static_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		log_error("http: cannot open the static folder %s: %s", settings.static_dir,
			strerror(errno));
		return FAULT;
	}
	inner = openat(root, "static", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (inner < 0)
		inner = fcntl(root, F_DUPFD_CLOEXEC, 0);
	return OK;
}

void
static_close(void)
{
	if (inner >= 0)
		close(inner);
	if (root >= 0)
		close(root);
	inner = root = -1;
}

/* One part of a path below `folder`, which is closed unless it is `top`. */
static int
step_into(int folder, int top, const char *name, bool last)
{
	int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (last ? 0 : O_DIRECTORY);
	int next = *name && *name != '.' ? openat(folder, name, flags) : -1;

	if (folder != top)
		close(folder);
	return next;
}

/* A regular file below the folder `top`; -1 when there is none. */
static int
open_below(int top, struct arena *arena, const char *path, struct stat *facts)
{
	char *rest = arena_text(arena, path);
	int fd = top;

	for (int depth = 0; rest && fd >= 0; depth++) {
		char *slash = strchr(rest, '/');

		if (depth == MAX_DEPTH) {
			if (fd != top)
				close(fd);
			return -1;
		}
		if (slash)
			*slash++ = '\0';
		fd = step_into(fd, top, rest, !slash);
		rest = slash;
	}
	if (fd < 0)
		return -1;
	if (fstat(fd, facts) == 0 && S_ISREG(facts->st_mode))
		return fd;
	close(fd);
	return -1;
}

static const char *
type_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < COUNT(types); i++)
		if (text_same(dot, types[i].name))
			return types[i].value;
	return "application/octet-stream";
}

/* Bundlers put a hash of eight or more hex digits before the suffix. */
static bool
is_hashed(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t n = 0;

	while (dot && dot > path && strchr("0123456789abcdef", dot[-1])) {
		dot--;
		n++;
	}
	return n >= 8 && dot > path && strchr(".-_", dot[-1]);
}

static bool
is_known(const struct call *call, const char *etag, const char *modified)
{
	const char *tags = call_header(call, "if-none-match");
	const char *since = call_header(call, "if-modified-since");

	if (tags)
		return strcmp(tags, "*") == 0 || strstr(tags, etag);
	return since && strcmp(since, modified) == 0;
}

static enum result
give(struct call *call, const char *path, int fd, const struct stat *facts)
{
	struct exchange *exchange = call->conn;
	struct arena *arena = call->work.arena;
	char *modified = arena_new(arena, 40);
	const char *etag = arena_printf(arena, "\"%llx-%llx\"",
		(unsigned long long)facts->st_mtim.tv_sec * 1000000000ULL
			+ (unsigned long long)facts->st_mtim.tv_nsec,
		(unsigned long long)facts->st_size);
	struct tm parts;

	gmtime_r(&facts->st_mtim.tv_sec, &parts);
	strftime(modified, 40, "%a, %d %b %Y %H:%M:%S GMT", &parts);
	call_answer(call, "ETag", etag);
	call_answer(call, "Last-Modified", modified);
	call_answer(call, "Cache-Control",
		is_hashed(path) ? "public, max-age=31536000, immutable" : "no-cache");
	call_answer(call, "Content-Security-Policy", policy);
	call_answer(call, "X-Frame-Options", "SAMEORIGIN");
	call->type = type_of(path);
	if (is_known(call, etag, modified)) {
		close(fd);
		call->status = 304;
		call->no_body = true;
		return OK;
	}
	exchange->file = fd;
	exchange->file_size = facts->st_size;
	return OK;
}

bool
static_wants(const struct call *call)
{
	static const char *const others[] = { "/api", "/clinic", "/oauth", "/mcp",
		"/.well-known", "/authenticate", "/docs", "/redoc", "/openapi.json", "/health" };

	if (root < 0 || call->method != GET)
		return false;
	for (size_t i = 0; i < COUNT(others); i++) {
		size_t n = strlen(others[i]);

		if (strncmp(call->path, others[i], n) == 0
			&& (!call->path[n] || call->path[n] == '/'))
			return false;
	}
	return true;
}

/* Files that programs ask for by name: a page in their place would only confuse. */
static bool
is_wanted_itself(const char *path)
{
	static const char *const names[] = { "manifest.json", "service-worker.js",
		"icon-256.png", "icon-192.png", "offline.html" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], path) == 0)
			return true;
	return false;
}

enum result
static_serve(struct call *call)
{
	struct arena *arena = call->work.arena;
	const char *path = call->path + 1;
	bool below = text_starts(path, "static/");
	struct stat facts;
	int fd;

	path = *path ? path : "index.html";
	fd = below ? open_below(inner, arena, path + strlen("static/"), &facts)
		   : open_below(root, arena, path, &facts);
	if (fd >= 0)
		return give(call, path, fd, &facts);
	if (is_wanted_itself(path)) {
		text_printf(&call->out, "{\"error\":\"%s not found\"}", path);
		return OK;
	}
	fd = below ? -1 : open_below(root, arena, "index.html", &facts);
	if (fd >= 0)
		return give(call, "index.html", fd, &facts);
	return fail_as(&call->work, 404, NULL, "Route not found");
}
