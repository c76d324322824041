#pragma once
/*
 * door - accepts connections and hands them to libmicrohttpd's threads in turn.
 *
 * Left to itself the first of its threads to wake takes all that wait, and the
 * others of the pool stand idle.
 */
#include <microhttpd.h>

#include "base/result.h"

struct door;

/* fd: the listening socket, which stays the caller's. */
MUST_CHECK enum result door_open(struct door **out, int fd, struct MHD_Daemon *daemon);
/* No connection is taken from here on. */
void door_close(struct door **door);
