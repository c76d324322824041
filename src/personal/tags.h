#pragma once
/*
 * tags - the words on the records of the caller's own patients.
 *
 * Everything inside a transaction.
 */
#include <jansson.h>

#include "base/text.h"
#include "engine/record.h"
#include "engine/work.h"

enum { TAGS_KINDS = 8 };

/* A kind of record that has tags, and its word in this part of the API. */
struct tagged {
	const char *word;
	const struct record *rec;
	int slot; /* filled in by tags_kinds() */
};
/* All TAGS_KINDS of them. */
const struct tagged *tags_kinds(void);

/* A record with tags: its tags as a JSON array of text, until the visit is over. */
typedef void tags_visit(void *arg, const struct tagged *kind, int64_t patient, int64_t id,
	const json_t *tags);
/* Visits every record of the kind with tags, newest first. */
MUST_CHECK enum result tags_each(struct work *w, const struct tagged *kind, tags_visit *visit,
	void *arg);

/* A tag with its use. */
struct tag {
	struct tag *next; /* in its bucket */
	const char *name;
	int64_t count;
	unsigned kinds;   /* bit per kind it is used on */
};
struct tag_list {
	size_t n;
	struct tag **at;
};
/* The caller's tags: those on records, counted over the kinds of the mask, and
 * those of their own list.  An entry of reading for each patient. */
MUST_CHECK enum result tags_count(struct work *w, unsigned kinds, struct tag_list *out);

/* A tag as records bear it (personal-api 1.8): trimmed, lower case, - for blanks. */
const char *tags_normal(struct arena *arena, const char *tag);
/* Puts `new` in the place of `old` on all records and in the caller's list; NULL
 * takes it away.  *changed counts the records. */
MUST_CHECK enum result tags_change(struct work *w, const char *old, const char *new,
	int64_t *changed);
/* Adds to the caller's list, once. */
MUST_CHECK enum result tags_add(struct work *w, const char *tag);
