#pragma once
/*
 * store - one open database with its catalog, and what is done to its rows.
 *
 * Row functions run inside the transaction of w->db.  Reads of patient data are
 * audited by the caller (audit_read); writes by store_put and store_drop
 * themselves.  Rights are checked by the caller through engine/access.h before.
 */
#include "base/text.h"
#include "engine/catalog.h"
#include "engine/row.h"
#include "engine/work.h"

struct writer;
struct audit;
struct store;

struct store_options {
	const struct catalog *catalog;
	const char *dir;       /* the data folder */
	const char *database;  /* URL of PostgreSQL; NULL: that of the settings, or a file */
	bool must_exist;       /* do not make a new database */
	size_t max_jobs;       /* of the write queue; 0: 4096 */
};

/* Where the database of a store is: DIR/<catalog>.db, or the URL with the schema
 * of the catalog's name; false when that is too long. */
bool store_where(char *out, size_t n, const char *dir, const char *database,
	const char *catalog);
/* Opens the database, makes the tables when it is new, starts the writer and the
 * audit chain. */
MUST_CHECK enum result store_open(struct store **out, const struct store_options *options);
void store_close(struct store **store);

const struct catalog *store_catalog(const struct store *store);
const char *store_dir(const struct store *store);
struct writer *store_writer(struct store *store);
struct audit *store_audit(struct store *store);
/* This thread's reading connection, opened at first use; NULL (logged) when it
 * cannot be.  Closed with the thread. */
struct db *store_reader(struct store *store);
/* Runs a unit on the writer's thread and waits: for commands and tests, not for
 * the lanes.  w->db is set for the time of run. */
enum result store_write(struct work *w, enum result (*run)(struct work *w, void *arg), void *arg);

/* A row by id; MISSING without a sentence of its own when it is not there. */
MUST_CHECK enum result store_get(struct work *w, const struct record *rec, int64_t id,
	struct row **out);
/* The first row where `column` = value. */
MUST_CHECK enum result store_find(struct work *w, const struct record *rec,
	const char *column, struct value value, struct row **out);
/*
 * Stores a row: a create when row->id is 0, else an update of what differs from
 * row->before.  Runs saving, writes stamps, runs saved, adds the audit entry.
 * An update of a row that another unit has changed since it was read is FAULT,
 * and the call is begun again.
 * References are checked: the target must exist and belong to the same patient
 * (400 BIZ-400 "Invalid reference").  Breaches of the database's constraints come
 * back as CONFLICT or INVALID with a sentence.
 */
MUST_CHECK enum result store_put(struct work *w, struct row *row);
/*
 * Holds a row, or a name, until the unit ends, so that what is decided upon it
 * stays true: other units that ask for the same wait.  Nothing to do on SQLite,
 * where one unit runs at a time, nor when reading.  MISSING: no such row.
 */
MUST_CHECK enum result store_lock(struct work *w, const struct record *rec, int64_t id);
MUST_CHECK enum result store_lock_name(struct work *w, const char *name);
/* Deletes a row: dropping, UNLINK references set null, audit entry. */
MUST_CHECK enum result store_drop(struct work *w, const struct row *row);

/* What belongs to a list: where, order, page.  Built with the functions below. */
struct list {
	const struct record *rec;
	struct text where; /* " WHERE patient_id = $1 AND ..."; owned: list_close() */
	struct value args[32];
	size_t n_args;
	const char *order; /* NULL: the record's */
	int64_t skip, limit;
	bool detail;       /* with the embeds of a single row */
};

struct list list_of(const struct record *rec);
void list_close(struct list *list);
/* Adds "AND column = $n". */
void list_where(struct list *list, const char *column, struct value value);
/* Adds a condition with one value; the "?" in it becomes $n. */
void list_and(struct list *list, const char *condition, struct value value);
/* Case-insensitive substring; % and _ are letters. */
void list_contains(struct list *list, struct arena *arena, const char *column,
	const char *text);
/* text as a LIKE pattern (ESCAPE '\') with its wildcards made letters. */
const char *list_pattern(struct arena *arena, const char *before, const char *text,
	const char *after);
/* tags: rows whose list holds any (or all) of them. */
void list_tags(struct list *list, struct arena *arena, const char *const *tags, size_t n,
	bool all);

/* Prints the rows as the elements of a JSON array (with its brackets), straight
 * from the cursor; *n counts them. */
MUST_CHECK enum result store_list(struct work *w, struct list *list, struct text *out,
	size_t *n);
/* The same rows for a table on the page: {"columns":[names],"rows":[[values]]},
 * without long texts, objects and what belongs to the rows. */
MUST_CHECK enum result store_grid(struct work *w, struct list *list, struct text *out,
	size_t *n);
/* One row by id as a JSON object; MISSING when it is not there. */
MUST_CHECK enum result store_print(struct work *w, const struct record *rec, int64_t id,
	bool detail, struct text *out);
/* The patient a row belongs to (through its parents); 0 when to none. */
MUST_CHECK enum result store_patient_of(struct work *w, const struct row *row, int64_t *patient);
/* A random business key "MRN" + 6 of A-Z 0-9 not yet in the table. */
MUST_CHECK enum result store_new_key(struct work *w, const struct record *rec, const char **key);
