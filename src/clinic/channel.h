#pragma once
/*
 * channel - one conversation of MCP over a line of messages (stdio, WebSocket).
 *
 * What HTTP keeps in headers and streams is kept here: the session id that initialize
 * has given, and the few requests that the client was asked about.  Its answer brings
 * the request back, to be run again.  Used by one thread.
 */
#include <jansson.h>
#include <stddef.h>

enum { QUESTIONS = 8 };

struct question {
	char *id, *message;
	json_t *heard;
};

struct channel {
	char *session;
	struct question asked[QUESTIONS]; /* the oldest is forgotten first */
	size_t next;
};

/* What is to be run for a line; message NULL: nothing.  heard: for call->heard. */
struct saying {
	char *message;
	json_t *heard;
};

struct saying channel_read(struct channel *channel, const char *line);
/* After it was run: the session id that was given, the key that was asked with; both
 * may be NULL.  The saying is given back. */
void channel_done(struct channel *channel, struct saying *saying, const char *session,
	const char *asks);
void channel_close(struct channel *channel);
