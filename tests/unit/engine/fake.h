#pragma once
/*
 * fake - a small catalog with one of everything, its face, and a folder that
 * lives as long as one test.
 *
 * User 1 owns patient 1, user 2 patient 2; whoever names himself in X-User is
 * that user.  Nobody else is anybody.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#undef fail /* cmocka's; ours is work.h's */
#define broken(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

#include "engine/call.h"
#include "engine/catalog.h"
#include "engine/row.h"
#include "engine/store.h"

enum { PERSON_NAME, PERSON_COUNT };
enum { DOCTOR_NAME, DOCTOR_EMAIL, DOCTOR_COUNT };
enum { TROUBLE_PATIENT, TROUBLE_NAME, TROUBLE_COUNT };
enum { ITEM_TROUBLE, ITEM_BODY, ITEM_COUNT };
enum { NOTE_PATIENT, NOTE_DOCTOR, NOTE_TROUBLE, NOTE_TITLE, NOTE_BODY, NOTE_SCORE, NOTE_WEIGHT,
	NOTE_DONE, NOTE_DAY, NOTE_AT, NOTE_KIND, NOTE_TAGS, NOTE_EXTRA, NOTE_SECRET, NOTE_COUNT };

extern const struct record fake_patients, fake_doctors, fake_troubles, fake_items, fake_notes;
extern const struct catalog fake_catalog;
extern struct face fake_face;
extern struct face *const fake_faces[]; /* ends with NULL */

struct fake {
	char dir[64];
	struct store *store;
	struct arena *arena;
	struct work w; /* as the system */
};

int fake_open(void **state); /* a cmocka setup: *state is a struct fake */
int fake_close(void **state);
/* The store closed and opened again, as after a restart. */
void fake_reopen(struct fake *fake);

/* Two patients, each with a trouble; two doctors. */
void fake_people(struct fake *fake);
/* Reads the JSON and stores the row; what store_put() or the form answered. */
enum result fake_put(struct fake *fake, const struct record *rec, const char *json, int64_t *id);
enum result fake_drop(struct fake *fake, const struct record *rec, int64_t id);
/* Runs SQL that the engine would not, on the writer's connection. */
void fake_sql(struct fake *fake, const char *sql);
int64_t fake_count(struct fake *fake, const char *sql);

/* A call in an arena of its own, run to its end; user 0 is nobody. */
struct call *fake_call(struct fake *fake, enum method method, const char *path, int64_t user,
	const char *body);
/* The call before it is run. */
struct call *fake_request(struct fake *fake, enum method method, const char *path, int64_t user,
	const char *body);
void fake_end(struct call *call);
const char *fake_answer(const struct call *call, const char *name);
/* Compares with a file of tests/unit/engine/golden; rewrites it when
 * CHARTHOUSE_GOLDEN=write. */
void fake_golden(const char *name, const struct text *text);
