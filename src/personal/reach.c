/*
 * reach - rows by id, with the rights of who asks and the contract's words.
 */
#include "personal/reach.h"

#include <string.h>

#include "base/json.h"
#include "engine/audit.h"
#include "engine/store.h"

enum result
reach_missing(struct work *w, const struct record *rec, const char *sentence)
{
	enum result r;

	if (!sentence)
		sentence = arena_printf(w->arena, "%s not found", rec->one);
	/* The record's own sentence knows better which letters are capitals. */
	if (rec->missing && text_same(sentence, rec->missing))
		sentence = rec->missing;
	r = fail(w, MISSING, sentence);
	w->failure.description = arena_printf(w->arena, "The requested %s does not exist",
		text_lower(w->arena, rec->one));
	return r;
}

enum result
reach_row(struct work *w, const struct record *rec, int64_t id, enum verb verb,
	const char *missing, struct row **out)
{
	enum result r = store_get(w, rec, id, out);

	if (!r)
		r = access_row(w, *out, verb);
	if (r == MISSING)
		return reach_missing(w, rec, missing);
	if (r == DENIED && !w->failure.message)
		return fail(w, DENIED, rec->shared ? "Access denied" : "Access denied to patient");
	return r;
}

enum result
reach_param(struct work *w, const struct record *rec, int param, enum verb verb,
	struct row **out)
{
	int64_t id;

	if (!call_id(w->call, param, &id))
		return reach_missing(w, rec, NULL);
	return reach_row(w, rec, id, verb, NULL, out);
}

enum result
reach_stray(struct work *w, const struct row *row, const char *missing, const char *sentence)
{
	enum result r = access_row(w, row, SEE);

	if (r == MISSING)
		return reach_missing(w, row->rec, missing);
	return r ? r : fail_as(w, 400, "BIZ-400", sentence);
}

enum result
reach_patient(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	enum result r = access_rows_of(w, rec, patient, verb);

	if (r == MISSING) {
		r = fail(w, MISSING, "Patient not found");
		w->failure.description = "The requested patient does not exist";
	} else if (r == DENIED) {
		r = fail(w, DENIED, "Access denied to patient");
	}
	return r;
}

enum result
reach_note(struct work *w, const struct record *rec, int64_t id, int64_t patient, size_t count)
{
	struct entry entry = {
		.action = "read",
		.entity_type = rec->entity,
		.entity_id = id,
		.patient = patient,
		.description = arena_printf(w->arena, "Read %s", id ? rec->one : rec->many),
		.count = (int64_t)count,
	};

	return audit_read(w, &entry);
}

enum result
reach_note_whole(struct work *w, int64_t patient, const char *what, size_t count)
{
	return audit_read(w, &(struct entry){
		.action = "read",
		.entity_type = "patient",
		.entity_id = patient,
		.patient = patient,
		.description = what,
		.count = (int64_t)count,
	});
}

struct row *
reach_copy(struct work *w, const struct row *before)
{
	struct row *row = row_new(w->arena, before->rec);

	memcpy(row->values, before->values, before->rec->n_fields * sizeof(*row->values));
	row->id = before->id;
	row->created = before->created;
	row->updated = before->updated;
	row->before = before;
	return row;
}

void
reach_reopen(struct work *w)
{
	w->call->out.len--;
}

int64_t
reach_body_id(struct work *w, const char *name)
{
	const json_t *member = json_object_get(w->call->json, name);
	int64_t id = 0;

	if (json_is_integer(member))
		id = json_integer_value(member);
	else if (json_is_string(member))
		(void)text_whole(json_string_value(member), 1, INT32_MAX, &id);
	if (!member)
		problem_at(&w->problems, "body", name, "missing", "Field required");
	else if (id < 1 || id > INT32_MAX)
		problem_at(&w->problems, "body", name, "int_parsing",
			"Input should be a valid integer");
	return id;
}

enum result
reach_message(struct work *w, const char *sentence)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "message", sentence);
	json_close(out, '}');
	return OK;
}
