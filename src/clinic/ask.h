#pragma once
/*
 * ask - what a request says beside the record's own fields: why an allergy is
 * overridden, that a namesake is a new person; and what the reply should warn of.
 *
 * Whoever takes a request (REST, MCP) puts one in call->data for the unit that
 * writes; the records' hooks look here and nowhere else.
 */
#include <jansson.h>

#include "engine/work.h"

struct ask {
	json_t *body;        /* the object that was sent; borrowed */
	const char *warning; /* for the reply; NULL none */
	bool person;         /* one has agreed, or what asks has seen to it */
	const char *secret_name, *secret; /* shown in the reply once, kept nowhere */
};

/* A member that is a text with something in it; NULL when not. */
const char *ask_text(const struct work *w, const char *name);
bool ask_flag(const struct work *w, const char *name);
void ask_warn(struct work *w, const char *warning);
/* DENIED when an application does by itself what, as set, takes a person: it has to
 * propose it by the tool.  One rule for REST and MCP. */
MUST_CHECK enum result ask_person(struct work *w, bool needed);
void ask_secret(struct work *w, const char *name, const char *secret);
