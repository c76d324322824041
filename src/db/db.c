/*
 * db - sends each call to the driver of its connection.
 */
#include "db/db.h"

#include <string.h>

#include "base/arena.h"
#include "db/driver.h"

bool
db_is_url(const char *where)
{
	return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

enum result
db_open(struct db **out, const char *where, enum db_mode mode)
{
	return db_is_url(where) ? postgres_open(out, where, mode) : sqlite_open(out, where, mode);
}

void
db_close(struct db **db)
{
	if (*db)
		(*db)->driver->close(*db);
	*db = NULL;
}

enum dialect
db_dialect(const struct db *db)
{
	return db->driver->dialect;
}

enum db_mode
db_mode(const struct db *db)
{
	return db->mode;
}

enum db_trouble
db_trouble(const struct db *db)
{
	return db->trouble;
}

const char *
db_trouble_where(const struct db *db)
{
	return db->where;
}

bool
db_passing(const struct db *db)
{
	return db->trouble == DB_BUSY && db->passing;
}

void
db_overtaken(struct db *db)
{
	db->trouble = DB_BUSY;
	db->passing = true;
}

void
db_watch(struct db *db, const struct arena *arena)
{
	db->memory = arena;
}

static bool
spent(struct db *db)
{
	if (!db->memory || !arena_spent(db->memory))
		return false;
	db->trouble = DB_SPENT;
	db->passing = false;
	db->where[0] = '\0';
	return true;
}

enum result
db_run(struct db *db, const char *sql, const struct value *args, size_t n_args, int64_t *changed)
{
	return spent(db) ? FAULT : db->driver->run(db, sql, args, n_args, changed);
}

enum result
db_run_later(struct db *db, const char *sql, const struct value *args, size_t n_args)
{
	return db->driver->run_later ? db->driver->run_later(db, sql, args, n_args)
		: db->driver->run(db, sql, args, n_args, NULL);
}

enum result
db_settle(struct db *db)
{
	return db->driver->settle ? db->driver->settle(db) : OK;
}

void
db_foresee(struct db *db, const char *sql, const struct value *args, size_t n_args)
{
	if (db->driver->foresee)
		db->driver->foresee(db, sql, args, n_args);
}

bool
query_rewind(struct query *query)
{
	return query->driver->rewind && query->driver->rewind(query);
}

enum result
db_insert(struct db *db, const char *sql, const struct value *args, size_t n_args, int64_t *id)
{
	return spent(db) ? FAULT : db->driver->insert(db, sql, args, n_args, id);
}

int64_t
db_size(struct db *db)
{
	static const char *const sql[] = {
		[SQLITE] = "SELECT page_count * page_size FROM pragma_page_count(), "
			   "pragma_page_size()",
		[POSTGRES] = "SELECT CAST(SUM(pg_total_relation_size(c.oid)) AS BIGINT) "
			     "FROM pg_class c WHERE c.relkind = 'r' "
			     "AND c.relnamespace = CAST(current_schema() AS regnamespace)",
	};
	int64_t n = 0;

	return db_one(db, sql[db_dialect(db)], NULL, 0, &n) ? 0 : n;
}

enum result
db_script(struct db *db, const char *sql)
{
	return db->driver->script(db, sql);
}

enum result
db_one(struct db *db, const char *sql, const struct value *args, size_t n_args, int64_t *out)
{
	struct query *query;
	bool found;
	enum result r;

	if ((r = db_query(db, &query, sql, args, n_args)))
		return r;
	found = query_next(query);
	if (found)
		*out = query_whole(query, 0);
	if ((r = query_close(&query)))
		return r;
	return found ? OK : MISSING;
}

/* ---- statements that give rows --------------------------------------------- */

enum result
db_query(struct db *db, struct query **out, const char *sql, const struct value *args,
	size_t n_args)
{
	enum result r;

	*out = NULL;
	if (spent(db))
		return FAULT;
	r = db->driver->query(db, out, sql, args, n_args);
	if (*out) {
		(*out)->db = db;
		(*out)->cut = false;
	}
	return r;
}

bool
query_next(struct query *query)
{
	if (spent(query->db)) {
		query->cut = true;
		return false;
	}
	return query->driver->next(query);
}

enum result
query_close(struct query **query)
{
	struct query *q = *query;
	enum result r;
	bool cut;

	*query = NULL;
	if (!q)
		return OK;
	cut = q->cut;
	r = q->driver->end(q);
	return r == OK && cut ? FAULT : r;
}

void
query_drop(struct query **query)
{
	query_close(query);
}

size_t
query_columns(const struct query *query)
{
	return query->driver->columns(query);
}

const char *
query_column_name(const struct query *query, size_t i)
{
	return query->driver->column_name(query, i);
}

bool
query_null(struct query *query, size_t i)
{
	return query->driver->null(query, i);
}

int64_t
query_whole(struct query *query, size_t i)
{
	return query->driver->whole(query, i);
}

double
query_number(struct query *query, size_t i)
{
	return query->driver->number(query, i);
}

const char *
query_text(struct query *query, size_t i, size_t *n)
{
	return query->driver->text(query, i, n);
}

enum value_kind
query_kind(struct query *query, size_t i)
{
	return query->driver->kind(query, i);
}

void
query_value(struct query *query, size_t i, struct value *out)
{
	query->driver->value(query, i, out);
}

/* ---- transactions ---------------------------------------------------------- */

enum result
db_begin_read(struct db *db)
{
	return db->driver->begin_read(db);
}

void
db_end_read(struct db *db)
{
	db->driver->end_read(db);
}

enum result
db_begin(struct db *db)
{
	return db->driver->begin(db);
}

enum result
db_commit(struct db *db)
{
	return db->driver->commit(db);
}

void
db_rollback(struct db *db)
{
	db->driver->rollback(db);
}

enum result
db_save(struct db *db)
{
	return db->driver->save(db);
}

enum result
db_release(struct db *db)
{
	return db->driver->release(db);
}

enum result
db_undo(struct db *db)
{
	return db->driver->undo(db);
}

bool
db_in_transaction(const struct db *db)
{
	return db->driver->in_transaction(db);
}

/* ---- care ------------------------------------------------------------------ */

void
db_checkpoint(struct db *db, int pages)
{
	db->driver->checkpoint(db, pages);
}

size_t
db_check(struct db *db, void (*say)(void *arg, const char *line), void *arg)
{
	return db->driver->check(db, say, arg);
}

enum result
db_copy(struct db *db, const char *path)
{
	return db->driver->copy(db, path);
}
