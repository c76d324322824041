/*
 * migrate_new - what differs between declarations, revisions and databases; and
 * the file of a new revision made from it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/text.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/migrate_stores.h"

enum { LIST_MOST = 1 << 16 };

#define OPTION_STORE                                                                   \
	{ .name = "store", .value = "NAME", .words = "personal|clinic",                 \
	  .help = "Only personal or only clinic." }

static const struct option options[] = { OPTION_STORE, SETTING_DATA, OPTION_CONFIG, { 0 } };

static const struct option new_options[] = {
	OPTION_STORE,
	{ .name = "dir", .value = "DIR", .initial = "migrations",
	  .help = "Where the source keeps its revisions." },
	{ .name = "summary", .value = "TEXT", .help = "One sentence for the history." },
	{ .name = "empty", .help = "A data step: sections without SQL; needs --store." },
	{ 0 }
};

static const char *const dialects[DIALECTS] = { [SQLITE] = "sqlite", [POSTGRES] = "postgres" };

static size_t
stores_of(struct options *o, struct migrate_store stores[STORES])
{
	folder_harden();
	crypto_start();
	return migrate_stores(o->arena, options_text(o, "data"), options_text(o, "store"), stores);
}

/* ---- diff ---- */

/* PostgreSQL makes what is declared aside, to compare it in its own spelling. */
static enum db_mode
diff_mode(const char *where)
{
	return db_is_url(where) ? DB_WRITE : DB_READ;
}

/* The database's own tables against the declared ones; 0 differences when it
 * cannot be read, which is said. */
static bool
diff_live(struct options *o, const struct migrate_store *store, struct text *out, size_t *n)
{
	struct layout *live = NULL;
	struct layout *declared = NULL;
	struct db *db = NULL;
	enum result r = db_open(&db, store->where, diff_mode(store->where));

	*n = 0;
	if (!r)
		r = migrate_layout(db, o->arena, &live);
	if (!r)
		r = migrate_declared(db, o->arena, store->catalog, &declared);
	if (!r)
		*n = layout_diff(out, live, declared);
	else
		fprintf(stderr, "charthouse: %s cannot be read.\n", store->name);
	db_close(&db);
	return r == OK;
}

/* The revisions up to a number against the declarations, without any database. */
static bool
diff_foretold(struct options *o, struct migrate_store *store, int version, enum dialect dialect,
	struct text *out, size_t *n)
{
	struct layout *from = NULL;

	*n = 0;
	if (migrate_foretell(o->arena, &store->chain, version, dialect, &from)) {
		fprintf(stderr, "charthouse: %s\n", store->chain.trouble);
		return false;
	}
	*n = layout_diff(out, from, layout_declared(o->arena, store->catalog, dialect));
	return true;
}

static bool
show_difference(struct options *o, struct migrate_store *store, int version, enum dialect dialect)
{
	struct text out CLEANUP(text_close) = { 0 };
	bool live = store->exists && version
		&& dialect == (db_is_url(store->where) ? POSTGRES : SQLITE);
	size_t n;

	if (live ? !diff_live(o, store, &out, &n)
		 : !diff_foretold(o, store, version, dialect, &out, &n))
		return false;
	printf("-- %s, %s, %s: ", store->name, dialects[dialect],
		live ? "the database" : arena_printf(o->arena, "revision %04d", version));
	if (n)
		printf("%zu difference%s\n%s", n, n == 1 ? "" : "s", text_string(&out));
	else
		printf("nothing differs\n");
	return true;
}

static enum status
diff(struct options *o)
{
	struct migrate_store stores[STORES];
	size_t n = stores_of(o, stores);

	for (size_t i = 0; i < n; i++) {
		int version;

		if (!migrate_store_version(&stores[i], &version))
			return FAILED;
		if (version == 0)
			version = revisions_head(&stores[i].chain);
		for (int d = 0; d < DIALECTS; d++)
			if (!show_difference(o, &stores[i], version, (enum dialect)d))
				return FAILED;
	}
	return n ? DONE : FAILED;
}

