/*
 * revision - reads the files of a store's revisions and holds them to be a chain.
 */
#include "engine/revision.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *const dialects[DIALECTS] = { [SQLITE] = "sqlite", [POSTGRES] = "postgres" };

/* The line at `text` without its end; *next is the line behind it. */
static const char *
line_of(struct arena *arena, const char *text, const char **next)
{
	size_t n = strcspn(text, "\n");

	*next = text[n] ? text + n + 1 : text + n;
	return arena_copy(arena, text, n);
}

/* "-- name: value" */
static const char *
header(const char *line, const char *name)
{
	size_t n = strlen(name);

	if (!text_starts(line, "-- ") || strncmp(line + 3, name, n) != 0 || line[3 + n] != ':')
		return NULL;
	return line + 3 + n + 1 + strspn(line + 3 + n + 1, " ");
}

/* "-- upgrade sqlite": which sections it opens, as bits of dialects. */
static unsigned
section(const char *line, bool *up)
{
	const char *rest = NULL;

	if (text_starts(line, "-- upgrade"))
		rest = line + strlen("-- upgrade");
	else if (text_starts(line, "-- downgrade"))
		rest = line + strlen("-- downgrade");
	if (!rest)
		return 0;
	*up = line[3] == 'u';
	if (!*rest)
		return 1u << SQLITE | 1u << POSTGRES;
	for (unsigned d = 0; d < DIALECTS; d++)
		if (*rest == ' ' && strcmp(rest + 1, dialects[d]) == 0)
			return 1u << d;
	return 0;
}

static void
read_header(struct revision *rev, const char *line)
{
	const char *value;

	if ((value = header(line, "revision")))
		rev->id = value;
	else if ((value = header(line, "parent")))
		rev->parent = atoi(value);
	else if ((value = header(line, "kind")))
		rev->data = strcmp(value, "data") == 0;
	else if ((value = header(line, "summary")))
		rev->summary = value;
}

/* Sections hold whole lines; both texts of one section are the same. */
static void
read_file(struct arena *arena, const char *text, struct revision *rev)
{
	const char *start = NULL;
	unsigned open = 0;
	bool way = false;

	for (const char *at = text, *next;; at = next) {
		const char *line = line_of(arena, at, &next);
		bool up = false;
		unsigned opens = section(line, &up);

		for (unsigned d = 0; d < DIALECTS && (opens || !*at); d++)
			if (open & 1u << d)
				(way ? rev->up : rev->down)[d] =
					arena_copy(arena, start, (size_t)(at - start));
		if (!*at)
			return;
		if (opens) {
			open = opens;
			way = up;
			start = next;
		} else if (!open) {
			read_header(rev, line);
		}
	}
}

static void
sum(struct arena *arena, struct revision *rev)
{
	for (size_t d = 0; d < DIALECTS; d++) {
		const char *both = arena_printf(arena, "%s\n-- downgrade\n%s",
			rev->up[d] ? rev->up[d] : "", rev->down[d] ? rev->down[d] : "");

		hash_hex(both, strlen(both), rev->checksum[d]);
	}
}

static const char *
find_trouble(struct arena *arena, const struct revision *rev, int number, const char *file)
{
	const char *what = NULL;

	if (!rev->id || strncmp(rev->id, file, 4) != 0 || atoi(rev->id) != rev->number)
		what = "does not say its own number behind \"-- revision:\"";
	else if (rev->number != number)
		what = "leaves a gap in the numbers";
	else if (rev->parent != number - 1)
		what = "does not name the revision before it as its parent";
	else if (!rev->summary)
		what = "has no summary";
	for (size_t d = 0; d < DIALECTS && !what; d++) {
		if (!rev->up[d])
			what = arena_printf(arena, "has no upgrade for %s", dialects[d]);
		else if (!rev->down[d] && number > 1)
			what = arena_printf(arena, "has no downgrade for %s", dialects[d]);
	}
	return what ? arena_printf(arena, "Revision %s %s.", file, what) : NULL;
}

enum result
revisions_read(struct arena *arena, const struct revision_file *files, const char *store,
	struct revisions *out)
{
	struct revision *at;
	size_t n = 0;

	for (const struct revision_file *f = files; f->store; f++)
		n += strcmp(f->store, store) == 0;
	at = arena_new(arena, (n + 1) * sizeof(*at));
	*out = (struct revisions){ .store = store, .at = at };
	for (const struct revision_file *f = files; f->store; f++) {
		struct revision *rev = &at[out->n];

		if (strcmp(f->store, store) != 0)
			continue;
		rev->number = atoi(f->name);
		rev->name = strlen(f->name) > 9
			? arena_copy(arena, f->name + 5, strlen(f->name) - 9) : "";
		read_file(arena, f->text, rev);
		sum(arena, rev);
		out->n++;
		out->trouble = find_trouble(arena, rev, (int)out->n, f->name);
		if (out->trouble)
			return INVALID;
	}
	return OK;
}

int
revisions_head(const struct revisions *chain)
{
	return (int)chain->n;
}

bool
revisions_find(const struct revisions *chain, const char *word, int current, int *number)
{
	int64_t n;

	if (strcmp(word, "head") == 0) {
		*number = revisions_head(chain);
		return true;
	}
	if (!text_whole(word, -9999, 9999, &n))
		return false;
	if (*word == '+' || *word == '-')
		n += current;
	if (n < 1 || n > revisions_head(chain))
		return false;
	*number = (int)n;
	return true;
}
