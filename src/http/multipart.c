/*
 * multipart - the text fields of a small multipart/form-data body (RFC 7578).
 *
 * Login may come this way.  The body is whole in memory and capped before; a
 * part with a file name is refused, since uploads have routes of their own.
 */
#include <string.h>

#include "http/request.h"

struct reader {
	struct arena *arena;
	const char *at, *end;
	const char *mark; /* "\r\n--boundary" */
	size_t n_mark;
};

/* Moves behind the next mark; what was before it is *n bytes from the old place. */
static bool
skip_to_mark(struct reader *reader, size_t *n)
{
	const char *found = memmem(reader->at, (size_t)(reader->end - reader->at),
		reader->mark, reader->n_mark);

	if (!found)
		return false;
	*n = (size_t)(found - reader->at);
	reader->at = found + reader->n_mark;
	return true;
}

static bool
take(struct reader *reader, const char *bytes)
{
	size_t n = strlen(bytes);

	if ((size_t)(reader->end - reader->at) < n || memcmp(reader->at, bytes, n) != 0)
		return false;
	reader->at += n;
	return true;
}

/* One header line without its end; NULL when there is none. */
static const char *
take_line(struct reader *reader)
{
	const char *start = reader->at;
	const char *end = memmem(start, (size_t)(reader->end - start), "\r\n", 2);

	if (!end || end - start > 1024)
		return NULL;
	reader->at = end + 2;
	return arena_copy(reader->arena, start, (size_t)(end - start));
}

/* name="..." of a Content-Disposition line; NULL when it is a file or broken. */
static const char *
find_name(struct reader *reader, const char *line)
{
	static const char *const kind = "content-disposition: form-data;";
	const char *at;
	size_t n;

	if (strncasecmp(line, kind, strlen(kind)) != 0 || strcasestr(line, "filename"))
		return NULL;
	at = strcasestr(line, " name=\"");
	if (!at)
		return NULL;
	at += strlen(" name=\"");
	n = strcspn(at, "\"");
	if (at[n] != '"' || !utf8_valid(at, n))
		return NULL;
	return arena_copy(reader->arena, at, n);
}

static bool
take_part(struct reader *reader, struct pair *pair)
{
	const char *line;
	const char *start;
	size_t n;

	for (int i = 0; i < 8; i++) {
		line = take_line(reader);
		if (!line)
			return false;
		if (!*line)
			break;
		if (strncasecmp(line, "content-disposition:", 20) == 0)
			pair->name = find_name(reader, line);
	}
	start = reader->at;
	if (*line || !pair->name || !skip_to_mark(reader, &n) || !utf8_valid(start, n))
		return false;
	pair->value = arena_copy(reader->arena, start, n);
	return true;
}

bool
multipart_read(struct call *call, const char *boundary)
{
	struct arena *arena = call->work.arena;
	struct reader reader = {
		.arena = arena,
		.at = call->body,
		.end = call->body + call->n_body,
		.mark = arena_printf(arena, "\r\n--%s", boundary),
	};

	reader.n_mark = strlen(reader.mark);
	call->form = arena_new(arena, MAX_PARTS * sizeof(*call->form));
	call->n_form = 0;
	/* The first mark has no line end before it. */
	if (!take(&reader, reader.mark + 2))
		return false;
	while (!take(&reader, "--")) {
		if (call->n_form == MAX_PARTS || !take(&reader, "\r\n")
			|| !take_part(&reader, &call->form[call->n_form]))
			return false;
		call->n_form++;
	}
	return true;
}
