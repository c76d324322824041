/*
 * form_value - one value of a request by the rules of its field.
 *
 * The texts are those of the contract (personal-api 1.9): standard ones, or with
 * the field's label where it is .spoken, or whatever .says.
 */
#include "engine/form.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/text.h"
#include "engine/form_private.h"

enum { MOST_TAGS = 15, TAG_LENGTH = 50 };

static bool
refuse(struct work *w, const struct field *f, const char *kind, const char *text)
{
	problem_at(&w->problems, "body", f->name, kind, "%s", text);
	return false;
}

/* A breach of bounds or choices: .says, or the label's text, or the standard. */
static bool
breach(struct work *w, const struct field *f, const char *kind, const char *spoken,
	const char *standard)
{
	if (f->says)
		return refuse(w, f, "value_error", f->says);
	return f->spoken ? refuse(w, f, "value_error", spoken) : refuse(w, f, kind, standard);
}

/* ---- text ---- */

static const char *
folded(struct arena *arena, const struct field *f, const char *text)
{
	switch (f->fold) {
	case LOWER:
		return text_lower(arena, text);
	case UPPER:
		return text_upper(arena, text);
	case TITLE:
		return text_title(arena, text);
	case AS_TYPED:
		break;
	}
	return text;
}

static bool
length_fits(struct work *w, const struct field *f, const char *text)
{
	size_t n = utf8_length(text, strlen(text));
	double max = f->max > 0 ? f->max : f->size;
	struct arena *a = w->arena;

	if (f->min > 0 && (double)n < f->min)
		return breach(w, f, "string_too_short",
			arena_printf(a, "%s must be at least %.0f characters long", f->label, f->min),
			arena_printf(a, "String should have at least %.0f character%s", f->min,
				f->min > 1 ? "s" : ""));
	if (max > 0 && (double)n > max)
		return breach(w, f, "string_too_long",
			arena_printf(a, "%s must be less than %.0f characters", f->label, max),
			arena_printf(a, "String should have at most %.0f characters", max));
	return true;
}

static bool
read_text(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	const char *text = json_string_value(json);
	const char *why = NULL;

	if (!text)
		return refuse(w, f, "string_type", "Input should be a valid string");
	if (f->trim)
		text = text_trim(w->arena, text);
	if (f->blank_null && !*text_trim(w->arena, text)) {
		*out = value_null();
		return true;
	}
	if (!length_fits(w, f, text))
		return false;
	text = folded(w->arena, f, text);
	if (f->shape) {
		text = f->shape(w->arena, text, &why);
		if (!text)
			return refuse(w, f, "value_error", f->says ? f->says : why);
	}
	*out = value_text(arena_text(w->arena, text));
	return true;
}

const char *
form_choices(struct arena *arena, const struct field *f)
{
	struct text out CLEANUP(text_close) = { 0 };

	for (const struct choice *c = f->choices; c->key; c++)
		text_printf(&out, "%s%s", out.len ? ", " : "", c->json ? c->json : c->key);
	return arena_copy(arena, out.at ? out.at : "", out.len);
}

const struct choice *
form_choice(const struct field *f, const char *text)
{
	for (const struct choice *c = f->choices; c->key; c++) {
		if (strcmp(c->key, text) == 0 || (c->json && strcmp(c->json, text) == 0))
			return c;
		if (!f->exact && (text_same(c->key, text) || (c->json && text_same(c->json, text))))
			return c;
	}
	return NULL;
}

static bool
read_choice(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	const char *text = json_string_value(json);
	const struct choice *choice;
	const char *list;

	if (!text)
		return refuse(w, f, "string_type", "Input should be a valid string");
	if (f->blank_null && !*text_trim(w->arena, text)) {
		*out = value_null();
		return true;
	}
	choice = form_choice(f, f->exact ? text : text_trim(w->arena, text));
	if (!choice) {
		list = form_choices(w->arena, f);
		return breach(w, f, "value_error",
			arena_printf(w->arena, "%s must be one of: %s", f->label, list),
			arena_printf(w->arena, "%s must be one of: %s", f->label, list));
	}
	*out = value_text(choice->key);
	return true;
}

/* ---- numbers ---- */

