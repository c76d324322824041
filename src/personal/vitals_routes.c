/*
 * vitals_routes - what vital signs answer beside the common pattern.
 */
#include <string.h>

#include "base/moment.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/vitals.h"
#include "personal/vitals_stats.h"

#define NEWEST "recorded_date DESC, id DESC"

/* A word for a kind of reading, and when a row is one; other words filter nothing. */
static const struct kind {
	const char *word, *condition;
} kinds[] = {
	{ "blood_pressure", "systolic_bp IS NOT NULL AND diastolic_bp IS NOT NULL" },
	{ "heart_rate", "heart_rate IS NOT NULL" },
	{ "temperature", "temperature IS NOT NULL" },
	{ "weight", "weight IS NOT NULL" },
	{ "oxygen_saturation", "oxygen_saturation IS NOT NULL" },
	{ "blood_glucose", "blood_glucose IS NOT NULL" },
};

static void
only_kind(struct list *list, const char *word)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].word, word) == 0) {
			listing_only(list, kinds[i].condition);
			list->order = NEWEST;
		}
}

static void
since_days(struct work *w, struct list *list)
{
	char *start = arena_new(w->arena, MOMENT_SIZE);

	moment_store(w->now - call_whole(w, "days") * 86400 * 1000000, start);
	list_and(list, "recorded_date >= ?", value_text(start));
	list->order = NEWEST;
}

static enum result
list_of_patient(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_vitals);
	const char *kind = call_query(w->call, "vital_type");
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	listing_query(w, &list);
	if (call_query(w->call, "days"))
		since_days(w, &list);
	else if (kind)
		only_kind(&list, kind);
	return listing_answer(w, &list, patient);
}

static enum result
get_latest(struct work *w)
{
	int64_t patient, id;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	r = db_one(w->db, "SELECT id FROM vitals WHERE patient_id = $1 ORDER BY " NEWEST " LIMIT 1",
		ARGS(value_whole(patient)), &id);
	if (r == MISSING)
		return reach_missing(w, &personal_vitals,
			"No vitals readings found for this patient");
	if (r || (r = reach_note(w, &personal_vitals, id, patient, 0)))
		return r;
	return store_print(w, &personal_vitals, id, false, &w->call->out);
}

static enum result
print_stats(struct work *w, int64_t patient)
{
	size_t n;
	enum result r = vitals_stats_print(w, patient, NULL, &n);

	return r ? r : listing_done(w, &personal_vitals, patient, n);
}

static enum result
get_stats(struct work *w)
{
	int64_t patient;
	enum result r = select_query(w, SEE, &patient);

	return r ? r : print_stats(w, patient);
}

static enum result
get_stats_of(struct work *w)
{
	int64_t patient;
	enum result r = select_path(w, 0, SEE, &patient);

	return r ? r : print_stats(w, patient);
}

/* Reads a moment of the query, in the facility's zone like recorded_date. */
static const char *
moment_of(struct work *w, const char *name)
{
	const char *text = call_query(w->call, name);
	char *stored = arena_new(w->arena, MOMENT_SIZE);
	int64_t moment;

	if (!text)
		problem_at(&w->problems, "query", name, "missing", "Field required");
	else if (!moment_parse(text, true, &moment))
		problem_at(&w->problems, "query", name, "datetime_parsing",
			"Input should be a valid datetime");
	else
		moment_store(moment, stored);
	return stored;
}

static enum result
list_range(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&personal_vitals);
	const char *start = moment_of(w, "start_date"), *end = moment_of(w, "end_date");
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	list_and(&list, "recorded_date >= ?", value_text(start));
	list_and(&list, "recorded_date <= ?", value_text(end));
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

/* The path and the body must mean the same patient. */
static enum result
create_at(struct work *w)
{
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, EDIT, &patient)))
		return r;
	if (row_whole(w->call->row, VITALS_PATIENT_ID) != patient)
		return fail_as(w, 400, "BIZ-400",
			"Patient ID in URL does not match patient ID in request body");
	return record_create(w);
}

static const struct parameter of_patient[] = { LISTING_PATIENT, { 0 } };
static const struct parameter readings[] = {
	LISTING_PAGE,
	{ .name = "vital_type", .type = TYPE_TEXT,
	  .help = "Only readings that have this measurement." },
	{ .name = "days", .type = TYPE_WHOLE, .min = 1, .max = 36500,
	  .help = "Only readings of so many last days; wins over vital_type." },
	{ 0 }
};
static const struct parameter range[] = {
	LISTING_PAGE,
	{ .name = "start_date", .type = TYPE_MOMENT, .required = true, .help = "First moment." },
	{ .name = "end_date", .type = TYPE_MOMENT, .required = true, .help = "Last moment." },
	{ 0 }
};

/* The contract's words for one reading differ from those of a change (2.16). */
static enum result
get_reading(struct work *w)
{
	enum result r = record_get(w);

	if (r == MISSING)
		w->failure.message = "Vitals reading not found";
	return r;
}

#define OF "/vitals/patient/{patient_id}"
const struct route personal_vitals_routes[] = {
	{ .method = GET, .path = "/vitals/stats", .steps = { { READ, get_stats } },
	  .rec = &personal_vitals, .query = of_patient,
	  .summary = "Averages and newest values of a patient." },
	{ .method = GET, .path = "/vitals/{id}", .steps = { { READ, get_reading } },
	  .rec = &personal_vitals, .summary = "One reading." },
	{ .method = GET, .path = OF, .steps = { { READ, list_of_patient } },
	  .rec = &personal_vitals, .query = readings, .summary = "The readings of a patient." },
	{ .method = GET, .path = OF "/latest", .steps = { { READ, get_latest } },
	  .rec = &personal_vitals, .summary = "The newest reading of a patient." },
	{ .method = GET, .path = OF "/stats", .steps = { { READ, get_stats_of } },
	  .rec = &personal_vitals, .summary = "Averages and newest values of a patient." },
	{ .method = GET, .path = OF "/date-range", .steps = { { READ, list_range } },
	  .rec = &personal_vitals, .query = range, .summary = "Readings between two moments." },
	{ .method = POST, .path = OF "/vitals/", .body = BODY_JSON,
	  .steps = { { HERE, record_read }, { WRITE, create_at } }, .rec = &personal_vitals,
	  .summary = "Adds a reading for a patient." },
	{ 0 }
};
