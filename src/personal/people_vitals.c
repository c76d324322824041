/*
 * people_vitals - readings in the units a person thinks in; ours, beside the
 * contract's routes, which know only the schema's units.
 *
 * Units are never guessed: what is not said is imperial, and every answer says
 * which units its numbers are in.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "engine/form.h"
#include "engine/print.h"
#include "engine/store.h"
#include "personal/listing.h"
#include "personal/people_vitals.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"
#include "personal/units.h"
#include "personal/vitals.h"

static void
convert(struct row *row, enum units units)
{
	for (size_t i = 0; i < row->rec->n_fields; i++) {
		const struct field *f = &row->rec->fields[i];

		if (f->type == TYPE_NUMBER && f->unit && row_has(row, (int)i))
			row_set_number(row, (int)i,
				units_shown(f, units, row_number(row, (int)i)));
	}
}

static enum result
print(struct work *w, int64_t id, enum units units)
{
	struct row *row;
	enum result r = store_get(w, &personal_vitals, id, &row);

	if (r)
		return r;
	convert(row, units);
	print_row(row, &w->call->out);
	return OK;
}

/* All columns in the order of the fields, then the stamps. */
static const char *
columns(struct work *w)
{
	struct text sql CLEANUP(text_close) = { 0 };

	text_add(&sql, "SELECT id, created_at, updated_at");
	for (size_t i = 0; i < personal_vitals.n_fields; i++)
		text_printf(&sql, ", %s", personal_vitals.fields[i].name);
	text_add(&sql, " FROM vitals WHERE patient_id = $1 "
		"ORDER BY recorded_date DESC, id DESC LIMIT $2 OFFSET $3");
	return arena_text(w->arena, text_string(&sql));
}

/* One row serves for all: texts are the cursor's until the next. */
static void
load(struct query *query, struct row *row)
{
	const char *created = query_text(query, 1, NULL);

	row->id = query_whole(query, 0);
	if (created)
		(void)moment_load(created, &row->created);
	if ((created = query_text(query, 2, NULL)))
		(void)moment_load(created, &row->updated);
	for (size_t i = 0; i < row->rec->n_fields; i++) {
		const size_t c = i + 3;

		if (query_null(query, c))
			row_set_null(row, (int)i);
		else if (query_kind(query, c) == VALUE_TEXT)
			row_set_text(row, (int)i, query_text(query, c, NULL));
		else if (row->rec->fields[i].type == TYPE_NUMBER)
			row_set_number(row, (int)i, query_number(query, c));
		else
			row_set_whole(row, (int)i, query_whole(query, c));
	}
}

enum result
people_readings(struct work *w, int64_t patient, enum units units, int64_t limit, int64_t skip,
	size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	struct row *row = row_new(w->arena, &personal_vitals);
	struct text *out = &w->call->out;
	enum result r;

	r = db_query(w->db, &query, columns(w),
		ARGS(value_whole(patient), value_whole(limit), value_whole(skip)));
	if (r)
		return r;
	json_open(out, '[');
	for (*n = 0; query_next(query); ++*n) {
		if (*n)
			text_char(out, ',');
		load(query, row);
		convert(row, units);
		print_row(row, out);
	}
	json_close(out, ']');
	return query_close(&query);
}

static enum result
list(struct work *w)
{
	struct text *out = &w->call->out;
	enum units units = units_asked(w);
	int64_t patient, limit = call_whole(w, "limit"), skip = call_whole(w, "skip");
	size_t n = 0;
	enum result r;

	if ((r = call_sound(w)) || (r = select_path(w, 0, SEE, &patient)))
		return r;
	json_open(out, '{');
	json_put_whole(out, "patient_id", patient);
	units_print(out, &personal_vitals, units);
	json_key(out, "readings");
	r = people_readings(w, patient, units, limit, skip, &n);
	json_close(out, '}');
	return r ? r : listing_done(w, &personal_vitals, patient, n);
}

/* The path says whose; the body says in which units. */
static enum result
read_reading(struct work *w)
{
	json_t *body = w->call->json;
	const json_t *member = json_object_get(body, "units");
	enum units *units = arena_new(w->arena, sizeof(*units));
	struct row *row = row_new(w->arena, &personal_vitals);

	*units = IMPERIAL;
	if (member && !(json_is_string(member) && units_read(json_string_value(member), units)))
		problem_at(&w->problems, "body", "units", "value_error", UNITS_ONE_OF);
	if (json_is_object(body))
		(void)json_object_set_new(body, "patient_id", json_integer(1));
	units_store(row->rec, *units, body);
	form_read(w, body, false, row);
	units_explain(w, row->rec, *units);
	form_rules(w, row);
	w->call->row = row;
	w->call->data = units;
	return call_sound(w);
}

static enum result
create(struct work *w)
{
	const enum units *units = w->call->data;
	struct row *row = w->call->row;
	struct text *out = &w->call->out;
	int64_t patient;
	enum result r = select_path(w, 0, EDIT, &patient);

	if (r)
		return r;
	row_set_whole(row, VITALS_PATIENT_ID, patient);
	if ((r = store_put(w, row)))
		return r;
	json_open(out, '{');
	units_print(out, row->rec, *units);
	json_key(out, "reading");
	r = print(w, row->id, *units);
	json_close(out, '}');
	return r;
}

static const struct parameter page[] = {
	LISTING_PAGE,
	UNITS_PARAMETER,
	{ 0 }
};

const struct route personal_people_vitals_routes[] = {
	{ .method = GET, .path = "/people/{patient_id}/vitals", .steps = { { READ, list } },
	  .query = page,
	  .summary = "The readings of a patient, the newest first, in your units." },
	{ .method = POST, .path = "/people/{patient_id}/vitals", .body = BODY_JSON, .ok = 201,
	  .steps = { { HERE, read_reading }, { WRITE, create } }, .input = &personal_vitals,
	  .summary = "Adds a reading in your units.",
	  .about = "As POST /vitals/, with \"units\": \"metric\" or \"imperial\" beside the "
		   "numbers; the answer speaks in the same." },
	{ 0 }
};
