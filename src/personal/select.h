#pragma once
/*
 * select - which patient a route is about (personal-api 1.12).
 *
 * Each answers OK and *patient, or a failure with the contract's words.  Runs
 * inside a transaction.
 */
#include "engine/call.h"

/* Q: the query's patient_id, else the active patient. */
MUST_CHECK enum result select_query(struct work *w, enum verb verb, int64_t *patient);
/* PATH: the patient in the route's path. */
MUST_CHECK enum result select_path(struct work *w, int param, enum verb verb, int64_t *patient);
/* ACT: the caller's active patient, their own or one shared with them. */
MUST_CHECK enum result select_active(struct work *w, enum verb verb, int64_t *patient);
