/*
 * listing - reads a list's query into SQL conditions and answers the rows.
 */
#include "personal/listing.h"

#include <string.h>

#include "base/moment.h"
#include "engine/form.h"
#include "personal/etag.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/select.h"

const struct parameter listing_page[] = { LISTING_PAGE, { 0 } };
const struct parameter listing_active[] = { LISTING_PAGE, LISTING_ACTIVE, { 0 } };
const struct parameter listing_tagged[] = { LISTING_PAGE, LISTING_TAGS, { 0 } };

/* How a list is ordered when a filter is used, where the contract says so. */
static const struct ordering {
	const struct record *rec;
	const char *filter, *order;
} orderings[] = {
	{ &personal_allergies, "severity", "onset_date DESC, id DESC" },
	{ &personal_allergies, "allergen", "severity DESC, id DESC" },
	{ &personal_immunizations, "vaccine_name", "date_administered DESC, id DESC" },
	{ &personal_treatments, "condition_id", "start_date DESC, id DESC" },
	{ &personal_insurance, "insurance_type", "created_at DESC, id DESC" },
	{ &personal_family_members, "relationship", "name, id" },
};

static const char *
order_of(const struct record *rec, const char *filter)
{
	for (size_t i = 0; i < COUNT(orderings); i++)
		if (orderings[i].rec == rec && strcmp(orderings[i].filter, filter) == 0)
			return orderings[i].order;
	return NULL;
}

static bool
filterable(const struct record *rec, size_t slot)
{
	const struct field *f = &rec->fields[slot];

	if (f->hidden || f->secret || (rec->of_patient && (int)slot == rec->patient))
		return false;
	return f->type == TYPE_CHOICE || f->type == TYPE_BOOL || f->type == TYPE_REF;
}

static const struct filter *
find_filter(const struct record *rec, const char *name)
{
	for (const struct filter *filter = rec->filters; filter && filter->name; filter++)
		if (strcmp(filter->name, name) == 0)
			return filter;
	return NULL;
}

static bool
searchable(const struct record *rec)
{
	for (size_t i = 0; i < rec->n_fields; i++)
		if (rec->fields[i].searchable)
			return true;
	return false;
}

static bool
has_active(const struct record *rec)
{
	int slot = record_slot(rec, "status");

	if (slot < 0 || rec->fields[slot].type != TYPE_CHOICE)
		return false;
	for (const struct choice *c = rec->fields[slot].choices; c->key; c++)
		if (strcmp(c->key, "active") == 0)
			return true;
	return false;
}

const struct parameter *
listing_parameters(struct arena *arena, const struct record *rec)
{
	static const struct parameter page[] = { LISTING_PAGE }, tags[] = { LISTING_TAGS },
		patient = LISTING_PATIENT, active = LISTING_ACTIVE,
		sort = { .name = "sort", .help = "A member to order by; -member for the "
			"other way round.", .type = TYPE_TEXT },
		q = { .name = "q", .help = "Text to look for.", .type = TYPE_TEXT };
	struct parameter *all = arena_new(arena, (rec->n_fields + 24) * sizeof(*all));
	size_t n = 0;

	memcpy(all, page, sizeof(page));
	n += COUNT(page);
	if (rec->of_patient)
		all[n++] = patient;
	all[n++] = sort;
	if (searchable(rec))
		all[n++] = q;
	if (record_slot(rec, "tags") >= 0) {
		memcpy(all + n, tags, sizeof(tags));
		n += COUNT(tags);
	}
	if (has_active(rec))
		all[n++] = active;
	for (const struct filter *filter = rec->filters; filter && filter->name; filter++)
		all[n++] = (struct parameter){ .name = filter->name, .type = TYPE_TEXT,
			.help = filter->contains ? "Only rows that contain this text."
						 : "Only rows with this value." };
	for (size_t i = 0; i < rec->n_fields; i++)
		if (filterable(rec, i) && !find_filter(rec, rec->fields[i].name))
			all[n++] = (struct parameter){ .name = rec->fields[i].name,
				.type = rec->fields[i].type, .help = "Only rows with this value." };
	return all;
}

