#pragma once
/*
 * peer - addresses: where to listen, who is there, and whom we believe.
 *
 * X-Forwarded-For is believed only from peers inside the trusted networks, and
 * only back to the first address that is not one of them.
 */
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "engine/call.h"

enum { ADDRESS_SIZE = INET6_ADDRSTRLEN, MAX_NETWORKS = 32 };

struct network {
	struct in6_addr address; /* IPv4 as ::ffff:a.b.c.d */
	unsigned bits;           /* of the IPv6 form */
};

struct networks {
	struct network at[MAX_NETWORKS];
	size_t n;
};

/* "10.0.0.0/8,::1"; NULL or "" is none.  INVALID (logged) when it is no list. */
MUST_CHECK enum result networks_parse(struct networks *out, const char *list);
bool networks_hold(const struct networks *networks, const char *address);
/* The address as text; IPv4 in IPv6 as IPv4. */
void peer_name(const struct sockaddr *address, char out[ADDRESS_SIZE]);
/* The client behind trusted proxies, from call->headers; peer when none. */
const char *peer_client(const struct networks *networks, const struct call *call, const char *peer);
/* A listening socket for "127.0.0.1:8080", "[::1]:0", "localhost:80"; *port is the
 * one it got.  FAULT (logged) when it cannot be had. */
/* The port a socket is bound to. */
int peer_port(int fd);
MUST_CHECK enum result peer_listen(const char *where, int *fd, int *port);
