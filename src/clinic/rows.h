#pragma once
/*
 * rows - from what a caller names to a stored row, and from what it sends to one
 * that can be stored: the same for REST and MCP.
 *
 * To a patient's own client a row of anybody else is not there, and finding that
 * out takes the same statements as for one that does not exist, and leaves an entry.
 */
#include <jansson.h>

#include "clinic/resource.h"
#include "engine/access.h"
#include "engine/row.h"
#include "engine/work.h"

/* By business key, else by id; MISSING. */
MUST_CHECK enum result rows_find(struct work *w, const struct record *rec, const char *key,
	struct row **out);
/* The same, and the actor may do this to it. */
MUST_CHECK enum result rows_take(struct work *w, const struct record *rec, const char *key,
	enum verb verb, struct row **out);
/* A patient's id by MRN (or id); MISSING with its sentence. */
MUST_CHECK enum result rows_patient(struct work *w, const char *mrn, int64_t *patient);
/* Fills the row from an object by body_take(), form_read() and form_rules(); the row
 * is an update when it has .before.  patient: whose it will be, 0: the body says. */
MUST_CHECK enum result rows_read(struct work *w, json_t *sent, int64_t patient, struct row *row);
