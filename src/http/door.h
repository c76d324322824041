#pragma once
/*
 * door - accepts connections and hands them to libmicrohttpd's threads in turn.
 *
 * Left to itself the first of its threads to wake takes all that wait, and the
 * others of the pool stand idle.
 *
 * It counts who is inside, too, and lets no more in than `most`: at its own
 * limit libmicrohttpd 0.9.75 leaves a lock locked (new_connection_process_(),
 * "firm check") and the thread never serves again.
 */
#include <microhttpd.h>
#include <stdatomic.h>

#include "base/result.h"

struct door;

/*
 * fd: the listening socket, which stays the caller's.
 * inside: the connections there are; the door adds, the caller subtracts one
 * whenever libmicrohttpd tells of a connection's end.
 */
MUST_CHECK enum result door_open(struct door **out, int fd, struct MHD_Daemon *daemon,
	atomic_int *inside, int most);
/* No connection is taken from here on. */
void door_close(struct door **door);
