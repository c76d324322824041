#pragma once
/*
 * people - other users, as far as who shares with them may know them, and what
 * sharing and invitations have in common.  Everything inside a transaction.
 */
#include "base/text.h"
#include "engine/access.h"
#include "engine/work.h"

struct person {
	int64_t id;
	const char *username, *name, *email;
};

/* By user name or e-mail, exactly as typed; MISSING for nobody who may sign in. */
MUST_CHECK enum result people_find(struct work *w, const char *identifier, struct person *out);
/* By id; MISSING when the user is gone. */
MUST_CHECK enum result people_get(struct work *w, int64_t id, struct person *out);
/* "key":{"id","name","email"} of a user; null when they are gone. */
MUST_CHECK enum result people_print(struct work *w, struct text *out, const char *key,
	int64_t id);

/* Whether a user (not only who asks) may do verb to the patient now, by the one
 * rule there is. */
MUST_CHECK enum result people_may(struct work *w, int64_t user, int64_t patient,
	enum verb verb, bool *may);

/* The audit entry of a step of sharing: "Invited Invitation 5". */
MUST_CHECK enum result people_note(struct work *w, const struct row *row, const char *action,
	int64_t patient);
/* Stores the row with that entry in the place of the engine's. */
MUST_CHECK enum result people_put(struct work *w, struct row *row, const char *action,
	int64_t patient);

/* "key":"2024-05-01T10:00:00" or null, from stored form. */
void people_moment(struct text *out, const char *key, const char *stored);

enum { PEOPLE_MOST_IDS = 50, PEOPLE_HIGHEST_ID = 100000000 };
struct ids {
	size_t n;
	int64_t at[PEOPLE_MOST_IDS];
};
/* The ids in an array of the body, each once; problems are reported: none, too
 * many (with these sentences), or no ids. */
void people_ids(struct work *w, const char *member, const char *none, const char *many,
	struct ids *out);

/* Which patients an answer speaks of, for the entries of its reading. */
struct tally {
	size_t n, room;
	struct told {
		int64_t patient;
		size_t rows;
	} *at;
};
void people_count(struct work *w, struct tally *tally, int64_t patient);
MUST_CHECK enum result people_told(struct work *w, const struct tally *tally,
	const struct record *rec);
