/*
 * websocket - /ws: messages of MCP in frames, by libwslay.
 */
#include "http/websocket.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <wslay/wslay.h>

#include "base/log.h"
#include "clinic/channel.h"
#include "clinic/mcp.h"

enum { SOCKETS_MOST = 32, MESSAGE_MOST = 256 * 1024, SHA1_SIZE = 20,
	PATIENCE = 300 * 1000, UNREAD_MOST = 16, HEADERS = 3 };

struct socket {
	struct socket *next;
	int fd;
	struct MHD_UpgradeResponseHandle *handle;
	struct face *face;
	char *authorization, *key, *peer; /* of the handshake; owned */
	const uint8_t *early;             /* bytes that came with the handshake; owned */
	size_t n_early;
	struct channel channel;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t gone;
	struct socket *first;
	int n;
	bool closing;
} sockets = { .lock = PTHREAD_MUTEX_INITIALIZER, .gone = PTHREAD_COND_INITIALIZER };

/* ---- one message ---- */

static void
add_header(struct call *call, const char *name, const char *value)
{
	if (value)
		call->headers[call->n_headers++] = (struct pair){ name, value };
}

static const char *
given_session(const struct call *call)
{
	for (size_t i = 0; i < call->n_answer; i++)
		if (strcmp(call->answer[i].name, "Mcp-Session-Id") == 0)
			return call->answer[i].value;
	return NULL;
}

static struct call *
new_call(const struct socket *s, struct arena *arena, const struct route *route)
{
	struct call *call = arena_new(arena, sizeof(*call));

	call->work.arena = arena;
	call->method = POST;
	call->path = "/mcp";
	call->peer = s->peer;
	call->headers = arena_new(arena, HEADERS * sizeof(*call->headers));
	add_header(call, "authorization", s->authorization);
	add_header(call, "x-api-key", s->key);
	add_header(call, "mcp-session-id", s->channel.session);
	call->face = s->face;
	call->work.store = s->face->store;
	call->route = route;
	return call;
}

static void
answer(struct socket *s, wslay_event_context_ptr ctx, const char *message)
{
	struct arena *arena = call_memory();
	struct call *call;
	struct wslay_event_msg reply = { .opcode = WSLAY_TEXT_FRAME };
	struct saying saying = channel_read(&s->channel, message);

	if (!saying.message) {
		arena_close(&arena);
		return;
	}
	call = new_call(s, arena, &mcp_message_route);
	call->body = saying.message;
	call->n_body = strlen(saying.message);
	call->heard = json_incref(saying.heard);
	call_run_through(call);
	channel_done(&s->channel, &saying, given_session(call), call->asks);
	if (!call->no_body && call->out.len) {
		reply.msg = (const uint8_t *)call->out.at;
		reply.msg_length = call->out.len;
		if (wslay_event_queue_msg(ctx, &reply))
			log_debug("websocket: an answer could not be queued");
	}
	call_free(call);
	arena_close(&arena);
}

static void
take_message(wslay_event_context_ptr ctx, const struct wslay_event_on_msg_recv_arg *msg, void *arg)
{
	char *message;

	if (msg->opcode != WSLAY_TEXT_FRAME)
		return;
	message = strndup((const char *)msg->msg, msg->msg_length);
	if (!message)
		abort();
	/* a NUL inside is no JSON: what stands before it must not be taken for all */
	answer(arg, ctx, strlen(message) == msg->msg_length ? message : "");
	free(message);
}

/* ---- bytes ---- */

static bool
is_behind(wslay_event_context_ptr ctx)
{
	return wslay_event_get_queued_msg_count(ctx) >= UNREAD_MOST;
}

