/*
 * copy - moves house: both stores from files to PostgreSQL, or back.
 */
#include "engine/copy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/moment.h"
#include "cli/copy_places.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/stores.h"
#include "cli/table.h"
#include "clinic/clinic.h"
#include "personal/personal.h"

enum { SHOW_US = 200000 };

static const struct option options[] = {
	{ .name = "from", .value = "URL", .required = true,
	  .help = "A data folder, one database file, or postgresql://..." },
	{ .name = "to", .value = "URL", .required = true,
	  .help = "The same; where there is nothing yet, or an unfinished copy." },
	{ .name = "store", .value = "NAME", .words = "personal|clinic",
	  .help = "Only personal or only clinic." },
	SETTING_DATA,
	OPTION_CONFIG,
	{ 0 }
};

struct move {
	struct options *o;
	struct place from, to;
	int locks[2];
	bool person;
	bool told; /* a line of progress is on the terminal */
	const char *only;  /* one store; NULL: both */
	const char *store; /* being copied */
	int64_t shown;
};

/* ---- progress ---- */

static void
show(void *arg, enum copy_stage stage, const struct record *rec, int64_t done, int64_t of)
{
	static const char *const stages[] = { [COPY_ROWS] = "copying", [COPY_LINKS] = "linking",
		[COPY_CHECKS] = "comparing" };
	struct move *move = arg;

	if (!move->person || moment_monotonic() - move->shown < SHOW_US)
		return;
	move->shown = moment_monotonic();
	move->told = true;
	fprintf(stderr, "\r\033[K%s: %s %s, %" PRId64 " of %" PRId64, move->store, stages[stage],
		rec->name, done, of);
}

static void
end_line(struct move *move)
{
	if (move->told)
		fprintf(stderr, "\r\033[K");
	move->told = false;
}

/* ---- one store ---- */

static void
report(struct move *move, const struct copy *copy)
{
	struct arena *arena = move->o->arena;
	struct table table = table_of(arena, 3);
	int64_t rows = 0;

	table_add(&table, "table");
	table_add(&table, "rows");
	table_add(&table, "sha-256, equal on both sides");
	for (size_t i = 0; i < copy->n_tables; i++) {
		const struct copied *copied = &copy->tables[i];

		rows += copied->digest.rows;
		table_add(&table, arena_printf(arena, "%s.%s", move->store, copied->rec->name));
		table_add(&table, arena_printf(arena, "%" PRId64, copied->digest.rows));
		table_add(&table, arena_text(arena, copied->digest.hex));
	}
	table_print(&table, isatty(STDOUT_FILENO));
	printf("%s: %" PRId64 " rows in %zu tables, the same on both sides%s.\n", move->store,
		rows, copy->n_tables, copy->resumed ? "; went on where it had stopped" : "");
	fflush(stdout);
}

static enum result
say_trouble(const struct copy *copy, enum result r)
{
	if (r)
		fprintf(stderr, "charthouse copy: %s: %s\n", copy->catalog->name,
			copy->trouble ? copy->trouble
				      : "one of the databases cannot be opened.");
	return r;
}

static enum result
open_one(struct move *move, struct copy *copy)
{
	struct arena *arena = move->o->arena;
	const char *name = copy->catalog->name;
	const char *from = place_of_store(arena, &move->from, name);
	const char *to = place_of_store(arena, &move->to, name);
	enum result r = from && to ? catalog_check(copy->catalog) : FAULT;

	if (!r)
		r = db_open(&copy->from, from, DB_READ);
	if (!r)
		r = db_open(&copy->to, to, DB_WRITE);
	if (!r)
		r = copy_begin(copy);
	return r;
}

/* Cut off while the marks were taken away, one store is done and the other, whole
 * too, has its mark yet. */
static bool
is_done(const struct copy *copies, size_t n, size_t i)
{
	bool other = false;

	for (size_t k = 0; k < n; k++)
		other = other || (k != i && copies[k].resumed);
	return copies[i].full && other;
}

