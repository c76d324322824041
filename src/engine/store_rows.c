/*
 * store_rows - create, change, delete: the row, its references, its history.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/crypto.h"
#include "engine/audit.h"
#include "engine/store.h"

enum { KEY_LETTERS = 6, KEY_TRIES = 20 };

/* ---- reading ---- */

static struct value
read_value(struct work *w, struct query *query, size_t i, const struct field *f)
{
	size_t n;
	const char *text;

	switch (query_kind(query, i)) {
	case VALUE_NULL:
		break;
	case VALUE_WHOLE:
		if (f->type == TYPE_NUMBER)
			return value_number(query_number(query, i));
		return value_whole(query_whole(query, i));
	case VALUE_NUMBER:
		return value_number(query_number(query, i));
	case VALUE_TEXT:
		text = query_text(query, i, &n);
		return value_text(arena_copy(w->arena, text, n));
	}
	return value_null();
}

static int64_t
read_stamp(struct query *query, size_t i)
{
	const char *text = query_text(query, i, NULL);
	int64_t moment = 0;

	return text && moment_load(text, &moment) ? moment : 0;
}

static enum result
read_row(struct work *w, const struct record *rec, const char *sql, struct value arg,
	struct row **out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct row *row;
	enum result r;

	if ((r = db_query(w->db, &query, sql, &arg, 1)))
		return r;
	if (!query_next(query))
		return (r = query_close(&query)) ? r : MISSING;
	row = row_new(w->arena, rec);
	row->id = query_whole(query, 0);
	row->created = read_stamp(query, 1);
	row->updated = read_stamp(query, 2);
	for (size_t i = 0; i < rec->n_fields; i++)
		row->values[i] = read_value(w, query, i + 3, &rec->fields[i]);
	*out = row;
	return query_close(&query);
}

enum result
store_get(struct work *w, const struct record *rec, int64_t id, struct row **out)
{
	return read_row(w, rec, record_plan(rec)->select_id, value_whole(id), out);
}

enum result
store_find(struct work *w, const struct record *rec, const char *column, struct value value,
	struct row **out)
{
	return read_row(w, rec,
		arena_printf(w->arena, "SELECT %s FROM %s WHERE %s = $1 ORDER BY id LIMIT 1",
			record_plan(rec)->columns, rec->name, column),
		value, out);
}

/* ---- whose it is ---- */

enum result
store_patient_of(struct work *w, const struct row *row, int64_t *patient)
{
	const struct record *rec = row->rec;
	struct row *parent = NULL;
	enum result r;

	*patient = 0;
	if (rec->is_patient)
		*patient = row->id;
	else if (rec->of_patient)
		*patient = row_whole(row, rec->patient);
	else if (rec->parent && row_has(row, rec->parent_slot)) {
		if ((r = store_get(w, rec->parent, row_whole(row, rec->parent_slot), &parent)))
			return r;
		return store_patient_of(w, parent, patient);
	}
	return OK;
}

static enum result
bad_reference(struct work *w)
{
	enum result r = fail_as(w, 400, "BIZ-400", "Invalid reference");

	w->failure.description = "The operation references a non-existent record";
	return r;
}

/* The target must be there and, where it belongs to a patient, to the same. */
static enum result
check_reference(struct work *w, const struct field *f, int64_t id, int64_t patient)
{
	struct row *target = NULL;
	int64_t other = 0;
	enum result r;

	if ((r = store_get(w, f->target, id, &target)))
		return r == MISSING ? bad_reference(w) : r;
	if (f->target->is_patient || (!f->target->of_patient && !f->target->parent))
		return OK;
	if ((r = store_patient_of(w, target, &other)))
		return r;
	return other == patient || patient == 0 ? OK : bad_reference(w);
}

static bool
same_value(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_WHOLE:
		return a->whole == b->whole;
	case VALUE_NUMBER:
		return memcmp(&a->number, &b->number, sizeof(a->number)) == 0;
	case VALUE_TEXT:
		return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
	}
	return false;
}

