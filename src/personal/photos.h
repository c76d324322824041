#pragma once
/*
 * photos - a patient's one picture (personal-api 2.4).
 */
#include "engine/store.h"
#include "engine/work.h"

/* Takes the photo of a patient away, its file once the call has succeeded; *was tells
 * whether there was one (NULL: does not matter).  Inside a write; leaves no entry of
 * its own, and rights are the caller's to check. */
MUST_CHECK enum result photo_drop(struct work *w, int64_t patient, bool *was);
/* A word that is another one for each photo that comes to a path, in the arena. */
const char *photo_version(struct arena *arena, const char *file_path);
/* Drops the files of photos that no row names, as a crash may leave them; at start. */
void photos_sweep(struct store *store);
