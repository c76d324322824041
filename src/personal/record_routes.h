#pragma once
/*
 * record_routes - the five handlers that serve any record type by its
 * declaration alone (personal-api 2.8a); the record is the route's.
 */
#include "engine/call.h"
#include "engine/row.h"

enum result record_read(struct work *w);   /* HERE: body to w->call->row, checked */
enum result record_create(struct work *w); /* WRITE, after record_read */
enum result record_get(struct work *w);    /* READ */
enum result record_update(struct work *w); /* WRITE */
enum result record_drop(struct work *w);   /* WRITE */

/* The steps of record_update, for routes with another way to the row: the body
 * over the stored row, checked and stored, and printed. */
MUST_CHECK enum result record_change(struct work *w, const struct row *before);
/* Stores the row and prints what is stored now. */
MUST_CHECK enum result record_store(struct work *w, struct row *row);
