/*
 * control_wire - one line of JSON over a Unix socket, and the asking end of it.
 */
#include "cli/control_wire.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/control.h"

bool
wire_address(const char *dir, struct sockaddr_un *address)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/control", dir);

	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (n < 0 || (size_t)n >= sizeof(address->sun_path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(address->sun_path, path, (size_t)n);
	return true;
}

void
wire_patience(int fd, int seconds)
{
	const struct timeval patience = { .tv_sec = seconds };

	/* Without it we merely wait longer for a silent peer. */
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
}

bool
wire_receive(int fd, struct text *line)
{
	char buffer[4096];

	for (;;) {
		ssize_t n = recv(fd, buffer, sizeof(buffer), 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text_put(line, buffer, (size_t)n);
		if (line->full)
			return false;
		if (buffer[n - 1] == '\n')
			return true;
	}
}

bool
wire_send(int fd, const json_t *value)
{
	char *line = json_dumps(value, JSON_COMPACT);
	size_t n = line ? strlen(line) : 0;
	bool sent = line != NULL;

	if (sent)
		line[n++] = '\n';
	for (size_t i = 0; sent && i < n;) {
		ssize_t m = send(fd, line + i, n - i, MSG_NOSIGNAL);

		if (m > 0)
			i += (size_t)m;
		else if (m == 0 || errno != EINTR)
			sent = false;
	}
	free(line);
	return sent;
}

static int
reach(const char *dir)
{
	struct sockaddr_un address;
	int fd;

	if (!wire_address(dir, &address))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		int saved = errno;

		close(fd);
		errno = saved;
		fd = -1;
	}
	return fd;
}

enum result
control_ask(const char *dir, const char *command, json_t *args, json_t **reply)
{
	struct text line = { .cap = WIRE_MAX };
	struct json_trouble trouble;
	json_t *request;
	int fd = reach(dir);

	if (fd < 0 && (errno == EACCES || errno == EPERM)) {
		fprintf(stderr, "charthouse: the server of %s is another user's.\n", dir);
		return FAULT;
	}
	if (fd < 0)
		return MISSING;
	request = json_pack("{s:s, s:O}", "command", command, "args", args);
	if (wire_send(fd, request) && wire_receive(fd, &line))
		*reply = json_read(line.at, line.len, &trouble);
	json_decref(request);
	text_close(&line);
	close(fd);
	if (*reply)
		return OK;
	fprintf(stderr, "charthouse: the server of %s did not answer.\n", dir);
	return FAULT;
}

bool
control_running(const char *dir)
{
	int fd = reach(dir);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}
