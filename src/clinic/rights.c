/*
 * rights - role times record times verb, and the scope on top of it.
 *
 * Another patient's chart is to a patient's own client as if it did not exist.
 */
#include "clinic/rights.h"

#include "base/arena.h"
#include "clinic/records.h"
#include "clinic/resource.h"
#include "clinic/scopes.h"

enum result
rights_deny(struct work *w, const char *scope, const char *message)
{
	enum result r = fail_as(w, 403, "insufficient_scope", message);

	w->failure.description = scope;
	return r;
}

const char *
rights_scope(struct work *w, const struct resource *res, enum verb verb)
{
	return arena_printf(w->arena, "%s:%s", verb == SEE ? "read" : "write", res->word);
}

bool
rights_bound(const struct work *w)
{
	return role_of(w->actor.role) == ROLE_PATIENT;
}

static unsigned
right_of(enum verb verb)
{
	switch (verb) {
	case SEE:
		return LOOK;
	case EDIT:
	case MANAGE:
		return CHANGE;
	case OWN:
		return REMOVE;
	}
	return ~0u;
}

enum result
rights_rule(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	const struct resource *res = resource_of(rec ? rec : &clinic_patients);
	int role = role_of(w->actor.role);
	const char *scope;

	if (!res || role < 0)
		return rights_deny(w, NULL, "This is not open to your role.");
	if (role == ROLE_PATIENT && (res->rec->is_patient || res->rec->of_patient) &&
		patient != 0 && (w->actor.patient == 0 || patient != w->actor.patient))
		return MISSING;
	if (role == ROLE_PATIENT && w->actor.patient == 0)
		return rights_deny(w, NULL, "This client is bound to no patient.");
	scope = rights_scope(w, res, verb);
	if ((res->rights[role] & right_of(verb)) == 0)
		return rights_deny(w, scope, "This is not open to your role.");
	if (w->actor.kind == CLIENT && !scopes_allow(w->actor.scopes, scope))
		return rights_deny(w, scope,
			arena_printf(w->arena, "The scope %s is needed.", scope));
	return OK;
}
