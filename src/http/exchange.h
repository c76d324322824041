#pragma once
/*
 * exchange - one request and its answer on a connection; http's inside.
 *
 * A struct exchange is a struct call with what http needs around it.  It is
 * taken from the server's pool when the request line has come and given back
 * when libmicrohttpd says that the answer is out or the peer gone; libmicrohttpd
 * never says so of a suspended connection, so a waiting call keeps its memory.
 */
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "engine/call.h"
#include "http/link.h"
#include "http/peer.h"
#include "http/server.h"

enum exchange_state { RUNNING, SUSPENDED, RESUMED };

struct exchange {
	struct call call;
	struct exchange *next; /* in the pool */
	struct server *server;
	struct link *link;
	struct MHD_Connection *connection;
	struct arena *arena;
	struct text body, out; /* kept between requests while small */
	const char *target;    /* raw, as sent */
	atomic_int state;      /* enum exchange_state */
	int file;              /* the answer's body when not call.out; -1 none */
	off_t file_size;
	size_t cap;            /* of the body */
	size_t swallowed;      /* bytes of a refused body */
	bool begun;            /* the headers have been looked at */
	bool refused;          /* the answer is ready; the body is not wanted */
	bool started;          /* counted in server->answering */
	bool runs;             /* counted in server->running */
	bool close;            /* the connection ends with this answer */
	bool alone;            /* answered by http itself: no lanes */
	bool socket;           /* becomes a WebSocket */
};

struct pool {
	pthread_mutex_t lock;
	struct exchange *first;
	size_t n;
};

struct door;

struct server {
	struct MHD_Daemon *daemon;
	struct door *door;
	atomic_int inside; /* connections */
	struct server_options options;
	struct face *const *faces;
	struct networks trusted;
	struct links links;
	struct pool pool;
	int fd; /* listening */
	int port;
	bool tls;
	/* At stop no call may start any more, and those that have are waited for. */
	atomic_bool closing;
	atomic_int running;   /* calls between start and a queued answer */
	atomic_int answering; /* calls between start and an answer that is out */
	atomic_int resuming;  /* lanes inside MHD_resume_connection() */
};

struct exchange *exchange_take(struct pool *pool);
void exchange_give(struct pool *pool, struct exchange *exchange);
void pool_init(struct pool *pool);
void pool_close(struct pool *pool);

/* Queues the answer of the call with the headers every answer has. */
enum MHD_Result reply_send(struct exchange *exchange);
/* Makes the call's answer a refusal in its face's words, or ours. */
void reply_refuse(struct exchange *exchange, int status, const char *message);
/* The answer to a call that call_route() did not place. */
void reply_nowhere(struct exchange *exchange);
