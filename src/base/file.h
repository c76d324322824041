#pragma once
/*
 * file - whole files to the disk and back.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"

/* A guard for CLEANUP(): closes what is open; -1 is nothing. */
void file_close(const int *fd);
/* Writes n bytes and syncs them; false (errno tells why) when the disk does not take all. */
MUST_CHECK bool file_write(int fd, const void *bytes, size_t n);
/* Reads the file's first n bytes; false when there are fewer or they cannot be read. */
MUST_CHECK bool file_read(int fd, void *bytes, size_t n);
