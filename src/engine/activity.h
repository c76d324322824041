#pragma once
/*
 * activity - the activity_log as people read it: pages of entries, the newest first.
 *
 * Who may ask is decided by the caller; entries name record types and ids only.
 */
#include "base/text.h"
#include "engine/call.h"

struct activity {
	const char *who;     /* SQL: the name of activity_log.user_id; NULL: the entry's own */
	int64_t patient;     /* only about this patient; 0: of all, and each says which */
	int64_t user;        /* only of this user; 0: of all */
	const char *kind, *action; /* NULL: any */
	const char *patient_key; /* SQL: the patient's business key, as patient_mrn; NULL: none */
	bool address;        /* with ip_address and user_agent */
	bool zone;           /* moments say that they are UTC */
	int64_t before;      /* only entries with a smaller id; 0: from the newest */
	int64_t limit;
	size_t n;            /* out: entries printed */
};

/* Parameters limit, cursor, kind and action of a route. */
#define ACTIVITY_PARAMETERS                                                            \
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "50", .min = 1, .max = 500,  \
	  .help = "Entries answered at most." },                                       \
	{ .name = "cursor", .type = TYPE_TEXT, .help = "next_cursor of the page before." }, \
	{ .name = "kind", .type = TYPE_TEXT, .help = "Only about this type of record." }, \
	{ .name = "action", .type = TYPE_TEXT,                                         \
	  .help = "Only this: created, updated, deleted, read, login ..." }

/* Reads them from the query; problems are reported. */
void activity_read(struct work *w, struct activity *activity);
/* "items":[...],"next_cursor":... */
MUST_CHECK enum result activity_print(struct work *w, struct activity *activity,
	struct text *out);
/* The same as the whole answer, with the entry that it was read. */
MUST_CHECK enum result activity_answer(struct work *w, struct activity *activity,
	const char *description);
