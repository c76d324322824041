#pragma once
/*
 * pattern - the routes that follow from the declarations alone.
 *
 * For every record of the catalog with a .route that belongs to a patient or is
 * shared by all: list, create, get, update, delete (personal-api 2.8a).  What
 * the explicit tables of routes.h serve already is left out.
 */
#include "engine/call.h"

/* A table ending with {0}; lives as long as the arena. */
const struct route *pattern_routes(struct arena *arena);
