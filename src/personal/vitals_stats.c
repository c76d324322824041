/*
 * vitals_stats - one pass over the readings, newest first.
 */
#include "personal/vitals_stats.h"

#include <math.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/call.h"
#include "personal/records.h"
#include "personal/vitals.h"

enum { SYSTOLIC, DIASTOLIC, RATE, TEMPERATURE, WEIGHT, HEIGHT, BMI, N_SERIES };

/* What is kept of one measurement over time. */
struct series {
	size_t n;
	double sum, newest, oldest;
};

static void
take(struct series *series, double value)
{
	if (series->n++ == 0)
		series->newest = value;
	series->sum += value;
	series->oldest = value;
}

static double
tenth(double number)
{
	return round(number * 10) / 10;
}

static void
put(struct text *out, const char *key, bool there, double number)
{
	if (there)
		json_put_number(out, key, number);
	else
		json_put_nothing(out, key);
}

static void
put_average(struct text *out, const char *key, const struct series *series)
{
	put(out, key, series->n > 0, series->n ? tenth(series->sum / (double)series->n) : 0);
}

/* The newest stored one; else from weight and height, when they are a grown
 * person's in pounds and inches. */
static void
put_bmi(struct text *out, const struct series *all)
{
	double weight = all[WEIGHT].newest, height = all[HEIGHT].newest;
	bool sound = all[WEIGHT].n && all[HEIGHT].n && weight >= 50 && weight <= 1000 &&
		height >= 24 && height <= 96;

	if (all[BMI].n)
		put(out, "current_bmi", true, all[BMI].newest);
	else
		put(out, "current_bmi", sound, sound ? tenth(weight / (height * height) * 703) : 0);
}

/* Temperature and weight, the ones with units: as the contract rounds them, or as shown. */
static void
put_measured(struct text *out, const struct series *all, const enum units *units)
{
	const struct field *degrees = &personal_vitals.fields[VITALS_TEMPERATURE];
	const struct field *mass = &personal_vitals.fields[VITALS_WEIGHT];
	const struct series *t = &all[TEMPERATURE], *m = &all[WEIGHT];
	double average = t->n ? t->sum / (double)t->n : 0, change = m->newest - m->oldest;

	put(out, "avg_temperature", t->n > 0,
		units ? units_shown(degrees, *units, average) : tenth(average));
	put(out, "current_temperature", t->n > 0,
		units ? units_shown(degrees, *units, t->newest) : tenth(t->newest));
	put(out, "current_weight", m->n > 0,
		units ? units_shown(mass, *units, m->newest) : m->newest);
	put_bmi(out, all);
	put(out, "weight_change", m->n > 0,
		units ? units_difference(mass, *units, change) : tenth(change));
}

static void
print(struct text *out, const struct series *all, const enum units *units, size_t n,
	const char *latest, size_t n_latest)
{
	json_open(out, '{');
	json_put_whole(out, "total_readings", (int64_t)n);
	json_key(out, "latest_reading_date");
	if (n_latest)
		json_bytes(out, latest, n_latest);
	else
		json_nothing(out);
	put_average(out, "avg_systolic_bp", &all[SYSTOLIC]);
	put_average(out, "avg_diastolic_bp", &all[DIASTOLIC]);
	put_average(out, "avg_heart_rate", &all[RATE]);
	put_measured(out, all, units);
	json_close(out, '}');
}

enum result
vitals_stats_print(struct work *w, int64_t patient, const enum units *units, size_t *n)
{
	struct series all[N_SERIES] = { 0 };
	struct query *query CLEANUP(query_drop) = NULL;
	char latest[ISO_SIZE];
	size_t n_latest = 0;
	enum result r;

	*n = 0;
	r = db_query(w->db, &query, "SELECT systolic_bp, diastolic_bp, heart_rate, temperature, "
		"weight, height, bmi, recorded_date FROM vitals WHERE patient_id = $1 "
		"ORDER BY recorded_date DESC, id DESC", ARGS(value_whole(patient)));
	if (r)
		return r;
	for (; query_next(query); ++*n) {
		size_t length = 0;
		const char *when = query_text(query, N_SERIES, &length);

		if (*n == 0 && when)
			n_latest = moment_reprint(when, length, latest);
		for (size_t i = 0; i < N_SERIES; i++)
			if (!query_null(query, i))
				take(&all[i], query_number(query, i));
	}
	print(&w->call->out, all, units, *n, latest, n_latest);
	return query_close(&query);
}
