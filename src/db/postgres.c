/*
 * postgres - a connection to PostgreSQL: how it is opened, its transactions, and
 * the table of what it can do.
 *
 * A connection that is lost is made again by the next transaction.  Writers run
 * at READ COMMITTED and lock what they decide upon; readers see one moment.
 */
#include "db/postgres.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static const char begin_write[] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
static const char begin_look[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
static const char save_u[] = "SAVEPOINT u";
static const char release_u[] = "RELEASE SAVEPOINT u";
static const char undo_u[] = "ROLLBACK TO SAVEPOINT u";

static struct pg *
pg_of(struct db *base)
{
	return (struct pg *)base;
}

/* ---- transactions ---------------------------------------------------------- */

static enum result
start(struct pg *pg, const char *how)
{
	if (pg->begun)
		return pg_refuse(pg, "transaction within a transaction", how);
	pg->base.trouble = DB_FINE;
	pg->begun = true;
	pg->open = pg->lost = false;
	pg->n_ahead = pg->n_sent = 0;
	pg_ahead(pg, how);
	if (pg->pooled)
		pg_ahead(pg, pg->local);
	return OK;
}

/* The packet with BEGIN goes out with the first statement; whether there is a
 * server at all is known before. */
static enum result
begin_read(struct db *base)
{
	struct pg *pg = pg_of(base);
	enum result r;

	if (!pg->begun && (r = pg_reach(pg)))
		return r;
	return start(pg, begin_look);
}

static enum result
begin(struct db *base)
{
	struct pg *pg = pg_of(base);
	enum result r;

	if (!pg->begun && (r = pg_reach(pg)))
		return r;
	return start(pg, base->mode == DB_WRITE ? begin_write : begin_look);
}

static void
stop(struct pg *pg)
{
	pg->begun = pg->open = pg->lost = false;
	pg->n_ahead = pg->n_sent = 0;
	pg_unforesee(pg);
}

/* Nobody waits for the end of a look. */
static void
end_read(struct db *base)
{
	struct pg *pg = pg_of(base);

	if (pg->open) {
		pg->n_ahead = 0;
		pg_tell(pg, "COMMIT");
	}
	stop(pg);
}

static void
rollback(struct db *base)
{
	struct pg *pg = pg_of(base);

	/* Also of one that is lost to us: with its connection it is not open any more. */
	if (pg->open || pg->n_sent > 0) {
		pg->n_ahead = 0;
		pg_tell(pg, "ROLLBACK");
	}
	stop(pg);
}

static enum result
commit(struct db *base)
{
	struct pg *pg = pg_of(base);
	PGresult *answer = NULL;
	enum result r;

	if (!pg->begun || pg_settle(pg)) {
		rollback(base);
		return FAULT;
	}
	if (!pg->open) {
		stop(pg);
		return OK;
	}
	if (PQstatus(pg->conn) != CONNECTION_OK) {
		r = pg_gone(pg, true);
		stop(pg);
		return r;
	}
	r = pg_say(pg, NULL, "COMMIT", NULL, &answer);
	if (r && !pg->conn && base->trouble == DB_BUSY && base->mode == DB_WRITE)
		/* It may have been done or not. */
		r = pg_gone(pg, false);
	/* A transaction with an unseen error is "committed" as ROLLBACK. */
	if (!r && strcmp(PQcmdStatus(answer), "COMMIT") != 0)
		r = pg_refuse(pg, "transaction with an error", "COMMIT");
	PQclear(answer);
	stop(pg);
	return r;
}

static enum result
save(struct db *base)
{
	enum result r = pg_settle(pg_of(base));

	if (r)
		return r;
	pg_ahead(pg_of(base), save_u);
	return pg_of(base)->lost ? FAULT : OK;
}

/* No reference of ours is deferred (engine/ddl.c), so this cannot fail for what
 * was done, and need not be waited for.  But after a statement that failed the
 * server takes nothing but an undoing, even if the unit made light of it. */
static enum result
release(struct db *base)
{
	struct pg *pg = pg_of(base);

	/* Whoever asked for the unit has been told that it holds: too late to undo it. */
	if (pg_settle(pg)) {
		pg->lost = true;
		return FAULT;
	}
	if (pg->conn && PQtransactionStatus(pg->conn) == PQTRANS_INERROR)
		return pg_refuse(pg, "unit kept after a statement that failed", NULL);

	if (!pg_take_back(pg, save_u))
		pg_ahead(pg, release_u);
	return pg->lost ? FAULT : OK;
}

static enum result
undo(struct db *base)
{
	struct pg *pg = pg_of(base);

	(void)!pg_settle(pg); /* as the trouble of what is undone, of no more interest */
	if (!pg_take_back(pg, save_u)) {
		pg_ahead(pg, undo_u);
		pg_ahead(pg, release_u);
	}
	return pg->lost ? FAULT : OK;
}

static enum result
settle(struct db *base)
{
	return pg_settle(pg_of(base));
}

static bool
in_transaction(const struct db *base)
{
	const struct pg *pg = (const struct pg *)base;

	return pg->begun && !pg->lost;
}

static enum result
script(struct db *base, const char *sql)
{
	return pg_script(pg_of(base), sql);
}

/* ---- care ------------------------------------------------------------------ */

/* The server does it. */
static void
checkpoint(struct db *base, int pages)
{
	(void)base, (void)pages;
}

/* References are the server's to keep; what can be seen is whether each table can
 * be read from end to end. */
static size_t
check_tables(struct db *base, void (*say)(void *arg, const char *line), void *arg)
{
	struct query *query;
	char line[256];
	size_t n = 0;

	if (db_query(base, &query,
		    "SELECT relname, pg_catalog.pg_relation_size(c.oid) FROM pg_catalog.pg_class c "
		    "JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid "
		    "WHERE NOT (i.indisvalid AND i.indisready) "
		    "AND c.relnamespace = pg_catalog.current_schema()::regnamespace", NULL, 0)) {
		say(arg, "The database cannot be read.");
		return 1;
	}
	for (; query_next(query); n++) {
		const char *name = query_text(query, 0, NULL);

		(void)snprintf(line, sizeof(line), "The index %s is not valid.", name ? name : "?");
		say(arg, line);
	}
	if (query_close(&query)) {
		say(arg, "The database cannot be read to its end.");
		n++;
	}
	return n;
}

static enum result
copy(struct db *base, const char *path)
{
	(void)path;
	return pg_refuse(pg_of(base), "a PostgreSQL database is copied with pg_dump", NULL);
}

/* ---- the driver ------------------------------------------------------------ */

static void
shut(struct db *base)
{
	struct pg *pg = pg_of(base);

	pg_cut(pg);
	pg_forget(pg);
	while (pg->spare) {
		struct pg_query *query = pg->spare;

		pg->spare = query->next;
		free(query);
	}
	free(pg->url);
	free(pg);
}

static const struct driver driver = {
	.dialect = POSTGRES,
	.close = shut,
	.run = pg_run,
	.run_later = pg_run_later,
	.settle = settle,
	.foresee = pg_foresee,
	.rewind = pg_rewind,
	.insert = pg_insert,
	.script = script,
	.query = pg_query,
	.next = pg_next,
	.end = pg_end,
	.columns = pg_columns,
	.column_name = pg_column_name,
	.null = pg_null,
	.whole = pg_whole,
	.number = pg_number,
	.text = pg_text,
	.kind = pg_kind,
	.value = pg_value,
	.begin_read = begin_read,
	.end_read = end_read,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.save = save,
	.release = release,
	.undo = undo,
	.in_transaction = in_transaction,
	.checkpoint = checkpoint,
	.check = check_tables,
	.copy = copy,
};

/* ---- open ------------------------------------------------------------------ */

/* "#SCHEMA" or "#SCHEMA,pooled"; a schema is a plain name, so that it needs no
 * quotes anywhere. */
static bool
read_fragment(struct pg *pg, const char *fragment)
{
	size_t n = strcspn(fragment, ",");

	if (n == 0 || n >= sizeof(pg->schema) || isdigit((unsigned char)*fragment))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)fragment[i]) && !isdigit((unsigned char)fragment[i])
			&& fragment[i] != '_')
			return false;
	memcpy(pg->schema, fragment, n);
	pg->schema[n] = '\0';
	pg->pooled = strcmp(fragment + n, ",pooled") == 0;
	return pg->pooled || fragment[n] == '\0';
}

static void
write_local(struct pg *pg)
{
	(void)snprintf(pg->local, sizeof(pg->local),
		"SELECT pg_catalog.set_config('search_path', '%s, pg_catalog', true), "
		"pg_catalog.set_config('timezone', 'UTC', true), "
		"pg_catalog.set_config('datestyle', 'ISO', true), "
		"pg_catalog.set_config('statement_timeout', '60000', true), "
		"pg_catalog.set_config('lock_timeout', '10000', true)",
		pg->schema);
}

enum result
postgres_open(struct db **out, const char *url, enum db_mode mode)
{
	const char *hash = strchr(url, '#');
	struct pg *pg = calloc(1, sizeof(*pg));
	enum result r;

	*out = NULL;
	if (!pg || !(pg->url = strndup(url, strcspn(url, "#"))))
		abort();
	pg->base.driver = &driver;
	pg->base.mode = mode;
	if (!hash || !read_fragment(pg, hash + 1)) {
		log_error("database: the URL names no schema behind \"#\"");
		shut(&pg->base);
		return FAULT;
	}
	write_local(pg);
	if ((r = pg_reach(pg))) {
		shut(&pg->base);
		return r;
	}
	*out = &pg->base;
	return OK;
}
