/*
 * server - what goes over the wire, driven through real sockets.
 *
 * The face is a fake one without a store: /here answers at once, /slow waits in
 * the SLOW lane, /echo gives the body back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Before cmocka, whose macro fail would change it. */
#include "http/server.h"

#include <cmocka.h>

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>


static struct server *server;
static int port;
static char reply[4 * 1024 * 1024];

/* ---- the face ---- */

static enum result
nobody(struct work *w)
{
	w->actor = (struct actor){ 0 };
	return OK;
}

static enum result
admit(struct work *w)
{
	(void)w;
	return OK;
}

static void
explain(struct work *w, enum result r)
{
	struct call *call = w->call;

	call->status = w->failure.status ? w->failure.status : 500;
	text_printf(&call->out, "{\"fake\":%d,\"status\":%d}", (int)r, call->status);
}

static enum result
here(struct work *w)
{
	text_add(&w->call->out, "{\"here\":true}");
	return OK;
}

static enum result
sleep_a_little(struct work *w)
{
	const char *ms = call_query(w->call, "ms");
	struct timespec time = { .tv_nsec = (ms ? atol(ms) : 1) * 1000000 };

	nanosleep(&time, NULL);
	return OK;
}

static enum result
nothing(struct work *w)
{
	(void)w;
	return OK;
}

static enum result
echo(struct work *w)
{
	w->call->type = "text/plain";
	text_put(&w->call->out, w->call->body, w->call->n_body);
	return OK;
}

static enum result
tell(struct work *w)
{
	const char *name = call_form(w->call, "name");

	text_printf(&w->call->out, "{\"name\":\"%s\",\"peer\":\"%s\"}", name ? name : "",
		w->call->peer);
	return OK;
}

static enum result
empty(struct work *w)
{
	w->call->no_body = true;
	w->call->status = 204;
	return OK;
}

static const struct route routes[] = {
	{ .method = GET, .path = "/here", .need = NEED_NOBODY, .steps = { { HERE, here } } },
	{ .method = GET, .path = "/slow", .need = NEED_NOBODY,
		.steps = { { SLOW, sleep_a_little }, { HERE, here } } },
	{ .method = GET, .path = "/quick", .need = NEED_NOBODY,
		.steps = { { SLOW, nothing }, { SLOW, nothing }, { HERE, here } } },
	{ .method = POST, .path = "/echo", .need = NEED_NOBODY, .steps = { { HERE, echo } } },
	{ .method = POST, .path = "/form", .need = NEED_NOBODY, .body = BODY_FORM,
		.steps = { { HERE, tell } } },
	{ .method = DELETE, .path = "/gone", .need = NEED_NOBODY, .steps = { { HERE, empty } } },
	{ 0 },
};
static const struct route *const tables[] = { routes, NULL };
static struct face face = { .name = "fake", .prefix = "/api/v1", .tables = tables,
	.who = nobody, .admit = admit, .explain = explain };
static struct face *const faces[] = { &face, NULL };

static int
open_server(void **state)
{
	struct server_options options = { .listen = "127.0.0.1:0", .faces = faces,
		.trusted_proxy = "127.0.0.0/8" };

	(void)state;
	if (call_start(4) || server_open(&server, &options))
		return -1;
	port = server_port(server);
	return 0;
}

static int
close_server(void **state)
{
	(void)state;
	server_close(&server);
	call_stop();
	return 0;
}

/* ---- the client ---- */

static int
join(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { .tv_sec = 10 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)(void *)&at, sizeof(at)), 0);
	return fd;
}

static void
say_n(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return; /* the server has had enough */
		bytes += sent;
		n -= (size_t)sent;
	}
}

static void
say(int fd, const char *bytes)
{
	say_n(fd, bytes, strlen(bytes));
}

/* Reads until the reply holds `mark` n times, or the end; true at the mark. */
static bool
hear(int fd, const char *mark, int n)
{
	size_t len = 0;

	reply[0] = '\0';
	for (;;) {
		ssize_t got;
		int seen = 0;

		for (const char *at = reply; (at = strstr(at, mark)); at++)
			seen++;
		if (seen >= n)
			return true;
		got = recv(fd, reply + len, sizeof(reply) - 1 - len, 0);
		if (got <= 0)
			return false;
		len += (size_t)got;
		reply[len] = '\0';
	}
}

