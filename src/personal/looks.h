#pragma once
/*
 * looks - how the people of a user look to them: a colour of their choice, a photo.
 */
#include "base/text.h"
#include "engine/work.h"

/* "looks": [{"patient_id", "hue", "photo"}] of those whose record the actor may open
 * and who have either; photo is a word that changes with the photo. */
MUST_CHECK enum result looks_print(struct work *w, struct text *out);
