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
	const char *secret_name, *secret; /* shown in the reply once, kept nowhere */
};

/* A member that is a text with something in it; NULL when not. */
const char *ask_text(const struct work *w, const char *name);
bool ask_flag(const struct work *w, const char *name);
void ask_warn(struct work *w, const char *warning);
void ask_secret(struct work *w, const char *name, const char *secret);
