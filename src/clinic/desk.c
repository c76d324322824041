/*
 * desk - the practice's page: each answer instead of many.
 */
#include "clinic/desk.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/page.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "clinic/rows.h"
#include "engine/activity.h"

enum { DAYS_MOST = 42, APPOINTMENTS_MOST = 5000, PROVIDERS_MOST = 1000 };

/* ---- who I am ---- */

static enum result
check_person(struct work *w)
{
	return w->actor.kind == USER ? OK
		: rights_deny(w, NULL, "This is for people who are signed in.");
}

static void
print_rights(struct text *out, const struct resource *res, int role)
{
	static const struct {
		unsigned right;
		const char *word;
	} words[] = { { LOOK, "read" }, { CHANGE, "write" }, { REMOVE, "delete" } };

	json_key(out, res->word);
	json_open(out, '[');
	for (size_t i = 0; i < COUNT(words); i++)
		if (res->rights[role] & words[i].right)
			json_text(out, words[i].word);
	json_close(out, ']');
}

static enum result
show_me(struct work *w)
{
	struct text *out = &w->call->out;
	int role = role_of(w->actor.role);
	enum result r = check_person(w);

	if (r)
		return r;
	json_open(out, '{');
	json_put_whole(out, "user_id", w->actor.id);
	json_put_text(out, "username", w->actor.name);
	json_put_text(out, "role", w->actor.role);
	json_put_bool(out, "decides_proposals", role == ROLE_DOCTOR || role == ROLE_ADMIN);
	json_put_text(out, "timezone", moment_zone_name());
	json_key(out, "rights");
	json_open(out, '{');
	for (const struct resource *res = resources; res->rec; res++)
		print_rights(out, res, role);
	json_close(out, '}');
	json_close(out, '}');
	return OK;
}

/* ---- the calendar ---- */

struct span {
	const char *from, *to;
	char today[DATE_SIZE], last[DATE_SIZE];
};

static void
read_span(struct work *w, struct span *span)
{
	const char *from = call_query(w->call, "from");
	int64_t days = call_whole(w, "days");

	date_of(w->now, span->today);
	span->from = from && *from ? from : span->today;
	span->to = span->last;
	if (!date_valid(span->from)) {
		problem_at(&w->problems, "query", "from", "value_error", "is no day");
		span->from = span->today;
	}
	date_add(span->from, (int)days - 1, span->last);
}

static enum result
print_appointments(struct work *w, const struct span *span)
{
	struct page page CLEANUP(page_close) = page_of(resource_of(&clinic_appointments));
	const char *npi = call_query(w->call, "provider_npi");

	page.list.limit = APPOINTMENTS_MOST;
	list_and(&page.list, "date >= ?", value_text(span->from));
	list_and(&page.list, "date <= ?", value_text(span->to));
	if (npi && *npi)
		list_and(&page.list, "provider_id IN (SELECT id FROM providers WHERE npi = ?)",
			value_text(npi));
	if (rights_bound(w))
		list_where(&page.list, "patient_id", value_whole(w->actor.patient));
	json_key(&w->call->out, "appointments");
	return page_print(w, &page, &w->call->out);
}

static enum result
print_providers(struct work *w)
{
	struct page page CLEANUP(page_close) = page_of(resource_of(&clinic_providers));

	page.list.limit = PROVIDERS_MOST;
	json_key(&w->call->out, "providers");
	return page_print(w, &page, &w->call->out);
}

static enum result
show_calendar(struct work *w)
{
	struct text *out = &w->call->out;
	struct span span;
	enum result r;

	read_span(w, &span);
	if ((r = call_sound(w)) || (r = access_record(w, &clinic_appointments, SEE)) ||
		(r = access_record(w, &clinic_providers, SEE)))
		return r;
	json_open(out, '{');
	json_put_text(out, "from", span.from);
	json_put_text(out, "to", span.to);
	json_put_text(out, "today", span.today);
	if ((r = print_providers(w)) || (r = print_appointments(w, &span)))
		return r;
	json_close(out, '}');
	return OK;
}

