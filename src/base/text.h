#pragma once
/*
 * text - growing output buffers, and what may be done to a piece of UTF-8.
 *
 * A struct text grows by realloc up to its cap; past the cap nothing more is
 * written and .full is set: the caller checks once at the end.  All lengths of
 * text that people meet are counted in code points.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/result.h"

struct arena;

struct text {
	char *at;   /* owned; not NUL-terminated unless text_string() was called */
	size_t len; /* bytes in use */
	size_t room;
	size_t cap; /* never more than this; 0 means 64 MiB */
	bool full;  /* something did not fit */
};

void text_close(struct text *text); /* frees; leaves an empty text; usable by CLEANUP */
/* What text_room() does when there is none yet. */
bool text_grow(struct text *text, size_t n);

/* Makes room for n more bytes; false (and .full) when over the cap. */
static inline bool
text_room(struct text *text, size_t n)
{
	if (text->full)
		return false;
	return (text->at && n <= text->room - text->len) || text_grow(text, n);
}

static inline void
text_put(struct text *text, const char *bytes, size_t n)
{
	if (n == 0 || !text_room(text, n))
		return;
	memcpy(text->at + text->len, bytes, n);
	text->len += n;
}

static inline void
text_char(struct text *text, char c)
{
	if (text_room(text, 1))
		text->at[text->len++] = c;
}

void text_add(struct text *text, const char *string);
void text_printf(struct text *text, const char *format, ...) PRINTF(2, 3);
/* The content with a NUL behind it, still owned by the text. */
const char *text_string(struct text *text);

/* True when the n bytes are valid UTF-8 without NUL. */
bool utf8_valid(const char *bytes, size_t n);
/* Code points in valid UTF-8. */
size_t utf8_length(const char *bytes, size_t n);
/* Copies without leading and trailing white space (Unicode White_Space). */
const char *text_trim(struct arena *arena, const char *string);
/* Full case mapping of Unicode by libutf8proc; never fails on valid UTF-8. */
const char *text_lower(struct arena *arena, const char *string);
const char *text_upper(struct arena *arena, const char *string);
/* First letter of each word upper, rest lower, when the whole is typed all in
 * lower or all in capitals; else as typed (personal-api section 0). */
const char *text_title(struct arena *arena, const char *string);
/* Case- and accent-free form for searching: NFKD, marks dropped, folded. */
const char *text_fold(struct arena *arena, const char *string);
/* Only the ASCII digits of string. */
const char *text_digits(struct arena *arena, const char *string);
/* True when all code points are letters, digits, _ or - (Unicode). */
bool text_word(const char *string);
/* ASCII only: equal but for case. */
bool text_same(const char *a, const char *b);
bool text_starts(const char *string, const char *prefix);
/* Whole number in base 10 with optional sign, all of the string, in
 * min..max; false otherwise and *out untouched. */
bool text_whole(const char *string, int64_t min, int64_t max, int64_t *out);
