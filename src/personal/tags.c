/*
 * tags - counted and changed over all records of the patients somebody owns.
 *
 * Records keep their tags as JSON, which the two databases take apart each in its
 * own way; so they are read as text and taken apart here.
 */
#include "personal/tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "engine/access.h"
#include "engine/row.h"
#include "engine/store.h"
#include "personal/allergies.h"
#include "personal/conditions.h"
#include "personal/encounters.h"
#include "personal/immunizations.h"
#include "personal/lab_results.h"
#include "personal/medications.h"
#include "personal/people.h"
#include "personal/procedures.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/treatments.h"
#include "personal/user_tags.h"

/* Nobody has so many; who makes them on purpose does not get more memory. */
enum { BUCKETS = 1024, MOST_DISTINCT = 20000, ROW_MEMORY = 64 << 20 };

static const struct tagged kinds[TAGS_KINDS] = {
	{ "lab_result", &personal_lab_results, LAB_RESULTS_TAGS },
	{ "medication", &personal_medications, MEDICATIONS_TAGS },
	{ "condition", &personal_conditions, CONDITIONS_TAGS },
	{ "procedure", &personal_procedures, PROCEDURES_TAGS },
	{ "immunization", &personal_immunizations, IMMUNIZATIONS_TAGS },
	{ "treatment", &personal_treatments, TREATMENTS_TAGS },
	{ "encounter", &personal_encounters, ENCOUNTERS_TAGS },
	{ "allergy", &personal_allergies, ALLERGIES_TAGS },
};

const struct tagged *
tags_kinds(void)
{
	return kinds;
}

enum result
tags_each(struct work *w, const struct tagged *kind, tags_visit *visit, void *arg)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct json_trouble trouble;
	enum result r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT t.id, t.patient_id, t.tags FROM patients p "
		"JOIN %s t ON t.patient_id = p.id "
		"WHERE p.owner_user_id = $1 AND t.tags IS NOT NULL ORDER BY t.id DESC",
		kind->rec->name), ARGS(value_whole(w->actor.id)));

	if (r)
		return r;
	while (query_next(query)) {
		size_t n = 0;
		const char *text = query_text(query, 2, &n);
		json_t *tags;

		if (n <= 2)
			continue; /* [] */
		tags = json_read(text, n, &trouble);
		if (json_is_array(tags))
			visit(arg, kind, query_whole(query, 1), query_whole(query, 0), tags);
		json_decref(tags);
	}
	return query_close(&query);
}

/* --- counting --- */

struct counter {
	struct work *w;
	struct tag *buckets[BUCKETS];
	size_t n;
	unsigned mask;
	struct tally told;
};

static size_t
bucket_of(const char *name)
{
	uint32_t hash = 2166136261U;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return hash % BUCKETS;
}

/* NULL for a new one when there are too many. */
static struct tag *
find(struct counter *counter, const char *name)
{
	struct tag **at = &counter->buckets[bucket_of(name)];

	for (; *at; at = &(*at)->next)
		if (strcmp((*at)->name, name) == 0)
			return *at;
	if (counter->n == MOST_DISTINCT)
		return NULL;
	*at = arena_new(counter->w->arena, sizeof(**at));
	(*at)->name = arena_text(counter->w->arena, name);
	counter->n++;
	return *at;
}

static void
count(void *arg, const struct tagged *kind, int64_t patient, int64_t id, const json_t *tags)
{
	struct counter *counter = arg;
	unsigned bit = 1U << (kind - kinds);

	(void)id;
	people_count(counter->w, &counter->told, patient);
	for (size_t i = 0; i < json_array_size(tags); i++) {
		const char *name = json_string_value(json_array_get(tags, i));
		struct tag *tag = name ? find(counter, name) : NULL;

		if (!tag || !(counter->mask & bit))
			continue;
		tag->count++;
		tag->kinds |= bit;
	}
}

static enum result
add_own(struct counter *counter)
{
	struct work *w = counter->w;
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT tag FROM user_tags WHERE user_id = $1",
		ARGS(value_whole(w->actor.id)));

	if (r)
		return r;
	while (query_next(query))
		(void)find(counter, query_text(query, 0, NULL));
	return query_close(&query);
}

static int
more_used(const void *a, const void *b)
{
	const struct tag *x = *(struct tag *const *)a, *y = *(struct tag *const *)b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->name, y->name);
}

enum result
tags_count(struct work *w, unsigned mask, struct tag_list *out)
{
	struct counter *counter = arena_new(w->arena, sizeof(*counter));
	enum result r = OK;

	counter->w = w;
	counter->mask = mask;
	for (size_t i = 0; !r && i < COUNT(kinds); i++)
		r = tags_each(w, &kinds[i], count, counter);
	if (r || (r = add_own(counter)) ||
		(r = people_told(w, &counter->told, &personal_user_tags)))
		return r;
	out->n = 0;
	out->at = arena_new(w->arena, (counter->n + 1) * sizeof(*out->at));
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct tag *tag = counter->buckets[i]; tag; tag = tag->next)
			out->at[out->n++] = tag;
	qsort(out->at, out->n, sizeof(*out->at), more_used);
	return OK;
}

