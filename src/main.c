/*
 * main - picks a command.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "files/image.h"

int
main(int argc, char **argv)
{
	enum status status;

	/* No command: this is what the server starts for a picture, before it is anything. */
	if (argc == 2 && strcmp(argv[1], IMAGE_CHILD) == 0)
		return image_child();
	status = command_run(argc - 1, argv + 1);
	/* A full disk behind `> file` must not look like success. */
	if (fflush(stdout) != 0 && status == DONE) {
		perror("charthouse: standard output");
		return FAILED;
	}
	return (int)status;
}
