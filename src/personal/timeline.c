/*
 * timeline - all dated records of a person in one order, the newest first.
 *
 * Each type gives its newest rows behind the cursor, found through its index of the
 * patient; they are merged here.  A day counts as older than every moment in it,
 * which is how their texts compare.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/row.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/series.h"

enum { PAGE_MOST = 200, ARGS_MOST = 8 };

/* Where dated rows come from; the order is that of rows of one day. */
static const struct source {
	const struct record *rec;
	const char *date, *title, *subtitle;
	bool moment;
} sources[] = {
	{ &personal_vitals, "recorded_date", "NULL", "location", .moment = true },
	{ &personal_encounters, "date", "reason", "chief_complaint" },
	{ &personal_lab_results, "COALESCE(completed_date, ordered_date)", "test_name",
	  "labs_result" },
	{ &personal_procedures, "date", "procedure_name", "facility" },
	{ &personal_treatments, "start_date", "treatment_name", "treatment_type" },
	{ &personal_medications, "effective_period_start", "medication_name", "dosage" },
	{ &personal_conditions, "onset_date", "diagnosis", "severity" },
	{ &personal_allergies, "onset_date", "allergen", "severity" },
	{ &personal_immunizations, "date_administered", "vaccine_name", "location" },
	{ &personal_insurance, "effective_date", "company_name", "plan_name" },
};

struct event {
	const struct source *source;
	int64_t id;
	const char *key; /* the day or moment as stored */
	const char *title, *subtitle, *status;
};

struct page {
	int64_t patient, limit;
	enum units units;
	const char *from, *to;   /* days; "" none */
	const struct source *after; /* the cursor's; NULL: from the start */
	int64_t after_id;
	char after_key[MOMENT_SIZE];
	bool wanted[COUNT(sources)];
	struct event *events;
	size_t n;
};

/* ---- the query ---- */

static const struct source *
find_source(const char *route)
{
	for (size_t i = 0; i < COUNT(sources); i++)
		if (strcmp(sources[i].rec->route, route) == 0)
			return &sources[i];
	return NULL;
}

static void
read_types(struct work *w, struct page *page)
{
	const char *at = call_query(w->call, "types");
	bool all = !at || !*at;

	for (size_t i = 0; i < COUNT(sources); i++)
		page->wanted[i] = all;
	while (!all && *at) {
		size_t n = strcspn(at, ",");
		const struct source *source = find_source(arena_copy(w->arena, at, n));

		if (source)
			page->wanted[source - sources] = true;
		else
			problem_at(&w->problems, "query", "types", "value_error",
				"There is no such type of record with a date");
		at += n + (at[n] == ',');
	}
}

static const char *
read_day(struct work *w, const char *name)
{
	const char *text = call_query(w->call, name);

	if (!text || !*text)
		return "";
	if (!date_valid(text))
		problem_at(&w->problems, "query", name, "date_parsing",
			"Input should be a valid date");
	return text;
}

/* "moment.source.id", as put_cursor() wrote it. */
static void
read_cursor(struct work *w, struct page *page)
{
	const char *text = call_query(w->call, "cursor");
	const char *first = text ? strchr(text, '.') : NULL;
	const char *second = first ? strchr(first + 1, '.') : NULL;
	int64_t moment, source;

	if (!text || !*text)
		return;
	if (second && text_whole(arena_copy(w->arena, text, (size_t)(first - text)),
			-INT64_C(62135596800000000), INT64_C(253402300799999999), &moment) &&
		text_whole(arena_copy(w->arena, first + 1, (size_t)(second - first - 1)), 0,
			COUNT(sources) - 1, &source) &&
		text_whole(second + 1, 1, INT32_MAX, &page->after_id)) {
		page->after = &sources[source];
		moment_store(moment, page->after_key);
		if (!page->after->moment)
			page->after_key[DATE_SIZE - 1] = '\0';
		return;
	}
	problem_at(&w->problems, "query", "cursor", "value_error", "This cursor is none of ours");
}

/* ---- one source ---- */

struct ask {
	struct text sql;
	struct value args[ARGS_MOST];
	size_t n;
};

