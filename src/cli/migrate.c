/*
 * migrate - moves the stores between revisions, and tells where they stand.
 */
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/migrate_stores.h"
#include "cli/table.h"
#include "engine/ground.h"

#define OPTION_STORE                                                                   \
	{ .name = "store", .value = "NAME", .words = "personal|clinic",                 \
	  .help = "Only personal or only clinic." }

static const struct option options[] = { OPTION_STORE, SETTING_DATA, OPTION_CONFIG, { 0 } };

/* ---- upgrade and downgrade ---- */

struct move {
	const char *word; /* "head", "+1", "0003" */
	bool up;
	const char *dir;
	struct migrate_store stores[STORES];
	struct db *dbs[STORES];
	int targets[STORES];
	size_t n;
};

/* Nothing is changed anywhere before every store's target is known to be sound. */
static bool
aim(struct move *move, size_t i)
{
	const struct migrate_store *store = &move->stores[i];
	int version = 0;

	if (db_open(&move->dbs[i], store->where, DB_WRITE)
		|| ground_lay(move->dbs[i], store->name)
		|| migrate_version(move->dbs[i], &version)) {
		fprintf(stderr, "charthouse: %s cannot be opened.\n", store->name);
		return false;
	}
	if (!revisions_find(&store->chain, move->word, version, &move->targets[i])) {
		fprintf(stderr, "charthouse: %s is at revision %04d and has no revision %s; see "
				"charthouse migrate history.\n", store->name, version, move->word);
		return false;
	}
	if (version <= revisions_head(&store->chain)
		&& (move->up ? move->targets[i] < version : move->targets[i] > version)) {
		fprintf(stderr, "charthouse: %s is at revision %04d: to get to %04d, use "
				"charthouse migrate %s.\n", store->name, version, move->targets[i],
			move->up ? "downgrade" : "upgrade");
		return false;
	}
	return true;
}

static enum status
move_all(struct options *o, struct move *move)
{
	enum status status = DONE;

	for (size_t i = 0; status == DONE && i < move->n; i++)
		if (!aim(move, i))
			status = FAILED;
	for (size_t i = 0; status == DONE && i < move->n; i++)
		if (!migrate_store_go(o->arena, &move->stores[i], move->dbs[i], move->dir,
			    move->targets[i]))
			status = FAILED;
	for (size_t i = 0; i < move->n; i++)
		db_close(&move->dbs[i]);
	return status;
}

static enum status
go(struct options *o, const char *word, bool up)
{
	struct move move = { .word = word, .up = up, .dir = options_text(o, "data") };
	enum status status;
	int lock = -1;
	enum result r;

	folder_harden();
	crypto_start();
	if (folder_make(move.dir))
		return FAILED;
	r = folder_lock(move.dir, &lock);
	if (r == CONFLICT)
		fprintf(stderr, "charthouse: %s is in use by a running Charthouse; stop it first.\n",
			move.dir);
	if (r)
		return FAILED;
	move.n = migrate_stores(o->arena, move.dir, options_text(o, "store"), move.stores);
	status = move.n ? move_all(o, &move) : FAILED;
	folder_unlock(&lock);
	return status;
}

static enum status
upgrade(struct options *o)
{
	const char *word = options_arg(o, 0);

	if (word && *word == '-') {
		fprintf(stderr, "charthouse migrate upgrade: %s goes down; use charthouse migrate "
				"downgrade.\n", word);
		return USAGE;
	}
	return go(o, word ? word : "head", true);
}

const struct command cli_migrate_upgrade = {
	.name = "migrate upgrade",
	.arguments = "[REVISION|+N|head]",
	.summary = "Bring the databases to a newer revision",
	.help = "To the newest when none is named; makes databases that are not there. The server "
		"must be stopped. Before anything is changed, a copy of each database is made in "
		"the data folder and checked (before-STORE-REVISION-TIME.db). Each revision is one "
		"transaction: interrupted at any moment, the database is whole at the revision "
		"before. charthouse serve does the same when it finds an older database.",
	.examples = "charthouse migrate upgrade\n"
		    "charthouse migrate upgrade +1 --store clinic",
	.most = 1,
	.options = options,
	.run = upgrade,
};

