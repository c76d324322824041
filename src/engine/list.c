/*
 * list - a SELECT built from column names of the catalog and bound values.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "engine/call.h"
#include "engine/print.h"
#include "engine/store.h"

struct list
list_of(const struct record *rec)
{
	return (struct list){ .rec = rec, .limit = 100 };
}

void
list_close(struct list *list)
{
	text_close(&list->where);
}

static void
bind(struct list *list, struct value value)
{
	assert(list->n_args < COUNT(list->args) - 2);
	list->args[list->n_args++] = value;
}

void
list_and(struct list *list, const char *condition, struct value value)
{
	bind(list, value);
	text_add(&list->where, list->where.len ? " AND " : " WHERE ");
	for (const char *c = condition; *c; c++) {
		if (*c == '?')
			text_printf(&list->where, "$%zu", list->n_args);
		else
			text_char(&list->where, *c);
	}
}

void
list_where(struct list *list, const char *column, struct value value)
{
	bind(list, value);
	text_printf(&list->where, "%s%s = $%zu", list->where.len ? " AND " : " WHERE ", column,
		list->n_args);
}

const char *
list_pattern(struct arena *arena, const char *before, const char *text, const char *after)
{
	struct text out CLEANUP(text_close) = { 0 };

	text_add(&out, before);
	for (const char *c = text; *c; c++) {
		if (*c == '%' || *c == '_' || *c == '\\')
			text_char(&out, '\\');
		text_char(&out, *c);
	}
	text_add(&out, after);
	return arena_copy(arena, out.at ? out.at : "", out.len);
}

void
list_contains(struct list *list, struct arena *arena, const char *column, const char *text)
{
	bind(list, value_text(list_pattern(arena, "%", text_lower(arena, text), "%")));
	text_printf(&list->where, "%sLOWER(%s) LIKE $%zu ESCAPE '\\'",
		list->where.len ? " AND " : " WHERE ", column, list->n_args);
}

/* PostgreSQL has an index for it. */
static void
add_tag(struct list *list, struct arena *arena, const char *json)
{
	if (settings.database) {
		bind(list, value_text(arena_printf(arena, "[%s]", json)));
		text_printf(&list->where, "tags @> CAST($%zu AS JSONB)", list->n_args);
	} else {
		bind(list, value_text(list_pattern(arena, "%", json, "%")));
		text_printf(&list->where, "CAST(tags AS TEXT) LIKE $%zu ESCAPE '\\'",
			list->n_args);
	}
}

void
list_tags(struct list *list, struct arena *arena, const char *const *tags, size_t n, bool all)
{
	if (n == 0)
		return;
	text_add(&list->where, list->where.len ? " AND (" : " WHERE (");
	for (size_t i = 0; i < n && list->n_args < 24; i++) {
		struct text json CLEANUP(text_close) = { 0 };

		json_text(&json, tags[i]);
		text_add(&list->where, i == 0 ? "" : all ? " AND " : " OR ");
		add_tag(list, arena, text_string(&json));
	}
	text_add(&list->where, ")");
}

/* The whole statement, in the arena; the page's two values are bound last. */
static const char *
statement(struct work *w, struct list *list, const char *columns)
{
	const char *order = list->order ? list->order : list->rec->order;

	list->args[list->n_args] = value_whole(list->limit);
	list->args[list->n_args + 1] = value_whole(list->skip);
	return arena_printf(w->arena, "SELECT %s FROM %s%.*s ORDER BY %s LIMIT $%zu OFFSET $%zu",
		columns, list->rec->name, (int)list->where.len,
		list->where.at ? list->where.at : "", order ? order : "id DESC", list->n_args + 1,
		list->n_args + 2);
}

enum result
store_list(struct work *w, struct list *list, struct text *out, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	const char *sql = statement(w, list, print_columns(list->rec));
	size_t count = 0;
	enum result r;

	if ((r = db_query(w->db, &query, sql, list->args, list->n_args + 2)))
		return r;
	if ((r = print_ahead(w, list->rec, query, list->detail)))
		return r;
	json_open(out, '[');
	for (; query_next(query); count++) {
		if (count)
			text_char(out, ',');
		if ((r = print_cursor(w, list->rec, query, list->detail, out)))
			return r;
	}
	json_close(out, ']');
	if (n)
		*n = count;
	return query_close(&query);
}

/* What a table shows: long texts and objects are read with their row. */
static bool
is_cell(const struct record *rec, size_t slot)
{
	const struct field *f = &rec->fields[slot];

	return !f->hidden && !f->secret && f->type != TYPE_NOTE && f->type != TYPE_JSON
		&& !(rec->of_patient && (int)slot == rec->patient);
}

static const char *
cell_columns(struct arena *arena, const struct record *rec, struct text *names)
{
	struct text columns CLEANUP(text_close) = { 0 };

	text_add(&columns, "id");
	text_add(names, "\"id\"");
	for (size_t i = 0; i < rec->n_fields; i++) {
		if (!is_cell(rec, i))
			continue;
		text_printf(&columns, ", %s", rec->fields[i].name);
		text_printf(names, ",\"%s\"", rec->fields[i].name);
	}
	return arena_text(arena, text_string(&columns));
}

static void
print_cells(const struct record *rec, struct query *query, struct text *out)
{
	size_t column = 1;

	text_printf(out, "[%lld", (long long)query_whole(query, 0));
	for (size_t i = 0; i < rec->n_fields; i++) {
		if (!is_cell(rec, i))
			continue;
		text_char(out, ',');
		print_column(query, column++, &rec->fields[i], out);
	}
	text_char(out, ']');
}

enum result
store_grid(struct work *w, struct list *list, struct text *out, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	const char *columns;
	enum result r;

	text_add(out, "{\"columns\":[");
	columns = cell_columns(w->arena, list->rec, out);
	text_add(out, "],\"rows\":[");
	if ((r = db_query(w->db, &query, statement(w, list, columns), list->args,
		     list->n_args + 2)))
		return r;
	for (*n = 0; query_next(query); ++*n) {
		if (*n)
			text_char(out, ',');
		print_cells(list->rec, query, out);
	}
	text_add(out, "]}");
	return query_close(&query);
}

enum result
store_print(struct work *w, const struct record *rec, int64_t id, bool detail, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	if ((r = db_query(w->db, &query, record_plan(rec)->print_id, ARGS(value_whole(id)))))
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : MISSING;
	if ((r = print_cursor(w, rec, query, detail, out)))
		return r;
	return query_close(&query);
}