static bool
hear_end(int fd)
{
	return !hear(fd, "\001", 1);
}

/* One request on a connection of its own, with Connection: close where it can. */
static const char *
ask(const char *request)
{
	int fd = join();

	say(fd, request);
	(void)hear_end(fd);
	close(fd);
	return reply;
}

static int
status(const char *text)
{
	int code = 0;

	return sscanf(text, "HTTP/1.1 %d", &code) == 1 ? code : 0;
}

#define ASK(line, more) ask(line " HTTP/1.1\r\nHost: h\r\n" more)
#define END "Connection: close\r\n\r\n"

/* ---- the claims ---- */

static void
a_call_is_answered_with_the_standard_headers(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("GET /api/v1/here", END)), 200);
	assert_non_null(strstr(reply, "{\"here\":true}"));
	assert_non_null(strstr(reply, "Content-Security-Policy: default-src 'none'"));
	assert_non_null(strstr(reply, "X-Content-Type-Options: nosniff"));
	assert_non_null(strstr(reply, "X-Frame-Options: DENY"));
	assert_non_null(strstr(reply, "Referrer-Policy: no-referrer"));
	assert_non_null(strstr(reply, "Cache-Control: no-store"));
	assert_non_null(strstr(reply, "Content-Type: application/json\r\n"));
	assert_null(strstr(reply, "Server:"));
	assert_null(strstr(reply, "Access-Control"));
	assert_null(strstr(reply, "Strict-Transport"));
}

static void
head_is_get_without_a_body(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("HEAD /api/v1/here", END)), 200);
	assert_non_null(strstr(reply, "Content-Length: 13\r\n"));
	assert_null(strstr(reply, "{"));
}

static void
wrong_methods_and_paths_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("POST /api/v1/here", "Content-Length: 0\r\n" END)), 405);
	assert_non_null(strstr(reply, "Allow: GET, HEAD\r\n"));
	assert_int_equal(status(ASK("BREW /api/v1/here", END)), 405);
	assert_int_equal(status(ASK("OPTIONS /api/v1/here", END)), 405);
	assert_int_equal(status(ASK("GET /api/v1/there", END)), 404);
	assert_int_equal(status(ASK("GET /elsewhere", END)), 404);
	assert_non_null(strstr(reply, "{\"detail\":\"Not Found\"}"));
	assert_int_equal(status(ASK("DELETE /health", END)), 405);
	assert_int_equal(status(ASK("DELETE /api/v1/gone", END)), 204);
}

static void
the_house_answers(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("GET /health", END)), 200);
	assert_non_null(strstr(reply,
		"{\"status\":\"ok\",\"app\":\"Charthouse\",\"version\":\"0.33.0\"}"));
	assert_int_equal(status(ASK("GET /", END)), 200);
	assert_non_null(strstr(reply, "text/html"));
	assert_int_equal(status(ASK("GET /style.css", END)), 200);
	assert_int_equal(status(ASK("GET /docs/", END)), 200);
	assert_int_equal(status(ASK("GET /openapi.json", END)), 200);
	assert_int_equal(status(ASK("GET /api/v1/openapi.json", END)), 200);
	assert_int_equal(status(ASK("GET /schema.json", END)), 404);
}

