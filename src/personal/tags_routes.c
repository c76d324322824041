/*
 * tags_routes - the words a user sorts records with (personal-api 2.25); each
 * user has their own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "engine/store.h"
#include "personal/people.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/tags.h"

enum { ALL = (1 << TAGS_KINDS) - 1, MOST_TAGS = 50, NAME_MOST = 100, RECORD_MOST = 50 };

/* --- reading --- */

/* The kinds named in the query, repeated or not; none named: all.  Words that
 * are no kind mean no record. */
static unsigned
kinds_of(const struct call *call, const char *name)
{
	const struct tagged *kinds = tags_kinds();
	unsigned mask = 0;
	bool named = false;

	for (size_t i = 0; i < call->n_query; i++) {
		if (strcmp(call->query[i].name, name) != 0 || !*call->query[i].value)
			continue;
		named = true;
		for (size_t k = 0; k < TAGS_KINDS; k++)
			if (strcmp(kinds[k].word, call->query[i].value) == 0)
				mask |= 1U << k;
	}
	return named ? mask : ALL;
}

static void
print_kinds(struct text *out, unsigned mask)
{
	json_key(out, "entity_types");
	json_open(out, '[');
	for (size_t k = 0; k < TAGS_KINDS; k++)
		if (mask & 1U << k)
			json_text(out, tags_kinds()[k].word);
	json_close(out, ']');
}

static enum result
list_popular(struct work *w)
{
	size_t limit = (size_t)call_whole(w, "limit");
	struct text *out = &w->call->out;
	struct tag_list tags;
	enum result r;

	if ((r = call_sound(w)) || (r = tags_count(w, kinds_of(w->call, "entity_types"), &tags)))
		return r;
	json_open(out, '[');
	for (size_t i = 0; i < tags.n && i < limit; i++) {
		if (i)
			text_char(out, ',');
		json_open(out, '{');
		json_put_text(out, "tag", tags.at[i]->name);
		json_put_whole(out, "usage_count", tags.at[i]->count);
		print_kinds(out, tags.at[i]->kinds);
		json_close(out, '}');
	}
	json_close(out, ']');
	return OK;
}

static enum result
suggest(struct work *w)
{
	size_t limit = (size_t)call_whole(w, "limit");
	struct text *out = &w->call->out;
	struct tag_list tags;
	enum result r;

	if ((r = call_sound(w)) || (r = tags_count(w, kinds_of(w->call, "entity_type"), &tags)))
		return r;
	json_open(out, '[');
	for (size_t i = 0; i < tags.n && i < limit; i++)
		json_text(out, tags.at[i]->name);
	json_close(out, ']');
	return OK;
}

/* A text of the query, of 1 to `most` characters; NULL and a problem otherwise. */
static const char *
text_of(struct work *w, const char *name, size_t most)
{
	const char *text = call_query(w->call, name);

	if (!text)
		problem_at(&w->problems, "query", name, "missing", "Field required");
	else if (!*text_trim(w->arena, text))
		problem_at(&w->problems, "query", name, "string_too_short",
			"String should have at least 1 character");
	else if (utf8_length(text, strlen(text)) > most)
		problem_at(&w->problems, "query", name, "string_too_long",
			"String should have at most %zu characters", most);
	else
		return text;
	return NULL;
}

static int
by_name(const void *a, const void *b)
{
	const struct tag *x = *(struct tag *const *)a, *y = *(struct tag *const *)b;

	return strcmp(x->name, y->name);
}

/* Keeps those that begin with the text, by name. */
static void
keep_beginning(struct work *w, struct tag_list *tags, const char *text)
{
	const char *start = text_lower(w->arena, text);
	size_t n = 0;

	for (size_t i = 0; i < tags->n; i++)
		if (text_starts(text_lower(w->arena, tags->at[i]->name), start))
			tags->at[n++] = tags->at[i];
	tags->n = n;
	qsort(tags->at, n, sizeof(*tags->at), by_name);
}