/* *n becomes the number of those to be run. */
static enum result
open_all(struct move *move, struct copy *copies, size_t *n)
{
	enum result results[2] = { OK, OK };
	size_t left = 0;

	for (size_t i = 0; i < *n; i++)
		results[i] = open_one(move, &copies[i]);
	for (size_t i = 0; i < *n; i++) {
		if (results[i] && !is_done(copies, *n, i))
			return say_trouble(&copies[i], results[i]);
	}
	for (size_t i = 0; i < *n; i++) {
		if (!results[i]) {
			copies[left++] = copies[i];
			continue;
		}
		printf("%s: was done already.\n", copies[i].catalog->name);
		db_close(&copies[i].from);
		db_close(&copies[i].to);
	}
	*n = left;
	return OK;
}

static enum result
run_one(struct move *move, struct copy *copy)
{
	enum result r;

	move->store = copy->catalog->name;
	r = copy_run(copy);
	end_line(move);
	if (!r)
		report(move, copy);
	return say_trouble(copy, r);
}

/* ---- both ---- */

static bool
wanted(const struct move *move, const char *name)
{
	return !move->only || strcmp(move->only, name) == 0;
}

/* Files that are not there are passed over as long as one store is. */
static bool
is_there(struct move *move, const char *name)
{
	const char *path = place_of_store(move->o->arena, &move->from, name);

	return move->from.url || (path && access(path, F_OK) == 0);
}

static size_t
choose(struct move *move, struct copy copies[2])
{
	const struct catalog *const catalogs[] = { &personal_catalog, &clinic_catalog };
	size_t n = 0;

	for (size_t i = 0; i < COUNT(catalogs); i++) {
		if (!wanted(move, catalogs[i]->name))
			continue;
		if (is_there(move, catalogs[i]->name))
			copies[n++] = (struct copy){ .arena = move->o->arena,
				.catalog = catalogs[i], .each = show, .arg = move };
		else
			printf("%s: there is none to copy.\n", catalogs[i]->name);
	}
	if (!n)
		fprintf(stderr, "charthouse copy: there is nothing in %s.\n", move->from.typed);
	return n;
}

/* All are begun before one is run, and ended when all were: half a house is not
 * to be lived in. */
static enum result
copy_all(struct move *move)
{
	struct copy copies[2] = { 0 };
	size_t n = choose(move, copies);
	enum result r = n ? OK : MISSING;

	if (!r)
		r = open_all(move, copies, &n);
	for (size_t i = 0; !r && i < n; i++)
		r = run_one(move, &copies[i]);
	for (size_t i = 0; !r && i < n; i++)
		r = say_trouble(&copies[i], copy_end(&copies[i]));
	for (size_t i = 0; i < n; i++) {
		db_close(&copies[i].from);
		db_close(&copies[i].to);
	}
	return r;
}

static enum result
take_lock(struct move *move, int i, const char *dir)
{
	enum result r = folder_lock(dir, &move->locks[i]);

	if (r == CONFLICT)
		fprintf(stderr, "charthouse copy: %s is in use by a running Charthouse; stop it "
				"first.\n", dir);
	return r;
}

/* Nobody may write on either side meanwhile. */
static enum result
lock_folders(struct move *move)
{
	struct stat from, to;
	enum result r = OK;
	bool there = stat(move->from.dir, &from) == 0;

	if (!there && !move->from.url) {
		fprintf(stderr, "charthouse copy: there is no folder %s.\n", move->from.dir);
		return MISSING;
	}
	if (!move->to.url)
		r = folder_make(move->to.dir);
	if (!r && there)
		r = take_lock(move, 0, move->from.dir);
	if (r || stat(move->to.dir, &to)
		|| (there && from.st_dev == to.st_dev && from.st_ino == to.st_ino))
		return r;
	return take_lock(move, 1, move->to.dir);
}