const struct command cli_migrate_diff = {
	.name = "migrate diff",
	.summary = "Print the SQL that the declarations want and a database lacks",
	.help = "Tables, columns, indexes, defaults, NOT NULL, CHECKs and references, for both "
		"dialects: the database there is compared itself, the other dialect by what its "
		"revisions make. Changes nothing.",
	.examples = "charthouse migrate diff\n"
		    "charthouse migrate diff --store clinic",
	.options = options,
	.run = diff,
};

/* ---- new ---- */

static bool
name_fits(const char *name)
{
	return strlen(name) <= 50 && name[0] >= 'a' && name[0] <= 'z'
		&& strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static bool
save(const char *path, const struct text *out, int how)
{
	int fd = open(path, O_WRONLY | how | O_CLOEXEC, 0644);
	bool fine = fd >= 0 && write(fd, out->at, out->len) == (ssize_t)out->len;

	if (!fine)
		fprintf(stderr, "charthouse: cannot write %s: %s\n", path, strerror(errno));
	if (fd >= 0 && close(fd))
		fine = false;
	return fine;
}

static const char *
load(struct arena *arena, const char *path)
{
	char *text = arena_new(arena, LIST_MOST);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, LIST_MOST - 1) : -1;

	if (fd >= 0)
		close(fd);
	return n > 0 && n < LIST_MOST - 1 ? text : NULL;
}

/* Puts the new file behind the last of its store in DIR/meson.build; false when
 * that is not there. */
static bool
list_file(struct options *o, const struct migrate_store *store, const char *file)
{
	const char *path = arena_printf(o->arena, "%s/meson.build", options_text(o, "dir"));
	const char *text = load(o->arena, path);
	const char *last = arena_printf(o->arena, "'%s/%04d_", store->name,
		revisions_head(&store->chain));
	struct text out CLEANUP(text_close) = { 0 };
	const char *at = text ? strstr(text, last) : NULL;

	at = at ? strchr(at, '\n') : NULL;
	if (!at)
		return false;
	text_put(&out, text, (size_t)(at - text));
	text_printf(&out, "\n  '%s',%s", file, at);
	return save(path, &out, O_TRUNC);
}

static enum status
make_one(struct options *o, struct migrate_store *store, const struct revision_plan *plan)
{
	struct text out CLEANUP(text_close) = { 0 };
	const char *file;
	const char *path;
	size_t n;

	if (revision_write(&out, &store->chain, store->catalog, plan, &n)) {
		fprintf(stderr, "charthouse: %s\n", store->chain.trouble);
		return FAILED;
	}
	if (!n && !plan->empty) {
		printf("%s: nothing differs from revision %04d\n", store->name,
			revisions_head(&store->chain));
		return DONE;
	}
	file = arena_printf(o->arena, "%s/%04d_%s.sql", store->name,
		revisions_head(&store->chain) + 1, plan->name);
	path = arena_printf(o->arena, "%s/%s", options_text(o, "dir"), file);
	if (!save(path, &out, O_CREAT | O_EXCL))
		return FAILED;
	printf("%s: %s\n", store->name, path);
	if (!list_file(o, store, file))
		printf("  add '%s', to %s/meson.build\n", file, options_text(o, "dir"));
	if (strstr(text_string(&out), "-- CHOOSE"))
		printf("  and decide what is marked -- CHOOSE in it\n");
	return DONE;
}

static enum status
new_revision(struct options *o)
{
	const struct revision_plan plan = {
		.name = options_arg(o, 0),
		.summary = options_text(o, "summary"),
		.empty = options_flag(o, "empty"),
	};
	struct migrate_store stores[STORES];
	enum status status = DONE;
	size_t n;

	if (!name_fits(plan.name)) {
		fprintf(stderr, "charthouse migrate new: a name is small letters, digits and _, such "
				"as bigger_notes.\n");
		return USAGE;
	}
	if (plan.empty && !options_text(o, "store")) {
		fprintf(stderr, "charthouse migrate new: --empty needs --store personal or clinic.\n");
		return USAGE;
	}
	crypto_start();
	n = migrate_stores(o->arena, "", options_text(o, "store"), stores);
	for (size_t i = 0; i < n && status == DONE; i++)
		status = make_one(o, &stores[i], &plan);
	return n ? status : FAILED;
}

