/*
 * people_trends - several values of a person over time in one answer, each in one
 * unit and with the band it should stay in where one is known.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "personal/listing.h"
#include "personal/people.h"
#include "personal/reach.h"
#include "personal/reference_range.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/series.h"

enum { SERIES_MOST = 24, POINTS_MOST = 5000 };

static const char lab[] = "lab:";

/* The day of a laboratory's value, as text on both databases. */
#define DAY                                                                            \
	"COALESCE(CAST(l.completed_date AS TEXT), CAST(l.ordered_date AS TEXT), "      \
	"SUBSTR(CAST(c.created_at AS TEXT), 1, 10))"
#define VALUES                                                                         \
	"FROM lab_results l JOIN lab_test_components c ON c.lab_result_id = l.id "     \
	"WHERE l.patient_id = $1 AND c.value IS NOT NULL "

struct wanted {
	int64_t patient;
	enum units units;
	bool adult;
	const char *from, *until; /* days; until is the first after the last */
	const char *of[SERIES_MOST];
	size_t n, points;
};

/* ---- the query ---- */

static const char *
read_day(struct work *w, const char *name, const char *otherwise)
{
	const char *text = call_query(w->call, name);

	if (!text || !*text)
		return otherwise;
	if (date_valid(text))
		return text;
	problem_at(&w->problems, "query", name, "date_parsing", "Input should be a valid date");
	return otherwise;
}

/* All of the last day counts. */
static const char *
day_after(struct work *w, const char *day)
{
	char next[DATE_SIZE];

	if (strcmp(day, "9999-12-31") == 0)
		return day;
	date_add(day, 1, next);
	return arena_text(w->arena, next);
}

static void
want(struct work *w, struct wanted *wanted, const char *of)
{
	if (!series_find(of) && !text_starts(of, lab))
		problem_at(&w->problems, "query", "of", "value_error",
			"There is no such series; laboratory values are lab:NAME");
	else if (wanted->n == SERIES_MOST)
		problem_at(&w->problems, "query", "of", "too_long",
			"At most %d series are answered at once", SERIES_MOST);
	else
		wanted->of[wanted->n++] = of;
}

/* Whether a series begins here: names of laboratory values may hold commas. */
static bool
begins(struct work *w, const char *at)
{
	return text_starts(at, lab) ||
		series_find(arena_copy(w->arena, at, strcspn(at, ","))) != NULL;
}

static void
split(struct work *w, struct wanted *wanted, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, ",");

		while (text_starts(text, lab) && text[n] && !begins(w, text + n + 1))
			n += 1 + strcspn(text + n + 1, ",");
		want(w, wanted, arena_copy(w->arena, text, n));
		text += n + (text[n] == ',');
	}
}

static enum result
read_query(struct work *w, struct wanted *wanted)
{
	const struct call *call = w->call;
	enum result r;

	for (size_t i = 0; i < call->n_query; i++)
		if (strcmp(call->query[i].name, "of") == 0)
			split(w, wanted, call->query[i].value);
	if (!wanted->n && !w->problems.n)
		problem_at(&w->problems, "query", "of", "missing", "Field required");
	wanted->units = units_asked(w);
	wanted->from = read_day(w, "from", "0001-01-01");
	wanted->until = day_after(w, read_day(w, "to", "9999-12-31"));
	/* Whose comes first: who may not see them is told nothing of the query. */
	if ((r = select_path(w, 0, SEE, &wanted->patient)) || (r = call_sound(w)))
		return r;
	return series_adult(w, wanted->patient, &wanted->adult);
}

/* ---- vitals ---- */

static void
print_reading(struct text *out, const struct series *s, enum units units, struct query *query)
{
	char iso[ISO_SIZE];
	size_t n = 0;
	const char *when = query_text(query, 0, &n);

	json_open(out, '[');
	json_bytes(out, iso, moment_reprint(when, n, iso));
	text_char(out, ',');
	series_print_value(out, s->slot, units, query, 1);
	if (s->second >= 0) {
		text_char(out, ',');
		series_print_value(out, s->second, units, query, 2);
	}
	json_close(out, ']');
}

