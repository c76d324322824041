/*
 * body - makes of what a client sends what the records' fields expect.
 */
#include "clinic/body.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "clinic/records.h"
#include "clinic/rights.h"
#include "engine/store.h"

bool
body_zones(const struct record *rec, json_t *object)
{
	bool changed = false;

	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];
		const char *text = json_string_value(json_object_get(object, f->name));
		char iso[ISO_SIZE + 1];
		int64_t moment;

		if (f->type != TYPE_MOMENT || !text || moment_has_zone(text) ||
			!moment_parse(text, true, &moment))
			continue;
		moment_iso(moment, iso);
		json_object_set_new(object, f->name, json_sprintf("%sZ", iso));
		changed = true;
	}
	return changed;
}

void
body_nulls(const struct record *rec, json_t *object)
{
	for (size_t i = 0; i < rec->n_fields; i++)
		if (rec->fields[i].null_ignored &&
			json_is_null(json_object_get(object, rec->fields[i].name)))
			json_object_del(object, rec->fields[i].name);
}

/* JSON that is kept in a text column may come as itself. */
static void
fold_json(json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);
	char *text;

	if (!json_is_object(value) && !json_is_array(value))
		return;
	text = json_dumps(value, JSON_COMPACT);
	if (text)
		json_object_set_new(object, name, json_string(text));
	free(text);
}

static enum result
find_key(struct work *w, const struct record *rec, json_t *object, const char *member,
	int64_t *id)
{
	const char *text = json_string_value(json_object_get(object, member));
	enum result r;

	*id = 0;
	if (!json_object_get(object, member))
		return OK;
	r = MISSING;
	if (text)
		r = db_one(w->db, arena_printf(w->arena, "SELECT id FROM %s WHERE %s = $1",
				rec->name, rec->key), ARGS(value_text(text)), id);
	if (r == MISSING) {
		problem_at(&w->problems, "body", member, "value_error", "names no %s",
			rec->entity);
		return OK;
	}
	return r;
}

static enum result
check_patient(struct work *w, const struct resource *res, int64_t id, const char *member)
{
	int64_t n = 0;
	enum result r = access_rows_of(w, res->rec, id, EDIT);

	if (r && r != MISSING)
		return r;
	if (!r && (r = db_one(w->db, "SELECT count(*) FROM patients WHERE id = $1",
			ARGS(value_whole(id)), &n)))
		return r;
	if (!n)
		problem_at(&w->problems, "body", member, "value_error", "names no patient");
	return OK;
}

/* Whose row it will be: the path's, the MRN's, the id's, or the client's own. */
static enum result
set_patient(struct work *w, const struct resource *res, json_t *object, int64_t patient)
{
	const char *member = "patient_mrn";
	enum result r;

	if (patient == 0) {
		size_t before = w->problems.n;

		if ((r = find_key(w, &clinic_patients, object, member, &patient)))
			return r;
		if (w->problems.n > before)
			return OK;
	}
	if (patient == 0) {
		member = "patient_id";
		patient = json_integer_value(json_object_get(object, member));
	}
	if (patient == 0 && rights_bound(w))
		patient = w->actor.patient;
	if (patient == 0) {
		problem_at(&w->problems, "body", "patient_mrn", "missing", "Field required");
		return OK;
	}
	json_object_set_new(object, "patient_id", json_integer(patient));
	return check_patient(w, res, patient, member);
}

static enum result
set_provider(struct work *w, json_t *object)
{
	int64_t provider;
	enum result r = find_key(w, &clinic_providers, object, "provider_npi", &provider);

	if (!r && provider)
		json_object_set_new(object, "provider_id", json_integer(provider));
	return r;
}

/* A key of our making is not taken from anybody. */
static void
refuse_key(struct work *w, const struct record *rec, json_t *object)
{
	if (rec->key_prefix && json_is_string(json_object_get(object, rec->key)))
		problem_at(&w->problems, "body", rec->key, "value_error",
			"is given by the practice; leave it out");
}

enum result
body_take(struct work *w, const struct resource *res, json_t *sent, bool update, int64_t patient,
	json_t **out)
{
	const struct record *rec = res->rec;
	json_t *object;
	enum result r = OK;

	if (!json_is_object(sent)) {
		problem_at(&w->problems, "body", "", "model_attributes_type",
			"A JSON object is needed.");
		return INVALID;
	}
	object = json_copy(sent);
	if (!object)
		return FAULT;
	*out = object;
	body_zones(rec, object);
	body_nulls(rec, object);
	if (rec == &clinic_lab_results)
		fold_json(object, "results_json");
	if (rec == &clinic_oauth_clients) {
		fold_json(object, "scopes");
		fold_json(object, "public_key");
	}
	if (!update)
		refuse_key(w, rec, object);
	if (res->provider >= 0 && (r = set_provider(w, object)))
		return r;
	if (rec->of_patient && !update)
		r = set_patient(w, res, object, patient);
	return r;
}
