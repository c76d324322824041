/*
 * call - finding the route, and reading what the client sent.
 */
#include "engine/call.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "engine/wait.h"

struct settings settings = {
	.dir = "./data",
	.origin = "http://127.0.0.1:8080",
	.port = 8080,
	.rate_limit = true,
	.requests_per_second = 100,
	.password_min = 12,
	.token_minutes = 480,
};

/* ---- routes ---- */

/* How well a route's path fits: 0 not at all, else more for every literal
 * segment, the earlier the more, so that /patients/me beats /patients/{id}. */
static unsigned
fit(const char *pattern, const char *path)
{
	unsigned score = 1;

	for (;;) {
		while (*pattern == '/')
			pattern++;
		while (*path == '/')
			path++;
		if (!*pattern || !*path)
			return *pattern || *path ? 0 : score;
		size_t n = strcspn(pattern, "/"), m = strcspn(path, "/");

		if (*pattern == '{') {
			score <<= 1;
		} else if (n == m && memcmp(pattern, path, n) == 0) {
			score = score << 1 | 1;
		} else {
			return 0;
		}
		pattern += n;
		path += m;
	}
}

static void
take_params(struct call *call, const char *path)
{
	const char *pattern = call->route->path;
	size_t i = 0;

	while (*pattern) {
		while (*pattern == '/')
			pattern++;
		while (*path == '/')
			path++;
		size_t n = strcspn(pattern, "/"), m = strcspn(path, "/");

		if (*pattern == '{' && i < COUNT(call->params))
			call->params[i++] = arena_copy(call->work.arena, path, m);
		pattern += n;
		path += m;
	}
}

struct match {
	struct face *face;
	const struct route *route;
	unsigned score;
	unsigned methods; /* of all routes that fit the path */
};

/* There are hundreds of routes; the first segment rules out nearly all. */
static bool
hopeless(const struct route *route, const char *first, size_t n)
{
	const char *own = route->path + (*route->path == '/');

	if (*own == '{')
		return false;
	return strncmp(own, first, n) != 0 || (own[n] != '/' && own[n] != '\0');
}

static void
search(struct face *face, const char *path, enum method method, struct match *best)
{
	const char *first = path + (*path == '/');
	size_t n = strcspn(first, "/");

	for (const struct route *const *table = face->tables; *table; table++)
		for (const struct route *route = *table; route->method; route++) {
			unsigned score = hopeless(route, first, n) ? 0 : fit(route->path, path);

			if (!score)
				continue;
			best->methods |= route->method;
			if (route->method == method && score > best->score) {
				best->face = face;
				best->route = route;
				best->score = score;
			}
		}
}

static void
answer_allow(struct call *call, unsigned methods)
{
	static const struct {
		enum method method;
		const char *name;
	} names[] = { { GET, "GET, HEAD" }, { POST, "POST" }, { PUT, "PUT" }, { PATCH, "PATCH" },
		{ DELETE, "DELETE" }, { OPTIONS, "OPTIONS" } };
	struct text out CLEANUP(text_close) = { 0 };

	for (size_t i = 0; i < COUNT(names); i++)
		if (methods & names[i].method)
			text_printf(&out, "%s%s", out.len ? ", " : "", names[i].name);
	call_answer(call, "Allow", arena_copy(call->work.arena, out.at ? out.at : "", out.len));
}

/* "//" and the like are not part of any route. */
static bool
tidy(const char *path)
{
	return strstr(path, "//") == NULL;
}

enum result
call_route(struct call *call, struct face *const *faces)
{
	struct match best = { 0 };
	size_t longest = 0;

	for (struct face *const *face = faces; *face; face++) {
		size_t n = strlen((*face)->prefix);

		if (!text_starts(call->path, (*face)->prefix) || (n && call->path[n] != '/' && call->path[n]))
			continue;
		if (!call->face || n > longest) {
			call->face = *face;
			longest = n;
		}
		if (tidy(call->path))
			search(*face, call->path + n, call->method, &best);
	}
	if (best.route) {
		call->face = best.face;
		call->route = best.route;
		call->work.store = best.face->store;
		take_params(call, call->path + strlen(best.face->prefix));
		return OK;
	}
	if (best.methods) {
		answer_allow(call, best.methods);
		return fail_as(&call->work, 405, NULL, "Method Not Allowed");
	}
	return fail_as(&call->work, 404, NULL, "Not Found");
}