static enum result
print_readings(struct work *w, struct wanted *wanted, const struct series *s)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	enum result r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT at, one, two FROM (SELECT recorded_date AS at, id, %s AS one, %s AS two "
		"FROM vitals WHERE patient_id = $1 AND recorded_date >= $2 AND recorded_date < $3 "
		"AND %s IS NOT NULL ORDER BY recorded_date DESC, id DESC LIMIT %d) AS newest "
		"ORDER BY at, id", series_column(s), series_second(s), series_column(s),
		POINTS_MOST), ARGS(value_whole(wanted->patient), value_text(wanted->from),
		value_text(wanted->until)));

	if (r)
		return r;
	series_print_name(out, s, wanted->units);
	series_print_band(out, s, wanted->units, wanted->adult);
	json_put_whole(out, "left_out", 0);
	json_key(out, "points");
	json_open(out, '[');
	for (size_t n = 0; query_next(query); n++, wanted->points++) {
		if (n)
			text_char(out, ',');
		print_reading(out, s, wanted->units, query);
	}
	json_close(out, ']');
	return query_close(&query);
}

/* ---- laboratory values ---- */

static void
put_bound(struct text *out, const char *key, bool has, double bound)
{
	json_key(out, key);
	if (has)
		json_number(out, bound);
	else
		json_nothing(out);
}

/* Name, unit and range as the newest value has them. */
static enum result
print_newest(struct work *w, const struct wanted *wanted, const char *of, const char **unit)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	struct reference_range range = { 0 };
	const char *text;
	bool found;
	enum result r = db_query(w->db, &query, "SELECT c.test_name, c.unit, c.ref_range_min, "
		"c.ref_range_max, c.ref_range_text " VALUES "AND LOWER(c.test_name) = LOWER(CAST($2 AS TEXT)) "
		"ORDER BY " DAY " DESC, c.id DESC LIMIT 1",
		ARGS(value_whole(wanted->patient), value_text(of + sizeof(lab) - 1)));

	if (r)
		return r;
	found = query_next(query);
	*unit = found ? arena_text(w->arena, query_text(query, 1, NULL)) : NULL;
	json_put_text(out, "of", of);
	json_put_text(out, "label", found ? query_text(query, 0, NULL) : of + sizeof(lab) - 1);
	json_put_text(out, "unit", *unit);
	if (found) {
		range.has_min = !query_null(query, 2);
		range.has_max = !query_null(query, 3);
		range.min = query_number(query, 2);
		range.max = query_number(query, 3);
		if (!range.has_min && !range.has_max && (text = query_text(query, 4, NULL)))
			(void)reference_range_parse(&range, text);
	}
	put_bound(out, "low", range.has_min, range.min);
	put_bound(out, "high", range.has_max, range.max);
	return query_close(&query);
}

/* Values in another unit than the newest cannot stand on the same axis. */
static enum result
print_left_out(struct work *w, const struct wanted *wanted, const char *of, const char *unit)
{
	int64_t n = 0;
	enum result r = db_one(w->db, "SELECT COUNT(*) " VALUES
		"AND LOWER(c.test_name) = LOWER(CAST($2 AS TEXT)) AND c.unit <> $3 AND " DAY " >= $4 AND " DAY
		" < $5", ARGS(value_whole(wanted->patient), value_text(of + sizeof(lab) - 1),
		value_text(unit ? unit : ""), value_text(wanted->from),
		value_text(wanted->until)), &n);

	json_put_whole(&w->call->out, "left_out", n);
	return r;
}

static enum result
print_values(struct work *w, struct wanted *wanted, const char *of)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	const char *unit;
	enum result r;

	if ((r = print_newest(w, wanted, of, &unit)) || (r = print_left_out(w, wanted, of, unit)))
		return r;
	r = db_query(w->db, &query, arena_printf(w->arena, "SELECT at, value FROM (SELECT "
		DAY " AS at, c.id, c.value " VALUES "AND LOWER(c.test_name) = LOWER(CAST($2 AS TEXT)) "
		"AND (c.unit = $3 OR c.unit IS NULL) AND " DAY " >= $4 AND " DAY " < $5 "
		"ORDER BY " DAY " DESC, c.id DESC LIMIT %d) AS newest ORDER BY at, id",
		POINTS_MOST), ARGS(value_whole(wanted->patient),
		value_text(of + sizeof(lab) - 1), value_text(unit ? unit : ""),
		value_text(wanted->from), value_text(wanted->until)));
	if (r)
		return r;
	json_key(out, "points");
	json_open(out, '[');
	for (; query_next(query); wanted->points++) {
		json_open(out, '[');
		json_text(out, query_text(query, 0, NULL));
		text_char(out, ',');
		json_number(out, query_number(query, 1));
		json_close(out, ']');
	}
	json_close(out, ']');
	return query_close(&query);
}

