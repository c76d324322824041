/*
 * print_ahead - fetches what the rows of an answer embed by one query per embed
 * instead of one per row, where every query is a journey.
 *
 * It reads the answer once for its ids and prints what they point at into the memo
 * of print.c, which then finds everything there.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "engine/catalog.h"
#include "engine/print_private.h"

enum {
	AHEAD_MOST = 5000, /* rows of one such query */
	EMBEDS_MOST = 8     /* of one record; more are asked for row by row */
};

/* A query for many: which ids, and whose rows they find. */
struct fetch {
	const struct embed *embed;
	const struct record *rec; /* what is embedded */
	const char *key;          /* the column of rec that holds the ids */
	const char *nothing;      /* printed for an id without rows */
	const char *ids;          /* a JSON array */
	const char *sql;
};

/* False when no row points anywhere. */
static bool
collect(struct work *w, struct fetch *fetch, struct query *query, size_t column)
{
	struct text ids CLEANUP(text_close) = { 0 };

	json_open(&ids, '[');
	while (query_next(query)) {
		int64_t id = query_whole(query, column);

		if (query_null(query, column) || memo_find(w, fetch->embed, id))
			continue;
		memo_keep(w, fetch->embed, id, fetch->nothing, strlen(fetch->nothing));
		json_whole(&ids, id);
	}
	json_close(&ids, ']');
	fetch->ids = arena_copy(w->arena, ids.at, ids.len);
	return ids.len > strlen("[]");
}

static const char *
statement(struct work *w, const struct fetch *fetch)
{
	const struct embed *embed = fetch->embed;
	const char *order = embed->children && embed->order ? embed->order : "id";

	return arena_printf(w->arena, "SELECT %s, %s FROM %s WHERE %s = ANY($1) ORDER BY %s, %s "
		"LIMIT %d", embed->columns ? embed->columns : print_columns(fetch->rec), fetch->key,
		fetch->rec->name, fetch->key, fetch->key, order, AHEAD_MOST);
}

static void
keep(struct work *w, const struct fetch *fetch, int64_t id, struct text *out)
{
	if (fetch->embed->children)
		json_close(out, ']');
	/* In front of what was noted as nothing. */
	memo_keep(w, fetch->embed, id, arena_copy(w->arena, out->at, out->len), out->len);
	out->len = 0;
}

/* The rows come in the order of their keys: those of one key are one value. */
static enum result
print_all(struct work *w, const struct fetch *fetch, struct query *query, size_t *n_rows)
{
	struct text out CLEANUP(text_close) = { 0 };
	size_t last = query_columns(query) - 1, of_this = 0;
	int64_t id = 0;
	enum result r = OK;

	for (*n_rows = 0; !r && query_next(query); ++*n_rows) {
		int64_t next = query_whole(query, last);

		if (id && next != id)
			keep(w, fetch, id, &out);
		if (next != id) {
			of_this = 0;
			if (fetch->embed->children)
				json_open(&out, '[');
		}
		id = next;
		if (++of_this <= EMBEDDED_MOST)
			r = print_embedded(w, fetch->embed, fetch->rec, query, last, &out);
	}
	if (!r && id)
		keep(w, fetch, id, &out);
	return r || !out.full ? r : FAULT;
}

static enum result
fetch_all(struct work *w, const struct fetch *fetch)
{
	struct query *query CLEANUP(query_drop) = NULL;
	size_t n_rows = 0;
	enum result r;

	if ((r = db_query(w->db, &query, fetch->sql, ARGS(value_text(fetch->ids)))))
		return r;
	if ((r = print_ahead(w, fetch->rec, query, false))
		|| (r = print_all(w, fetch, query, &n_rows)))
		return r;
	/* Cut off: each row asks for its own. */
	if (n_rows == AHEAD_MOST)
		w->memo = NULL;
	return query_close(&query);
}

/* False when there is nothing to fetch. */
static bool
plan_fetch(struct work *w, const struct record *rec, size_t i, struct query *query,
	struct fetch *fetch)
{
	const struct embed *embed = &rec->embeds[i];
	const struct record *children = embed->children;

	*fetch = (struct fetch){
		.embed = embed,
		.rec = children ? children : rec->fields[embed->slot].target,
		.key = children ? children->fields[embed->via].name : "id",
		.nothing = children ? "[]" : "null",
	};
	if (!collect(w, fetch, query, children ? 0 : (size_t)record_plan(rec)->embed_at[i]))
		return false;
	fetch->sql = statement(w, fetch);
	return true;
}

enum result
print_ahead(struct work *w, const struct record *rec, struct query *query, bool detail)
{
	struct fetch fetches[EMBEDS_MOST];
	size_t n = 0;
	enum result r = OK;

	for (size_t i = 0; rec->embeds && rec->embeds[i].key && n < EMBEDS_MOST; i++)
		if ((detail || !rec->embeds[i].detail) && query_rewind(query))
			n += plan_fetch(w, rec, i, query, &fetches[n]);
	if (rec->embeds)
		(void)query_rewind(query);
	for (size_t i = 0; i < n && !r; i++) {
		if (i + 1 < n)
			db_foresee(w->db, fetches[i + 1].sql,
				ARGS(value_text(fetches[i + 1].ids)));
		r = fetch_all(w, &fetches[i]);
	}
	return r;
}
