#pragma once
/*
 * table - rows and columns on the terminal; tabs for programs.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct table {
	struct arena *arena;
	size_t columns;
	const char **cells; /* row after row, the first holds the headings */
	size_t n, room;
};

struct table table_of(struct arena *arena, size_t columns);
/* The next cell; NULL prints as nothing. */
void table_add(struct table *table, const char *cell);
/* Aligned on a terminal, else tab-separated with \t and \n escaped. */
void table_print(const struct table *table, bool aligned);
