#pragma once
/*
 * print - rows as JSON: from a cursor or from a struct row.
 *
 * Member order: id last as declared by the record's contract does not matter to
 * any client; we print id first.  Nothing is validated on output.
 */
#include "base/text.h"
#include "engine/row.h"
#include "engine/work.h"

/* The columns a printed row needs, in the order print_cursor() expects. */
const char *print_columns(const struct record *rec);
/* Before the rows of an answer are printed one by one, in any number: fetches what
 * they embed together, where that is cheaper; query is at its beginning again. */
MUST_CHECK enum result print_ahead(struct work *w, const struct record *rec,
	struct query *query, bool detail);
/* The members of the row under the cursor, without braces when bare. */
enum result print_cursor(struct work *w, const struct record *rec, struct query *query,
	bool detail, struct text *out);
/* The row itself, without embeds. */
void print_row(const struct row *row, struct text *out);
/* One column of the row under the cursor, as the JSON of its field. */
void print_column(struct query *query, size_t i, const struct field *f, struct text *out);
/* One value of a field, as its JSON. */
void print_value(const struct field *field, const struct value *value, struct text *out);
