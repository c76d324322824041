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
 * A copy of the object to give to form_read(); the caller owns it, also when the
 * answer is not OK.  patient: the one the path names, 0 none.  Problems go to
 * w->problems; rights to the patient named in the body are asked here.
 */
MUST_CHECK enum result body_take(struct work *w, const struct resource *res, json_t *sent,
	bool update, int64_t patient, json_t **out);
/* Moments without a zone, in the practice's; true when one was changed. */
bool body_zones(const struct record *rec, json_t *object);
/* Members that are null and count as absent are taken out. */
void body_nulls(const struct record *rec, json_t *object);
