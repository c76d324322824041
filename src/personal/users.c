/*
 * users - who may sign in.
 *
 * Who may change which of these is the accounts' business: a role in a request
 * counts only when an admin sends it (personal-api 0).
 */
#include "personal/users.h"

#include "engine/shape.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice roles[] = {
	{ "admin", "Administrator" },
	{ "user", "User" },
	{ "guest", "Guest" },
	{ "doctor", "Doctor" },
	{ "nurse", "Nurse" },
	{ "staff", "Staff" },
	/* Met in adopted data only; means admin. */
	{ "administrator", "Administrator" },
	{ 0 }
};

static const struct choice auth_methods[] = {
	{ "local", "Password" },
	{ "sso", "Single sign-on" },
	{ "hybrid", "Both" },
	{ 0 }
};

static const struct choice linking[] = {
	{ "auto_link", "Link by itself" },
	{ "create_separate", "Make a separate account" },
	{ "always_ask", "Always ask" },
	{ 0 }
};

static const struct field fields[] = {
	TEXT  (USERS_USERNAME, "username", "Username", .required = true, .unique = true,
	       .trim = true, .min = 3, .max = 50, .spoken = true, .shape = shape_username),
	TEXT  (USERS_EMAIL, "email", "E-mail", .required = true, .unique = true,
	       .shape = shape_email),
	TEXT  (USERS_PASSWORD_HASH, "password_hash", "Password hash", .not_null = true,
	       .read_only = true, .secret = true),
	TEXT  (USERS_FULL_NAME, "full_name", "Full name", .required = true, .trim = true,
	       .min = 2, .max = 100, .spoken = true),
	CHOICE(USERS_ROLE, "role", "Role", roles, .required = true,
	       .says = "Role must be one of: admin, user, guest, doctor, nurse, staff"),
	CHOICE(USERS_AUTH_METHOD, "auth_method", "Signs in by", auth_methods, .size = 20,
	       .not_null = true, .initial = WORD("local"), .read_only = true),
	TEXT  (USERS_EXTERNAL_ID, "external_id", "Id at the provider", .size = 255,
	       .unique = true, .read_only = true),
	TEXT  (USERS_SSO_PROVIDER, "sso_provider", "Provider", .size = 50, .read_only = true),
	JSON  (USERS_SSO_METADATA, "sso_metadata", "Provider's data", .plain_json = true,
	       .read_only = true),
	MOMENT(USERS_LAST_SSO_LOGIN, "last_sso_login", "Last single sign-on", .read_only = true),
	MOMENT(USERS_ACCOUNT_LINKED_AT, "account_linked_at", "Linked at", .read_only = true),
	CHOICE(USERS_SSO_LINKING_PREFERENCE, "sso_linking_preference", "Linking", linking,
	       .size = 20, .read_only = true),
	REF   (USERS_ACTIVE_PATIENT_ID, "active_patient_id", "Active patient",
	       personal_patients, .on_delete = UNLINK, .read_only = true, .hidden = true),
	FLAG  (USERS_IS_ACTIVE, "is_active", "May sign in", .initial = "true",
	       .read_only = true, .hidden = true),
	FLAG  (USERS_PASSWORD_ONCE, "password_once", "Must change the password",
	       .read_only = true, .hidden = true),
};

const struct record personal_users = {
	.name = "users",
	.one = "User",
	.many = "Users",
	.summary = "Who may sign in.",
	.entity = "user",
	.fields = fields,
	.n_fields = COUNT(fields),
	.indexes = (const struct index[]){
		{ "idx_users_email", "email" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.order = "id",
	.title = "full_name",
};
