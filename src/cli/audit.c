/*
 * audit - whether the log and the databases are what they were written as.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "engine/audit.h"

static const struct option options[] = { SETTING_DATA, OPTION_CONFIG, { 0 } };

static const struct option list_options[] = {
	{ .name = "store", .value = "NAME", .initial = "personal", .words = "personal|clinic",
	  .help = "personal or clinic." },
	{ .name = "patient", .value = "ID", .min = 1, .max = 2147483647,
	  .help = "Only what concerns this patient." },
	{ .name = "limit", .value = "N", .initial = "50", .min = 1, .max = 100000,
	  .help = "How many of the newest." },
	SETTING_DATA,
	OPTION_CONFIG,
	{ 0 }
};

static void
say(void *arg, const char *line)
{
	printf("%s: %s\n", (const char *)arg, line);
}

/* One look at both stores; `entire` also at the files themselves. */
static enum status
look(const char *dir, bool entire)
{
	size_t wrong = 0;
	size_t seen = 0;

	folder_harden();
	crypto_start();
	if (!folder_has_keys(dir))
		return FAILED;
	for (size_t i = 0; store_names[i]; i++) {
		char name[16];
		struct db *db = NULL;
		size_t found = 0;
		enum result r = stores_open(&db, dir, store_names[i]);

		if (r) {
			wrong += r != MISSING;
			continue;
		}
		snprintf(name, sizeof(name), "%s", store_names[i]);
		seen++;
		if (entire)
			found += db_check(db, say, name);
		found += audit_verify(db, dir, store_names[i], say, name);
		printf("%s: %s%s\n", store_names[i],
			entire ? "database, references and audit log " : "audit log ",
			found ? "have findings, see above" : "sound");
		wrong += found;
		db_close(&db);
	}
	return wrong || !seen ? FAILED : DONE;
}

static enum status
verify(struct options *o)
{
	return look(options_text(o, "data"), false);
}

const struct command cli_audit_verify = {
	.name = "audit verify",
	.summary = "Check the audit log against its seals",
	.help = "Recomputes the keyed hash of every entry of both stores and compares the chains "
		"with the signed heads in DIR/audit-heads: edits, gaps, reordering and a cut "
		"end (but for the last minute) show. Works while the server runs. Exit status 1 "
		"when anything was found.",
	.examples = "charthouse audit verify\n"
		    "charthouse audit verify --data /var/lib/charthouse",
	.options = options,
	.run = verify,
};

static enum status
check_all(struct options *o)
{
	return look(options_text(o, "data"), true);
}

const struct command cli_check = {
	.name = "check",
	.summary = "Check both databases and the audit log",
	.help = "The integrity of the files, of every reference between rows, and of the audit "
		"log. Reads everything; works while the server runs.",
	.examples = "charthouse check",
	.options = options,
	.run = check_all,
};

static enum result
print_entries(struct options *o, struct db *db)
{
	struct table table = table_of(o->arena, 8);
	struct query *query;
	const struct value args[] = {
		value_whole(options_whole(o, "patient")),
		value_whole(options_whole(o, "limit")),
	};
	enum result r = db_query(db, &query,
		"SELECT timestamp, user_id, action, entity_type, entity_id, patient_id, "
		"description, seq FROM activity_log WHERE ($1 = 0 OR patient_id = $1) "
		"ORDER BY id DESC LIMIT $2",
		args, COUNT(args));

	if (r)
		return r;
	for (size_t c = 0; c < table.columns; c++)
		table_add(&table, arena_text(o->arena, query_column_name(query, c)));
	while (query_next(query))
		for (size_t c = 0; c < table.columns; c++)
			table_add(&table, arena_text(o->arena, query_text(query, c, NULL)));
	r = query_close(&query);
	if (!r)
		table_print(&table, isatty(STDOUT_FILENO));
	return r;
}

static enum status
list(struct options *o)
{
	struct db *db = NULL;
	enum result r;

	folder_harden();
	if (stores_open(&db, options_text(o, "data"), options_text(o, "store")))
		return FAILED;
	r = print_entries(o, db);
	db_close(&db);
	return r ? FAILED : DONE;
}

const struct command cli_audit_list = {
	.name = "audit list",
	.summary = "Show the newest entries of the audit log",
	.help = "Who did what, to which record of which patient; times are UTC.",
	.examples = "charthouse audit list --limit 20\n"
		    "charthouse audit list --store clinic --patient 5",
	.options = list_options,
	.run = list,
};