static enum result
complete(struct work *w)
{
	size_t limit = (size_t)call_whole(w, "limit");
	const char *q = text_of(w, "q", MOST_TAGS);
	struct text *out = &w->call->out;
	struct tag_list tags;
	enum result r;

	if ((r = call_sound(w)) || (r = tags_count(w, ALL, &tags)))
		return r;
	keep_beginning(w, &tags, q);
	json_open(out, '[');
	for (size_t i = 0; i < tags.n && i < limit; i++)
		json_text(out, tags.at[i]->name);
	json_close(out, ']');
	return OK;
}

/* --- records with a tag --- */

struct match {
	const struct call *call;
	int64_t left;
	size_t n;
	int64_t ids[20], patients[20];
};

static void
match(void *arg, const struct tagged *kind, int64_t patient, int64_t id, const json_t *tags)
{
	struct match *m = arg;

	(void)kind;
	for (size_t i = 0; i < m->call->n_query && m->left > 0; i++)
		for (size_t j = 0; j < json_array_size(tags) &&
			strcmp(m->call->query[i].name, "tags") == 0; j++) {
			const char *tag = json_string_value(json_array_get(tags, j));

			if (!tag || strcmp(tag, m->call->query[i].value) != 0)
				continue;
			m->ids[m->n] = id;
			m->patients[m->n++] = patient;
			m->left--;
			return;
		}
}

static enum result
print_matches(struct work *w, const struct tagged *kind, int64_t limit)
{
	struct match m = { .call = w->call, .left = limit };
	struct text *out = &w->call->out;
	struct tally told = { 0 };
	enum result r = tags_each(w, kind, match, &m);

	json_key(out, kind->word);
	json_open(out, '[');
	for (size_t i = 0; !r && i < m.n; i++) {
		if (i)
			text_char(out, ',');
		people_count(w, &told, m.patients[i]);
		r = store_print(w, kind->rec, m.ids[i], false, out);
	}
	json_close(out, ']');
	return r ? r : people_told(w, &told, kind->rec);
}

static enum result
search(struct work *w)
{
	int64_t limit = call_whole(w, "limit_per_entity");
	unsigned mask = kinds_of(w->call, "entity_types");
	enum result r;

	if (!call_query(w->call, "tags"))
		problem_at(&w->problems, "query", "tags", "missing", "Field required");
	if ((r = call_sound(w)))
		return r;
	json_open(&w->call->out, '{');
	for (size_t k = 0; !r && k < TAGS_KINDS; k++)
		if (mask & 1U << k)
			r = print_matches(w, &tags_kinds()[k], limit);
	json_close(&w->call->out, '}');
	return r;
}

/* --- changing --- */

static enum result
read_tag(struct work *w)
{
	const json_t *member = json_object_get(w->call->json, "tag");
	const char *tag = json_string_value(member);

	if (!member)
		problem_at(&w->problems, "body", "tag", "missing", "Field required");
	else if (!tag)
		problem_at(&w->problems, "body", "tag", "string_type",
			"Input should be a valid string");
	else if (!*text_trim(w->arena, tag))
		problem_at(&w->problems, "body", "tag", "string_too_short",
			"String should have at least 1 character");
	else if (utf8_length(tag, strlen(tag)) > NAME_MOST)
		problem_at(&w->problems, "body", "tag", "string_too_long",
			"String should have at most %d characters", NAME_MOST);
	return call_sound(w);
}

static enum result
create(struct work *w)
{
	const char *tag = json_string_value(json_object_get(w->call->json, "tag"));
	struct text *out = &w->call->out;
	enum result r = tags_add(w, tag);

	if (r)
		return r;
	json_open(out, '{');
	json_put_text(out, "message",
		arena_printf(w->arena, "Successfully created tag '%s'", tag));
	json_put_text(out, "tag", tag);
	json_close(out, '}');
	return OK;
}

static enum result
print_changed(struct work *w, const char *message, int64_t n)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "message", message);
	json_put_whole(out, "records_updated", n);
	json_close(out, '}');
	return OK;
}

