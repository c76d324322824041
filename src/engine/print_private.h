#pragma once
/*
 * print_private - what print.c and print_ahead.c share: rows inside rows.
 *
 * A list shows the same practitioner again and again: what was printed for an id
 * (of the row pointed at; of ours, for children) is kept for the length of the call.
 */
#include "engine/print.h"

struct embed;

struct memo {
	const struct embed *embed;
	int64_t id;
	const char *json;
	size_t n;
	struct memo *next;
};

/* NULL when nothing is kept. */
const struct memo *memo_find(const struct work *w, const struct embed *embed, int64_t id);
/* json is not copied. */
void memo_keep(struct work *w, const struct embed *embed, int64_t id, const char *json,
	size_t n);

enum { EMBEDDED_MOST = 1000 }; /* children of one row */

/* One row of what is embedded, from its first n columns. */
enum result print_embedded(struct work *w, const struct embed *embed, const struct record *rec,
	struct query *query, size_t n, struct text *out);