void
listing_only(struct list *list, const char *condition)
{
	text_add(&list->where, list->where.len ? " AND " : " WHERE ");
	text_add(&list->where, condition);
}

void
listing_days(struct work *w, struct list *list, const char *column)
{
	char today[DATE_SIZE], first[DATE_SIZE];

	date_today(today);
	date_add(today, -(int)call_whole(w, "days"), first);
	list_and(list, arena_printf(w->arena, "%s >= ?", column),
		value_text(arena_text(w->arena, first)));
}

void
listing_of(struct list *list, int64_t patient)
{
	list_where(list, list->rec->fields[list->rec->patient].name, value_whole(patient));
}

static bool
printed(const struct record *rec, const char *name)
{
	int slot = record_slot(rec, name);

	if (strcmp(name, "id") == 0)
		return true;
	if (strcmp(name, "created_at") == 0 || strcmp(name, "updated_at") == 0)
		return rec->stamps_shown;
	return slot >= 0 && !rec->fields[slot].hidden && !rec->fields[slot].secret &&
		rec->fields[slot].type != TYPE_LIST && rec->fields[slot].type != TYPE_JSON;
}

static void
sort_by(struct work *w, struct list *list, const char *value)
{
	bool down = *value == '-';
	const char *name = value + down;

	if (printed(list->rec, name))
		list->order = arena_printf(w->arena, "%s%s, id DESC", name,
			down ? " DESC NULLS LAST" : " NULLS FIRST");
	else
		problem_at(&w->problems, "query", "sort", "value_error",
			"Input should be a member of the answer, or one with - before it");
}

/* All searchable columns as one text, so that one condition looks through all. */
static void
search_for(struct work *w, struct list *list, const char *value)
{
	struct text columns CLEANUP(text_close) = { 0 };

	if (!*value)
		return;
	for (size_t i = 0; i < list->rec->n_fields; i++) {
		if (!list->rec->fields[i].searchable)
			continue;
		text_printf(&columns, "%sCOALESCE(%s, '')", columns.len ? " || ' ' || " : "",
			list->rec->fields[i].name);
	}
	if (columns.len)
		list_contains(list, w->arena,
			arena_printf(w->arena, "(%s)", text_string(&columns)), value);
}

/* The stored word for a word of the request; itself when it is none of them, so
 * that nothing is found. */
static const char *
word_of(const struct field *f, const char *value)
{
	for (const struct choice *c = f->choices; c->key; c++)
		if (text_same(c->key, value) || (c->json && text_same(c->json, value)))
			return c->key;
	return value;
}

static void
filter_by(struct work *w, struct list *list, const struct field *f, const char *value)
{
	int64_t whole = 0;

	switch ((int)f->type) {
	case TYPE_CHOICE:
		list_where(list, f->name, value_text(word_of(f, value)));
		break;
	case TYPE_BOOL:
		listing_only(list, arena_printf(w->arena, "%s = %s", f->name,
			call_bool(w, f->name) ? "TRUE" : "FALSE"));
		break;
	case TYPE_REF:
	case TYPE_WHOLE:
		if (text_whole(value, INT32_MIN, INT32_MAX, &whole))
			list_where(list, f->name, value_whole(whole));
		else
			problem_at(&w->problems, "query", f->name, "int_parsing",
				"Input should be a valid integer");
		break;
	default:
		list_where(list, f->name, value_text(value));
		break;
	}
}

static void
match_tags(struct work *w, struct list *list)
{
	const struct call *call = w->call;
	const char *tags[32];
	size_t n = 0;

	for (size_t i = 0; i < call->n_query; i++) {
		if (strcmp(call->query[i].name, "tags") != 0)
			continue;
		if (n == 15) {
			problem_at(&w->problems, "query", "tags", "too_long",
				"List should have at most 15 items");
			return;
		}
		tags[n++] = call->query[i].value;
	}
	list_tags(list, w->arena, tags, n, call_bool(w, "tag_match_all"));
	/* The oldest first, as clients know it (personal-api 1.4). */
	if (!list->order)
		list->order = "id";
}

