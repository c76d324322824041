#pragma once
/*
 * family_invites - offers to see relatives' history, and what accepting does.
 */
#include "engine/work.h"

struct row;

/* Accepts for the actor, who is the recipient of this pending invitation; prints
 * the answer. */
MUST_CHECK enum result family_invites_accept(struct work *w, const struct row *invitation);
