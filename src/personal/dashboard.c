/*
 * dashboard - what somebody wants to know first about a person, in one answer.
 */
#include "base/json.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "personal/listing.h"
#include "personal/people.h"
#include "personal/personal.h"
#include "personal/reach.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/series.h"

/* What is unknown to be over counts as still so. */
static const char allergies[] =
	"SELECT id, allergen, severity, reaction, onset_date FROM allergies "
	"WHERE patient_id = $1 AND (status IS NULL OR status = 'active') "
	"ORDER BY CASE severity WHEN 'life-threatening' THEN 0 WHEN 'severe' THEN 1 "
	"WHEN 'moderate' THEN 2 WHEN 'mild' THEN 3 ELSE 4 END, allergen, id";
static const char medications[] =
	"SELECT id, medication_name, dosage, frequency, route, indication, "
	"effective_period_start, effective_period_end FROM medications "
	"WHERE patient_id = $1 AND status = 'active' ORDER BY medication_name, id";
static const char conditions[] =
	"SELECT id, diagnosis, condition_name, status, severity, onset_date FROM conditions "
	"WHERE patient_id = $1 AND status IN ('active', 'chronic', 'recurrence', 'relapse') "
	"ORDER BY CASE severity WHEN 'life-threatening' THEN 0 WHEN 'severe' THEN 1 "
	"WHEN 'moderate' THEN 2 WHEN 'mild' THEN 3 ELSE 4 END, diagnosis, id";
static const char immunizations[] =
	"SELECT id, vaccine_name, date_administered, dose_number FROM immunizations "
	"WHERE patient_id = $1 ORDER BY date_administered DESC, id DESC LIMIT 5";
static const char contacts[] =
	"SELECT id, name, relationship, phone_number, secondary_phone, is_primary "
	"FROM emergency_contacts WHERE patient_id = $1 AND is_active = TRUE "
	"ORDER BY is_primary DESC, name, id LIMIT 3";

/* What is planned and has not happened is still to come, whatever its day. */
#define BY "(SELECT name FROM practitioners WHERE practitioners.id = t.practitioner_id)"
static const char upcoming[] =
	"SELECT * FROM ("
	"SELECT 'encounters' AS type, t.id AS id, t.date AS date, t.reason AS title, " BY
	" AS subtitle, NULL AS status FROM encounters t WHERE t.patient_id = $1 AND t.date >= $2 "
	"UNION ALL SELECT 'procedures', t.id, t.date, t.procedure_name, " BY
	", CASE t.status WHEN 'in_progress' THEN 'in-progress' ELSE t.status END "
	"FROM procedures t WHERE t.patient_id = $1 AND (t.status IN ('scheduled', 'postponed') "
	"OR (t.date >= $2 AND COALESCE(t.status, '') NOT IN ('completed', 'cancelled'))) "
	"UNION ALL SELECT 'treatments', t.id, t.start_date, t.treatment_name, " BY
	", CASE t.status WHEN 'in_progress' THEN 'in-progress' WHEN 'on_hold' THEN 'on-hold' "
	"ELSE t.status END FROM treatments t WHERE t.patient_id = $1 AND (t.status = 'planned' "
	"OR (t.start_date >= $2 AND COALESCE(t.status, '') NOT IN ('completed', 'cancelled', "
	"'stopped', 'discontinued')))) AS coming ORDER BY date, type, id LIMIT 10";

/* Of each test the newest value, when that is out of range. */
static const char out_of_range[] =
	"SELECT id, lab_result_id, test_name, value, unit, ref_range_min AS low, "
	"ref_range_max AS high, ref_range_text AS range, status, date FROM ("
	"SELECT c.id, c.lab_result_id, c.test_name, c.value, c.unit, c.ref_range_min, "
	"c.ref_range_max, c.ref_range_text, c.status, "
	"COALESCE(l.completed_date, l.ordered_date) AS date, "
	"ROW_NUMBER() OVER (PARTITION BY LOWER(c.test_name) ORDER BY "
	"COALESCE(l.completed_date, l.ordered_date) DESC NULLS LAST, c.id DESC) AS place "
	"FROM lab_results l JOIN lab_test_components c ON c.lab_result_id = l.id "
	"WHERE l.patient_id = $1) AS newest "
	"WHERE place = 1 AND status IN ('critical', 'high', 'low', 'abnormal') "
	"ORDER BY date DESC NULLS LAST, CASE status WHEN 'critical' THEN 0 ELSE 1 END, id DESC "
	"LIMIT 10";