const struct command cli_migrate_new = {
	.name = "migrate new",
	.arguments = "NAME",
	.summary = "Write a revision from what the declarations have changed",
	.help = "For developers, after a declaration was changed and the program built: writes "
		"migrations/STORE/NNNN_NAME.sql with the way up and the way down in both dialects, "
		"and names it in migrations/meson.build. "
		"Touches no database. Read it before use: a renamed column looks like one dropped "
		"and one added; what rows get in a new column that may not be null is marked "
		"-- CHOOSE.",
	.examples = "charthouse migrate new bigger_notes\n"
		    "charthouse migrate new fill_units --empty --store clinic",
	.least = 1,
	.most = 1,
	.options = new_options,
	.run = new_revision,
};

/* ---- check ---- */

static void
say(void *arg, const char *line)
{
	printf("%s: %s\n", (const char *)arg, line);
}

/* The last revision makes what is declared, in both dialects. */
static size_t
check_chain(struct options *o, struct migrate_store *store)
{
	size_t found = 0;

	for (int d = 0; d < DIALECTS; d++) {
		struct text out CLEANUP(text_close) = { 0 };
		size_t n;

		if (!diff_foretold(o, store, revisions_head(&store->chain), (enum dialect)d, &out, &n))
			return found + 1;
		if (n)
			printf("%s: revision %04d makes %zu thing%s other than declared (%s); see "
			       "charthouse migrate new\n", store->name,
				revisions_head(&store->chain), n, n == 1 ? "" : "s", dialects[d]);
		found += n != 0;
	}
	return found;
}

static size_t
check_database(struct options *o, struct migrate_store *store, int version)
{
	struct text out CLEANUP(text_close) = { 0 };
	char name[16];
	struct db *db = NULL;
	size_t n = 0;
	size_t found;

	if (!diff_live(o, store, &out, &n) || db_open(&db, store->where, DB_READ))
		return 1;
	if (version != revisions_head(&store->chain))
		printf("%s: is at revision %04d of %04d; see charthouse migrate upgrade\n",
			store->name, version, revisions_head(&store->chain));
	else if (n)
		printf("%s: the database differs from what is declared in %zu place%s; see "
		       "charthouse migrate diff\n", store->name, n, n == 1 ? "" : "s");
	(void)snprintf(name, sizeof(name), "%s", store->name);
	found = (version != revisions_head(&store->chain) || n)
		+ migrate_compare(db, &store->chain, say, name);
	db_close(&db);
	return found;
}

static enum status
check(struct options *o)
{
	struct migrate_store stores[STORES];
	size_t n = stores_of(o, stores);
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		size_t found = check_chain(o, &stores[i]);
		int version;

		if (!migrate_store_version(&stores[i], &version))
			return FAILED;
		if (version)
			found += check_database(o, &stores[i], version);
		if (!found)
			printf("%s: %d revisions, %s\n", stores[i].name,
				revisions_head(&stores[i].chain),
				version ? "and the database is as declared"
					: "sound; there is no database");
		wrong += found;
	}
	return n && !wrong ? DONE : FAILED;
}

const struct command cli_migrate_check = {
	.name = "migrate check",
	.summary = "Check that database, revisions and declarations agree",
	.help = "Whether the revisions are a chain that ends in what is declared, in both dialects; "
		"whether each was applied as it is known here (checksums); whether the database "
		"has exactly the tables declared. Exit status 1 when anything was found.",
	.examples = "charthouse migrate check",
	.options = options,
	.run = check,
};