static ssize_t
receive(wslay_event_context_ptr ctx, uint8_t *to, size_t n, int flags, void *arg)
{
	struct socket *s = arg;
	ssize_t got;

	(void)flags;
	/* Every ping and message is answered: who does not read the answers must not go
	 * on asking, or they pile up here. */
	if (is_behind(ctx)) {
		wslay_event_set_error(ctx, WSLAY_ERR_WOULDBLOCK);
		return -1;
	}
	if (s->n_early) {
		n = n < s->n_early ? n : s->n_early;
		memcpy(to, s->early, n);
		memmove((uint8_t *)(uintptr_t)s->early, s->early + n, s->n_early - n);
		s->n_early -= n;
		return (ssize_t)n;
	}
	do
		got = recv(s->fd, to, n, MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		wslay_event_set_error(ctx, WSLAY_ERR_WOULDBLOCK);
	else if (got <= 0)
		wslay_event_set_error(ctx, WSLAY_ERR_CALLBACK_FAILURE);
	return got > 0 ? got : -1;
}

static ssize_t
transmit(wslay_event_context_ptr ctx, const uint8_t *bytes, size_t n, int flags, void *arg)
{
	struct socket *s = arg;
	ssize_t sent;

	(void)flags;
	do
		sent = send(s->fd, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		wslay_event_set_error(ctx, errno == EAGAIN
			? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
	return sent;
}

static void
talk(struct socket *s)
{
	const struct wslay_event_callbacks callbacks = { .recv_callback = receive,
		.send_callback = transmit, .on_msg_recv_callback = take_message };
	wslay_event_context_ptr ctx;

	if (wslay_event_context_server_init(&ctx, &callbacks, s))
		return;
	wslay_event_config_set_max_recv_msg_length(ctx, MESSAGE_MOST);
	while (wslay_event_want_read(ctx) || wslay_event_want_write(ctx)) {
		struct pollfd fd = { .fd = s->fd };
		bool reads = wslay_event_want_read(ctx) && !is_behind(ctx);

		fd.events = (short)((reads ? POLLIN : 0) |
			(wslay_event_want_write(ctx) ? POLLOUT : 0));
		if (!(s->n_early && reads) && poll(&fd, 1, PATIENCE) <= 0)
			break;
		if ((reads && wslay_event_recv(ctx)) ||
			(wslay_event_want_write(ctx) && wslay_event_send(ctx)))
			break;
	}
	wslay_event_context_free(ctx);
}

/* ---- a socket's life ---- */

static void
free_socket(struct socket *s)
{
	free(s->authorization);
	free(s->key);
	free(s->peer);
	free((void *)(uintptr_t)s->early);
	channel_close(&s->channel);
	free(s);
}

static void
leave(struct socket *s)
{
	pthread_mutex_lock(&sockets.lock);
	for (struct socket **at = &sockets.first; *at; at = &(*at)->next)
		if (*at == s) {
			*at = s->next;
			break;
		}
	sockets.n--;
	pthread_cond_signal(&sockets.gone);
	pthread_mutex_unlock(&sockets.lock);
}

static void *
live(void *arg)
{
	struct socket *s = arg;

	talk(s);
	MHD_upgrade_action(s->handle, MHD_UPGRADE_ACTION_CLOSE);
	leave(s);
	free_socket(s);
	return NULL;
}

/* libmicrohttpd has sent the handshake: the connection is ours. */
static void
take_over(void *cls, struct MHD_Connection *connection, void *context, const char *early,
	size_t n_early, MHD_socket fd, struct MHD_UpgradeResponseHandle *handle)
{
	struct socket *s = cls;
	pthread_t thread;
	uint8_t *copy = n_early ? malloc(n_early) : NULL;

	(void)connection;
	(void)context;
	s->fd = fd;
	s->handle = handle;
	if (copy)
		memcpy(copy, early, n_early);
	s->early = copy;
	s->n_early = copy ? n_early : 0;
	pthread_mutex_lock(&sockets.lock);
	s->next = sockets.first;
	sockets.first = s;
	if (sockets.closing)
		shutdown(fd, SHUT_RDWR);
	pthread_mutex_unlock(&sockets.lock);
	if (pthread_create(&thread, NULL, live, s) == 0) {
		pthread_detach(thread);
		return;
	}
	MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
	leave(s);
	free_socket(s);
}

/* ---- the handshake ---- */

bool
websocket_wants(const struct call *call)
{
	return strcmp(call->path, "/ws") == 0 && call->method == GET;
}

/* RFC 6455 4.2.2: the key and a constant, SHA-1, base64. */
static const char *
accept_value(struct arena *arena, const char *key)
{
	char *text = arena_printf(arena, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
	gnutls_datum_t hash = { arena_new(arena, SHA1_SIZE), SHA1_SIZE }, out = { NULL, 0 };
	const char *value = NULL;

	if (gnutls_hash_fast(GNUTLS_DIG_SHA1, text, strlen(text), hash.data) == 0 &&
		gnutls_base64_encode2(&hash, &out) == 0)
		value = arena_copy(arena, (const char *)out.data, out.size);
	gnutls_free(out.data);
	return value;
}

static struct face *
clinic_of(const struct exchange *exchange)
{
	for (struct face *const *face = exchange->server->faces; *face; face++)
		if (strcmp((*face)->name, "clinic") == 0)
			return *face;
	return NULL;
}

static bool
is_handshake(const struct call *call)
{
	const char *upgrade = call_header(call, "upgrade");
	const char *version = call_header(call, "sec-websocket-version");

	return upgrade && strcasecmp(upgrade, "websocket") == 0 && version &&
		strcmp(version, "13") == 0 && call_header(call, "sec-websocket-key");
}

static bool
has_credentials(const struct call *call)
{
	return call_header(call, "authorization") || call_header(call, "x-api-key") ||
		mcp_settings.allow_token_arguments;
}

/* A page of another site must not talk with what a browser remembers; ours has no
 * use for this socket. */
static int
refusal(const struct exchange *exchange)
{
	const struct call *call = &exchange->call;

	if (!clinic_of(exchange))
		return 404;
	if (!is_handshake(call))
		return 400;
	if (call_header(call, "origin"))
		return 403;
	return has_credentials(call) ? 0 : 401;
}

static char *
copy_header(const struct call *call, const char *name)
{
	const char *value = call_header(call, name);

	return value ? strdup(value) : NULL;
}

/* There are few sockets: none is for whoever only says to have credentials. */
static int
turn_away(const struct socket *s)
{
	struct arena *arena = call_memory();
	struct call *call = new_call(s, arena, &mcp_hello_route);
	int status;

	call_run_through(call);
	status = call->status < 400 ? 0 : call->status;
	call_free(call);
	arena_close(&arena);
	return status;
}

static bool
reserve(void)
{
	bool room;

	pthread_mutex_lock(&sockets.lock);
	room = !sockets.closing && sockets.n < SOCKETS_MOST;
	sockets.n += room;
	pthread_mutex_unlock(&sockets.lock);
	return room;
}

static void
unreserve(struct socket *s)
{
	leave(s);
	free_socket(s);
}

static enum MHD_Result
upgrade(struct exchange *exchange, struct socket *s)
{
	struct call *call = &exchange->call;
	const char *accept = accept_value(call->work.arena, call_header(call, "sec-websocket-key"));
	struct MHD_Response *response = accept
		? MHD_create_response_for_upgrade(take_over, s) : NULL;
	enum MHD_Result queued = MHD_NO;

	if (response) {
		MHD_add_response_header(response, "Upgrade", "websocket");
		MHD_add_response_header(response, "Sec-WebSocket-Accept", accept);
		queued = MHD_queue_response(exchange->connection, MHD_HTTP_SWITCHING_PROTOCOLS,
			response);
		MHD_destroy_response(response);
	}
	if (queued != MHD_YES)
		unreserve(s);
	return queued;
}

static struct socket *
new_socket(const struct exchange *exchange)
{
	const struct call *call = &exchange->call;
	struct socket *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	s->face = clinic_of(exchange);
	s->authorization = copy_header(call, "authorization");
	s->key = copy_header(call, "x-api-key");
	s->peer = strdup(call->peer ? call->peer : "");
	return s;
}

enum MHD_Result
websocket_accept(struct exchange *exchange)
{
	int status = refusal(exchange);
	struct socket *s = status ? NULL : new_socket(exchange);

	if (s)
		status = turn_away(s);
	if (!status && !reserve())
		status = 503;
	if (!status)
		return upgrade(exchange, s);
	if (s)
		free_socket(s);
	exchange->socket = false;
	reply_refuse(exchange, status, "This is no way to open the socket.");
	return reply_send(exchange);
}

void
websocket_open_all(void)
{
	pthread_mutex_lock(&sockets.lock);
	sockets.closing = false;
	pthread_mutex_unlock(&sockets.lock);
}

void
websocket_close_all(void)
{
	pthread_mutex_lock(&sockets.lock);
	sockets.closing = true;
	for (struct socket *s = sockets.first; s; s = s->next)
		shutdown(s->fd, SHUT_RDWR);
	while (sockets.first)
		pthread_cond_wait(&sockets.gone, &sockets.lock);
	pthread_mutex_unlock(&sockets.lock);
}
