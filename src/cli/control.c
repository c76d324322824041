/*
 * control - the server's end of DIR/control.
 */
#include "cli/control.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "cli/control_wire.h"
#include "cli/errands.h"

struct control {
	struct premises *premises;
	struct sockaddr_un address;
	int listener;
	int stop;
	pthread_t thread;
};

/* Only who could read the data folder anyway. */
static bool
trusted(int fd)
{
	struct ucred peer;
	socklen_t n = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0)
		return false;
	return peer.uid == geteuid() || peer.uid == 0;
}

static json_t *
answer(struct control *control, const char *line, size_t n)
{
	struct json_trouble trouble;
	json_t *request = json_read(line, n, &trouble);
	const char *command = json_string_value(json_object_get(request, "command"));
	json_t *reply;

	if (!command) {
		reply = json_pack("{s:b, s:s}", "ok", 0, "error", "That is no command.");
	} else {
		log_info("control: %s", command);
		reply = errand_run(control->premises, command, json_object_get(request, "args"),
			NULL);
	}
	json_decref(request);
	return reply;
}

static void
serve(struct control *control, int fd)
{
	struct text line = { .cap = WIRE_MAX };
	json_t *reply;

	if (!trusted(fd)) {
		log_warn("control: refused a peer of another user");
		return;
	}
	wire_patience(fd, 10);
	if (wire_receive(fd, &line)) {
		reply = answer(control, line.at, line.len);
		if (!wire_send(fd, reply))
			log_warn("control: the peer did not wait for its answer");
		json_decref(reply);
	}
	text_close(&line);
}

static void *
run(void *arg)
{
	struct control *control = arg;
	struct pollfd fds[2] = {
		{ .fd = control->listener, .events = POLLIN },
		{ .fd = control->stop, .events = POLLIN },
	};

	for (;;) {
		int fd;

		if (poll(fds, COUNT(fds), -1) < 0 && errno != EINTR)
			break;
		if (fds[1].revents)
			break;
		if (!(fds[0].revents & POLLIN))
			continue;
		fd = accept4(control->listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0)
			continue;
		serve(control, fd);
		close(fd);
	}
	return NULL;
}

static bool
listen_at(struct control *control)
{
	/* We hold the instance lock: what is there is left over from a crash. */
	unlink(control->address.sun_path);
	control->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return control->listener >= 0
	       && bind(control->listener, (struct sockaddr *)&control->address,
			  sizeof(control->address)) == 0
	       && chmod(control->address.sun_path, 0600) == 0
	       && listen(control->listener, 8) == 0;
}

enum result
control_open(struct control **out, struct premises *premises)
{
	struct control *control = calloc(1, sizeof(*control));

	if (!control)
		abort();
	control->premises = premises;
	control->listener = -1;
	control->stop = eventfd(0, EFD_CLOEXEC);
	if (!wire_address(premises->dir, &control->address) || !listen_at(control)
	    || pthread_create(&control->thread, NULL, run, control) != 0) {
		log_error("control: cannot listen: %s", strerror(errno));
		if (control->listener >= 0)
			close(control->listener);
		close(control->stop);
		free(control);
		return FAULT;
	}
	*out = control;
	return OK;
}

void
control_close(struct control **control)
{
	struct control *c = *control;
	const uint64_t one = 1;

	if (!c)
		return;
	*control = NULL;
	if (write(c->stop, &one, sizeof(one)) != (ssize_t)sizeof(one))
		log_error("control: cannot be told to stop: %s", strerror(errno));
	pthread_join(c->thread, NULL);
	unlink(c->address.sun_path);
	close(c->listener);
	close(c->stop);
	free(c);
}