/* The new word in the form records bear, so that it is found again. */
static enum result
change(struct work *w, const char *done)
{
	const char *old = text_of(w, "old_tag", NAME_MOST);
	const char *new = text_of(w, "new_tag", NAME_MOST);
	int64_t n;
	enum result r;

	if (!old || !new)
		return INVALID;
	new = tags_normal(w->arena, new);
	if (utf8_length(new, strlen(new)) > RECORD_MOST) {
		problem_at(&w->problems, "query", "new_tag", "value_error",
			"Tag length must be 50 characters or less");
		return INVALID;
	}
	if ((r = tags_change(w, old, new, &n)))
		return r;
	return print_changed(w, arena_printf(w->arena, "Successfully %s '%s' %s '%s'", done, old,
		strcmp(done, "renamed") == 0 ? "to" : "with", new), n);
}

static enum result
rename_tag(struct work *w)
{
	return change(w, "renamed");
}

static enum result
replace(struct work *w)
{
	return change(w, "replaced");
}

static enum result
drop(struct work *w)
{
	const char *tag = text_of(w, "tag", NAME_MOST);
	int64_t n;
	enum result r;

	if (!tag)
		return INVALID;
	if ((r = tags_change(w, tag, NULL, &n)))
		return r;
	return print_changed(w,
		arena_printf(w->arena, "Successfully deleted tag '%s'", tag), n);
}

/* --- the table --- */

#define LIMIT(most, usual)                                                             \
	{ .name = "limit", .type = TYPE_WHOLE, .initial = usual, .min = 1, .max = (most), \
	  .help = "Tags answered at most." }
#define KINDS(key)                                                                     \
	{ .name = (key), .type = TYPE_TEXT, .repeated = true,                          \
	  .help = "lab_result, medication, condition, procedure, immunization, "       \
		  "treatment, encounter, allergy." }

static const struct parameter popular[] = { KINDS("entity_types"), LIMIT(50, "20"), { 0 } };
static const struct parameter suggestions[] = { KINDS("entity_type"), LIMIT(50, "20"), { 0 } };
static const struct parameter beginning[] = {
	{ .name = "q", .type = TYPE_TEXT, .required = true, .help = "How the tag begins." },
	LIMIT(20, "10"),
	{ 0 }
};
static const struct parameter searching[] = {
	{ .name = "tags", .type = TYPE_TEXT, .required = true, .repeated = true,
	  .help = "Records with one of these." },
	KINDS("entity_types"),
	{ .name = "limit_per_entity", .type = TYPE_WHOLE, .initial = "10", .min = 1, .max = 20,
	  .help = "Records of each kind at most." },
	{ 0 }
};
static const struct parameter from_to[] = {
	{ .name = "old_tag", .type = TYPE_TEXT, .required = true, .help = "The tag as it is." },
	{ .name = "new_tag", .type = TYPE_TEXT, .required = true, .help = "What it becomes." },
	{ 0 }
};
static const struct parameter one[] = {
	{ .name = "tag", .type = TYPE_TEXT, .required = true, .help = "The tag." },
	{ 0 }
};

const struct route personal_tags_routes[] = {
	{ .method = GET, .path = "/tags/popular", .steps = { { READ, list_popular } },
	  .query = popular, .summary = "Your tags, the most used first." },
	{ .method = GET, .path = "/tags/suggestions", .steps = { { READ, suggest } },
	  .query = suggestions, .summary = "The names of your tags, the most used first." },
	{ .method = GET, .path = "/tags/autocomplete", .steps = { { READ, complete } },
	  .query = beginning, .summary = "Your tags that begin with a text." },
	{ .method = GET, .path = "/tags/search", .steps = { { READ, search } },
	  .query = searching, .summary = "Records of your patients with a tag." },
	{ .method = POST, .path = "/tags/create", .body = BODY_JSON,
	  .steps = { { HERE, read_tag }, { WRITE, create } }, .input = &personal_user_tags,
	  .summary = "Adds a tag to your list." },
	{ .method = PUT, .path = "/tags/rename", .steps = { { WRITE, rename_tag } },
	  .query = from_to, .summary = "Renames a tag on all records of your patients." },
	{ .method = PUT, .path = "/tags/replace", .steps = { { WRITE, replace } },
	  .query = from_to, .summary = "Puts one tag in the place of another." },
	{ .method = DELETE, .path = "/tags/delete", .steps = { { WRITE, drop } }, .query = one,
	  .summary = "Takes a tag from all records of your patients." },
	{ 0 }
};
