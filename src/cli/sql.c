/*
 * sql - a read-only look into a store, for who knows SQL.
 *
 * Reads past the faces, so what it shows is not audited: whoever may run it can
 * read the file anyway.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/stores.h"
#include "cli/table.h"

enum { STATEMENT_MAX = 1 << 20 };

static const struct option options[] = { SETTING_DATA, OPTION_CONFIG, { 0 } };

/* Rows of a large table are printed as they come; only a terminal waits, to
 * align the columns. */
static void
print_line(struct arena *arena, struct query *query, bool names)
{
	struct table line = table_of(arena, query_columns(query));

	for (size_t c = 0; c < line.columns; c++)
		table_add(&line, names ? query_column_name(query, c) : query_text(query, c, NULL));
	table_print(&line, false);
}

static void
print_aligned(struct arena *arena, struct query *query)
{
	struct table table = table_of(arena, query_columns(query));

	for (size_t c = 0; c < table.columns; c++)
		table_add(&table, arena_text(arena, query_column_name(query, c)));
	while (query_next(query))
		for (size_t c = 0; c < table.columns; c++)
			table_add(&table, query_null(query, c)
				? "NULL" : arena_text(arena, query_text(query, c, NULL)));
	table_print(&table, true);
}

static enum result
run_statement(struct db *db, const char *sql)
{
	struct arena *arena = arena_open((size_t)1 << 30);
	struct query *query = NULL;
	enum result r = db_query(db, &query, sql, NULL, 0);

	if (!r && query_columns(query) > 0) {
		if (isatty(STDOUT_FILENO)) {
			print_aligned(arena, query);
		} else {
			print_line(arena, query, true);
			while (query_next(query)) {
				print_line(arena, query, false);
				arena_reset(arena);
			}
		}
	}
	if (query) {
		enum result closed = query_close(&query);

		r = r ? r : closed;
	}
	if (r)
		fprintf(stderr, "charthouse sql: that statement was refused: it is not sound, or "
				"it would write.\n");
	arena_close(&arena);
	return r;
}

/* Where the first statement ends: behind its semicolon outside of quotes and
 * comments; NULL when it is not complete. */
static char *
statement_end(char *at)
{
	for (; *at; at++) {
		if (*at == '\'' || *at == '"') {
			char *close = strchr(at + 1, *at);

			if (!close)
				return NULL;
			at = close;
		} else if (at[0] == '-' && at[1] == '-') {
			char *close = strchr(at, '\n');

			if (!close)
				return NULL;
			at = close;
		} else if (*at == ';') {
			return at + 1;
		}
	}
	return NULL;
}

/* Only blanks, semicolons and comments are left. */
static bool
nothing(const char *at)
{
	for (at += strspn(at, " \t\r\n;"); at[0] == '-' && at[1] == '-';
		at += strspn(at, " \t\r\n;"))
		at += strcspn(at, "\n");
	return *at == '\0';
}

static enum result
run_complete(struct db *db, char *buffer)
{
	char *start = buffer;
	enum result worst = OK;
	char *end;

	while ((end = statement_end(start))) {
		char kept = *end;
		enum result r;

		*end = '\0';
		r = nothing(start) ? OK : run_statement(db, start);
		*end = kept;
		worst = worst ? worst : r;
		start = end;
	}
	memmove(buffer, start, strlen(start) + 1);
	return worst;
}

static enum result
run_input(struct arena *arena, struct db *db, const char *name)
{
	char *buffer = arena_new(arena, STATEMENT_MAX);
	bool person = isatty(STDIN_FILENO);
	enum result worst = OK;

	if (person)
		printf("Read-only; end statements with a semicolon; leave with Ctrl-D.\n");
	for (;;) {
		size_t n = strlen(buffer);
		enum result r;

		if (person) {
			printf("%s%s ", name, nothing(buffer) ? ">" : "...");
			fflush(stdout);
		}
		if (n + 2 >= STATEMENT_MAX || !fgets(buffer + n, (int)(STATEMENT_MAX - n), stdin))
			break;
		r = run_complete(db, buffer);
		worst = worst ? worst : r;
	}
	if (!nothing(buffer)) {
		enum result r = run_statement(db, buffer);

		worst = worst ? worst : r;
	}
	return worst;
}

static enum status
run(struct options *o)
{
	const char *name = options_arg(o, 0);
	const char *statement = options_arg(o, 1);
	struct db *db = NULL;
	enum result r;

	if (!stores_known(name)) {
		fprintf(stderr, "charthouse sql: \"%s\" is neither personal nor clinic.\n", name);
		return USAGE;
	}
	folder_harden();
	if (stores_open(&db, options_text(o, "data"), name))
		return FAILED;
	r = statement ? run_statement(db, statement) : run_input(o->arena, db, name);
	db_close(&db);
	return r ? FAILED : DONE;
}

const struct command cli_sql = {
	.name = "sql",
	.arguments = "personal|clinic [STATEMENT]",
	.summary = "Look into a store with SQL, read-only",
	.help = "Without a statement, reads statements from standard input. A table on a "
		"terminal, tab-separated otherwise. Nothing can be changed; the server may run. "
		"What is read here is not in the audit log.",
	.examples = "charthouse sql clinic \"SELECT count(*) FROM patients\"\n"
		    "charthouse sql personal < questions.sql > answers.tsv",
	.least = 1,
	.most = 2,
	.options = options,
	.run = run,
};
