#pragma once
/*
 * filter - the query of a list: equality on indexed columns, ranges of dates, q=.
 */
#include "clinic/page.h"
#include "engine/call.h"

/* What the query asks of a list; unknown names are problems, not ignored. */
void filter_read(struct work *w, struct page *page);
/* Every word must stand in what the resource is searched by. */
void filter_words(struct work *w, struct page *page, const char *text);
extern const struct parameter filter_parameters[];
