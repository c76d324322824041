#pragma once
/*
 * tool_schema - the JSON Schemas of a tool: flat, without $ref, anyOf or lists of
 * types, on which agents choke.
 */
#include "clinic/tools.h"
#include "engine/work.h"

void schema_input(const struct record *input, struct text *out);
void schema_output(const char *output, struct text *out);

/* A query, and the words that describe its columns. */
struct asked {
	const char *words, *sql;
	const struct value *args;
	size_t n_args;
};
/* The rows of a query as members of the objects that the words describe, as a
 * list; *n counts them. */
MUST_CHECK enum result schema_rows(struct work *w, const struct asked *asked,
	struct text *out, size_t *n);
/* One row under the cursor as an object. */
void schema_row(struct work *w, const char *words, struct query *query, struct text *out);
