#pragma once
/*
 * patient_invites - offers to share patients, and what accepting them does.
 */
#include "engine/work.h"

struct row;

/* Accepts for the actor, who is the recipient of this pending invitation; prints
 * the answer. */
MUST_CHECK enum result patient_invites_accept(struct work *w, const struct row *invitation);