/* What a page that stays open asks every few seconds: nothing of a chart is in it, so
 * it leaves no entry in the log, which such pages would fill.  Of the days shown only:
 * it must cost no more when the practice has grown old. */
static enum result
show_state(struct work *w)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	struct span span;
	enum result r = check_person(w);

	read_span(w, &span);
	if (r || (r = call_sound(w)) || (r = access_record(w, &clinic_appointments, SEE)) ||
		(r = db_query(w->db, &query,
			 "SELECT count(*), max(id), max(updated_at) FROM appointments "
			 "WHERE date >= $1 AND date <= $2",
			 ARGS(value_text(span.from), value_text(span.to)))))
		return r;
	json_open(out, '{');
	if (query_next(query)) {
		const char *last = query_text(query, 2, NULL);

		json_put_text(out, "state", arena_printf(w->arena, "%lld.%lld.%s",
			(long long)query_whole(query, 0), (long long)query_whole(query, 1),
			last ? last : ""));
	}
	json_close(out, '}');
	return query_close(&query);
}

/* ---- the activity ---- */

static enum result
show_activity(struct work *w)
{
	struct activity activity = {
		.patient_key = "(SELECT mrn FROM patients WHERE patients.id = activity_log.patient_id)",
		.zone = true,
	};
	const char *mrn = call_query(w->call, "patient_mrn");
	int role = role_of(w->actor.role);
	enum result r;

	activity_read(w, &activity);
	if (w->actor.kind != USER || (role != ROLE_DOCTOR && role != ROLE_ADMIN))
		return rights_deny(w, NULL,
			"The activity is for doctors and administrators who are signed in.");
	if ((r = call_sound(w)) || (r = access_record(w, &clinic_patients, SEE)))
		return r;
	if (mrn && *mrn && (r = rows_patient(w, mrn, &activity.patient)))
		return r;
	return activity_answer(w, &activity, "Read the activity");
}

#define DAYS_PARAMETERS                                                                \
	{ .name = "from", .type = TYPE_DATE, .help = "First day; today." },            \
	{ .name = "days", .type = TYPE_WHOLE, .initial = "7", .min = 1, .max = DAYS_MOST, \
	  .help = "How many days." }
static const struct parameter days_query[] = { DAYS_PARAMETERS, { 0 } };
static const struct parameter calendar_query[] = {
	DAYS_PARAMETERS,
	{ .name = "provider_npi", .type = TYPE_TEXT, .help = "Only of this provider." },
	{ 0 }
};
static const struct parameter activity_query[] = {
	ACTIVITY_PARAMETERS,
	{ .name = "patient_mrn", .type = TYPE_TEXT, .help = "Only about this patient." },
	{ 0 }
};

const struct route desk_routes[] = {
	{ .method = GET, .path = "/clinic/v1/me", .need = NEED_USER, .steps = { { READ, show_me } },
	  .summary = "Who is signed in at the practice, and what they may do." },
	{ .method = GET, .path = "/clinic/v1/calendar", .need = NEED_USER,
	  .steps = { { READ, show_calendar } }, .scope = "read:appointments",
	  .query = calendar_query,
	  .summary = "All appointments of some days, and all providers." },
	{ .method = GET, .path = "/clinic/v1/calendar/state", .need = NEED_USER,
	  .steps = { { READ, show_state } }, .scope = "read:appointments",
	  .query = days_query,
	  .summary = "A word that is another one after any change of these days' appointments." },
	{ .method = GET, .path = "/clinic/v1/activity", .need = NEED_USER,
	  .steps = { { READ, show_activity } }, .query = activity_query,
	  .summary = "Who did and saw what in the charts, the newest first.",
	  .about = "For doctors and administrators who are signed in." },
	{ 0 }
};
