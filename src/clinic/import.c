/*
 * import - the reference's export: keep, normalise, flag; never drop silently.
 *
 * Every row is stored, found to be here already, or left over whole with the
 * reason.  What is changed on the way is kept as it came in import_flags; a field
 * that cannot be kept costs the field, not the row.  Running it again finds all
 * rows by their keys and changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "clinic/body.h"
#include "clinic/clinic.h"
#include "clinic/clock.h"
#include "clinic/npi.h"
#include "clinic/records.h"
#include "engine/form.h"
#include "engine/house.h"
#include "engine/store.h"

enum { FLAGS_MOST = 32, REASON_MOST = 400, PROGRESS_EVERY = 50,
	ROW_MEMORY = 1 << 30 };

static const struct part {
	const char *member;
	const struct record *rec;
} parts[] = {
	{ "providers", &clinic_providers },
	{ "patients", &clinic_patients },
	{ "appointments", &clinic_appointments },
	{ "medications", &clinic_medications },
	{ "allergies", &clinic_allergies },
	{ "vitals", &clinic_vital_signs },
	{ "labs", &clinic_lab_results },
	{ "clients", &clinic_oauth_clients },
};

struct flag {
	const char *field, *original, *reason;
};

/* One row on its way in. */
struct entrant {
	const struct record *rec;
	json_t *came;   /* as it came */
	json_t *object; /* as it is tried */
	struct row *row;
	struct flag flags[FLAGS_MOST];
	size_t n_flags;
	const char *refused; /* why it cannot be stored; NULL: it can */
};

struct run {
	struct work *w;
	struct import_report *report;
	struct import_count *count;
	size_t without_zone;
};

/* ---- flags ---- */

static void
flag(struct entrant *e, const char *field, const char *original, const char *reason)
{
	if (e->n_flags < FLAGS_MOST)
		e->flags[e->n_flags++] = (struct flag){ field, original, reason };
}

static bool
is_flagged(const struct entrant *e, const char *field)
{
	for (size_t i = 0; i < e->n_flags; i++)
		if (strcmp(e->flags[i].field, field) == 0)
			return true;
	return false;
}

static const char *
dump(struct work *w, json_t *json)
{
	char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
	const char *copy = arena_text(w->arena, text ? text : "null");

	free(text);
	return copy;
}

/* A text as itself, anything else as JSON. */
static const char *
original_of(struct work *w, json_t *json)
{
	return json_is_string(json) ? arena_text(w->arena, json_string_value(json)) : dump(w, json);
}

/* ---- what is known to be wrong with such rows ---- */

static const char *
given(const struct entrant *e, const char *name)
{
	return json_string_value(json_object_get(e->came, name));
}

static void
prepare_appointment(struct work *w, struct entrant *e)
{
	const char *time = given(e, "time"), *date = given(e, "date");
	const char *status = given(e, "status");
	char read[CLOCK_SIZE], today[DATE_SIZE];
	enum clock_reading reading = time ? clock_read(time, read) : CLOCK_NONSENSE;

	if (reading != CLOCK_NONSENSE && strcmp(time, read) != 0) {
		flag(e, "time", arena_text(w->arena, time), reading == CLOCK_CONTRADICTS
			? "contradicts itself; the hour was believed"
			: "was written on the 12-hour clock");
		json_object_set_new(e->object, "time", json_string(read));
	} else if (time && reading == CLOCK_NONSENSE) {
		flag(e, "time", NULL, "is no time of day");
	}
	date_of(w->now, today);
	if (date && status && text_same(status, "scheduled") && strcmp(date, today) < 0)
		flag(e, "status", NULL, "is in the past and still scheduled");
}

/* An export of ours says how things came: kept as it was, nothing is done to it. */
static void
take_originals(struct work *w, struct entrant *e)
{
	json_t *originals = json_object_get(e->came, "original"), *value;
	const char *name;

	if (!json_is_object(originals))
		return;
	json_object_foreach(originals, name, value)
		flag(e, arena_text(w->arena, name), original_of(w, value), "came so");
	json_object_del(e->object, "original");
}

static void
prepare(struct run *run, struct entrant *e)
{
	const char *ssn = given(e, "ssn");

	take_originals(run->w, e);
	if (e->rec == &clinic_appointments)
		prepare_appointment(run->w, e);
	if (e->rec == &clinic_providers && given(e, "npi") && !npi_valid(given(e, "npi")))
		flag(e, "npi", NULL, "has a wrong check digit");
	if (e->rec == &clinic_patients && ssn && strchr(ssn, '*'))
		flag(e, "ssn", NULL, "is masked");
	if (body_zones(e->rec, e->object))
		run->without_zone++;
	body_nulls(e->rec, e->object);
}

