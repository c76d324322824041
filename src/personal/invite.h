#pragma once
/*
 * invite - the life of an invitation: sent, answered, marked.  What is offered in
 * it is the business of who sends it (patient_invites.h, family_invites.h,
 * family_join.h).  Everything inside a write.
 */
#include <jansson.h>

#include "engine/call.h"
#include "engine/row.h"
#include "personal/people.h"

struct invite {
	const char *type;      /* "patient_share" */
	int64_t to;            /* users.id */
	const char *title, *message;
	json_t *context;       /* taken over */
	int64_t hours;         /* until it ends; 0: never */
	const struct ids *patients; /* it is about, for the audit; NULL none */
};

/* The two members that every invitation's body may have. */
#define INVITE_HOURS(slot)                                                             \
	WHOLE (slot, "expires_hours", "Ends after hours", .initial = "168", .min = 1,  \
	       .max = 8760)
#define INVITE_WHO(slot, key)                                                          \
	TEXT  (slot, key, "To whom", .required = true, .trim = true, .min = 1, .max = 255, \
	       .help = "User name or e-mail, exactly.")

MUST_CHECK enum result invite_send(struct work *w, const struct invite *invite, struct row **out);
/* Sets status, responded_at and the body's response_note. */
MUST_CHECK enum result invite_answer(struct work *w, const struct row *invitation,
	const char *status, int64_t patient);
/* Sets the status alone. */
MUST_CHECK enum result invite_mark(struct work *w, const struct row *invitation,
	const char *status, int64_t patient);
/* An accepted one becomes revoked; id 0 or gone: nothing. */
MUST_CHECK enum result invite_revoke(struct work *w, int64_t id, int64_t patient);
/* The invitation's context; json_decref() it.  Never NULL. */
json_t *invite_context(const struct row *invitation);
/* {"message", "invitation_id", then left open for more members. */
void invite_open(struct work *w, const char *message, int64_t invitation);
/* "share_ids":[..],"share_count":n,"status":"accepted"} or "share_id":.. */
void invite_shares(struct work *w, const struct ids *shares, bool bulk);
