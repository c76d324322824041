#pragma once
/*
 * family_join - two accounts say that they are one family.  It gives no right.
 */
#include "engine/work.h"

struct row;

/* Accepts for the actor, who is the recipient of this pending invitation. */
MUST_CHECK enum result family_join_accept(struct work *w, const struct row *invitation);
