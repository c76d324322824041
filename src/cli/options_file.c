/*
 * options_file - which configuration file counts, and its text.
 *
 * One file only, so that one look tells what is set: --config FILE, else
 * DIR/charthouse.conf, else /etc/charthouse.conf.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/options.h"

enum { FILE_MAX = 64 * 1024 };

/* The whole file with a NUL behind it; MISSING when there is none. */
static enum result
slurp(struct options *o, const char *path, char **out)
{
	FILE *file = fopen(path, "re");
	size_t n;

	if (!file) {
		o->trouble = arena_printf(o->arena, "cannot read %s: %s", path, strerror(errno));
		return errno == ENOENT ? MISSING : INVALID;
	}
	*out = arena_new(o->arena, FILE_MAX + 1);
	n = fread(*out, 1, FILE_MAX + 1, file);
	if (ferror(file) || n > FILE_MAX) {
		o->trouble = arena_printf(o->arena, "%s is not a configuration file", path);
		fclose(file);
		return INVALID;
	}
	(*out)[n] = '\0';
	fclose(file);
	return OK;
}

static enum result
read_file(struct options *o, const char *path)
{
	char *text = NULL;
	enum result r = slurp(o, path, &text);

	return r ? r : options_lines(o, path, text);
}

static const char *
initial(const struct options *o, const char *name)
{
	for (const struct option *option = o->known; option->name; option++)
		if (strcmp(option->name, name) == 0)
			return option->initial;
	return NULL;
}

enum result
options_file(struct options *o)
{
	const char *config = options_text(o, "config");
	const char *dir = options_text(o, "data");
	enum result r;

	if (config) {
		r = read_file(o, config);
		return r ? INVALID : OK;
	}
	if (!dir)
		dir = initial(o, "data");
	if (!dir)
		return OK;
	r = read_file(o, arena_printf(o->arena, "%s/charthouse.conf", dir));
	if (r == MISSING)
		r = read_file(o, "/etc/charthouse.conf");
	if (r == MISSING) {
		o->trouble = NULL;
		return OK;
	}
	return r;
}
