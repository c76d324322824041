/*
 * form - walks the fields of a record over a JSON object.
 */
#include "engine/form.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "engine/form_private.h"

static bool
mandatory(const struct field *f)
{
	return f->required || f->not_null;
}

static const char *
type_text(const struct field *f)
{
	switch (f->type) {
	case TYPE_WHOLE:
	case TYPE_REF:
		return "Input should be a valid integer";
	case TYPE_NUMBER:
		return "Input should be a valid number";
	case TYPE_BOOL:
		return "Input should be a valid boolean";
	case TYPE_DATE:
		return "Input should be a valid date";
	case TYPE_MOMENT:
		return "Input should be a valid datetime";
	case TYPE_LIST:
		return "Input should be a valid list";
	case TYPE_JSON:
		return "Input should be a valid dictionary";
	case TYPE_TEXT:
	case TYPE_NOTE:
	case TYPE_CHOICE:
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return "Input should be a valid string";
}

/* .initial is JSON; a text in it may go unquoted. */
bool
form_initial(struct work *w, const struct field *f, struct value *out)
{
	json_t *json = json_loads(f->initial, JSON_DECODE_ANY, NULL);
	bool good;

	if (!json || (f->type == TYPE_TEXT && !json_is_string(json))) {
		json_decref(json);
		json = json_string(f->initial);
	}
	good = form_value(w, f, json, out);
	json_decref(json);
	return good;
}

static void
set_initial(struct work *w, struct row *row, int slot)
{
	const struct field *f = &row->rec->fields[slot];

	if (f->initial)
		(void)form_initial(w, f, &row->values[slot]);
}

/* Null, sent for a field: fine, a default, or a problem. */
static void
read_null(struct work *w, struct row *row, int slot, bool update)
{
	const struct field *f = &row->rec->fields[slot];

	if (f->null_ignored) {
		if (!update)
			set_initial(w, row, slot);
		return;
	}
	if (f->type == TYPE_LIST && f->initial) {
		set_initial(w, row, slot);
	} else if (f->required
		|| (f->not_null && !f->blank_as_null && (update || !f->initial))) {
		problem_at(&w->problems, "body", f->name, "value_error", "%s", type_text(f));
		return;
	} else if (f->not_null && f->blank_as_null) {
		row_set_text(row, slot, "");
	} else if (f->not_null) {
		set_initial(w, row, slot);
	} else {
		row_set_null(row, slot);
		if (!update && f->initial && f->type == TYPE_CHOICE)
			set_initial(w, row, slot);
	}
	row->sent |= UINT64_C(1) << slot;
}

static void
read_member(struct work *w, struct row *row, int slot, const json_t *json, bool update)
{
	const struct field *f = &row->rec->fields[slot];
	struct value value = { 0 };

	if (json_is_null(json)) {
		read_null(w, row, slot, update);
		return;
	}
	if (!form_value(w, f, json, &value))
		return;
	if (value.kind == VALUE_NULL) { /* a blank that counts as null */
		if (f->required)
			problem_at(&w->problems, "body", f->name, "value_error", "%s",
				f->says        ? f->says
				: f->min > 0 && f->spoken
					? arena_printf(w->arena, "%s must be at least %.0f characters long",
						f->label, f->min)
					: "Field required");
		else
			read_null(w, row, slot, update);
		return;
	}
	row->values[slot] = value;
	row->sent |= UINT64_C(1) << slot;
}

static void
check_size(struct work *w, const struct row *row, int slot)
{
	const struct field *f = &row->rec->fields[slot];
	const char *text = row_text(row, slot);

	if (f->size && text && f->type != TYPE_CHOICE
		&& utf8_length(text, strlen(text)) > (size_t)f->size)
		problem_at(&w->problems, "body", f->name, "string_too_long",
			"String should have at most %d characters", f->size);
}

void
form_read(struct work *w, json_t *object, bool update, struct row *row)
{
	const struct record *rec = row->rec;

	if (!json_is_object(object)) {
		problem_at(&w->problems, "body", "", object ? "model_attributes_type" : "missing",
			object ? "Input should be a valid dictionary" : "Field required");
		return;
	}
	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];
		const json_t *json = json_object_get(object, f->name);
		int slot = (int)i;

		if (f->read_only || (update && f->create_only))
			json = NULL;
		if (json) {
			size_t before = w->problems.n;

			read_member(w, row, slot, json, update);
			if (w->problems.n == before && row_sent(row, slot))
				check_size(w, row, slot);
		} else if (!update) {
			set_initial(w, row, slot);
			if (mandatory(f) && f->required && !f->read_only)
				problem_at(&w->problems, "body", f->name, "missing", "Field required");
			else if (f->not_null && f->blank_as_null && !row_has(row, slot))
				row_set_text(row, slot, "");
		}
	}
}

void
form_rules(struct work *w, struct row *row)
{
	if (row->rec->derive)
		row->rec->derive(w, row);
	if (row->rec->check)
		row->rec->check(w, row, &w->problems);
}
