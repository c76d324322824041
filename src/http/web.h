#pragma once
/*
 * web - our own page, embedded in the program.
 *
 * Files under assets/ have the hash of their content in the name and are kept
 * for ever by browsers; index.html is asked for each time and answered 304 while
 * it is the same.  Every address of the page itself is answered with index.html,
 * whose base points back to where the page lives: it works behind any path prefix
 * that a proxy takes away.
 */
#include "engine/call.h"

/* Whether an unplaced path is for the page: one of its files, or an address a
 * browser goes to. */
bool web_wants(const struct call *call);
enum result web_serve(struct call *call);
