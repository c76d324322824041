/*
 * patient_raw - a patient's records with every column that is stored, and adding
 * a medication by the patient's path (personal-api 2.4).
 *
 * For scripts of old; the pages use the lists of the records themselves.
 */
#include "base/json.h"
#include "base/moment.h"
#include "engine/catalog.h"
#include "engine/print.h"
#include "personal/listing.h"
#include "personal/reach.h"
#include "personal/record_routes.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/select.h"

enum { ROWS_MOST = 100, STAMPS = 3 };

/* Which rows are shown whole inside another one. */
static const struct inside {
	const char *key, *column;
	const struct record *rec;
} insides[] = {
	{ "practitioner", "practitioner_id", &personal_practitioners },
	{ "pharmacy", "pharmacy_id", &personal_pharmacies },
	{ "condition", "condition_id", &personal_conditions },
};

static bool
shows(const struct record *rec, const struct inside *inside)
{
	if (inside->rec == &personal_conditions && rec != &personal_treatments)
		return false;
	return record_slot(rec, inside->column) >= 0;
}

static void
put_stamp(struct text *out, const char *key, struct query *query, size_t i)
{
	char iso[ISO_SIZE];
	size_t n = 0;
	const char *text = query_text(query, i, &n);

	json_key(out, key);
	if (text)
		json_bytes(out, iso, moment_reprint(text, n, iso));
	else
		json_nothing(out);
}

static struct value
value_at(struct query *query, size_t i)
{
	struct value value;

	switch (query_kind(query, i)) {
	case VALUE_WHOLE:
		return value_whole(query_whole(query, i));
	case VALUE_NUMBER:
		return value_number(query_number(query, i));
	case VALUE_TEXT:
		value = value_text(query_text(query, i, NULL));
		(void)query_text(query, i, &value.len);
		return value;
	case VALUE_NULL:
	default:
		return value_null();
	}
}

static enum result
print_inside(struct work *w, const struct record *rec, struct query *query)
{
	struct text *out = &w->call->out;
	enum result r = OK;

	for (size_t i = 0; !r && i < COUNT(insides); i++) {
		size_t column;

		if (!shows(rec, &insides[i]))
			continue;
		column = STAMPS + (size_t)record_slot(rec, insides[i].column);
		json_key(out, insides[i].key);
		if (query_null(query, column))
			json_nothing(out);
		else
			r = store_print(w, insides[i].rec, query_whole(query, column), false, out);
	}
	return r;
}

/* The columns come as the plan lists them: id, both stamps, the fields. */
static enum result
print(struct work *w, const struct record *rec, struct query *query)
{
	struct text *out = &w->call->out;
	enum result r;

	json_open(out, '{');
	json_put_whole(out, "id", query_whole(query, 0));
	for (size_t i = 0; i < rec->n_fields; i++) {
		struct value value = value_at(query, i + STAMPS);

		json_key(out, rec->fields[i].name);
		print_value(&rec->fields[i], &value, out);
	}
	put_stamp(out, "created_at", query, 1);
	put_stamp(out, "updated_at", query, 2);
	r = print_inside(w, rec, query);
	json_close(out, '}');
	return r;
}

static enum result
list_raw(struct work *w)
{
	const struct record *rec = w->call->route->rec;
	struct query *query CLEANUP(query_drop) = NULL;
	struct text *out = &w->call->out;
	int64_t patient;
	size_t n = 0;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	r = db_query(w->db, &query, arena_printf(w->arena,
		"SELECT %s FROM %s WHERE patient_id = $1 ORDER BY id DESC LIMIT $2",
		record_plan(rec)->columns, rec->name),
		ARGS(value_whole(patient), value_whole(ROWS_MOST)));
	if (r)
		return r;
	json_open(out, '[');
	for (; query_next(query); n++) {
		if (n)
			text_char(out, ',');
		if ((r = print(w, rec, query)))
			return r;
	}
	json_close(out, ']');
	if ((r = query_close(&query)))
		return r;
	return listing_done(w, rec, patient, n);
}

/* The path's patient takes the place of the body's. */
static enum result
read_medication(struct work *w)
{
	int64_t patient;

	if (!call_id(w->call, 0, &patient))
		return reach_missing(w, &personal_patients, NULL);
	if (json_is_object(w->call->json))
		(void)json_object_set_new(w->call->json, "patient_id", json_integer(patient));
	return record_read(w);
}

static enum result
create_medication(struct work *w)
{
	int64_t patient;
	enum result r = select_path(w, 0, EDIT, &patient);

	return r ? r : record_store(w, w->call->row);
}

#define RAW(segment, record)                                                           \
	{ .method = GET, .path = "/patients/{patient_id}/" segment "/",                \
	  .steps = { { READ, list_raw } }, .rec = &(record),                           \
	  .summary = "A patient's " segment " with every column." }
const struct route personal_patient_raw_routes[] = {
	RAW("medications", personal_medications),
	RAW("conditions", personal_conditions),
	RAW("allergies", personal_allergies),
	RAW("immunizations", personal_immunizations),
	RAW("procedures", personal_procedures),
	RAW("treatments", personal_treatments),
	RAW("lab-results", personal_lab_results),
	RAW("encounters", personal_encounters),
	{ .method = POST, .path = "/patients/{patient_id}/medications/", .body = BODY_JSON,
	  .steps = { { HERE, read_medication }, { WRITE, create_medication } },
	  .rec = &personal_medications, .summary = "Adds a medication of a patient." },
	{ 0 }
};
