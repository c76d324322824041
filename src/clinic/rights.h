#pragma once
/*
 * rights - the access rule of the practice, asked by engine/access.h.
 */
#include "engine/access.h"

struct resource;

access_rule rights_rule;
/* 403 that names the scope (may be NULL) as RFC 6750 wants it. */
enum result rights_deny(struct work *w, const char *scope, const char *message);
/* "read:vitals", for a constant time of the work. */
const char *rights_scope(struct work *w, const struct resource *res, enum verb verb);
/* Whether the actor is a patient's own client, who sees one patient only. */
bool rights_bound(const struct work *w);
