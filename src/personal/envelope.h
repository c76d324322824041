#pragma once
/*
 * envelope - how the personal face says no (personal-api 1.9): the reference's
 * five members, and `detail` and `validation_errors` beside them.
 */
#include "engine/work.h"

void envelope_explain(struct work *w, enum result result);
