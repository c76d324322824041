/*
 * audit - entries and their chain.
 *
 * Entries of writes are inserted at once, in the unit's savepoint; when the
 * unit is rolled back, audit_revert() takes the chain back with it.  Entries of
 * reads wait as bytes in a bounded buffer and are inserted by the writer's next
 * group, at the latest half a second later; of several writing connections by
 * the one that comes first.
 */
#include "engine/audit.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/log.h"
#include "base/moment.h"
#include "db/writer.h"
#include "engine/audit_private.h"
#include "engine/call.h"
#include "engine/store.h"

enum {
	WAITING_MOST = 8 << 20, /* bytes of entries of reads that may wait */
	WAITING_MANY = 1 << 20, /* from here on the writer is woken at once */
	AGENT_MOST = 200,
	HEAD_EVERY = 60,        /* seconds */
	CHAIN_RANDOM = 8
};

/* Of one writing connection, and touched by its thread only. */
struct chain {
	const struct db *db;
	char name[CHAIN_NAME];
	struct audit_mark now, committed;
	bool flushed;    /* .taken is in this group's transaction */
	int64_t head_at; /* µs, monotonic */
};

struct audit {
	char store[32];
	char dir[512];
	uint8_t key[HASH_SIZE];
	struct writer *writer;
	struct chain chains[WRITER_THREADS];
	size_t n_chains;
	pthread_mutex_t lock; /* guards what follows */
	struct text waiting;
	struct text taken;      /* the taker's, while there is one */
	const struct db *taker; /* whose group inserts it */
};

/* ---- the chain ---- */

void
audit_heads_path(char *out, size_t n, const char *dir)
{
	(void)snprintf(out, n, "%s/audit-heads", dir);
}

static void
add_bytes(struct text *out, const void *bytes, size_t n)
{
	uint64_t length = n;

	text_put(out, (const char *)&length, sizeof(length));
	text_put(out, bytes, n);
}

void
audit_hash(const uint8_t key[32], const uint8_t before[32], const char *chain, int64_t seq,
	const struct value cells[CELLS], uint8_t out[32])
{
	struct text all CLEANUP(text_close) = { 0 };

	text_put(&all, (const char *)before, HASH_SIZE);
	add_bytes(&all, chain, strlen(chain));
	add_bytes(&all, &seq, sizeof(seq));
	for (size_t i = 0; i < CELLS; i++) {
		text_char(&all, (char)('0' + cells[i].kind));
		if (cells[i].kind == VALUE_WHOLE)
			add_bytes(&all, &cells[i].whole, sizeof(cells[i].whole));
		else if (cells[i].kind == VALUE_TEXT)
			add_bytes(&all, cells[i].text, cells[i].len);
	}
	assert(!all.full);
	hash_hmac(key, all.at, all.len, out);
}

static struct chain *
chain_of(struct audit *audit, const struct db *db)
{
	for (size_t i = 0; i < audit->n_chains; i++)
		if (audit->chains[i].db == db)
			return &audit->chains[i];
	abort(); /* it never joined */
}

struct audit_mark
audit_mark(struct audit *audit, const struct db *writer)
{
	return chain_of(audit, writer)->now;
}

void
audit_revert(struct audit *audit, const struct db *writer, const struct audit_mark *mark)
{
	chain_of(audit, writer)->now = *mark;
}

static enum result
insert(struct audit *audit, struct db *db, const struct value cells[CELLS])
{
	static const char sql[] = "INSERT INTO activity_log (" CELL_NAMES ", chain, seq, hash) "
				  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
	struct chain *chain = chain_of(audit, db);
	struct value args[LOG_COLUMNS];
	struct audit_mark next;
	char hex[HASH_HEX];
	enum result r;

	next.seq = chain->now.seq + 1;
	audit_hash(audit->key, chain->now.hash, chain->name, next.seq, cells, next.hash);
	to_hex(next.hash, HASH_SIZE, hex);
	memcpy(args, cells, CELLS * sizeof(*cells));
	args[CELLS] = value_text(chain->name);
	args[CELLS + 1] = value_whole(next.seq);
	args[CELLS + 2] = value_text(hex);
	if ((r = db_run_later(db, sql, args, LOG_COLUMNS)))
		return r;
	chain->now = next;
	return OK;
}