/* A browser goes to any address of the page; a program that mistakes one is told. */
static void
the_page_is_served_at_its_addresses(void **state)
{
	char etag[64], again[160];
	const char *at;

	(void)state;
	assert_int_equal(status(ASK("GET /", END)), 200);
	assert_non_null(strstr(reply, "<base href=\"./\">"));
	assert_non_null(strstr(reply, "Content-Security-Policy: default-src 'none'; script-src 'self';"));
	assert_null(strstr(reply, "unsafe"));
	assert_non_null(strstr(reply, "Cache-Control: no-cache"));
	at = strstr(reply, "ETag: \"");
	assert_non_null(at);
	assert_int_equal(sscanf(at, "ETag: %63s", etag), 1);
	snprintf(again, sizeof(again), "GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: %s\r\n" END, etag);
	assert_int_equal(status(ask(again)), 304);
	assert_int_equal(status(ASK("GET /records/medications/5", "Accept: text/html\r\n" END)), 200);
	assert_non_null(strstr(reply, "<base href=\"../../\">"));
	assert_int_equal(status(ASK("GET /records/medications/5", END)), 404);
	assert_int_equal(status(ASK("GET /api/v1/nothing", "Accept: text/html\r\n" END)), 404);
	assert_int_equal(status(ASK("GET /assets/nothing.js", "Accept: text/html\r\n" END)), 404);
	assert_int_equal(status(ASK("GET /a/b/c/d/e/f/g/h", "Accept: text/html\r\n" END)), 404);
	assert_int_equal(status(ASK("POST /settings", "Content-Length: 0\r\n" END)), 404);
}

static void
the_page_is_sent_in_the_encoding_that_is_taken(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("GET /", "Accept-Encoding: gzip, deflate, br\r\n" END)), 200);
	assert_non_null(strstr(reply, "Content-Encoding: br"));
	assert_int_equal(status(ASK("GET /", "Accept-Encoding: gzip, br;q=0\r\n" END)), 200);
	assert_non_null(strstr(reply, "Content-Encoding: gzip"));
	assert_int_equal(status(ASK("GET /", "Accept-Encoding: brotli\r\n" END)), 200);
	assert_null(strstr(reply, "Content-Encoding:"));
	assert_non_null(strstr(reply, "Vary: Accept-Encoding"));
}

static void
smuggling_is_refused_and_ends_the_connection(void **state)
{
	static const char *const bad[] = {
		"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
		"Content-Length: 4\r\n\r\nabcd",
		"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
		"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
		"0\r\n\r\n",
		"GET /api/v1/here HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
		"GET /api/v1/here HTTP/1.1\r\n\r\n",
		"GET /api/v1/%00 HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /api/v1/%ff HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /api/v1/here?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		int fd = join();

		say(fd, bad[i]);
		say(fd, "GET /api/v1/here HTTP/1.1\r\nHost: h\r\n\r\n");
		assert_true(hear_end(fd));
		if (status(reply) != 400)
			fail_msg("request %zu: %.200s", i, reply);
		assert_null(strstr(reply, "{\"here\":true}"));
		close(fd);
	}
}

static void
a_connection_serves_many_requests_even_piled_up(void **state)
{
	int fd = join();

	(void)state;
	for (int i = 0; i < 3; i++) {
		say(fd, "GET /api/v1/here HTTP/1.1\r\nHost: h\r\n\r\n");
		assert_true(hear(fd, "{\"here\":true}", 1));
	}
	say(fd, "GET /api/v1/here HTTP/1.1\r\nHost: h\r\n\r\n"
		"GET /api/v1/quick HTTP/1.1\r\nHost: h\r\n\r\n"
		"POST /api/v1/nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
		"GET /api/v1/here HTTP/1.1\r\nHost: h\r\n\r\n");
	assert_true(hear(fd, "{\"here\":true}", 3));
	close(fd);
}

static void
a_body_comes_whole_however_slowly(void **state)
{
	int fd = join();
	struct timespec pause = { .tv_nsec = 20000000 };

	(void)state;
	say(fd, "POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n");
	for (int i = 0; i < 10; i++) {
		nanosleep(&pause, NULL);
		say_n(fd, &"abcdefghij"[i], 1);
	}
	assert_true(hear(fd, "abcdefghij", 1));
	say(fd, "POST /api/v1/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
		"3\r\nxyz\r\n");
	nanosleep(&pause, NULL);
	say(fd, "4\r\n1234\r\n0\r\n\r\n");
	assert_true(hear(fd, "xyz1234", 1));
	close(fd);
}

static char *
large(const char *head, size_t n, size_t *whole)
{
	size_t n_head = strlen(head);
	char *bytes = malloc(n_head + n);

	assert_non_null(bytes);
	memcpy(bytes, head, n_head);
	memset(bytes + n_head, 'x', n);
	*whole = n_head + n;
	return bytes;
}

