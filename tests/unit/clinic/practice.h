#pragma once
/*
 * practice - an opened clinic in a folder of its own, and calls to it.
 */
#include <jansson.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include "clinic/clinic.h"
#include "engine/store.h"

/* last: it has a macro of the name fail */
#include <cmocka.h>

#undef fail /* cmocka's; ours is work.h's */

struct reply {
	int status;
	json_t *json;            /* NULL for an empty body; practice_forget() */
	char location[200], etag[80], challenge[300], retry[20];
};

extern struct face *practice;

int practice_open(void **state);
int practice_close(void **state);

/* A client made straight in the store. */
struct made_client practice_client(const char *role, const char *scopes, const char *mrn);
/* An access token by POST /oauth/token; owned by the caller. */
char *practice_token(const struct made_client *client, const char *scope);

/* path may carry ?a=b&c=d without escapes; headers: "name: value" NULL-ended or NULL. */
struct reply practice_call(enum method method, const char *path, const char *token,
	const char *body, const char *const *headers);
struct reply practice_post_form(const char *path, const struct pair *form, size_t n);
void practice_forget(struct reply *reply);
int64_t practice_count(const char *sql);
