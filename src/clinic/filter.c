/*
 * filter - the query of a list.
 */
#include "clinic/filter.h"

#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "engine/call.h"
#include "engine/form.h"
#include "engine/row.h"

enum { WORDS_MOST = 8, FILTERS_MOST = 12 };

const struct parameter filter_parameters[] = {
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "50", .min = 1, .max = 200,
	  .help = "How many at most." },
	{ .name = "cursor", .type = TYPE_TEXT, .help = "next_cursor of the page before." },
	{ .name = "q", .type = TYPE_TEXT, .help = "Words to look for, in any order." },
	{ .name = "patient_mrn", .type = TYPE_TEXT, .help = "Of this patient." },
	{ .name = "provider_npi", .type = TYPE_TEXT, .help = "With this provider." },
	{ .name = "status", .type = TYPE_TEXT, .help = "In this state." },
	{ .name = "upcoming", .type = TYPE_BOOL,
	  .help = "Appointments: scheduled, from today on." },
	{ 0 }
};

static bool
is_indexed(const struct record *rec, const struct field *f)
{
	size_t n = strlen(f->name);

	if (f->hidden || f->secret)
		return false;
	if (f->type == TYPE_CHOICE || f->type == TYPE_BOOL || f->type == TYPE_REF || f->unique)
		return true;
	for (const struct index *index = rec->indexes; index && index->columns; index++)
		if (strncmp(index->columns, f->name, n) == 0 &&
			(index->columns[n] == ',' || !index->columns[n]))
			return true;
	return false;
}

static void
report(struct work *w, const char *name, const char *text)
{
	problem_at(&w->problems, "query", name, "value_error", "%s", text);
}

static bool
read_value(struct work *w, const struct field *f, const char *text, struct value *out)
{
	bool bare = f->type == TYPE_MOMENT && !moment_has_zone(text);
	char stored[MOMENT_SIZE];
	int64_t moment;
	json_t *json;
	bool read;

	if (bare) {
		if (!moment_parse(text, true, &moment)) {
			report(w, f->name, "is no moment");
			return false;
		}
		moment_store(moment, stored);
		*out = value_text(arena_text(w->arena, stored));
		return true;
	}
	json = json_string(text);
	read = form_value(w, f, json, out);
	json_decref(json);
	return read;
}

/* "date_from", "date_to": the column before the suffix, if it is a day or moment. */
static int
ranged(const struct work *w, const struct record *rec, const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);
	int slot;

	if (n <= m || strcmp(name + n - m, suffix) != 0)
		return -1;
	slot = record_slot(rec, arena_copy(w->arena, name, n - m));
	if (slot < 0 || (rec->fields[slot].type != TYPE_DATE && rec->fields[slot].type != TYPE_MOMENT))
		return -1;
	return slot;
}

static bool
add_field(struct work *w, struct page *page, const char *name, const char *text)
{
	const struct record *rec = page->res->rec;
	const char *how = "=";
	int slot = record_slot(rec, name);
	struct value value;

	if (slot >= 0 && !is_indexed(rec, &rec->fields[slot]))
		return false;
	if (slot < 0 && (slot = ranged(w, rec, name, "_from")) >= 0)
		how = ">=";
	else if (slot < 0 && (slot = ranged(w, rec, name, "_to")) >= 0)
		how = "<=";
	if (slot < 0)
		return false;
	if (read_value(w, &rec->fields[slot], text, &value))
		list_and(&page->list, arena_printf(w->arena, "%s %s ?", rec->fields[slot].name,
			how), value);
	return true;
}

static bool
add_parent(struct page *page, const char *name, const char *text)
{
	const struct resource *res = page->res;

	if (res->rec->of_patient && strcmp(name, "patient_mrn") == 0)
		list_and(&page->list, "patient_id IN (SELECT id FROM patients WHERE mrn = ?)",
			value_text(text));
	else if (res->provider >= 0 && strcmp(name, "provider_npi") == 0)
		list_and(&page->list, "provider_id IN (SELECT id FROM providers WHERE npi = ?)",
			value_text(text));
	else
		return false;
	return true;
}

static const char *
searched(struct work *w, const struct resource *res)
{
	struct text out CLEANUP(text_close) = { 0 };

	if (res->search)
		return res->search;
	for (size_t i = 0; i < res->rec->n_fields; i++)
		if (res->rec->fields[i].searchable)
			text_printf(&out, "%sLOWER(%s)", out.len ? " || ' ' || " : "",
				res->rec->fields[i].name);
	return out.len ? arena_copy(w->arena, out.at, out.len) : NULL;
}

void
filter_words(struct work *w, struct page *page, const char *text)
{
	const char *where = searched(w, page->res);
	const char *at = text_fold(w->arena, text);

	if (!where) {
		report(w, "q", "has nothing to look through here");
		return;
	}
	for (int i = 0; i < WORDS_MOST && *(at += strspn(at, " \t,")); i++) {
		size_t n = strcspn(at, " \t,");
		const char *word = arena_copy(w->arena, at, n);

		list_and(&page->list, arena_printf(w->arena, "%s LIKE ? ESCAPE '\\'", where),
			value_text(list_pattern(w->arena, "%", word, "%")));
		at += n;
	}
}

static void
add_upcoming(struct work *w, struct page *page)
{
	char today[DATE_SIZE];

	if (!call_bool(w, "upcoming"))
		return;
	date_of(w->now, today);
	list_where(&page->list, "status", value_text("scheduled"));
	list_and(&page->list, "date >= ?", value_text(arena_text(w->arena, today)));
}

void
filter_read(struct work *w, struct page *page)
{
	const struct call *call = w->call;
	bool dated = record_slot(page->res->rec, "date") >= 0;

	page->list.limit = call_whole(w, "limit");
	if (call->n_query > FILTERS_MOST)
		report(w, "", "Too many filters.");
	for (size_t i = 0; i < call->n_query && i < FILTERS_MOST; i++) {
		const char *name = call->query[i].name, *text = call->query[i].value;

		if (strcmp(name, "limit") == 0)
			continue;
		if (strcmp(name, "cursor") == 0)
			page_after(w, page, text);
		else if (strcmp(name, "q") == 0)
			filter_words(w, page, text);
		else if (dated && strcmp(name, "upcoming") == 0)
			add_upcoming(w, page);
		else if (!add_parent(page, name, text) && !add_field(w, page, name, text))
			report(w, name, "is no filter of this list");
	}
}
