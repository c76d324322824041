#pragma once
/*
 * page - rows of a resource as JSON, a page at a time, and who was looked at.
 *
 * The cursor names the last row and carries a keyed hash, so it tells nothing and
 * cannot be made up.  Every page leaves one audit entry per patient on it.
 */
#include "clinic/resource.h"
#include "engine/catalog.h"
#include "engine/store.h"

struct page {
	const struct resource *res;
	struct list list;    /* where, args, limit: list_where() and the like */
	bool more;           /* out: there are more */
	int64_t last;        /* out: id of the last row */
	size_t n;            /* out */
};

MUST_CHECK enum result page_open(const char *dir); /* the cursor's key */
struct page page_of(const struct resource *res);
void page_close(struct page *page);

/* Goes on after a cursor; reports a problem when it is none of ours. */
void page_after(struct work *w, struct page *page, const char *cursor);
/* The rows as a JSON array; audited. */
MUST_CHECK enum result page_print(struct work *w, struct page *page, struct text *out);
/* The cursor for what follows; NULL when nothing does. */
const char *page_cursor(struct work *w, const struct page *page);
/* One row by id as an object; MISSING; not audited. */
MUST_CHECK enum result page_one(struct work *w, const struct resource *res, int64_t id,
	struct text *out);