static bool
outside(struct work *w, const struct field *f, double number, bool *fits)
{
	bool least = f->from_zero || f->min > 0 || f->min < 0 || f->max > 0;
	struct arena *a = w->arena;
	const char *spoken;

	*fits = false;
	spoken = f->max > 0
		? arena_printf(a, "%s must be between %.15g and %.15g%s%s", f->label, f->min, f->max,
			f->unit ? " " : "", f->unit ? f->unit : "")
		: arena_printf(a, "%s must be at least %.15g", f->label, f->min);
	if (f->min_open && number <= f->min)
		return breach(w, f, "greater_than", spoken,
			arena_printf(a, "Input should be greater than %.15g", f->min));
	if (least && !f->min_open && number < f->min)
		return breach(w, f, "greater_than_equal", spoken,
			arena_printf(a, "Input should be greater than or equal to %.15g", f->min));
	if (f->max > 0 && number > f->max)
		return breach(w, f, "less_than_equal", spoken,
			arena_printf(a, "Input should be less than or equal to %.15g", f->max));
	*fits = true;
	return true;
}

static bool
in_bounds(struct work *w, const struct field *f, double number)
{
	bool fits;

	(void)outside(w, f, number, &fits);
	return fits;
}

static bool
parse_double(const char *text, double *out)
{
	char *end = NULL;

	while (isspace((unsigned char)*text))
		text++;
	if (!*text || strpbrk(text, "xXpPnN")) /* no hex, nan or infinity */
		return false;
	*out = strtod(text, &end);
	while (isspace((unsigned char)*end))
		end++;
	return *end == '\0' && isfinite(*out);
}

static bool
whole_of(const json_t *json, int64_t *out)
{
	double number;

	if (json_is_integer(json)) {
		*out = json_integer_value(json);
		return true;
	}
	if (json_is_real(json)) {
		number = json_real_value(json);
		if (!(fabs(number) < 9e15) || fabs(number - trunc(number)) > 0)
			return false;
		*out = (int64_t)number;
		return true;
	}
	return json_is_string(json)
		&& text_whole(json_string_value(json), INT64_MIN, INT64_MAX, out);
}

static bool
read_whole(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	int64_t whole = 0;

	if (f->blank_null && json_is_string(json) && !*json_string_value(json)) {
		*out = value_null();
		return true;
	}
	if (!whole_of(json, &whole))
		return refuse(w, f, "int_type", "Input should be a valid integer");
	if (!in_bounds(w, f, (double)whole))
		return false;
	if (!f->wide && whole > INT32_MAX)
		return refuse(w, f, "less_than_equal",
			"Input should be less than or equal to 2147483647");
	if (!f->wide && whole < INT32_MIN)
		return refuse(w, f, "greater_than_equal",
			"Input should be greater than or equal to -2147483648");
	*out = value_whole(whole);
	return true;
}

static bool
read_ref(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	int64_t whole = 0;

	if (f->blank_null && json_is_string(json) && !*json_string_value(json)) {
		*out = value_null();
		return true;
	}
	if (!whole_of(json, &whole))
		return refuse(w, f, "int_type", "Input should be a valid integer");
	if (whole <= 0)
		return breach(w, f, "greater_than", f->says ? f->says : "Input should be greater than 0",
			"Input should be greater than 0");
	if (whole > INT32_MAX)
		return refuse(w, f, "less_than_equal",
			"Input should be less than or equal to 2147483647");
	*out = value_whole(whole);
	return true;
}

static double
rounded(double number, int decimals)
{
	double power = 1;

	for (int i = 0; i < decimals; i++)
		power *= 10;
	return decimals ? round(number * power) / power : number;
}

static bool
read_number(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	double number = 0;

	if (f->blank_null && json_is_string(json) && !*json_string_value(json)) {
		*out = value_null();
		return true;
	}
	if (json_is_number(json))
		number = json_number_value(json);
	else if (!json_is_string(json) || !parse_double(json_string_value(json), &number))
		return refuse(w, f, "float_type", "Input should be a valid number");
	if (!isfinite(number))
		return refuse(w, f, "finite_number", "Input should be a finite number");
	if (!in_bounds(w, f, number))
		return false;
	*out = value_number(f->decimals < 0 ? round(number) : rounded(number, f->decimals));
	return true;
}

static bool
read_bool(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	static const char *const yes[] = { "true", "yes", "on", "t", "y", "1" };
	static const char *const no[] = { "false", "no", "off", "f", "n", "0" };
	const char *text = json_string_value(json);

	if (json_is_boolean(json)) {
		*out = value_whole(json_is_true(json));
		return true;
	}
	if (json_is_integer(json) && (json_integer_value(json) == 0 || json_integer_value(json) == 1)) {
		*out = value_whole(json_integer_value(json));
		return true;
	}
	for (size_t i = 0; text && i < COUNT(yes); i++)
		if (text_same(text, yes[i]) || text_same(text, no[i])) {
			*out = value_whole(text_same(text, yes[i]));
			return true;
		}
	return refuse(w, f, "bool_type", "Input should be a valid boolean");
}

