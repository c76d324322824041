/*
 * help - what a person reads before the first try: from the same tables that
 * make the commands work.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/commands.h"

enum { WIDTH = 78 };

/* Prints words from column `indent` on, breaking lines at blanks. */
static void
wrap(const char *text, int indent, int column)
{
	while (*text) {
		size_t n = strcspn(text, " \n");

		if (column > indent && column + 1 + (int)n > WIDTH) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			putchar(' ');
			column++;
		}
		printf("%.*s", (int)n, text);
		column += (int)n;
		text += n;
		if (*text == '\n') {
			printf("\n%*s", indent, "");
			column = indent;
		}
		text += *text != '\0';
	}
	putchar('\n');
}

void
help_overview(void)
{
	printf("Charthouse keeps a family's health records and a clinic's charts.\n\n"
	       "Usage: charthouse COMMAND [ARGUMENTS] [--OPTION VALUE ...]\n\n");
	for (size_t i = 0; commands[i]; i++)
		printf("  %-16s %s\n", commands[i]->name, commands[i]->summary);
	printf("\nThe first steps:\n"
	       "  charthouse demo --serve      look around in made-up records\n"
	       "  charthouse serve             start with your own, in ./data\n"
	       "  charthouse help serve        every setting, with examples\n\n"
	       "Every setting can be given as --listen VALUE, as CHARTHOUSE_LISTEN in the\n"
	       "environment, or as a line \"listen = VALUE\" in a configuration file; see\n"
	       "charthouse.conf(5).  Exit status: 0 done, 1 failed, 2 not understood.\n");
}

static void
describe(const struct option *option)
{
	char head[64];
	char tail[128] = "";
	char words[512];
	int column;

	snprintf(head, sizeof(head), "--%s%s%s", option->name, option->value ? " " : "",
		option->value ? option->value : "");
	column = printf("  %-24s ", head);
	if (option->initial)
		snprintf(tail, sizeof(tail), " (default: %s)", option->initial);
	else if (option->required)
		snprintf(tail, sizeof(tail), " (required)");
	if (column > 27) {
		printf("\n%27s", "");
		column = 27;
	}
	snprintf(words, sizeof(words), "%s%s", option->help, tail);
	wrap(words, 27, column);
}

void
help_command(const struct command *command)
{
	bool settings = false;

	printf("charthouse %s - %s\n\nUsage: charthouse %s%s%s%s\n\n", command->name,
		command->summary, command->name, command->arguments ? " " : "",
		command->arguments ? command->arguments : "",
		command->options->name ? " [OPTIONS]" : "");
	wrap(command->help, 0, 0);
	if (command->options->name)
		printf("\nOptions:\n");
	for (const struct option *option = command->options; option->name; option++) {
		describe(option);
		settings |= option->setting;
	}
	if (settings)
		printf("\nWhat is a setting of the server can also come from the environment\n"
		       "(CHARTHOUSE_DATA ...) or a configuration file (charthouse.conf(5)).\n");
	printf("\nExamples:\n  ");
	for (const char *c = command->examples; *c; c++) {
		putchar(*c);
		if (*c == '\n')
			printf("  ");
	}
	putchar('\n');
}
