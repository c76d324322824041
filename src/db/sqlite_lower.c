/*
 * sqlite_lower - lower() for all letters; SQLite's own knows ASCII only, so that
 * "Ärzte" would not be found by its own name.
 *
 * Must not be used in an index: the shell of SQLite would not agree about it.
 */
#include "db/sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { LOWER_CAP = 16 << 20 };

/* The lower-case copy when all is ASCII; NULL when it is not. */
static char *
lower_ascii(const unsigned char *text, size_t n)
{
	char *low = malloc(n + 1);

	for (size_t i = 0; low && i < n; i++) {
		if (text[i] & 0x80) {
			free(low);
			return NULL;
		}
		low[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]);
	}
	return low;
}

static void
lower(sqlite3_context *context, int n_args, sqlite3_value **args)
{
	struct arena *arena CLEANUP(arena_close) = NULL;
	const unsigned char *text = sqlite3_value_text(args[0]);
	size_t n = (size_t)sqlite3_value_bytes(args[0]);
	char *low;

	(void)n_args;
	if (!text)
		return; /* null */
	low = lower_ascii(text, n);
	if (low) {
		sqlite3_result_text64(context, low, n, free, SQLITE_UTF8);
	} else if (n > LOWER_CAP / 8 || !utf8_valid((const char *)text, n)) {
		sqlite3_result_value(context, args[0]);
	} else {
		arena = arena_open(LOWER_CAP);
		sqlite3_result_text(context, text_lower(arena, (const char *)text), -1,
			SQLITE_TRANSIENT);
	}
}

int
sqlite_add_lower(sqlite3 *sqlite)
{
	return sqlite3_create_function_v2(sqlite, "lower", 1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, lower, NULL, NULL,
		NULL);
}
