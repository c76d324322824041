#pragma once
/*
 * control - commands to the running server, through the Unix socket DIR/control.
 *
 * The socket is 0600 and asks the kernel who is at the other end: only the
 * server's own user and root are heard.  One line of JSON in, one line out:
 * {"command":"user.list","args":{...}} -> {"ok":true,...}.  The server does one
 * at a time, on a thread of its own.
 */
#include <jansson.h>
#include <stdbool.h>

#include "base/result.h"

struct control;
struct premises;

MUST_CHECK enum result control_open(struct control **out, struct premises *premises);
/* Lets the command in hand finish. */
void control_close(struct control **control);

/* Asks the server of DIR; MISSING when none runs, FAULT (said on stderr) when it
 * cannot be talked to.  *reply is the caller's. */
MUST_CHECK enum result control_ask(const char *dir, const char *command, json_t *args,
	json_t **reply);
/* True when a server answers there. */
bool control_running(const char *dir);
