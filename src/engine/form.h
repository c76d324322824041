#pragma once
/*
 * form - from a JSON object to a row: types, bounds, choices, folding; every
 * problem is reported with its field, nothing is stored.
 */
#include <jansson.h>

#include "engine/problem.h"
#include "engine/row.h"
#include "engine/work.h"

/*
 * Reads the members that the record knows into row (row->sent marks them);
 * others are ignored.  update: required members may be absent, but not null,
 * and .create_only ones are left alone.  Defaults are filled in on a create.
 * Problems go to w->problems.
 */
void form_read(struct work *w, json_t *object, bool update, struct row *row);
/* One value by its field's rules; false when it has a problem (reported). */
bool form_value(struct work *w, const struct field *field, const json_t *json,
	struct value *out);
/* derive and check of the record, over the whole row. */
void form_rules(struct work *w, struct row *row);
