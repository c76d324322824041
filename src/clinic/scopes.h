#pragma once
/*
 * scopes - read:X and write:X, as lists with a blank at both ends and between.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* From how they are stored or typed: a JSON array, or words between blanks or
 * commas.  Never NULL; " " when there are none.  Nothing is checked. */
const char *scopes_read(struct arena *arena, const char *text);
/* Whether every one of them exists; the first that does not goes to *unknown. */
bool scopes_known(struct arena *arena, const char *list, const char **unknown);
/* Whether the list allows the scope: itself, or read:*, write:*. */
bool scopes_allow(const char *list, const char *scope);
/* Those of list that allowed allows too. */
const char *scopes_within(struct arena *arena, const char *list, const char *allowed);
/* As stored: a JSON array as text. */
const char *scopes_json(struct arena *arena, const char *list);
/* The list without the blanks at its ends, as RFC 6749 prints it. */
const char *scopes_words(struct arena *arena, const char *list);
/* The next word of a list; false at the end.  Start with *at = list. */
bool scopes_next(const char **at, const char **word, size_t *n);
