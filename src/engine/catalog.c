/*
 * catalog - refuses a declaration that cannot be meant, and derives once what
 * every request needs of a record.
 */
#include "engine/catalog.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "engine/form_private.h"

enum { PLANS = 512 }; /* a power of two, more than twice the records there are */

static struct plan plans[PLANS];
static struct arena *plan_arena;

static size_t
place(const struct record *rec)
{
	size_t i = ((uintptr_t)rec >> 4) * 2654435761u % PLANS;

	while (plans[i].rec && plans[i].rec != rec)
		i = (i + 1) % PLANS;
	return i;
}

const struct plan *
record_plan(const struct record *rec)
{
	return &plans[place(rec)];
}

const struct record *
catalog_find(const struct catalog *catalog, const char *table)
{
	for (const struct record *const *rec = catalog->records; *rec; rec++)
		if (strcmp((*rec)->name, table) == 0)
			return *rec;
	return NULL;
}

/* ---- what cannot be meant ---- */

static int
complain(const struct record *rec, const char *field, const char *what)
{
	log_error("catalog: %s.%s %s", rec->name, field ? field : "", what);
	return 1;
}

static bool
default_fits(const struct field *f)
{
	struct arena *arena CLEANUP(arena_close) = arena_open(1u << 20);
	struct work w = work_new(arena, NULL);
	struct value value;

	return form_initial(&w, f, &value);
}

static int
check_field(const struct catalog *catalog, const struct record *rec, const struct field *f)
{
	int bad = 0;

	if (f->type == TYPE_NONE || !f->name)
		return complain(rec, f->name, "is a hole in the table of fields");
	if (!f->label)
		bad += complain(rec, f->name, "has no label");
	if (f->type == TYPE_CHOICE && !f->choices)
		bad += complain(rec, f->name, "has no choices");
	if (f->type == TYPE_REF && (!f->target || catalog_find(catalog, f->target->name) != f->target))
		bad += complain(rec, f->name, "points at a record that is not in the catalog");
	if (f->max > 0 && f->min > f->max)
		bad += complain(rec, f->name, "has its least above its most");
	if (!bad && f->initial && !default_fits(f))
		bad += complain(rec, f->name, "has a default that breaks its own rules");
	if (strcmp(f->name, "id") == 0)
		bad += complain(rec, f->name, "is the engine's own");
	return bad;
}

static bool
column_known(const struct record *rec, const char *name, size_t n)
{
	static const char *const own[] = { "id", "created_at", "updated_at" };

	for (size_t i = 0; i < COUNT(own); i++)
		if (strlen(own[i]) == n && strncmp(own[i], name, n) == 0)
			return true;
	for (size_t i = 0; i < rec->n_fields; i++)
		if (strlen(rec->fields[i].name) == n && strncmp(rec->fields[i].name, name, n) == 0)
			return true;
	return false;
}

static int
check_indexes(const struct record *rec)
{
	int bad = 0;

	for (const struct index *index = rec->indexes; index && index->columns; index++)
		for (const char *at = index->columns; *at;) {
			size_t n = strcspn(at, ", ");

			if (!column_known(rec, at, n))
				bad += complain(rec, index->columns, "is an index over an unknown column");
			at += n + strspn(at + n, ", ");
		}
	return bad;
}

static int
check_record(const struct catalog *catalog, const struct record *rec)
{
	int bad = 0;

	if (!rec->one || !rec->many || !rec->entity)
		bad += complain(rec, NULL, "lacks .one, .many or .entity");
	if (rec->n_fields == 0 || rec->n_fields > 64)
		return bad + complain(rec, NULL, "has no fields, or more than 64");
	for (size_t i = 0; i < rec->n_fields; i++) {
		bad += check_field(catalog, rec, &rec->fields[i]);
		for (size_t j = 0; j < i && rec->fields[i].name && rec->fields[j].name; j++)
			if (strcmp(rec->fields[i].name, rec->fields[j].name) == 0)
				bad += complain(rec, rec->fields[i].name, "is declared twice");
	}
	if (bad)
		return bad;
	if (rec->of_patient && !rec->fields[rec->patient].target)
		bad += complain(rec, NULL, "is of a patient, but .patient is no reference");
	for (const struct embed *e = rec->embeds; e && e->key; e++)
		if (!e->children && rec->fields[e->slot].type != TYPE_REF)
			bad += complain(rec, e->key, "embeds something that is no reference");
	if (rec->title && record_plan(rec) && !column_known(rec, rec->title, strlen(rec->title)))
		bad += complain(rec, rec->title, "is the title but no column");
	return bad + check_indexes(rec);
}

/* ---- what is derived ---- */

