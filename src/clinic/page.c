/*
 * page - rows of a resource as JSON, a page at a time.
 */
#include "clinic/page.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "engine/audit.h"
#include "engine/print.h"

enum { SEAL = 12, PATIENTS_MOST = 256 };

static uint8_t key[HASH_SIZE];

/* Whose rows were on a page. */
struct seen {
	int64_t patient, count;
};
struct witness {
	struct seen seen[PATIENTS_MOST];
	size_t n;
	int64_t rest; /* rows of patients beyond that */
};

enum result
page_open(const char *dir)
{
	return key_load(dir, "clinic-cursor", key);
}

struct page
page_of(const struct resource *res)
{
	return (struct page){ .res = res, .list = list_of(res->rec) };
}

void
page_close(struct page *page)
{
	list_close(&page->list);
}

/* ---- the cursor ---- */

static void
seal(const struct resource *res, const char *id, uint8_t out[HASH_SIZE])
{
	char text[100];
	int n = snprintf(text, sizeof(text), "%s/%s", res->rec->name, id);

	hash_hmac(key, text, (size_t)n, out);
}

const char *
page_cursor(struct work *w, const struct page *page)
{
	const char *id = arena_printf(w->arena, "%lld", (long long)page->last);
	uint8_t hash[HASH_SIZE];

	if (!page->more)
		return NULL;
	seal(page->res, id, hash);
	return arena_printf(w->arena, "%s.%s", id, to_base64url(w->arena, hash, SEAL));
}

static bool
open_cursor(struct work *w, const struct resource *res, const char *cursor, int64_t *id)
{
	const char *point = strchr(cursor, '.');
	uint8_t hash[HASH_SIZE];
	const char *number;

	if (!point)
		return false;
	number = arena_copy(w->arena, cursor, (size_t)(point - cursor));
	seal(res, number, hash);
	return text_whole(number, 1, INT64_MAX, id) &&
		same_text(point + 1, to_base64url(w->arena, hash, SEAL));
}

void
page_after(struct work *w, struct page *page, const char *cursor)
{
	const struct resource *res = page->res;
	int64_t id;

	if (!open_cursor(w, res, cursor, &id)) {
		problem_at(&w->problems, "query", "cursor", "value_error",
			"is none of ours; start again without it");
		return;
	}
	list_and(&page->list, arena_printf(w->arena,
		"(%s, %s, id) %s (SELECT %s, %s, id FROM %s WHERE id = ?)", res->order[0],
		res->order[1], res->down ? "<" : ">", res->order[0], res->order[1],
		res->rec->name), value_whole(id));
}

/* ---- the rows ---- */

static const char *
patient_column(const struct record *rec)
{
	return rec->is_patient ? "id" : rec->of_patient ? rec->fields[rec->patient].name : "0";
}

static const char *
columns(struct work *w, const struct resource *res)
{
	struct text out CLEANUP(text_close) = { 0 };

	text_add(&out, print_columns(res->rec));
	for (const struct extra *extra = res->extras; extra && extra->key; extra++)
		text_printf(&out, ", %s", extra->sql);
	text_printf(&out, ", %s", patient_column(res->rec));
	return arena_copy(w->arena, out.at, out.len);
}

static void
print_extra(const struct extra *extra, struct query *query, size_t i, struct text *out)
{
	size_t n;
	const char *text = query_text(query, i, &n);

	json_key(out, extra->key);
	if (!text)
		json_nothing(out);
	else if (extra->raw)
		json_raw(out, text, n);
	else
		json_bytes(out, text, n);
}

/*
 * The engine prints moments without a zone, as the personal contract wants it.
 * Here they are read back in the practice's zone when they have none, so they
 * must say that they are UTC.  A quote inside a JSON text has a backslash before
 * it: the key cannot be mistaken.
 */
