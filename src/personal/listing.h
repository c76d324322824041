#pragma once
/*
 * listing - what every list has in common: page, filters, order, the audit
 * entry, the ETag.
 *
 * A route declares in .query what it understands (LISTING_PAGE at least);
 * listing_query() reads exactly that.  Nothing is allocated per row: the rows go
 * from the cursor into the answer.
 */
#include "engine/call.h"
#include "engine/store.h"

/* skip and limit, for the .query of a route. */
#define LISTING_PAGE                                                                   \
	{ .name = "skip", .type = TYPE_WHOLE, .initial = "0", .min = 0,                \
	  .max = 2147483647, .help = "Rows left out at the start." },                  \
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "100", .min = 1,             \
	  .max = 1000, .help = "Rows answered at most." }
#define LISTING_PATIENT                                                                \
	{ .name = "patient_id", .type = TYPE_WHOLE, .min = 1, .max = 2147483647,       \
	  .help = "Whose; the active patient when absent." }
#define LISTING_ACTIVE                                                                 \
	{ .name = "active_only", .type = TYPE_BOOL, .initial = "false",                \
	  .help = "Only those whose status is active." }
#define LISTING_TAGS                                                                   \
	{ .name = "tags", .type = TYPE_TEXT, .repeated = true,                         \
	  .help = "Only rows with one of these tags." },                               \
	{ .name = "tag_match_all", .type = TYPE_BOOL, .initial = "false",              \
	  .help = "Only rows with all of the tags." }

extern const struct parameter listing_page[];   /* LISTING_PAGE */
extern const struct parameter listing_active[]; /* with active_only */
extern const struct parameter listing_tagged[]; /* with tags */

/* The parameters of the list that follows from the record alone. */
const struct parameter *listing_parameters(struct arena *arena, const struct record *rec);

/* Reads what the route declares; problems are reported, call_sound() tells. */
void listing_query(struct work *w, struct list *list);
/* Adds a condition without a value. */
void listing_only(struct list *list, const char *condition);
/* Adds: column is a day not before so many days ago (query parameter days). */
void listing_days(struct work *w, struct list *list, const char *column);
/* Rows of one patient. */
void listing_of(struct list *list, int64_t patient);
/* Prints the list, audits it, gives the ETag.  patient 0: of nobody. */
MUST_CHECK enum result listing_answer(struct work *w, struct list *list, int64_t patient);
/* For answers printed by hand: the audit entry and the ETag. */
MUST_CHECK enum result listing_done(struct work *w, const struct record *rec, int64_t patient,
	size_t n);

/* Handlers (READ) for the record of the route. */
enum result listing_by_query(struct work *w); /* of the patient by selector Q */
enum result listing_by_path(struct work *w);  /* of the patient in the path */
enum result listing_shared(struct work *w);   /* of nobody: practitioners */
/* As listing_by_path, with a fixed condition (NULL none) and order. */
MUST_CHECK enum result listing_where(struct work *w, const char *condition, const char *order);
/* As listing_where, with the query parameter days about a column of days. */
MUST_CHECK enum result listing_recent(struct work *w, const char *column, const char *order);
/* A statement's rows as JSON objects named by its columns; kinds: one letter
 * each: w whole, n number, b bool, t text, m moment. */
MUST_CHECK enum result listing_plain(struct work *w, const char *kinds, const char *sql,
	const struct value *args, size_t n_args, size_t *n);
