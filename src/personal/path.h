#pragma once
/*
 * path - what a path may say where an id belongs.
 */
#include "engine/work.h"

/* A problem for every {..id} of the route's path that is no whole number; after
 * who asks is known (personal-api 1.2, order of checks).  Numbers that no row
 * can have stay the handler's: they are not found. */
MUST_CHECK enum result path_check(struct work *w);
