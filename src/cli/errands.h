#pragma once
/*
 * errands - what a command does to the stores, wherever they are open.
 *
 * When the server runs, the errand goes to it through DIR/control as one line of
 * JSON; when it does not, the same function runs here under the instance lock.
 * So nothing but one process ever writes, and each errand exists once.
 */
#include <jansson.h>

#include "base/arena.h"
#include "engine/call.h"

enum { NEEDS_PERSONAL = 1, NEEDS_CLINIC = 2 };

/* The faces that are open; NULL for those that are not. */
struct premises {
	const char *dir;
	struct face *personal, *clinic;
};

struct job_sheet;

struct errand {
	const char *name; /* "user.add" */
	unsigned needs;
	/* Reads e->args, fills e->reply; on failure e->trouble has one sentence. */
	enum result (*run)(struct job_sheet *e);
};

struct job_sheet {
	struct arena *arena;
	struct premises *premises;
	const json_t *args;
	json_t *reply;       /* an object; owned by who runs the errand */
	const char *trouble; /* what a person reads when it failed */
	/* Set when a person waits at a terminal for it. */
	void (*progress)(void *arg, size_t done, size_t of);
};

extern const struct errand *const errands[]; /* ends with NULL */
/* Lists of errands.c, each in the file of its commands. */
extern const struct errand errand_user_add, errand_user_list, errand_user_password;
extern const struct errand errand_user_active, errand_client_add, errand_client_list;
extern const struct errand errand_client_rotate, errand_client_active, errand_import_clinic;
extern const struct errand errand_mcp, errand_client_key, errand_keys_rotate;
extern const struct errand errand_proposal_list, errand_proposal_decide, errand_export_clinic;

/* Opens what is needed below dir, which must exist. */
MUST_CHECK enum result premises_open(struct premises *premises, const char *dir, unsigned needs);
void premises_close(struct premises *premises);

/* Runs the errand here; always gives a reply: {"ok":true,...} or
 * {"ok":false,"error":"...","problems":["..."]}.  The caller owns it. */
json_t *errand_run(struct premises *premises, const char *name, const json_t *args,
	void (*progress)(void *arg, size_t done, size_t of));
/*
 * Has the errand done by whoever has the stores, and says on stderr what went
 * wrong.  *reply is the caller's, NULL when it failed.  args is taken over.
 */
MUST_CHECK enum result errand_send(const char *dir, const char *name, json_t *args,
	json_t **reply);

/* For errands: a write in the store of a face; on failure e->trouble and the
 * reply's problems are filled from the work. */
MUST_CHECK enum result errand_write(struct job_sheet *e, struct face *face,
	enum result (*run)(struct work *w, void *arg), void *arg);
/* A member of the arguments; NULL when it is no text. */
const char *errand_text(const struct job_sheet *e, const char *name);
