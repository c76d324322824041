/*
 * tools_visits - providers, and appointments with them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/charts.h"
#include "clinic/clock.h"
#include "clinic/filter.h"
#include "clinic/page.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "clinic/rows.h"
#include "clinic/rpc.h"
#include "clinic/slots.h"
#include "clinic/tool_schema.h"
#include "clinic/tools.h"
#include "clinic/writes.h"
#include "engine/store.h"

#define PROVIDER_WORDS "npi:s name:s specialty:s? department:s? phone:s? email:s? " \
	"accepting_new_patients:b?"
#define PROVIDER_COLUMNS "npi, name, specialty, department, phone, email, accepting_new_patients"
#define BOOKED_WORDS "appointment{appointment_id:s date:s time:s provider:s? department:s? " \
	"status:s? duration_minutes:i?}"
#define KEY_FIELD(slot, key, text, ...)                                                \
	TEXT(slot, key, text, .required = true, .trim = true, .min = 1, .max = 20, __VA_ARGS__)

enum { FOUND_MOST = 50, NEXT_FREE = 3, NEXT_DAYS = 30 };

/* ---- providers ---- */

enum { TERM, TERM__COUNT };

static const struct field term_fields[TERM__COUNT] = {
	TEXT(TERM, "search_term", "Search term", .required = true, .trim = true, .min = 1,
		.max = 200, .help = "Words of the name, specialty, department or NPI."),
};

static enum result
search_providers(struct work *w, const struct row *in, struct text *out)
{
	struct page page CLEANUP(page_close) = page_of(resource_of(&clinic_providers));
	struct text found CLEANUP(text_close) = { 0 };
	struct list *list = &page.list;
	struct asked asked;
	size_t n = 0;
	enum result r;

	filter_words(w, &page, row_text(in, TERM));
	if ((r = call_sound(w)))
		return r;
	asked = (struct asked){
		.words = PROVIDER_WORDS,
		.sql = arena_printf(w->arena,
			"SELECT " PROVIDER_COLUMNS " FROM providers%.*s ORDER BY name, npi, id LIMIT %d",
			(int)list->where.len, list->where.at ? list->where.at : "", FOUND_MOST),
		.args = list->args,
		.n_args = list->n_args,
	};
	if ((r = schema_rows(w, &asked, &found, &n)))
		return r;
	json_open(out, '{');
	json_put_text(out, "status", n ? "success" : "not_found");
	json_put_whole(out, "count", (int64_t)n);
	json_key(out, "providers");
	json_raw(out, found.at, found.len);
	if (!n)
		json_put_text(out, "suggestion", "Try a specialty, or only part of the name.");
	json_close(out, '}');
	return OK;
}

enum { NPI, NPI__COUNT };

static const struct field npi_fields[NPI__COUNT] = {
	KEY_FIELD(NPI, "npi", "NPI", .help = "National Provider Identifier of the provider."),
};

static enum result
missing_provider(struct work *w, const char *npi)
{
	return fail(w, MISSING, arena_printf(w->arena, "Provider with NPI %.20s not found", npi));
}

static enum result
get_provider(struct work *w, const struct row *in, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT " PROVIDER_COLUMNS " FROM providers "
		"WHERE npi = $1", ARGS(value_text(row_text(in, NPI))));

	if (r)
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : missing_provider(w, row_text(in, NPI));
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_key(out, "provider");
	schema_row(w, PROVIDER_WORDS, query, out);
	json_close(out, '}');
	return query_close(&query);
}

static enum result
find_provider(struct work *w, const char *npi, int64_t *id)
{
	enum result r = db_one(w->db, "SELECT id FROM providers WHERE npi = $1",
		ARGS(value_text(npi)), id);

	return r == MISSING ? missing_provider(w, npi) : r;
}

/* ---- what is booked ---- */

enum { LIST_MRN, LIST_STATUS, LIST__COUNT };

static const struct choice statuses[] = {
	{ "scheduled", "Scheduled" }, { "completed", "Completed" }, { "cancelled", "Cancelled" },
	{ 0 }
};

