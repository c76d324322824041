/*
 * print - JSON straight from the cursor: no row is built for a list.
 */
#include "engine/print_private.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "engine/form_private.h"

enum { MEMO_SLOTS = 128 };

/* ---- one value ---- */

/* Text that needs no escaping: dates, choices we wrote ourselves. */
static void
write_plain(struct text *out, const char *text, size_t n)
{
	if (!text_room(out, n + 2))
		return;
	out->at[out->len++] = '"';
	memcpy(out->at + out->len, text, n);
	out->len += n;
	out->at[out->len++] = '"';
}

static void
write_moment(struct text *out, const char *text, size_t n)
{
	char iso[ISO_SIZE];

	write_plain(out, iso, moment_reprint(text, n, iso));
}

static void
write_choice(struct text *out, const struct field *f, const char *text, size_t n)
{
	for (const struct choice *c = f->choices; c->key; c++)
		if (c->json && strcmp(c->key, text) == 0) {
			json_text(out, c->json);
			return;
		}
	json_bytes(out, text, n);
}

static void
write_text(struct text *out, const struct field *f, const char *text, size_t n)
{
	switch (f->type) {
	case TYPE_MOMENT:
		write_moment(out, text, n);
		break;
	case TYPE_CHOICE:
		write_choice(out, f, text, n);
		break;
	case TYPE_LIST:
	case TYPE_JSON:
		json_raw(out, text, n);
		break;
	case TYPE_NOTE:
	case TYPE_TEXT:
	case TYPE_DATE:
	case TYPE_WHOLE:
	case TYPE_NUMBER:
	case TYPE_BOOL:
	case TYPE_REF:
	case TYPE_NONE:
	case TYPE__COUNT:
		if (n == 0 && f->blank_as_null)
			json_nothing(out);
		else
			json_bytes(out, text, n);
	}
}

static void
write_null(struct text *out, const struct field *f)
{
	if (f->type == TYPE_LIST && f->initial)
		json_raw(out, "[]", 2);
	else
		json_nothing(out);
}

void
print_value(const struct field *f, const struct value *value, struct text *out)
{
	switch (value->kind) {
	case VALUE_NULL:
		write_null(out, f);
		break;
	case VALUE_WHOLE:
		if (f->type == TYPE_BOOL)
			json_bool(out, value->whole != 0);
		else if (f->type == TYPE_NUMBER)
			json_number(out, (double)value->whole);
		else
			json_whole(out, value->whole);
		break;
	case VALUE_NUMBER:
		json_number(out, value->number);
		break;
	case VALUE_TEXT:
		write_text(out, f, value->text, value->len);
		break;
	}
}

/* The declared type decides how a column is printed; the database converts what is there
 * in another kind, which only rows have that somebody put there by hand. */
static inline void
write_column(struct query *query, size_t i, const struct field *f, struct text *out)
{
	struct value value;

	query_value(query, i, &value);
	if (value.kind == VALUE_NULL) {
		write_null(out, f);
		return;
	}
	switch (f->type) {
	case TYPE_WHOLE:
	case TYPE_REF:
		json_whole(out, value.kind == VALUE_WHOLE ? value.whole : query_whole(query, i));
		break;
	case TYPE_NUMBER:
		json_number(out, value.kind == VALUE_NUMBER ? value.number
							    : query_number(query, i));
		break;
	case TYPE_BOOL:
		json_bool(out, (value.kind == VALUE_WHOLE ? value.whole
							  : query_whole(query, i)) != 0);
		break;
	case TYPE_TEXT:
	case TYPE_NOTE:
	case TYPE_DATE:
	case TYPE_MOMENT:
	case TYPE_CHOICE:
	case TYPE_LIST:
	case TYPE_JSON:
	case TYPE_NONE:
	case TYPE__COUNT:
		if (value.kind != VALUE_TEXT)
			value.text = query_text(query, i, &value.len);
		write_text(out, f, value.text, value.len);
	}
}

void
print_column(struct query *query, size_t i, const struct field *f, struct text *out)
{
	write_column(query, i, f, out);
}

/* ---- rows inside rows ---- */

static size_t
memo_slot(const struct embed *embed, int64_t id)
{
	return (((uintptr_t)embed >> 4) + (size_t)id * 31) % MEMO_SLOTS;
}

const struct memo *
memo_find(const struct work *w, const struct embed *embed, int64_t id)
{
	struct memo *const *slots = w->memo;
	struct memo *memo = slots ? slots[memo_slot(embed, id)] : NULL;

	while (memo && (memo->embed != embed || memo->id != id))
		memo = memo->next;
	return memo;
}

void
memo_keep(struct work *w, const struct embed *embed, int64_t id, const char *json, size_t n)
{
	struct memo *memo = arena_new(w->arena, sizeof(*memo));
	struct memo **slot;

	if (!w->memo)
		w->memo = arena_new(w->arena, MEMO_SLOTS * sizeof(slot));
	slot = (struct memo **)w->memo + memo_slot(embed, id);
	*memo = (struct memo){ embed, id, json, n, *slot };
	*slot = memo;
}

/* Some columns only, each printed by its field. */
static void
write_some(const struct record *rec, struct query *query, size_t n_columns, struct text *out)
{
	json_open(out, '{');
	for (size_t i = 0; i < n_columns; i++) {
		const char *name = query_column_name(query, i);
		int slot = record_slot(rec, name);
		size_t n = 0;
		const char *text;

		json_key(out, name);
		if (slot >= 0) {
			write_column(query, i, &rec->fields[slot], out);
		} else if (query_kind(query, i) == VALUE_WHOLE) {
			json_whole(out, query_whole(query, i));
		} else {
			text = query_text(query, i, &n);
			if (text)
				write_moment(out, text, n);
			else
				json_nothing(out);
		}
	}
	json_close(out, '}');
}

