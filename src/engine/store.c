/*
 * store - opens a database, makes its tables, and keeps its readers and writer.
 */
#include "engine/store.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/writer.h"
#include "engine/audit.h"
#include "engine/call.h"
#include "engine/copy.h"
#include "engine/ground.h"
#include "engine/migrate.h"

enum {
	USUAL_JOBS = 4096,
	READERS_MOST = 64,
	USUAL_WRITERS = 4, /* of PostgreSQL, which groups commits of its own */
	GROUP_OF_MANY = 16
};

struct store {
	const struct catalog *catalog;
	char dir[512];
	char where[1024];
	struct writer *writer;
	struct audit *audit;
	pthread_key_t reader; /* this thread's connection */
	pthread_mutex_t lock; /* guards readers */
	struct db *readers[READERS_MOST];
};

/* ---- readers ---- */

struct reader_slot {
	struct store *store;
	struct db *db;
};

/* At the end of a thread. */
static void
leave(void *arg)
{
	struct reader_slot *slot = arg;
	struct store *store = slot->store;

	pthread_mutex_lock(&store->lock);
	for (size_t i = 0; i < READERS_MOST; i++)
		if (store->readers[i] == slot->db && slot->db) {
			store->readers[i] = NULL;
			db_close(&slot->db);
		}
	pthread_mutex_unlock(&store->lock);
	free(slot);
}

static bool
keep(struct store *store, struct db *db)
{
	bool kept = false;

	pthread_mutex_lock(&store->lock);
	for (size_t i = 0; i < READERS_MOST && !kept; i++)
		if (!store->readers[i]) {
			store->readers[i] = db;
			kept = true;
		}
	pthread_mutex_unlock(&store->lock);
	return kept;
}

struct db *
store_reader(struct store *store)
{
	struct reader_slot *slot = pthread_getspecific(store->reader);

	if (slot)
		return slot->db;
	slot = calloc(1, sizeof(*slot));
	if (!slot)
		abort();
	slot->store = store;
	if (db_open(&slot->db, store->where, DB_READ) || !keep(store, slot->db)) {
		db_close(&slot->db);
		free(slot);
		return NULL;
	}
	pthread_setspecific(store->reader, slot);
	return slot->db;
}

/* ---- open ---- */

/* The connections that write: the one given, and on PostgreSQL more of its kind. */
static enum result
open_more(struct store *store, struct db **dbs, size_t *n)
{
	size_t wanted = settings.database_writers > 0 ? (size_t)settings.database_writers
		: USUAL_WRITERS;
	enum result r = audit_join(store->audit, dbs[0]);

	if (db_dialect(dbs[0]) == SQLITE)
		wanted = 1;
	for (; !r && *n < wanted && *n < WRITER_THREADS; ++*n)
		if ((r = db_open(&dbs[*n], store->where, DB_WRITE))
			|| (r = audit_join(store->audit, dbs[*n])))
			break;
	return r;
}

/* Half a store must not be taken for a whole one. */
static enum result
refuse_unfinished(struct db *db, const char *name)
{
	bool unfinished = false;
	enum result r = copy_unfinished(db, &unfinished);

	if (r || !unfinished)
		return r;
	log_error("store: %s is an unfinished copy: run the same charthouse copy again", name);
	return CONFLICT;
}

static enum result
open_writer(struct store *store, struct db **db, size_t max_jobs)
{
	struct db *dbs[WRITER_THREADS] = { *db };
	size_t n = 1;
	enum result r;

	if ((r = ground_lay(*db, store->catalog->name)) || (r = migrate_open(*db, store->catalog))
		|| (r = refuse_unfinished(*db, store->catalog->name))
		|| (r = audit_open(&store->audit, store->dir, store->catalog->name)))
		return r;
	if (!(r = open_more(store, dbs, &n)))
		r = writer_open_many(&store->writer, dbs, n,
			&(struct writer_options){
				.max_jobs = max_jobs ? max_jobs : USUAL_JOBS,
				.group = n > 1 ? GROUP_OF_MANY : 0,
				.flush = audit_flush,
				.after = audit_after,
				.arg = store->audit,
			});
	if (r) {
		for (size_t i = 1; i < WRITER_THREADS; i++)
			db_close(&dbs[i]);
		return r;
	}
	*db = NULL; /* the writer's now */
	audit_attach(store->audit, store->writer);
	return OK;
}

