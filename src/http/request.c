/*
 * request - decoding of targets, queries and forms, and the check of headers.
 *
 * libmicrohttpd is lenient about framing: two lengths, a length beside chunks,
 * or an unknown coding pass.  A proxy in front may read them otherwise, and then
 * one client's bytes become another's request; so all of it is refused here.
 */
#include "http/request.h"

#include <string.h>

enum method
request_method(const char *name, bool *head)
{
	static const struct {
		const char *name;
		enum method method;
	} known[] = {
		{ "GET", GET }, { "POST", POST }, { "PUT", PUT }, { "PATCH", PATCH },
		{ "DELETE", DELETE }, { "OPTIONS", OPTIONS },
	};

	*head = strcmp(name, "HEAD") == 0;
	if (*head)
		return GET;
	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].method;
	return (enum method)0;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* NULL for a broken escape, NUL, or bad UTF-8. */
static const char *
decode(struct arena *arena, const char *text, size_t n, bool plus)
{
	char *out = arena_copy(arena, text, n);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if (c == '+' && plus) {
			c = ' ';
		} else if (c == '%') {
			int high = n - i > 2 ? hex(text[i + 1]) : -1;
			int low = n - i > 2 ? hex(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high * 16 + low);
			i += 2;
		}
		out[len++] = c;
	}
	out[len] = '\0';
	return utf8_valid(out, len) ? out : NULL;
}

static bool
has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return true;
	return false;
}

static size_t
count_pairs(const char *text, size_t n)
{
	size_t pairs = n > 0;

	for (size_t i = 0; i < n; i++)
		pairs += text[i] == '&';
	return pairs;
}

bool
request_pairs(struct arena *arena, const char *text, size_t n, struct pair **out, size_t *n_out)
{
	size_t room = count_pairs(text, n);
	const char *end = text + n;
	struct pair *pair;

	*out = NULL;
	*n_out = 0;
	if (room == 0)
		return true;
	if (room > MAX_PAIRS)
		return false;
	*out = pair = arena_new(arena, room * sizeof(*pair));
	while (text < end) {
		const char *stop = memchr(text, '&', (size_t)(end - text));
		const char *equals;

		stop = stop ? stop : end;
		equals = memchr(text, '=', (size_t)(stop - text));
		if (stop > text) {
			const char *name_end = equals ? equals : stop;
			const char *value = equals ? equals + 1 : stop;

			pair->name = decode(arena, text, (size_t)(name_end - text), true);
			pair->value = decode(arena, value, (size_t)(stop - value), true);
			if (!pair->name || !pair->value)
				return false;
			pair++;
		}
		text = stop + 1;
	}
	*n_out = (size_t)(pair - *out);
	return true;
}

/* "http://host/path" is allowed by RFC 9112 3.2.2; the host says nothing here. */
static const char *
skip_authority(const char *target)
{
	static const char *const schemes[] = { "http://", "https://" };

	for (size_t i = 0; i < COUNT(schemes); i++) {
		size_t n = strlen(schemes[i]);

		if (strncasecmp(target, schemes[i], n) == 0) {
			target += n;
			return target + strcspn(target, "/?");
		}
	}
	return target;
}

bool
request_target(struct call *call, const char *target)
{
	struct arena *arena = call->work.arena;
	size_t n;

	target = skip_authority(target);
	n = strcspn(target, "?");
	if (target[0] != '/' || strchr(target, '#') || has_control(target))
		return false;
	call->path = decode(arena, target, n, false);
	if (!call->path || has_control(call->path))
		return false;
	if (target[n] != '?')
		return true;
	target += n + 1;
	return request_pairs(arena, target, strlen(target), &call->query, &call->n_query);
}

