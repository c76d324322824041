/*
 * statement - SQL as text: cut into statements, read word by word, compared.
 */
#include "engine/statement.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

static bool
wordy(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Past white space and comments. */
static const char *
skip(const char *at, const char *end)
{
	for (;;) {
		const char *close;

		while (at < end && isspace((unsigned char)*at))
			at++;
		if (end - at >= 2 && at[0] == '-' && at[1] == '-') {
			close = memchr(at, '\n', (size_t)(end - at));
			at = close ? close : end;
		} else if (end - at >= 2 && at[0] == '/' && at[1] == '*') {
			close = memmem(at + 2, (size_t)(end - at) - 2, "*/", 2);
			at = close ? close + 2 : end;
		} else {
			return at;
		}
	}
}

/* Past "$tag$ ... $tag$"; NULL when it is none. */
static const char *
dollars(const char *at, const char *end)
{
	const char *tag = at + 1;
	const char *close;

	while (tag < end && (isalpha((unsigned char)*tag) || *tag == '_'))
		tag++;
	if (tag >= end || *tag != '$')
		return NULL;
	tag++;
	close = memmem(tag, (size_t)(end - tag), at, (size_t)(tag - at));
	return close ? close + (tag - at) : end;
}

/* Past one lexeme; a doubled quote reads as two strings side by side. */
static const char *
lexeme(const char *at, const char *end)
{
	const char *close;

	if (*at == '\'' || *at == '"') {
		close = memchr(at + 1, *at, (size_t)(end - at) - 1);
		return close ? close + 1 : end;
	}
	if (*at == '$' && (close = dollars(at, end)))
		return close;
	if (!wordy(*at))
		return at + 1;
	while (at < end && (wordy(*at) || *at == '.'))
		at++;
	return at;
}

/* Past a bracket and what is in it; at is the opening one. */
static const char *
bracket(const char *at, const char *end)
{
	int depth = 0;

	while (at < end) {
		if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
		at = skip(lexeme(at, end), end);
	}
	return end;
}

const char *
statement_next(const char **at, size_t *n)
{
	const char *end = *at + strlen(*at);
	const char *start = skip(*at, end);
	const char *last;
	const char *next;

	while (start < end && *start == ';')
		start = skip(start + 1, end);
	if (start == end) {
		*at = end;
		return NULL;
	}
	last = start;
	next = start;
	while (next < end && *next != ';') {
		last = lexeme(next, end);
		next = skip(last, end);
	}
	*at = next < end ? next + 1 : end;
	*n = (size_t)(last - start);
	return start;
}

/* ---- reading ---- */

struct reader
reader_of(struct arena *arena, const char *text, size_t n)
{
	return (struct reader){ arena, skip(text, text + n), text + n };
}

/* Behind the words; NULL when others come. */
static const char *
follow(const struct reader *in, const char *words)
{
	const char *at = in->at;

	while (*words) {
		size_t n = strcspn(words, " ");
		const char *next;

		if (at >= in->end)
			return NULL;
		next = lexeme(at, in->end);
		if ((size_t)(next - at) != n || strncasecmp(at, words, n) != 0)
			return NULL;
		at = skip(next, in->end);
		words += n + (words[n] == ' ');
	}
	return at;
}

bool
reader_take(struct reader *in, const char *words)
{
	const char *at = follow(in, words);

	if (at)
		in->at = at;
	return at != NULL;
}

bool
reader_sees(const struct reader *in, const char *words)
{
	return follow(in, words) != NULL;
}

const char *
reader_name(struct reader *in)
{
	const char *at = in->at;
	const char *next;

	if (at >= in->end || (!wordy(*at) && *at != '"'))
		return NULL;
	next = lexeme(at, in->end);
	in->at = skip(next, in->end);
	return *at == '"' ? arena_copy(in->arena, at + 1, (size_t)(next - at) - 2)
			  : arena_copy(in->arena, at, (size_t)(next - at));
}

const char *
reader_piece(struct reader *in)
{
	const char *at = in->at;
	const char *next;

	if (at >= in->end)
		return NULL;
	next = *at == '(' ? bracket(at, in->end) : lexeme(at, in->end);
	while (*at == '\'' && next < in->end && *next == '\'')
		next = lexeme(next, in->end);
	in->at = skip(next, in->end);
	return statement_tidy(in->arena, at, (size_t)(next - at));
}

bool
reader_enter(struct reader *in, struct reader *inside)
{
	const char *next;

	if (in->at >= in->end || *in->at != '(')
		return false;
	next = bracket(in->at, in->end);
	*inside = reader_of(in->arena, in->at + 1, (size_t)(next - in->at) - 2);
	in->at = skip(next, in->end);
	return true;
}

bool
reader_part(struct reader *in, struct reader *part)
{
	const char *start = in->at;
	const char *last = start;

	while (in->at < in->end && *in->at != ',') {
		last = *in->at == '(' ? bracket(in->at, in->end) : lexeme(in->at, in->end);
		in->at = skip(last, in->end);
	}
	if (in->at < in->end)
		in->at = skip(in->at + 1, in->end);
	*part = reader_of(in->arena, start, (size_t)(last - start));
	return last > start;
}

const char *
reader_rest(struct reader *in)
{
	const char *at = in->at;

	in->at = in->end;
	return statement_tidy(in->arena, at, (size_t)(in->end - at));
}

bool
reader_ended(const struct reader *in)
{
	return in->at >= in->end;
}

/* ---- texts ---- */

const char *
statement_tidy(struct arena *arena, const char *text, size_t n)
{
	struct text out CLEANUP(text_close) = { 0 };
	const char *end = text + n;
	const char *at = skip(text, end);
	bool apart = false;

	while (at < end) {
		const char *next = lexeme(at, end);
		char last = out.len ? out.at[out.len - 1] : '(';

		if (apart && last != '(' && *at != ')' && *at != ',')
			text_char(&out, ' ');
		text_put(&out, at, (size_t)(next - at));
		at = skip(next, end);
		apart = at > next;
	}
	return arena_copy(arena, out.at ? out.at : "", out.len);
}

/* The next letter that counts; *quoted turns on and off with strings. */
static char
letter(const char **at, bool *quoted)
{
	char c;

	while (!*quoted && (isspace((unsigned char)**at) || **at == '"'))
		(*at)++;
	c = **at;
	if (c)
		(*at)++;
	if (c == '\'')
		*quoted = !*quoted;
	return *quoted ? c : (char)toupper((unsigned char)c);
}

bool
statement_alike(const char *a, const char *b)
{
	bool in_a = false;
	bool in_b = false;
	char c;

	if (!a || !b)
		return a == b;
	do {
		c = letter(&a, &in_a);
		if (c != letter(&b, &in_b))
			return false;
	} while (c);
	return true;
}

/* Where the name stands in the text; *next is behind it; NULL when nowhere. */
static const char *
locate(const char *text, const char *name, const char **next)
{
	const char *end = text + strlen(text);
	size_t n = strlen(name);

	for (const char *at = skip(text, end); at < end; at = skip(*next, end)) {
		*next = lexeme(at, end);
		if ((size_t)(*next - at) == n && strncasecmp(at, name, n) == 0)
			return at;
		if ((size_t)(*next - at) == n + 2 && *at == '"' && strncasecmp(at + 1, name, n) == 0)
			return at;
	}
	return NULL;
}

const char *
statement_word(const char *text, const char *name)
{
	const char *next;

	return locate(text, name, &next) ? next : NULL;
}

const char *
statement_rename(struct arena *arena, const char *text, const char *from, const char *to)
{
	struct text out CLEANUP(text_close) = { 0 };
	const char *next;
	const char *at;

	while ((at = locate(text, from, &next))) {
		text_put(&out, text, (size_t)(at - text));
		text_add(&out, to);
		text = next;
	}
	text_add(&out, text);
	return arena_copy(arena, out.at ? out.at : "", out.len);
}