static enum status
downgrade(struct options *o)
{
	const char *word = options_arg(o, 0);

	if (!word || *word == '+') {
		fprintf(stderr, "charthouse migrate downgrade: name a revision, or -1.\n");
		return USAGE;
	}
	return go(o, word, false);
}

const struct command cli_migrate_downgrade = {
	.name = "migrate downgrade",
	.arguments = "REVISION|-N",
	.summary = "Take the databases back to an older revision",
	.help = "For going back to an older Charthouse. What only the newer revision can hold is "
		"lost, so a checked copy is made first, as for an upgrade. The server must be "
		"stopped. There is nothing before revision 0001.",
	.examples = "charthouse migrate downgrade -1\n"
		    "charthouse migrate downgrade 0001 --store personal",
	.least = 1,
	.most = 1,
	.options = options,
	.run = downgrade,
};

/* ---- where they stand ---- */

static enum status
current(struct options *o)
{
	struct migrate_store stores[STORES];
	size_t n;

	folder_harden();
	n = migrate_stores(o->arena, options_text(o, "data"), options_text(o, "store"), stores);
	for (size_t i = 0; i < n; i++) {
		int head = revisions_head(&stores[i].chain);
		int version;

		if (!migrate_store_version(&stores[i], &version))
			return FAILED;
		if (version == 0)
			printf("%-8s  none yet\n", stores[i].name);
		else if (version > head)
			printf("%-8s  %04d (made by a newer Charthouse; this one knows %04d)\n",
				stores[i].name, version, head);
		else
			printf("%-8s  %04d %s%s\n", stores[i].name, version,
				stores[i].chain.at[version - 1].name,
				version == head ? " (head)" : "");
	}
	return n ? DONE : FAILED;
}

const struct command cli_migrate_current = {
	.name = "migrate current",
	.summary = "Tell which revision the databases are at",
	.help = "Works while the server runs.",
	.examples = "charthouse migrate current",
	.options = options,
	.run = current,
};

/* When each revision was applied, by number; NULL: it was not. */
static const char **
read_applied(struct options *o, const struct migrate_store *store)
{
	const char **when = arena_new(o->arena, (store->chain.n + 1) * sizeof(*when));
	struct query *query = NULL;
	struct db *db = NULL;
	int version;

	if (!store->exists || !migrate_store_version(store, &version) || version == 0
		|| db_open(&db, store->where, DB_READ))
		return when;
	if (db_query(db, &query, "SELECT version, applied_at FROM schema_migrations", NULL, 0) == OK)
		while (query_next(query)) {
			int64_t at = query_whole(query, 0);

			if (at >= 1 && (size_t)at <= store->chain.n)
				when[at - 1] = arena_printf(o->arena, "%.19s",
					query_text(query, 1, NULL));
		}
	query_drop(&query);
	db_close(&db);
	return when;
}

static enum status
history(struct options *o)
{
	static const char *const headings[] = { "store", "revision", "kind", "name", "applied",
		"summary" };
	struct table table = table_of(o->arena, COUNT(headings));
	struct migrate_store stores[STORES];
	size_t n;

	folder_harden();
	for (size_t i = 0; i < COUNT(headings); i++)
		table_add(&table, headings[i]);
	n = migrate_stores(o->arena, options_text(o, "data"), options_text(o, "store"), stores);
	for (size_t i = 0; i < n; i++) {
		const char **when = read_applied(o, &stores[i]);

		for (size_t k = 0; k < stores[i].chain.n; k++) {
			const struct revision *rev = &stores[i].chain.at[k];

			table_add(&table, stores[i].name);
			table_add(&table, rev->id);
			table_add(&table, rev->data ? "data" : "schema");
			table_add(&table, rev->name);
			table_add(&table, when[k] ? when[k] : "-");
			table_add(&table, rev->summary);
		}
	}
	table_print(&table, true);
	return n ? DONE : FAILED;
}

const struct command cli_migrate_history = {
	.name = "migrate history",
	.summary = "List the revisions there are, and when each was applied",
	.help = "In their order; times are UTC, \"-\" when a revision has not been applied. Works "
		"while the server runs.",
	.examples = "charthouse migrate history\n"
		    "charthouse migrate history --store clinic",
	.options = options,
	.run = history,
};
