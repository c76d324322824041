#pragma once
/*
 * commands - what can be typed behind `charthouse`.
 *
 * A command is one const object: its name, one line for the overview, its help
 * with examples, its options and the function that does it.  It exists once it
 * is in the list of commands.c; the help is the registration.
 */
#include "cli/options.h"

enum status { DONE = 0, FAILED = 1, USAGE = 2 };

struct command {
	const char *name;      /* "user add": one or two words */
	const char *arguments; /* "NAME", or NULL: none are taken */
	const char *summary;   /* one line */
	const char *help;      /* paragraphs */
	const char *examples;  /* lines, each a command */
	size_t least, most;    /* how many arguments it takes */
	const struct option *options; /* ends with {0} */
	enum status (*run)(struct options *o);
};

/* Ends with NULL; in the order of the overview. */
extern const struct command *const commands[];
/* What a configuration file may hold: the settings of serve. */
extern const struct option command_settings[];

/* Finds and runs the command named on the line; argv without the program. */
enum status command_run(int argc, char **argv);

/* Writes the overview, or the help of one command, to standard output. */
void help_overview(void);
void help_command(const struct command *command);

/* Settings more than one command has, declared once. */
#define SETTING_DATA                                                                   \
	{ .name = "data", .value = "DIR", .initial = "./data", .setting = true,        \
	  .help = "The data folder: databases, keys, audit heads, lock and control socket." },   \
	{ .name = "key-dir", .value = "DIR", .setting = true,                          \
	  .help = "Keep the keys in a folder of their own, on another disk, say, "        \
		  "instead of in DIR/keys." },                                          \
	{ .name = "database", .value = "URL", .setting = true,                         \
	  .help = "Keep the records in PostgreSQL (postgresql://...), in its schemas "      \
		  "personal and clinic, instead of in files. Better in the environment "  \
		  "or the file than on the line when it holds a password." },             \
	{ .name = "database-pooled", .setting = true,                                  \
	  .help = "The database is behind a pooler in transaction mode, such as "         \
		  "PgBouncer." },                                                       \
	{ .name = "database-writers", .value = "N", .initial = "4", .setting = true,   \
	  .min = 1, .max = 16,                                                         \
	  .help = "Connections to PostgreSQL that write, for each of the two stores." }
#define TIMEZONE_HELP "The facility's time zone, such as Europe/Berlin; TZ or UTC otherwise."
#define SETTING_TIMEZONE                                                               \
	{ .name = "timezone", .value = "ZONE", .setting = true, .help = TIMEZONE_HELP }
#define OPTION_CONFIG                                                                  \
	{ .name = "config", .value = "FILE",                                           \
	  .help = "Read settings from FILE instead of DIR/charthouse.conf or "         \
		  "/etc/charthouse.conf." }
#define OPTION_JSON { .name = "json", .help = "Print JSON, for programs." }
