#pragma once
/*
 * writes - a tool's arguments on their way into a row: through the same bodies,
 * rights, forms and rules as REST.
 */
#include <jansson.h>

#include "engine/row.h"
#include "engine/work.h"

/* The tool's argument and the member of a body it becomes; ends with {0}. */
struct renamed {
	const char *argument, *member;
};

/* The arguments that were sent, as a body; owned by the call.  NULL renames none. */
json_t *writes_body(struct work *w, const struct row *in, const struct renamed *renamed);
/* A new row; patient: whose it will be, 0: the body says. */
MUST_CHECK enum result writes_create(struct work *w, const struct record *rec, json_t *body,
	int64_t patient, struct row **out);
/* A change of the row of that key; MISSING. */
MUST_CHECK enum result writes_change(struct work *w, const struct record *rec, const char *key,
	json_t *body, struct row **out);
/* What the rules warn of becomes a member of the reply. */
void writes_warning(const struct work *w, struct text *out);
