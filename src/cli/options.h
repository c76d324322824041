#pragma once
/*
 * options - what a command was told: on its line, in the environment, in a file.
 *
 * A command declares its options as a table; the help is printed from the same
 * table, so none exists without words about it.  Those marked .setting may also
 * come from CHARTHOUSE_<NAME> in the environment and from a configuration file
 * (key = value).  The line wins over the environment, that over the file, that
 * over the default.  Everything lives in the arena given.
 *
 * May use: base only.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"

enum { OPTIONS_MAX = 32 };

struct option {
	const char *name;    /* "listen": --listen, CHARTHOUSE_LISTEN, listen = */
	const char *value;   /* how the help calls its value; NULL: a flag */
	const char *help;
	const char *initial; /* default; NULL none */
	const char *words;   /* "on|off": nothing else is taken; NULL: any text */
	int64_t min, max;    /* a whole number in this range; both 0: text */
	bool setting;        /* also from the environment and the file */
	bool required;
	bool repeated;       /* may be given several times; elsewhere with commas */
};

struct options {
	struct arena *arena;
	const struct option *known;     /* ends with {0}; at most OPTIONS_MAX */
	const struct option *settings;  /* keys a file may hold; ends with {0} */
	const char *values[OPTIONS_MAX];
	const char *from[OPTIONS_MAX];  /* where a value came from, for messages */
	const char **args;              /* what is no option, in order */
	size_t n_args;
	const char *file;               /* the configuration file read; NULL none */
	bool help;                      /* --help was there */
	const char *trouble;            /* one sentence when something was wrong */
};

/* Reads the line: INVALID and .trouble for an unknown option (naming the closest
 * one), a missing value, or a value where none belongs. */
MUST_CHECK enum result options_read(struct options *o, int argc, char **argv);
/* Adds environment, file and defaults, then checks every value. */
MUST_CHECK enum result options_settle(struct options *o);
/* Adds the lines of a configuration file; `text` is taken apart. */
MUST_CHECK enum result options_lines(struct options *o, const char *name, char *text);
/* Finds and reads the one configuration file that counts; OK when there is none. */
MUST_CHECK enum result options_file(struct options *o);

/* The value of a declared option; NULL when it has none. */
const char *options_text(const struct options *o, const char *name);
bool options_flag(const struct options *o, const char *name);
/* 0 when it has no value. */
int64_t options_whole(const struct options *o, const char *name);
/* The parts of a repeated one; ends with NULL; NULL when there are none. */
const char *const *options_list(const struct options *o, const char *name);
/* The n-th argument that is no option; NULL when there are fewer. */
const char *options_arg(const struct options *o, size_t n);

/* The word of a list (ends with NULL) that was most likely meant; NULL when none
 * is close. */
const char *options_closest(const char *word, const char *const *words);
