#pragma once
/*
 * clinic - the face of a practice: /clinic/v1, /oauth as ../shared/spec/clinic-api.md.
 */
#include "base/text.h"
#include "engine/call.h"

extern const struct catalog clinic_catalog;

MUST_CHECK enum result clinic_open(struct face **out, const char *dir);
void clinic_close(void);

/* A user of the practice's staff who asks the clinic face with a session of the
 * personal one: given by http, so that the faces never include each other.
 * Fills actor (USER, role, name) and answers OK; MISSING when there is none. */
extern enum result (*clinic_staff)(struct work *w, struct actor *actor);

struct new_client {
	const char *app_id, *app_name, *role, *scopes; /* scopes: "read:patients,write:labs" */
	const char *description, *contact_email;
	const char *mrn;   /* role patient: the one it is bound to */
	int64_t rate_limit; /* per hour; 0 none; -1 default */
	const char *public_key; /* PEM or JWK, for private_key_jwt; NULL none */
};
struct made_client {
	int64_t id;
	const char *client_id, *client_secret;
};
/* Inside a write; problems in w->problems. */
MUST_CHECK enum result client_add(struct work *w, const struct new_client *client,
	struct made_client *made);

struct import_report {
	struct import_count {
		const char *what;
		size_t read, stored, unchanged, flagged, left;
	} counts[8];
	size_t n;
	struct text flags; /* one line per flag: table, key, field, reason; no health data */
};
/* The reference's export, whole, inside one write.  zone of naive moments: the
 * facility's.  progress may be NULL. */
MUST_CHECK enum result clinic_import(struct work *w, json_t *export, struct import_report *report,
	void (*progress)(void *arg, size_t done, size_t of), void *arg);
/* The reference's SQLite file as such an export; the caller owns it. */
MUST_CHECK enum result clinic_import_open(const char *path, json_t **export);
/* All charts in the shape of an export, in a read transaction; not audited. */
MUST_CHECK enum result clinic_export(struct work *w, struct text *out);
