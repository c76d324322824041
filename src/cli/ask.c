/*
 * ask - secrets from a person or a file, never from the command line.
 *
 * What stands on a command line can be seen by every user of the machine.
 */
#include "cli/ask.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { SECRET_MAX = 1024 };

static enum result
read_line(struct arena *arena, FILE *file, const char *name, const char **secret)
{
	char line[SECRET_MAX + 2];
	size_t n;

	if (!fgets(line, sizeof(line), file)) {
		fprintf(stderr, "charthouse: there is no password in %s.\n", name);
		return INVALID;
	}
	n = strcspn(line, "\r\n");
	if (n > SECRET_MAX) {
		fprintf(stderr, "charthouse: the password in %s is too long.\n", name);
		return INVALID;
	}
	*secret = arena_copy(arena, line, n);
	explicit_bzero(line, sizeof(line));
	return OK;
}

enum result
ask_file(struct arena *arena, const char *path, const char **secret)
{
	FILE *file;
	enum result r;

	if (strcmp(path, "-") == 0)
		return read_line(arena, stdin, "standard input", secret);
	file = fopen(path, "re");
	if (!file) {
		fprintf(stderr, "charthouse: cannot read %s: %s\n", path, strerror(errno));
		return INVALID;
	}
	r = read_line(arena, file, path, secret);
	fclose(file);
	return r;
}

static enum result
prompt(struct arena *arena, const char *words, const char **secret)
{
	struct termios before;
	struct termios quiet;
	enum result r;

	fprintf(stderr, "%s: ", words);
	tcgetattr(STDIN_FILENO, &before);
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	r = read_line(arena, stdin, "standard input", secret);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	return r;
}

enum result
ask_password(struct arena *arena, const char **secret)
{
	const char *again = NULL;
	enum result r;

	if (!isatty(STDIN_FILENO))
		return read_line(arena, stdin, "standard input", secret);
	r = prompt(arena, "Password", secret);
	if (!r)
		r = prompt(arena, "The same again", &again);
	if (!r && strcmp(*secret, again) != 0) {
		fprintf(stderr, "charthouse: these were two different passwords.\n");
		return INVALID;
	}
	return r;
}