/* ---- an entry ---- */

static struct value
number_or_null(int64_t n)
{
	return n ? value_whole(n) : value_null();
}

/* What has no column of its own: the client, its role, a count, the outcome. */
static struct value
metadata(struct work *w, const struct entry *entry)
{
	struct text out CLEANUP(text_close) = { 0 };
	const struct actor *actor = &w->actor;

	if (actor->kind != CLIENT && actor->kind != USER && !entry->count && !entry->outcome)
		return value_null();
	json_open(&out, '{');
	if (actor->kind == CLIENT)
		json_put_text(&out, "client", actor->name);
	if (actor->kind == USER && entry->outcome == NULL && w->call && w->call->face
		&& strcmp(w->call->face->name, "clinic") == 0)
		json_put_text(&out, "user", actor->name);
	if (actor->role && actor->kind == CLIENT)
		json_put_text(&out, "role", actor->role);
	if (entry->count)
		json_put_whole(&out, "count", entry->count);
	if (entry->outcome)
		json_put_text(&out, "outcome", entry->outcome);
	json_close(&out, '}');
	return out.len > 2 ? value_text(arena_copy(w->arena, out.at, out.len)) : value_null();
}

static const char *
agent_of(struct work *w)
{
	const char *agent = w->call ? call_header(w->call, "user-agent") : NULL;
	size_t n;

	if (!agent)
		return NULL;
	n = strlen(agent);
	return utf8_valid(agent, n) && n > AGENT_MOST ? arena_copy(w->arena, agent, AGENT_MOST)
		: utf8_valid(agent, n)                ? agent
						      : NULL;
}

static void
fill(struct work *w, const struct entry *entry, char when[MOMENT_SIZE], struct value cells[CELLS])
{
	moment_store(w->now, when);
	cells[CELL_USER] = w->actor.kind == USER ? number_or_null(w->actor.id) : value_null();
	cells[CELL_PATIENT] = number_or_null(entry->patient);
	cells[CELL_ACTION] = value_text(entry->action);
	cells[CELL_TYPE] = value_text(entry->entity_type);
	cells[CELL_ENTITY] = number_or_null(entry->entity_id);
	cells[CELL_DESCRIPTION] = value_text(entry->description ? entry->description : "");
	cells[CELL_METADATA] = metadata(w, entry);
	cells[CELL_ADDRESS] = value_text(w->call ? w->call->peer : NULL);
	cells[CELL_AGENT] = value_text(agent_of(w));
	cells[CELL_WHEN] = value_text(when);
}

enum result
audit_add(struct work *w, const struct entry *entry)
{
	struct value cells[CELLS];
	char when[MOMENT_SIZE];

	fill(w, entry, when, cells);
	return insert(store_audit(w->store), w->db, cells);
}

/* ---- entries that may wait ---- */

static void
pack(struct text *out, const struct value cells[CELLS])
{
	for (size_t i = 0; i < CELLS; i++) {
		uint32_t n = (uint32_t)cells[i].len;

		text_char(out, (char)cells[i].kind);
		if (cells[i].kind == VALUE_WHOLE) {
			text_put(out, (const char *)&cells[i].whole, sizeof(int64_t));
		} else if (cells[i].kind == VALUE_TEXT) {
			text_put(out, (const char *)&n, sizeof(n));
			text_put(out, cells[i].text, n + 1);
		}
	}
}

static const char *
unpack(const char *at, struct value cells[CELLS])
{
	for (size_t i = 0; i < CELLS; i++) {
		uint32_t n;

		cells[i] = value_null();
		cells[i].kind = (enum value_kind)*at++;
		if (cells[i].kind == VALUE_WHOLE) {
			memcpy(&cells[i].whole, at, sizeof(int64_t));
			at += sizeof(int64_t);
		} else if (cells[i].kind == VALUE_TEXT) {
			memcpy(&n, at, sizeof(n));
			cells[i].text = at + sizeof(n);
			cells[i].len = n;
			at += sizeof(n) + n + 1;
		}
	}
	return at;
}

static enum result
wake_up(struct job *job, struct db *db)
{
	(void)job;
	(void)db;
	return OK;
}

