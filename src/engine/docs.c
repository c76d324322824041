/*
 * docs - the same routes for people: one plain page, no script.
 */
#include <string.h>

#include "engine/openapi.h"

static void
put_html(struct text *out, const char *text)
{
	for (; text && *text; text++) {
		if (*text == '<')
			text_add(out, "&lt;");
		else if (*text == '>')
			text_add(out, "&gt;");
		else if (*text == '&')
			text_add(out, "&amp;");
		else if (*text == '"')
			text_add(out, "&quot;");
		else
			text_char(out, *text);
	}
}

static const char *
method_word(enum method method)
{
	switch (method) {
	case GET:
		return "GET";
	case POST:
		return "POST";
	case PUT:
		return "PUT";
	case PATCH:
		return "PATCH";
	case DELETE:
		return "DELETE";
	case OPTIONS:
		break;
	}
	return "OPTIONS";
}

static void
write_query(struct text *out, const struct route *route)
{
	if (!route->query || !route->query->name)
		return;
	text_add(out, "<dl>");
	for (const struct parameter *p = route->query; p->name; p++) {
		text_add(out, "<dt><code>");
		put_html(out, p->name);
		text_add(out, "</code>");
		if (p->required)
			text_add(out, " required");
		if (p->initial) {
			text_add(out, " = ");
			put_html(out, p->initial);
		}
		text_add(out, "</dt><dd>");
		put_html(out, p->help);
		text_add(out, "</dd>");
	}
	text_add(out, "</dl>");
}

static void
write_route(struct text *out, const struct face *face, const struct route *route)
{
	text_printf(out, "<details><summary><b class=\"%s\">%s</b> <code>", method_word(route->method),
		method_word(route->method));
	put_html(out, face->prefix);
	put_html(out, route->path);
	text_add(out, "</code> <span>");
	put_html(out, route->summary);
	text_add(out, "</span></summary><p>");
	text_add(out, route->need == NEED_NOBODY ? "Open to everybody."
			: route->need == NEED_ADMIN  ? "For admins."
						     : "Needs a token.");
	if (route->scope) {
		text_add(out, " Scope <code>");
		put_html(out, route->scope);
		text_add(out, "</code>.");
	}
	text_add(out, "</p>");
	if (route->about) {
		text_add(out, "<p>");
		put_html(out, route->about);
		text_add(out, "</p>");
	}
	write_query(out, route);
	text_add(out, "</details>\n");
}

static void
write_bounds(struct text *out, const struct field *f)
{
	bool text = f->type == TYPE_TEXT || f->type == TYPE_NOTE;
	double max = f->max > 0 ? f->max : text ? f->size : 0;

	if (f->min > 0 || (max > 0 && !text))
		text_printf(out, "at least %.15g%s ", f->min, text ? " characters" : "");
	if (max > 0)
		text_printf(out, "at most %.15g%s", max, text ? " characters" : "");
	if (f->unit) {
		text_char(out, ' ');
		put_html(out, f->unit);
	}
	for (const struct choice *c = f->choices; c && c->key; c++) {
		text_add(out, c == f->choices ? "" : ", ");
		put_html(out, c->json ? c->json : c->key);
	}
}

static void
write_record(struct text *out, const struct record *rec)
{
	static const char *const types[] = { [TYPE_TEXT] = "text", [TYPE_NOTE] = "long text",
		[TYPE_WHOLE] = "whole number", [TYPE_NUMBER] = "number", [TYPE_BOOL] = "yes or no",
		[TYPE_DATE] = "date", [TYPE_MOMENT] = "date and time", [TYPE_CHOICE] = "one of",
		[TYPE_REF] = "id", [TYPE_LIST] = "list of text", [TYPE_JSON] = "object" };

	text_add(out, "<details><summary><b>");
	put_html(out, rec->many);
	text_add(out, "</b> <span>");
	put_html(out, rec->summary);
	text_add(out, "</span></summary><div class=\"wide\"><table><thead><tr><th scope=\"col\">Field</th>"
		      "<th scope=\"col\">Label</th><th scope=\"col\">Type</th><th scope=\"col\">Bounds"
		      "</th></tr></thead><tbody>");
	for (size_t i = 0; i < rec->n_fields; i++) {
		const struct field *f = &rec->fields[i];

		if (f->hidden || f->secret)
			continue;
		text_add(out, "<tr><td><code>");
		put_html(out, f->name);
		text_add(out, "</code></td><td>");
		put_html(out, f->label);
		text_printf(out, "</td><td>%s%s</td><td>", types[f->type],
			f->required ? ", required" : "");
		write_bounds(out, f);
		text_add(out, "</td></tr>");
	}
	text_add(out, "</tbody></table></div></details>\n");
}

static void
write_face(struct text *out, const struct face *face)
{
	const char *last = NULL;

	text_add(out, "<section><h2>The ");
	put_html(out, face->name);
	text_add(out, " face");
	text_add(out, "</h2>\n");
	for (const struct route *const *table = face->tables; *table; table++)
		for (const struct route *route = *table; route->method; route++) {
			const char *group = route->rec ? route->rec->many : NULL;

			if (group && (!last || strcmp(group, last) != 0)) {
				text_add(out, "<h3>");
				put_html(out, group);
				text_add(out, "</h3>\n");
			}
			last = group ? group : last;
			write_route(out, face, route);
		}
	if (face->catalog) {
		text_add(out, "<h3>Records</h3>\n");
		for (const struct record *const *rec = face->catalog->records; *rec; rec++)
			if (!(*rec)->internal)
				write_record(out, *rec);
	}
	text_add(out, "</section>\n");
}

void
docs_write(struct text *out, struct face *const *faces)
{
	text_add(out, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
		      "<title>Charthouse: the API</title>"
		      "<link rel=\"stylesheet\" href=\"/style.css\"></head><body><main>"
		      "<h1>Charthouse: the API</h1><p>The same for programs: "
		      "<a href=\"/openapi.json\">openapi.json</a>. <a href=\"/\">Back</a></p>\n");
	for (; *faces; faces++)
		write_face(out, *faces);
	text_add(out, "</main></body></html>\n");
}
