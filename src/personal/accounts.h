#pragma once
/*
 * accounts - users as rows: made, read from a request, counted, taken away.
 *
 * What the routes of auth, users and setup share, and the admin's routes may
 * use.  All inside a transaction.
 */
#include "engine/call.h"
#include "personal/personal.h"

/* Whether anybody may register: the command line opens it for good, else the admin's
 * setting says. */
MUST_CHECK enum result accounts_registration(struct work *w, bool *open);
/* Active users with the role of an admin. */
MUST_CHECK enum result accounts_admins(struct work *w, int64_t *n);
/*
 * The members of UserCreate but the password, from a body; problems are reported.
 * The role is taken only when with_role, else it is "user".
 */
void accounts_read(struct work *w, json_t *body, bool with_role, struct new_user *out);
/* A text member of the body that must be there; NULL when it has a problem. */
const char *accounts_member(struct work *w, json_t *body, const char *name);
/* `password` of the body by the rules; NULL when it has a problem. */
const char *accounts_password(struct work *w, json_t *body);
/* 409 with the contract's words when name or address belong to another user than
 * `self` (0: nobody); NULL: not looked for. */
MUST_CHECK enum result accounts_taken(struct work *w, const char *username, const char *email,
	int64_t self);
/* The User object (personal-api 2.1) into out. */
MUST_CHECK enum result accounts_print(struct work *w, int64_t user, struct text *out);
/* The row of preferences, made with its defaults when it is not there yet. */
MUST_CHECK enum result accounts_preferences(struct work *w, int64_t user);
/* An entry about a user: "login", "logout", "password_changed" ... */
MUST_CHECK enum result accounts_note(struct work *w, const char *action, int64_t user,
	const char *description);

/* What a deletion took along. */
struct user_remains {
	int64_t preferences, patient_shares, family_shares, sent, received, patients;
	int64_t patient; /* the newest of the deleted patients; 0 none */
};
/* Deletes a user and all that is theirs, as 3.2 says.  The caller has checked
 * that they may go. */
MUST_CHECK enum result accounts_drop(struct work *w, int64_t user, struct user_remains *out);
/* 400 when the user is the last one, or the last admin. */
MUST_CHECK enum result accounts_may_go(struct work *w, int64_t user, bool admin);