/* ---- the request ---- */

static const char *
find(const struct pair *pairs, size_t n, const char *name)
{
	for (size_t i = n; i-- > 0;)
		if (strcmp(pairs[i].name, name) == 0)
			return pairs[i].value;
	return NULL;
}

const char *
call_network(struct call *call)
{
	const char *peer = call && call->peer ? call->peer : "";
	struct in6_addr address;
	char *out;

	if (inet_pton(AF_INET6, peer, &address) != 1 || IN6_IS_ADDR_V4MAPPED(&address))
		return peer;
	memset(&address.s6_addr[8], 0, 8);
	out = arena_new(call->work.arena, INET6_ADDRSTRLEN);
	return inet_ntop(AF_INET6, &address, out, INET6_ADDRSTRLEN) ? out : peer;
}

const char *
call_header(const struct call *call, const char *name)
{
	return find(call->headers, call->n_headers, name);
}

const char *
call_query(const struct call *call, const char *name)
{
	return find(call->query, call->n_query, name);
}

const char *
call_form(const struct call *call, const char *name)
{
	return find(call->form, call->n_form, name);
}

void
call_answer(struct call *call, const char *name, const char *value)
{
	if (call->n_answer < COUNT(call->answer))
		call->answer[call->n_answer++] = (struct pair){ name, value };
}

static const struct parameter *
parameter(const struct work *w, const char *name)
{
	const struct parameter *p = w->call->route->query;

	for (; p && p->name; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

/* Reports what is wrong with the text of a whole number. */
static bool
fits(struct work *w, const struct parameter *p, const char *name, const char *text,
	int64_t *whole)
{
	size_t before = w->problems.n;

	if (!text_whole(text, INT64_MIN, INT64_MAX, whole))
		problem_at(&w->problems, "query", name, "int_parsing",
			"Input should be a valid integer, unable to parse string as an integer");
	else if (p && (p->min < p->max || p->min > 0) && (double)*whole < p->min)
		problem_at(&w->problems, "query", name, "greater_than_equal",
			"Input should be greater than or equal to %.0f", p->min);
	else if (p && p->max > 0 && (double)*whole > p->max)
		problem_at(&w->problems, "query", name, "less_than_equal",
			"Input should be less than or equal to %.0f", p->max);
	else if (*whole > INT32_MAX)
		problem_at(&w->problems, "query", name, "less_than_equal",
			"Input should be less than or equal to 2147483647");
	return w->problems.n == before;
}

int64_t
call_whole(struct work *w, const char *name)
{
	const struct parameter *p = parameter(w, name);
	const char *text = call_query(w->call, name);
	int64_t whole = 0;

	if (!text && p && p->required)
		problem_at(&w->problems, "query", name, "missing", "Field required");
	if (!text)
		text = p ? p->initial : NULL;
	if (!text)
		return 0;
	if (fits(w, p, name, text, &whole))
		return whole;
	/* Refused, but handlers may reckon with it before they ask call_sound(). */
	return p && p->min > 0 ? (int64_t)p->min : 0;
}

bool
call_bool(struct work *w, const char *name)
{
	static const char *const yes[] = { "true", "1", "yes", "on", "t", "y" };
	static const char *const no[] = { "false", "0", "no", "off", "f", "n" };
	const struct parameter *p = parameter(w, name);
	const char *text = call_query(w->call, name);

	if (!text)
		text = p ? p->initial : NULL;
	for (size_t i = 0; text && i < COUNT(yes); i++) {
		if (text_same(text, yes[i]))
			return true;
		if (text_same(text, no[i]))
			return false;
	}
	if (text)
		problem_at(&w->problems, "query", name, "bool_parsing",
			"Input should be a valid boolean, unable to interpret input");
	return false;
}

bool
call_id(const struct call *call, int param, int64_t *id)
{
	return call->params[param] && text_whole(call->params[param], 1, INT32_MAX, id);
}

enum result
call_too_much(struct work *w)
{
	w->call->out.full = true;
	return FAULT;
}

enum result
call_sound(struct work *w)
{
	return w->problems.n ? INVALID : OK;
}

void
call_free(struct call *call)
{
	wait_leave(call);
	json_decref(call->heard);
	call->heard = NULL;
	json_decref(call->json);
	call->json = NULL;
	text_close(&call->out);
}
