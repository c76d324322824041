#pragma once
/*
 * plans - how the database would run every statement that a face has made: which of
 * them walk through a table from end to end.
 *
 * The statements are those that the connections of the test keep prepared; call
 * plans_keep() now and then, for connections forget what was not used for long.  On
 * SQLite the plan is asked as it is.  PostgreSQL is right to walk through a table of
 * three rows: it is told that tables are large, and that walking is dear.
 */
#include <jansson.h>
#include <libpq-fe.h>

#include "db/postgres.h"
#include "db/sqlite.h"
#include "engine/store.h"

enum { PLANS_MOST = 3000 };

static const char *plans_seen[PLANS_MOST];
static size_t plans_n;

/* Whether a walk through this table is right for this statement; the table is "" when
 * SQLite names none. */
typedef bool plans_allowed(const char *table, const char *sql);

static void
plans_add(const char *sql)
{
	for (size_t i = 0; i < plans_n; i++)
		if (strcmp(plans_seen[i], sql) == 0)
			return;
	assert_true(plans_n < PLANS_MOST);
	plans_seen[plans_n++] = strdup(sql);
}

static void
plans_keep(const struct db *db)
{
	const struct lite *lite = (const struct lite *)db;
	const struct pg *pg = (const struct pg *)db;

	for (size_t i = 0; db_dialect(db) == SQLITE && i < SLOTS; i++)
		if (lite->slots[i] && lite->slots[i]->sql)
			plans_add(lite->slots[i]->sql);
	for (size_t i = 0; db_dialect(db) == POSTGRES && i < PG_SLOTS; i++)
		if (pg->slots[i])
			plans_add(pg->slots[i]->sql);
}

static enum result
plans_keep_writer(struct work *w, void *arg)
{
	(void)arg;
	plans_keep(w->db);
	return OK;
}

/* Of the writer (settings.database_writers must be 1) and of this thread. */
static void
plans_gather(struct store *store)
{
	struct arena *a = arena_open(1 << 20);
	struct work w = work_new(a, store);

	assert_int_equal(store_write(&w, plans_keep_writer, NULL), OK);
	plans_keep(store_reader(store));
	arena_close(&a);
}

/* ---- SQLite ---- */

static size_t
plans_ask_file(sqlite3 *sqlite, const char *sql, plans_allowed *allowed)
{
	char *plan = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	sqlite3_stmt *stmt = NULL;
	size_t scans = 0;

	/* BEGIN and the like have no plan. */
	while (sqlite3_prepare_v2(sqlite, plan, -1, &stmt, NULL) == SQLITE_OK && stmt
		&& sqlite3_step(stmt) == SQLITE_ROW) {
		do {
			const char *line = (const char *)sqlite3_column_text(stmt, 3);

			if (strncmp(line, "SCAN ", 5) != 0 || allowed(line + 5, sql))
				continue;
			print_error("%s\n    %s\n", line, sql);
			scans++;
		} while (sqlite3_step(stmt) == SQLITE_ROW);
		break;
	}
	sqlite3_finalize(stmt);
	sqlite3_free(plan);
	return scans;
}

