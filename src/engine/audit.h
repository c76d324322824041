#pragma once
/*
 * audit - the append-only activity_log with its keyed hash chain.
 *
 * Each entry carries chain, seq and an HMAC-SHA-256 over itself and the one
 * before it.  A signed head is appended to DIR/audit-heads every minute and at
 * every stop.  Entries of writes go into the writer's transaction; entries of
 * reads are queued and are on disk within a second.
 */
#include <stdint.h>

#include "base/text.h"
#include "db/db.h"
#include "engine/record.h"
#include "engine/work.h"

struct audit;

struct entry {
	const char *action;      /* "created", "updated", "deleted", "read", "login" ... */
	const char *entity_type; /* "medication" */
	int64_t entity_id;       /* 0: null */
	int64_t patient;         /* 0: null */
	const char *description; /* names record types and ids, no health data */
	int64_t count;           /* rows of a list; 0: none; goes to event_metadata */
	const char *outcome;     /* "denied", "failed" ...; NULL: done */
};

/* Inside the writer's transaction (w->db is the writer's). */
MUST_CHECK enum result audit_add(struct work *w, const struct entry *entry);
/* From any thread, queued: FAULT (503) when there is no room or the disk is
 * full; then the read must not be answered. */
MUST_CHECK enum result audit_read(struct work *w, const struct entry *entry);

/* For store.c: the log of a store.  The key is DIR/keys/audit. */
MUST_CHECK enum result audit_open(struct audit **out, const char *dir, const char *store);
/*
 * Gives a writing connection its chain, before it writes.  On SQLite there is one,
 * by the store's name, that goes on for ever; on PostgreSQL each connection begins
 * one of its own at each start ("personal:2-<random>"), so that commits do not
 * wait for each other.
 */
MUST_CHECK enum result audit_join(struct audit *audit, struct db *writer);
void audit_close(struct audit **audit);
struct writer;
void audit_attach(struct audit *audit, struct writer *writer);
/* Where the chain stands, so that a unit that is rolled back takes its entries
 * with it.  On the writer's thread. */
struct audit_mark {
	int64_t seq;
	uint8_t hash[32];
};
struct audit_mark audit_mark(struct audit *audit, const struct db *writer);
void audit_revert(struct audit *audit, const struct db *writer, const struct audit_mark *mark);
/* Appends the signed heads of the chains as committed to DIR/audit-heads. */
void audit_head(struct audit *audit);
enum result audit_flush(void *audit, struct db *db); /* a writer_flush */
/* a writer_after */
void audit_after(void *audit, struct db *db, bool committed);

/* Checks every entry against its chain and the chains against the heads; each
 * finding goes to say(); the number of findings. */
size_t audit_verify(struct db *db, const char *dir, const char *store,
	void (*say)(void *arg, const char *line), void *arg);
