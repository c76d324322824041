/*
 * immunizations_routes - what immunizations answer beside the common pattern.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { DAYS_A_MONTH = 30 };

static enum result
list_recent(struct work *w)
{
	return listing_recent(w, "date_administered", "date_administered DESC, id DESC");
}

/* The last day a dose was given whose vaccine's name contains the text; NULL. */
static enum result
find_last(struct work *w, int64_t patient, const char *vaccine, const char **day)
{
	struct list list CLEANUP(list_close) = list_of(&personal_immunizations);
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	*day = NULL;
	listing_of(&list, patient);
	list_contains(&list, w->arena, "vaccine_name", vaccine);
	r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT MAX(date_administered) FROM immunizations%.*s",
		(int)list.where.len, list.where.at), list.args, list.n_args);
	if (r)
		return r;
	if (query_next(query))
		*day = arena_text(w->arena, query_text(query, 0, NULL));
	return query_close(&query);
}

static enum result
check_booster(struct work *w)
{
	struct text *out = &w->call->out;
	const char *vaccine = w->call->params[1], *last;
	int months = (int)call_whole(w, "months_interval");
	char today[DATE_SIZE], due[DATE_SIZE];
	int64_t patient;
	enum result r;

	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	if ((r = find_last(w, patient, vaccine, &last)))
		return r;
	date_today(today);
	if (last)
		date_add(last, DAYS_A_MONTH * months, due);
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_text(out, "vaccine_name", vaccine);
	json_put_bool(out, "booster_due", !last || strcmp(today, due) >= 0);
	json_close(out, '}');
	return listing_done(w, &personal_immunizations, patient, last != NULL);
}

static const struct parameter days[] = {
	LISTING_PAGE,
	{ .name = "days", .type = TYPE_WHOLE, .initial = "365", .min = 1, .max = 3650,
	  .help = "How many days back." },
	{ 0 }
};
static const struct parameter months[] = {
	{ .name = "months_interval", .type = TYPE_WHOLE, .initial = "12", .min = 1, .max = 120,
	  .help = "Months between doses, of 30 days each." },
	{ 0 }
};

#define OF "/immunizations/patient/{patient_id}/"
const struct route personal_immunizations_routes[] = {
	{ .method = GET, .path = OF "recent", .steps = { { READ, list_recent } },
	  .rec = &personal_immunizations, .query = days,
	  .summary = "Immunizations given lately." },
	{ .method = GET, .path = OF "booster-check/{vaccine_name}",
	  .steps = { { READ, check_booster } }, .rec = &personal_immunizations,
	  .query = months, .summary = "Whether the next dose of a vaccine is due." },
	{ .method = GET, .path = OF "immunizations/", .steps = { { READ, listing_by_path } },
	  .rec = &personal_immunizations, .query = listing_page,
	  .summary = "The immunizations of a patient." },
	{ 0 }
};
