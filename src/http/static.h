#pragma once
/*
 * static - files of a front end of somebody else's, below settings.static_dir
 * (personal-api 1.15).
 *
 * Nothing outside the folder is ever opened: each part of a path is opened by
 * itself without following links, and names that begin with a dot are refused.
 */
#include "engine/call.h"

/* Opens settings.static_dir, if there is one; FAULT (logged) when it cannot be. */
MUST_CHECK enum result static_open(void);
void static_close(void);
/* Whether an unplaced path belongs to the front end; false for those of the API. */
bool static_wants(const struct call *call);
/* Answers with the file, or index.html for a page of the front end's own. */
enum result static_serve(struct call *call);