static const char *
taken(struct text *text)
{
	const char *copy = arena_copy(plan_arena, text->at, text->len);

	text_close(text);
	return copy;
}

static const char *
all_columns(const struct record *rec)
{
	struct text out = { 0 };

	text_add(&out, "id, created_at, updated_at");
	for (size_t i = 0; i < rec->n_fields; i++)
		text_printf(&out, ", %s", rec->fields[i].name);
	return taken(&out);
}

static const char *
insert_sql(const struct record *rec)
{
	struct text out = { 0 };

	text_printf(&out, "INSERT INTO %s (created_at, updated_at", rec->name);
	for (size_t i = 0; i < rec->n_fields; i++)
		text_printf(&out, ", %s", rec->fields[i].name);
	text_add(&out, ") VALUES ($1, $2");
	for (size_t i = 0; i < rec->n_fields; i++)
		text_printf(&out, ", $%zu", i + 3);
	text_add(&out, ")");
	return taken(&out);
}

static void
add_printed(struct plan *plan, struct text *columns, const char *name,
	const struct printed *printed)
{
	struct printed *slot = &plan->printed[plan->n_printed++];

	*slot = *printed;
	slot->key = arena_printf(plan_arena, "\"%s\":", name);
	slot->n_key = strlen(slot->key);
	if (slot->n_key <= sizeof(slot->brief))
		memcpy(slot->brief, slot->key, slot->n_key);
	text_printf(columns, "%s%s", columns->len ? ", " : "", name);
}

/* The column an embed reads its reference from: one that is printed anyway, or
 * one fetched besides. */
static int
embed_column(struct plan *plan, struct text *columns, const struct field *field)
{
	for (size_t i = 0; i < plan->n_printed; i++)
		if (plan->printed[i].field == field)
			return (int)i;
	add_printed(plan, columns, field->name,
		&(struct printed){ .field = field, .silent = true });
	return (int)plan->n_printed - 1;
}

static void
plan_printing(struct plan *plan)
{
	const struct record *rec = plan->rec;
	struct text columns = { 0 };
	size_t n_embeds = 0;

	while (rec->embeds && rec->embeds[n_embeds].key)
		n_embeds++;
	plan->printed = arena_new(plan_arena,
		(rec->n_fields + n_embeds + 3) * sizeof(*plan->printed));
	plan->embed_at = arena_new(plan_arena, (n_embeds + 1) * sizeof(*plan->embed_at));
	add_printed(plan, &columns, "id", &(struct printed){ 0 });
	for (size_t i = 0; i < rec->n_fields; i++)
		if (!rec->fields[i].hidden && !rec->fields[i].secret)
			add_printed(plan, &columns, rec->fields[i].name,
				&(struct printed){ .field = &rec->fields[i] });
	if (rec->stamps_shown) {
		add_printed(plan, &columns, "created_at", &(struct printed){ .stamp = true });
		add_printed(plan, &columns, "updated_at", &(struct printed){ .stamp = true });
	}
	plan->embed_none = arena_new(plan_arena, (n_embeds + 1) * sizeof(*plan->embed_none));
	for (size_t i = 0; i < n_embeds; i++) {
		plan->embed_at[i] = rec->embeds[i].children
			? -1
			: embed_column(plan, &columns, &rec->fields[rec->embeds[i].slot]);
		plan->embed_none[i] = arena_printf(plan_arena, "\"%s\":null", rec->embeds[i].key);
	}
	plan->print_columns = taken(&columns);
	plan->print_id = arena_printf(plan_arena, "SELECT %s FROM %s WHERE id = $1",
		plan->print_columns, rec->name);
}

static void
plan_record(const struct record *rec)
{
	struct plan *plan = &plans[place(rec)];

	if (plan->rec)
		return;
	plan->rec = rec;
	plan->columns = all_columns(rec);
	plan->insert = insert_sql(rec);
	plan->select_id = arena_printf(plan_arena, "SELECT %s FROM %s WHERE id = $1",
		plan->columns, rec->name);
	plan->drop = arena_printf(plan_arena, "DELETE FROM %s WHERE id = $1", rec->name);
	plan_printing(plan);
}

enum result
catalog_check(const struct catalog *catalog)
{
	int bad = 0;

	if (!plan_arena)
		plan_arena = arena_open(16u << 20);
	for (const struct record *const *rec = catalog->records; *rec; rec++) {
		bad += check_record(catalog, *rec);
		for (const struct record *const *other = catalog->records; other != rec; other++)
			if (strcmp((*other)->name, (*rec)->name) == 0)
				bad += complain(*rec, NULL, "is in the catalog twice");
	}
	if (bad)
		return FAULT;
	for (const struct record *const *rec = catalog->records; *rec; rec++)
		plan_record(*rec);
	return OK;
}
