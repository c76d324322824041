/*
 * tool_schema - the JSON Schemas of a tool, and rows printed by their words.
 */
#include "clinic/tool_schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"

/* ---- input ---- */

static const char *
input_type(enum type type)
{
	switch (type) {
	case TYPE_WHOLE:
	case TYPE_REF:
		return "integer";
	case TYPE_NUMBER:
		return "number";
	case TYPE_BOOL:
		return "boolean";
	case TYPE_LIST:
		return "array";
	case TYPE_JSON:
		return "object";
	case TYPE_TEXT:
	case TYPE_NOTE:
	case TYPE_CHOICE:
	case TYPE_DATE:
	case TYPE_MOMENT:
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return "string";
}

static void
write_description(const struct field *f, struct text *out)
{
	struct text words CLEANUP(text_close) = { 0 };

	text_printf(&words, "%s", f->help ? f->help : f->label);
	if (!f->help)
		text_char(&words, '.');
	if (f->unit)
		text_printf(&words, " In %s.", f->unit);
	if (f->type == TYPE_DATE)
		text_add(&words, " As YYYY-MM-DD.");
	if (f->type == TYPE_MOMENT)
		text_add(&words, " As 2026-01-31T14:30:00Z.");
	if (f->initial)
		text_printf(&words, " Default: %s.", f->initial);
	json_key(out, "description");
	json_bytes(out, words.at, words.len);
}

static void
write_bounds(const struct field *f, struct text *out)
{
	bool number = f->type == TYPE_WHOLE || f->type == TYPE_NUMBER;

	if (f->type == TYPE_CHOICE) {
		json_key(out, "enum");
		json_open(out, '[');
		for (const struct choice *c = f->choices; c->key; c++)
			json_text(out, c->key);
		json_close(out, ']');
	}
	if (f->type == TYPE_LIST)
		json_put_raw(out, "items", "{\"type\":\"string\"}");
	if (number && (f->min > 0 || f->from_zero) && f->type == TYPE_WHOLE)
		json_put_whole(out, "minimum", (int64_t)f->min);
	if (number && f->max > 0 && f->type == TYPE_WHOLE)
		json_put_whole(out, "maximum", (int64_t)f->max);
}

void
schema_input(const struct record *input, struct text *out)
{
	bool any = false;

	json_open(out, '{');
	json_put_text(out, "type", "object");
	json_key(out, "properties");
	json_open(out, '{');
	for (size_t i = 0; i < input->n_fields; i++) {
		const struct field *f = &input->fields[i];

		json_key(out, f->name);
		json_open(out, '{');
		json_put_text(out, "type", input_type(f->type));
		write_description(f, out);
		write_bounds(f, out);
		json_close(out, '}');
		any = any || f->required;
	}
	json_close(out, '}');
	if (any) {
		json_key(out, "required");
		json_open(out, '[');
		for (size_t i = 0; i < input->n_fields; i++)
			if (input->fields[i].required)
				json_text(out, input->fields[i].name);
		json_close(out, ']');
	}
	json_put_bool(out, "additionalProperties", false);
	json_close(out, '}');
}

/* ---- output ---- */

static const char *
output_type(char letter)
{
	static const char letters[] = "sinbmjo";
	static const char *const types[] = { "string", "integer", "number", "boolean", "string",
		NULL, "object" };
	const char *at = strchr(letters, letter);

	return at && *at ? types[at - letters] : NULL;
}

/* The name before ':', '{' or '['; *at is left on that. */
static const char *
next_name(const char **at, size_t *n)
{
	const char *name;

	*at += strspn(*at, " ");
	name = *at;
	*n = strcspn(name, ":{[]} ");
	*at += *n;
	return name;
}

static void
write_properties(const char **at, struct text *out)
{
	static const char closing[] = "}]";

	json_put_text(out, "type", "object");
	json_key(out, "properties");
	json_open(out, '{');
	while (*(*at += strspn(*at, " ")) && !strchr(closing, **at)) {
		char key[60] = "";
		size_t n;
		const char *name = next_name(at, &n);

		memcpy(key, name, n < sizeof(key) - 1 ? n : sizeof(key) - 1);
		json_key(out, key);
		json_open(out, '{');
		if (**at == ':') {
			const char *type = output_type((*at)[1]);
			bool nullable = (*at)[2] == '?';

			if (type && !nullable)
				json_put_text(out, "type", type);
			*at += nullable ? 3 : 2;
		} else if (**at == '{') {
			++*at;
			write_properties(at, out);
			*at += **at != 0;
		} else if (**at == '[') {
			++*at;
			json_put_text(out, "type", "array");
			json_key(out, "items");
			json_open(out, '{');
			write_properties(at, out);
			json_close(out, '}');
			*at += **at != 0;
		}
		json_close(out, '}');
	}
	json_close(out, '}');
}

void
schema_output(const char *output, struct text *out)
{
	const char *at = output;

	json_open(out, '{');
	write_properties(&at, out);
	if (text_starts(output, "status:"))
		json_put_raw(out, "required", "[\"status\"]");
	json_close(out, '}');
}

/* ---- rows ---- */

static void
write_moment(const char *text, size_t n, struct text *out)
{
	char iso[ISO_SIZE + 1];
	size_t m = moment_reprint(text, n, iso);

	iso[m] = 'Z';
	json_bytes(out, iso, m + 1);
}

static void
write_cell(char letter, struct query *query, size_t i, struct text *out)
{
	const char *text;
	size_t n = 0;

	if (query_null(query, i)) {
		json_nothing(out);
		return;
	}
	switch (letter) {
	case 'i':
		json_whole(out, query_whole(query, i));
		return;
	case 'n':
		json_number(out, query_number(query, i));
		return;
	case 'b':
		json_bool(out, query_whole(query, i) != 0);
		return;
	default:
		text = query_text(query, i, &n);
		if (letter == 'm')
			write_moment(text, n, out);
		else if (letter == 'j' && n)
			json_raw(out, text, n);
		else
			json_bytes(out, text, n);
	}
}

void
schema_row(struct work *w, const char *words, struct query *query, struct text *out)
{
	const char *at = words;
	size_t i = 0;

	json_open(out, '{');
	while (*(at += strspn(at, " "))) {
		size_t n;
		const char *name = next_name(&at, &n);

		json_key(out, arena_copy(w->arena, name, n));
		write_cell(*at ? at[1] : 's', query, i++, out);
		at += strcspn(at, " ");
	}
	json_close(out, '}');
}

enum result
schema_rows(struct work *w, const struct asked *asked, struct text *out, size_t *n)
{
	struct query *query CLEANUP(query_drop) = NULL;
	size_t count = 0;
	enum result r = db_query(w->db, &query, asked->sql, asked->args, asked->n_args);

	if (r)
		return r;
	json_open(out, '[');
	for (; query_next(query); count++) {
		if (count)
			text_char(out, ',');
		schema_row(w, asked->words, query, out);
	}
	json_close(out, ']');
	if (n)
		*n = count;
	return query_close(&query);
}
