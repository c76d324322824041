/*
 * series - one line for each.
 */
#include "personal/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "base/text.h"
#include "personal/records.h"
#include "personal/vitals.h"

enum { GROWN_UP = 18 };

/* clang-format off */
const struct series series_all[] = {
	{ "blood_pressure", "Blood pressure", VITALS_SYSTOLIC_BP, VITALS_DIASTOLIC_BP,
	  90, 120, 60, 80 },
	{ "heart_rate", "Heart rate", VITALS_HEART_RATE, -1, 60, 100, 0, 0 },
	{ "temperature", "Temperature", VITALS_TEMPERATURE, -1, 97, 99, 0, 0 },
	{ "weight", "Weight", VITALS_WEIGHT, -1, 0, 0, 0, 0 },
	{ "height", "Height", VITALS_HEIGHT, -1, 0, 0, 0, 0 },
	{ "bmi", "BMI", VITALS_BMI, -1, 18.5, 25, 0, 0 },
	{ "oxygen_saturation", "Oxygen saturation", VITALS_OXYGEN_SATURATION, -1, 95, 100, 0, 0 },
	{ "respiratory_rate", "Respiratory rate", VITALS_RESPIRATORY_RATE, -1, 12, 20, 0, 0 },
	{ "blood_glucose", "Blood glucose", VITALS_BLOOD_GLUCOSE, -1, 70, 140, 0, 0 },
	{ "pain_scale", "Pain scale", VITALS_PAIN_SCALE, -1, 0, 0, 0, 0 },
	{ 0 }
};
/* clang-format on */

const struct series *
series_find(const char *of)
{
	for (const struct series *s = series_all; s->of; s++)
		if (strcmp(s->of, of) == 0)
			return s;
	return NULL;
}

const char *
series_column(const struct series *series)
{
	return personal_vitals.fields[series->slot].name;
}

const char *
series_second(const struct series *series)
{
	return series->second < 0 ? "NULL" : personal_vitals.fields[series->second].name;
}

enum result
series_adult(struct work *w, int64_t patient, bool *adult)
{
	struct query *query CLEANUP(query_drop) = NULL;
	char today[DATE_SIZE];
	const char *born;
	enum result r;

	*adult = false;
	date_of(w->now, today);
	r = db_query(w->db, &query, "SELECT birth_date FROM patients WHERE id = $1",
		ARGS(value_whole(patient)));
	if (r)
		return r;
	if (query_next(query) && (born = query_text(query, 0, NULL)))
		*adult = strcmp(born, arena_printf(w->arena, "%04d%s", atoi(today) - GROWN_UP,
			today + 4)) <= 0;
	return query_close(&query);
}

void
series_print_name(struct text *out, const struct series *series, enum units units)
{
	json_put_text(out, "of", series->of);
	json_put_text(out, "label", series->label);
	json_put_text(out, "unit", units_of(&personal_vitals.fields[series->slot], units));
}

static void
put_bound(struct text *out, const char *key, int slot, enum units units, double bound)
{
	json_key(out, key);
	if (bound > 0)
		json_number(out, units_shown(&personal_vitals.fields[slot], units, bound));
	else
		json_nothing(out);
}

void
series_print_band(struct text *out, const struct series *series, enum units units, bool adult)
{
	put_bound(out, "low", series->slot, units, adult ? series->low : 0);
	put_bound(out, "high", series->slot, units, adult ? series->high : 0);
	if (series->second < 0)
		return;
	put_bound(out, "low2", series->second, units, adult ? series->low2 : 0);
	put_bound(out, "high2", series->second, units, adult ? series->high2 : 0);
}

void
series_print_value(struct text *out, int slot, enum units units, struct query *query, size_t i)
{
	const struct field *f = &personal_vitals.fields[slot];

	if (query_null(query, i))
		json_nothing(out);
	else if (f->type == TYPE_WHOLE)
		json_whole(out, query_whole(query, i));
	else
		json_number(out, units_shown(f, units, query_number(query, i)));
}