static bool
changed(const struct row *row, size_t slot)
{
	return !row->before || !same_value(&row->values[slot], &row->before->values[slot]);
}

static enum result
check_references(struct work *w, const struct row *row)
{
	const struct record *rec = row->rec;
	int64_t patient = 0;
	bool known = false;
	enum result r;

	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];

		if (f->type != TYPE_REF || !row_has(row, (int)i) || !changed(row, i))
			continue;
		if (f->target->is_patient && rec->of_patient && (int)i == rec->patient
			&& !w->importing && w->actor.kind != SYSTEM)
			continue; /* access has just looked at it */
		if (!known && (r = store_patient_of(w, row, &patient)))
			return r == MISSING ? bad_reference(w) : r;
		known = true;
		if ((r = check_reference(w, f, row_whole(row, (int)i), patient)))
			return r;
	}
	return OK;
}

/* ---- writing ---- */

/* What the database refused, in words of the contract (personal-api 1.9). */
static enum result
explain(struct work *w, const struct record *rec, enum result r)
{
	const char *where = db_trouble_where(w->db);
	const char *dot = strchr(where, '.');

	if (r == CONFLICT) {
		r = fail_as(w, 409, NULL, "Duplicate entry detected");
		w->failure.description = "A record with the same identifier already exists";
	} else if (db_trouble(w->db) == DB_FOREIGN) {
		r = bad_reference(w);
	} else if (r == INVALID) {
		problem_at(&w->problems, "body", dot ? dot + 1 : rec->name, "value_error",
			"is not acceptable here");
	}
	return r;
}

static enum result
insert(struct work *w, struct row *row)
{
	const struct record *rec = row->rec;
	struct value *args = arena_new(w->arena, (rec->n_fields + 2) * sizeof(*args));
	char *now = arena_new(w->arena, MOMENT_SIZE);

	if (!row->created)
		row->created = w->now;
	row->updated = w->now;
	moment_store(row->created, now);
	args[0] = value_text(now);
	now = arena_new(w->arena, MOMENT_SIZE);
	moment_store(row->updated, now);
	args[1] = value_text(now);
	memcpy(args + 2, row->values, rec->n_fields * sizeof(*args));
	return db_insert(w->db, record_plan(rec)->insert, args, rec->n_fields + 2, &row->id);
}

/* Whether units run beside this one. */
static bool
beside(const struct work *w)
{
	return db_dialect(w->db) == POSTGRES && db_mode(w->db) == DB_WRITE;
}

enum result
store_lock(struct work *w, const struct record *rec, int64_t id)
{
	int64_t found;

	return !beside(w) ? OK : db_one(w->db,
		arena_printf(w->arena, "SELECT id FROM %s WHERE id = $1 FOR NO KEY UPDATE", rec->name),
		ARGS(value_whole(id)), &found);
}

enum result
store_lock_name(struct work *w, const char *name)
{
	int64_t one;

	return !beside(w) ? OK : db_one(w->db,
		"SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))) AS l",
		ARGS(value_text(arena_printf(w->arena, "%s:%s", store_catalog(w->store)->name, name))),
		&one);
}

static enum result
overtaken(struct work *w)
{
	db_overtaken(w->db);
	return FAULT;
}

static enum result
update(struct work *w, struct row *row)
{
	const struct record *rec = row->rec;
	struct value args[67];
	struct text sql CLEANUP(text_close) = { 0 };
	char now[MOMENT_SIZE], then[MOMENT_SIZE];
	int64_t stored = row->updated, changed_rows = 0;
	size_t n = 0;
	enum result r;

	row->updated = w->now;
	moment_store(row->updated, now);
	text_printf(&sql, "UPDATE %s SET updated_at = $1", rec->name);
	args[n++] = value_text(now);
	for (size_t i = 0; i < rec->n_fields; i++)
		if (changed(row, i)) {
			args[n++] = row->values[i];
			text_printf(&sql, ", %s = $%zu", rec->fields[i].name, n);
		}
	args[n++] = value_whole(row->id);
	text_printf(&sql, " WHERE id = $%zu", n);
	if (!beside(w))
		return db_run(w->db, text_string(&sql), args, n, NULL);
	if (stored) {
		moment_store(stored, then);
		args[n++] = value_text(then);
		text_printf(&sql, " AND updated_at = $%zu", n);
	}
	r = db_run(w->db, text_string(&sql), args, n, &changed_rows);
	return r || changed_rows ? r : overtaken(w);
}