static void
tell_end(const struct move *move)
{
	if (!move->to.url && access(move->from.dir, F_OK) == 0 && key_apart()) {
		printf("Audit heads and files are in %s too; the keys stay where they are.  Start "
		       "it with\n\n  charthouse serve --data %s --key-dir %s\n\n", move->to.dir,
			move->to.dir, options_text(move->o, "key-dir"));
	} else if (!move->to.url && access(move->from.dir, F_OK) == 0) {
		printf("Keys, audit heads and files are in %s too.  Start it with\n\n"
		       "  charthouse serve --data %s\n\n", move->to.dir, move->to.dir);
	} else if (!move->to.url) {
		printf("There is no folder %s, so no keys and no audit heads came along: copy "
		       "keys/, audit-heads and files/ into %s by hand.\n", move->from.dir,
			move->to.dir);
	} else {
		printf("Keys, audit heads and files stay in %s: keep that folder.  Start it "
		       "with\n\n  charthouse serve --data %s --database %s\n\n", move->from.dir,
			move->from.dir, move->to.typed);
		if (!move->from.url)
			printf("The old databases are still there, as they were: without "
			       "--database they would be served again.\n");
	}
}

static enum result
go(struct move *move)
{
	struct arena *arena = move->o->arena;
	enum result r = lock_folders(move);

	/* Keys first: a server started on half a copy must not make its own. */
	if (!r && !move->to.url)
		r = place_bring(arena, move->from.dir, move->to.dir, true);
	if (!r && !move->to.url)
		r = place_bring(arena, move->from.dir, move->to.dir, false);
	if (!r)
		r = copy_all(move);
	if (!r)
		tell_end(move);
	return r;
}

/* A file holds one store: the one its name says, or that of --store. */
static bool
settle_store(struct move *move)
{
	move->only = options_text(move->o, "store");
	if (!move->only)
		move->only = move->from.store ? move->from.store : move->to.store;
	if ((!move->from.file && !move->to.file) || move->only)
		return true;
	fprintf(stderr, "charthouse copy: say with --store which one the file holds.\n");
	return false;
}

static enum status
copy_command(struct options *o)
{
	const char *data = options_text(o, "data");
	struct move move = { .o = o, .locks = { -1, -1 }, .person = isatty(STDERR_FILENO) };
	enum result r;

	if (!place_read(o->arena, options_text(o, "from"), data, &move.from)
		|| !place_read(o->arena, options_text(o, "to"),
			move.from.url ? data : move.from.dir, &move.to)
		|| !settle_store(&move))
		return USAGE;
	if (place_same(&move.from, &move.to)) {
		fprintf(stderr, "charthouse copy: both are the same place.\n");
		return USAGE;
	}
	folder_harden();
	crypto_start();
	r = go(&move);
	folder_unlock(&move.locks[0]);
	folder_unlock(&move.locks[1]);
	return r ? FAILED : DONE;
}

const struct command cli_copy = {
	.name = "copy",
	.summary = "Move the records from files to PostgreSQL, or back",
	.help = "Copies both stores, with all ids, times and the audit log as they are, from a "
		"data folder (or one database file) to PostgreSQL, from there to a folder, or "
		"between two of a kind. Charthouse must be stopped. The target must be empty; "
		"when a copy was cut off, the same command goes on where it stopped, and nothing "
		"serves the target before it is done. At the end every table is read on both "
		"sides and its digest compared.\n\n"
		"Keys, audit heads and files belong to the data folder: they come along to a "
		"folder and stay where they are when the target is PostgreSQL. When the source "
		"is PostgreSQL, --data names its data folder.",
	.examples = "charthouse copy --from ./data --to postgresql://charthouse@/charthouse\n"
		    "charthouse copy --from postgresql://charthouse@/charthouse --data ./data "
		    "--to ./home",
	.options = options,
	.run = copy_command,
};
