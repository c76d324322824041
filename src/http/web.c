/*
 * web - finds the embedded file and the best encoding the browser takes.
 */
#include "http/web.h"

#include <string.h>

#include "http/exchange.h"
#include "http/web_files.h"

enum { DEEPEST = 6 }; /* as in web/build.mjs */

static const struct web_file *
find(const char *name)
{
	for (size_t i = 0; i < web_n_files; i++)
		if (strcmp(web_files[i].name, name) == 0)
			return &web_files[i];
	return NULL;
}

/* The index.html for an address: how far up the page lives depends on its depth. */
static const struct web_file *
find_index(const char *path)
{
	char name[] = "index-0.html";
	int depth = 0;

	for (const char *c = path + 1; *c; c++)
		depth += *c == '/';
	if (depth > DEEPEST)
		return NULL;
	name[strlen("index-")] = (char)('0' + depth);
	return find(name);
}

static const struct web_file *
file_of(const char *path)
{
	if (*path != '/' || text_starts(path, "/index-"))
		return NULL;
	return strcmp(path, "/index.html") == 0 ? find_index("/") : find(path + 1);
}

/* Programs that mistake an address get their 404; a browser gets the page. */
static bool
is_visit(const struct call *call)
{
	static const char *const others[] = { "/api", "/clinic/v1", "/oauth", "/mcp",
		"/.well-known", "/assets" };
	const char *accepts = call_header(call, "accept");

	for (size_t i = 0; i < COUNT(others); i++) {
		size_t n = strlen(others[i]);

		if (strncmp(call->path, others[i], n) == 0
			&& (!call->path[n] || call->path[n] == '/'))
			return false;
	}
	return accepts && strstr(accepts, "text/html") && find_index(call->path);
}

bool
web_wants(const struct call *call)
{
	return call->method == GET && (file_of(call->path) || is_visit(call));
}

/* Whether the encoding is named; "q=0" refuses it. */
static bool
takes(const char *accepted, const char *encoding)
{
	size_t n = strlen(encoding);

	while (accepted && *accepted) {
		size_t word = strcspn(accepted += strspn(accepted, " ,"), ",");

		if (strncmp(accepted, encoding, n) == 0 && strcspn(accepted, ",; ") == n)
			return !(word > n && strncmp(accepted + word - 2, "=0", 2) == 0);
		accepted += word;
	}
	return false;
}

static struct web_place
choose(struct call *call, const struct web_file *file)
{
	const char *accepted = call_header(call, "accept-encoding");

	if (file->brotli.n && takes(accepted, "br")) {
		call_answer(call, "Content-Encoding", "br");
		return file->brotli;
	}
	if (file->gzip.n && takes(accepted, "gzip")) {
		call_answer(call, "Content-Encoding", "gzip");
		return file->gzip;
	}
	return file->plain;
}

enum result
web_serve(struct call *call)
{
	const struct web_file *file = file_of(call->path);
	const char *known = call_header(call, "if-none-match");
	struct web_place place;

	if (!file)
		file = find_index(call->path);
	if (!file)
		return fail_as(&call->work, 404, NULL, "Route not found");
	call_answer(call, "ETag", file->etag);
	call_answer(call, "Cache-Control",
		file->hashed ? "public, max-age=31536000, immutable" : "no-cache");
	call_answer(call, "Vary", "Accept-Encoding");
	call_answer(call, "Content-Security-Policy", web_policy);
	call->type = file->type;
	if (known && strstr(known, file->etag)) {
		call->status = 304;
		call->no_body = true;
		return OK;
	}
	place = choose(call, file);
	text_put(&call->out, web_pack + place.at, place.n);
	return OK;
}
