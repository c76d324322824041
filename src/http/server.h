#pragma once
/*
 * server - sockets and TLS: turns HTTP into struct calls and back.
 *
 * Knows no medicine.  May use everything below it.
 */
#include "engine/call.h"

struct server;

struct server_options {
	const char *listen;         /* "127.0.0.1:8080", "[::1]:0" */
	int fd;                     /* of server_listen(), from now on ours; 0: none */
	const char *tls_cert;       /* files; both or none */
	const char *tls_key;
	const char *trusted_proxy;  /* "10.0.0.0/8,127.0.0.1/32"; NULL none */
	int threads;                /* 0: 2 */
	struct face *const *faces;  /* ends with NULL */
};

/* A socket bound before there is a server, for whoever needs its port first. */
MUST_CHECK enum result server_listen(const char *listen, int *fd, int *port);
MUST_CHECK enum result server_open(struct server **out, const struct server_options *options);
/* No new connections, waiting calls answered, threads stopped. */
void server_close(struct server **server);
int server_port(const struct server *server);
/* Reads certificate and key again; FAULT keeps the old ones. */
MUST_CHECK enum result server_reload_tls(struct server *server);
