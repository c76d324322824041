/*
 * image - starts the child, feeds it, hears it, and ends it when it takes too long.
 *
 * It is spawned, never forked: other threads hold locks.  It inherits one socket and an
 * empty environment, and of what it says only lengths and numbers are believed.
 */
#include "files/image.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "files/canvas.h"
#include "files/image_wire.h"

enum { PATIENCE = 10000 }; /* ms */

/* The other threads of the SLOW lane are for people who sign in. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static const char *program = "/proc/self/exe";

struct child {
	pid_t pid;
	int fd;
	int64_t deadline; /* ms */
};

void
image_program(const char *path)
{
	program = path;
}

static int64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool
spawn(pid_t *pid, int fd)
{
	char *argv[] = { (char[]){ "charthouse" }, (char[]){ IMAGE_CHILD }, NULL };
	char *environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t how;
	sigset_t none, usual;
	int trouble;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&how);
	posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fd, STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &usual);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	trouble = posix_spawn(pid, program, &actions, &how, argv, environment);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&actions);
	if (trouble)
		log_error("image: the child does not start: %s", strerror(trouble));
	return trouble == 0;
}

static bool
begin(struct child *child)
{
	int ends[2];
	bool begun;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
		log_error("image: no socket for the child: %m");
		return false;
	}
	child->fd = ends[0];
	child->deadline = clock_now() + PATIENCE;
	begun = spawn(&child->pid, ends[1]);
	close(ends[1]);
	if (!begun)
		close(ends[0]);
	return begun;
}

static bool
ready(const struct child *child, short what)
{
	struct pollfd poll_fd = { .fd = child->fd, .events = what };
	int64_t left = child->deadline - clock_now();
	int n;

	do
		n = left > 0 ? poll(&poll_fd, 1, (int)left) : 0;
	while (n < 0 && errno == EINTR);
	return n > 0;
}

/* Whoever has heard enough may answer before the end: then the rest is not sent. */
static void
feed(const struct child *child, const char *bytes, size_t n)
{
	while (n > 0 && ready(child, POLLOUT)) {
		ssize_t put = send(child->fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (put < 0 && errno != EAGAIN && errno != EINTR)
			break;
		if (put > 0) {
			bytes += put;
			n -= (size_t)put;
		}
	}
	(void)shutdown(child->fd, SHUT_WR);
}

static bool
hear(const struct child *child, void *out, size_t n)
{
	char *at = out;

	while (n > 0 && ready(child, POLLIN)) {
		ssize_t got = recv(child->fd, at, n, MSG_DONTWAIT);

		if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
			break;
		if (got > 0) {
			at += got;
			n -= (size_t)got;
		}
	}
	return n == 0;
}

static void
end(struct child *child)
{
	int status = 0;

	close(child->fd);
	(void)kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		log_error("image: the child asked for what it may not have");
}

static const char *
reason_of(uint32_t word)
{
	switch (word) {
	case IMAGE_UNKNOWN:
		return "it is not in a format that can be read here";
	case IMAGE_LARGE:
		return "it has too many pixels";
	default:
		return "it is damaged or too large";
	}
}

static bool
take(struct arena *arena, const struct child *child, struct picture *out)
{
	struct image_answer answer;
	char *jpeg;

	if (!hear(child, &answer, sizeof(answer)))
		return false;
	out->reason = reason_of(answer.word);
	if (answer.word != IMAGE_DONE || answer.n < 4 || answer.n > PICTURE_MOST || answer.w == 0
		|| answer.h == 0 || answer.w > PICTURE_SIDE || answer.h > PICTURE_SIDE)
		return false;
	jpeg = arena_new(arena, answer.n);
	if (!hear(child, jpeg, answer.n) || memcmp(jpeg, "\xff\xd8\xff", 3) != 0)
		return false;
	*out = (struct picture){ .jpeg = jpeg, .n = answer.n, .w = answer.w, .h = answer.h };
	return true;
}

enum result
image_read(struct arena *arena, const void *bytes, size_t n, struct picture *out)
{
	struct child child;
	bool taken;

	*out = (struct picture){ .reason = reason_of(0) };
	if (pthread_mutex_trylock(&one_at_a_time))
		return CONFLICT;
	if (!begin(&child)) {
		pthread_mutex_unlock(&one_at_a_time);
		return FAULT;
	}
	feed(&child, bytes, n);
	taken = take(arena, &child, out);
	end(&child);
	pthread_mutex_unlock(&one_at_a_time);
	return taken ? OK : INVALID;
}
