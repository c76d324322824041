/*
 * door - one thread that does nothing but accept.
 */
#include "http/door.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

enum { LISTENER, BELL, N_WATCHED };

struct door {
	struct MHD_Daemon *daemon;
	atomic_int *inside;
	pthread_t thread;
	int fd;
	int most;
	int bell; /* rung when the door closes */
};

/* Full, or out of descriptors or memory: others must end before more can come
 * in.  Who waits does so in the backlog. */
static void
breathe(void)
{
	(void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

static void
let_in(struct door *door)
{
	for (;;) {
		struct sockaddr_storage peer;
		socklen_t n = sizeof(peer);
		int client;

		if (atomic_load(door->inside) >= door->most) {
			breathe();
			return;
		}
		client = accept4(door->fd, (struct sockaddr *)&peer, &n,
			SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (client < 0) {
			if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
				breathe();
			return;
		}
		/* libmicrohttpd chooses the thread by the number of the socket, and
		 * closes it when it can take no more. */
		atomic_fetch_add(door->inside, 1);
		if (MHD_add_connection(door->daemon, client, (struct sockaddr *)&peer, n) != MHD_YES)
			atomic_fetch_sub(door->inside, 1);
	}
}

static void *
stand(void *arg)
{
	struct door *door = arg;
	struct pollfd watched[N_WATCHED] = {
		[LISTENER] = { .fd = door->fd, .events = POLLIN },
		[BELL] = { .fd = door->bell, .events = POLLIN },
	};

	for (;;) {
		if (poll(watched, N_WATCHED, -1) < 0)
			continue;
		if (watched[BELL].revents)
			return NULL;
		if (watched[LISTENER].revents)
			let_in(door);
	}
}

/* Signals are for the main thread. */
static int
start(struct door *door)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&door->thread, NULL, stand, door);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed;
}

enum result
door_open(struct door **out, int fd, struct MHD_Daemon *daemon, atomic_int *inside, int most)
{
	struct door *door = calloc(1, sizeof(*door));
	int flags = fcntl(fd, F_GETFL);

	if (!door)
		abort();
	*door = (struct door){ .daemon = daemon, .fd = fd, .inside = inside, .most = most,
		.bell = eventfd(0, EFD_CLOEXEC) };
	if (door->bell < 0 || flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) || start(door)) {
		log_error("http: no thread to accept connections");
		if (door->bell >= 0)
			close(door->bell);
		free(door);
		return FAULT;
	}
	*out = door;
	return OK;
}

void
door_close(struct door **out)
{
	struct door *door = *out;
	const uint64_t one = 1;

	if (!door)
		return;
	*out = NULL;
	while (write(door->bell, &one, sizeof(one)) < 0 && errno == EINTR)
		;
	pthread_join(door->thread, NULL);
	close(door->bell);
	free(door);
}