/* --- changing --- */

const char *
tags_normal(struct arena *arena, const char *tag)
{
	char *text = arena_text(arena, text_lower(arena, text_trim(arena, tag)));

	for (char *c = text; *c; c++)
		if (*c == ' ')
			*c = '-';
	return text;
}

static bool
holds(const json_t *tags, const char *name)
{
	for (size_t i = 0; i < json_array_size(tags); i++) {
		const char *tag = json_string_value(json_array_get(tags, i));

		if (tag && strcmp(tag, name) == 0)
			return true;
	}
	return false;
}

struct bearer {
	struct bearer *next;
	const struct tagged *kind;
	int64_t id;
};

struct search {
	struct work *w;
	const char *name;
	struct bearer *first;
};

static void
collect(void *arg, const struct tagged *kind, int64_t patient, int64_t id, const json_t *tags)
{
	struct search *search = arg;
	struct bearer *one;

	(void)patient;
	if (!holds(tags, search->name))
		return;
	one = arena_new(search->w->arena, sizeof(*one));
	*one = (struct bearer){ search->first, kind, id };
	search->first = one;
}

/* The list with the one word changed; no word twice. */
static const char *
exchange(struct work *w, const char *stored, const char *old, const char *new)
{
	struct json_trouble trouble;
	json_t *before = json_read(stored, strlen(stored), &trouble), *after = json_array();
	const char *text;
	char *dump;

	for (size_t i = 0; i < json_array_size(before); i++) {
		const char *tag = json_string_value(json_array_get(before, i));

		if (tag && strcmp(tag, old) == 0)
			tag = new;
		if (tag && !holds(after, tag))
			(void)json_array_append_new(after, json_string(tag));
	}
	dump = json_dumps(after, JSON_COMPACT);
	text = arena_text(w->arena, dump);
	free(dump);
	json_decref(before);
	json_decref(after);
	return text;
}

static enum result
change_one(struct work *w, const struct bearer *bearer, const char *old, const char *new)
{
	struct row *before, *row;
	enum result r = store_get(w, bearer->kind->rec, bearer->id, &before);

	if (r || (r = access_row(w, before, EDIT)))
		return r;
	row = reach_copy(w, before);
	row_set_text(row, bearer->kind->slot,
		exchange(w, row_text(before, bearer->kind->slot), old, new));
	return store_put(w, row);
}

static enum result
change_own(struct work *w, const char *old, const char *new)
{
	struct row *row;
	int64_t id = 0;
	enum result r = db_one(w->db, "SELECT id FROM user_tags WHERE user_id = $1 AND tag = $2",
		ARGS(value_whole(w->actor.id), value_text(old)), &id);

	if (!r)
		r = store_get(w, &personal_user_tags, id, &row);
	if (!r)
		r = store_drop(w, row);
	if (r && r != MISSING)
		return r;
	return new ? tags_add(w, new) : OK;
}

/* Each record in memory of its own, given back before the next: there may be any
 * number of them, but a call has only so much. */
static enum result
change_all(struct work *w, const struct bearer *first, const char *old, const char *new)
{
	struct arena *whole = w->arena, *scratch CLEANUP(arena_close) = arena_open(ROW_MEMORY);
	enum result r = OK;

	w->arena = scratch;
	for (; !r && first; first = first->next) {
		arena_reset(scratch);
		r = change_one(w, first, old, new);
	}
	w->arena = whole;
	w->failure.message = arena_text(whole, w->failure.message);
	w->failure.description = arena_text(whole, w->failure.description);
	return r;
}

enum result
tags_change(struct work *w, const char *old, const char *new, int64_t *changed)
{
	struct search search = { .w = w, .name = old };
	enum result r = OK;

	*changed = 0;
	for (size_t i = 0; !r && i < COUNT(kinds); i++)
		r = tags_each(w, &kinds[i], collect, &search);
	for (const struct bearer *one = search.first; one; one = one->next)
		++*changed;
	if (r || (r = change_all(w, search.first, old, new)))
		return r;
	return change_own(w, old, new);
}

enum result
tags_add(struct work *w, const char *tag)
{
	struct row *row = row_new(w->arena, &personal_user_tags);
	int64_t there = 0;
	enum result r = store_lock(w, &personal_users, w->actor.id);

	if (!r)
		r = db_one(w->db, "SELECT COUNT(*) FROM user_tags WHERE user_id = $1 AND tag = $2",
			ARGS(value_whole(w->actor.id), value_text(tag)), &there);

	if (r || there)
		return r;
	row_set_whole(row, USER_TAGS_USER_ID, w->actor.id);
	row_set_text(row, USER_TAGS_TAG, tag);
	return store_put(w, row);
}
