#pragma once
/*
 * call - a request without a socket, the routes it can take, and its lanes.
 *
 * http/ fills in a struct call and hands it to call_run(); tests and the control
 * socket do the same.  A route names up to four steps, each in a lane:
 *
 *   HERE   on the thread that has the call, without a database
 *   READ   on the same thread, in a read transaction of the face's store
 *   SLOW   on a small pool of threads, without a database
 *   WRITE  on the store's writer thread, inside a savepoint
 *   WAIT   in a read transaction, again and again; in between it holds no thread
 *
 * Before the first step the face finds out who asks and whether the route may
 * be taken at all; before each WRITE step it looks again.  A step that does not
 * answer OK ends the call; its unit is rolled back; the face prints the failure.
 *
 * A WAIT step runs in memory of its own, on a call that is a copy of the real one but
 * for out, data and heard, after who asks was looked at anew.  When it sets waits, what
 * is in out is sent as one message, and the step runs again within a second; wait.h
 * says how it is told something.  Only calls with streams may take such a route.
 */
#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "engine/access.h"
#include "engine/work.h"

enum method { GET = 1, POST = 2, PUT = 4, PATCH = 8, DELETE = 16, OPTIONS = 32 };
enum lane { LANE_END, HERE, READ, SLOW, WRITE, WAIT };

/* Who may take a route at all.  What they may see is decided by access. */
enum need {
	NEED_USER,   /* personal: any valid session; clinic: any valid token or staff */
	NEED_ADMIN,
	NEED_NOBODY  /* public */
};

enum body { BODY_NONE, BODY_JSON, BODY_FORM, BODY_FILE, BODY_OPTIONAL };

struct step {
	enum lane lane;
	enum result (*run)(struct work *w);
};

/* A query parameter, for reading, OpenAPI and docs alike. */
struct parameter {
	const char *name;
	enum type type;       /* TYPE_TEXT, TYPE_WHOLE, TYPE_BOOL, TYPE_DATE, TYPE_MOMENT */
	const char *initial;  /* default as text; NULL none */
	double min, max;      /* of whole numbers; both 0: none */
	bool required;
	bool repeated;
	const char *help;
};

struct route {
	enum method method;
	const char *path;      /* below the face's prefix: "/medications/{id}" */
	enum need need;
	enum body body;
	struct step steps[4];
	const struct record *rec;      /* the record it serves, if any */
	const char *scope;             /* clinic: "read:patients"; NULL none */
	const struct parameter *query; /* ends with {0}; may be NULL */
	const char *summary;           /* one sentence, for the docs */
	const struct record *input;    /* OpenAPI: body by this record; NULL: rec */
	const char *about;             /* OpenAPI: longer words; NULL none */
	size_t max_body;               /* bytes; 0: 1 MiB */
	int ok;                        /* status of success; 0: 200 */
};

struct face {
	const char *name;      /* "personal" */
	const char *prefix;    /* "/api/v1" */
	const struct route *const *tables; /* arrays ending with {0}; the list ends with NULL */
	const struct catalog *catalog;
	struct store *store;
	/* Who asks: fills w->actor from the call's credentials; NOBODY when there are
	 * none; DENIED with a failure when they are bad.  In a read transaction. */
	enum result (*who)(struct work *w);
	/* Whether w->actor may take w->call->route (need, scope, CSRF); in a read
	 * transaction; and again, inside the writer's. */
	enum result (*admit)(struct work *w);
	access_rule *access;
	/* Prints the failure of w into the call's answer. */
	void (*explain)(struct work *w, enum result result);
	void *state;           /* the face's own: caches, keys */
};

struct pair {
	const char *name, *value;
};

/* The file of a BODY_FILE (multipart/form-data, member "file"); its bytes are the body's. */
struct upload {
	const char *name, *type; /* as the sender says; NULL: nothing */
	const char *bytes;       /* NULL: there was none */
	size_t n;
};

/* What is done when a call has come to a good end, its writes on disk. */
struct later {
	struct later *next;
	void (*run)(struct work *w, void *arg);
	void *arg;
};

struct wait;

struct call {
	struct work work; /* work.call points back here; its arena owns all of this */

	/* The request. */
	enum method method;
	bool head;              /* HEAD: as GET, the body is not sent */
	const char *path;       /* decoded, without query */
	const char *peer;       /* address as text, of the client (trusted proxy applied) */
	bool tls;
	struct pair *query;     /* decoded, in order */
	size_t n_query;
	struct pair *headers;   /* names in lower case */
	size_t n_headers;
	char *body;
	size_t n_body;

