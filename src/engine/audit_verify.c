/*
 * audit_verify - walks all chains together, each from its first entry, and holds
 * them against the signed heads, so that edits, gaps, reordering and a cut end show.
 *
 * Entries of one chain have rising ids, so one pass in the order of ids meets each
 * chain in its own order.  It is made page by page: a log may be large.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/text.h"
#include "engine/audit_private.h"

enum { HEADS_MOST = 1 << 20, PAGE = 2000 };

struct head {
	char chain[CHAIN_NAME];
	int64_t seq;
	char hash[HASH_HEX];
};

/* How far a chain has been walked. */
struct walked {
	struct walked *next;
	char name[CHAIN_NAME];
	int64_t last;
	uint8_t hash[HASH_SIZE];
	const struct head *head, *end; /* not met yet, in order of their places */
};

struct check {
	void (*say)(void *arg, const char *line);
	void *arg;
	const char *store;
	struct arena *arena;
	uint8_t key[HASH_SIZE];
	struct head *heads; /* by chain, then place */
	size_t n_heads;
	struct walked *chains;
	size_t findings;
};

static void
find(struct check *check, const char *chain, const char *what, int64_t seq)
{
	char line[200];

	(void)snprintf(line, sizeof(line), "%s: entry %lld %s", chain, (long long)seq, what);
	check->say(check->arg, line);
	check->findings++;
}

/* ---- heads ---- */

/* Chains are named by their store, alone or before a colon. */
static bool
of_store(const struct check *check, const char *chain)
{
	size_t n = strlen(check->store);

	return strncmp(chain, check->store, n) == 0 && (chain[n] == '\0' || chain[n] == ':');
}

/* The signed head of a line "chain seq hash signature"; false when it is of
 * another store; a forged one is a finding. */
static bool
read_head(struct check *check, char *line, struct head *head)
{
	char mac[HASH_HEX], want[HASH_HEX];
	uint8_t signature[HASH_SIZE];
	long long seq;
	const char *last;

	if (sscanf(line, "%63s %lld %64s %64s", head->chain, &seq, head->hash, mac) != 4) {
		find(check, check->store, "is spoken of by a head that cannot be read", 0);
		return false;
	}
	if (!of_store(check, head->chain))
		return false;
	last = strrchr(line, ' ');
	hash_hmac(check->key, line, (size_t)(last - line), signature);
	to_hex(signature, HASH_SIZE, want);
	if (!same_text(want, mac)) {
		find(check, head->chain, "is spoken of by a head with a forged signature", seq);
		return false;
	}
	head->seq = seq;
	return true;
}