static bool
is_token(const char *name)
{
	size_t n = strspn(name, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz");

	return n > 0 && name[n] == '\0';
}

static bool
is_clean(const char *value)
{
	for (; *value; value++)
		if (((unsigned char)*value < 0x20 && *value != '\t') || *value == 0x7f)
			return false;
	return true;
}

static bool
is_host(const char *value)
{
	size_t n = strspn(value, "0123456789abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-_:[]%");

	return n > 0 && value[n] == '\0';
}

/* Headers that must not come twice, because two readers may pick two of them. */
enum single { LENGTH, CODING, HOST, EXPECT, TYPE, AUTHORIZATION, ORIGIN, API_KEY, N_SINGLES };

static const char *const singles[N_SINGLES] = {
	[LENGTH] = "content-length",
	[CODING] = "transfer-encoding",
	[HOST] = "host",
	[EXPECT] = "expect",
	[TYPE] = "content-type",
	[AUTHORIZATION] = "authorization",
	[ORIGIN] = "origin",
	[API_KEY] = "x-api-key",
};

static bool
collect(const struct call *call, const char *found[N_SINGLES])
{
	for (size_t i = 0; i < call->n_headers; i++) {
		const struct pair *header = &call->headers[i];

		if (!is_token(header->name) || !is_clean(header->value))
			return false;
		for (size_t s = 0; s < N_SINGLES; s++) {
			if (strcmp(header->name, singles[s]) != 0)
				continue;
			if (found[s])
				return false;
			found[s] = header->value;
		}
	}
	return true;
}

static bool
read_length(const char *value, size_t *length)
{
	size_t n = strspn(value, "0123456789");

	if (n == 0 || n > 18 || value[n])
		return false;
	*length = 0;
	for (size_t i = 0; i < n; i++)
		*length = *length * 10 + (size_t)(value[i] - '0');
	return true;
}

int
request_check(const struct call *call, const char *version, struct framing *framing)
{
	const char *found[N_SINGLES] = { 0 };
	bool modern = strcmp(version, "HTTP/1.1") == 0;

	*framing = (struct framing){ 0 };
	if (!modern && strcmp(version, "HTTP/1.0") != 0)
		return 505;
	if (call->n_headers > MAX_HEADERS)
		return 431;
	if (!collect(call, found))
		return 400;
	if ((modern && !found[HOST]) || (found[HOST] && !is_host(found[HOST])))
		return 400;
	if (found[LENGTH] && (found[CODING] || !read_length(found[LENGTH], &framing->length)))
		return 400;
	if (found[CODING]) {
		if (!modern || !text_same(found[CODING], "chunked"))
			return 400;
		framing->chunked = true;
	}
	if (found[EXPECT] && modern) {
		if (!text_same(found[EXPECT], "100-continue"))
			return 417;
		framing->expects = true;
	}
	return 0;
}

bool
request_has_credentials(const struct call *call)
{
	for (size_t i = 0; i < call->n_headers; i++) {
		const char *name = call->headers[i].name;

		if (strcmp(name, "authorization") == 0 || strcmp(name, "cookie") == 0
			|| strcmp(name, "x-api-key") == 0)
			return true;
	}
	return false;
}

static const char *
header(const struct call *call, const char *name)
{
	for (size_t i = 0; i < call->n_headers; i++)
		if (strcmp(call->headers[i].name, name) == 0)
			return call->headers[i].value;
	return NULL;
}

/* The boundary of a multipart type, 1..70 bytes (RFC 2046 5.1.1); NULL: none. */
static const char *
find_boundary(struct arena *arena, const char *type)
{
	const char *at = strcasestr(type, "boundary=");
	size_t n;

	if (!at)
		return NULL;
	at += strlen("boundary=");
	if (*at == '"') {
		at++;
		n = strcspn(at, "\"");
		if (at[n] != '"')
			return NULL;
	} else {
		n = strcspn(at, "; \t");
	}
	return n >= 1 && n <= 70 ? arena_copy(arena, at, n) : NULL;
}

static bool
is_type(const char *type, const char *wanted)
{
	size_t n = strlen(wanted);

	return strncasecmp(type, wanted, n) == 0 && strchr("; \t", type[n]);
}

enum result
request_form(struct call *call)
{
	const char *type = header(call, "content-type");
	const char *boundary;

	call->form = NULL;
	call->n_form = 0;
	if (!type || call->n_body == 0)
		return OK;
	if (is_type(type, "application/x-www-form-urlencoded"))
		return request_pairs(call->work.arena, call->body, call->n_body, &call->form,
			       &call->n_form)
			? OK
			: INVALID;
	if (!is_type(type, "multipart/form-data"))
		return OK;
	boundary = find_boundary(call->work.arena, type);
	return boundary && multipart_read(call, boundary) ? OK : INVALID;
}
