/*
 * server - the threads of libmicrohttpd, and what they do with a request.
 *
 * Each worker thread has its own epoll; a connection stays with its worker.  A
 * request comes to take() several times: once with its headers, once for each
 * piece of its body, then to be answered, and again whenever its call has
 * waited in a lane and can go on.  Who waits is taken out of epoll
 * (MHD_suspend_connection) and put back by resume(), which runs on the lane's
 * thread; exchange->state settles which of the two was first.
 */
#include "http/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/moment.h"
#include "engine/wait.h"
#include "http/door.h"
#include "http/exchange.h"
#include "http/house.h"
#include "http/request.h"
#include "http/static.h"
#include "http/stream.h"
#include "http/tls.h"
#include "http/web.h"
#include "http/websocket.h"

enum {
	MAX_CONNECTIONS = 1024,
	IDLE_SECONDS = 30,
	CONNECTION_MEMORY = 32 * 1024, /* headers must fit */
	MAX_SWALLOWED = 16 * 1024 * 1024,
	LAST_WORDS = 5000 /* ms for answers under way at stop */
};

/* We decode by ourselves, from the raw target. */
static size_t
leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return strlen(text);
}

/* The format alone: the values may be of a request. */
__attribute__((format(printf, 2, 0))) static void
note(void *cls, const char *format, va_list args)
{
	(void)cls;
	(void)args;
	log_debug("libmicrohttpd: %.*s", (int)strcspn(format, "\n"), format);
}

static void
watch_connection(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	struct server *server = cls;
	const union MHD_ConnectionInfo *fd;
	const union MHD_ConnectionInfo *peer;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*context)
			link_drop(&server->links, *context);
		*context = NULL;
		atomic_fetch_sub(&server->inside, 1);
		return;
	}
	fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	peer = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	*context = link_new(&server->links, fd->connect_fd, peer->client_addr);
}

/* The request line has come: an exchange begins. */
static void *
begin_exchange(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct server *server = cls;
	struct exchange *exchange = exchange_take(&server->pool);

	exchange->server = server;
	exchange->connection = connection;
	exchange->target = arena_text(exchange->arena, target);
	exchange->link = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
				 ->socket_context;
	return exchange;
}

static void
end_exchange(void *cls, struct MHD_Connection *connection, void **context,
	enum MHD_RequestTerminationCode code)
{
	struct server *server = cls;
	struct exchange *exchange = *context;

	(void)connection;
	(void)code;
	if (!exchange)
		return;
	*context = NULL;
	if (!exchange->socket) /* one that has become a WebSocket may be silent */
		link_await_headers(exchange->link);
	/* A peer that left while its call waited is found out when it is resumed:
	 * then the call ends here without an answer. */
	if (exchange->runs)
		atomic_fetch_sub(&server->running, 1);
	if (exchange->started)
		atomic_fetch_sub(&server->answering, 1);
	exchange_give(&server->pool, exchange);
}

/* What programs send in headers is ASCII; the rest must not spoil our UTF-8. */
static const char *
clean_value(struct arena *arena, const char *value, size_t n)
{
	char *copy;

	if (!value)
		return "";
	if (utf8_valid(value, n))
		return value; /* lives as long as the request */
	copy = arena_copy(arena, value, n);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)copy[i] >= 0x80 || !copy[i])
			copy[i] = '?';
	return copy;
}

static enum MHD_Result
take_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t n_key,
	const char *value, size_t n_value)
{
	struct call *call = cls;
	struct pair *pair = &call->headers[call->n_headers++];
	char *name = arena_copy(call->work.arena, key, n_key);

	(void)kind;
	for (size_t i = 0; i < n_key; i++)
		if (name[i] >= 'A' && name[i] <= 'Z')
			name[i] = (char)(name[i] + ('a' - 'A'));
	pair->name = name;
	pair->value = clean_value(call->work.arena, value, n_value);
	return MHD_YES;
}

static void
take_headers(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	int n = MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, NULL, NULL);

	if (n <= 0)
		return;
	call->headers = arena_new(call->work.arena, (size_t)n * sizeof(*call->headers));
	MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, take_header, call);
}

