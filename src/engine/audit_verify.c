/*
 * audit_verify - walks each chain from its first entry and holds it against the
 * signed heads, so that edits, gaps, reordering and a cut end show.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/text.h"
#include "engine/audit_private.h"

struct check {
	void (*say)(void *arg, const char *line);
	void *arg;
	const char *store;
	uint8_t key[HASH_SIZE];
	size_t findings;
};

struct head {
	int64_t seq;
	char hash[HASH_HEX];
};

enum { HEADS_MOST = 1 << 20 };

static void
find(struct check *check, const char *what, int64_t seq)
{
	char line[200];

	(void)snprintf(line, sizeof(line), "%s: entry %lld %s", check->store, (long long)seq, what);
	check->say(check->arg, line);
	check->findings++;
}

/* The signed head of a line "store seq hash signature"; false when it is of
 * another store; a forged one is a finding. */
static bool
read_head(struct check *check, char *line, struct head *head)
{
	char store[32], hash[HASH_HEX], mac[HASH_HEX], want[HASH_HEX];
	uint8_t signature[HASH_SIZE];
	long long seq;
	const char *last;

	if (sscanf(line, "%31s %lld %64s %64s", store, &seq, hash, mac) != 4) {
		find(check, "is spoken of by a head that cannot be read", 0);
		return false;
	}
	if (strcmp(store, check->store) != 0)
		return false;
	last = strrchr(line, ' ');
	hash_hmac(check->key, line, (size_t)(last - line), signature);
	to_hex(signature, HASH_SIZE, want);
	if (!same_text(want, mac)) {
		find(check, "is spoken of by a head with a forged signature", seq);
		return false;
	}
	head->seq = seq;
	memcpy(head->hash, hash, sizeof(hash));
	return true;
}

/* All heads of the store, in file order. */
static size_t
read_heads(struct check *check, struct arena *arena, const char *dir, struct head **out)
{
	char path[600], line[400];
	size_t n = 0, room = 64;
	struct head *heads = arena_new(arena, room * sizeof(*heads));
	FILE *file;

	audit_heads_path(path, sizeof(path), dir);
	file = fopen(path, "re");
	while (file && n < HEADS_MOST && fgets(line, sizeof(line), file)) {
		if (n == room) {
			struct head *more = arena_new(arena, 2 * room * sizeof(*more));

			memcpy(more, heads, n * sizeof(*heads));
			heads = more;
			room *= 2;
		}
		if (read_head(check, line, &heads[n]))
			n++;
	}
	if (file)
		(void)fclose(file);
	*out = heads;
	return n;
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

static int
by_place(const void *a, const void *b)
{
	int64_t x = ((const struct head *)a)->seq, y = ((const struct head *)b)->seq;

	return (x > y) - (x < y);
}

/* Heads that speak of this entry must carry its hash.  The heads are in order of
 * their places; *next is the first not met yet. */
static void
meet_heads(struct check *check, const struct head *heads, size_t n, size_t *next, int64_t seq,
	const char *hash)
{
	for (; *next < n && heads[*next].seq <= seq; ++*next)
		if (heads[*next].seq < seq)
			find(check, "is spoken of by a signed head and is not there", heads[*next].seq);
		else if (strcmp(heads[*next].hash, hash) != 0)
			find(check, "is not the one its signed head speaks of", seq);
}

static int64_t
walk(struct check *check, struct query *query, const struct head *heads, size_t n_heads)
{
	uint8_t before[HASH_SIZE] = { 0 }, hash[HASH_SIZE];
	struct value cells[CELLS];
	char hex[HASH_HEX];
	size_t next = 0;
	int64_t last = 0;

	while (query_next(query)) {
		int64_t seq = query_whole(query, CELLS);
		const char *stored = query_text(query, CELLS + 1, NULL);

		read_cells(query, cells);
		if (seq != last + 1)
			find(check, "does not follow the one before it", seq);
		audit_hash(check->key, before, check->store, seq, cells, hash);
		to_hex(hash, HASH_SIZE, hex);
		if (!stored || strcmp(stored, hex) != 0)
			find(check, "does not match its hash", seq);
		meet_heads(check, heads, n_heads, &next, seq, hex);
		memcpy(before, hash, sizeof(before));
		last = seq;
	}
	return last;
}

size_t
audit_verify(struct db *db, const char *dir, const char *store,
	void (*say)(void *arg, const char *line), void *arg)
{
	struct arena *arena CLEANUP(arena_close) = arena_open(64u << 20);
	struct check check = { .say = say, .arg = arg, .store = store };
	struct query *query CLEANUP(query_drop) = NULL;
	struct head *heads = NULL;
	int64_t last, most = 0;
	size_t n;

	if (key_load(dir, "audit", check.key)) {
		find(&check, "cannot be checked: the key is not there", 0);
		return check.findings;
	}
	n = read_heads(&check, arena, dir, &heads);
	qsort(heads, n, sizeof(*heads), by_place);
	if (db_query(db, &query,
		    "SELECT " CELL_NAMES ", seq, hash FROM activity_log WHERE chain = $1 ORDER BY id",
		    ARGS(value_text(store)))) {
		find(&check, "cannot be read", 0);
		return check.findings;
	}
	last = walk(&check, query, heads, n);
	if (query_close(&query))
		find(&check, "cannot be read", last);
	for (size_t i = 0; i < n; i++)
		most = heads[i].seq > most ? heads[i].seq : most;
	if (most > last)
		find(&check, "is gone: the end of the chain was cut", most);
	return check.findings;
}
