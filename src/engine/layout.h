#pragma once
/*
 * layout - which tables, columns, rules and indexes a database has, as text.
 *
 * It is made by reading DDL (of the declarations, of the revisions, or what
 * SQLite keeps of its own), or from PostgreSQL's catalog.  Two of one dialect can
 * be compared, and the difference written as the SQL that makes one into the
 * other.  Everything lives in the arena given.
 */
#include "base/arena.h"
#include "base/text.h"
#include "engine/catalog.h"
#include "engine/ddl.h"

enum rule_kind { RULE_CHECK, RULE_UNIQUE, RULE_FOREIGN };

struct column {
	struct column *next;
	const char *name;
	const char *type;
	const char *initial; /* of DEFAULT; NULL: none */
	const char *key;     /* "PRIMARY KEY AUTOINCREMENT"; NULL: it is not the key */
	bool not_null;
};

struct rule {
	struct rule *next;
	enum rule_kind kind;
	const char *name;   /* NULL: the database's own choice */
	const char *own;    /* PostgreSQL: that choice */
	const char *text;   /* "CHECK (a > 0)", "UNIQUE (a, b)", "FOREIGN KEY (a) ..." */
	const char *column; /* it is written beside; NULL: at the end of the table */
};

struct relation {
	struct relation *next;
	const char *name;
	struct column *columns;
	struct rule *rules;
};

struct mark { /* an index */
	struct mark *next;
	const char *name, *table;
	const char *text; /* CREATE INDEX ..., whole */
};

struct note { /* a comment */
	struct note *next;
	const char *on;   /* "TABLE a", "COLUMN a.b" */
	const char *text; /* with its quotes */
};

struct layout {
	struct arena *arena;
	enum dialect dialect;
	struct relation *tables; /* in the order they were made */
	struct mark *marks;
	struct note *notes;
};

struct layout *layout_new(struct arena *arena, enum dialect dialect);
/* What the declarations want. */
struct layout *layout_declared(struct arena *arena, const struct catalog *catalog,
	enum dialect dialect);
/* Does what the DDL of a script says; statements that move data are passed over.
 * Answers the statement that was not understood, or NULL. */
const char *layout_apply(struct layout *layout, const char *script);

struct relation *layout_table(const struct layout *layout, const char *name);
struct column *layout_column(const struct relation *table, const char *name);
/* The rule of the other table that says the same; NULL when there is none. */
const struct rule *layout_rule(const struct relation *table, const struct rule *like);
const struct mark *layout_mark(const struct layout *layout, const char *name);
/* The name a rule has in PostgreSQL. */
const char *layout_rule_name(const struct rule *rule);

/* For those who fill one in: each adds at the end. */
struct relation *layout_add_table(struct layout *layout, const char *name);
struct column *layout_add_column(struct layout *layout, struct relation *table, const char *name);
void layout_add_rule(struct layout *layout, struct relation *table, const struct rule *rule);
void layout_add_mark(struct layout *layout, const char *name, const char *table,
	const char *text);
void layout_set_note(struct layout *layout, const char *on, const char *text);

/* "name TYPE NOT NULL DEFAULT x CHECK (...)": the definition of one column. */
void layout_write_column(struct text *out, const struct relation *table,
	const struct column *column);
/* CREATE TABLE under another name; foreign also with its references. */
void layout_write_table(struct text *out, const struct relation *table, const char *name,
	bool foreign);
/* All of it in one order, for comparing and for goldens. */
void layout_write(struct text *out, const struct layout *layout);

/* The SQL that makes `from` into `to`; the number of differences.  What a person
 * must decide (what rows get in a new column that may not be null) is marked by
 * a comment that begins with "-- CHOOSE". */
size_t layout_diff(struct text *out, const struct layout *from, const struct layout *to);
