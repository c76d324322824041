/*
 * adopt - takes over the records of the existing server for the personal schema.
 */
#include "personal/adopt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/moment.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/migrate_stores.h"
#include "cli/table.h"
#include "engine/store.h"
#include "personal/personal.h"

enum { SHOW_US = 200000 };

static const struct option options[] = {
	{ .name = "from", .value = "URL", .required = true,
	  .help = "Its database, postgresql://...; tables are read from its schema public." },
	{ .name = "admin", .value = "NAME", .repeated = true,
	  .help = "A username that is to be an admin here; nobody else will be." },
	{ .name = "files", .value = "DIR",
	  .help = "Its folder of uploads (UPLOAD_DIR): the bytes of stored files and photos are "
		  "copied from there." },
	SETTING_DATA,
	OPTION_CONFIG,
	{ 0 }
};

struct watch {
	bool person;
	bool told;
	int64_t shown;
};

static void
show(void *arg, const struct record *rec, size_t done)
{
	struct watch *watch = arg;

	if (!watch->person || moment_monotonic() - watch->shown < SHOW_US)
		return;
	watch->shown = moment_monotonic();
	watch->told = true;
	fprintf(stderr, "\r\033[K%s: %zu", rec->name, done);
}

static void
print_part(const char *heading, struct text *part)
{
	if (part->len)
		printf("\n%s\n%s", heading, text_string(part));
}

static void
print_report(struct options *o, struct adopt *adopt)
{
	struct table table = table_of(o->arena, 5);
	size_t left = 0, flagged = 0;

	table_add(&table, "table");
	table_add(&table, "read");
	table_add(&table, "stored");
	table_add(&table, "flagged");
	table_add(&table, "left");
	for (size_t i = 0; i < adopt->n_counts; i++) {
		const struct adopt_count *c = &adopt->counts[i];

		if (!c->read)
			continue;
		table_add(&table, c->rec->name);
		table_add(&table, arena_printf(o->arena, "%zu", c->read));
		table_add(&table, arena_printf(o->arena, "%zu", c->stored));
		table_add(&table, arena_printf(o->arena, "%zu", c->flagged));
		table_add(&table, arena_printf(o->arena, "%zu", c->left));
		left += c->left;
		flagged += c->flagged;
	}
	table_print(&table, isatty(STDOUT_FILENO));
	print_part("Changed:", &adopt->changes);
	print_part("Without a place here:", &adopt->aside);
	if (adopt->files) {
		printf("\n%zu files were copied into %s/files/adopted (%lld bytes), %zu were not.\n",
			adopt->files_taken, options_text(o, "data"),
			(long long)adopt->file_bytes, adopt->files_left);
		print_part("Files that are not here:", &adopt->left_files);
	}
	putchar('\n');
	if (flagged)
		printf("%zu rows were changed on the way; the originals are in import_flags.\n",
			flagged);
	if (left)
		printf("%zu rows could not be placed; they are whole in import_leftovers:\n"
		       "  charthouse sql personal \"SELECT table_name, reason, count(*) FROM "
		       "import_leftovers GROUP BY 1, 2\"\n", left);
	printf("Ids are %s.\n", adopt->same_ids ? "what they were"
						 : "new: there were records here before");
}

static enum result
take_over(struct work *w, void *arg)
{
	return adopt_all(w, arg);
}

static enum result
run(struct options *o, const char *dir, struct adopt *adopt)
{
	struct store *store = NULL;
	struct work w;
	enum result r;

	if (!migrate_before_serving(o->arena, dir))
		return FAULT;
	r = store_open(&store, &(struct store_options){ .catalog = &personal_catalog,
				       .dir = dir });
	if (r) {
		adopt->trouble = "Our own database cannot be opened; see the log.";
		return r;
	}
	w = work_new(o->arena, store);
	r = store_write(&w, take_over, adopt);
	if (r)
		adopt_forget_files(adopt, dir);
	store_close(&store);
	return r;
}

static enum result
open_theirs(struct options *o, struct adopt *adopt)
{
	const char *url = options_text(o, "from");

	if (!db_is_url(url)) {
		fprintf(stderr, "charthouse adopt: --from must be of the form "
				"postgresql://user@host/name.\n");
		return INVALID;
	}
	return db_open(&adopt->from,
		arena_printf(o->arena, "%.*s#public", (int)strcspn(url, "#"), url), DB_READ);
}

static enum result
locked(struct options *o, const char *dir, struct adopt *adopt)
{
	struct watch watch = { .person = isatty(STDERR_FILENO) };
	int lock = -1;
	enum result r = folder_lock(dir, &lock);

	if (r == CONFLICT)
		fprintf(stderr, "charthouse adopt: %s is in use by a running Charthouse; stop it "
				"first.\n", dir);
	if (r)
		return r;
	adopt->each = show;
	adopt->arg = &watch;
	r = run(o, dir, adopt);
	if (watch.told)
		fprintf(stderr, "\r\033[K");
	if (r)
		fprintf(stderr, "charthouse adopt: %s\n",
			adopt->trouble ? adopt->trouble : "Nothing was taken over; see the log.");
	folder_unlock(&lock);
	return r;
}

static enum status
adopt_command(struct options *o)
{
	struct adopt adopt = { .admins = options_list(o, "admin"),
		.files = options_text(o, "files") };
	const char *dir = options_text(o, "data");
	enum result r;

	folder_harden();
	crypto_start();
	if (folder_make(dir))
		return FAILED;
	r = open_theirs(o, &adopt);
	if (!r)
		r = locked(o, dir, &adopt);
	if (!r)
		print_report(o, &adopt);
	db_close(&adopt.from);
	adopt_close(&adopt);
	return r == INVALID && !adopt.trouble ? USAGE : r ? FAILED : DONE;
}

const struct command cli_adopt = {
	.name = "adopt",
	.summary = "Take over the existing server's PostgreSQL database",
	.help = "Reads users, patients, records, shares, invitations, tags, templates and files' "
		"rows from the database of the server whose schema this is, and stores them here, "
		"in one transaction; there nothing is changed. Charthouse must be stopped. Best "
		"into a new data folder: then all ids stay what they were.\n\n"
		"Passwords go on working. Roles are not believed, since there anybody could choose "
		"theirs: doctor, nurse and staff become user, and an admin is who --admin names. "
		"Values our rules refuse are brought into form or left out and kept in "
		"import_flags; rows that cannot be placed are kept whole in import_leftovers; the "
		"report says what was changed, what stayed behind, and why. Stored files' bytes "
		"are not in a database: --files names the folder they are in, else their rows "
		"are marked missing. A path is only a claim: files are looked for below that "
		"folder, their size must be what the row says, and a file that several rows "
		"claim is given to none.",
	.examples = "charthouse adopt --from postgresql://medikeep@db/medikeep --admin anna\n"
		    "charthouse adopt --from postgresql://medikeep@db/medikeep --admin anna "
		    "--files /srv/medikeep/uploads --data ./home",
	.options = options,
	.run = adopt_command,
};
