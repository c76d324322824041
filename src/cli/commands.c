/*
 * commands - the list of all commands, and how one is found and started.
 */
#include "cli/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "cli/list.h"
#include "engine/call.h"

const struct command *const commands[] = {
	&cli_serve,
	&cli_demo,
	&cli_user_add,
	&cli_user_list,
	&cli_user_password,
	&cli_user_disable,
	&cli_user_enable,
	&cli_client_add,
	&cli_client_list,
	&cli_client_rotate,
	&cli_client_key,
	&cli_client_disable,
	&cli_client_enable,
	&cli_keys_rotate,
	&cli_proposal_list,
	&cli_proposal_accept,
	&cli_proposal_refuse,
	&cli_mcp,
	&cli_import_clinic,
	&cli_export_clinic,
	&cli_copy,
	&cli_adopt,
	&cli_audit_verify,
	&cli_audit_list,
	&cli_check,
	&cli_doctor,
	&cli_sql,
	&cli_migrate_upgrade,
	&cli_migrate_downgrade,
	&cli_migrate_current,
	&cli_migrate_history,
	&cli_migrate_diff,
	&cli_migrate_new,
	&cli_migrate_check,
	&cli_derive,
	&cli_help,
	&cli_version,
	NULL
};

/* The command a line starts with; *words tells how many words its name has. */
static const struct command *
find(int argc, char **argv, int *words)
{
	for (size_t i = 0; commands[i]; i++) {
		const char *blank = strchr(commands[i]->name, ' ');
		size_t n = blank ? (size_t)(blank - commands[i]->name) : strlen(commands[i]->name);

		if (argc < 1 + (blank != NULL) || strlen(argv[0]) != n
		    || strncmp(argv[0], commands[i]->name, n) != 0)
			continue;
		if (blank && strcmp(argv[1], blank + 1) != 0)
			continue;
		*words = 1 + (blank != NULL);
		return commands[i];
	}
	return NULL;
}

/* "user" alone, or "user" and a wrong second word: names what there is. */
static bool
tell_family(const char *first)
{
	size_t n = strlen(first);
	bool any = false;

	for (size_t i = 0; commands[i]; i++) {
		if (strncmp(commands[i]->name, first, n) != 0 || commands[i]->name[n] != ' ')
			continue;
		fprintf(stderr, "%s%s", any ? ", " : "Commands: ", commands[i]->name);
		any = true;
	}
	if (any)
		fprintf(stderr, ".\nSee charthouse help COMMAND.\n");
	return any;
}

static enum status
refuse(int argc, char **argv)
{
	const char *names[COUNT(commands)];
	const char *typed = argv[0];
	char both[128];
	const char *closest;

	for (size_t i = 0; i < COUNT(commands); i++)
		names[i] = commands[i] ? commands[i]->name : NULL;
	if (argc > 1 && argv[1][0] != '-') {
		snprintf(both, sizeof(both), "%s %s", argv[0], argv[1]);
		typed = both;
	}
	fprintf(stderr, "charthouse: there is no command \"%s\".\n", typed);
	if (typed == argv[0] && tell_family(argv[0]))
		return USAGE;
	closest = options_closest(typed, names);
	if (!closest && typed != argv[0])
		closest = options_closest(argv[0], names);
	if (closest)
		fprintf(stderr, "Did you mean: charthouse %s\n", closest);
	else if (!tell_family(argv[0]))
		fprintf(stderr, "See charthouse --help.\n");
	return USAGE;
}

static enum status
complain(const struct command *command, const char *trouble)
{
	bool asks = trouble[strlen(trouble) - 1] == '?';

	fprintf(stderr, "charthouse %s: %s%s\nSee charthouse help %s.\n", command->name, trouble,
		asks ? "" : ".", command->name);
	return USAGE;
}

/* Every command that has a data folder has keys and a database. */
static bool
settle_places(struct options *o)
{
	key_keep_in(options_text(o, "key-dir"));
	settings.database = options_text(o, "database");
	settings.database_pooled = options_flag(o, "database-pooled");
	settings.database_writers = (int)options_whole(o, "database-writers");
	if (!settings.database || db_is_url(settings.database))
		return true;
	fprintf(stderr, "charthouse: --database must be of the form "
			"postgresql://user@host/name; without it records are in files.\n");
	return false;
}

static enum status
run(const struct command *command, struct options *o, int argc, char **argv)
{
	enum result r = options_read(o, argc, argv);

	if (o->help) {
		help_command(command);
		return DONE;
	}
	if (r || options_settle(o))
		return complain(command, o->trouble ? o->trouble : "cannot be understood");
	if (o->n_args < command->least)
		return complain(command, arena_printf(o->arena, "%s is missing",
			command->arguments ? command->arguments : "an argument"));
	if (o->n_args > command->most)
		return complain(command, arena_printf(o->arena, "\"%s\" is one argument too many",
			o->args[command->most]));
	if (!settle_places(o))
		return USAGE;
	return command->run(o);
}

enum status
command_run(int argc, char **argv)
{
	struct options o = { .settings = command_settings };
	const struct command *command;
	enum status status;
	int words = 0;

	if (argc < 1 || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
		help_overview();
		return DONE;
	}
	if (strcmp(argv[0], "--version") == 0)
		return cli_version.run(&o);
	command = find(argc, argv, &words);
	if (!command)
		return refuse(argc, argv);
	o.arena = arena_open((size_t)1 << 30);
	o.known = command->options;
	status = run(command, &o, argc - words, argv + words);
	arena_close(&o.arena);
	return status;
}

static enum status
show_help(struct options *o)
{
	char *words[2] = { 0 };
	const struct command *command;
	int n = 0;

	for (; n < 2 && options_arg(o, (size_t)n); n++)
		words[n] = arena_text(o->arena, options_arg(o, (size_t)n));
	if (n == 0) {
		help_overview();
		return DONE;
	}
	command = find(n, words, &n);
	if (!command) {
		if (!words[1] && tell_family(words[0]))
			return DONE;
		return refuse(words[1] ? 2 : 1, words);
	}
	help_command(command);
	return DONE;
}

static const struct option no_options[] = { { 0 } };

const struct command cli_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.summary = "Explain a command, with examples",
	.help = "Without a command: what there is.",
	.examples = "charthouse help serve\ncharthouse help user add",
	.most = 2,
	.options = no_options,
	.run = show_help,
};

static enum status
show_version(struct options *o)
{
	(void)o;
	printf("charthouse %s\n", CHARTHOUSE_VERSION);
	return DONE;
}

const struct command cli_version = {
	.name = "version",
	.summary = "Print the version",
	.help = "The version of this program; charthouse doctor names those of its libraries.",
	.examples = "charthouse version",
	.options = no_options,
	.run = show_version,
};