static enum result
show(struct work *w)
{
	struct wanted wanted = { 0 };
	struct text *out = &w->call->out;
	enum result r;

	if ((r = read_query(w, &wanted)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", wanted.patient);
	json_put_text(out, "units", units_word(wanted.units));
	json_key(out, "series");
	json_open(out, '[');
	for (size_t i = 0; !r && i < wanted.n; i++) {
		const struct series *s = series_find(wanted.of[i]);

		json_open(out, '{');
		r = s ? print_readings(w, &wanted, s) : print_values(w, &wanted, wanted.of[i]);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
	return r ? r : reach_note_whole(w, wanted.patient, "Read trends", wanted.points);
}

/* ---- what there is ---- */

static enum result
print_known(struct work *w, int64_t patient, enum units units, const struct series *s, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	enum result r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT recorded_date, %s, %s, (SELECT COUNT(%s) FROM vitals WHERE patient_id = $1) "
		"FROM vitals WHERE patient_id = $1 AND %s IS NOT NULL "
		"ORDER BY recorded_date DESC, id DESC LIMIT 1", series_column(s),
		series_second(s), series_column(s), series_column(s)),
		ARGS(value_whole(patient)));

	if (r)
		return r;
	if (query_next(query)) {
		++*n;
		json_open(out, '{');
		series_print_name(out, s, units);
		json_put_whole(out, "count", query_whole(query, 3));
		json_key(out, "latest");
		json_open(out, '{');
		people_moment(out, "at", query_text(query, 0, NULL));
		json_key(out, "value");
		series_print_value(out, s->slot, units, query, 1);
		if (s->second >= 0) {
			json_key(out, "second");
			series_print_value(out, s->second, units, query, 2);
		}
		json_close(out, '}');
		json_close(out, '}');
	}
	return query_close(&query);
}

static void
print_lab(struct work *w, struct query *query)
{
	struct text *out = &w->call->out;
	const char *name = query_text(query, 0, NULL);

	json_open(out, '{');
	json_put_text(out, "of", arena_printf(w->arena, "%s%s", lab, name));
	json_put_text(out, "label", name);
	json_put_text(out, "unit", query_text(query, 1, NULL));
	json_put_whole(out, "count", query_whole(query, 4));
	json_key(out, "latest");
	json_open(out, '{');
	json_put_text(out, "at", query_text(query, 2, NULL));
	json_put_number(out, "value", query_number(query, 3));
	json_close(out, '}');
	json_close(out, '}');
}

static enum result
print_labs(struct work *w, int64_t patient, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT test_name, unit, at, value, n FROM ("
		"SELECT c.test_name, c.unit, " DAY " AS at, c.value, "
		"ROW_NUMBER() OVER (PARTITION BY LOWER(c.test_name) ORDER BY " DAY
		" DESC, c.id DESC) AS place, "
		"COUNT(*) OVER (PARTITION BY LOWER(c.test_name)) AS n " VALUES
		") AS newest WHERE place = 1 ORDER BY LOWER(test_name), test_name",
		ARGS(value_whole(patient)));

	if (r)
		return r;
	for (; query_next(query); ++*n)
		print_lab(w, query);
	return query_close(&query);
}

static enum result
show_available(struct work *w)
{
	enum units units = units_asked(w);
	struct text *out = &w->call->out;
	int64_t patient;
	size_t n = 0;
	enum result r;

	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_text(out, "units", units_word(units));
	json_key(out, "series");
	json_open(out, '[');
	for (const struct series *s = series_all; !r && s->of; s++)
		r = print_known(w, patient, units, s, &n);
	if (!r)
		r = print_labs(w, patient, &n);
	json_close(out, ']');
	json_close(out, '}');
	return r ? r : reach_note_whole(w, patient, "Read which trends there are", n);
}

static const struct parameter shown[] = {
	{ .name = "of", .type = TYPE_TEXT, .required = true, .repeated = true,
	  .help = "Series with commas: weight, blood_pressure ..., lab:NAME of a value." },
	{ .name = "from", .type = TYPE_DATE, .help = "First day." },
	{ .name = "to", .type = TYPE_DATE, .help = "Last day." },
	UNITS_PARAMETER,
	{ 0 }
};
static const struct parameter available[] = { UNITS_PARAMETER, { 0 } };

#define TRENDS "/people/{patient_id}/trends"
const struct route personal_people_trends_routes[] = {
	{ .method = GET, .path = TRENDS "/available", .steps = { { READ, show_available } },
	  .query = available, .summary = "Which values of a person can be seen over time." },
	{ .method = GET, .path = TRENDS, .steps = { { READ, show } }, .query = shown,
	  .summary = "Several values of a person over time.",
	  .about = "Points are [when, value], of blood pressure [when, systolic, diastolic], "
		   "the oldest first, at most the newest 5000 of a series. Values of a "
		   "laboratory in another unit than the newest are left out and counted." },
	{ 0 }
};
