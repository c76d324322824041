#pragma once
/*
 * rest - the routes under /clinic/v1, made from the records that have a .route.
 */
#include "engine/call.h"

/* Lives as long as the arena; ends with {0}. */
const struct route *rest_routes(struct arena *arena);

/* For chart.c: the patient of the path's first parameter, by MRN or id; MISSING
 * also when the actor may not see it. */
MUST_CHECK enum result rest_patient(struct work *w, int64_t *patient);