static int
by_place(const void *a, const void *b)
{
	const struct head *x = a, *y = b;
	int order = strcmp(x->chain, y->chain);

	return order ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

static void
read_heads(struct check *check, const char *dir)
{
	char path[600], line[400];
	size_t room = 64;
	FILE *file;

	check->heads = arena_new(check->arena, room * sizeof(*check->heads));
	audit_heads_path(path, sizeof(path), dir);
	file = fopen(path, "re");
	while (file && check->n_heads < HEADS_MOST && fgets(line, sizeof(line), file)) {
		if (check->n_heads == room) {
			struct head *more = arena_new(check->arena, 2 * room * sizeof(*more));

			memcpy(more, check->heads, room * sizeof(*more));
			check->heads = more;
			room *= 2;
		}
		if (read_head(check, line, &check->heads[check->n_heads]))
			check->n_heads++;
	}
	if (file)
		(void)fclose(file);
	qsort(check->heads, check->n_heads, sizeof(*check->heads), by_place);
}

/* ---- chains ---- */

/* The one met last is looked at first: most entries follow one of their own. */
static struct walked *
chain_by(struct check *check, const char *name)
{
	struct walked **at = &check->chains, *chain;

	while (*at && strcmp((*at)->name, name) != 0)
		at = &(*at)->next;
	chain = *at;
	if (chain) {
		*at = chain->next;
	} else {
		chain = arena_new(check->arena, sizeof(*chain));
		(void)snprintf(chain->name, sizeof(chain->name), "%s", name);
		for (size_t i = 0; i < check->n_heads; i++)
			if (strcmp(check->heads[i].chain, chain->name) == 0) {
				chain->head = chain->head ? chain->head : &check->heads[i];
				chain->end = &check->heads[i] + 1;
			}
	}
	chain->next = check->chains;
	check->chains = chain;
	return chain;
}

static void
read_cells(struct query *query, struct value cells[CELLS])
{
	for (size_t i = 0; i < CELLS; i++) {
		switch (query_kind(query, i)) {
		case VALUE_WHOLE:
			cells[i] = value_whole(query_whole(query, i));
			break;
		case VALUE_TEXT:
			cells[i] = value_text(query_text(query, i, NULL));
			break;
		case VALUE_NULL:
		case VALUE_NUMBER:
			cells[i] = value_null();
			break;
		}
	}
}

/* Heads that speak of this entry must carry its hash. */
static void
meet_heads(struct check *check, struct walked *chain, int64_t seq, const char *hash)
{
	for (; chain->head != chain->end && chain->head->seq <= seq; chain->head++)
		if (chain->head->seq < seq)
			find(check, chain->name, "is spoken of by a signed head and is not there",
				chain->head->seq);
		else if (strcmp(chain->head->hash, hash) != 0)
			find(check, chain->name, "is not the one its signed head speaks of", seq);
}

static void
check_entry(struct check *check, struct query *query)
{
	int64_t seq = query_whole(query, CELLS);
	const char *stored = query_text(query, CELLS + 1, NULL);
	const char *name = query_text(query, CELLS + 2, NULL);
	struct walked *chain;
	struct value cells[CELLS];
	uint8_t hash[HASH_SIZE];
	char hex[HASH_HEX];

	if (!name || !of_store(check, name) || strlen(name) >= CHAIN_NAME) {
		find(check, check->store, "is in no chain of this store", seq);
		return;
	}
	chain = chain_by(check, name);
	read_cells(query, cells);
	if (seq != chain->last + 1)
		find(check, name, "does not follow the one before it", seq);
	audit_hash(check->key, chain->hash, chain->name, seq, cells, hash);
	to_hex(hash, HASH_SIZE, hex);
	if (!stored || strcmp(stored, hex) != 0)
		find(check, name, "does not match its hash", seq);
	meet_heads(check, chain, seq, hex);
	memcpy(chain->hash, hash, sizeof(hash));
	chain->last = seq;
}

/* One page of entries behind *id, which moves on; false at the end. */
static bool
walk(struct check *check, struct db *db, int64_t *id)
{
	struct query *query CLEANUP(query_drop) = NULL;
	size_t n = 0;

	if (db_query(db, &query,
		    "SELECT " CELL_NAMES ", seq, hash, chain, id FROM activity_log "
		    "WHERE id > $1 ORDER BY id LIMIT $2",
		    (const struct value[]){ value_whole(*id), value_whole(PAGE) }, 2)) {
		find(check, check->store, "cannot be read", 0);
		return false;
	}
	for (; query_next(query); n++) {
		*id = query_whole(query, CELLS + 3);
		check_entry(check, query);
	}
	if (query_close(&query)) {
		find(check, check->store, "cannot be read", 0);
		return false;
	}
	return n == PAGE;
}

/* What heads speak of and the log has no more: the last one of each chain. */
static void
miss_ends(struct check *check)
{
	for (size_t i = 0; i < check->n_heads; i++) {
		const struct head *head = &check->heads[i];

		if (i + 1 < check->n_heads && strcmp(head[1].chain, head->chain) == 0)
			continue;
		if (head->seq > chain_by(check, head->chain)->last)
			find(check, head->chain, "is gone: the end of the chain was cut", head->seq);
	}
}

size_t
audit_verify(struct db *db, const char *dir, const char *store,
	void (*say)(void *arg, const char *line), void *arg)
{
	struct arena *arena CLEANUP(arena_close) = arena_open(512u << 20);
	struct check check = { .say = say, .arg = arg, .store = store, .arena = arena };
	int64_t id = 0;

	if (key_load(dir, "audit", check.key)) {
		find(&check, store, "cannot be checked: the key is not there", 0);
		return check.findings;
	}
	read_heads(&check, dir);
	while (walk(&check, db, &id))
		;
	miss_ends(&check);
	return check.findings;
}
