/*
 * export - the practice's charts in the shape that the import reads.
 *
 * What an import changed is there as it came, too, under "original"; rows it could
 * not place are there whole.  So nothing is lost on the way out and in again.
 */
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "clinic/clinic.h"
#include "clinic/records.h"
#include "clinic/resource.h"

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
};

/* Parents go by their business keys; what is only for our searches stays. */
static bool
is_exported(const struct field *f)
{
	return f->type != TYPE_REF && !(f->hidden && f->read_only);
}

static const char *
statement(struct work *w, const struct record *rec)
{
	struct text out CLEANUP(text_close) = { 0 };

	text_add(&out, "SELECT id");
	if (rec->of_patient)
		text_printf(&out, ", (SELECT mrn FROM patients WHERE id = %s.patient_id)",
			rec->name);
	if (rec == &clinic_appointments)
		text_add(&out, ", (SELECT npi FROM providers WHERE id = appointments.provider_id)");
	for (size_t i = 0; i < rec->n_fields; i++)
		if (is_exported(&rec->fields[i]))
			text_printf(&out, ", %s", rec->fields[i].name);
	text_printf(&out, " FROM %s ORDER BY id", rec->name);
	return arena_copy(w->arena, out.at, out.len);
}

/* On the practice's clock, as it is read again; in UTC in the hour that the clock
 * shows twice. */
static void
write_moment(const char *text, struct text *out)
{
	char iso[ISO_SIZE + 1];
	int64_t moment, again;

	if (!moment_load(text, &moment)) {
		json_text(out, text);
		return;
	}
	moment_iso(moment + (int64_t)moment_offset(moment) * 1000000, iso);
	if (!moment_parse(iso, true, &again) || again != moment) {
		moment_iso(moment, iso);
		strcat(iso, "Z");
	}
	json_text(out, iso);
}

static void
write_cell(const struct field *f, struct query *query, size_t i, struct text *out)
{
	json_key(out, f->name);
	if (query_null(query, i))
		json_nothing(out);
	else if (f->type == TYPE_WHOLE)
		json_whole(out, query_whole(query, i));
	else if (f->type == TYPE_NUMBER)
		json_number(out, query_number(query, i));
	else if (f->type == TYPE_BOOL)
		json_bool(out, query_whole(query, i) != 0);
	else if (f->type == TYPE_MOMENT)
		write_moment(query_text(query, i, NULL), out);
	else
		json_text(out, query_text(query, i, NULL));
}

/* A second cursor beside that of the rows, both in the order of their ids. */
struct originals {
	struct query *query;
	bool more;
};

static enum result
open_originals(struct work *w, const struct record *rec, struct originals *o)
{
	enum result r = db_query(w->db, &o->query, "SELECT row_id, field, original "
		"FROM import_flags WHERE table_name = $1 AND original IS NOT NULL "
		"ORDER BY row_id, id", ARGS(value_text(rec->name)));

	o->more = !r && query_next(o->query);
	return r;
}

static void
write_originals(struct originals *o, int64_t id, struct text *out)
{
	bool any = false;

	while (o->more && query_whole(o->query, 0) < id)
		o->more = query_next(o->query);
	for (; o->more && query_whole(o->query, 0) == id; o->more = query_next(o->query)) {
		if (!any) {
			json_key(out, "original");
			json_open(out, '{');
		}
		any = true;
		json_put_text(out, query_text(o->query, 1, NULL), query_text(o->query, 2, NULL));
	}
	if (any)
		json_close(out, '}');
}

static void
write_row(const struct record *rec, struct query *query, struct originals *o, struct text *out)
{
	size_t at = 1;

	json_open(out, '{');
	if (rec->of_patient)
		json_put_text(out, "patient_mrn", query_text(query, at++, NULL));
	if (rec == &clinic_appointments)
		json_put_text(out, "provider_npi", query_text(query, at++, NULL));
	for (size_t i = 0; i < rec->n_fields; i++)
		if (is_exported(&rec->fields[i]))
			write_cell(&rec->fields[i], query, at++, out);
	write_originals(o, query_whole(query, 0), out);
	json_close(out, '}');
}

static enum result
write_leftovers(struct work *w, const struct record *rec, struct text *out, bool any)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "SELECT content FROM import_leftovers "
		"WHERE table_name = $1 ORDER BY id", ARGS(value_text(rec->name)));

	if (r)
		return r;
	while (query_next(query)) {
		size_t n;
		const char *content = query_text(query, 0, &n);

		if (any)
			text_add(out, ",\n");
		any = true;
		json_raw(out, content, n);
	}
	return query_close(&query);
}

static enum result
write_part(struct work *w, const struct part *part, struct text *out)
{
	struct originals originals = { 0 };
	struct query *query = NULL;
	bool any = false;
	enum result r;

	if ((r = open_originals(w, part->rec, &originals)) ||
		(r = db_query(w->db, &query, statement(w, part->rec), NULL, 0))) {
		query_drop(&originals.query);
		return r;
	}
	json_key(out, part->member);
	json_open(out, '[');
	for (; query_next(query); any = true) {
		if (any)
			text_add(out, ",\n");
		write_row(part->rec, query, &originals, out);
	}
	query_drop(&originals.query);
	if ((r = query_close(&query)) || (r = write_leftovers(w, part->rec, out, any)))
		return r;
	json_close(out, ']');
	return OK;
}

enum result
clinic_export(struct work *w, struct text *out)
{
	enum result r;

	json_open(out, '{');
	for (size_t i = 0; i < COUNT(parts); i++)
		if ((r = write_part(w, &parts[i], out)))
			return r;
	json_close(out, '}');
	text_char(out, '\n');
	return out->full ? fail(w, FAULT, "The export is too large.") : OK;
}
