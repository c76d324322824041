/*
 * options - what a command was told: on its line, in the environment, in a file.
 *
 * A parser of our own, because the three places must agree about names, words
 * and ranges, and because a mistyped option should be answered with the right one.
 */
#include "cli/options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *const yes_words[] = { "on", "yes", "true", "1", NULL };
static const char *const no_words[] = { "off", "no", "false", "0", NULL };

static bool
among(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (text_same(word, *words))
			return true;
	return false;
}

/* Edits between two short words; longer ones are as far apart as can be. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[64];
	size_t n = strlen(b);

	if (n >= COUNT(row) || strlen(a) >= COUNT(row))
		return COUNT(row);
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

const char *
options_closest(const char *word, const char *const *words)
{
	const char *best = NULL;
	size_t least = strlen(word) / 3 + 2;

	for (; *words; words++) {
		size_t d = distance(word, *words);

		/* A beginning is as good as a small mistake. */
		if (text_starts(*words, word) && *word)
			d = d > 1 ? 1 : d;
		if (d < least) {
			least = d;
			best = *words;
		}
	}
	return best;
}

static int
find(const struct option *known, const char *name, size_t n)
{
	for (int i = 0; known[i].name; i++)
		if (strlen(known[i].name) == n && memcmp(known[i].name, name, n) == 0)
			return i;
	return -1;
}

static enum result
refuse(struct options *o, const char *sentence)
{
	o->trouble = sentence;
	return INVALID;
}

static enum result
refuse_unknown(struct options *o, const struct option *known, const char *what, const char *name)
{
	const char *names[OPTIONS_MAX + 2];
	size_t n = 0;
	const char *closest;

	for (; known[n].name && n < OPTIONS_MAX; n++)
		names[n] = known[n].name;
	names[n++] = "help";
	names[n] = NULL;
	closest = options_closest(name, names);
	if (closest)
		return refuse(o, arena_printf(o->arena, "unknown %s%s; did you mean %s%s?", what,
			name, strstr(what, " --") ? "--" : "", closest));
	return refuse(o, arena_printf(o->arena, "unknown %s%s", what, name));
}

static void
set(struct options *o, int i, const char *value, const char *from)
{
	if (o->known[i].repeated && o->values[i] && o->from[i] == from)
		value = arena_printf(o->arena, "%s,%s", o->values[i], value);
	o->values[i] = value;
	o->from[i] = from;
}

/* One word that starts with "--"; *next is the word after it, NULL when none;
 * *took tells whether it was the value. */
static enum result
read_option(struct options *o, const char *word, const char *next, bool *took)
{
	const char *name = word + 2;
	const char *equals = strchr(name, '=');
	size_t n = equals ? (size_t)(equals - name) : strlen(name);
	int i = find(o->known, name, n);

	if (i < 0)
		return refuse_unknown(o, o->known, "option --", arena_copy(o->arena, name, n));
	if (!o->known[i].value) {
		if (equals)
			return refuse(o, arena_printf(o->arena, "--%s takes no value",
				o->known[i].name));
		set(o, i, "on", "the command line");
		return OK;
	}
	if (!equals && !next)
		return refuse(o, arena_printf(o->arena, "--%s needs a value: --%s %s",
			o->known[i].name, o->known[i].name, o->known[i].value));
	set(o, i, equals ? equals + 1 : next, "the command line");
	*took = !equals;
	return OK;
}

enum result
options_read(struct options *o, int argc, char **argv)
{
	bool only_args = false;
	enum result r;

	o->args = arena_new(o->arena, ((size_t)argc + 1) * sizeof(*o->args));
	for (int i = 0; i < argc; i++) {
		bool took = false;

		/* "-1" is a number. */
		if (only_args || argv[i][0] != '-' || !argv[i][1]
			|| isdigit((unsigned char)argv[i][1])) {
			o->args[o->n_args++] = argv[i];
		} else if (strcmp(argv[i], "--") == 0) {
			only_args = true;
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			o->help = true;
		} else if (argv[i][1] != '-') {
			return refuse_unknown(o, o->known, "option -", argv[i] + 1);
		} else {
			r = read_option(o, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &took);
			if (r)
				return r;
			i += took;
		}
	}
	return OK;
}

static const char *
environment(struct options *o, const struct option *option)
{
	char *name = arena_printf(o->arena, "CHARTHOUSE_%s", option->name);

	for (char *c = name; *c; c++)
		*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
	return getenv(name);
}

static void
read_environment(struct options *o)
{
	for (int i = 0; o->known[i].name; i++) {
		const char *value = o->known[i].setting && !o->values[i]
			? environment(o, &o->known[i]) : NULL;

		if (value && *value) {
			o->values[i] = arena_text(o->arena, value);
			o->from[i] = "the environment";
		}
	}
}

