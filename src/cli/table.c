/*
 * table - rows and columns on the terminal; tabs for programs.
 */
#include "cli/table.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { WIDEST = 60 };

struct table
table_of(struct arena *arena, size_t columns)
{
	return (struct table){ .arena = arena, .columns = columns };
}

void
table_add(struct table *table, const char *cell)
{
	if (table->n == table->room) {
		size_t room = table->room ? 2 * table->room : 16 * table->columns;
		const char **cells = arena_new(table->arena, room * sizeof(*cells));

		if (table->n)
			memcpy(cells, table->cells, table->n * sizeof(*cells));
		table->cells = cells;
		table->room = room;
	}
	table->cells[table->n++] = cell ? cell : "";
}

/* Control characters could rewrite what stands on the screen. */
static void
put_plain(const char *cell)
{
	for (; *cell; cell++) {
		if (*cell == '\t')
			printf("\\t");
		else if (*cell == '\n')
			printf("\\n");
		else if ((unsigned char)*cell < ' ' || *cell == '\x7f')
			putchar('?');
		else
			putchar(*cell);
	}
}

static size_t
width_of(const struct table *table, size_t column)
{
	size_t widest = 0;

	for (size_t i = column; i < table->n; i += table->columns) {
		size_t n = utf8_length(table->cells[i], strlen(table->cells[i]));

		if (n > widest)
			widest = n;
	}
	return widest < WIDEST ? widest : WIDEST;
}

static void
put_row(const struct table *table, const size_t *widths, size_t first)
{
	for (size_t c = 0; c < table->columns; c++) {
		const char *cell = table->cells[first + c];
		size_t n = utf8_length(cell, strlen(cell));

		put_plain(cell);
		if (c + 1 == table->columns)
			break;
		if (widths)
			printf("%*s", n < widths[c] ? (int)(widths[c] - n) + 2 : 2, "");
		else
			putchar('\t');
	}
	putchar('\n');
}

void
table_print(const struct table *table, bool aligned)
{
	size_t *widths = NULL;

	if (aligned) {
		widths = arena_new(table->arena, (table->columns + 1) * sizeof(*widths));
		for (size_t c = 0; c < table->columns; c++)
			widths[c] = width_of(table, c);
	}
	for (size_t i = 0; i + table->columns <= table->n; i += table->columns)
		put_row(table, widths, i);
}
