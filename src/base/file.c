/*
 * file - whole files to the disk and back: short counts and signals are met here.
 */
#include "base/file.h"

#include <errno.h>
#include <unistd.h>

void
file_close(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

bool
file_write(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t put = write(fd, at, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		n -= (size_t)put;
	}
	return fsync(fd) == 0;
}

bool
file_read(int fd, void *bytes, size_t n)
{
	char *at = bytes;
	size_t done = 0;

	while (done < n) {
		ssize_t got = pread(fd, at + done, n - done, (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}
