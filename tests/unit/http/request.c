/*
 * request - what strangers may send, and what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Before cmocka, whose macro fail would change it. */
#include "http/peer.h"
#include "http/request.h"

#include <cmocka.h>

#include <string.h>


static struct arena *arena;

static struct call
fresh(void)
{
	struct call call = { 0 };

	arena_reset(arena);
	call.work.arena = arena;
	return call;
}

static void
a_target_is_decoded_once(void **state)
{
	struct call call = fresh();

	(void)state;
	assert_true(request_target(&call, "/a%20b/%2541?x=1+2&y=%C3%A4&&z&=w"));
	assert_string_equal(call.path, "/a b/%41");
	assert_int_equal(call.n_query, 4);
	assert_string_equal(call.query[0].value, "1 2");
	assert_string_equal(call.query[1].value, "\xc3\xa4");
	assert_string_equal(call.query[2].name, "z");
	assert_string_equal(call.query[2].value, "");
	assert_string_equal(call.query[3].name, "");
}

static void
an_absolute_target_loses_its_host(void **state)
{
	struct call call = fresh();

	(void)state;
	assert_true(request_target(&call, "HTTP://other.example:80/health?a=b"));
	assert_string_equal(call.path, "/health");
	assert_false(request_target(&call, "http://other.example"));
}

static void
broken_targets_are_refused(void **state)
{
	static const char *const broken[] = { "", "*", "a", "/%", "/%4", "/%4g", "/%00", "/a%0ab",
		"/\xff", "/%ff", "/%c3", "/a#b", "/?a=%", "/?a=%0", "/?%00=a", "/?a=%ed%a0%80",
		"/a\tb" };

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct call call = fresh();

		assert_false(request_target(&call, broken[i]));
	}
}

static void
too_many_pairs_are_refused(void **state)
{
	char text[2 * MAX_PAIRS + 2];
	struct pair *pairs;
	size_t n;

	(void)state;
	(void)fresh();
	for (size_t i = 0; i < sizeof(text) - 1; i++)
		text[i] = i % 2 ? '&' : 'a';
	assert_true(request_pairs(arena, text, 2 * MAX_PAIRS - 1, &pairs, &n));
	assert_int_equal(n, MAX_PAIRS);
	assert_false(request_pairs(arena, text, 2 * MAX_PAIRS + 1, &pairs, &n));
}

static int
check(struct pair *headers, size_t n, const char *version, struct framing *framing)
{
	struct call call = fresh();

	call.headers = headers;
	call.n_headers = n;
	return request_check(&call, version, framing);
}

#define CHECK(version, framing, ...)                                                   \
	check((struct pair[]){ __VA_ARGS__ }, COUNT(((struct pair[]){ __VA_ARGS__ })),     \
		version, framing)
#define HOST { "host", "h" }

static void
ambiguous_framing_is_refused(void **state)
{
	struct framing f;

	(void)state;
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length", "5" }), 0);
	assert_int_equal(f.length, 5);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "transfer-encoding", "Chunked" }), 0);
	assert_true(f.chunked);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length", "5" },
		{ "content-length", "5" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length", "5, 5" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length", "+5" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length", "" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length", "5" },
		{ "transfer-encoding", "chunked" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "transfer-encoding", "gzip" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "transfer-encoding", "gzip, chunked" }),
		400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "transfer-encoding", "chunked" },
		{ "transfer-encoding", "chunked" }), 400);
	assert_int_equal(CHECK("HTTP/1.0", &f, HOST, { "transfer-encoding", "chunked" }), 400);
}

static void
a_request_has_one_host(void **state)
{
	struct framing f;

	(void)state;
	assert_int_equal(CHECK("HTTP/1.1", &f, { "accept", "*" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, HOST), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, { "host", "a b" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, { "host", "a/b" }), 400);
	assert_int_equal(CHECK("HTTP/1.0", &f, { "accept", "*" }), 0);
	assert_int_equal(CHECK("HTTP/1.1", &f, { "host", "[::1]:8080" }), 0);
	assert_int_equal(CHECK("HTTP/2.0", &f, HOST), 505);
}

static void
odd_headers_are_refused(void **state)
{
	struct framing f;

	(void)state;
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "content-length ", "5" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "", "5" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "a", "b\rc" }), 400);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "expect", "gold" }), 417);
	assert_int_equal(CHECK("HTTP/1.1", &f, HOST, { "authorization", "a" },
		{ "authorization", "b" }), 400);
}

static enum result
form(struct call *call, const char *type, const char *body)
{
	*call = fresh();
	call->headers = arena_new(arena, sizeof(*call->headers));
	call->headers[0] = (struct pair){ "content-type", type };
	call->n_headers = 1;
	call->body = arena_text(arena, body);
	call->n_body = strlen(body);
	return request_form(call);
}

