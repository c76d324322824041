#pragma once
/*
 * adopt_private - what the files of adopt share.
 */
#include "engine/cells.h"
#include "engine/row.h"
#include "engine/work.h"
#include "personal/adopt.h"

enum { ADOPT_FLAGS = 48, ADOPT_EXTRAS = 64, ADOPT_CELLS = 70 };

/* Which row here an old one became. */
struct moved {
	int64_t old, new;
};

/* A table of theirs beside the record of ours. */
struct source {
	const struct record *rec;
	bool there;
	bool has[ADOPT_CELLS];             /* a column of ours, by cell */
	const char *extras[ADOPT_EXTRAS];  /* columns we have no place for */
	size_t extra_rows[ADOPT_EXTRAS];   /* how many hold something */
	size_t n_extras;
	const char *select;                /* cells, then extras; rows behind id $1 */
	struct moved *moved;               /* by old id */
	size_t n_moved, room;
};

struct adopt_flag {
	const char *field, *original, *reason;
};

/* One row on its way in. */
struct adoptee {
	struct adopting *run;
	struct source *source;
	struct query *query;               /* stands on the row */
	int64_t old;
	struct value cells[ADOPT_CELLS];   /* as they will be stored */
	struct adopt_flag flags[ADOPT_FLAGS];
	size_t n_flags;
	const char *file;                  /* its bytes, below DIR/files; NULL: not here */
	const char *refused;               /* why it is kept aside; NULL: it is not */
};

struct adopting {
	struct work *w;
	struct adopt *adopt;
	struct arena *arena;  /* for the whole time */
	struct arena *page;   /* of one row; w->arena meanwhile */
	struct arena *keep;   /* the caller's, for what adopt tells */
	struct source *sources;
	size_t n_sources;
	struct adopt_count *count;
	struct adopt_files *files; /* NULL: no folder was given */
	size_t sealed;        /* secrets of the other server's that are of no use here */
};

/* adopt_source.c: what is there. */
MUST_CHECK enum result adopt_look(struct adopting *run);
struct source *adopt_source(struct adopting *run, const struct record *rec);
/* The new id of an old row; 0 when it has none. */
int64_t adopt_new_id(const struct source *source, int64_t old);
void adopt_keep_id(struct adopting *run, struct source *source, int64_t old, int64_t new);
/* A name that says it holds a secret: never kept in flags or leftovers. */
bool adopt_is_secret(const char *column);

/* adopt_value.c: the cells of a row, one by one. */
void adopt_flag(struct adoptee *e, const char *field, const char *original, const char *reason);
void adopt_cells(struct adoptee *e);
/* The value as they had it, as text; NULL for null. */
const char *adopt_original(struct adoptee *e, size_t cell);

/* adopt_files.c: the bytes of files. */
MUST_CHECK enum result adopt_files_open(struct adopting *run);
void adopt_files_close(struct adopting *run);
/* Takes the file of a row; the path it has here, or NULL, told in the report.
 * size 0: the row does not say. */
const char *adopt_file(struct adoptee *e, const char *path, int64_t size);
/* The row is not taken after all. */
void adopt_file_return(struct adoptee *e);

/* adopt_rules.c: what is special about some records. */
MUST_CHECK enum result adopt_rules(struct adoptee *e);

/* The cell of a field. */
static inline struct value *
adopt_cell(struct adoptee *e, int slot)
{
	return &e->cells[slot + 3];
}