static void
apply(struct work *w, struct list *list, const char *name, const char *value)
{
	const struct record *rec = list->rec;
	const struct filter *filter = find_filter(rec, name);
	int slot = filter ? filter->slot : record_slot(rec, name);
	const char *order;

	if (strcmp(name, "sort") == 0) {
		sort_by(w, list, value);
	} else if (strcmp(name, "q") == 0) {
		search_for(w, list, value);
	} else if (strcmp(name, "active_only") == 0) {
		if (call_bool(w, name))
			listing_only(list, "status = 'active'");
	} else if (strcmp(name, "tag_match_all") == 0) {
		(void)call_bool(w, name); /* used with tags, but wrong in any case */
	} else if (slot >= 0 && *value && (filter || filterable(rec, (size_t)slot))) {
		if (filter && filter->contains)
			list_contains(list, w->arena, rec->fields[slot].name, value);
		else
			filter_by(w, list, &rec->fields[slot], value);
		order = order_of(rec, name);
		if (order && !call_query(w->call, "sort"))
			list->order = order;
	}
}

static const struct parameter *
declared(const struct call *call, const char *name)
{
	for (const struct parameter *p = call->route->query; p && p->name; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

/* A parameter given twice counts once: the last one. */
static bool
last(const struct call *call, size_t i)
{
	for (size_t j = i + 1; j < call->n_query; j++)
		if (strcmp(call->query[i].name, call->query[j].name) == 0)
			return false;
	return true;
}

void
listing_query(struct work *w, struct list *list)
{
	const struct call *call = w->call;

	list->skip = call_whole(w, "skip");
	list->limit = call_whole(w, "limit");
	for (size_t i = 0; i < call->n_query; i++) {
		const char *name = call->query[i].name;

		if (!declared(call, name) || !last(call, i))
			continue;
		if (strcmp(name, "tags") == 0)
			match_tags(w, list);
		else if (list->n_args < COUNT(list->args) - 17)
			apply(w, list, name, call->query[i].value);
	}
}

enum result
listing_done(struct work *w, const struct record *rec, int64_t patient, size_t n)
{
	enum result r = reach_note(w, rec, 0, patient, n);

	if (!r)
		etag_answer(w);
	return r;
}

enum result
listing_answer(struct work *w, struct list *list, int64_t patient)
{
	size_t n = 0;
	enum result r;

	if ((r = call_sound(w)))
		return r;
	if ((r = store_list(w, list, &w->call->out, &n)))
		return r;
	return listing_done(w, list->rec, patient, n);
}

enum result
listing_by_query(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(w->call->route->rec);
	int64_t patient;
	enum result r;

	if ((r = select_query(w, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

enum result
listing_where(struct work *w, const char *condition, const char *order)
{
	struct list list CLEANUP(list_close) = list_of(w->call->route->rec);
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	if (condition)
		listing_only(&list, condition);
	list.order = order;
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

enum result
listing_by_path(struct work *w)
{
	return listing_where(w, NULL, NULL);
}

enum result
listing_recent(struct work *w, const char *column, const char *order)
{
	struct list list CLEANUP(list_close) = list_of(w->call->route->rec);
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	listing_of(&list, patient);
	listing_days(w, &list, column);
	list.order = order;
	listing_query(w, &list);
	return listing_answer(w, &list, patient);
}

enum result
listing_shared(struct work *w)
{
	const struct record *rec = w->call->route->rec;
	struct list list CLEANUP(list_close) = list_of(rec);
	enum result r;

	if ((r = access_record(w, rec, SEE)))
		return r;
	listing_query(w, &list);
	return listing_answer(w, &list, 0);
}
