#pragma once
/*
 * database - where the stores of a test live: in files, or, when
 * CHARTHOUSE_TEST_DATABASE names a cluster (tests/postgres/up prints its URL), in a
 * fresh database of it for each fixture.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "engine/call.h"

/* The URL of a new database, NULL when the stores are files; good until the next. */
static inline const char *
database_fresh(void)
{
	static char url[512];
	static int n;
	const char *cluster = getenv("CHARTHOUSE_TEST_DATABASE");
	struct db *db = NULL;
	char text[600];
	const char *slash;

	if (!cluster || !*cluster)
		return NULL;
	(void)snprintf(text, sizeof(text), "%s#public", cluster);
	if (db_open(&db, text, DB_WRITE))
		abort();
	(void)snprintf(text, sizeof(text), "CREATE DATABASE u_%d_%d", (int)getpid(), ++n);
	if (db_run(db, text, NULL, 0, NULL))
		abort();
	db_close(&db);
	slash = strrchr(cluster, '/');
	(void)snprintf(url, sizeof(url), "%.*s/u_%d_%d", (int)(slash - cluster), cluster,
		(int)getpid(), n);
	return url;
}

/* For fixtures: stores opened from now on are new. */
static inline void
database_use_fresh(void)
{
	settings.database = database_fresh();
}
