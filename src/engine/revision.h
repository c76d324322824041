#pragma once
/*
 * revision - the numbered steps of a store's schema, each with a parent, the way
 * up and the way down, in both dialects.
 *
 * A revision is a file migrations/STORE/NNNN_name.sql, built into the program:
 *
 *   -- revision: 0002
 *   -- parent: 0001
 *   -- kind: schema            (or data)
 *   -- summary: One sentence.
 *   -- upgrade sqlite          (or "-- upgrade": the same SQL for both)
 *   ...
 *   -- upgrade postgres
 *   -- downgrade sqlite
 *   -- downgrade postgres
 *
 * The first one makes all tables and has no way down.  A revision that has been
 * released is never edited: its checksum is kept in the databases it went to.
 */
#include "base/arena.h"
#include "base/crypto.h"
#include "base/text.h"
#include "engine/ddl.h"

enum { DIALECTS = 2 };

struct revision_file {
	const char *store; /* "personal" */
	const char *name;  /* "0001_start.sql" */
	const char *text;
};

/* Generated from migrations/; in order; ends with {0}. */
extern const struct revision_file revision_files[];

struct revision {
	int number; /* from 1 on, without gaps */
	int parent; /* the one before; 0: none */
	bool data;  /* moves data, no tables */
	const char *id;   /* "0002" */
	const char *name; /* "checksums" */
	const char *summary;
	const char *up[DIALECTS];   /* by dialect */
	const char *down[DIALECTS]; /* NULL: there is no way back */
	char checksum[DIALECTS][HASH_HEX];
};

struct revisions {
	const char *store;
	const struct revision *at;
	size_t n;            /* 0: a store without revisions (tests) */
	const char *trouble; /* one sentence when the chain is not sound */
};

/* Those of a store among the files; INVALID, with .trouble, when they are no
 * sound chain. */
MUST_CHECK enum result revisions_read(struct arena *arena, const struct revision_file *files,
	const char *store, struct revisions *out);
/* "0003", "3", "head", "+1" or "-1" (counted from `current`) as a number; false
 * when there is none such. */
bool revisions_find(const struct revisions *chain, const char *word, int current, int *number);
int revisions_head(const struct revisions *chain);

struct catalog;

struct revision_plan {
	const char *name;    /* "bigger_notes" */
	const char *summary; /* NULL: the name in words */
	bool empty;          /* a data step: its SQL is to be written by hand */
};

/* The file of the next revision: what makes the last one's tables into the declared
 * ones, and back.  The number of differences goes to *n; MISSING, with the chain's
 * .trouble, when the chain cannot be followed. */
MUST_CHECK enum result revision_write(struct text *out, struct revisions *chain,
	const struct catalog *catalog, const struct revision_plan *plan, size_t *n);