static const struct field list_fields[LIST__COUNT] = {
	KEY_FIELD(LIST_MRN, "mrn", "MRN", .help = MRN_HELP),
	CHOICE(LIST_STATUS, "status", "Status", statuses, .help = "Only those in this state."),
};

static enum result
get_appointments(struct work *w, const struct row *in, struct text *out)
{
	int64_t patient = 0;
	enum result r = charts_patient(w, row_text(in, LIST_MRN), &patient);

	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "mrn", row_text(in, LIST_MRN));
	json_key(out, "appointments");
	if ((r = charts_list(w, CHART_APPOINTMENTS, patient, row_text(in, LIST_STATUS), out)))
		return r;
	json_close(out, '}');
	return OK;
}

static enum result
print_booked(struct work *w, const struct row *row, const char *message, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT appointment_id, date, time, "
		"(SELECT name FROM providers WHERE id = appointments.provider_id), department, "
		"status, duration_minutes FROM appointments WHERE id = $1",
		ARGS(value_whole(row->id)));

	if (r)
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : MISSING;
	json_open(out, '{');
	json_put_text(out, "status", "success");
	json_put_text(out, "message", message);
	json_key(out, "appointment");
	schema_row(w, "appointment_id:s date:s time:s provider:s? department:s? status:s? "
		"duration_minutes:i?", query, out);
	writes_warning(w, out);
	json_close(out, '}');
	return query_close(&query);
}

/* ---- free times ---- */

enum { OPEN_NPI, OPEN_FROM, OPEN_DAYS, OPEN_MINUTES, OPEN_MOST, OPEN__COUNT };

static const struct field open_fields[OPEN__COUNT] = {
	KEY_FIELD(OPEN_NPI, "provider_npi", "NPI", .help = "NPI of the provider."),
	DATE(OPEN_FROM, "date_from", "From this day on; today when it is not given"),
	WHOLE(OPEN_DAYS, "days", "How many days to look ahead", .initial = "14", .min = 1,
		.max = SLOTS_DAYS),
	WHOLE(OPEN_MINUTES, "duration_minutes", "Minutes", .initial = "30", .min = 5,
		.max = 480),
	WHOLE(OPEN_MOST, "limit", "How many at most", .initial = "20", .min = 1,
		.max = SLOTS_MOST),
};

static enum result
find_open_slots(struct work *w, const struct row *in, struct text *out)
{
	struct slot *slots = arena_new(w->arena, SLOTS_MOST * sizeof(*slots));
	size_t n = (size_t)row_whole(in, OPEN_MOST);
	const char *from = row_text(in, OPEN_FROM);
	char today[DATE_SIZE];
	int64_t provider = 0;
	enum result r;

	date_of(w->now, today);
	if (!from || strcmp(from, today) < 0)
		from = today;
	if ((r = find_provider(w, row_text(in, OPEN_NPI), &provider)) ||
		(r = slots_free(w,
			 &(struct opening){
				 .provider = provider,
				 .from = from,
				 .days = (int)row_whole(in, OPEN_DAYS),
				 .minutes = (int)row_whole(in, OPEN_MINUTES),
			 },
			 slots, &n)))
		return r;
	json_open(out, '{');
	json_put_text(out, "status", n ? "success" : "not_found");
	json_put_text(out, "provider_npi", row_text(in, OPEN_NPI));
	json_put_whole(out, "count", (int64_t)n);
	json_key(out, "slots");
	slots_print(slots, n, out);
	json_close(out, '}');
	return OK;
}

