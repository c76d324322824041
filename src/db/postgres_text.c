/*
 * postgres_text - values between the forms of db.h and those of PostgreSQL.
 *
 * A field that is TEXT[] there is a JSON array of texts to everybody above; a
 * TIMESTAMPTZ is shown without a zone and with all six digits.
 */
#include <jansson.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "db/postgres.h"

static void
add_element(struct text *out, const char *text)
{
	text_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			text_char(out, '\\');
		text_char(out, *text);
	}
	text_char(out, '"');
}

const char *
pg_array_in(struct arena *arena, const char *json)
{
	struct text out CLEANUP(text_close) = { 0 };
	json_t *array = json_loads(json, 0, NULL);
	bool sound = json_is_array(array);

	text_char(&out, '{');
	for (size_t i = 0; sound && i < json_array_size(array); i++) {
		const json_t *element = json_array_get(array, i);

		if (i)
			text_char(&out, ',');
		if (json_is_null(element))
			text_add(&out, "NULL");
		else if (json_is_string(element))
			add_element(&out, json_string_value(element));
		else if (json_is_integer(element))
			text_printf(&out, "%lld", (long long)json_integer_value(element));
		else
			sound = false;
	}
	text_char(&out, '}');
	json_decref(array);
	return sound && !out.full ? arena_copy(arena, out.at, out.len) : NULL;
}

/* One element up to the comma or brace behind it, unescaped into one. */
static const char *
read_element(const char *at, struct text *one)
{
	bool quoted = *at == '"';

	for (at += quoted; *at && (quoted ? *at != '"' : *at != ',' && *at != '}'); at++) {
		if (*at == '\\' && at[1])
			at++;
		text_char(one, *at);
	}
	return at + (quoted && *at == '"');
}

const char *
pg_array_out(struct arena *arena, const char *array)
{
	struct text out CLEANUP(text_close) = { 0 };
	const char *at = array + (*array == '{');

	text_char(&out, '[');
	while (*at && *at != '}') {
		struct text one CLEANUP(text_close) = { 0 };
		bool quoted = *at == '"';

		if (out.len > 1)
			text_char(&out, ',');
		at = read_element(at, &one);
		if (!quoted && strcmp(text_string(&one), "NULL") == 0)
			text_add(&out, "null");
		else
			json_text(&out, text_string(&one));
		at += *at == ',';
	}
	text_char(&out, ']');
	return arena_copy(arena, out.at, out.len);
}

const char *
pg_moment_out(struct arena *arena, const char *text)
{
	enum { SECONDS = 19, ALL = 26 }; /* "2024-02-29 12:00:00" and with ".000000" */
	size_t n = strcspn(text, "+");
	char *out;

	if (n < SECONDS || n > ALL)
		return text; /* infinity, or years of five digits */
	out = arena_new(arena, ALL + 1);
	memcpy(out, text, n);
	if (n == SECONDS)
		out[n++] = '.';
	memset(out + n, '0', ALL - n);
	return out;
}

const char *
pg_json_out(struct arena *arena, const char *text, size_t n, size_t *out_n)
{
	char *out = arena_new(arena, n + 1);
	bool quoted = false;
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		if (!quoted && text[i] == ' ')
			continue;
		if (text[i] == '"')
			quoted = !quoted;
		out[len++] = text[i];
		if (quoted && text[i] == '\\' && i + 1 < n)
			out[len++] = text[++i];
	}
	*out_n = len;
	return out;
}
