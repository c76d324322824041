#pragma once
/*
 * body - makes of what a client sends what the records' fields expect.
 *
 * Business keys become ids, moments without a zone are read in the practice's,
 * JSON in a text column becomes text.  Also used by the import.
 */
#include <jansson.h>

#include "clinic/resource.h"
#include "engine/work.h"

/*
 * A copy of the object to give to form_read(); the caller owns it.  patient: the
 * one the path names, 0 none; *of: the patient the row will belong to, 0 none.
 * Problems go to w->problems.  NULL on a fault or when it is no object.
 */
MUST_CHECK enum result body_take(struct work *w, const struct resource *res, json_t *sent,
	bool update, int64_t patient, json_t **out, int64_t *of);
/* Moments without a zone, in the practice's; true when one was changed. */
bool body_zones(const struct record *rec, json_t *object);
/* Members that are null and count as absent are taken out. */
void body_nulls(const struct record *rec, json_t *object);
