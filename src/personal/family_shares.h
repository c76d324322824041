#pragma once
/*
 * family_shares - who sees which relative's history, and how it is printed.
 *
 * A share counts while it is active and unexpired, its invitation is accepted,
 * the patient is not private, and who gave it may still share the patient.
 */
#include "base/text.h"
#include "engine/row.h"
#include "engine/work.h"
#include "personal/people.h"

/* Ids of shares in a list of rows, oldest first. */
struct share_list {
	size_t n;
	int64_t *at;
};

/* Shares in force with a user; member 0: of all relatives, by their name. */
MUST_CHECK enum result family_shares_with(struct work *w, int64_t user, int64_t member,
	struct share_list *out);
/* Shares in force that a user gave. */
MUST_CHECK enum result family_shares_by(struct work *w, int64_t user, struct share_list *out);
/* Shares in force of a relative. */
MUST_CHECK enum result family_shares_of(struct work *w, int64_t member, struct share_list *out);
/* A new active share from an invitation; one in force is taken as it is. */
MUST_CHECK enum result family_shares_grant(struct work *w, const struct row *invitation,
	int64_t member, const char *level, const char *note, int64_t *id);
/* Ends one that is active; nothing else. */
MUST_CHECK enum result family_shares_end(struct work *w, const struct row *share,
	const char *action);
/* Ends one, and marks its invitation when that was the last active share of it. */
MUST_CHECK enum result family_shares_revoke(struct work *w, const struct row *share);
/* Ends what a holder of a full share of the patient gave to others. */
MUST_CHECK enum result family_shares_end_given(struct work *w, int64_t patient, int64_t by);

/* How much of a relative is told. */
enum telling {
	BRIEF, /* FHMember of the contract */
	WHOLE_MEMBER, /* FHMemberX: with patient_id and stamps */
	RAW, /* the row, without conditions */
	DETAILS /* brief, but the conditions whole */
};
MUST_CHECK enum result family_shares_member(struct work *w, struct text *out,
	const struct row *member, enum telling telling);
/* "invitation": in short; answered is the key of the moment it was. */
MUST_CHECK enum result family_shares_invitation(struct work *w, struct text *out, int64_t id,
	const char *answered);
/* ShareInfo, with the giver or the receiver as key says ("shared_by"). */
MUST_CHECK enum result family_shares_info(struct work *w, struct text *out,
	const struct row *share, const char *key);