/* ---- time ---- */

static bool
not_past(struct work *w, const struct field *f)
{
	const char *text = arena_printf(w->arena, "%s cannot be in the future", f->label);

	return refuse(w, f, "value_error", f->says ? f->says : text);
}

static bool
read_date(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	const char *text = json_string_value(json);
	char day[DATE_SIZE], today[DATE_SIZE];

	if (text && f->blank_null && !*text_trim(w->arena, text)) {
		*out = value_null();
		return true;
	}
	if (f->strict_date && (!text || !date_valid(text)))
		return refuse(w, f, "value_error", "Invalid date format. Use YYYY-MM-DD");
	if (!text || !date_parse(text, day))
		return refuse(w, f, "date_from_datetime_parsing",
			"Input should be a valid date or datetime, expected YYYY-MM-DD");
	date_of(w->now, today);
	if (f->past && !w->importing && strcmp(day, today) > 0)
		return not_past(w, f);
	*out = value_text(arena_text(w->arena, day));
	return true;
}

static bool
read_moment(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	const char *text = json_string_value(json);
	char stored[MOMENT_SIZE];
	int64_t moment;

	if (text && f->blank_null && !*text_trim(w->arena, text)) {
		*out = value_null();
		return true;
	}
	if (!text || !moment_parse(text, f->wall, &moment))
		return refuse(w, f, "datetime_from_date_parsing",
			"Input should be a valid datetime, expected YYYY-MM-DDTHH:MM:SS");
	if (f->past && !w->importing && moment > w->now)
		return not_past(w, f);
	moment_store(moment, stored);
	*out = value_text(arena_text(w->arena, stored));
	return true;
}

/* ---- lists and objects ---- */

static const char *
normal_tag(struct arena *arena, const char *text)
{
	char *tag = arena_text(arena, text_lower(arena, text_trim(arena, text)));

	for (char *c = tag; *c; c++)
		if (*c == ' ')
			*c = '-';
	return tag;
}

static bool
holds(json_t *list, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_array_get(list, i)), text) == 0)
			return true;
	return false;
}

static bool
add_tag(struct work *w, const struct field *f, const json_t *item, json_t *list)
{
	const char *tag = json_string_value(item);

	if (!tag)
		return refuse(w, f, "string_type", "Input should be a valid string");
	if (!f->fixed_array)
		tag = normal_tag(w->arena, tag);
	if (!f->fixed_array && utf8_length(tag, strlen(tag)) > TAG_LENGTH)
		return refuse(w, f, "value_error", "Tag length must be 50 characters or less");
	if (*tag && !holds(list, tag))
		json_array_append_new(list, json_string(tag));
	return true;
}

static void
dump(struct work *w, const json_t *json, struct value *out)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);

	*out = value_text(arena_text(w->arena, text));
	free(text);
}

static bool
read_list(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	json_t *list;
	bool good = true;

	if (!json_is_array(json))
		return refuse(w, f, "list_type", "Input should be a valid list");
	if (!f->fixed_array && json_array_size(json) > MOST_TAGS)
		return refuse(w, f, "value_error", "Maximum 15 tags per record");
	list = json_array();
	for (size_t i = 0; i < json_array_size(json) && good; i++)
		good = add_tag(w, f, json_array_get(json, i), list);
	if (good)
		dump(w, list, out);
	json_decref(list);
	return good;
}

static bool
read_json(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	if (!json_is_object(json) && !json_is_array(json))
		return refuse(w, f, "dict_type", "Input should be a valid dictionary");
	dump(w, json, out);
	return true;
}

bool
form_value(struct work *w, const struct field *f, const json_t *json, struct value *out)
{
	switch (f->type) {
	case TYPE_TEXT:
	case TYPE_NOTE:
		return read_text(w, f, json, out);
	case TYPE_WHOLE:
		return read_whole(w, f, json, out);
	case TYPE_NUMBER:
		return read_number(w, f, json, out);
	case TYPE_BOOL:
		return read_bool(w, f, json, out);
	case TYPE_DATE:
		return read_date(w, f, json, out);
	case TYPE_MOMENT:
		return read_moment(w, f, json, out);
	case TYPE_CHOICE:
		return read_choice(w, f, json, out);
	case TYPE_REF:
		return read_ref(w, f, json, out);
	case TYPE_LIST:
		return read_list(w, f, json, out);
	case TYPE_JSON:
		return read_json(w, f, json, out);
	case TYPE_NONE:
	case TYPE__COUNT:
		break;
	}
	return false;
}