static int
post_large(const char *credential, size_t n)
{
	char head[256];
	size_t whole;
	char *bytes;
	int fd = join();

	snprintf(head, sizeof(head),
		"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\n%sConnection: close\r\nContent-Length: %zu\r\n\r\n",
		credential, n);
	bytes = large(head, n, &whole);
	say_n(fd, bytes, whole);
	free(bytes);
	(void)hear_end(fd);
	close(fd);
	return status(reply);
}

static void
bodies_are_capped_and_less_is_taken_from_strangers(void **state)
{
	(void)state;
	assert_int_equal(post_large("", 64 * 1024), 200);
	assert_int_equal(post_large("", 64 * 1024 + 1), 413);
	assert_non_null(strstr(reply, "\"fake\""));
	assert_non_null(strstr(reply, "Connection: close\r\n"));
	assert_int_equal(post_large("Authorization: Bearer x\r\n", 1024 * 1024), 200);
	assert_int_equal(post_large("Authorization: Bearer x\r\n", 1024 * 1024 + 1), 413);
	/* Who goes on writing for a while must still hear why it was in vain. */
	assert_int_equal(post_large("Authorization: Bearer x\r\n", 10 * 1000 * 1000), 413);
	assert_int_equal(status(ASK("POST /api/v1/echo",
		"Expect: 100-continue\r\nContent-Length: 65537\r\n\r\n")), 413);
}

static void
chunks_are_capped_as_they_come(void **state)
{
	static const char head[] = "POST /api/v1/echo HTTP/1.1\r\nHost: h\r\n"
				   "Transfer-Encoding: chunked\r\n\r\n18000\r\n";
	size_t whole;
	char *bytes = large(head, 0x18000, &whole);
	int fd = join();

	(void)state;
	say_n(fd, bytes, whole);
	say(fd, "\r\n0\r\n\r\nGET /api/v1/here HTTP/1.1\r\nHost: h\r\n\r\n");
	assert_true(hear_end(fd));
	assert_int_equal(status(reply), 413);
	assert_null(strstr(reply, "{\"here\":true}"));
	close(fd);
	free(bytes);
}

static void
half_a_request_harms_nobody(void **state)
{
	static const char *const halves[] = { "G", "GET /api/v1/here HT",
		"GET /api/v1/here HTTP/1.1\r\nHo",
		("POST /api/v1/echo HTTP/1.1\r\nHost: h\r\n"
		 "Content-Length: 10\r\n\r\nabc") };

	(void)state;
	for (size_t i = 0; i < COUNT(halves); i++) {
		int fd = join();

		say(fd, halves[i]);
		close(fd);
	}
	assert_int_equal(status(ASK("GET /api/v1/here", END)), 200);
}

static void
a_crowd_of_half_requests_is_shown_the_door(void **state)
{
	enum { CROWD = 1100 }; /* more than may be inside */
	static int fds[CROWD];
	struct rlimit limit;
	struct pollfd gone = { .events = POLLIN };

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	if (limit.rlim_cur < 3 * CROWD)
		skip();
	for (size_t i = 0; i < CROWD; i++) {
		fds[i] = join();
		say(fds[i], "GET /api/v1/here HTTP/1.1\r\nHost:");
	}
	/* Patience ends after 5 s, looked at once a second; else after 30. */
	gone.fd = fds[0];
	assert_int_equal(poll(&gone, 1, 10000), 1);
	assert_int_equal(status(ASK("GET /api/v1/here", END)), 200);
	for (size_t i = 0; i < CROWD; i++)
		close(fds[i]);
}

static void
a_waiting_call_is_resumed(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("GET /api/v1/slow?ms=50", END)), 200);
	assert_non_null(strstr(reply, "{\"here\":true}"));
}

static void
a_peer_that_goes_while_its_call_waits_harms_nobody(void **state)
{
	(void)state;
	for (int i = 0; i < 8; i++) {
		int fd = join();

		say(fd, "GET /api/v1/slow?ms=30 HTTP/1.1\r\nHost: h\r\n\r\n");
		close(fd);
	}
	assert_int_equal(status(ASK("GET /api/v1/slow?ms=30", END)), 200);
}