bool
store_where(char *out, size_t n, const char *dir, const char *database, const char *catalog)
{
	int len = database
		? snprintf(out, n, "%.*s#%s%s", (int)strcspn(database, "#"), database, catalog,
			  settings.database_pooled ? ",pooled" : "")
		: snprintf(out, n, "%s/%s.db", dir, catalog);

	return len > 0 && (size_t)len < n;
}

static enum result
make_folder(const char *dir)
{
	if (mkdir(dir, 0700) && errno != EEXIST) {
		log_error("store: the data folder cannot be made: %s", strerror(errno));
		return FAULT;
	}
	return OK;
}

enum result
store_open(struct store **out, const struct store_options *options)
{
	struct store *store = calloc(1, sizeof(*store));
	struct db *db = NULL;
	enum result r;

	if (!store)
		abort();
	store->catalog = options->catalog;
	(void)snprintf(store->dir, sizeof(store->dir), "%s", options->dir);
	pthread_mutex_init(&store->lock, NULL);
	if (pthread_key_create(&store->reader, leave)) {
		free(store);
		return FAULT;
	}
	r = catalog_check(store->catalog);
	if (!r && !store_where(store->where, sizeof(store->where), options->dir,
			options->database ? options->database : settings.database,
			options->catalog->name))
		r = FAULT;
	if (!r && options->must_exist && !db_is_url(store->where)
		&& access(store->where, R_OK))
		r = MISSING;
	if (!r)
		r = make_folder(store->dir);
	if (!r)
		r = db_open(&db, store->where, DB_WRITE);
	if (!r)
		r = open_writer(store, &db, options->max_jobs);
	db_close(&db);
	if (r) {
		store_close(&store);
		return r;
	}
	*out = store;
	return OK;
}

void
store_close(struct store **out)
{
	struct store *store = *out;
	struct reader_slot *own;

	if (!store)
		return;
	own = pthread_getspecific(store->reader);
	pthread_setspecific(store->reader, NULL);
	free(own);
	pthread_key_delete(store->reader);
	for (size_t i = 0; i < READERS_MOST; i++)
		db_close(&store->readers[i]);
	writer_close(&store->writer);
	audit_close(&store->audit);
	pthread_mutex_destroy(&store->lock);
	free(store);
	*out = NULL;
}

const struct catalog *
store_catalog(const struct store *store)
{
	return store->catalog;
}

const char *
store_dir(const struct store *store)
{
	return store->dir;
}

struct writer *
store_writer(struct store *store)
{
	return store->writer;
}

struct audit *
store_audit(struct store *store)
{
	return store->audit;
}

/* ---- a unit from outside the lanes ---- */

struct unit {
	struct job job; /* first: the writer hands it back */
	struct work *w;
	enum result (*run)(struct work *w, void *arg);
	void *arg;
};

static enum result
run_unit(struct job *job, struct db *db)
{
	struct unit *unit = (struct unit *)job;
	struct audit *audit = store_audit(unit->w->store);
	struct audit_mark mark = audit_mark(audit, db);
	enum result r;

	unit->w->db = db;
	r = unit->run(unit->w, unit->arg);
	if (!r)
		r = db_settle(db);
	unit->w->db = NULL;
	if (r)
		audit_revert(audit, db, &mark);
	return r;
}

enum result
store_write(struct work *w, enum result (*run)(struct work *w, void *arg), void *arg)
{
	struct unit unit = { .job.run = run_unit, .w = w, .run = run, .arg = arg };

	return writer_wait(store_writer(w->store), &unit.job);
}
