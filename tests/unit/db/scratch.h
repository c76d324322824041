#pragma once
/*
 * scratch - a folder that lives as long as one test, and its database.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"

static char scratch[] = "/tmp/charthouse-db-XXXXXX";
static char scratch_file[sizeof(scratch) + 16];

static int
scratch_open(void **state)
{
	(void)state;
	memcpy(scratch + sizeof(scratch) - 7, "XXXXXX", 6);
	if (!mkdtemp(scratch))
		return -1;
	snprintf(scratch_file, sizeof(scratch_file), "%s/store.db", scratch);
	return 0;
}

static int
scratch_remove(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info, (void)type, (void)ftw;
	return remove(path);
}

static int
scratch_close(void **state)
{
	(void)state;
	return nftw(scratch, scratch_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static struct db *
scratch_db(enum db_mode mode)
{
	struct db *db;

	assert_int_equal(db_open(&db, scratch_file, mode), OK);
	return db;
}

/* The one number a constant query answers. */
static int64_t
scratch_count(struct db *db, const char *sql)
{
	int64_t n = -1;

	assert_int_equal(db_one(db, sql, NULL, 0, &n), OK);
	return n;
}
