/*
 * revoked_tokens - access tokens taken back before their time (RFC 7009).
 */
#include "clinic/records.h"

static const struct field fields[] = {
	TEXT(REVOKED_JTI, "jti", "Token", .required = true, LENGTH(64), .unique = true),
	MOMENT(REVOKED_EXPIRES_AT, "expires_at", "Expires", .required = true),
};

const struct record clinic_revoked_tokens = {
	.name = "revoked_tokens",
	.one = "Revoked token",
	.many = "Revoked tokens",
	.summary = "Access tokens taken back before their time.",
	.entity = "revoked_token",
	.internal = true,
	.fields = fields,
	.n_fields = COUNT(fields),
	.stamps = STAMPS_DEFAULT,
};