static bool
is_parent(const struct record *rec, const char *name)
{
	return (rec->of_patient && strcmp(name, "patient_mrn") == 0) ||
		(rec == &clinic_appointments && strcmp(name, "provider_npi") == 0);
}

/* Members we have no column for are kept in the flags. */
static void
keep_strangers(struct work *w, struct entrant *e)
{
	const char *name;
	json_t *value;

	json_object_foreach(e->came, name, value) {
		int slot = record_slot(e->rec, name);

		if (is_parent(e->rec, name) || json_is_null(value) || is_flagged(e, name) ||
			(strcmp(name, "original") == 0 && json_is_object(value)) ||
			(slot >= 0 && (!e->rec->fields[slot].read_only ||
				e->rec == &clinic_oauth_clients)))
			continue;
		flag(e, arena_text(w->arena, name), original_of(w, value), "has no column here");
	}
}

/* ---- parents ---- */

static enum result
find_parent(struct work *w, struct entrant *e, const struct record *parent, const char *member,
	const char *column)
{
	const char *key = given(e, member);
	int64_t id = 0;
	enum result r = MISSING;

	if (key)
		r = db_one(w->db, arena_printf(w->arena, "SELECT id FROM %s WHERE %s = $1",
				parent->name, parent->key), ARGS(value_text(key)), &id);
	if (r == MISSING) {
		e->refused = arena_printf(w->arena, "%s names no %s", member, parent->entity);
		return OK;
	}
	json_object_set_new(e->object, column, json_integer(id));
	return r;
}

static enum result
find_parents(struct work *w, struct entrant *e)
{
	enum result r = OK;

	if (e->rec->of_patient)
		r = find_parent(w, e, &clinic_patients, "patient_mrn", "patient_id");
	if (!r && e->rec == &clinic_appointments && !e->refused)
		r = find_parent(w, e, &clinic_providers, "provider_npi", "provider_id");
	return r;
}

/* ---- reading the row ---- */

static void
forget_problems(struct work *w)
{
	w->problems = (struct problems){ .arena = w->arena };
	w->failure = (struct failure){ 0 };
}

/* Names fields and rules, never values. */
static const char *
reason_of(struct work *w)
{
	struct text out CLEANUP(text_close) = { .cap = REASON_MOST };

	for (const struct problem *p = w->problems.first; p; p = p->next)
		text_printf(&out, "%s%s: %s", out.len ? "; " : "", *p->field ? p->field : "row",
			p->text);
	if (!out.len)
		text_add(&out, w->failure.message ? w->failure.message : "was refused");
	return arena_copy(w->arena, out.at, out.len);
}

static bool
can_go(const struct record *rec, int slot)
{
	return slot >= 0 && !rec->fields[slot].required && !rec->fields[slot].not_null;
}

/* Takes out the fields that cannot be kept; false when one of them must be. */
static bool
drop_fields(struct work *w, struct entrant *e)
{
	for (const struct problem *p = w->problems.first; p; p = p->next)
		if (!can_go(e->rec, record_slot(e->rec, p->field)))
			return false;
	for (const struct problem *p = w->problems.first; p; p = p->next) {
		flag(e, p->field, original_of(w, json_object_get(e->came, p->field)), p->text);
		json_object_del(e->object, p->field);
	}
	return true;
}

static void
read_row(struct work *w, struct entrant *e)
{
	e->row = row_new(w->arena, e->rec);
	form_read(w, e->object, false, e->row);
	if (w->problems.n && drop_fields(w, e)) {
		forget_problems(w);
		e->row = row_new(w->arena, e->rec);
		form_read(w, e->object, false, e->row);
	}
	if (!w->problems.n)
		form_rules(w, e->row);
	if (w->problems.n)
		e->refused = reason_of(w);
	forget_problems(w);
}

/* What trimming, case and the like have changed. */
static void
flag_changes(struct work *w, struct entrant *e)
{
	for (size_t i = 0; i < e->rec->n_fields; i++) {
		const struct field *f = &e->rec->fields[i];
		const char *came = given(e, f->name), *is;

		if (!came || is_flagged(e, f->name) || (f->type != TYPE_TEXT &&
				f->type != TYPE_NOTE && f->type != TYPE_CHOICE && f->type != TYPE_DATE))
			continue;
		is = row_text(e->row, (int)i);
		if (!is || strcmp(is, came) != 0)
			flag(e, f->name, arena_text(w->arena, came), "was brought into form");
	}
}