	/* Found on the way. */
	struct face *face;
	const struct route *route;
	const char *params[4];  /* values of {..} in the route's path */
	json_t *json;           /* the parsed body of BODY_JSON; owned */
	struct pair *form;      /* the parsed body of BODY_FORM */
	size_t n_form;
	struct upload upload;   /* the file of BODY_FILE */
	void *data;             /* from one step to the next */
	struct row *row;        /* the row the call is about, likewise */
	struct later *later;    /* call_later() */
	int step;
	enum result result;
	const struct route *taken; /* the one it began with, should a step change it */
	struct wait *place;     /* among those that wait; wait.h's */
	json_t *heard;          /* what the client was asked and has answered; owned */
	const char *asks;       /* the answer is a question, with this key; NULL it is none */

	/* The answer. */
	int status;             /* 0 until set; then route->ok or 200 */
	struct text out;
	const char *type;       /* media type; NULL: application/json */
	struct pair answer[12]; /* headers */
	size_t n_answer;
	bool no_body;           /* 204, 304 */

	/* Set by http: called on any thread when a waiting call can go on. */
	void (*resume)(struct call *call);
	void *conn;
	/* Set by call_run: the unit in the queue of a lane. */
	void *queued;
	bool done;
	/* To be begun again: its writes came to nothing, or it has heard what it asked for. */
	bool over;
	bool streams;           /* set by http: what a WAIT step says can be sent at once */
	bool waits;             /* set by a WAIT step: send out, and run it again */
	bool again;             /* a look of a WAIT step: the request was counted */
	int runs;
	bool away;              /* the database was out of reach */
	atomic_int waiting;
};

/* The memory of calls, one after another: when one has taken more than its ration,
 * the database gives it nothing more and it ends with 413 (call_run). */
struct arena *call_memory(void);

/* Static facts of the running server, for handlers. */
struct settings {
	const char *dir;
	const char *database;     /* URL of PostgreSQL; NULL: files in dir */
	bool database_pooled;     /* behind a pooler in transaction mode */
	int database_writers;     /* connections that write, for each store; 0: 4 */
	const char *origin;       /* "http://127.0.0.1:8080": what a browser sees */
	int port;
	bool tls;
	bool allow_registration;
	bool rate_limit;
	int requests_per_second;  /* of one person; 100 */
	int password_min;
	int token_minutes;        /* absolute lifetime of a session; 480 */
	const char *static_dir;   /* NULL none */
	const char *const *cors;  /* origins allowed, ends with NULL; NULL none */
};
extern struct settings settings;

/* Starts the SLOW pool. */
MUST_CHECK enum result call_start(int slow_threads);
void call_stop(void);

/* Finds face, route and params for method and path; sets call->failure and
 * status 404/405 (with Allow) when there is none. */
MUST_CHECK enum result call_route(struct call *call, struct face *const *faces);
/*
 * Runs the call as far as it goes on this thread.  True: finished, the answer is
 * complete.  False: it waits in a lane; call->resume will be called once, then
 * call_run() must be called again.
 */
bool call_run(struct call *call);
/* Runs a call to its end on this thread, waiting where it must (tests, control). */
void call_run_through(struct call *call);
/* For what cannot be undone, like removing a file: when the call has succeeded.  Outside
 * any transaction; arg must live as long as the call. */
void call_later(struct work *w, void (*run)(struct work *w, void *arg), void *arg);
void call_free(struct call *call); /* what the arena does not own: json, out */

const char *call_header(const struct call *call, const char *name); /* NULL: absent */
/* Whom limits count: the peer's address, of IPv6 the network of 64 bits, for whoever
 * has one such address has them all.  "" when it is not known. */
const char *call_network(struct call *call);
const char *call_query(const struct call *call, const char *name);  /* the last one; NULL */
const char *call_form(const struct call *call, const char *name);
/* Answer header; name and value must live as long as the call. */
void call_answer(struct call *call, const char *name, const char *value);

/* Query parameters by their declaration: a problem is reported when they break
 * it; the default is given when absent. */
int64_t call_whole(struct work *w, const char *name);
bool call_bool(struct work *w, const char *name);
/* A path id: MISSING (404 by the caller) when it is no 32-bit whole number > 0. */
bool call_id(const struct call *call, int param, int64_t *id);
/* An answer written elsewhere first does not fit: the call ends with 413. */
MUST_CHECK enum result call_too_much(struct work *w);
/* INVALID when problems have been reported, else OK. */
MUST_CHECK enum result call_sound(struct work *w);