static size_t
plans_ask_sqlite(const char *file, plans_allowed *allowed)
{
	sqlite3 *sqlite = NULL;
	size_t scans = 0;

	assert_int_equal(sqlite3_open_v2(file, &sqlite, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (size_t i = 0; i < plans_n; i++)
		scans += plans_ask_file(sqlite, plans_seen[i], allowed);
	sqlite3_close(sqlite);
	return scans;
}

/* ---- PostgreSQL ---- */

/* A walk is a scan of a table, or of a whole index, that no condition narrows. */
static size_t
plans_walks(const json_t *node, const char *sql, plans_allowed *allowed)
{
	const char *type = json_string_value(json_object_get(node, "Node Type"));
	const char *table = json_string_value(json_object_get(node, "Relation Name"));
	bool by_index = type && strstr(type, "Index") && strstr(type, "Scan");
	size_t scans = 0, i;
	const json_t *child;

	if (type && (strcmp(type, "Seq Scan") == 0 || by_index)
		&& !json_object_get(node, "Index Cond") && !allowed(table ? table : "", sql)) {
		print_error("%s of %s\n    %s\n", type, table ? table : "?", sql);
		scans++;
	}
	json_array_foreach(json_object_get(node, "Plans"), i, child)
		scans += plans_walks(child, sql, allowed);
	return scans;
}

static bool
plans_done(PGconn *conn, const char *sql)
{
	PGresult *answer = PQexec(conn, sql);
	ExecStatusType status = PQresultStatus(answer);

	PQclear(answer);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* As of a prepared statement, whatever the values are. */
static json_t *
plans_explain(PGconn *conn, const char *sql)
{
	static const char explain[] = "EXPLAIN (FORMAT JSON, COSTS OFF) EXECUTE p";
	struct text text = { 0 };
	PGresult *answer = PQprepare(conn, "p", sql, 0, NULL);
	json_t *plan = NULL;
	int n;

	if (PQresultStatus(answer) != PGRES_COMMAND_OK) {
		print_error("not a statement: %s\n", sql);
		PQclear(answer);
		return NULL;
	}
	PQclear(answer);
	answer = PQdescribePrepared(conn, "p");
	n = PQnparams(answer);
	PQclear(answer);
	text_add(&text, explain);
	for (int i = 0; i < n; i++)
		text_add(&text, i ? ", NULL" : "(NULL");
	text_add(&text, n ? ")" : "");
	answer = PQexec(conn, text_string(&text));
	if (PQntuples(answer) == 1)
		plan = json_loads(PQgetvalue(answer, 0, 0), 0, NULL);
	PQclear(answer);
	text_close(&text);
	assert_true(plans_done(conn, "DEALLOCATE p"));
	return plan;
}

/* What has a plan; BEGIN, LOCK and the like have none. */
static bool
plans_has_one(const char *sql)
{
	static const char *const verbs[] = { "SELECT", "INSERT", "UPDATE", "DELETE", "WITH" };

	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strncmp(sql, verbs[i], strlen(verbs[i])) == 0)
			return true;
	return false;
}

static PGconn *
plans_connect(const char *schema)
{
	PGconn *conn = PQconnectdb(settings.database);
	char path[100];

	assert_int_equal(PQstatus(conn), CONNECTION_OK);
	(void)snprintf(path, sizeof(path), "SET search_path = %s, pg_catalog", schema);
	assert_true(plans_done(conn, path));
	return conn;
}

/* To be called while there are rows of everything: has the planner believe that they
 * are few of many, fifty for each row that is pointed at, half of them true. */
static void
plans_pretend(const char *schema)
{
	PGconn *conn;

	if (!settings.database)
		return;
	conn = plans_connect(schema);
	assert_true(plans_done(conn, "DO $$ DECLARE c record; BEGIN "
		"FOR c IN SELECT relname FROM pg_class WHERE relkind = 'r' "
		"AND relnamespace = current_schema()::regnamespace LOOP "
		"EXECUTE format('ALTER TABLE %I SET (autovacuum_enabled = off)', c.relname); "
		"END LOOP; "
		"FOR c IN SELECT r.oid::regclass AS t, attname, "
		"CASE WHEN atttypid = 'boolean'::regtype THEN 2 ELSE -0.02 END AS n "
		"FROM pg_class r JOIN pg_attribute ON attrelid = r.oid AND attnum > 0 "
		"WHERE r.relkind = 'r' AND r.relnamespace = current_schema()::regnamespace "
		"AND (atttypid = 'boolean'::regtype OR EXISTS (SELECT 1 FROM pg_constraint "
		"WHERE contype = 'f' AND conrelid = r.oid AND conkey[1] = attnum)) LOOP "
		"EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET (n_distinct = %s)', "
		"c.t, c.attname, c.n); END LOOP; END $$"));
	assert_true(plans_done(conn, "ANALYZE"));
	PQfinish(conn);
}

static size_t
plans_ask_postgres(const char *schema, plans_allowed *allowed)
{
	PGconn *conn = plans_connect(schema);
	size_t scans = 0;

	assert_true(plans_done(conn, "SET enable_seqscan = off; SET plan_cache_mode = "
		"force_generic_plan; SET jit = off; UPDATE pg_class SET reltuples = 1000000, "
		"relpages = 1 WHERE relkind IN ('r', 'i') "
		"AND relnamespace = pg_catalog.current_schema()::regnamespace"));
	for (size_t i = 0; i < plans_n; i++) {
		json_t *plan = plans_has_one(plans_seen[i]) ? plans_explain(conn, plans_seen[i]) : NULL;

		if (plans_has_one(plans_seen[i]))
			assert_non_null(plan);
		scans += plans_walks(json_object_get(json_array_get(plan, 0), "Plan"),
			plans_seen[i], allowed);
		json_decref(plan);
	}
	PQfinish(conn);
	return scans;
}

/* The number of walks that are not allowed, each told; forgets the statements. */
static size_t
plans_ask(const char *dir, const char *store, plans_allowed *allowed)
{
	char file[300];
	size_t scans;

	(void)snprintf(file, sizeof(file), "%s/%s.db", dir, store);
	scans = settings.database ? plans_ask_postgres(store, allowed)
		: plans_ask_sqlite(file, allowed);
	for (size_t i = 0; i < plans_n; i++)
		free((char *)(uintptr_t)plans_seen[i]);
	plans_n = 0;
	return scans;
}
