/*
 * panic_values - the table, and how names and units are compared with it.
 *
 * A bound itself is critical.  A test that stands in two units has a line for
 * each, so that no conversion can be got wrong.
 */
#include "personal/panic_values.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { MOST_NAMES = 6, MOST_UNITS = 7 };

static const struct panic {
	const char *names[MOST_NAMES]; /* lower case: names and abbreviations */
	const char *code;
	const char *units[MOST_UNITS]; /* as plain() leaves them */
	double low, high;              /* NAN: no bound on this side */
} table[] = {
	{ { "potassium", "k", "serum potassium", "potassium, serum" }, "2823-3",
	  { "mmol/l", "meq/l" }, 2.5, 6.5 },
	{ { "sodium", "na", "serum sodium", "sodium, serum" }, "2951-2",
	  { "mmol/l", "meq/l" }, 120, 160 },
	{ { "calcium", "ca", "total calcium", "calcium, total", "serum calcium" }, "17861-6",
	  { "mg/dl" }, 6.5, 13 },
	{ { "calcium", "ca", "total calcium", "calcium, total", "serum calcium" }, "2000-8",
	  { "mmol/l" }, 1.62, 3.25 },
	{ { "magnesium", "mg", "serum magnesium" }, "19123-9", { "mg/dl" }, 1, 9 },
	{ { "phosphorus", "phosphate", "phos" }, "2777-1", { "mg/dl" }, 1, NAN },
	{ { "bicarbonate", "hco3", "co2", "carbon dioxide" }, "1963-8",
	  { "mmol/l", "meq/l" }, 10, 40 },
	{ { "glucose", "glu", "blood glucose", "glucose, fasting", "fasting glucose" }, "2345-7",
	  { "mg/dl" }, 50, 400 },
	{ { "glucose", "glu", "blood glucose", "glucose, fasting", "fasting glucose" }, "2339-0",
	  { "mmol/l" }, 2.8, 22.2 },
	{ { "creatinine", "cr", "creat", "serum creatinine" }, "2160-0", { "mg/dl" }, NAN, 10 },
	{ { "lactate", "lactic acid" }, "2524-7", { "mmol/l" }, NAN, 5 },
	{ { "hemoglobin", "haemoglobin", "hgb", "hb" }, "718-7", { "g/dl" }, 6, 20 },
	{ { "hematocrit", "haematocrit", "hct" }, "4544-3", { "%" }, 18, 60 },
	{ { "platelets", "platelet count", "plt" }, "777-3",
	  { "k/ul", "10^3/ul", "10*3/ul", "x10^3/ul", "10^9/l", "x10^9/l", "x10e3/ul" }, 20, 1000 },
	{ { "white blood cells", "white blood cell count", "wbc", "leukocytes" }, "6690-2",
	  { "k/ul", "10^3/ul", "10*3/ul", "x10^3/ul", "10^9/l", "x10^9/l", "x10e3/ul" }, 1.5, 100 },
	{ { "inr", "international normalized ratio", "pt/inr" }, "6301-6",
	  { "", "ratio", "inr", "{inr}" }, NAN, 5 },
	{ { "aptt", "ptt", "partial thromboplastin time" }, "3173-2",
	  { "s", "sec", "seconds" }, NAN, 150 },
	{ { "fibrinogen" }, "3255-7", { "mg/dl" }, 100, NAN },
	{ { "blood ph", "arterial ph", "ph, arterial", "ph, blood" }, "2744-1",
	  { "", "ph", "[ph]" }, 7.2, 7.6 },
	{ { "pco2", "paco2" }, "2019-8", { "mmhg" }, 20, 70 },
	{ { "po2", "pao2" }, "2703-7", { "mmhg" }, 40, NAN },
	{ { "digoxin" }, "10535-3", { "ng/ml" }, NAN, 4 },
	{ { "lithium" }, "14334-7", { "mmol/l", "meq/l" }, NAN, 2 },
	{ { "acetaminophen", "paracetamol" }, "3298-7", { "ug/ml", "mcg/ml", "mg/l" }, NAN, 150 },
};

/* Lower case, without blanks, and with one letter for micro. */
static const char *
plain(struct arena *arena, const char *unit)
{
	static const char *const micros[] = { "µ", "μ" };
	const char *from = text_lower(arena, unit);
	char *out = arena_new(arena, strlen(from) + 1), *to = out;

	while (*from) {
		if (*from == ' ') {
			from++;
		} else if (strncmp(from, micros[0], 2) == 0 || strncmp(from, micros[1], 2) == 0) {
			*to++ = 'u';
			from += 2;
		} else {
			*to++ = *from++;
		}
	}
	return out;
}

static bool
among(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; word && i < n && words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static const char *
folded(struct arena *arena, const char *text)
{
	return text ? text_lower(arena, text_trim(arena, text)) : NULL;
}

bool
panic_value(struct arena *arena, const struct panic_test *test, double value)
{
	const char *name = folded(arena, test->name);
	const char *abbreviation = folded(arena, test->abbreviation);
	const char *unit = plain(arena, test->unit ? test->unit : "");

	for (size_t i = 0; i < COUNT(table); i++) {
		const struct panic *line = &table[i];

		if (!among(line->names, MOST_NAMES, name)
		    && !among(line->names, MOST_NAMES, abbreviation)
		    && (!test->code || strcmp(line->code, test->code) != 0))
			continue;
		if (!among(line->units, MOST_UNITS, unit))
			continue;
		return (!isnan(line->low) && value <= line->low)
			|| (!isnan(line->high) && value >= line->high);
	}
	return false;
}
