#pragma once
/*
 * problem - what is wrong with an input: all of it at once, each with its field.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"

struct arena;
struct field;

struct problem {
	struct problem *next;
	const char *where; /* "body", "query", "path" */
	const char *field; /* "dosage", "components.3.value"; "" for the whole */
	const char *kind;  /* "missing", "value_error", "string_too_long" ... */
	const char *text;  /* one sentence; never the value */
};

struct problems {
	struct arena *arena;
	struct problem *first, *last;
	size_t n;
	const char *prefix; /* put before field names: "components.3."; NULL none */
};

/* A rule of our own about a field: text as people read it, "Value error, " is
 * put before it where the face's contract says so. */
void problem(struct problems *problems, const struct field *field, const char *text);
/* text formatted; field by name. */
void problem_at(struct problems *problems, const char *where, const char *field,
	const char *kind, const char *format, ...) PRINTF(5, 6);