/* Who finds a time taken is told the next ones that are not. */
static enum result
offer(struct work *w, const struct row *row, enum result refused)
{
	struct turn *turn = rpc_turn(w);
	struct failure failure = w->failure;
	struct slot slots[NEXT_FREE];
	struct text out CLEANUP(text_close) = { 0 };
	size_t n = NEXT_FREE;
	enum result r;

	if (refused != CONFLICT || !row_has(row, APPOINTMENTS_DATE))
		return refused;
	r = slots_free(w,
		&(struct opening){
			.provider = row_whole(row, APPOINTMENTS_PROVIDER_ID),
			.patient = row_whole(row, APPOINTMENTS_PATIENT_ID),
			.from = row_text(row, APPOINTMENTS_DATE),
			.days = NEXT_DAYS,
			.minutes = (int)row_whole(row, APPOINTMENTS_DURATION_MINUTES),
		},
		slots, &n);
	w->failure = failure;
	if (r)
		return r;
	json_key(&out, "next_free");
	slots_print(slots, n, &out);
	turn->more = arena_copy(w->arena, out.at, out.len);
	return refused;
}

/* ---- booking ---- */

enum { BOOK_MRN, BOOK_NPI, BOOK_DATE, BOOK_TIME, BOOK_REASON, BOOK_MINUTES, BOOK_TYPE,
	BOOK__COUNT };

static const struct field book_fields[BOOK__COUNT] = {
	KEY_FIELD(BOOK_MRN, "mrn", "MRN", .help = MRN_HELP),
	KEY_FIELD(BOOK_NPI, "provider_npi", "NPI", .help = "NPI of the provider."),
	DATE(BOOK_DATE, "date", "Day of the appointment", .required = true),
	TEXT(BOOK_TIME, "time", "Time", .required = true, .min = 1, .max = 20,
		.help = "In the practice's zone, such as 14:30 or 2:30 PM."),
	NOTE(BOOK_REASON, "reason", "Why the patient comes", .max = 5000),
	WHOLE(BOOK_MINUTES, "duration_minutes", "Minutes", .min = 5, .max = 480,
		.help = "How long it takes; 30 when not given."),
	TEXT(BOOK_TYPE, "appointment_type", "Type, such as Follow-up", .max = 50),
};

/* The provider's department is the appointment's. */
static enum result
set_department(struct work *w, const char *npi, json_t *body)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT department FROM providers WHERE npi = $1",
		ARGS(value_text(npi)));

	if (r)
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : missing_provider(w, npi);
	if (!query_null(query, 0))
		json_object_set_new(body, "department", json_string(query_text(query, 0, NULL)));
	return query_close(&query);
}

static enum result
schedule(struct work *w, const struct row *in, struct text *out)
{
	json_t *body = writes_body(w, in, NULL);
	int64_t patient = 0;
	struct row *row = NULL;
	enum result r;

	if ((r = charts_patient(w, row_text(in, BOOK_MRN), &patient)) ||
		(r = set_department(w, row_text(in, BOOK_NPI), body)))
		return r;
	r = writes_create(w, &clinic_appointments, body, patient, &row);
	return r ? offer(w, row, r) : print_booked(w, row, "The appointment is scheduled.", out);
}

enum { MOVE_ID, MOVE_DATE, MOVE_TIME, MOVE_REASON, MOVE_NPI, MOVE_MINUTES, MOVE__COUNT };

static const struct field move_fields[MOVE__COUNT] = {
	KEY_FIELD(MOVE_ID, "appointment_id", "Appointment", .help = "Such as APT001."),
	DATE(MOVE_DATE, "date", "New day", .required = true),
	TEXT(MOVE_TIME, "time", "New time", .required = true, .min = 1, .max = 20,
		.help = "In the practice's zone, such as 14:30 or 2:30 PM."),
	NOTE(MOVE_REASON, "reason", "Why it is moved", .required = true, .min = 1, .max = 5000),
	TEXT(MOVE_NPI, "provider_npi", "NPI of another provider, if any", .min = 1, .max = 20),
	WHOLE(MOVE_MINUTES, "duration_minutes", "Minutes, if they change", .min = 5, .max = 480),
};

/* Its own reason is why the patient comes; this one is why it changes. */
static const struct renamed change_reason[] = { { "reason", "change_reason" }, { 0 } };

static enum result
missing(struct work *w, enum result r, const char *what, const char *key)
{
	if (r != MISSING || w->failure.message)
		return r;
	return fail(w, MISSING, arena_printf(w->arena, "%s %.20s not found", what, key));
}

