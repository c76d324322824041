#pragma once
/*
 * access - who may do what in the personal store (personal-api 0, Rights).
 *
 * Owner, or an active, unexpired share of sufficient level, unless the patient
 * is private.  Rows of nobody: admins.  Records shared by all users: everybody
 * reads and adds; changing one that others use needs the adder or an admin.
 */
#include "engine/access.h"

access_rule personal_access;
/* A hint that the user will be looked up for this patient at w->now. */
void personal_access_foresee(struct work *w, int64_t user, int64_t patient);
