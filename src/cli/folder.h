#pragma once
/*
 * folder - the data folder and the lock that says who may write in it.
 *
 * One process at a time: the server, or one command while the server is stopped.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"

/* Makes the folder (0700) when it is not there; tells why on stderr when not. */
MUST_CHECK enum result folder_make(const char *dir);
/* Takes DIR/lock without waiting; CONFLICT when another process has it. */
MUST_CHECK enum result folder_lock(const char *dir, int *lock);
void folder_unlock(int *lock);
/* The folder's absolute path in the room given; false when there is none. */
bool folder_path(const char *dir, char *out, size_t n);
/* False, with words on stderr, when the folder has been used but its keys are not
 * where they are looked for: new ones would make its audit log worthless. */
bool folder_has_keys(const char *dir);
/* For everything that touches health data: files 0600, no core dumps. */
void folder_harden(void);
