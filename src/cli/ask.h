#pragma once
/*
 * ask - secrets from a person or a file, never from the command line.
 */
#include "base/arena.h"
#include "base/result.h"

/* The first line of a file ("-": standard input); said on stderr when not. */
MUST_CHECK enum result ask_file(struct arena *arena, const char *path, const char **secret);
/* Asks twice on the terminal without echo; one line of standard input when that
 * is no terminal. */
MUST_CHECK enum result ask_password(struct arena *arena, const char **secret);
