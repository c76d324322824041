/*
 * rules - days in stored form compare as text.
 */
#include "personal/rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"

bool
rules_touched(const struct row *row, int slot)
{
	return !row->before || row_sent(row, slot);
}

bool
rules_becomes(const struct row *row, int slot, const char *word)
{
	const char *now = row_text(row, slot);
	const char *before = row->before ? row_text(row->before, slot) : NULL;

	return now && strcmp(now, word) == 0 && (!before || strcmp(before, word) != 0);
}

void
rules_keep(struct row *row, int slot, const char *word)
{
	if (row_has(row, slot) || !rules_touched(row, slot))
		return;
	if (row->before && row_has(row->before, slot))
		word = row_text(row->before, slot);
	row_set_text(row, slot, word);
}

void
rules_order(const struct row *row, struct problems *problems, int early, int late,
	const char *text)
{
	const char *first = row_text(row, early);
	const char *second = row_text(row, late);

	if (!rules_touched(row, early) && !rules_touched(row, late))
		return;
	if (first && second && strcmp(second, first) < 0)
		problem(problems, &row->rec->fields[late], text);
}

void
rules_words(const struct row *row, struct problems *problems, int slot, const char *text)
{
	const char *words = row_text(row, slot);

	if (rules_touched(row, slot) && words && !*text_trim(problems->arena, words))
		problem(problems, &row->rec->fields[slot], text);
}

void
rules_date_today(struct work *w, struct row *row, int slot, int early)
{
	char today[DATE_SIZE];
	const char *first = row_text(row, early);

	date_of(w->now, today);
	row_set_text(row, slot,
		first && strcmp(first, today) > 0 ? first : arena_text(w->arena, today));
}

void
rules_moment_now(struct work *w, struct row *row, int slot)
{
	char now[MOMENT_SIZE];

	if (row_has(row, slot))
		return;
	moment_store(w->now, now);
	row_set_text(row, slot, arena_text(w->arena, now));
}