enum result
print_embedded(struct work *w, const struct embed *embed, const struct record *rec,
	struct query *query, size_t n, struct text *out)
{
	if (!embed->columns)
		return print_cursor(w, rec, query, false, out);
	write_some(rec, query, n, out);
	return OK;
}

static enum result
write_object(struct work *w, const struct record *target, const struct embed *embed, int64_t id,
	struct text *out)
{
	const struct memo *memo = memo_find(w, embed, id);
	struct query *query CLEANUP(query_drop) = NULL;
	size_t start;
	enum result r;

	if (memo) {
		json_raw(out, memo->json, memo->n);
		return OK;
	}
	if ((r = db_query(w->db, &query,
		     embed->columns ? arena_printf(w->arena, "SELECT %s FROM %s WHERE id = $1",
					      embed->columns, target->name)
				    : record_plan(target)->print_id,
		     ARGS(value_whole(id)))))
		return r;
	start = out->len;
	if (!query_next(query)) {
		json_nothing(out);
		return query_close(&query);
	}
	if ((r = print_embedded(w, embed, target, query, query_columns(query), out)))
		return r;
	memo_keep(w, embed, id, arena_copy(w->arena, out->at + start, out->len - start),
		out->len - start);
	return query_close(&query);
}

static enum result
write_children(struct work *w, const struct embed *embed, int64_t id, struct text *out)
{
	const struct record *rec = embed->children;
	const struct memo *memo = memo_find(w, embed, id);
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r;

	if (memo) {
		json_raw(out, memo->json, memo->n);
		return OK;
	}
	if ((r = db_query(w->db, &query,
		     arena_printf(w->arena, "SELECT %s FROM %s WHERE %s = $1 ORDER BY %s LIMIT %d",
			     embed->columns ? embed->columns : print_columns(rec), rec->name,
			     rec->fields[embed->via].name, embed->order ? embed->order : "id",
			     EMBEDDED_MOST),
		     ARGS(value_whole(id)))))
		return r;
	json_open(out, '[');
	while (!r && query_next(query))
		r = print_embedded(w, embed, rec, query, query_columns(query), out);
	json_close(out, ']');
	return r ? r : query_close(&query);
}

static enum result
write_embed(struct work *w, const struct plan *plan, size_t i, struct query *query,
	struct text *out)
{
	const struct embed *embed = &plan->rec->embeds[i];
	size_t column;

	if (embed->children) {
		json_key(out, embed->key);
		return write_children(w, embed, query_whole(query, 0), out);
	}
	column = (size_t)plan->embed_at[i];
	if (query_null(query, column)) {
		json_raw(out, plan->embed_none[i], strlen(plan->embed_none[i]));
		return OK;
	}
	json_key(out, embed->key);
	return write_object(w, plan->rec->fields[embed->slot].target, embed,
		query_whole(query, column), out);
}

/* ---- a row ---- */

const char *
print_columns(const struct record *rec)
{
	return record_plan(rec)->print_columns;
}

/* Copied in one piece of a fixed size, for which no function is called. */
static void
write_key(struct text *out, const struct printed *p, bool comma)
{
	if (!text_room(out, 1 + sizeof(p->brief) + p->n_key))
		return;
	out->at[out->len] = ',';
	out->len += comma;
	if (p->n_key <= sizeof(p->brief))
		memcpy(out->at + out->len, p->brief, sizeof(p->brief));
	else
		memcpy(out->at + out->len, p->key, p->n_key);
	out->len += p->n_key;
}

enum result
print_cursor(struct work *w, const struct record *rec, struct query *query, bool detail,
	struct text *out)
{
	const struct plan *plan = record_plan(rec);
	enum result r = OK;

	json_open(out, '{');
	for (size_t i = 0; i < plan->n_printed; i++) {
		const struct printed *p = &plan->printed[i];
		size_t n = 0;
		const char *text;

		if (p->silent)
			continue;
		write_key(out, p, i > 0);
		if (p->field) {
			write_column(query, i, p->field, out);
		} else if (!p->stamp) {
			json_whole(out, query_whole(query, i));
		} else if ((text = query_text(query, i, &n))) {
			write_moment(out, text, n);
		} else {
			json_nothing(out);
		}
	}
	for (size_t i = 0; !r && rec->embeds && rec->embeds[i].key; i++)
		if (detail || !rec->embeds[i].detail)
			r = write_embed(w, plan, i, query, out);
	json_close(out, '}');
	return r;
}

static void
write_stamp(struct text *out, const char *key, int64_t moment)
{
	char iso[ISO_SIZE];

	if (moment) {
		moment_iso(moment, iso);
		json_put_text(out, key, iso);
	} else {
		json_put_nothing(out, key);
	}
}

void
print_row(const struct row *row, struct text *out)
{
	const struct record *rec = row->rec;

	json_open(out, '{');
	json_put_whole(out, "id", row->id);
	for (size_t i = 0; i < rec->n_fields; i++) {
		if (rec->fields[i].hidden || rec->fields[i].secret)
			continue;
		json_key(out, rec->fields[i].name);
		print_value(&rec->fields[i], &row->values[i], out);
	}
	if (rec->stamps_shown) {
		write_stamp(out, "created_at", row->created);
		write_stamp(out, "updated_at", row->updated);
	}
	json_close(out, '}');
}
