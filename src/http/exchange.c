/*
 * exchange - the pool of exchanges, so that a request allocates next to nothing.
 *
 * The newest is taken first: its arena and buffers are still in the cache.
 */
#include "http/exchange.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "http/stream.h"

enum { POOL_SIZE = 256, KEEP_ROOM = 64 * 1024, KEEP_MOST = 1024 * 1024 };

void
pool_init(struct pool *pool)
{
	pthread_mutex_init(&pool->lock, NULL);
	pool->first = NULL;
	pool->n = 0;
}

static void
end(struct exchange *exchange)
{
	text_close(&exchange->body);
	text_close(&exchange->out);
	arena_close(&exchange->arena);
	free(exchange);
}

void
pool_close(struct pool *pool)
{
	while (pool->first) {
		struct exchange *exchange = pool->first;

		pool->first = exchange->next;
		end(exchange);
	}
	pthread_mutex_destroy(&pool->lock);
}

static struct exchange *
make(void)
{
	struct exchange *exchange = calloc(1, sizeof(*exchange));

	if (!exchange) {
		log_error("http: the machine has no memory left");
		abort();
	}
	exchange->arena = call_memory();
	return exchange;
}

struct exchange *
exchange_take(struct pool *pool)
{
	struct exchange *exchange;

	pthread_mutex_lock(&pool->lock);
	exchange = pool->first;
	if (exchange) {
		pool->first = exchange->next;
		pool->n--;
	}
	pthread_mutex_unlock(&pool->lock);
	if (!exchange)
		exchange = make();
	exchange->file = -1;
	exchange->call.work = work_new(exchange->arena, NULL);
	exchange->call.work.call = &exchange->call;
	exchange->call.work.actor = (struct actor){ .kind = NOBODY };
	exchange->call.out = exchange->out;
	exchange->call.conn = exchange;
	return exchange;
}

/* The buffer is used again unless it has grown beyond most. */
static void
keep(struct text *text, size_t most)
{
	if (text->room > most)
		text_close(text);
	text->len = 0;
	text->cap = 0;
	text->full = false;
}

void
exchange_give(struct pool *pool, struct exchange *exchange)
{
	struct text out = exchange->call.out;
	struct text body = exchange->body;
	struct arena *arena = exchange->arena;
	bool room, only;

	exchange->call.out = (struct text){ 0 };
	stream_close(exchange);
	call_free(&exchange->call);
	if (exchange->file >= 0)
		close(exchange->file);
	/* Long lists fault every page of a fresh buffer in.  The lowest of the pool may
	 * keep a large one: it is taken first when nothing else goes on. */
	pthread_mutex_lock(&pool->lock);
	only = pool->n == 0;
	pthread_mutex_unlock(&pool->lock);
	keep(&out, only ? KEEP_MOST : KEEP_ROOM);
	keep(&body, KEEP_ROOM);
	arena_reset(arena);
	*exchange = (struct exchange){ .arena = arena, .out = out, .body = body, .file = -1 };
	pthread_mutex_lock(&pool->lock);
	room = pool->n < POOL_SIZE;
	if (room) {
		exchange->next = pool->first;
		pool->first = exchange;
		pool->n++;
	}
	pthread_mutex_unlock(&pool->lock);
	if (!room)
		end(exchange);
}
