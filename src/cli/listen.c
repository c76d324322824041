/*
 * listen - "127.0.0.1:8080" taken apart.
 */
#include "cli/listen.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/text.h"

static bool
classify(struct listen_at *out)
{
	struct in_addr v4;
	struct in6_addr v6;

	if (!out->v6 && strcmp(out->host, "localhost") == 0) {
		out->loopback = true;
		return true;
	}
	if (!out->v6 && inet_pton(AF_INET, out->host, &v4) == 1) {
		out->loopback = ntohl(v4.s_addr) >> 24 == 127;
		out->any = v4.s_addr == 0;
		return true;
	}
	if (out->v6 && inet_pton(AF_INET6, out->host, &v6) == 1) {
		out->loopback = IN6_IS_ADDR_LOOPBACK(&v6);
		out->any = IN6_IS_ADDR_UNSPECIFIED(&v6);
		return true;
	}
	return false;
}

bool
listen_parse(const char *text, struct listen_at *out)
{
	const char *colon = strrchr(text, ':');
	const char *host = text;
	size_t n;
	int64_t port;

	*out = (struct listen_at){ 0 };
	if (!colon || !text_whole(colon + 1, 0, 65535, &port))
		return false;
	n = (size_t)(colon - text);
	if (n >= 2 && text[0] == '[' && colon[-1] == ']') {
		out->v6 = true;
		host++;
		n -= 2;
	}
	if (n == 0 || n >= sizeof(out->host))
		return false;
	memcpy(out->host, host, n);
	out->port = (int)port;
	return classify(out);
}

const char *
listen_origin(struct arena *arena, const struct listen_at *at, bool tls)
{
	const char *host = at->any ? "localhost" : at->host;
	bool brackets = at->v6 && !at->any;

	if (at->port == (tls ? 443 : 80))
		return arena_printf(arena, "%s://%s%s%s", tls ? "https" : "http",
			brackets ? "[" : "", host, brackets ? "]" : "");
	return arena_printf(arena, "%s://%s%s%s:%d", tls ? "https" : "http", brackets ? "[" : "",
		host, brackets ? "]" : "", at->port);
}
