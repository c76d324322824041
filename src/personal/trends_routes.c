/*
 * trends_routes - one value of a patient over time.
 */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "personal/components.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { POINTS_MOST = 100, POINTS_FOR_DIRECTION = 4 };

/* When a value was taken: its lab result's completion, else when it was kept.  A day
 * and a moment, so they are compared as text, as the bounds are. */
#define WHEN "COALESCE(CAST(l.completed_date AS TEXT), CAST(c.created_at AS TEXT))"

enum { ID, VALUE, UNIT, STATUS, MIN, MAX, RANGE, COMPLETED, CREATED, LAB, LAB_NAME, CATEGORY };

/* A name is a pattern in which only _ means more than itself, as in the reference:
 * components_term() lets neither % nor a backslash through. */
#define POINTS                                                                         \
	"SELECT c.id, c.value, c.unit, c.status, c.ref_range_min, c.ref_range_max, "   \
	"c.ref_range_text, l.completed_date, c.created_at, l.id, l.test_name, "        \
	"c.category FROM lab_test_components c "                                       \
	"JOIN lab_results l ON l.id = c.lab_result_id "                                \
	"WHERE l.patient_id = $1 AND LOWER(c.test_name) LIKE $2 "                         \
	"AND " WHEN " >= $3 AND " WHEN " < $4 ORDER BY " WHEN " DESC, c.id DESC LIMIT $5"

/* What is counted while the points are printed, newest first. */
struct trend {
	size_t n, normal;
	double values[POINTS_MOST];
	const char *unit, *category;
};

static double
hundredth(double number)
{
	return round(number * 100) / 100;
}

static double
mean(const double *values, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += values[i];
	return sum / (double)n;
}

/* The older half against the newer one; less than 5 % is no change. */
static const char *
direction(const struct trend *trend)
{
	size_t newer = trend->n - trend->n / 2;
	double before, after, change;

	if (trend->n < POINTS_FOR_DIRECTION)
		return "stable";
	after = mean(trend->values, newer);
	before = mean(trend->values + newer, trend->n - newer);
	change = after - before;
	if (fabs(before) > 0.01)
		change = change / fabs(before) * 100 / 5 * 0.01;
	return change > 0.01 ? "increasing" : change < -0.01 ? "decreasing" : "stable";
}

static double
deviation(const struct trend *trend)
{
	double middle = mean(trend->values, trend->n), sum = 0;

	for (size_t i = 0; i < trend->n; i++)
		sum += (trend->values[i] - middle) * (trend->values[i] - middle);
	return sqrt(sum / (double)trend->n);
}

static void
print_numbers(struct text *out, const struct trend *trend)
{
	double least = trend->values[0], most = trend->values[0];

	for (size_t i = 1; i < trend->n; i++) {
		least = fmin(least, trend->values[i]);
		most = fmax(most, trend->values[i]);
	}
	json_put_number(out, "latest", hundredth(trend->values[0]));
	json_put_number(out, "average", hundredth(mean(trend->values, trend->n)));
	json_put_number(out, "min", hundredth(least));
	json_put_number(out, "max", hundredth(most));
	json_key(out, "std_dev");
	if (trend->n > 1)
		json_number(out, hundredth(deviation(trend)));
	else
		json_nothing(out);
	json_put_number(out, "time_in_range_percent",
		round((double)trend->normal * 1000 / (double)trend->n) / 10);
}

static void
print_statistics(struct text *out, const struct trend *trend)
{
	static const char *const numbers[] = { "latest", "average", "min", "max", "std_dev",
		"time_in_range_percent" };

	json_key(out, "statistics");
	json_open(out, '{');
	json_put_whole(out, "count", (int64_t)trend->n);
	if (trend->n)
		print_numbers(out, trend);
	for (size_t i = 0; !trend->n && i < COUNT(numbers); i++)
		json_put_nothing(out, numbers[i]);
	json_put_text(out, "trend_direction", direction(trend));
	json_put_whole(out, "normal_count", (int64_t)trend->normal);
	json_put_whole(out, "abnormal_count", (int64_t)(trend->n - trend->normal));
	json_close(out, '}');
}

static void
put_number(struct text *out, const char *key, struct query *query, size_t i)
{
	json_key(out, key);
	if (query_null(query, i))
		json_nothing(out);
	else
		json_number(out, query_number(query, i));
}

