#pragma once
/*
 * link - the open connections, each with a time by which it must get on.
 *
 * libmicrohttpd ends idle connections, but a byte now and then keeps one alive
 * for ever.  A thread looks once a second and shuts down what is past its time:
 * headers 60 s, a body 30 s and a second per 16 KiB it may have.  When nearly
 * all places are taken nobody may keep one waiting for longer than 5 s.
 */
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "http/peer.h"

struct link {
	struct link *next, *before;
	int fd;
	atomic_llong until; /* monotonic µs; 0: as long as it takes */
	atomic_llong since; /* monotonic µs: when the waiting began */
	char peer[ADDRESS_SIZE];
};

struct links {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	struct link *first;
	size_t n;
	size_t crowd; /* that many are too many to be patient with */
	bool stop;
};

MUST_CHECK enum result links_open(struct links *links, size_t crowd);
void links_close(struct links *links); /* stops the thread; links end with their connections */
struct link *link_new(struct links *links, int fd, const struct sockaddr *peer);
void link_drop(struct links *links, struct link *link); /* before its fd is closed */
void link_await_headers(struct link *link);
void link_await_body(struct link *link, size_t most);
void link_relax(struct link *link);
