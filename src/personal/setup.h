#pragma once
/*
 * setup - the one-time code that makes the first admin (personal-api 0).
 */
#include "engine/work.h"

/* Takes the code's file away: there is an admin now. */
void setup_void(struct work *w);
