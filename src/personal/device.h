#pragma once
/*
 * device - what a browser calls itself, in words for people: "Firefox on Linux".
 */
#include "base/arena.h"

/* NULL when agent is NULL or nothing in it is known. */
const char *device_of(struct arena *arena, const char *agent);