static void
a_form_is_read_in_both_codings(void **state)
{
	struct call call;

	(void)state;
	assert_int_equal(form(&call, "application/x-www-form-urlencoded; charset=utf-8",
		"username=a%40b&password=x+y"), OK);
	assert_string_equal(call_form(&call, "username"), "a@b");
	assert_string_equal(call_form(&call, "password"), "x y");
	assert_int_equal(form(&call, "multipart/form-data; boundary=\"b b\"",
		"--b b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nann\r\n"
		"--b b\r\nContent-Type: text/plain\r\n"
		"content-disposition: form-data; name=\"password\"\r\n\r\n--b\r\n\r\n--b b--\r\n"),
		OK);
	assert_string_equal(call_form(&call, "username"), "ann");
	assert_string_equal(call_form(&call, "password"), "--b\r\n");
	assert_int_equal(form(&call, "application/json", "{}"), OK);
	assert_null(call_form(&call, "username"));
}

static void
broken_forms_are_refused(void **state)
{
	static const char *const broken[] = {
		"x", "--b", "--b\r\n", "--b\r\n\r\n", "--c\r\n--b--",
		"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue",
		"--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nvalue\r\n--b--",
		"--b\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--b--",
		"--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nv\r\n--b--",
		"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--b--",
	};
	struct call call;

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_int_equal(form(&call, "multipart/form-data; boundary=b", broken[i]),
			INVALID);
	assert_int_equal(form(&call, "multipart/form-data", "--b--"), INVALID);
	assert_int_equal(form(&call, "application/x-www-form-urlencoded", "a=%"), INVALID);
	assert_int_equal(form(&call, "application/x-www-form-urlencoded", "a=%00"), INVALID);
}

static const char *
client(const char *list, const char *peer, const char *forwarded)
{
	struct call call = fresh();
	struct networks networks;

	assert_int_equal(networks_parse(&networks, list), OK);
	call.headers = arena_new(arena, sizeof(*call.headers));
	call.headers[0] = (struct pair){ "x-forwarded-for", forwarded };
	call.n_headers = 1;
	return peer_client(&networks, &call, peer);
}

static void
only_trusted_proxies_name_the_client(void **state)
{
	(void)state;
	assert_string_equal(client(NULL, "127.0.0.1", "9.9.9.9"), "127.0.0.1");
	assert_string_equal(client("10.0.0.0/8", "127.0.0.1", "9.9.9.9"), "127.0.0.1");
	assert_string_equal(client("127.0.0.1", "127.0.0.1", "9.9.9.9"), "9.9.9.9");
	assert_string_equal(client("127.0.0.1", "127.0.0.1", "1.1.1.1, 9.9.9.9"), "9.9.9.9");
	assert_string_equal(client("127.0.0.0/8,10.0.0.0/9", "127.0.0.1",
		"1.1.1.1,9.9.9.9 , 10.127.0.1"), "9.9.9.9");
	assert_string_equal(client("127.0.0.0/8", "127.0.0.1", "evil, 127.0.0.2"), "127.0.0.2");
	assert_string_equal(client("127.0.0.0/8", "127.0.0.1", "evil"), "127.0.0.1");
	assert_string_equal(client("::1,fd00::/8", "::1", "2001:db8::1, fd12::1"), "2001:db8::1");
}

static void
broken_lists_of_proxies_are_refused(void **state)
{
	static const char *const broken[] = { "x", "10.0.0.0/33", "::1/129", "10.0.0/8", "1.1.1.1/-1",
		"127.0.0.1,x" };
	struct networks networks;

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_int_equal(networks_parse(&networks, broken[i]), INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_target_is_decoded_once),
		cmocka_unit_test(an_absolute_target_loses_its_host),
		cmocka_unit_test(broken_targets_are_refused),
		cmocka_unit_test(too_many_pairs_are_refused),
		cmocka_unit_test(ambiguous_framing_is_refused),
		cmocka_unit_test(a_request_has_one_host),
		cmocka_unit_test(odd_headers_are_refused),
		cmocka_unit_test(a_form_is_read_in_both_codings),
		cmocka_unit_test(broken_forms_are_refused),
		cmocka_unit_test(only_trusted_proxies_name_the_client),
		cmocka_unit_test(broken_lists_of_proxies_are_refused),
	};
	int failed;

	arena = arena_open(64 * 1024 * 1024);
	failed = cmocka_run_group_tests_name("http/request", tests, NULL, NULL);
	arena_close(&arena);
	return failed;
}
