#pragma once
/*
 * house - the routes outside the faces: /health, the first page, the docs.
 *
 * They need no store and no actor; http runs them on the thread that has them.
 */
#include "http/exchange.h"

/* Finds a house route by the call's path; NULL when it is none.  The method has
 * still to be looked at: all of them are GET. */
const struct route *house_find(const struct call *call);
/* Gives back the pages that were made. */
void house_close(void);
