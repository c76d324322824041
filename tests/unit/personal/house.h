#pragma once
/*
 * house - a personal store in a folder of its own, and calls without a socket.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "engine/call.h"
#include "engine/store.h"
#include "personal/personal.h"
#include "personal/throttle.h"

/* Last: it has a fail() of its own. */
#include <cmocka.h>
#include "../database.h"

static char folder[] = "/tmp/charthouse-personal-XXXXXX";
static struct face *face;
static struct arena *arena;

static int
house_remove(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info, (void)type, (void)ftw;
	return remove(path);
}

static int
house_open(void **state)
{
	static bool checked;

	(void)state;
	crypto_start();
	throttle_reset();
	settings.rate_limit = false;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	if (!mkdtemp(folder) || (!checked && catalog_check(&personal_catalog)))
		return -1;
	checked = true;
	database_use_fresh();
	settings.dir = folder;
	arena = arena_open(64 << 20);
	return personal_open(&face, folder) || call_start(1);
}

static int
house_close(void **state)
{
	(void)state;
	call_stop();
	personal_close();
	arena_close(&arena);
	return nftw(folder, house_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static enum result
house_run(struct work *w, void *arg)
{
	return db_script(w->db, arg);
}

/* Several statements, as the machine's owner. */
static inline void
house_do(const char *sql)
{
	struct work w = work_new(arena, face->store);

	assert_int_equal(store_write(&w, house_run, arena_text(arena, sql)), OK);
}

static inline int64_t
house_count(const char *sql)
{
	struct db *db = store_reader(face->store);
	int64_t n = -1;

	assert_int_equal(db_begin_read(db), OK);
	assert_int_equal(db_one(db, sql, NULL, 0, &n), OK);
	db_end_read(db);
	return n;
}
