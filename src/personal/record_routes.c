/*
 * record_routes - create, read, change and delete rows of any record.
 */
#include "personal/record_routes.h"

#include "base/json.h"
#include "engine/audit.h"
#include "engine/form.h"
#include "engine/store.h"
#include "personal/reach.h"
#include "personal/select.h"

/*
 * The patient a body speaks of, when it does not say: the active one.  Records
 * whose patient stands in the query get theirs in record_create(), by the
 * selector; until then any number keeps the form quiet about it.
 */
static void
name_patient(struct work *w, const struct record *rec)
{
	json_t *body = w->call->json;
	const char *name;
	json_int_t patient = w->actor.active_patient;

	if (!rec->of_patient || !json_is_object(body))
		return;
	name = rec->fields[rec->patient].name;
	if (rec->patient_in_query)
		(void)json_object_set_new(body, name, json_integer(1));
	else if (patient && (!json_object_get(body, name) ||
			json_is_null(json_object_get(body, name))))
		(void)json_object_set_new(body, name, json_integer(patient));
}

enum result
record_read(struct work *w)
{
	const struct record *rec = w->call->route->rec;
	struct row *row = row_new(w->arena, rec);

	name_patient(w, rec);
	form_read(w, w->call->json, false, row);
	form_rules(w, row);
	w->call->row = row;
	return call_sound(w);
}

/* Shared records remember who added them: that decides who may change them. */
static void
sign(struct work *w, struct row *row)
{
	int slot = record_slot(row->rec, "added_by");

	if (slot >= 0)
		row_set_whole(row, slot, w->actor.id);
}

static enum result
allow_create(struct work *w, struct row *row)
{
	const struct record *rec = row->rec;
	int64_t patient;
	enum result r;

	if (!rec->of_patient) {
		sign(w, row);
		/* Who may see a shared record may add one. */
		return access_record(w, rec, SEE);
	}
	if (!rec->patient_in_query)
		return reach_patient(w, rec, row_whole(row, rec->patient), EDIT);
	if ((r = select_query(w, EDIT, &patient)))
		return r;
	row_set_whole(row, rec->patient, patient);
	return OK;
}

enum result
record_store(struct work *w, struct row *row)
{
	enum result r = store_put(w, row);

	if (r)
		return r;
	return store_print(w, row->rec, row->id, false, &w->call->out);
}

enum result
record_create(struct work *w)
{
	struct row *row = w->call->row;
	enum result r;

	if ((r = allow_create(w, row)))
		return r;
	return record_store(w, row);
}

enum result
record_get(struct work *w)
{
	const struct record *rec = w->call->route->rec;
	int64_t id, patient;
	struct row *row;
	enum result r;

	if (!call_id(w->call, 0, &id))
		return reach_missing(w, rec, rec->missing);
	if ((r = reach_row(w, rec, id, SEE, rec->missing, &row)))
		return r;
	if ((r = store_patient_of(w, row, &patient)))
		return r;
	if ((r = reach_note(w, rec, id, patient, 0)))
		return r;
	return store_print(w, rec, id, true, &w->call->out);
}

enum result
record_change(struct work *w, const struct row *before)
{
	struct row *row = reach_copy(w, before);
	enum result r;

	form_read(w, w->call->json, true, row);
	form_rules(w, row);
	if ((r = call_sound(w)))
		return r;
	return record_store(w, row);
}

enum result
record_update(struct work *w)
{
	struct row *before;
	enum result r;

	if ((r = reach_param(w, w->call->route->rec, 0, EDIT, &before)))
		return r;
	return record_change(w, before);
}

enum result
record_drop(struct work *w)
{
	const struct record *rec = w->call->route->rec;
	struct row *row;
	enum result r;

	if ((r = reach_param(w, rec, 0, EDIT, &row)))
		return r;
	if ((r = store_drop(w, row)))
		return r;
	return reach_message(w, arena_printf(w->arena, "%s deleted successfully", rec->one));
}
