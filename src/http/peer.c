/*
 * peer - parsing of addresses and networks, and the listening socket.
 */
#include "http/peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static bool
read_address(const char *text, struct in6_addr *out, unsigned *shift)
{
	struct in_addr v4;

	*shift = 0;
	if (inet_pton(AF_INET6, text, out) == 1)
		return true;
	if (inet_pton(AF_INET, text, &v4) != 1)
		return false;
	memset(out, 0, sizeof(*out));
	out->s6_addr[10] = out->s6_addr[11] = 0xff;
	memcpy(&out->s6_addr[12], &v4, 4);
	*shift = 96;
	return true;
}

static bool
read_network(char *text, struct network *out)
{
	char *slash = strchr(text, '/');
	unsigned shift;
	int64_t bits;

	if (slash)
		*slash++ = '\0';
	if (!read_address(text, &out->address, &shift))
		return false;
	bits = 128 - (int64_t)shift;
	if (slash && !text_whole(slash, 0, bits, &bits))
		return false;
	out->bits = shift + (unsigned)bits;
	return true;
}

enum result
networks_parse(struct networks *out, const char *list)
{
	char copy[2048];
	char *save = NULL;

	*out = (struct networks){ 0 };
	if (!list || !*list)
		return OK;
	if (strlen(list) >= sizeof(copy)) {
		log_error("http: the list of trusted proxies is too long");
		return INVALID;
	}
	memcpy(copy, list, strlen(list) + 1);
	for (char *one = strtok_r(copy, ", ", &save); one; one = strtok_r(NULL, ", ", &save)) {
		if (out->n == MAX_NETWORKS || !read_network(one, &out->at[out->n])) {
			log_error("http: trusted proxy %zu is no address or network", out->n + 1);
			return INVALID;
		}
		out->n++;
	}
	return OK;
}

static bool
matches(const struct network *network, const struct in6_addr *address)
{
	size_t whole = network->bits / 8;
	unsigned rest = network->bits % 8;
	unsigned differ;

	if (memcmp(&network->address, address, whole) != 0)
		return false;
	if (rest == 0)
		return true;
	differ = (unsigned)network->address.s6_addr[whole] ^ address->s6_addr[whole];
	return differ >> (8 - rest) == 0;
}

bool
networks_hold(const struct networks *networks, const char *address)
{
	struct in6_addr read;
	unsigned shift;

	if (networks->n == 0 || !read_address(address, &read, &shift))
		return false;
	for (size_t i = 0; i < networks->n; i++)
		if (matches(&networks->at[i], &read))
			return true;
	return false;
}

void
peer_name(const struct sockaddr *address, char out[ADDRESS_SIZE])
{
	const void *v4 = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
	const struct in6_addr *v6 =
		&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;

	out[0] = '\0';
	if (address->sa_family == AF_INET)
		inet_ntop(AF_INET, v4, out, ADDRESS_SIZE);
	else if (address->sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(v6))
		inet_ntop(AF_INET, &v6->s6_addr[12], out, ADDRESS_SIZE);
	else if (address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, v6, out, ADDRESS_SIZE);
}

/* The last address of a comma-separated list, cut off it; NULL: none that is one. */
static const char *
cut_last(char *list)
{
	char *comma = strrchr(list, ',');
	char *at = comma ? comma + 1 : list;
	struct in6_addr address;
	unsigned shift;

	at += strspn(at, " \t");
	at[strcspn(at, " \t")] = '\0';
	if (comma)
		*comma = '\0';
	return read_address(at, &address, &shift) ? at : NULL;
}

const char *
peer_client(const struct networks *networks, const struct call *call, const char *peer)
{
	const char *client = peer;

	if (!networks_hold(networks, peer))
		return peer;
	/* From the nearest hop outwards, while who tells us is trusted. */
	for (size_t i = call->n_headers; i-- > 0;) {
		char *list;
		const char *last;
		bool more;

		if (strcmp(call->headers[i].name, "x-forwarded-for") != 0)
			continue;
		list = arena_text(call->work.arena, call->headers[i].value);
		do {
			more = strchr(list, ',') != NULL;
			last = cut_last(list);
			if (!last)
				return client;
			client = arena_text(call->work.arena, last);
			if (!networks_hold(networks, client))
				return client;
		} while (more);
	}
	return client;
}

static bool
split(const char *where, char *host, size_t room, const char **port)
{
	const char *colon = strrchr(where, ':');
	size_t n;

	if (!colon || !colon[1])
		return false;
	*port = colon + 1;
	n = (size_t)(colon - where);
	if (n >= 2 && where[0] == '[' && where[n - 1] == ']') {
		where++;
		n -= 2;
	}
	if (n >= room)
		return false;
	memcpy(host, where, n);
	host[n] = '\0';
	return true;
}

static int
bind_to(const struct addrinfo *info)
{
	int on = 1;
	int fd = socket(info->ai_family,
		info->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, info->ai_protocol);

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0
		&& bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, 1024) == 0)
		return fd;
	close(fd);
	return -1;
}

int
peer_port(int fd)
{
	struct sockaddr_in6 address = { 0 };
	socklen_t size = sizeof(address);

	/* The port lies at the same place in both families. */
	if (getsockname(fd, (struct sockaddr *)(void *)&address, &size) != 0)
		return 0;
	return ntohs(address.sin6_port);
}

enum result
peer_listen(const char *where, int *fd, int *port)
{
	struct addrinfo hints = {
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *found = NULL;
	const char *service;
	char host[256];
	int trouble;

	*fd = -1;
	if (!split(where, host, sizeof(host), &service)) {
		log_error("http: \"%s\" is no address to listen on; write HOST:PORT", where);
		return FAULT;
	}
	trouble = getaddrinfo(*host ? host : NULL, service, &hints, &found);
	if (trouble) {
		log_error("http: cannot listen on %s: %s", where, gai_strerror(trouble));
		return FAULT;
	}
	for (struct addrinfo *info = found; info && *fd < 0; info = info->ai_next)
		*fd = bind_to(info);
	trouble = errno;
	freeaddrinfo(found);
	if (*fd < 0) {
		log_error("http: cannot listen on %s: %s", where, strerror(trouble));
		return FAULT;
	}
	*port = peer_port(*fd);
	return OK;
}
