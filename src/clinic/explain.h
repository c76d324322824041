#pragma once
/*
 * explain - failures as this face words them: problem+json (RFC 9457), the errors
 * of RFC 6749 under /oauth, and {"detail"} for the old /authenticate.
 */
#include "engine/work.h"

void explain_failure(struct work *w, enum result result);