static void
woken(struct job *job, enum result r)
{
	(void)r;
	free(job);
}

/* Much is waiting: do not sleep out the half second. */
static void
hurry(struct audit *audit)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		return;
	job->run = wake_up;
	job->done = woken;
	if (!writer_put(audit->writer, job))
		free(job);
}

enum result
audit_read(struct work *w, const struct entry *entry)
{
	struct audit *audit = store_audit(w->store);
	struct value cells[CELLS];
	char when[MOMENT_SIZE];
	size_t before, after;
	bool room;

	if (!audit->writer || writer_full(audit->writer)) {
		w->failure = (struct failure){ .status = 503, .retry_after = 5 };
		return FAULT;
	}
	fill(w, entry, when, cells);
	pthread_mutex_lock(&audit->lock);
	before = audit->waiting.len;
	pack(&audit->waiting, cells);
	room = !audit->waiting.full;
	if (!room) {
		audit->waiting.len = before;
		audit->waiting.full = false;
	}
	after = audit->waiting.len;
	pthread_mutex_unlock(&audit->lock);
	if (before == 0)
		writer_nudge(audit->writer);
	if (before < WAITING_MANY && after >= WAITING_MANY)
		hurry(audit);
	if (room)
		return OK;
	w->failure = (struct failure){ .status = 503, .retry_after = 1 };
	return FAULT;
}

/* Whether this connection is the one to insert what waits.  Entries taken by a
 * group that failed stay in .taken and come first again. */
static bool
take(struct audit *audit, const struct db *db)
{
	bool mine;

	pthread_mutex_lock(&audit->lock);
	mine = !audit->taker;
	if (mine && audit->taken.len == 0) {
		struct text empty = audit->taken;

		audit->taken = audit->waiting;
		audit->waiting = empty;
	}
	mine = mine && audit->taken.len > 0;
	if (mine)
		audit->taker = db;
	pthread_mutex_unlock(&audit->lock);
	return mine;
}

enum result
audit_flush(void *arg, struct db *db)
{
	struct audit *audit = arg;
	struct chain *chain = chain_of(audit, db);
	struct audit_mark mark = chain->now;
	struct value cells[CELLS];
	enum result r = OK;

	if (!take(audit, db))
		return OK;
	for (const char *at = audit->taken.at, *end = at + audit->taken.len; at < end && !r;) {
		at = unpack(at, cells);
		r = insert(audit, db, cells);
	}
	if (!r)
		r = db_settle(db);
	chain->flushed = r == OK;
	if (r)
		chain->now = mark;
	return r;
}

/* ---- heads ---- */

/* "chain seq hash signature": the signature is the HMAC over what is before. */
static void
give_head(const struct audit *audit, const struct chain *chain)
{
	char path[600], hash[HASH_HEX], mac[HASH_HEX], line[400];
	uint8_t signature[HASH_SIZE];
	int n, fd;

	if (chain->committed.seq == 0)
		return;
	to_hex(chain->committed.hash, HASH_SIZE, hash);
	n = snprintf(line, sizeof(line), "%s %lld %s", chain->name,
		(long long)chain->committed.seq, hash);
	hash_hmac(audit->key, line, (size_t)n, signature);
	to_hex(signature, HASH_SIZE, mac);
	n = snprintf(line, sizeof(line), "%s %lld %s %s\n", chain->name,
		(long long)chain->committed.seq, hash, mac);
	audit_heads_path(path, sizeof(path), audit->dir);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, line, (size_t)n) != n || fdatasync(fd))
		log_error("audit: the head of the %s chain cannot be written: %s", chain->name,
			strerror(errno));
	if (fd >= 0)
		close(fd);
}

void
audit_head(struct audit *audit)
{
	for (size_t i = 0; i < audit->n_chains; i++)
		give_head(audit, &audit->chains[i]);
}

static void
name_chain(const struct audit *audit, struct chain *chain)
{
	uint8_t random[CHAIN_RANDOM];
	char store[sizeof(audit->store)], hex[2 * CHAIN_RANDOM + 1];

	memcpy(store, audit->store, sizeof(store));
	random_bytes(random, sizeof(random));
	to_hex(random, sizeof(random), hex);
	(void)snprintf(chain->name, sizeof(chain->name), "%s:%zu-%s", store,
		(size_t)(chain - audit->chains) + 1, hex);
}

