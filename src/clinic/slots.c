/*
 * slots - a provider's and a patient's time can be given away once.
 *
 * Not a constraint, because imports may hold old overlaps.  The rows of the
 * provider and the patient are locked by an update that changes nothing: both
 * databases have it, and on PostgreSQL it makes racing requests stand in line.
 */
#include "clinic/slots.h"

#include "base/moment.h"
#include "clinic/clock.h"
#include "clinic/records.h"

struct span {
	int64_t from, to; /* minutes since 1970, the practice's clock */
};

static struct span
span_of(const char *date, const char *time, int64_t minutes)
{
	int start = clock_minutes(time);
	struct span span = { -1, -1 };

	if (!date || start < 0)
		return span; /* imported nonsense takes no time */
	span.from = date_number(date) * 1440 + start;
	span.to = span.from + (minutes > 0 ? minutes : 30);
	return span;
}

static enum result
look(struct work *w, const char *sql, int64_t who, const struct row *row, const char *message)
{
	const char *date = row_text(row, APPOINTMENTS_DATE);
	struct span want = span_of(date, row_text(row, APPOINTMENTS_TIME),
		row_whole(row, APPOINTMENTS_DURATION_MINUTES));
	char before[DATE_SIZE], after[DATE_SIZE];
	struct query *query = NULL;
	bool taken = false;
	enum result r;

	date_add(date, -1, before);
	date_add(date, 1, after);
	if ((r = db_query(w->db, &query, sql, ARGS(value_whole(who), value_text(before),
			value_text(after), value_whole(row->id)))))
		return r;
	while (!taken && query_next(query)) {
		struct span span = span_of(query_text(query, 0, NULL),
			query_text(query, 1, NULL), query_whole(query, 2));

		taken = span.from >= 0 && span.from < want.to && want.from < span.to;
	}
	if (taken) {
		query_drop(&query);
		return fail(w, CONFLICT, message);
	}
	return query_close(&query);
}

static enum result
look_new(struct work *w, int64_t provider, int64_t patient)
{
	int64_t closed, seen;
	enum result r = db_one(w->db, "SELECT count(*) FROM providers WHERE id = $1 "
		"AND accepting_new_patients = FALSE", ARGS(value_whole(provider)), &closed);

	if (r || !closed)
		return r;
	r = db_one(w->db, "SELECT count(*) FROM appointments WHERE provider_id = $1 "
		"AND patient_id = $2 AND status <> 'cancelled'",
		ARGS(value_whole(provider), value_whole(patient)), &seen);
	if (r || seen)
		return r;
	return fail(w, CONFLICT, "This provider is not accepting new patients.");
}

enum result
slots_take(struct work *w, const struct row *row)
{
	int64_t provider = row_whole(row, APPOINTMENTS_PROVIDER_ID);
	int64_t patient = row_whole(row, APPOINTMENTS_PATIENT_ID);
	bool new_provider = !row->before ||
		row_whole(row->before, APPOINTMENTS_PROVIDER_ID) != provider;
	enum result r;

	if ((r = db_run(w->db, "UPDATE providers SET npi = npi WHERE id = $1",
			ARGS(value_whole(provider)), NULL)) ||
		(r = db_run(w->db, "UPDATE patients SET mrn = mrn WHERE id = $1",
			ARGS(value_whole(patient)), NULL)))
		return r;
	if (new_provider && (r = look_new(w, provider, patient)))
		return r;
	r = look(w, "SELECT date, time, duration_minutes FROM appointments "
		"WHERE provider_id = $1 AND date BETWEEN $2 AND $3 AND status <> 'cancelled' "
		"AND id <> $4", provider, row, "The provider is taken at that time.");
	if (r)
		return r;
	return look(w, "SELECT date, time, duration_minutes FROM appointments "
		"WHERE patient_id = $1 AND date BETWEEN $2 AND $3 AND status <> 'cancelled' "
		"AND id <> $4", patient, row,
		"The patient has another appointment at that time.");
}
