/*
 * main - picks a command.
 */
#include <stdio.h>

#include "cli/commands.h"

int
main(int argc, char **argv)
{
	enum status status = command_run(argc - 1, argv + 1);

	/* A full disk behind `> file` must not look like success. */
	if (fflush(stdout) != 0 && status == DONE) {
		perror("charthouse: standard output");
		return FAILED;
	}
	return (int)status;
}