static void *
ask_often(void *arg)
{
	static const char request[] = "GET /api/v1/quick HTTP/1.1\r\nHost: h\r\n\r\n";
	int fd = *(int *)arg;
	char got[2048];

	for (int i = 0; i < 100; i++) {
		size_t len = 0;

		say(fd, request);
		do {
			ssize_t n = recv(fd, got + len, sizeof(got) - 1 - len, 0);

			if (n <= 0)
				return NULL;
			len += (size_t)n;
			got[len] = '\0';
		} while (!strstr(got, "{\"here\":true}"));
	}
	return arg;
}

static void
no_resumed_call_is_lost_among_many(void **state)
{
	enum { MANY = 32 };
	pthread_t threads[MANY];
	int fds[MANY];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		fds[i] = join();
		assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &fds[i]), 0);
	}
	for (int i = 0; i < MANY; i++) {
		void *done;

		pthread_join(threads[i], &done);
		assert_non_null(done);
		close(fds[i]);
	}
}

static void
a_form_reaches_its_route(void **state)
{
	(void)state;
	assert_int_equal(status(ASK("POST /api/v1/form",
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n"
		"X-Forwarded-For: 192.0.2.7\r\n" END "name=ann")), 200);
	assert_non_null(strstr(reply, "{\"name\":\"ann\",\"peer\":\"192.0.2.7\"}"));
	assert_int_equal(status(ASK("POST /api/v1/form",
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n"
		END "name=%")), 400);
}

static void
other_origins_are_answered_only_when_configured(void **state)
{
	static const char *const origins[] = { "https://front.example", NULL };
	const char *text;

	(void)state;
	settings.cors = origins;
	text = ASK("OPTIONS /api/v1/echo", "Origin: https://front.example\r\n"
		"Access-Control-Request-Method: POST\r\n"
		"Access-Control-Request-Headers: x-a\r\n" END);
	assert_int_equal(status(text), 200);
	assert_non_null(strstr(text, "Access-Control-Allow-Origin: https://front.example\r\n"));
	assert_non_null(strstr(text, "Access-Control-Allow-Headers: x-a\r\n"));
	text = ASK("OPTIONS /api/v1/echo", "Origin: https://evil.example\r\n"
		"Access-Control-Request-Method: POST\r\n" END);
	assert_int_equal(status(text), 405);
	assert_null(strstr(text, "Access-Control-Allow"));
	text = ASK("GET /api/v1/here", "Origin: https://evil.example\r\n" END);
	assert_null(strstr(text, "Access-Control-Allow"));
	assert_non_null(strstr(text, "Vary: Origin\r\n"));
	settings.cors = NULL;
}

static void
write_file(const char *dir, const char *name, const char *text)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
look_at_front_end(void)
{
	char request[512];
	char etag[128] = "";
	const char *at;

	assert_int_equal(status(ASK("GET /", END)), 200);
	assert_non_null(strstr(reply, "the front end"));
	assert_non_null(strstr(reply, "frame-src 'self' blob:"));
	at = strstr(reply, "ETag: ");
	assert_non_null(at);
	assert_int_equal(sscanf(at, "ETag: %127s", etag), 1);
	snprintf(request, sizeof(request),
		"GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: %s\r\n" END, etag);
	assert_int_equal(status(ask(request)), 304);
	assert_null(strstr(reply, "the front end"));
	assert_non_null(strstr(ASK("GET /some/page", END), "the front end"));
	assert_non_null(strstr(ASK("GET /static/app.12345678.js", END), "immutable"));
	assert_non_null(strstr(reply, "application/javascript"));
	assert_int_equal(status(ASK("GET /static/nothing.js", END)), 404);
	assert_int_equal(status(ASK("GET /api/v1/nothing", END)), 404);
	assert_int_equal(status(ASK("GET /apidocs", END)), 200);
	assert_non_null(strstr(ASK("GET /manifest.json", END), "manifest.json not found"));
	assert_null(strstr(ASK("GET /static/../../secret", END), "hidden"));
	assert_null(strstr(ASK("GET /%2e%2e/secret", END), "hidden"));
	assert_null(strstr(ASK("GET /..%2fsecret", END), "hidden"));
	assert_null(strstr(ASK("GET /link", END), "hidden"));
	assert_null(strstr(ASK("GET /.env", END), "hidden"));
	assert_null(strstr(ASK("GET //etc/passwd", END), "root:"));
	assert_int_equal(status(ASK("HEAD /", END)), 200);
	assert_null(strstr(reply, "the front end"));
}