static const struct part {
	const char *key, *kinds, *sql;
	bool from_today;
} parts[] = {
	{ "allergies", "wtttt", allergies },
	{ "medications", "wttttttt", medications },
	{ "conditions", "wttttt", conditions },
	{ "upcoming", "twtttt", upcoming, .from_today = true },
	{ "labs", "wwtntnnttt", out_of_range },
	{ "immunizations", "wttw", immunizations },
	{ "emergency_contacts", "wttttb", contacts },
};

static enum result
print_parts(struct work *w, int64_t patient, size_t *total)
{
	char today[DATE_SIZE];
	enum result r = OK;
	size_t n;

	date_of(w->now, today);
	for (size_t i = 0; !r && i < COUNT(parts); i++) {
		const struct value args[] = { value_whole(patient), value_text(today) };

		json_key(&w->call->out, parts[i].key);
		r = listing_plain(w, parts[i].kinds, parts[i].sql, args,
			parts[i].from_today ? 2 : 1, &n);
		*total += n;
	}
	return r;
}

static void
print_reading(struct text *out, const struct series *s, enum units units, struct query *query)
{
	people_moment(out, "at", query_text(query, 1, NULL));
	json_key(out, "value");
	series_print_value(out, s->slot, units, query, 2);
	if (s->second < 0)
		return;
	json_key(out, "second");
	series_print_value(out, s->second, units, query, 3);
}

/* The newest value of a series and the one before. */
static enum result
print_latest(struct work *w, int64_t patient, const struct series *s, enum units units, bool adult)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	enum result r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT id, recorded_date, %s, %s FROM vitals WHERE patient_id = $1 "
		"AND %s IS NOT NULL ORDER BY recorded_date DESC, id DESC LIMIT 2",
		series_column(s), series_second(s), series_column(s)), ARGS(value_whole(patient)));

	if (r)
		return r;
	if (!query_next(query))
		return query_close(&query);
	json_open(out, '{');
	series_print_name(out, s, units);
	json_put_whole(out, "id", query_whole(query, 0));
	print_reading(out, s, units, query);
	series_print_band(out, s, units, adult);
	json_key(out, "before");
	if (query_next(query)) {
		json_open(out, '{');
		json_put_whole(out, "id", query_whole(query, 0));
		print_reading(out, s, units, query);
		json_close(out, '}');
	} else {
		json_nothing(out);
	}
	json_close(out, '}');
	return query_close(&query);
}

static enum result
print_vitals(struct work *w, int64_t patient, enum units units)
{
	bool adult;
	enum result r = series_adult(w, patient, &adult);

	json_key(&w->call->out, "vitals");
	json_open(&w->call->out, '[');
	for (const struct series *s = series_all; !r && s->of; s++)
		r = print_latest(w, patient, s, units, adult);
	json_close(&w->call->out, ']');
	return r;
}

static enum result
print_counts(struct work *w, int64_t patient)
{
	struct text *out = &w->call->out;
	int64_t n = 0;
	enum result r = OK;

	json_key(out, "counts");
	json_open(out, '{');
	for (const struct record *const *rec = personal_catalog.records; !r && *rec; rec++) {
		if (!(*rec)->of_patient || !(*rec)->route || (*rec)->internal)
			continue;
		r = db_one(w->db, arena_printf(w->arena,
			"SELECT COUNT(*) FROM %s WHERE patient_id = $1", (*rec)->name),
			ARGS(value_whole(patient)), &n);
		json_put_whole(out, (*rec)->route, n);
	}
	json_close(out, '}');
	return r;
}

static enum result
show(struct work *w)
{
	enum units units = units_asked(w);
	struct text *out = &w->call->out;
	size_t total = 0;
	int64_t patient;
	enum result r;

	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	json_put_text(out, "units", units_word(units));
	if ((r = print_parts(w, patient, &total)) || (r = print_vitals(w, patient, units)) ||
		(r = print_counts(w, patient)))
		return r;
	json_close(out, '}');
	return reach_note_whole(w, patient, "Read the dashboard", total);
}

static const struct parameter query[] = { UNITS_PARAMETER, { 0 } };

const struct route personal_dashboard_routes[] = {
	{ .method = GET, .path = "/people/{patient_id}/dashboard", .steps = { { READ, show } },
	  .query = query,
	  .summary = "What to know first about a person: allergies, what is taken, what is next.",
	  .about = "Allergies the worst first, current medications and conditions, what is "
		   "planned, the newest vitals with the value before, lab values that are out of "
		   "range, immunizations, whom to call, and how many records there are." },
	{ 0 }
};