/* A commit that was cut may have been done, or be done yet: whichever it is, nothing
 * may follow in its chain. */
static void
leave_chain(struct audit *audit, struct chain *chain)
{
	give_head(audit, chain);
	name_chain(audit, chain);
	chain->now = chain->committed = (struct audit_mark){ 0 };
	chain->head_at = moment_monotonic();
}

void
audit_after(void *arg, struct db *db, bool committed)
{
	struct audit *audit = arg;
	struct chain *chain = chain_of(audit, db);

	pthread_mutex_lock(&audit->lock);
	if (audit->taker == db) {
		audit->taker = NULL;
		if (committed && chain->flushed)
			audit->taken.len = 0;
	}
	pthread_mutex_unlock(&audit->lock);
	chain->flushed = false;
	if (!committed) {
		chain->now = chain->committed;
		if (db_dialect(db) == POSTGRES && !db_passing(db))
			leave_chain(audit, chain);
		return;
	}
	chain->committed = chain->now;
	if (moment_monotonic() - chain->head_at >= (int64_t)HEAD_EVERY * 1000000) {
		chain->head_at = moment_monotonic();
		give_head(audit, chain);
	}
}

/* ---- open and close ---- */

static bool
from_hex(const char *hex, uint8_t out[HASH_SIZE])
{
	for (size_t i = 0; i < HASH_SIZE; i++) {
		unsigned byte;

		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return false;
		out[i] = (uint8_t)byte;
	}
	return true;
}

static enum result
find_end(struct chain *chain, struct db *db)
{
	struct query *query CLEANUP(query_drop) = NULL;
	const char *hash;
	enum result r;

	if ((r = db_query(db, &query,
		     "SELECT seq, hash FROM activity_log WHERE chain = $1 ORDER BY id DESC LIMIT 1",
		     ARGS(value_text(chain->name)))))
		return r;
	if (!query_next(query))
		return query_close(&query);
	chain->now.seq = query_whole(query, 0);
	hash = query_text(query, 1, NULL);
	if (!hash || strlen(hash) != HASH_HEX - 1 || !from_hex(hash, chain->now.hash)) {
		log_error("audit: the last entry of the %s chain has no hash", chain->name);
		return FAULT;
	}
	chain->committed = chain->now;
	return query_close(&query);
}

enum result
audit_join(struct audit *audit, struct db *writer)
{
	struct chain *chain = &audit->chains[audit->n_chains];

	if (audit->n_chains == COUNT(audit->chains))
		return FAULT;
	audit->n_chains++;
	chain->db = writer;
	/* The first commit gives a head: a chain that no head speaks of could be taken
	 * away whole. */
	chain->head_at = moment_monotonic() - (int64_t)HEAD_EVERY * 1000000;
	if (db_dialect(writer) == SQLITE) {
		memcpy(chain->name, audit->store, sizeof(audit->store));
		return find_end(chain, writer);
	}
	name_chain(audit, chain);
	return OK;
}

enum result
audit_open(struct audit **out, const char *dir, const char *store)
{
	struct audit *audit = calloc(1, sizeof(*audit));
	enum result r;

	if (!audit)
		abort();
	(void)snprintf(audit->store, sizeof(audit->store), "%s", store);
	(void)snprintf(audit->dir, sizeof(audit->dir), "%s", dir);
	audit->waiting.cap = audit->taken.cap = WAITING_MOST;
	pthread_mutex_init(&audit->lock, NULL);
	if ((r = key_load(dir, "audit", audit->key))) {
		audit_close(&audit);
		return r;
	}
	*out = audit;
	return OK;
}

void
audit_attach(struct audit *audit, struct writer *writer)
{
	audit->writer = writer;
}

void
audit_close(struct audit **audit)
{
	if (!*audit)
		return;
	audit_head(*audit);
	text_close(&(*audit)->waiting);
	text_close(&(*audit)->taken);
	pthread_mutex_destroy(&(*audit)->lock);
	free(*audit);
	*audit = NULL;
}
