#pragma once
/*
 * components - rules that the routes of lab values share.
 */
#include "engine/work.h"

/* The contract's rules for a search term: OK, or HTTP 400 with a sentence. */
MUST_CHECK enum result components_term(struct work *w, const char *term);
