/*
 * stores - reading the two databases beside a running server.
 */
#include "cli/stores.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/call.h"
#include "engine/store.h"

const char *const store_names[] = { "personal", "clinic", NULL };

static bool
has_schema(struct db *db, const char *name)
{
	int64_t n = 0;

	return db_one(db, "SELECT count(*) FROM pg_namespace WHERE nspname = $1",
		(const struct value[]){ value_text(name) }, 1, &n) == OK && n > 0;
}

enum result
stores_open(struct db **out, const char *dir, const char *name)
{
	char path[PATH_MAX];
	enum result r;

	if (!store_where(path, sizeof(path), dir, settings.database, name)) {
		fprintf(stderr, "charthouse: the name of the database is too long.\n");
		return FAULT;
	}
	if (!db_is_url(path) && access(path, F_OK) != 0) {
		fprintf(stderr, "charthouse: there is no %s.\n", path);
		return MISSING;
	}
	r = db_open(out, path, DB_QUERY);
	if (!r && db_is_url(path) && !has_schema(*out, name)) {
		fprintf(stderr, "charthouse: there is no %s in the database.\n", name);
		db_close(out);
		return MISSING;
	}
	if (r)
		fprintf(stderr, "charthouse: %s cannot be opened.\n",
			db_is_url(path) ? "the database" : path);
	return r;
}

bool
stores_known(const char *name)
{
	for (size_t i = 0; store_names[i]; i++)
		if (strcmp(store_names[i], name) == 0)
			return true;
	return false;
}
