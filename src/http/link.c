/*
 * link - the list of open connections and the thread that ends the slow ones.
 *
 * shutdown() is safe here because a link leaves the list, under the lock, before
 * libmicrohttpd closes its descriptor.
 */
#include "http/link.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"
#include "base/moment.h"

enum { SECOND = 1000000, HEADERS_TIME = 60, BODY_TIME = 30, BODY_RATE = 16 * 1024,
       CROWD_TIME = 5 };

static void
cut_slow(struct links *links)
{
	int64_t now = moment_monotonic();
	int64_t longest = links->n > links->crowd ? (int64_t)CROWD_TIME * SECOND : INT64_MAX;

	for (struct link *link = links->first; link; link = link->next) {
		int64_t until = atomic_load_explicit(&link->until, memory_order_relaxed);

		int64_t since = atomic_load_explicit(&link->since, memory_order_relaxed);

		if (until && (until < now || now - since > longest))
			(void)shutdown(link->fd, SHUT_RDWR);
	}
}

static void *
watch(void *arg)
{
	struct links *links = arg;

	pthread_mutex_lock(&links->lock);
	while (!links->stop) {
		struct timespec at;

		clock_gettime(CLOCK_REALTIME, &at);
		at.tv_sec++;
		(void)pthread_cond_timedwait(&links->wake, &links->lock, &at);
		cut_slow(links);
	}
	pthread_mutex_unlock(&links->lock);
	return NULL;
}

enum result
links_open(struct links *links, size_t crowd)
{
	pthread_mutex_init(&links->lock, NULL);
	pthread_cond_init(&links->wake, NULL);
	links->first = NULL;
	links->n = 0;
	links->crowd = crowd;
	links->stop = false;
	if (pthread_create(&links->thread, NULL, watch, links) != 0) {
		log_error("http: cannot start a thread");
		return FAULT;
	}
	return OK;
}

void
links_close(struct links *links)
{
	pthread_mutex_lock(&links->lock);
	links->stop = true;
	pthread_cond_signal(&links->wake);
	pthread_mutex_unlock(&links->lock);
	pthread_join(links->thread, NULL);
	pthread_cond_destroy(&links->wake);
	pthread_mutex_destroy(&links->lock);
}

struct link *
link_new(struct links *links, int fd, const struct sockaddr *peer)
{
	struct link *link = calloc(1, sizeof(*link));

	if (!link) {
		log_error("http: the machine has no memory left");
		abort();
	}
	link->fd = fd;
	peer_name(peer, link->peer);
	link_await_headers(link);
	pthread_mutex_lock(&links->lock);
	link->next = links->first;
	if (link->next)
		link->next->before = link;
	links->first = link;
	links->n++;
	pthread_mutex_unlock(&links->lock);
	return link;
}

void
link_drop(struct links *links, struct link *link)
{
	pthread_mutex_lock(&links->lock);
	if (link->next)
		link->next->before = link->before;
	if (link->before)
		link->before->next = link->next;
	else
		links->first = link->next;
	links->n--;
	pthread_mutex_unlock(&links->lock);
	free(link);
}

static void
wait_for(struct link *link, int64_t time)
{
	int64_t now = moment_monotonic();

	atomic_store_explicit(&link->since, now, memory_order_relaxed);
	atomic_store_explicit(&link->until, now + time, memory_order_relaxed);
}

void
link_await_headers(struct link *link)
{
	wait_for(link, (int64_t)HEADERS_TIME * SECOND);
}

void
link_await_body(struct link *link, size_t most)
{
	wait_for(link, (BODY_TIME + (int64_t)(most / BODY_RATE)) * SECOND);
}

void
link_relax(struct link *link)
{
	atomic_store_explicit(&link->until, 0, memory_order_relaxed);
}
