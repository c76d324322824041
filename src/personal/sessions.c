/*
 * sessions - sign-ins that are or were alive; a token is worth as much as its
 * row here.  Rows are never printed.
 */
#include "personal/sessions.h"

#include "personal/records.h"

static const struct field fields[] = {
	REF   (SESSIONS_USER_ID, "user_id", "User", personal_users, .not_null = true,
	       .read_only = true, .on_delete = CASCADE),
	TEXT  (SESSIONS_TOKEN_ID, "token_id", "Token", .not_null = true, .unique = true,
	       .read_only = true, .secret = true),
	MOMENT(SESSIONS_EXPIRES_AT, "expires_at", "Ends at the latest", .not_null = true,
	       .read_only = true),
	MOMENT(SESSIONS_LAST_USED_AT, "last_used_at", "Last used", .not_null = true,
	       .read_only = true),
	TEXT  (SESSIONS_IP_ADDRESS, "ip_address", "From", .read_only = true),
	TEXT  (SESSIONS_USER_AGENT, "user_agent", "Program", .read_only = true),
	MOMENT(SESSIONS_ENDED_AT, "ended_at", "Ended", .read_only = true),
};

const struct record personal_sessions = {
	.name = "sessions",
	.one = "Session",
	.many = "Sessions",
	.summary = "A sign-in that is or was alive.",
	.entity = "session",
	.internal = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_REQUIRED,
};
