#pragma once
/*
 * layout_private - what the two writers of differences share.
 */
#include "engine/layout.h"

struct change {
	struct text *out;
	const struct layout *from, *to;
	size_t n; /* differences so far */
};

void layout_diff_sqlite(struct change *change);
void layout_diff_postgres(struct change *change);

bool layout_same_column(const struct column *a, const struct column *b);
/* The index is the same on both sides. */
bool layout_same_mark(const struct layout *layout, const struct mark *mark);
/* The table is on the other side too. */
bool layout_stays(const struct layout *layout, const char *table);
/* Rows there are cannot be given a value without a person. */
bool layout_needs_value(const struct column *column);