static enum result
note(struct work *w, const struct row *row, const char *action, const char *verb)
{
	const struct record *rec = row->rec;
	int64_t patient = 0;
	enum result r;

	if (w->quiet || rec->internal)
		return OK;
	if ((r = store_patient_of(w, row, &patient)) && r != MISSING)
		return r;
	return audit_add(w,
		&(struct entry){
			.action = action,
			.entity_type = rec->entity,
			.entity_id = row->id,
			.patient = patient,
			.description = arena_printf(w->arena, "%s %s %lld", verb,
				rec->display ? rec->display : rec->one, (long long)row->id),
		});
}

enum result
store_put(struct work *w, struct row *row)
{
	const struct record *rec = row->rec;
	bool create = row->id == 0;
	enum result r;

	if ((r = check_references(w, row)))
		return r;
	if (rec->saving && (r = rec->saving(w, row)))
		return r;
	if ((r = create ? insert(w, row) : update(w, row)))
		return explain(w, rec, r);
	if (rec->saved && (r = rec->saved(w, row)))
		return r;
	return create ? note(w, row, "created", "Created") : note(w, row, "updated", "Updated");
}

/* The deletion matrix (personal-api 3.2): who points at the row "loses the
 * reference"; the constraint itself stays NO ACTION. */
static enum result
unlink_all(struct work *w, const struct row *row)
{
	const struct record *const *rec = store_catalog(w->store)->records;
	enum result r;

	for (; *rec; rec++)
		for (size_t i = 0; i < (*rec)->n_fields; i++) {
			const struct field *f = &(*rec)->fields[i];

			if (f->type != TYPE_REF || f->target != row->rec || f->on_delete != UNLINK)
				continue;
			if ((r = db_run(w->db,
				     arena_printf(w->arena, "UPDATE %s SET %s = NULL WHERE %s = $1",
					     (*rec)->name, f->name, f->name),
				     ARGS(value_whole(row->id)), NULL)))
				return r;
		}
	return OK;
}

enum result
store_drop(struct work *w, const struct row *row)
{
	int64_t gone = 0;
	enum result r;

	if ((r = note(w, row, "deleted", "Deleted")))
		return r;
	if (row->rec->dropping && (r = row->rec->dropping(w, row)))
		return r;
	if ((r = unlink_all(w, row)))
		return r;
	r = db_run(w->db, record_plan(row->rec)->drop, ARGS(value_whole(row->id)), &gone);
	if (!r && !gone && beside(w))
		return overtaken(w);
	if (r && db_trouble(w->db) == DB_FOREIGN)
		return fail_as(w, 409, NULL, "This record is still in use.");
	return r;
}

enum result
store_new_key(struct work *w, const struct record *rec, const char **key)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	char name[32];
	int64_t n = 0;

	for (int try = 0; try < KEY_TRIES; try++) {
		size_t at = strlen(rec->key_prefix);
		enum result r;

		memcpy(name, rec->key_prefix, at);
		for (int i = 0; i < KEY_LETTERS; i++)
			name[at++] = letters[random_below(sizeof(letters) - 1)];
		name[at] = '\0';
		if ((r = db_one(w->db,
			     arena_printf(w->arena, "SELECT count(*) FROM %s WHERE %s = $1", rec->name,
				     rec->key),
			     ARGS(value_text(name)), &n)))
			return r;
		if (n == 0) {
			*key = arena_text(w->arena, name);
			return OK;
		}
	}
	return FAULT;
}
