#pragma once
/*
 * adopt - takes over the database of the existing server for this schema.
 *
 * Whoever ran that server could write anything into it, so nothing in it is
 * believed: rights come from here, paths are claims (adopt_files.c), every value passes the
 * rules of its column.  What does not is mapped and flagged (import_flags) or kept
 * whole aside (import_leftovers); nothing is dropped silently.
 */
#include "base/text.h"
#include "engine/call.h"

struct adopt_count {
	const struct record *rec;
	size_t read, stored, flagged, left;
};

struct adopt {
	struct db *from;            /* DB_READ, the schema of the other server */
	const char *files;          /* the other server's folder of uploads; NULL: none given */
	const char *const *admins;  /* usernames; ends with NULL; NULL: none */
	void (*each)(void *arg, const struct record *rec, size_t done); /* may be NULL */
	void *arg;

	struct adopt_count *counts; /* filled in */
	size_t n_counts;
	bool same_ids;              /* the store was empty: ids are what they were */
	struct text changes;        /* one line each: roles, passwords; names no health data */
	struct text aside;          /* what has no place here: tables, columns */
	struct text left_files;     /* files not found or not believed: "table id: why" */
	const char **taken;         /* below DIR/files/adopted; files_taken of them */
	size_t files_taken, files_left;
	int64_t file_bytes;
	const char *trouble;        /* one sentence when the answer is not OK */
};

/* Inside one write, so that it is done whole or not at all. */
MUST_CHECK enum result adopt_all(struct work *w, struct adopt *adopt);
/* Removes the files taken, when the write came to nothing; dir is the data folder. */
void adopt_forget_files(struct adopt *adopt, const char *dir);
void adopt_close(struct adopt *adopt);