static void
bind(struct ask *ask, const struct source *source, const char *how, struct value value)
{
	ask->args[ask->n++] = value;
	text_printf(&ask->sql, " AND %s %s $%zu", source->date, how, ask->n);
}

/* A moment is compared with days by their midnights, a day with moments by their
 * days: both databases then order as the texts do. */
static void
go_on_after(struct work *w, struct ask *ask, const struct source *source, const struct page *page)
{
	const char *key = page->after_key;
	const char *day = arena_copy(w->arena, key, DATE_SIZE - 1);

	if (source->moment != page->after->moment) {
		bind(ask, source, source->moment ? "<" : "<=", value_text(day));
	} else if (source != page->after) {
		bind(ask, source, source < page->after ? "<" : "<=", value_text(key));
	} else {
		bind(ask, source, "<=", value_text(key));
		ask->args[ask->n++] = value_text(key);
		ask->args[ask->n++] = value_whole(page->after_id);
		text_printf(&ask->sql, " AND (%s < $%zu OR id < $%zu)", source->date, ask->n - 1,
			ask->n);
	}
}

static void
write_sql(struct work *w, struct ask *ask, const struct source *source, const struct page *page)
{
	bool status = record_slot(source->rec, "status") >= 0;
	char next[DATE_SIZE];

	text_printf(&ask->sql, "SELECT id, %s, %s, %s, %s", source->date, source->title,
		source->subtitle, status ? "status" : "NULL");
	for (const struct series *s = series_all; source->moment && s->of; s++)
		text_printf(&ask->sql, ", %s, %s", series_column(s), series_second(s));
	ask->args[ask->n++] = value_whole(page->patient);
	text_printf(&ask->sql, " FROM %s WHERE patient_id = $1 AND %s IS NOT NULL",
		source->rec->name, source->date);
	if (*page->from)
		bind(ask, source, ">=", value_text(page->from));
	if (*page->to && strcmp(page->to, "9999-12-31") != 0) {
		date_add(page->to, 1, next);
		bind(ask, source, "<", value_text(arena_text(w->arena, next)));
	}
	if (page->after)
		go_on_after(w, ask, source, page);
	ask->args[ask->n++] = value_whole(page->limit + 1);
	text_printf(&ask->sql, " ORDER BY %s DESC, id DESC LIMIT $%zu", source->date, ask->n);
}

/* A writer of JSON puts commas between values: each is written apart. */
static void
add_value(struct text *out, int slot, enum units units, struct query *query, size_t column)
{
	struct text value CLEANUP(text_close) = { 0 };

	series_print_value(&value, slot, units, query, column);
	text_put(out, value.at, value.len);
}

/* "128/82 mmHg, 72.4 kg": what was measured, in no language. */
static const char *
measured(struct work *w, const struct page *page, struct query *query)
{
	struct text out CLEANUP(text_close) = { 0 };
	size_t column = 5;

	for (const struct series *s = series_all; s->of; s++, column += 2) {
		const char *unit = units_of(&personal_vitals.fields[s->slot], page->units);

		if (query_null(query, column) || !unit)
			continue;
		text_add(&out, out.len ? ", " : "");
		add_value(&out, s->slot, page->units, query, column);
		if (s->second >= 0 && !query_null(query, column + 1)) {
			text_char(&out, '/');
			add_value(&out, s->second, page->units, query, column + 1);
		}
		text_printf(&out, " %s", unit);
	}
	return arena_text(w->arena, text_string(&out));
}

static const char *
shown_status(struct work *w, const struct record *rec, const char *status)
{
	int slot = record_slot(rec, "status");
	const struct choice *c = slot >= 0 ? rec->fields[slot].choices : NULL;

	for (; status && c && c->key; c++)
		if (c->json && strcmp(c->key, status) == 0)
			return c->json;
	return arena_text(w->arena, status);
}

static enum result
collect(struct work *w, struct page *page, const struct source *source)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct ask ask = { 0 };
	const char *sql;
	enum result r;

	write_sql(w, &ask, source, page);
	sql = arena_text(w->arena, text_string(&ask.sql));
	text_close(&ask.sql);
	if ((r = db_query(w->db, &query, sql, ask.args, ask.n)))
		return r;
	while (query_next(query))
		page->events[page->n++] = (struct event){
			.source = source,
			.id = query_whole(query, 0),
			.key = arena_text(w->arena, query_text(query, 1, NULL)),
			.title = source->moment
				? measured(w, page, query)
				: arena_text(w->arena, query_text(query, 2, NULL)),
			.subtitle = arena_text(w->arena, query_text(query, 3, NULL)),
			.status = shown_status(w, source->rec, query_text(query, 4, NULL)),
		};
	return query_close(&query);
}