/* A preflight (Fetch, 3.2.2) of an origin that is allowed; others have no route. */
static bool
is_preflight(struct call *call)
{
	const char *origin = settings.cors ? call_header(call, "origin") : NULL;

	if (call->method != OPTIONS || !origin
		|| !call_header(call, "access-control-request-method"))
		return false;
	for (size_t i = 0; settings.cors[i]; i++)
		if (strcmp(settings.cors[i], origin) == 0)
			return true;
	return false;
}

static void
answer_preflight(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	const char *wanted = call_header(call, "access-control-request-headers");

	exchange->refused = true;
	call->status = 200;
	call->type = "text/plain; charset=utf-8";
	text_add(&call->out, "OK");
	call_answer(call, "Access-Control-Allow-Methods",
		"DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
	if (wanted)
		call_answer(call, "Access-Control-Allow-Headers", wanted);
	call_answer(call, "Access-Control-Max-Age", "600");
}

/* A front end of somebody else's stands in the place of ours. */
static bool
page_wants(const struct call *call)
{
	return settings.static_dir ? static_wants(call) : web_wants(call);
}

static enum result
page_serve(struct call *call)
{
	return settings.static_dir ? static_serve(call) : web_serve(call);
}

/* Finds who answers: the house, a face, the front end, or nobody. */
static void
place(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	const struct route *route = house_find(call);

	if (is_preflight(call)) {
		answer_preflight(exchange);
		return;
	}
	if (route && call->method != GET) {
		call->work.failure.status = 405;
		call_answer(call, "Allow", "GET, HEAD");
		reply_nowhere(exchange);
		return;
	}
	if (route) {
		call->route = route;
		exchange->alone = true;
		return;
	}
	if (websocket_wants(call)) {
		exchange->socket = true;
		return;
	}
	if (call_route(call, exchange->server->faces) == OK)
		return;
	if (call->work.failure.status != 405 && page_wants(call)) {
		call->face = NULL;
		call->work.failure = (struct failure){ 0 };
		exchange->alone = true;
		return;
	}
	reply_nowhere(exchange);
}

static size_t
cap_of(const struct call *call)
{
	size_t cap = call->route && call->route->max_body ? call->route->max_body : MAX_BODY;

	if (cap > MAX_STRANGER && !request_has_credentials(call))
		cap = MAX_STRANGER;
	return cap;
}

static void
refuse_size(struct exchange *exchange)
{
	/* Already refused for another reason: that one stays. */
	if (!exchange->refused)
		reply_refuse(exchange, 413, "The request is too large");
	exchange->close = true;
}

static bool
forwarded_by_tls(const struct server *server, const struct exchange *exchange)
{
	const char *scheme = call_header(&exchange->call, "x-forwarded-proto");

	return scheme && text_same(scheme, "https")
		&& networks_hold(&server->trusted, exchange->link->peer);
}

/*
 * Looks at the headers: 0, or the status to refuse with.  After that the bytes
 * that follow cannot be told apart, so the connection must end.
 */
static int
look_at_headers(struct exchange *exchange, const char *method, const char *version,
	struct framing *framing)
{
	struct call *call = &exchange->call;
	const struct server *server = exchange->server;
	int status;

	call->method = request_method(method, &call->head);
	take_headers(exchange);
	status = request_check(call, version, framing);
	if (status)
		return status;
	if (!request_target(call, exchange->target))
		return 400;
	call->peer = peer_client(&server->trusted, call, exchange->link->peer);
	call->tls = server->tls || forwarded_by_tls(server, exchange);
	return 0;
}

static enum MHD_Result
take_start(struct exchange *exchange, const char *method, const char *version)
{
	struct framing framing = { 0 };
	int status = look_at_headers(exchange, method, version, &framing);

	exchange->begun = true;
	if (status) {
		exchange->close = true;
		reply_refuse(exchange, status, "The request is malformed");
		return reply_send(exchange);
	}
	place(exchange);
	exchange->cap = cap_of(&exchange->call);
	if (framing.length > exchange->cap)
		refuse_size(exchange);
	/* An answer before the body: only when it need not be read to be heard. */
	if (exchange->refused && (framing.expects || framing.length > MAX_SWALLOWED)) {
		exchange->close = true;
		return reply_send(exchange);
	}
	if (framing.length || framing.chunked)
		link_await_body(exchange->link, exchange->cap);
	return MHD_YES;
}

static enum MHD_Result
take_body(struct exchange *exchange, const char *bytes, size_t *n)
{
	if (!exchange->refused && *n > exchange->cap - exchange->body.len)
		refuse_size(exchange);
	if (exchange->refused) {
		exchange->swallowed += *n;
		*n = 0;
		/* An answer is not possible amid a body; who goes on is cut off. */
		return exchange->swallowed > MAX_SWALLOWED ? MHD_NO : MHD_YES;
	}
	text_put(&exchange->body, bytes, *n);
	*n = 0;
	return exchange->body.full ? MHD_NO : MHD_YES;
}

/* Called by a lane, on its thread: the call can go on. */
static void
resume(struct call *call)
{
	struct exchange *exchange = call->conn;
	struct MHD_Connection *connection = exchange->connection;
	struct server *server = exchange->server;

	/* Once RESUMED is seen the other thread may finish: exchange is gone for us,
	 * and the server, too, but for this count. */
	atomic_fetch_add(&server->resuming, 1);
	if (atomic_exchange(&exchange->state, RESUMED) == SUSPENDED)
		MHD_resume_connection(connection);
	atomic_fetch_sub(&server->resuming, 1);
}

static enum MHD_Result
finish(struct exchange *exchange)
{
	enum MHD_Result queued = reply_send(exchange);

	exchange->runs = false;
	atomic_fetch_sub(&exchange->server->running, 1);
	return queued;
}

/* Runs the call until it waits or is answered. */
static enum MHD_Result
run(struct exchange *exchange)
{
	for (;;) {
		int expected = RUNNING;

		(void)atomic_exchange(&exchange->state, RUNNING);
		if (call_run(&exchange->call))
			return finish(exchange);
		if (exchange->call.waits) {
			stream_open(exchange);
			return reply_send(exchange);
		}
		if (atomic_load(&exchange->state) == RESUMED)
			continue;
		/* In this order: resuming what is not suspended is undefined. */
		MHD_suspend_connection(exchange->connection);
		if (!atomic_compare_exchange_strong(&exchange->state, &expected, SUSPENDED))
			MHD_resume_connection(exchange->connection);
		return MHD_YES;
	}
}

/* The connection is no longer one of HTTP: nothing waits for its answer. */
static enum MHD_Result
finish_upgrade(struct exchange *exchange)
{
	enum MHD_Result queued = websocket_accept(exchange);

	exchange->runs = false;
	atomic_fetch_sub(&exchange->server->running, 1);
	return queued;
}

static enum MHD_Result
run_alone(struct exchange *exchange)
{
	struct call *call = &exchange->call;
	enum result result = call->route ? call->route->steps[0].run(&call->work)
					 : page_serve(call);

	if (result != OK) {
		int status = call->work.failure.status ? call->work.failure.status : 500;

		reply_refuse(exchange, status, call->work.failure.message);
	}
	return finish(exchange);
}

static bool
has_form(const struct call *call)
{
	return call->route && (call->route->body == BODY_FORM || call->route->body == BODY_FILE);
}

/* The request is whole. */
static enum MHD_Result
start(struct exchange *exchange)
{
	struct server *server = exchange->server;
	struct call *call = &exchange->call;

	link_relax(exchange->link);
	exchange->started = exchange->runs = true;
	atomic_fetch_add(&server->answering, 1);
	atomic_fetch_add(&server->running, 1);
	if (exchange->refused)
		return finish(exchange);
	if (exchange->socket)
		return finish_upgrade(exchange);
	/* After the counting: server_close() sets the flag, then looks at the count. */
	if (atomic_load(&server->closing)) {
		reply_refuse(exchange, 503, "The server is stopping");
		return finish(exchange);
	}
	if (exchange->body.len)
		text_string(&exchange->body);
	call->body = exchange->body.at;
	call->n_body = exchange->body.len;
	call->resume = resume;
	call->streams = true;
	if (has_form(call) && request_form(call) != OK) {
		reply_refuse(exchange, 400, "The form cannot be read");
		return finish(exchange);
	}
	return exchange->alone ? run_alone(exchange) : run(exchange);
}

static enum MHD_Result
take(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *bytes, size_t *n, void **context)
{
	struct exchange *exchange = *context;

	(void)cls;
	(void)connection;
	(void)url;
	if (!exchange)
		return MHD_NO;
	if (!exchange->begun)
		return take_start(exchange, method, version);
	if (*n)
		return take_body(exchange, bytes, n);
	return exchange->started ? run(exchange) : start(exchange);
}

static struct MHD_Daemon *
start_daemon(struct server *server, int threads)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE
		| MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG | (server->tls ? MHD_USE_TLS : 0);
	struct MHD_OptionItem secure[] = {
		{ MHD_OPTION_HTTPS_CERT_CALLBACK, (intptr_t)tls_retrieve,
			(void *)(uintptr_t)tls_retrieve },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem pool[] = {
		{ MHD_OPTION_THREAD_POOL_SIZE, threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	/* libmicrohttpd takes a pool from two threads on. */
	return MHD_start_daemon(flags, 0, NULL, NULL, take, server,
		MHD_OPTION_EXTERNAL_LOGGER, note, NULL,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, server,
		MHD_OPTION_NOTIFY_COMPLETED, end_exchange, server,
		MHD_OPTION_NOTIFY_CONNECTION, watch_connection, server,
		/* Never to be reached: the door counts, see there. */
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)(4 * MAX_CONNECTIONS * threads),
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_ARRAY, threads > 1 ? pool : pool + 1,
		MHD_OPTION_ARRAY, server->tls ? secure : secure + COUNT(secure) - 1,
		MHD_OPTION_END);
}

static enum result
open_parts(struct server *server, const struct server_options *options)
{
	enum result r;

	if ((r = networks_parse(&server->trusted, options->trusted_proxy)))
		return r;
	if ((r = static_open()))
		return r;
	if (!options->tls_cert != !options->tls_key) {
		log_error("http: TLS needs both a certificate and a key");
		return INVALID;
	}
	server->tls = options->tls_cert;
	if (server->tls && (r = tls_load(options->tls_cert, options->tls_key)))
		return r;
	if (!options->fd)
		return peer_listen(options->listen, &server->fd, &server->port);
	server->port = peer_port(server->fd);
	return OK;
}

static void
free_parts(struct server *server)
{
	if (server->fd >= 0)
		close(server->fd);
	pool_close(&server->pool);
	tls_close();
	static_close();
	house_close();
	free(server);
}

enum result
server_listen(const char *listen, int *fd, int *port)
{
	return peer_listen(listen, fd, port);
}

enum result
server_open(struct server **out, const struct server_options *options)
{
	struct server *server = calloc(1, sizeof(*server));
	enum result r;

	*out = NULL;
	if (!server) {
		log_error("http: the machine has no memory left");
		abort();
	}
	server->fd = options->fd ? options->fd : -1;
	server->faces = options->faces;
	server->options = *options;
	pool_init(&server->pool);
	websocket_open_all();
	wait_begin_all();
	r = open_parts(server, options);
	if (r == OK)
		r = links_open(&server->links, MAX_CONNECTIONS * 3 / 4);
	if (r) {
		free_parts(server);
		return r;
	}
	server->daemon = start_daemon(server, options->threads > 0 ? options->threads : 2);
	if (!server->daemon
		|| door_open(&server->door, server->fd, server->daemon, &server->inside,
			MAX_CONNECTIONS)) {
		log_error("http: libmicrohttpd does not start");
		if (server->daemon)
			MHD_stop_daemon(server->daemon);
		links_close(&server->links);
		free_parts(server);
		return FAULT;
	}
	*out = server;
	return OK;
}

static void
rest(void)
{
	struct timespec five_ms = { .tv_nsec = 5000000 };

	nanosleep(&five_ms, NULL);
}

void
server_close(struct server **out)
{
	struct server *server;
	int64_t start;

	if (!out || !*out)
		return;
	server = *out;
	*out = NULL;
	websocket_close_all();
	door_close(&server->door);
	atomic_store(&server->closing, true);
	wait_end_all();
	/* Stopping libmicrohttpd while a connection is suspended is undefined: the
	 * lanes answer every call, so this ends. */
	while (atomic_load(&server->running) > 0 || atomic_load(&server->resuming) > 0)
		rest();
	start = moment_monotonic();
	while (atomic_load(&server->answering) > 0
		&& moment_monotonic() - start < (int64_t)LAST_WORDS * 1000)
		rest();
	MHD_stop_daemon(server->daemon);
	links_close(&server->links);
	free_parts(server);
}

int
server_port(const struct server *server)
{
	return server->port;
}

enum result
server_reload_tls(struct server *server)
{
	if (!server->tls)
		return OK;
	return tls_load(server->options.tls_cert, server->options.tls_key);
}
