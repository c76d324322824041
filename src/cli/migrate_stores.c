/*
 * migrate_stores - the stores as migrations see them: a place, a catalog, a chain.
 */
#include "cli/migrate_stores.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "clinic/clinic.h"
#include "engine/call.h"
#include "engine/store.h"
#include "personal/personal.h"

enum { SLOW_US = 1000000 };

static const char *
where(struct arena *arena, const char *dir, const char *name)
{
	enum { LONGEST = 1024 };
	char *out = arena_new(arena, LONGEST);

	/* Too long a name is found when it is opened. */
	return store_where(out, LONGEST, dir, settings.database, name) ? out : "";
}

size_t
migrate_stores(struct arena *arena, const char *dir, const char *only,
	struct migrate_store out[STORES])
{
	const struct catalog *const catalogs[STORES] = { &personal_catalog, &clinic_catalog };
	size_t n = 0;

	for (size_t i = 0; i < STORES; i++) {
		struct migrate_store *store = &out[n];

		if (only && strcmp(only, catalogs[i]->name) != 0)
			continue;
		*store = (struct migrate_store){ .name = catalogs[i]->name, .catalog = catalogs[i] };
		store->where = where(arena, dir, store->name);
		store->exists = db_is_url(store->where) || access(store->where, F_OK) == 0;
		if (revisions_read(arena, revision_files, store->name, &store->chain)) {
			fprintf(stderr, "charthouse: %s: %s\n", store->name,
				store->chain.trouble);
			return 0;
		}
		n++;
	}
	return n;
}

bool
migrate_store_version(const struct migrate_store *store, int *version)
{
	struct db *db = NULL;
	enum result r;

	*version = 0;
	if (!store->exists)
		return true;
	r = db_open(&db, store->where, DB_READ);
	if (!r)
		r = migrate_version(db, version);
	db_close(&db);
	if (r)
		fprintf(stderr, "charthouse: %s cannot be read.\n", store->name);
	return r == OK;
}

/* ---- moving ---- */

struct watch {
	const char *store;
	int64_t since;
	bool person;
	bool told;
};

static void
show_step(void *arg, const struct migrate_step *step)
{
	struct watch *watch = arg;

	if (!watch->person || moment_monotonic() - watch->since < SLOW_US)
		return;
	fprintf(stderr, "\r%s: revision %s, statement %zu of %zu ", watch->store,
		step->revision->id, step->done + (step->done < step->of), step->of);
	watch->told = true;
}

static void
tell(const struct migrate_store *store, int from, int to, const char *copy)
{
	const struct revision *rev = &store->chain.at[to - 1];

	if (from == 0)
		printf("%s: made, at revision %s (%s)\n", store->name, rev->id, rev->name);
	else
		printf("%s: from revision %04d to %s (%s)\n", store->name, from, rev->id,
			rev->name);
	if (copy)
		printf("%s: as it was before: %s\n", store->name, copy);
	fflush(stdout);
}

bool
migrate_store_go(struct arena *arena, const struct migrate_store *store, struct db *db,
	const char *dir, int target)
{
	struct watch watch = { .store = store->name, .since = moment_monotonic(),
		.person = isatty(STDERR_FILENO) };
	struct migrate m = { .arena = arena, .db = db, .chain = &store->chain, .dir = dir,
		.step = show_step, .arg = &watch };
	int from = 0;
	int now = 0;
	enum result r = migrate_version(db, &from);

	if (!r)
		r = migrate_to(&m, target);
	if (watch.told)
		fputc('\n', stderr);
	if (!r) {
		if (from == target)
			printf("%s: is at revision %04d already\n", store->name, target);
		else
			tell(store, from, target, m.copy);
		return true;
	}
	fprintf(stderr, "charthouse: %s: %s\n", store->name,
		m.trouble ? m.trouble : "The database cannot be read.");
	if (!migrate_version(db, &now) && now != from)
		fprintf(stderr, "charthouse: %s stays at revision %04d.\n", store->name, now);
	if (m.copy)
		fprintf(stderr, "charthouse: as it was before: %s\n", m.copy);
	return false;
}

static bool
bring_up(struct arena *arena, const struct migrate_store *store, const char *dir)
{
	struct db *db = NULL;
	int version;
	bool fine;

	if (!migrate_store_version(store, &version))
		return false;
	/* New ones are made when they are opened; newer ones are refused there. */
	if (version == 0 || version >= revisions_head(&store->chain))
		return true;
	if (db_open(&db, store->where, DB_WRITE))
		return false;
	fine = migrate_store_go(arena, store, db, dir, revisions_head(&store->chain));
	db_close(&db);
	return fine;
}

bool
migrate_before_serving(struct arena *arena, const char *dir)
{
	struct migrate_store stores[STORES];
	size_t n = migrate_stores(arena, dir, NULL, stores);
	bool fine = n > 0;

	for (size_t i = 0; fine && i < n; i++)
		fine = bring_up(arena, &stores[i], dir);
	return fine;
}
