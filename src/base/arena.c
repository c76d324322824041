/*
 * arena - chunks of growing size, filled from the bottom.
 *
 * The first chunk survives a reset, so that most requests never ask malloc for
 * anything.  Pieces are zeroed when handed out rather than when given back:
 * only what is used costs.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/port/sanitizer.h"

enum { ALIGN = 16, FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };

struct chunk {
	struct chunk *before;
	size_t size; /* bytes behind the header */
	size_t used;
	_Alignas(ALIGN) unsigned char bytes[];
};

struct arena {
	struct chunk *last;
	size_t cap;
	size_t ration;
	size_t used;
	size_t next_size;
};

static struct chunk *
make_chunk(size_t size, struct chunk *before)
{
	struct chunk *chunk = malloc(sizeof(*chunk) + size);

	if (!chunk) {
		log_error("arena: the machine has no memory left");
		abort();
	}
	chunk->before = before;
	chunk->size = size;
	chunk->used = 0;
	memory_hide(chunk->bytes, size);
	return chunk;
}

static void
free_chunk(struct chunk *chunk)
{
	memory_show(chunk->bytes, chunk->size);
	free(chunk);
}

static void *
take(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->last;
	size_t whole;
	void *piece;

	if (size > arena->cap - arena->used || size > SIZE_MAX / 4) {
		log_error("arena: the cap of %zu bytes is reached", arena->cap);
		abort();
	}
	/* At least one byte, so that every piece has an address of its own. */
	whole = ((size ? size : 1) + ALIGN - 1) / ALIGN * ALIGN + MEMORY_GAP;
	if (whole > chunk->size - chunk->used) {
		size_t wanted = whole > arena->next_size ? whole : arena->next_size;

		chunk = make_chunk(wanted, chunk);
		arena->last = chunk;
		if (arena->next_size < LARGEST_CHUNK)
			arena->next_size *= 2;
	}
	piece = chunk->bytes + chunk->used;
	chunk->used += whole;
	arena->used += size;
	memory_show(piece, size);
	return piece;
}

struct arena *
arena_open(size_t cap)
{
	struct arena *arena = malloc(sizeof(*arena));

	if (!arena) {
		log_error("arena: the machine has no memory left");
		abort();
	}
	arena->cap = cap;
	arena->ration = cap;
	arena->used = 0;
	arena->next_size = (size_t)2 * FIRST_CHUNK;
	arena->last = make_chunk(FIRST_CHUNK, NULL);
	return arena;
}

static void
free_all_but_first(struct arena *arena)
{
	while (arena->last->before) {
		struct chunk *before = arena->last->before;

		free_chunk(arena->last);
		arena->last = before;
	}
}

void
arena_close(struct arena **arena)
{
	if (!arena || !*arena)
		return;
	free_all_but_first(*arena);
	free_chunk((*arena)->last);
	free(*arena);
	*arena = NULL;
}

void
arena_reset(struct arena *arena)
{
	free_all_but_first(arena);
	arena->last->used = 0;
	arena->used = 0;
	arena->next_size = (size_t)2 * FIRST_CHUNK;
	memory_hide(arena->last->bytes, arena->last->size);
}

void
arena_ration(struct arena *arena, size_t ration)
{
	arena->ration = ration;
}

bool
arena_spent(const struct arena *arena)
{
	return arena->used > arena->ration;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}

void *
arena_new(struct arena *arena, size_t size)
{
	return memset(take(arena, size), 0, size);
}

char *
arena_copy(struct arena *arena, const char *text, size_t n)
{
	char *copy;

	assert(n < SIZE_MAX);
	copy = take(arena, n + 1);
	if (n)
		memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *
arena_text(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

char *
arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char brief[256];
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(brief, sizeof(brief), format, args);
	assert(n >= 0);
	if ((size_t)n < sizeof(brief)) {
		text = arena_copy(arena, brief, (size_t)n);
	} else {
		text = take(arena, (size_t)n + 1);
		n = vsnprintf(text, (size_t)n + 1, format, again);
		assert(n >= 0);
	}
	va_end(again);
	return text;
}
