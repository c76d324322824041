/*
 * openapi - OpenAPI 3.1 from the same tables the server runs on, so that the
 * description cannot say anything the server does not do.
 */
#include "engine/openapi.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

/* ---- fields ---- */

static const char *
type_word(const struct field *f)
{
	switch (f->type) {
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
	case TYPE_DATE:
	case TYPE_MOMENT:
	case TYPE_CHOICE:
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return "string";
}

static void
write_bounds(struct text *out, const struct field *f)
{
	bool text = f->type == TYPE_TEXT || f->type == TYPE_NOTE;
	double max = f->max > 0 ? f->max : text ? f->size : 0;

	if (f->type != TYPE_WHOLE && f->type != TYPE_NUMBER && !text)
		return;
	if (f->min > 0 || f->from_zero || (f->max > 0 && !text)) {
		json_key(out, text ? "minLength" : f->min_open ? "exclusiveMinimum" : "minimum");
		text_printf(out, "%.15g", f->min);
	}
	if (max > 0) {
		json_key(out, text ? "maxLength" : "maximum");
		text_printf(out, "%.15g", max);
	}
}

static void
write_enum(struct text *out, const struct field *f)
{
	json_key(out, "enum");
	json_open(out, '[');
	for (const struct choice *c = f->choices; c->key; c++)
		json_text(out, c->json ? c->json : c->key);
	if (!f->required && !f->not_null)
		json_nothing(out);
	json_close(out, ']');
}

static void
write_type(struct text *out, const struct field *f)
{
	json_key(out, "type");
	if (f->required || f->not_null) {
		json_text(out, type_word(f));
		return;
	}
	json_open(out, '[');
	json_text(out, type_word(f));
	json_text(out, "null");
	json_close(out, ']');
}

static void
write_property(struct text *out, const struct field *f)
{
	json_key(out, f->name);
	json_open(out, '{');
	write_type(out, f);
	json_put_text(out, "title", f->label);
	if (f->help)
		json_put_text(out, "description", f->help);
	if (f->unit)
		json_put_text(out, "x-unit", f->unit);
	if (f->type == TYPE_DATE)
		json_put_text(out, "format", "date");
	if (f->type == TYPE_MOMENT)
		json_put_text(out, "format", "date-time");
	if (f->type == TYPE_LIST)
		json_put_raw(out, "items", "{\"type\":\"string\"}");
	if (f->type == TYPE_CHOICE)
		write_enum(out, f);
	write_bounds(out, f);
	json_close(out, '}');
}

/* ---- records ---- */

static bool
asked(const struct field *f, bool update)
{
	return !f->read_only && !(update && f->create_only);
}

static void
write_input(struct text *out, const struct record *rec, bool update)
{
	json_open(out, '{');
	json_put_text(out, "type", "object");
	json_key(out, "properties");
	json_open(out, '{');
	for (size_t i = 0; i < rec->n_fields; i++)
		if (asked(&rec->fields[i], update))
			write_property(out, &rec->fields[i]);
	json_close(out, '}');
	json_key(out, "required");
	json_open(out, '[');
	for (size_t i = 0; !update && i < rec->n_fields; i++)
		if (asked(&rec->fields[i], false) && rec->fields[i].required)
			json_text(out, rec->fields[i].name);
	json_close(out, ']');
	json_close(out, '}');
}

static void
write_output(struct text *out, const struct record *rec)
{
	json_open(out, '{');
	json_put_text(out, "type", "object");
	json_put_text(out, "description", rec->summary ? rec->summary : rec->one);
	json_key(out, "properties");
	json_open(out, '{');
	json_put_raw(out, "id", "{\"type\":\"integer\"}");
	for (size_t i = 0; i < rec->n_fields; i++)
		if (!rec->fields[i].hidden && !rec->fields[i].secret)
			write_property(out, &rec->fields[i]);
	if (rec->stamps_shown) {
		json_put_raw(out, "created_at", "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
		json_put_raw(out, "updated_at", "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
	}
	for (const struct embed *e = rec->embeds; e && e->key; e++)
		json_put_raw(out, e->key, e->children ? "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"
						      : "{\"type\":[\"object\",\"null\"]}");
	json_close(out, '}');
	json_close(out, '}');
}

/* "personal_medications" */
static void
put_name(struct text *out, const char *face, const struct record *rec, const char *suffix)
{
	text_printf(out, "%s_%s%s", face, rec->name, suffix);
}

static void
write_reference(struct text *out, const char *face, const struct record *rec, const char *suffix)
{
	text_add(out, "{\"$ref\":\"#/components/schemas/");
	put_name(out, face, rec, suffix);
	text_add(out, "\"}");
}

static void
write_schemas(struct text *out, struct face *const *faces)
{
	struct text name CLEANUP(text_close) = { 0 };

	json_key(out, "schemas");
	json_open(out, '{');
	for (; *faces; faces++) {
		const struct catalog *catalog = (*faces)->catalog;

		for (size_t i = 0; catalog && catalog->records[i]; i++) {
			const struct record *rec = catalog->records[i];

			if (rec->internal)
				continue;
			name.len = 0;
			put_name(&name, (*faces)->name, rec, "");
			json_key(out, text_string(&name));
			write_output(out, rec);
			text_add(&name, "_create");
			json_key(out, text_string(&name));
			write_input(out, rec, false);
			name.len -= strlen("create");
			text_add(&name, "update");
			json_key(out, text_string(&name));
			write_input(out, rec, true);
		}
	}
	json_put_raw(out, "problem", "{\"type\":\"object\"}");
	json_close(out, '}');
}

/* ---- routes ---- */

static const char *
method_name(enum method method)
{
	switch (method) {
	case GET:
		return "get";
	case POST:
		return "post";
	case PUT:
		return "put";
	case PATCH:
		return "patch";
	case DELETE:
		return "delete";
	case OPTIONS:
		break;
	}
	return "options";
}

/* What call_whole() and call_bool() hold it to. */
static void
write_parameter_schema(struct text *out, const struct parameter *p)
{
	const struct field like = { .type = p->type };

	json_open(out, '{');
	json_put_text(out, "type", p->repeated ? "array" : type_word(&like));
	if (p->repeated) {
		json_key(out, "items");
		json_open(out, '{');
		json_put_text(out, "type", type_word(&like));
		json_close(out, '}');
	}
	if (p->initial && (p->type == TYPE_WHOLE || p->type == TYPE_BOOL))
		json_put_raw(out, "default", p->initial);
	else if (p->initial)
		json_put_text(out, "default", p->initial);
	if (p->type == TYPE_WHOLE && (p->min < p->max || p->min > 0))
		json_put_whole(out, "minimum", (int64_t)p->min);
	if (p->type == TYPE_WHOLE && p->max > 0)
		json_put_whole(out, "maximum", (int64_t)p->max);
	json_close(out, '}');
}

static void
write_parameters(struct text *out, const struct route *route)
{
	json_key(out, "parameters");
	json_open(out, '[');
	for (const char *at = strchr(route->path, '{'); at; at = strchr(at + 1, '{')) {
		size_t n = strcspn(at + 1, "}");

		json_open(out, '{');
		json_key(out, "name");
		json_bytes(out, at + 1, n);
		json_put_text(out, "in", "path");
		json_put_bool(out, "required", true);
		json_put_raw(out, "schema", "{\"type\":\"string\"}");
		json_close(out, '}');
	}
	for (const struct parameter *p = route->query; p && p->name; p++) {
		json_open(out, '{');
		json_put_text(out, "name", p->name);
		json_put_text(out, "in", "query");
		if (p->help)
			json_put_text(out, "description", p->help);
		json_put_bool(out, "required", p->required);
		json_key(out, "schema");
		write_parameter_schema(out, p);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
write_body(struct text *out, const char *face, const struct route *route)
{
	const struct record *rec = route->input ? route->input : route->rec;

	if (route->body == BODY_NONE)
		return;
	json_key(out, "requestBody");
	json_open(out, '{');
	json_put_bool(out, "required", route->body != BODY_OPTIONAL);
	json_key(out, "content");
	json_open(out, '{');
	json_key(out, route->body == BODY_FORM ? "application/x-www-form-urlencoded"
		: route->body == BODY_FILE ? "multipart/form-data" : "application/json");
	json_open(out, '{');
	json_key(out, "schema");
	if (rec && !rec->internal && route->body == BODY_JSON)
		write_reference(out, face, rec, route->method == POST ? "_create" : "_update");
	else if (route->body == BODY_FILE)
		text_add(out, "{\"type\":\"object\",\"required\":[\"file\"],\"properties\":"
			"{\"file\":{\"type\":\"string\",\"format\":\"binary\"}}}");
	else
		text_add(out, "{\"type\":\"object\"}");
	json_close(out, '}');
	json_close(out, '}');
	json_close(out, '}');
}

static bool
is_list(const struct route *route)
{
	size_t n = strlen(route->path);

	return route->method == GET && n > 1 && route->path[n - 1] == '/';
}

static void
write_responses(struct text *out, const char *face, const struct route *route)
{
	char status[8];
	int ok = route->ok ? route->ok : 200;

	(void)snprintf(status, sizeof(status), "%d", ok);
	json_key(out, "responses");
	json_open(out, '{');
	json_key(out, status);
	json_open(out, '{');
	json_put_text(out, "description", "Done.");
	if (route->rec && !route->rec->internal && ok != 204 && route->method != DELETE) {
		json_key(out, "content");
		text_add(out, "{\"application/json\":{\"schema\":");
		if (is_list(route)) {
			text_add(out, "{\"type\":\"array\",\"items\":");
			write_reference(out, face, route->rec, "");
			text_add(out, "}");
		} else {
			write_reference(out, face, route->rec, "");
		}
		text_add(out, "}}");
	}
	json_close(out, '}');
	if (route->need != NEED_NOBODY)
		json_put_raw(out, "401", "{\"description\":\"Nobody, or a token that is not valid.\"}");
	if (strchr(route->path, '{'))
		json_put_raw(out, "404", "{\"description\":\"Not there, or not to be seen.\"}");
	json_put_raw(out, "422", "{\"description\":\"All that is wrong with the input, each with its field.\"}");
	json_close(out, '}');
}

static void
write_operation(struct text *out, const char *face, const struct route *route)
{
	json_key(out, method_name(route->method));
	json_open(out, '{');
	json_put_text(out, "summary", route->summary ? route->summary : route->path);
	if (route->about)
		json_put_text(out, "description", route->about);
	json_key(out, "tags");
	json_open(out, '[');
	json_text(out, route->rec ? route->rec->many : face);
	json_close(out, ']');
	if (route->need == NEED_NOBODY)
		json_put_raw(out, "security", "[]");
	if (route->scope)
		json_put_text(out, "x-scope", route->scope);
	write_parameters(out, route);
	write_body(out, face, route);
	write_responses(out, face, route);
	json_close(out, '}');
}

/* The first route of its path in the face writes all methods of the path. */
static bool
first_of_path(const struct face *face, const struct route *route)
{
	for (const struct route *const *table = face->tables; *table; table++)
		for (const struct route *other = *table; other->method; other++) {
			if (other == route)
				return true;
			if (strcmp(other->path, route->path) == 0)
				return false;
		}
	return true;
}

/* An earlier route of the same method and path is the one that is taken. */
static bool
hidden_by(const struct face *face, const struct route *route)
{
	for (const struct route *const *table = face->tables; *table; table++)
		for (const struct route *other = *table; other->method; other++) {
			if (other == route)
				return false;
			if (other->method == route->method && strcmp(other->path, route->path) == 0)
				return true;
		}
	return false;
}

static void
write_path(struct text *out, const struct face *face, const struct route *first)
{
	struct text path CLEANUP(text_close) = { 0 };

	text_printf(&path, "%s%s", face->prefix, first->path);
	json_key(out, text_string(&path));
	json_open(out, '{');
	for (const struct route *const *table = face->tables; *table; table++)
		for (const struct route *route = *table; route->method; route++)
			if (strcmp(route->path, first->path) == 0 && !hidden_by(face, route))
				write_operation(out, face->name, route);
	json_close(out, '}');
}

void
openapi_write(struct text *out, struct face *const *faces)
{
	json_open(out, '{');
	json_put_text(out, "openapi", "3.1.0");
	json_put_raw(out, "info",
		"{\"title\":\"Charthouse\",\"version\":\"" CHARTHOUSE_VERSION
		"\",\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"},"
		"\"description\":\"A family's records and a clinic's charts.\"}");
	json_put_raw(out, "security", "[{\"bearer\":[]}]");
	json_key(out, "paths");
	json_open(out, '{');
	for (struct face *const *face = faces; *face; face++)
		for (const struct route *const *table = (*face)->tables; *table; table++)
			for (const struct route *route = *table; route->method; route++)
				if (first_of_path(*face, route))
					write_path(out, *face, route);
	json_close(out, '}');
	json_key(out, "components");
	json_open(out, '{');
	json_put_raw(out, "securitySchemes",
		"{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\",\"bearerFormat\":\"JWT\"}}");
	write_schemas(out, faces);
	json_close(out, '}');
	json_close(out, '}');
}

/* ---- the schema for the web page ---- */

/* A word may stand without quotes in a declaration. */
static void
write_initial(struct text *out, const struct field *f)
{
	bool word = f->type == TYPE_TEXT || f->type == TYPE_NOTE || f->type == TYPE_CHOICE;

	if (f->initial && word && f->initial[0] != '"')
		json_put_text(out, "initial", f->initial);
	else if (f->initial)
		json_put_raw(out, "initial", f->initial);
}

static void
write_field(struct text *out, const struct field *f)
{
	static const char *const types[] = { [TYPE_TEXT] = "text", [TYPE_NOTE] = "note",
		[TYPE_WHOLE] = "whole", [TYPE_NUMBER] = "number", [TYPE_BOOL] = "bool",
		[TYPE_DATE] = "date", [TYPE_MOMENT] = "moment", [TYPE_CHOICE] = "choice",
		[TYPE_REF] = "reference", [TYPE_LIST] = "list", [TYPE_JSON] = "json" };

	json_open(out, '{');
	json_put_text(out, "name", f->name);
	json_put_text(out, "label", f->label);
	json_put_text(out, "type", types[f->type]);
	if (f->help)
		json_put_text(out, "help", f->help);
	if (f->unit)
		json_put_text(out, "unit", f->unit);
	json_put_bool(out, "required", f->required);
	write_initial(out, f);
	if (f->read_only)
		json_put_bool(out, "read_only", true);
	if (f->create_only)
		json_put_bool(out, "create_only", true);
	if (f->past)
		json_put_bool(out, "past", true);
	if (f->target)
		json_put_text(out, "target", f->target->name);
	if (f->type == TYPE_CHOICE) {
		json_key(out, "choices");
		json_open(out, '[');
		for (const struct choice *c = f->choices; c->key; c++) {
			json_open(out, '{');
			json_put_text(out, "value", c->json ? c->json : c->key);
			json_put_text(out, "label", c->label);
			json_close(out, '}');
		}
		json_close(out, ']');
	}
	write_bounds(out, f);
	json_close(out, '}');
}

void
schema_write(struct text *out, const struct catalog *catalog)
{
	json_open(out, '{');
	json_put_text(out, "store", catalog->name);
	json_put_whole(out, "version", catalog->version);
	json_key(out, "records");
	json_open(out, '[');
	for (const struct record *const *rec = catalog->records; *rec; rec++) {
		if ((*rec)->internal)
			continue;
		json_open(out, '{');
		json_put_text(out, "name", (*rec)->name);
		json_put_text(out, "route", (*rec)->route);
		json_put_text(out, "one", (*rec)->one);
		json_put_text(out, "many", (*rec)->many);
		json_put_text(out, "summary", (*rec)->summary);
		json_put_text(out, "title", (*rec)->title);
		json_put_bool(out, "of_patient", (*rec)->of_patient);
		json_put_bool(out, "shared", (*rec)->shared);
		json_key(out, "fields");
		json_open(out, '[');
		for (size_t i = 0; i < (*rec)->n_fields; i++)
			if (!(*rec)->fields[i].hidden && !(*rec)->fields[i].secret)
				write_field(out, &(*rec)->fields[i]);
		json_close(out, ']');
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
}
