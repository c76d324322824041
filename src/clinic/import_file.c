/*
 * import_file - the reference's SQLite file as the export that clinic_import() reads.
 */
#include <string.h>

#include "base/arena.h"
#include "clinic/clinic.h"
#include "clinic/records.h"

static const struct part {
	const char *member;
	const struct record *rec;
	const char *sql;
} parts[] = {
	{ "providers", &clinic_providers, "SELECT * FROM providers ORDER BY id" },
	{ "patients", &clinic_patients, "SELECT * FROM patients ORDER BY id" },
	{ "appointments", &clinic_appointments,
	  "SELECT p.mrn AS patient_mrn, d.npi AS provider_npi, t.* FROM appointments t "
	  "LEFT JOIN patients p ON p.id = t.patient_id "
	  "LEFT JOIN providers d ON d.id = t.provider_id ORDER BY t.id" },
	{ "medications", &clinic_medications, "SELECT p.mrn AS patient_mrn, t.* "
	  "FROM medications t LEFT JOIN patients p ON p.id = t.patient_id ORDER BY t.id" },
	{ "allergies", &clinic_allergies, "SELECT p.mrn AS patient_mrn, t.* "
	  "FROM allergies t LEFT JOIN patients p ON p.id = t.patient_id ORDER BY t.id" },
	{ "vitals", &clinic_vital_signs, "SELECT p.mrn AS patient_mrn, t.* "
	  "FROM vital_signs t LEFT JOIN patients p ON p.id = t.patient_id ORDER BY t.id" },
	{ "labs", &clinic_lab_results, "SELECT p.mrn AS patient_mrn, t.* "
	  "FROM lab_results t LEFT JOIN patients p ON p.id = t.patient_id ORDER BY t.id" },
	{ "clients", &clinic_oauth_clients, "SELECT * FROM oauth_clients ORDER BY id" },
};

/* Its ids mean nothing here; its stamps are kept by nobody else either. */
static bool
is_left_out(const char *name)
{
	static const char *const names[] = { "id", "patient_id", "provider_id", "created_at",
		"updated_at", "last_used" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static json_t *
cell(const struct record *rec, const char *name, struct query *query, size_t i)
{
	int slot = record_slot(rec, name);

	switch (query_kind(query, i)) {
	case VALUE_WHOLE:
		if (slot >= 0 && rec->fields[slot].type == TYPE_BOOL)
			return json_boolean(query_whole(query, i) != 0);
		return json_integer(query_whole(query, i));
	case VALUE_NUMBER:
		return json_real(query_number(query, i));
	case VALUE_TEXT:
		return json_string(query_text(query, i, NULL));
	case VALUE_NULL:
		break;
	}
	return json_null();
}

static json_t *
row_of(const struct record *rec, struct query *query)
{
	json_t *row = json_object();

	for (size_t i = 0; i < query_columns(query); i++) {
		const char *name = query_column_name(query, i);

		/* what is no UTF-8 is null: jansson does not take it */
		if (!is_left_out(name) && json_object_set_new(row, name, cell(rec, name, query, i)))
			json_object_set_new(row, name, json_null());
	}
	return row;
}

static enum result
read_part(struct db *db, const struct part *part, json_t *export)
{
	json_t *list = json_array();
	struct query *query;
	enum result r;

	json_object_set_new(export, part->member, list);
	if ((r = db_query(db, &query, part->sql, NULL, 0)))
		return r;
	while (query_next(query))
		json_array_append_new(list, row_of(part->rec, query));
	return query_close(&query);
}

enum result
clinic_import_open(const char *path, json_t **export)
{
	struct db *db = NULL;
	enum result r = db_open(&db, path, DB_QUERY);

	*export = json_object();
	if (!r)
		r = db_begin_read(db);
	for (size_t i = 0; !r && i < COUNT(parts); i++)
		r = read_part(db, &parts[i], *export);
	if (db) {
		db_end_read(db);
		db_close(&db);
	}
	if (r) {
		json_decref(*export);
		*export = NULL;
	}
	return r;
}
