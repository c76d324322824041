#pragma once
/*
 * work - one unit of work: who asks, when, in which store, with what memory,
 * and what went wrong.  Every function of the engine that touches data takes it.
 *
 * w->db is a connection inside a transaction: a reading one in the READ lane, the
 * writer's inside a savepoint in the WRITE lane, NULL elsewhere.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/result.h"
#include "db/db.h"
#include "engine/problem.h"

struct call;
struct row;
struct store;

enum actor_kind { NOBODY, USER, CLIENT, SYSTEM };

struct actor {
	enum actor_kind kind;
	int64_t id;           /* users.id or oauth_clients.id */
	int64_t session;      /* sessions.id; 0 for none */
	const char *name;     /* username or client_id */
	const char *role;     /* "admin", "user", "doctor" ... */
	const char *scopes;   /* clinic: blank-separated, blank at both ends */
	int64_t patient;      /* clinic: the patient it is bound to; 0 none */
	int64_t active_patient; /* personal: users.active_patient_id; 0 none */
	bool admin;           /* role is admin (or administrator), any case */
	bool by_cookie;       /* credentials came in a cookie */
	bool held;            /* personal: must first change a password given once */
};

/* The sentence and status of an answer that is not OK. */
struct failure {
	int status;        /* HTTP; 0: follows from the result */
	const char *code;  /* the face's word ("NOT-404"); NULL: follows from status */
	const char *message;
	const char *description; /* NULL: the face's default */
	int retry_after;   /* seconds; 0 none */
};

/* The last question about a patient that access.h answered with no. */
struct refusal {
	const char *entity; /* NULL: none, or a later one was answered with yes */
	int64_t patient, id;
};

struct work {
	struct arena *arena;
	struct store *store;
	struct db *db;
	struct call *call; /* NULL for commands */
	struct actor actor;
	int64_t now;       /* µs since 1970 UTC; one moment for the whole unit */
	struct problems problems;
	struct failure failure;
	const struct row *subject; /* the stored row access is asked about; NULL none */
	struct refusal refusal;
	void *memo;        /* print.c's: rows printed inside rows */
	bool importing;    /* rules of the request do not refuse (personal-api 0.1) */
	bool quiet;        /* no audit entry per row: the caller writes one */
};

/* A work outside any call (commands, tests); the arena is the caller's. */
struct work work_new(struct arena *arena, struct store *store);

/* Sets the sentence and answers the result, so that one can
 * `return fail(w, CONFLICT, "This pharmacy is still in use.");` */
enum result fail(struct work *w, enum result result, const char *message);
/* With an explicit HTTP status: `return fail_as(w, 400, "BAD-400", "...");`
 * code NULL: the face derives it.  Answers the result that fits the status. */
enum result fail_as(struct work *w, int status, const char *code, const char *message);
/* The n-th bind value list, for short calls: ARGS(value_whole(id)). */
#define ARGS(...)                                                                      \
	(const struct value[]){ __VA_ARGS__ }, COUNT(((const struct value[]){ __VA_ARGS__ }))
