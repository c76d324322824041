#pragma once
/*
 * control_wire - one line of JSON over a Unix socket, for both ends.
 */
#include <jansson.h>
#include <stdbool.h>
#include <sys/un.h>

#include "base/text.h"

enum { WIRE_MAX = 16 << 20 };

/* The address of DIR/control.  False when the path is too long for one. */
bool wire_address(const char *dir, struct sockaddr_un *address);
/* How many seconds to wait for the other end; 0: for ever. */
void wire_patience(int fd, int seconds);
/* Up to a newline; false when the peer is gone, slow, or says too much. */
bool wire_receive(int fd, struct text *line);
bool wire_send(int fd, const json_t *value);