/* "key = value" in place; false for a line that is none. */
static bool
split(char *line, char **key, char **value)
{
	char *equals = strchr(line, '=');
	char *end;

	if (!equals)
		return false;
	*equals = '\0';
	for (*key = line; isspace((unsigned char)**key); (*key)++)
		;
	for (end = equals; end > *key && isspace((unsigned char)end[-1]); end--)
		;
	*end = '\0';
	for (*value = equals + 1; isspace((unsigned char)**value); (*value)++)
		;
	for (end = *value + strlen(*value); end > *value && isspace((unsigned char)end[-1]); end--)
		;
	*end = '\0';
	for (char *c = *key; *c; c++)
		*c = *c == '_' ? '-' : *c;
	return **key != '\0';
}

static enum result
read_line(struct options *o, const char *where, char *line)
{
	char *key;
	char *value;
	int i;

	line += strspn(line, " \t\r");
	if (!*line || *line == '#')
		return OK;
	if (!split(line, &key, &value))
		return refuse(o, arena_printf(o->arena, "%s: not of the form key = value", where));
	i = find(o->known, key, strlen(key));
	if (i < 0 || !o->known[i].setting) {
		/* A setting of another command; one file serves all of them. */
		if (o->settings && find(o->settings, key, strlen(key)) >= 0)
			return OK;
		return refuse_unknown(o, o->settings ? o->settings : o->known,
			arena_printf(o->arena, "setting in %s: ", where), key);
	}
	if (!o->values[i] || (o->known[i].repeated && o->from[i] == o->file))
		set(o, i, arena_text(o->arena, value), o->file);
	return OK;
}

enum result
options_lines(struct options *o, const char *name, char *text)
{
	int number = 0;
	enum result r;

	o->file = arena_text(o->arena, name);
	for (char *line = text; line;) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		number++;
		r = read_line(o, arena_printf(o->arena, "%s:%d", name, number), line);
		if (r)
			return r;
		line = end ? end + 1 : NULL;
	}
	return OK;
}

static bool
word_fits(const char *words, const char *value)
{
	size_t n = strlen(value);

	for (const char *word = words; word;) {
		size_t len = strcspn(word, "|");

		if (len == n && strncmp(word, value, n) == 0)
			return true;
		word = word[len] ? word + len + 1 : NULL;
	}
	return false;
}

static enum result
check(struct options *o, int i)
{
	const struct option *option = &o->known[i];
	const char *value = o->values[i];
	int64_t whole;

	if (!value)
		return option->required
			? refuse(o, arena_printf(o->arena, "--%s %s is required", option->name,
				option->value))
			: OK;
	if (!option->value && !among(value, yes_words) && !among(value, no_words))
		return refuse(o, arena_printf(o->arena, "%s of %s must be on or off",
			option->name, o->from[i]));
	if (option->words && !word_fits(option->words, value))
		return refuse(o, arena_printf(o->arena, "--%s must be one of %s", option->name,
			option->words));
	if ((option->min || option->max) && !text_whole(value, option->min, option->max, &whole))
		return refuse(o, arena_printf(o->arena,
			"--%s must be a whole number from %lld to %lld", option->name,
			(long long)option->min, (long long)option->max));
	return OK;
}

enum result
options_settle(struct options *o)
{
	enum result r;

	read_environment(o);
	r = options_file(o);
	if (r)
		return r;
	for (int i = 0; o->known[i].name; i++) {
		if (!o->values[i] && o->known[i].initial) {
			o->values[i] = o->known[i].initial;
			o->from[i] = "the default";
		}
		r = check(o, i);
		if (r)
			return r;
	}
	return OK;
}

const char *
options_text(const struct options *o, const char *name)
{
	int i = find(o->known, name, strlen(name));

	return i < 0 ? NULL : o->values[i];
}

bool
options_flag(const struct options *o, const char *name)
{
	const char *value = options_text(o, name);

	return value && among(value, yes_words);
}

int64_t
options_whole(const struct options *o, const char *name)
{
	const char *value = options_text(o, name);
	int64_t whole = 0;

	if (value && !text_whole(value, INT64_MIN, INT64_MAX, &whole))
		whole = 0;
	return whole;
}

const char *const *
options_list(const struct options *o, const char *name)
{
	const char *value = options_text(o, name);
	size_t n = 1;
	const char **list;

	if (!value || !*value)
		return NULL;
	for (const char *c = value; *c; c++)
		n += *c == ',';
	list = arena_new(o->arena, (n + 1) * sizeof(*list));
	for (size_t i = 0; value; i++) {
		size_t len = strcspn(value, ",");

		list[i] = text_trim(o->arena, arena_copy(o->arena, value, len));
		value = value[len] ? value + len + 1 : NULL;
	}
	return list;
}

const char *
options_arg(const struct options *o, size_t n)
{
	return n < o->n_args ? o->args[n] : NULL;
}
