#pragma once
/*
 * copy_places - where a copy comes from and goes to: folders, files, URLs; and
 * what lies beside the databases in a data folder.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/result.h"

struct place {
	const char *typed; /* without a password */
	const char *url;   /* NULL: files */
	const char *dir;   /* the data folder: of the files, or that of --data */
	const char *file;  /* one database by name; NULL: DIR/STORE.db */
	const char *store; /* the one the file holds, when its name says so */
};

/* Understands what was typed; false, said on stderr, when it is none. */
bool place_read(struct arena *arena, const char *typed, const char *data, struct place *place);
/* For db_open(). */
const char *place_of_store(struct arena *arena, const struct place *place, const char *store);
/* True when both are the same place. */
bool place_same(const struct place *a, const struct place *b);

/*
 * Brings keys, audit heads and files from one data folder to another.  Nothing is
 * written over: a key or a file there that is not the same is CONFLICT, said on
 * stderr.  With `look` only that is found out.
 */
MUST_CHECK enum result place_bring(struct arena *arena, const char *from, const char *to,
	bool look);