static enum result
reschedule(struct work *w, const struct row *in, struct text *out)
{
	const char *key = row_text(in, MOVE_ID);
	struct row *row = NULL;
	enum result r = writes_change(w, &clinic_appointments, key,
		writes_body(w, in, change_reason), &row);

	if (r)
		return missing(w, row ? offer(w, row, r) : r, "Appointment", key);
	return print_booked(w, row, "The appointment was moved.", out);
}

enum { CANCEL_ID, CANCEL_REASON, CANCEL__COUNT };

static const struct field cancel_fields[CANCEL__COUNT] = {
	KEY_FIELD(CANCEL_ID, "appointment_id", "Appointment", .help = "Such as APT001."),
	NOTE(CANCEL_REASON, "reason", "Why it is cancelled", .required = true, .min = 1,
		.max = 5000),
};

static enum result
cancel(struct work *w, const struct row *in, struct text *out)
{
	const char *key = row_text(in, CANCEL_ID);
	json_t *body = writes_body(w, in, change_reason);
	struct row *row;
	enum result r;

	json_object_set_new(body, "status", json_string("cancelled"));
	if ((r = writes_change(w, &clinic_appointments, key, body, &row)))
		return missing(w, r, "Appointment", key);
	return print_booked(w, row, "The appointment is cancelled.", out);
}

const struct tool tools_visits[] = {
	{
		.name = "get_appointments",
		.title = "Appointments",
		.about = "Lists a patient's appointments in the order of time.",
		INPUT(list_fields),
		.output = "status:s mrn:s appointments[appointment_id:s date:s time:s type:s? "
			  "provider:s? department:s? location:s? status:s? reason:s?]",
		.rec = &clinic_appointments,
		.verb = SEE,
		.manner = READS,
		.run = get_appointments,
	},
	{
		.name = "schedule_appointment",
		.title = "Schedule an appointment",
		.about = "Books an appointment of a patient with a provider. A taken time is "
			 "refused with the next three free ones.",
		INPUT(book_fields),
		.output = "status:s message:s " BOOKED_WORDS " next_free[date:s time:s]",
		.rec = &clinic_appointments,
		.verb = EDIT,
		.manner = CREATES,
		.run = schedule,
	},
	{
		.name = "reschedule_appointment",
		.title = "Move an appointment",
		.about = "Moves an appointment to another day and time, with the reason.",
		INPUT(move_fields),
		.output = "status:s message:s " BOOKED_WORDS " next_free[date:s time:s]",
		.rec = &clinic_appointments,
		.verb = EDIT,
		.manner = CHANGES,
		.run = reschedule,
	},
	{
		.name = "cancel_appointment",
		.title = "Cancel an appointment",
		.about = "Cancels an appointment, with the reason; its time is free again.",
		INPUT(cancel_fields),
		.output = "status:s message:s " BOOKED_WORDS,
		.rec = &clinic_appointments,
		.verb = EDIT,
		.manner = DESTROYS,
		.run = cancel,
	},
	{
		.name = "find_open_slots",
		.title = "Free times of a provider",
		.about = "Lists the free times of a provider on working days.",
		INPUT(open_fields),
		.output = "status:s provider_npi:s count:i slots[date:s time:s]",
		.rec = &clinic_providers,
		.verb = SEE,
		.manner = READS,
		.run = find_open_slots,
	},
	{
		.name = "search_providers",
		.title = "Search providers",
		.about = "Finds doctors, nurses and specialists by words of their name, specialty "
			 "or department.",
		INPUT(term_fields),
		.output = "status:s count:i providers[" PROVIDER_WORDS "] suggestion:s",
		.rec = &clinic_providers,
		.verb = SEE,
		.manner = READS,
		.run = search_providers,
	},
	{
		.name = "get_provider",
		.title = "One provider",
		.about = "Reads a provider's specialty, department and contact details.",
		INPUT(npi_fields),
		.output = "status:s provider{" PROVIDER_WORDS "}",
		.rec = &clinic_providers,
		.verb = SEE,
		.manner = READS,
		.run = get_provider,
	},
	{ 0 }
};
