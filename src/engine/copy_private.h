#pragma once
/*
 * copy_private - how copied rows are written, each make of database in its way.
 */
#include "base/text.h"
#include "db/db.h"
#include "engine/record.h"

enum { COPY_CELLS = 70 };

/* Rows of one table on their way into a database. */
struct copy_rows {
	struct db *to;
	const struct record *rec;
	struct arena *arena; /* of one batch; the caller's */
	const char *select;  /* rows behind id $1, at most $2 */
	const char *insert;
	size_t n_cells;
	size_t bytes;        /* that wait */
	struct text sql[2];
	struct text waiting; /* PostgreSQL: the batch as JSON */
};

void copy_rows_open(struct copy_rows *rows);
void copy_rows_close(struct copy_rows *rows);
/* Inside a transaction; what was added is in the table after a flush. */
MUST_CHECK enum result copy_rows_add(struct copy_rows *rows, const struct value *cells);
MUST_CHECK enum result copy_rows_flush(struct copy_rows *rows);
