/*
 * layout_diff - the difference of two layouts, as SQL: what both dialects share.
 */
#include <string.h>

#include "engine/layout_private.h"
#include "engine/statement.h"

bool
layout_same_column(const struct column *a, const struct column *b)
{
	return statement_alike(a->type, b->type) && statement_alike(a->initial, b->initial)
		&& statement_alike(a->key, b->key) && (a->key || a->not_null == b->not_null);
}

bool
layout_same_mark(const struct layout *layout, const struct mark *mark)
{
	const struct mark *other = layout_mark(layout, mark->name);

	return other && statement_alike(other->text, mark->text);
}

bool
layout_stays(const struct layout *layout, const char *table)
{
	return layout_table(layout, table) != NULL;
}

bool
layout_needs_value(const struct column *column)
{
	return column->not_null && !column->initial && !column->key;
}

size_t
layout_diff(struct text *out, const struct layout *from, const struct layout *to)
{
	struct change change = { .out = out, .from = from, .to = to };

	if (to->dialect == SQLITE)
		layout_diff_sqlite(&change);
	else
		layout_diff_postgres(&change);
	return change.n;
}
