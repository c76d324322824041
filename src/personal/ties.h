#pragma once
/*
 * ties - two records of one patient tied together by a row of a third, with a note:
 * a medication to the condition it treats, a condition to the lab result it shows in.
 *
 * The routes of a tie name the one record in their path (parameter 0) and the tie itself
 * behind it (parameter 1); their .rec is the record of the ties.
 */
#include "engine/call.h"
#include "engine/row.h"

struct tie {
	const struct record *links;
	const struct record *from, *to; /* what the path names, and what the body names */
	int from_slot, to_slot;         /* of links */
	const char *const *sentences;   /* by enum tie_sentence */
	bool names_id;                  /* "Condition with ID 7 not found", not without */
};

enum tie_sentence { TIE_DENIED, TIE_TWICE, TIE_FOREIGN, TIE_STRAY, TIE_DROPPED };

/* The record the path names, which the actor may do verb to. */
MUST_CHECK enum result tie_reach(struct work *w, const struct tie *tie, enum verb verb,
	struct row **out);
/* Steps of routes; each finds its tie by the route's .rec. */
enum result tie_read(struct work *w);
enum result tie_create(struct work *w);
enum result tie_update(struct work *w); /* only the note may change */
enum result tie_drop(struct work *w);
/*
 * An array of ties, each with the condition at its end in short. sql: selects the tie's
 * and the condition's id, diagnosis, status and severity of $1; nothing: a member that
 * is null besides, or NULL; n: how many were printed.
 */
MUST_CHECK enum result tie_print_conditions(struct work *w, const struct record *links,
	const char *sql, int64_t id, const char *nothing, size_t *n);

extern const struct tie personal_condition_tie, personal_lab_tie;
