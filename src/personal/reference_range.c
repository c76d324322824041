/*
 * reference_range - a small parser that gives up early.
 *
 * A text with a number left over ("4-5 men, 3-4 women") means more than one
 * range and is refused, as are decimal commas, which may be thousands.
 */
#include "personal/reference_range.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *
skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* Past the first of the words that `at` starts with; NULL when with none. */
static const char *
take(const char *at, const char *const *words)
{
	for (; *words; words++)
		if (strncasecmp(at, *words, strlen(*words)) == 0)
			return skip_blanks(at + strlen(*words));
	return NULL;
}

/* A plain decimal number; what is behind it, or NULL. */
static const char *
take_number(const char *at, double *number)
{
	char digits[32];
	size_t sign = *at == '-' || *at == '+';
	size_t n = sign + strspn(at + sign, "0123456789");

	if (n == sign)
		return NULL;
	if (at[n] == '.')
		n += 1 + strspn(at + n + 1, "0123456789");
	if (n >= sizeof(digits) || at[n] == ',')
		return NULL;
	memcpy(digits, at, n);
	digits[n] = '\0';
	*number = strtod(digits, NULL);
	return skip_blanks(at + n);
}

static bool
is_rest(const char *at)
{
	return at && !strpbrk(at, "0123456789<>");
}

static bool
parse_min(struct reference_range *range, const char *at, bool open)
{
	range->has_min = true;
	range->min_open = open;
	return is_rest(take_number(at, &range->min));
}

static bool
parse_max(struct reference_range *range, const char *at, bool open)
{
	range->has_max = true;
	range->max_open = open;
	return is_rest(take_number(at, &range->max));
}

static bool
parse(struct reference_range *range, const char *text)
{
	static const char *const at_most[] = { "<=", "≤", "up to", NULL };
	static const char *const below[] = { "<", "less than", "below", "under", NULL };
	static const char *const at_least[] = { ">=", "≥", "at least", NULL };
	static const char *const above[] = { ">", "greater than", "more than", "above", "over",
		NULL };
	static const char *const between[] = { "-", "–", "—", "to ", "..", NULL };
	const char *at = skip_blanks(text);
	const char *rest;

	if ((rest = take(at, at_most)))
		return parse_max(range, rest, false);
	if ((rest = take(at, below)))
		return parse_max(range, rest, true);
	if ((rest = take(at, at_least)))
		return parse_min(range, rest, false);
	if ((rest = take(at, above)))
		return parse_min(range, rest, true);
	rest = take_number(at, &range->min);
	rest = rest ? take(rest, between) : NULL;
	range->has_min = true;
	return rest && parse_max(range, rest, false) && range->max >= range->min;
}

bool
reference_range_parse(struct reference_range *range, const char *text)
{
	*range = (struct reference_range){ 0 };
	if (parse(range, text))
		return true;
	*range = (struct reference_range){ 0 };
	return false;
}

const char *
reference_range_status(const struct reference_range *range, double value)
{
	if (!range->has_min && !range->has_max)
		return NULL;
	if (range->has_min && (range->min_open ? value <= range->min : value < range->min))
		return "low";
	if (range->has_max && (range->max_open ? value >= range->max : value > range->max))
		return "high";
	return "normal";
}
