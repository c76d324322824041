/*
 * multipart - the fields of a multipart/form-data body (RFC 7578).
 *
 * Login may come this way.  The body is whole in memory and capped before; a part with
 * a file name is refused but where the route takes a file, whose bytes stay in the body.
 */
#include <string.h>

#include "http/request.h"

struct reader {
	struct arena *arena;
	const char *at, *end;
	const char *mark; /* "\r\n--boundary" */
	size_t n_mark;
	struct upload *upload; /* NULL: no file may come */
};

/* A part, as its headers tell. */
struct part {
	const char *name, *file, *type;
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

/* A parameter like ` name="..."` of a header line; NULL when it is absent or broken. */
static const char *
find_parameter(struct reader *reader, const char *line, const char *start)
{
	const char *at = strcasestr(line, start);
	size_t n;

	if (!at)
		return NULL;
	at += strlen(start);
	n = strcspn(at, "\"");
	if (at[n] != '"' || !utf8_valid(at, n))
		return NULL;
	return arena_copy(reader->arena, at, n);
}

static bool
take_disposition(struct reader *reader, const char *line, struct part *part)
{
	static const char *const kind = "content-disposition: form-data;";

	if (strncasecmp(line, kind, strlen(kind)) != 0)
		return false;
	part->name = find_parameter(reader, line, " name=\"");
	part->file = find_parameter(reader, line, " filename=\"");
	return part->name && (part->file || !strcasestr(line, "filename"));
}

/* The lines up to the empty one; false when they are broken or too many. */
static bool
take_headers(struct reader *reader, struct part *part)
{
	static const char type[] = "content-type:";

	for (int i = 0; i < 8; i++) {
		const char *line = take_line(reader);

		if (!line)
			return false;
		if (!*line)
			return part->name;
		if (strncasecmp(line, "content-disposition:", 20) == 0
			&& !take_disposition(reader, line, part))
			return false;
		if (strncasecmp(line, type, strlen(type)) == 0 && utf8_valid(line, strlen(line)))
			part->type = text_trim(reader->arena, line + strlen(type));
	}
	return false;
}

static bool
take_file(struct reader *reader, const struct part *part, const char *bytes, size_t n)
{
	struct upload *upload = reader->upload;

	if (!upload || upload->bytes || strcmp(part->name, "file") != 0)
		return false;
	*upload = (struct upload){ .name = part->file, .type = part->type, .bytes = bytes, .n = n };
	return true;
}

static bool
take_part(struct reader *reader, struct call *call)
{
	struct part part = { 0 };
	const char *start;
	size_t n;

	if (!take_headers(reader, &part))
		return false;
	start = reader->at;
	if (!skip_to_mark(reader, &n))
		return false;
	if (part.file)
		return take_file(reader, &part, start, n);
	if (call->n_form == MAX_PARTS || !utf8_valid(start, n))
		return false;
	call->form[call->n_form++] = (struct pair){ part.name, arena_copy(reader->arena, start, n) };
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
		.upload = call->route && call->route->body == BODY_FILE ? &call->upload : NULL,
	};

	reader.n_mark = strlen(reader.mark);
	call->form = arena_new(arena, MAX_PARTS * sizeof(*call->form));
	call->n_form = 0;
	/* The first mark has no line end before it. */
	if (!take(&reader, reader.mark + 2))
		return false;
	while (!take(&reader, "--")) {
		if (!take(&reader, "\r\n") || !take_part(&reader, call))
			return false;
	}
	return true;
}