static void
say_zone(const struct printed *printed, size_t start, struct text *out)
{
	char *end = out->at + out->len;
	char *at = memmem(out->at + start, out->len - start, printed->key, printed->n_key);
	char *close;

	if (!at || at + printed->n_key >= end || at[printed->n_key] != '"')
		return;
	close = memchr(at + printed->n_key + 1, '"', (size_t)(end - at) - printed->n_key - 1);
	if (!close)
		return;
	memmove(close + 1, close, (size_t)(end - close));
	*close = 'Z';
	out->len++;
}

static void
say_zones(const struct record *rec, size_t start, struct text *out)
{
	const struct plan *plan = record_plan(rec);

	for (size_t i = 0; i < plan->n_printed; i++) {
		const struct printed *printed = &plan->printed[i];

		if ((printed->stamp || (printed->field && printed->field->type == TYPE_MOMENT)) &&
			text_room(out, 1))
			say_zone(printed, start, out);
	}
}

static enum result
print_item(struct work *w, const struct resource *res, struct query *query, struct text *out)
{
	size_t at = record_plan(res->rec)->n_printed, start = out->len;
	enum result r = print_cursor(w, res->rec, query, false, out);

	if (r || out->full)
		return r;
	say_zones(res->rec, start, out);
	out->len--; /* the brace that closes it */
	for (const struct extra *extra = res->extras; extra && extra->key; extra++)
		print_extra(extra, query, at++, out);
	json_close(out, '}');
	return OK;
}

static void
witness_row(struct witness *witness, int64_t patient)
{
	size_t i = witness->n;

	while (i > 0 && witness->seen[i - 1].patient != patient)
		i--;
	if (i > 0)
		witness->seen[i - 1].count++;
	else if (witness->n < PATIENTS_MOST)
		witness->seen[witness->n++] = (struct seen){ patient, 1 };
	else
		witness->rest++;
}

static enum result
audit_seen(struct work *w, const struct record *rec, int64_t patient, int64_t count)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = rec->entity,
		.patient = patient,
		.description = arena_printf(w->arena, "Listed %s", rec->many),
		.count = count,
	});
}

static enum result
audit_page(struct work *w, const struct record *rec, const struct witness *witness)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < witness->n; i++)
		r = audit_seen(w, rec, witness->seen[i].patient, witness->seen[i].count);
	if (!r && witness->rest)
		r = audit_seen(w, rec, 0, witness->rest);
	return r;
}

enum result
page_print(struct work *w, struct page *page, struct text *out)
{
	const struct resource *res = page->res;
	struct list *list = &page->list;
	const char *way = res->down ? "DESC" : "ASC";
	struct witness *witness = arena_new(w->arena, sizeof(*witness));
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	list->args[list->n_args] = value_whole(list->limit + 1);
	if ((r = db_query(w->db, &query, arena_printf(w->arena,
			"SELECT %s FROM %s%.*s ORDER BY %s %s, %s %s, id %s LIMIT $%zu",
			columns(w, res), res->rec->name, (int)list->where.len,
			list->where.at ? list->where.at : "", res->order[0], way,
			res->order[1], way, way, list->n_args + 1), list->args,
			list->n_args + 1)))
		return r;
	json_open(out, '[');
	while (!page->more && query_next(query)) {
		if ((int64_t)page->n == list->limit) {
			page->more = true;
			break;
		}
		if (page->n++)
			text_char(out, ',');
		page->last = query_whole(query, 0);
		witness_row(witness, query_whole(query, query_columns(query) - 1));
		if ((r = print_item(w, res, query, out)))
			return r;
	}
	json_close(out, ']');
	if (!page->more && (r = query_close(&query)))
		return r;
	return w->actor.kind == SYSTEM ? OK : audit_page(w, res->rec, witness);
}

enum result
page_one(struct work *w, const struct resource *res, int64_t id, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT %s FROM %s WHERE id = $1", columns(w, res), res->rec->name),
		ARGS(value_whole(id)));

	if (r)
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : MISSING;
	if ((r = print_item(w, res, query, out)))
		return r;
	return query_close(&query);
}
