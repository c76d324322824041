#pragma once
/*
 * catalog - all records of one store, checked at start, with what is derived
 * from them once: column lists, SQL, JSON keys.
 */
#include "engine/record.h"

struct catalog {
	const char *name;                   /* "personal", "clinic": file and schema */
	const struct record *const *records; /* ends with NULL; parents before children */
	int version;                        /* of the schema */
};

/* One column of a printed row and the bytes of its key. */
struct printed {
	const struct field *field; /* NULL: id, or a stamp */
	bool stamp;
	bool silent;               /* fetched for an embed, not printed */
	const char *key;           /* "\"name\":" */
	size_t n_key;
	char brief[32];            /* the key again, where it fits */
};

/* What is derived from a record once; found by record_plan(). */
struct plan {
	const struct record *rec;
	const char *columns;    /* "id, created_at, updated_at, a, b ...": for rows */
	const char *insert;     /* INSERT ... VALUES ($1 ...): created, updated, fields */
	const char *select_id;  /* SELECT columns FROM t WHERE id = $1 */
	const char *drop;       /* DELETE FROM t WHERE id = $1 */
	const char *print_columns; /* what print_cursor() expects, in its order */
	const char *print_id;      /* SELECT print_columns FROM t WHERE id = $1 */
	struct printed *printed;   /* one per printed column */
	size_t n_printed;
	int *embed_at;             /* per embed: the column of its reference; -1: the id */
	const char **embed_none;   /* per embed: "\"key\":null" */
};

/*
 * Refuses holes, names twice, unknown references, defaults that break their own
 * field, embeds and indexes over columns that are not there; says so through
 * the log, all of it.  Also makes the plans.  Once, before threads.
 */
MUST_CHECK enum result catalog_check(const struct catalog *catalog);
const struct plan *record_plan(const struct record *rec);
/* By table name; NULL when there is none. */
const struct record *catalog_find(const struct catalog *catalog, const char *table);
