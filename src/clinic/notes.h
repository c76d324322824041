#pragma once
/*
 * notes - reasons kept in clinical_notes, in the transaction of what they explain.
 */
#include "engine/row.h"
#include "engine/work.h"

/* about must be stored; kind is a constant word: "override", "cancellation". */
MUST_CHECK enum result notes_add(struct work *w, const struct row *about, const char *kind,
	const char *text);
/* The notes of a row that is about to go. */
MUST_CHECK enum result notes_drop(struct work *w, const struct row *about);
