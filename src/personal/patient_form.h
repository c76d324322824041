#pragma once
/*
 * patient_form - patients from request bodies: what a client may set of them.
 */
#include "engine/call.h"
#include "engine/row.h"

/* HERE: a new patient of the actor's from the body, to w->call->row; checked. */
enum result patient_form_new(struct work *w);
/* Inside a write: the body over the stored patient; checked. */
MUST_CHECK enum result patient_form_over(struct work *w, const struct row *before,
	struct row **out);
/* Guests own no patients (personal-api 0.1). */
MUST_CHECK enum result patient_form_allowed(struct work *w);
