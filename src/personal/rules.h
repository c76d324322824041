#pragma once
/*
 * rules - what the rules of several records have in common.
 *
 * A rule looks only at what the request touches: an old row that was kept as it
 * came stays editable in its other fields (personal-api 0.1, import).
 * May use: engine and below.
 */
#include "engine/problem.h"
#include "engine/row.h"
#include "engine/work.h"

/* A word as a default, in JSON spelling. */
#define WORD(word) "\"" word "\""

/* True in a create, and in an update that gives the field. */
bool rules_touched(const struct row *row, int slot);
/* True when the text of the field becomes `word` by this save. */
bool rules_becomes(const struct row *row, int slot, const char *word);
/* A null that was sent gives what was there before, else `word`. */
void rules_keep(struct row *row, int slot, const char *word);
/* Reports `text` at `late` when that day is before the one of `early`. */
void rules_order(const struct row *row, struct problems *problems, int early, int late,
	const char *text);
/* Reports `text` when a given text is blank. */
void rules_words(const struct row *row, struct problems *problems, int slot, const char *text);
/* Sets a day to today, or to the day of `early` when that is later. */
void rules_date_today(struct work *w, struct row *row, int slot, int early);
/* Sets a moment to the work's when it is null. */
void rules_moment_now(struct work *w, struct row *row, int slot);