/* ---- is it here already ---- */

static enum result
find_same(struct work *w, const struct entrant *e, int64_t *id)
{
	const struct row *row = e->row;
	int64_t patient = e->rec->of_patient ? row_whole(row, e->rec->patient) : 0;

	if (e->rec->key)
		return db_one(w->db, arena_printf(w->arena, "SELECT id FROM %s WHERE %s = $1",
				e->rec->name, e->rec->key),
			ARGS(value_text(row_text(row, record_slot(e->rec, e->rec->key)))), id);
	if (e->rec == &clinic_vital_signs)
		return db_one(w->db, "SELECT id FROM vital_signs WHERE patient_id = $1 "
			"AND recorded_date = $2", ARGS(value_whole(patient),
				value_text(row_text(row, VITALS_RECORDED_DATE))), id);
	if (!row_has(row, ALLERGIES_ONSET_DATE))
		return db_one(w->db, "SELECT id FROM allergies WHERE patient_id = $1 "
			"AND allergen = $2 AND onset_date IS NULL", ARGS(value_whole(patient),
				value_text(row_text(row, ALLERGIES_ALLERGEN))), id);
	return db_one(w->db, "SELECT id FROM allergies WHERE patient_id = $1 AND allergen = $2 "
		"AND onset_date = $3", ARGS(value_whole(patient),
			value_text(row_text(row, ALLERGIES_ALLERGEN)),
			value_text(row_text(row, ALLERGIES_ONSET_DATE))), id);
}

/* ---- storing ---- */

static enum result
put_quietly(struct work *w, struct row *row)
{
	bool quiet = w->quiet;
	enum result r;

	w->quiet = true; /* bookkeeping, not a chart */
	r = store_put(w, row);
	w->quiet = quiet;
	return r;
}

static enum result
put_flags(struct run *run, const struct entrant *e)
{
	struct work *w = run->w;
	int slot = e->rec->key ? record_slot(e->rec, e->rec->key) : -1;
	enum result r = OK;

	for (size_t i = 0; !r && i < e->n_flags; i++) {
		const struct flag *f = &e->flags[i];
		struct row *row = row_new(w->arena, &engine_import_flags);

		row_set_text(row, FLAG_TABLE, e->rec->name);
		row_set_whole(row, FLAG_ROW, e->row->id);
		row_set_text(row, FLAG_FIELD, f->field);
		row_set_text(row, FLAG_ORIGINAL, f->original);
		row_set_text(row, FLAG_REASON, f->reason);
		r = put_quietly(w, row);
		text_printf(&run->report->flags, "%s/%s %s: %s\n", e->rec->name,
			slot >= 0 ? row_text(e->row, slot)
				  : arena_printf(w->arena, "%lld", (long long)e->row->id),
			f->field, f->reason);
	}
	run->count->flagged += e->n_flags > 0;
	return r;
}

static enum result
leave(struct run *run, const struct entrant *e)
{
	struct work *w = run->w;
	const char *content = dump(w, e->came);
	struct row *row;
	int64_t n;
	enum result r;

	run->count->left++;
	text_printf(&run->report->flags, "%s row %zu: left over: %s\n", e->rec->name,
		run->count->read, e->refused);
	r = db_one(w->db, "SELECT count(*) FROM import_leftovers WHERE table_name = $1 "
		"AND content = $2", ARGS(value_text(e->rec->name), value_text(content)), &n);
	if (r || n)
		return r;
	row = row_new(w->arena, &engine_import_leftovers);
	row_set_text(row, LEFT_SOURCE, "clinic export");
	row_set_text(row, LEFT_TABLE, e->rec->name);
	row_set_text(row, LEFT_CONTENT, content);
	row_set_text(row, LEFT_REASON, e->refused);
	return put_quietly(w, row);
}

/* What the database refuses of one row must not spoil the others' transaction. */
static enum result
put_apart(struct work *w, struct row *row)
{
	enum result r, back;

	if ((r = db_save(w->db)))
		return r;
	if (!(r = store_put(w, row)))
		return db_release(w->db);
	back = db_undo(w->db);
	return back ? back : r;
}

/* No request can set these; the file of a system that ends can: its clients go on. */
static void
take_credentials(struct work *w, struct entrant *e)
{
	const char *id = given(e, "client_id"), *hash = given(e, "client_secret_hash");

	row_set_text(e->row, CLIENTS_CLIENT_ID, arena_text(w->arena, id));
	row_set_text(e->row, CLIENTS_CLIENT_SECRET_HASH, arena_text(w->arena, hash));
	if (!id || !hash)
		e->refused = "has no client id or no hash of a secret";
}

