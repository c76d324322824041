#pragma once
/*
 * arena - memory for one unit of work, given back all at once.
 *
 * arena_new() zeroes and never returns NULL: beyond the cap, or when the
 * machine has no memory left, the process aborts, so callers bound their input
 * first, or give the arena a ration and stop when it is spent.  Everything lives
 * until arena_reset() or arena_close().  An arena is used by one thread at a time.
 * In sanitizer builds a reset arena is poisoned.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdarg.h>

#include "base/result.h"

struct arena;

/* cap: bytes the arena may hold at most between two resets. */
struct arena *arena_open(size_t cap);
void arena_close(struct arena **arena);
void arena_reset(struct arena *arena);
/* What one unit of work should do with; what lies between it and the cap is for
 * what the work is in the middle of when the ration is spent. */
void arena_ration(struct arena *arena, size_t ration);
/* More than the ration has been handed out; false where there is none. */
bool arena_spent(const struct arena *arena);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

/* size bytes, zeroed, aligned for any type. */
void *arena_new(struct arena *arena, size_t size);
/* A copy of n bytes of text with a NUL behind it. */
char *arena_copy(struct arena *arena, const char *text, size_t n);
/* A copy of a NUL-terminated text; NULL stays NULL. */
char *arena_text(struct arena *arena, const char *text);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF(2, 0);
