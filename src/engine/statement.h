#pragma once
/*
 * statement - SQL as text: cut into statements, read word by word, compared.
 *
 * Knows quotes ('it''s', "name", $tag$), comments and brackets, nothing of what
 * the words mean.  For migrations only: requests never put SQL together.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The next statement of a script, without what surrounds it and without its
 * semicolon; NULL at the end.  *n is its length; *at moves on. */
const char *statement_next(const char **at, size_t *n);

/* A place in a text that is read word by word. */
struct reader {
	struct arena *arena;
	const char *at, *end;
};

struct reader reader_of(struct arena *arena, const char *text, size_t n);
/* True, and past them, when these words (separated by a blank, any case) come next. */
bool reader_take(struct reader *in, const char *words);
/* The same without moving on. */
bool reader_sees(const struct reader *in, const char *words);
/* The next name without its quotes; NULL when none comes. */
const char *reader_name(struct reader *in);
/* One lexeme of any kind, or all of a bracket with what is in it; tidied; NULL at
 * the end. */
const char *reader_piece(struct reader *in);
/* What a bracket holds, as a reader of its own; false when none comes. */
bool reader_enter(struct reader *in, struct reader *inside);
/* All up to the next comma outside of brackets, which is skipped; false at the end. */
bool reader_part(struct reader *in, struct reader *part);
/* The rest, tidied. */
const char *reader_rest(struct reader *in);
bool reader_ended(const struct reader *in);

/* One blank where there was white space or a comment, none within brackets' edges. */
const char *statement_tidy(struct arena *arena, const char *text, size_t n);
/* Equal but for white space, quotes of names and the case of words. */
bool statement_alike(const char *a, const char *b);
/* The name where it stands as a word of its own; behind it, or NULL. */
const char *statement_word(const char *text, const char *name);
/* The text with one name in place of another. */
const char *statement_rename(struct arena *arena, const char *text, const char *from,
	const char *to);
