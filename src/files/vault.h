#pragma once
/*
 * vault - stored files: DIR/files/KIND/NAME, each sealed with the key DIR/keys/files.
 *
 * A path is KIND/NAME, where NAME is 32 random hex digits: it says nothing, and none is
 * used twice.  What was put is on disk when vault_put() answers.  A file is put before
 * the row that names it is committed, and dropped after the row is gone: then a crash
 * leaves at worst a file that no row names.  What adoption has left unsealed below
 * "adopted/" is read too.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/result.h"

MUST_CHECK enum result vault_put(struct arena *arena, const char *dir, const char *kind,
	const void *bytes, size_t n, const char **path);
/* MISSING: there is none, or it was tampered with (logged); bytes in the arena. */
MUST_CHECK enum result vault_get(struct arena *arena, const char *dir, const char *path,
	const char **bytes, size_t *n);
/* Nothing when it is not there. */
void vault_drop(const char *dir, const char *path);
/* Drops files of the kind that have lain a day and that named() does not know; how many. */
size_t vault_sweep(const char *dir, const char *kind,
	bool (*named)(void *arg, const char *path), void *arg);
