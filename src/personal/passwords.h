#pragma once
/*
 * passwords - what a password must be like (personal-api 0, Passwords).
 *
 * Long enough, not longer than 128 characters, not one everybody tries first;
 * no rules of composition.
 */
#include "engine/work.h"

/* NULL when it will do, else why not: "<subject> must be at least 12 characters
 * long".  Lengths are in characters. */
const char *passwords_fault(struct work *w, const char *subject, const char *password);
