#pragma once
/*
 * proposals - what an agent wants to do and a person has to agree to.
 *
 * A proposal keeps the tool and its arguments.  It is run with the rights that its
 * client has when it is accepted, not with those of the person who accepts.
 */
#include <jansson.h>

#include "engine/call.h"

struct tool;

extern const struct route proposal_routes[];

/* Inside a write. */
MUST_CHECK enum result proposals_add(struct work *w, const struct tool *tool, json_t *args,
	int64_t *id);
/* {"items":[...]}: those that wait, or all of a status. */
MUST_CHECK enum result proposals_list(struct work *w, const char *status, struct text *out);
/* Inside a write, w->call set: runs it or refuses it; what the tool says goes to out.
 * by: who decides, for the record. */
MUST_CHECK enum result proposals_decide(struct work *w, int64_t id, bool accept, const char *by,
	struct text *out);
