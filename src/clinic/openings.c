/*
 * openings - the times of a provider that nobody has yet.
 *
 * The schema knows no working hours, so those of a usual practice are taken:
 * Monday to Friday from eight to five.
 */
#include "clinic/slots.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/clock.h"
#include "clinic/records.h"
#include "clinic/rows.h"

enum { OPENS = 8 * 60, CLOSES = 17 * 60, STEP = 15, TAKEN_MOST = 4096, DAY = 1440 };

struct taken {
	int64_t from, to; /* minutes since 1970 on the practice's clock */
};

static enum result
load(struct work *w, const struct opening *opening, struct taken *taken, size_t *n)
{
	char from[DATE_SIZE], to[DATE_SIZE];
	struct query *query = NULL;
	enum result r;

	date_add(opening->from, -1, from);
	date_add(opening->from, opening->days, to);
	r = db_query(w->db, &query, "SELECT date, time, duration_minutes "
		"FROM appointments WHERE (provider_id = $1 OR patient_id = $2) "
		"AND date BETWEEN $3 AND $4 AND status <> 'cancelled' ORDER BY date, time, id",
		ARGS(value_whole(opening->provider), value_whole(opening->patient),
			value_text(from), value_text(to)));
	if (r)
		return r;
	while (*n < TAKEN_MOST && query_next(query)) {
		const char *date = query_text(query, 0, NULL);
		int start = clock_minutes(query_text(query, 1, NULL));
		int64_t minutes = query_whole(query, 2);

		if (!date || start < 0)
			continue;
		taken[*n].from = date_number(date) * DAY + start;
		taken[*n].to = taken[*n].from + (minutes > 0 ? minutes : 30);
		++*n;
	}
	if (*n < TAKEN_MOST)
		return query_close(&query);
	query_drop(&query);
	return OK;
}

static bool
is_free(const struct taken *taken, size_t n, int64_t from, int64_t to)
{
	for (size_t i = 0; i < n; i++)
		if (taken[i].from < to && from < taken[i].to)
			return false;
	return true;
}

static bool
is_working(int64_t day)
{
	int64_t weekday = (day + 4) % 7; /* 1970 began on a Thursday; 0 is Sunday */

	return weekday >= 1 && weekday <= 5;
}

static void
set_slot(struct slot *slot, const char *from, int64_t days, int minute)
{
	date_add(from, (int)days, slot->date);
	snprintf(slot->time, sizeof(slot->time), "%02u:%02u", (unsigned)minute / 60 % 24,
		(unsigned)minute % 60);
}

enum result
slots_free(struct work *w, const struct opening *opening, struct slot *out, size_t *n)
{
	struct taken *taken = arena_new(w->arena, TAKEN_MOST * sizeof(*taken));
	const int minutes = opening->minutes;
	int64_t first = date_number(opening->from), now;
	int64_t step = (minutes + STEP - 1) / STEP * STEP;
	size_t n_taken = 0, wanted = *n;
	char today[DATE_SIZE];
	enum result r;

	*n = 0;
	date_of(w->now, today);
	now = date_number(today) * DAY +
		(w->now / 1000000 + moment_offset(w->now)) % 86400 / 60;
	if ((r = load(w, opening, taken, &n_taken)))
		return r;
	for (int64_t day = 0; day < opening->days && *n < wanted; day++) {
		if (!is_working(first + day))
			continue;
		for (int64_t at = OPENS; at + minutes <= CLOSES && *n < wanted; at += step) {
			int64_t start = (first + day) * DAY + at;

			if (start > now && is_free(taken, n_taken, start, start + minutes))
				set_slot(&out[(*n)++], opening->from, day, (int)at);
		}
	}
	return OK;
}

void
slots_print(const struct slot *slots, size_t n, struct text *out)
{
	json_open(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			text_char(out, ',');
		json_open(out, '{');
		json_put_text(out, "date", slots[i].date);
		json_put_text(out, "time", slots[i].time);
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* ---- over REST ---- */

static enum result
list_slots(struct work *w)
{
	struct slot *slots = arena_new(w->arena, SLOTS_MOST * sizeof(*slots));
	const char *from = call_query(w->call, "date_from");
	int64_t days = call_whole(w, "days"), minutes = call_whole(w, "duration_minutes");
	size_t n = (size_t)call_whole(w, "limit");
	char today[DATE_SIZE];
	struct row *provider;
	enum result r;

	date_of(w->now, today);
	if (from && !date_valid(from))
		problem_at(&w->problems, "query", "date_from", "value_error", "is no day");
	if ((r = call_sound(w)) ||
		(r = rows_take(w, &clinic_providers, w->call->params[0], SEE, &provider)))
		return r;
	r = slots_free(w, &(struct opening){
		.provider = provider->id,
		.from = from && strcmp(from, today) > 0 ? from : today,
		.days = (int)days,
		.minutes = (int)minutes,
	}, slots, &n);
	if (r)
		return r;
	json_open(&w->call->out, '{');
	json_key(&w->call->out, "items");
	slots_print(slots, n, &w->call->out);
	json_close(&w->call->out, '}');
	return OK;
}

static const struct parameter parameters[] = {
	{ .name = "date_from", .type = TYPE_DATE, .help = "From this day on; today." },
	{ .name = "days", .type = TYPE_WHOLE, .initial = "14", .min = 1, .max = SLOTS_DAYS,
	  .help = "How many days to look ahead." },
	{ .name = "duration_minutes", .type = TYPE_WHOLE, .initial = "30", .min = 5, .max = 480,
	  .help = "How long the appointment takes." },
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "20", .min = 1, .max = SLOTS_MOST,
	  .help = "How many at most." },
	{ 0 }
};

const struct route slots_routes[] = {
	{ .method = GET, .path = "/clinic/v1/providers/{npi}/slots", .need = NEED_USER,
	  .steps = { { READ, list_slots } }, .rec = &clinic_providers, .scope = "read:providers",
	  .query = parameters, .summary = "Lists the free times of a provider." },
	{ 0 }
};
