#pragma once
/*
 * row - the values of one row, in field order, read through the record's enum.
 *
 * Rows live in the arena of the work they belong to.  Rows that only pass
 * through (lists) are never built: engine/print.h reads the cursor.
 */
#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "engine/record.h"

struct row {
	const struct record *rec;
	int64_t id;             /* 0: not stored yet */
	int64_t created, updated; /* µs; 0: unknown */
	uint64_t sent;          /* bit per field: given by the request */
	struct value *values;   /* n_fields of them */
	const struct row *before; /* an update: as stored; NULL for a create */
};

struct row *row_new(struct arena *arena, const struct record *rec);
/* A copy to be changed and given to store_put(), which compares it with stored. */
struct row *row_edit(struct arena *arena, const struct row *stored);

bool row_has(const struct row *row, int slot);  /* not null */
bool row_sent(const struct row *row, int slot); /* in the request, null or not */
const char *row_text(const struct row *row, int slot); /* NULL for null; dates, choices too */
int64_t row_whole(const struct row *row, int slot);    /* 0 for null; refs, bools too */
double row_number(const struct row *row, int slot);    /* 0 for null */
bool row_bool(const struct row *row, int slot);
/* Text is not copied: give it from the arena or a constant. */
void row_set_text(struct row *row, int slot, const char *text);
void row_set_whole(struct row *row, int slot, int64_t whole);
void row_set_number(struct row *row, int slot, double number);
void row_set_null(struct row *row, int slot);
/* The slot of a field by name, or -1. */
int record_slot(const struct record *rec, const char *name);
