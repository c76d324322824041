/*
 * stream - messages of a waiting call, pulled by libmicrohttpd.
 *
 * A call is parked only when all that it has said is out: from then until it is
 * resumed the connection is suspended, so libmicrohttpd cannot end the exchange while
 * another thread still has its call.
 */
#include "http/stream.h"

#include <poll.h>
#include <string.h>

#include "base/moment.h"
#include "engine/wait.h"

enum { BLOCK = 4096, QUIET_MOST = 15 * 1000000 };

struct stream {
	struct text events; /* what is still to be sent begins at sent */
	size_t sent;
	int64_t last;       /* monotonic: when something was sent */
	bool away;          /* the call is in a lane or parked: not ours */
	bool ended;         /* the answer is among the events */
};

/* JSON of ours has no line ends; where it has, another message begins. */
static void
frame(struct text *events, const char *at, size_t n)
{
	while (n) {
		const char *end = memchr(at, '\n', n);
		size_t line = end ? (size_t)(end - at) : n;

		text_add(events, "event: message\ndata: ");
		text_put(events, at, line);
		text_add(events, "\n\n");
		at += end ? line + 1 : line;
		n -= end ? line + 1 : line;
	}
}

/* What the call has written. */
static void
add_event(struct exchange *exchange)
{
	struct stream *stream = exchange->stream;
	struct text *out = &exchange->call.out;
	int64_t now = moment_monotonic();

	if (out->len)
		frame(&stream->events, out->at, out->len);
	else if (now - stream->last > QUIET_MOST)
		text_add(&stream->events, ":\n\n");
	out->len = 0;
	if (stream->events.len)
		stream->last = now;
}

void
stream_open(struct exchange *exchange)
{
	exchange->stream = arena_new(exchange->arena, sizeof(*exchange->stream));
	exchange->call.type = "text/event-stream";
	call_answer(&exchange->call, "X-Accel-Buffering", "no");
	add_event(exchange);
}

void
stream_close(struct exchange *exchange)
{
	if (exchange->stream)
		text_close(&exchange->stream->events);
	exchange->stream = NULL;
}

static size_t
copy_events(struct stream *stream, char *to, size_t most)
{
	size_t n = stream->events.len - stream->sent;

	if (n > most)
		n = most;
	if (n)
		memcpy(to, stream->events.at + stream->sent, n);
	stream->sent += n;
	if (stream->sent == stream->events.len)
		stream->sent = stream->events.len = 0;
	return n;
}

/* Out of epoll until resume(); see run() in server.c. */
static void
suspend(struct exchange *exchange)
{
	int expected = RUNNING;

	MHD_suspend_connection(exchange->connection);
	if (!atomic_compare_exchange_strong(&exchange->state, &expected, SUSPENDED))
		MHD_resume_connection(exchange->connection);
}

static bool
has_left(const struct exchange *exchange)
{
	struct pollfd fd = { .fd = exchange->link->fd, .events = POLLRDHUP };

	return poll(&fd, 1, 0) > 0 && (fd.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

/* The call has come back to us: on with it. */
static void
go_on(struct exchange *exchange)
{
	struct stream *stream = exchange->stream;
	struct call *call = &exchange->call;
	bool done;

	(void)atomic_exchange(&exchange->state, RUNNING);
	done = call_run(call);
	if (!done && !call->waits)
		return;
	stream->away = false;
	stream->ended = done;
	add_event(exchange);
	if (done) {
		exchange->runs = false;
		atomic_fetch_sub(&exchange->server->running, 1);
	}
}

static ssize_t
pull(void *cls, uint64_t at, char *to, size_t most)
{
	struct exchange *exchange = cls;
	struct stream *stream = exchange->stream;

	(void)at;
	for (;;) {
		size_t n = copy_events(stream, to, most);

		if (n)
			return (ssize_t)n;
		if (stream->events.full)
			return MHD_CONTENT_READER_END_WITH_ERROR;
		if (stream->ended)
			return MHD_CONTENT_READER_END_OF_STREAM;
		if (!stream->away) {
			stream->away = true;
			(void)atomic_exchange(&exchange->state, RUNNING);
			wait_park(&exchange->call);
		}
		if (atomic_load(&exchange->state) != RESUMED) {
			suspend(exchange);
			return 0;
		}
		if (exchange->call.waits && has_left(exchange))
			return MHD_CONTENT_READER_END_WITH_ERROR;
		go_on(exchange);
	}
}

struct MHD_Response *
stream_response(struct exchange *exchange)
{
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, pull, exchange, NULL);
}