static enum result
admit(struct run *run, struct entrant *e)
{
	struct work *w = run->w;
	int64_t id;
	enum result r;

	if (!e->refused)
		read_row(w, e);
	if (e->refused)
		return leave(run, e);
	if (e->rec == &clinic_oauth_clients)
		take_credentials(w, e);
	if (e->refused)
		return leave(run, e);
	r = find_same(w, e, &id);
	if (r != MISSING) {
		run->count->unchanged += r == OK;
		return r;
	}
	keep_strangers(w, e);
	flag_changes(w, e);
	r = put_apart(w, e->row);
	if (r == INVALID || r == CONFLICT || r == MISSING) {
		e->refused = reason_of(w);
		forget_problems(w);
		return leave(run, e);
	}
	if (r)
		return r;
	run->count->stored++;
	return put_flags(run, e);
}

static enum result
take_item(struct run *run, const struct record *rec, json_t *item)
{
	struct entrant e = { .rec = rec, .came = item };
	enum result r;

	run->count->read++;
	if (!json_is_object(item)) {
		e.refused = "is no object";
		return leave(run, &e);
	}
	e.object = json_copy(item);
	if (!e.object)
		return FAULT;
	prepare(run, &e);
	r = find_parents(run->w, &e);
	if (!r)
		r = admit(run, &e);
	json_decref(e.object);
	return r;
}

/* ---- the whole ---- */

static size_t
total(json_t *export)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(parts); i++)
		n += json_array_size(json_object_get(export, parts[i].member));
	return n;
}

static void
report_strangers(struct run *run, json_t *export)
{
	const char *name;
	json_t *value;

	json_object_foreach(export, name, value) {
		bool known = false;

		for (size_t i = 0; i < COUNT(parts); i++)
			known = known || strcmp(parts[i].member, name) == 0;
		if (!known)
			text_printf(&run->report->flags, "%.40s: is no part of an export; not read\n",
				name);
		else if (!json_is_array(value))
			text_printf(&run->report->flags, "%s: is no list; not read\n", name);
	}
}

/* Each row in memory that is given back before the next: there may be any number. */
static enum result
take_apart(struct run *run, const struct record *rec, json_t *item, struct arena *scratch)
{
	struct work *w = run->w;
	struct arena *whole = w->arena;
	enum result r;

	arena_reset(scratch);
	w->arena = scratch;
	r = take_item(run, rec, item);
	w->arena = whole;
	w->problems = (struct problems){ .arena = whole }; /* of one row: told by its flags */
	w->failure.message = arena_text(whole, w->failure.message);
	w->failure.description = arena_text(whole, w->failure.description);
	return r;
}

static enum result
take_all(struct run *run, json_t *export, void (*progress)(void *arg, size_t done, size_t of),
	void *arg)
{
	struct arena *scratch CLEANUP(arena_close) = arena_open(ROW_MEMORY);
	size_t done = 0, of = total(export);
	enum result r = OK;

	for (size_t i = 0; i < COUNT(parts); i++) {
		json_t *list = json_object_get(export, parts[i].member), *item;
		size_t at;

		if (!list && parts[i].rec == &clinic_oauth_clients)
			continue; /* only a SQLite file has them */
		run->count = &run->report->counts[run->report->n++];
		run->count->what = parts[i].member;
		json_array_foreach(list, at, item) {
			if ((r = take_apart(run, parts[i].rec, item, scratch)))
				return r;
			if (++done % PROGRESS_EVERY == 0 && progress)
				progress(arg, done, of);
		}
	}
	if (progress)
		progress(arg, done, of);
	return r;
}

enum result
clinic_import(struct work *w, json_t *export, struct import_report *report,
	void (*progress)(void *arg, size_t done, size_t of), void *arg)
{
	struct run run = { .w = w, .report = report };
	bool importing = w->importing;
	enum result r;

	*report = (struct import_report){ 0 };
	if (!json_is_object(export))
		return fail(w, INVALID, "This is no export: no JSON object.");
	w->importing = true;
	report_strangers(&run, export);
	r = take_all(&run, export, progress, arg);
	if (!r && run.without_zone)
		text_printf(&report->flags, "vital_signs: %zu times without a zone were read "
			"in %s\n", run.without_zone, moment_zone_name());
	w->importing = importing;
	return r;
}