static void
a_front_end_is_served_and_nothing_beside_it(void **state)
{
	char dir[] = "/tmp/charthouse-http-XXXXXX";
	char path[64], link[128], command[128];

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_file(dir, "secret", "hidden");
	snprintf(path, sizeof(path), "%s/front", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	settings.static_dir = path;
	write_file(path, "index.html", "the front end");
	write_file(path, ".env", "hidden");
	snprintf(link, sizeof(link), "%s/link", path);
	assert_int_equal(symlink("../secret", link), 0);
	snprintf(command, sizeof(command), "%s/static", path);
	assert_int_equal(mkdir(command, 0700), 0);
	write_file(command, "app.12345678.js", "1;");
	assert_int_equal(close_server(NULL), 0);
	assert_int_equal(open_server(NULL), 0);
	look_at_front_end();
	settings.static_dir = NULL;
	assert_int_equal(close_server(NULL), 0);
	assert_int_equal(open_server(NULL), 0);
	snprintf(command, sizeof(command), "rm -r '%s'", dir);
	assert_int_equal(system(command), 0);
}

static void
tls_needs_both_files(void **state)
{
	struct server_options options = { .listen = "127.0.0.1:0", .faces = faces,
		.tls_cert = "/nonexistent" };
	struct server *none;

	(void)state;
	assert_int_equal(server_open(&none, &options), INVALID);
	options.tls_key = "/nonexistent";
	assert_int_equal(server_open(&none, &options), FAULT);
	options = (struct server_options){ .listen = "nonsense", .faces = faces };
	assert_int_equal(server_open(&none, &options), FAULT);
	assert_null(none);
}

/* Last: closes the server. */
static void
closing_answers_who_waits(void **state)
{
	int fds[4];
	struct timespec pause = { .tv_nsec = 100000000 };

	(void)state;
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = join();
		say(fds[i], "GET /api/v1/slow?ms=300 HTTP/1.1\r\nHost: h\r\n\r\n");
	}
	nanosleep(&pause, NULL);
	assert_int_equal(close_server(NULL), 0);
	assert_null(server);
	for (size_t i = 0; i < COUNT(fds); i++) {
		assert_true(hear_end(fds[i]));
		assert_int_equal(status(reply), 200);
		assert_non_null(strstr(reply, "Connection: close\r\n"));
		close(fds[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_answered_with_the_standard_headers),
		cmocka_unit_test(head_is_get_without_a_body),
		cmocka_unit_test(wrong_methods_and_paths_are_told_apart),
		cmocka_unit_test(the_house_answers),
		cmocka_unit_test(the_page_is_served_at_its_addresses),
		cmocka_unit_test(the_page_is_sent_in_the_encoding_that_is_taken),
		cmocka_unit_test(smuggling_is_refused_and_ends_the_connection),
		cmocka_unit_test(a_connection_serves_many_requests_even_piled_up),
		cmocka_unit_test(a_body_comes_whole_however_slowly),
		cmocka_unit_test(bodies_are_capped_and_less_is_taken_from_strangers),
		cmocka_unit_test(chunks_are_capped_as_they_come),
		cmocka_unit_test(half_a_request_harms_nobody),
		cmocka_unit_test(a_crowd_of_half_requests_is_shown_the_door),
		cmocka_unit_test(a_waiting_call_is_resumed),
		cmocka_unit_test(a_peer_that_goes_while_its_call_waits_harms_nobody),
		cmocka_unit_test(no_resumed_call_is_lost_among_many),
		cmocka_unit_test(a_form_reaches_its_route),
		cmocka_unit_test(other_origins_are_answered_only_when_configured),
		cmocka_unit_test(a_front_end_is_served_and_nothing_beside_it),
		cmocka_unit_test(tls_needs_both_files),
		cmocka_unit_test(closing_answers_who_waits),
	};

	return cmocka_run_group_tests_name("http/server", tests, open_server, close_server);
}