static void
print_point(struct text *out, struct query *query)
{
	char iso[ISO_SIZE];
	size_t n = 0;
	const char *created = query_text(query, CREATED, &n);

	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, ID));
	put_number(out, "value", query, VALUE);
	json_put_text(out, "unit", query_text(query, UNIT, NULL));
	json_put_text(out, "status", query_text(query, STATUS, NULL));
	put_number(out, "ref_range_min", query, MIN);
	put_number(out, "ref_range_max", query, MAX);
	json_put_text(out, "ref_range_text", query_text(query, RANGE, NULL));
	json_put_text(out, "recorded_date", query_text(query, COMPLETED, NULL));
	json_key(out, "created_at");
	if (created)
		json_bytes(out, iso, moment_reprint(created, n, iso));
	else
		json_nothing(out);
	json_key(out, "lab_result");
	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, LAB));
	json_put_text(out, "test_name", query_text(query, LAB_NAME, NULL));
	json_put_text(out, "completed_date", query_text(query, COMPLETED, NULL));
	json_close(out, '}');
	json_close(out, '}');
}

static void
take(struct work *w, struct trend *trend, struct query *query)
{
	const char *status = query_text(query, STATUS, NULL);

	if (trend->n == 0) {
		trend->unit = arena_text(w->arena, query_text(query, UNIT, NULL));
		trend->category = arena_text(w->arena, query_text(query, CATEGORY, NULL));
	}
	trend->normal += status && strcmp(status, "normal") == 0;
	trend->values[trend->n++] = query_number(query, VALUE);
}

static enum result
print_points(struct work *w, int64_t patient, const char *from, const char *to,
	struct trend *trend)
{
	struct query *query CLEANUP(query_drop) = NULL;
	const char *name = text_lower(w->arena, text_trim(w->arena, w->call->params[1]));
	struct text *out = &w->call->out;
	enum result r;

	r = db_query(w->db, &query, POINTS, ARGS(value_whole(patient), value_text(name),
		value_text(from), value_text(to), value_whole(call_whole(w, "limit"))));
	if (r)
		return r;
	json_key(out, "data_points");
	json_open(out, '[');
	while (trend->n < POINTS_MOST && query_next(query)) {
		if (trend->n)
			text_char(out, ',');
		print_point(out, query);
		take(w, trend, query);
	}
	json_close(out, ']');
	return query_close(&query);
}

/* A day of the query; the given one when absent. */
static const char *
day_of(struct work *w, const char *name, const char *otherwise)
{
	const char *text = call_query(w->call, name);
	char *day = arena_new(w->arena, DATE_SIZE);

	if (!text || !*text)
		return otherwise;
	if (!date_parse(text, day))
		problem_at(&w->problems, "query", name, "date_parsing",
			"Input should be a valid date");
	return day;
}

/* The first day after, so that all of the last day counts. */
static const char *
day_after(struct work *w, const char *day)
{
	char *next = arena_new(w->arena, DATE_SIZE);

	if (!date_valid(day) || strcmp(day, "9999-12-31") == 0)
		return "9999-12-32";
	date_add(day, 1, next);
	return next;
}

static enum result
get_trend(struct work *w)
{
	const char *from = day_of(w, "date_from", ""), *to = day_of(w, "date_to", "9999-12-31");
	struct text *out = &w->call->out;
	struct trend trend = { 0 };
	int64_t patient;
	enum result r;

	(void)call_whole(w, "limit");
	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	if ((r = components_term(w, w->call->params[1])))
		return r;
	json_open(out, '{');
	json_put_text(out, "test_name", w->call->params[1]);
	if ((r = print_points(w, patient, from, day_after(w, to), &trend)))
		return r;
	json_put_text(out, "unit", trend.unit ? trend.unit : "");
	json_put_text(out, "category", trend.category);
	print_statistics(out, &trend);
	json_put_bool(out, "is_aggregated", false);
	json_put_nothing(out, "aggregation_period");
	json_close(out, '}');
	return listing_done(w, &personal_lab_test_components, patient, trend.n);
}

static const struct parameter between[] = {
	{ .name = "date_from", .type = TYPE_DATE, .help = "First day." },
	{ .name = "date_to", .type = TYPE_DATE, .help = "Last day." },
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "100", .min = 1, .max = POINTS_MOST,
	  .help = "Points answered at most." },
	{ 0 }
};

#define BASE "/lab-test-components/"
const struct route personal_trends_routes[] = {
	{ .method = GET, .path = BASE "patient/{patient_id}/trends/{test_name}",
	  .steps = { { READ, get_trend } }, .rec = &personal_lab_test_components,
	  .query = between, .summary = "A value of a patient over time." },
	{ 0 }
};
