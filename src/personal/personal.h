#pragma once
/*
 * personal - the face a family uses: /api/v1 as ../shared/spec/personal-api.md.
 */
#include "engine/call.h"

extern const struct catalog personal_catalog;

/* Opens DIR/personal.db with its keys and caches.  *out is a static object. */
MUST_CHECK enum result personal_open(struct face **out, const char *dir);
void personal_close(void);

/* What `charthouse user add` and POST /setup share.  Inside a write.  Problems in
 * w->problems; 409 as failure.  hash: made by password_hash() before. */
struct new_user {
	const char *username, *email, *full_name, *role;
	const char *first_name, *last_name; /* NULL: split from full_name */
	const char *hash;
	bool no_patient;  /* do not make a self record */
};
MUST_CHECK enum result user_add(struct work *w, const struct new_user *user, int64_t *id);
/* The one-time setup code: makes DIR/setup-code (0600) when there is no admin, removes
 * it when there is one.  *path is where it is, *code the code, both NULL when none. */
MUST_CHECK enum result setup_prepare(struct arena *arena, struct face *face,
	const char **path, const char **code);
