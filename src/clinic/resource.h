#pragma once
/*
 * resource - what the REST and the rights of this room know about a record beside
 * its declaration: the word of its scopes, who may do what, order and extras.
 */
#include "engine/record.h"

enum role { ROLE_DOCTOR, ROLE_NURSE, ROLE_PATIENT, ROLE_ADMIN, ROLE_SYSTEM, ROLE_STAFF, N_ROLES };

/* What a role may do with the rows of a record (clinic-api 1). */
enum right { NOT = 0, LOOK = 1, CHANGE = 2, REMOVE = 4 };

/* A member of the printed row that is no column of its own table. */
struct extra {
	const char *key;
	const char *sql;
	bool raw; /* JSON already */
};

struct resource {
	const struct record *rec;
	const char *word;            /* "vitals" of read:vitals */
	int provider;                /* slot of provider_id, or -1 */
	const char *order[2];        /* expressions; the id follows */
	bool down;                   /* all of the order descending */
	const char *search;          /* folded text that q= looks through; NULL: .searchable */
	const struct extra *extras;  /* ends with {0} */
	unsigned rights[N_ROLES];
};

/* Ends with an entry without record. */
extern const struct resource resources[];
/* NULL for a record that no client reaches. */
const struct resource *resource_of(const struct record *rec);
/* -1 for none of ours. */
int role_of(const char *name);