/* ---- all of them ---- */

static int
newest_first(const void *one, const void *other)
{
	const struct event *a = one, *b = other;
	int order = strcmp(b->key, a->key);

	if (order)
		return order;
	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	return a->id > b->id ? -1 : a->id < b->id;
}

static void
print_event(struct text *out, const struct event *event)
{
	char iso[ISO_SIZE];

	json_open(out, '{');
	json_key(out, "date");
	json_bytes(out, event->key, DATE_SIZE - 1);
	json_key(out, "at");
	if (event->source->moment)
		json_bytes(out, iso, moment_reprint(event->key, strlen(event->key), iso));
	else
		json_nothing(out);
	json_put_text(out, "type", event->source->rec->route);
	json_put_whole(out, "id", event->id);
	json_put_text(out, "title", event->title);
	json_put_text(out, "subtitle", event->subtitle);
	json_put_text(out, "status", event->status);
	json_close(out, '}');
}

static void
put_cursor(struct work *w, const struct event *last)
{
	char stored[MOMENT_SIZE + 16];
	int64_t moment = 0;

	json_key(&w->call->out, "next_cursor");
	if (!last) {
		json_nothing(&w->call->out);
		return;
	}
	(void)snprintf(stored, sizeof(stored), "%s%s", last->key,
		last->source->moment ? "" : " 00:00:00.000000");
	(void)moment_load(stored, &moment);
	json_text(&w->call->out, arena_printf(w->arena, "%lld.%d.%lld", (long long)moment,
		(int)(last->source - sources), (long long)last->id));
}

static enum result
print_page(struct work *w, struct page *page)
{
	struct text *out = &w->call->out;
	size_t n = page->n < (size_t)page->limit ? page->n : (size_t)page->limit;

	qsort(page->events, page->n, sizeof(*page->events), newest_first);
	json_open(out, '{');
	json_put_whole(out, "patient_id", page->patient);
	json_put_text(out, "units", units_word(page->units));
	json_key(out, "items");
	json_open(out, '[');
	for (size_t i = 0; i < n; i++)
		print_event(out, &page->events[i]);
	json_close(out, ']');
	put_cursor(w, n < page->n ? &page->events[n - 1] : NULL);
	json_close(out, '}');
	return reach_note_whole(w, page->patient, "Read the timeline", n);
}

static enum result
show(struct work *w)
{
	struct page page = { .limit = call_whole(w, "limit"), .units = units_asked(w) };
	enum result r;

	page.from = read_day(w, "from");
	page.to = read_day(w, "to");
	read_types(w, &page);
	read_cursor(w, &page);
	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &page.patient)))
		return r;
	page.events = arena_new(w->arena,
		COUNT(sources) * (size_t)(page.limit + 1) * sizeof(*page.events));
	for (size_t i = 0; i < COUNT(sources); i++)
		if (page.wanted[i] && (r = collect(w, &page, &sources[i])))
			return r;
	return print_page(w, &page);
}

static const struct parameter query[] = {
	{ .name = "from", .type = TYPE_DATE, .help = "First day." },
	{ .name = "to", .type = TYPE_DATE, .help = "Last day." },
	{ .name = "types", .type = TYPE_TEXT,
	  .help = "Only these types, as in the paths of the records, with commas." },
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "50", .min = 1, .max = PAGE_MOST,
	  .help = "Records answered at most." },
	{ .name = "cursor", .type = TYPE_TEXT, .help = "next_cursor of the page before." },
	UNITS_PARAMETER,
	{ 0 }
};

const struct route personal_timeline_routes[] = {
	{ .method = GET, .path = "/people/{patient_id}/timeline", .steps = { { READ, show } },
	  .query = query,
	  .summary = "All dated records of a person in one order, the newest first." },
	{ 0 }
};
