/*
 * fake - a catalog, a face and a store for the tests of the engine.
 */
#include "fake.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/json.h"
#include "db/writer.h"
#include "engine/audit.h"
#include "engine/form.h"
#include "engine/house.h"
#include "engine/print.h"
#include "../database.h"

/* ---- the records ---- */

static const struct choice kinds[] = {
	{ "plain", "Plain", NULL },
	{ "on-hold", "On hold", "onHold" },
	{ "it's", "With a quote", NULL },
	{ 0 }
};

/* clang-format off */
static const struct field person_fields[PERSON_COUNT] = {
	TEXT  (PERSON_NAME, "name", "Name", .required = true, .max = 40, .size = 40),
};

static const struct field doctor_fields[DOCTOR_COUNT] = {
	TEXT  (DOCTOR_NAME, "name", "Name", .required = true, .max = 40),
	TEXT  (DOCTOR_EMAIL, "email", "E-mail", .unique = true, .fold = LOWER),
};

static const struct field trouble_fields[TROUBLE_COUNT] = {
	PATIENT_REF(TROUBLE_PATIENT, fake_patients),
	TEXT  (TROUBLE_NAME, "name", "Name", .required = true),
};

static const struct field item_fields[ITEM_COUNT] = {
	REF   (ITEM_TROUBLE, "trouble_id", "Trouble", fake_troubles, .required = true,
	       .on_delete = CASCADE),
	TEXT  (ITEM_BODY, "body", "Body"),
};

static const struct field note_fields[NOTE_COUNT] = {
	PATIENT_REF(NOTE_PATIENT, fake_patients),
	REF   (NOTE_DOCTOR, "doctor_id", "Doctor", fake_doctors, .on_delete = UNLINK),
	REF   (NOTE_TROUBLE, "trouble_id", "Trouble", fake_troubles, .on_delete = SET_NULL),
	TEXT  (NOTE_TITLE, "title", "Title", .required = true, .min = 2, .max = 20, .size = 20,
	       .searchable = true),
	NOTE  (NOTE_BODY, "body", "Body", .blank_as_null = true),
	WHOLE (NOTE_SCORE, "score", "Score", .min = 1, .max = 10),
	NUMBER(NOTE_WEIGHT, "weight", "Weight", .min = 0, .max = 500, .decimals = 2),
	FLAG  (NOTE_DONE, "done", "Done", .initial = "false", .not_null = true),
	DATE  (NOTE_DAY, "day", "Day", .past = true),
	MOMENT(NOTE_AT, "at", "At"),
	CHOICE(NOTE_KIND, "kind", "Kind", kinds, .initial = "plain", .not_null = true),
	TAGS  (NOTE_TAGS),
	JSON  (NOTE_EXTRA, "extra", "Extra"),
	TEXT  (NOTE_SECRET, "token", "Token", .secret = true),
};

const struct record fake_patients = {
	.name = "patients", .one = "Patient", .many = "Patients", .entity = "patient",
	.is_patient = true, .fields = person_fields, .n_fields = COUNT(person_fields),
	.stamps = STAMPS_DEFAULT,
};

const struct record fake_doctors = {
	.name = "doctors", .one = "Doctor", .many = "Doctors", .entity = "doctor",
	.shared = true, .fields = doctor_fields, .n_fields = COUNT(doctor_fields),
};

const struct record fake_troubles = {
	.name = "troubles", .one = "Trouble", .many = "Troubles", .entity = "trouble",
	.of_patient = true, .patient = TROUBLE_PATIENT,
	.fields = trouble_fields, .n_fields = COUNT(trouble_fields),
};

const struct record fake_items = {
	.name = "items", .one = "Item", .many = "Items", .entity = "item",
	.parent = &fake_troubles, .parent_slot = ITEM_TROUBLE,
	.fields = item_fields, .n_fields = COUNT(item_fields),
};

const struct record fake_notes = {
	.name = "notes", .route = "notes", .one = "Note", .many = "Notes", .entity = "note",
	.summary = "One of everything.",
	.of_patient = true, .patient = NOTE_PATIENT,
	.fields = note_fields, .n_fields = COUNT(note_fields),
	.indexes = (const struct index[]){
		{ "idx_notes_patient_day", "patient_id, day", NULL, false, false },
		{ NULL, "title, id", "done = FALSE", false, false },
		{ 0 }
	},
	.checks = (const char *const[]){ "day IS NULL OR title <> ''", NULL },
	.uniques = (const char *const[]){ "uq_notes_title (patient_id, title)", NULL },
	.embeds = (const struct embed[]){
		{ .key = "doctor", .slot = NOTE_DOCTOR, .columns = "id, name" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED, .stamps_shown = true, .order = "id", .title = "title",
};

static const struct record *const records[] = { HOUSE_RECORDS, &fake_patients, &fake_doctors,
	&fake_troubles, &fake_items, &fake_notes, NULL };
/* clang-format on */

const struct catalog fake_catalog = { "fake", records, 1 };

/* ---- the face ---- */

static enum result
who(struct work *w)
{
	const char *user = call_header(w->call, "x-user");

	w->actor = (struct actor){ .kind = NOBODY };
	if (user && strcmp(user, "bad") == 0)
		return fail_as(w, 401, NULL, "Bad credentials");
	if (user && text_whole(user, 1, 9, &w->actor.id)) {
		w->actor.kind = USER;
		w->actor.name = user;
		w->actor.role = "user";
	}
	return OK;
}

static enum result
admit(struct work *w)
{
	if (w->call->route->need == NEED_NOBODY || w->actor.kind == USER)
		return OK;
	return fail_as(w, 401, NULL, "Not authenticated");
}

static enum result
own(struct work *w, const struct record *rec, int64_t patient, enum verb verb)
{
	if (rec && rec->shared)
		return verb == SEE ? OK : DENIED;
	return patient == w->actor.id ? OK : MISSING;
}

static void
explain(struct work *w, enum result r)
{
	static const int statuses[] = { [OK] = 200, [INVALID] = 422, [MISSING] = 404,
		[DENIED] = 403, [CONFLICT] = 409, [FAULT] = 500 };
	struct call *call = w->call;

	call->status = w->failure.status ? w->failure.status : statuses[r];
	json_open(&call->out, '{');
	json_put_text(&call->out, "message", w->failure.message);
	json_put_whole(&call->out, "problems", (int64_t)w->problems.n);
	json_close(&call->out, '}');
}

static enum result
list_notes(struct work *w)
{
	struct list list CLEANUP(list_close) = list_of(&fake_notes);
	struct entry entry = { .action = "read", .entity_type = "note" };
	size_t n = 0;
	enum result r;

	if (!call_id(w->call, 0, &entry.patient))
		return MISSING;
	list.limit = call_whole(w, "limit");
	if ((r = call_sound(w)) || (r = access_rows_of(w, &fake_notes, entry.patient, SEE)))
		return r;
	list_where(&list, "patient_id", value_whole(entry.patient));
	if ((r = store_list(w, &list, &w->call->out, &n)))
		return r;
	entry.count = (int64_t)n;
	return audit_read(w, &entry);
}

static enum result
read_note(struct work *w)
{
	w->call->row = row_new(w->arena, &fake_notes);
	form_read(w, w->call->json, false, w->call->row);
	form_rules(w, w->call->row);
	return call_sound(w);
}

static enum result
add_note(struct work *w)
{
	struct row *row = w->call->row;
	enum result r;

	if ((r = access_row(w, row, EDIT)) || (r = store_put(w, row)))
		return r;
	print_row(row, &w->call->out);
	return OK;
}

static enum result
fail_late(struct work *w)
{
	enum result r = add_note(w);

	return r ? r : fail(w, CONFLICT, "Late.");
}

/* More rows than there is memory for, each remembered. */
static enum result
remember_all(struct work *w)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(w->db, &query, "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL "
		"SELECT i + 1 FROM k WHERE i < 100000) SELECT i FROM k", NULL, 0);

	if (r)
		return r;
	while (query_next(query))
		arena_new(w->arena, 1000);
	return query_close(&query);
}

static enum result
add_and_remember(struct work *w)
{
	enum result r = add_note(w);

	return r ? r : remember_all(w);
}

/* The answer does not fit. */
static enum result
add_and_tell_all(struct work *w)
{
	enum result r = add_note(w);

	w->call->out.full = true;
	return r;
}

static enum result
note_lane(struct work *w)
{
	text_add(&w->call->out, w->db ? "d" : "-");
	return OK;
}

static enum result
say(struct work *w)
{
	text_add(&w->call->out, w->call->params[0] ? w->call->params[0] : w->call->route->path);
	return OK;
}

static const struct parameter list_query[] = {
	{ .name = "limit", .type = TYPE_WHOLE, .initial = "50", .min = 1, .max = 100 },
	{ 0 }
};

static const struct route routes[] = {
	{ .method = GET, .path = "/patients/{id}/notes/", .steps = { { READ, list_notes } },
		.rec = &fake_notes, .query = list_query, .summary = "Notes of a patient." },
	{ .method = POST, .path = "/notes/", .body = BODY_JSON, .rec = &fake_notes, .ok = 201,
		.steps = { { HERE, read_note }, { WRITE, add_note } } },
	{ .method = POST, .path = "/late", .body = BODY_JSON,
		.steps = { { HERE, read_note }, { WRITE, fail_late } } },
	{ .method = GET, .path = "/greedy", .steps = { { READ, remember_all } } },
	{ .method = POST, .path = "/greedy", .body = BODY_JSON,
		.steps = { { HERE, read_note }, { WRITE, add_and_remember } } },
	{ .method = POST, .path = "/wordy", .body = BODY_JSON,
		.steps = { { HERE, read_note }, { WRITE, add_and_tell_all } } },
	{ .method = POST, .path = "/lanes", .need = NEED_NOBODY,
		.steps = { { HERE, note_lane }, { READ, note_lane }, { SLOW, note_lane },
			{ WRITE, note_lane } } },
	{ .method = GET, .path = "/things/{id}", .need = NEED_NOBODY, .steps = { { HERE, say } } },
	{ .method = GET, .path = "/things/me", .need = NEED_NOBODY, .steps = { { HERE, say } } },
	{ .method = PUT, .path = "/things/{id}", .need = NEED_NOBODY, .steps = { { HERE, say } } },
	{ .method = GET, .path = "/{any}/last", .need = NEED_NOBODY, .steps = { { HERE, say } } },
	{ .method = GET, .path = "/things/{id}/parts/{part}", .need = NEED_NOBODY,
		.steps = { { HERE, say } } },
	{ 0 }
};

static const struct route *const tables[] = { routes, NULL };

struct face fake_face = { .name = "fake", .prefix = "/fake/v1", .tables = tables,
	.catalog = &fake_catalog, .who = who, .admit = admit, .access = own, .explain = explain };

struct face *const fake_faces[] = { &fake_face, NULL };

/* ---- the store ---- */

static void
open_store(struct fake *fake)
{
	const struct store_options options = { .catalog = &fake_catalog, .dir = fake->dir };

	assert_int_equal(store_open(&fake->store, &options), OK);
	fake->w.store = fake_face.store = fake->store;
}

int
fake_open(void **state)
{
	struct fake *fake = calloc(1, sizeof(*fake));

	if (!fake)
		return -1;
	crypto_start();
	(void)snprintf(fake->dir, sizeof(fake->dir), "/tmp/charthouse-engine-XXXXXX");
	if (!mkdtemp(fake->dir))
		return -1;
	database_use_fresh();
	settings.database_writers = 1; /* as on SQLite: one chain, one unit at a time */
	fake->arena = arena_open(64u << 20);
	fake->w = work_new(fake->arena, NULL);
	open_store(fake);
	*state = fake;
	return 0;
}

static int
remove_one(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info, (void)type, (void)ftw;
	return remove(path);
}

int
fake_close(void **state)
{
	struct fake *fake = *state;
	int r;

	store_close(&fake->store);
	arena_close(&fake->arena);
	r = nftw(fake->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(fake);
	return r;
}

void
fake_reopen(struct fake *fake)
{
	store_close(&fake->store);
	open_store(fake);
}

/* ---- rows ---- */

static enum result
put(struct work *w, void *arg)
{
	return store_put(w, arg);
}

static enum result
drop(struct work *w, void *arg)
{
	struct row *row = arg;
	enum result r = store_get(w, row->rec, row->id, &row);

	return r ? r : store_drop(w, row);
}

static void
refresh(struct fake *fake)
{
	struct work *w = &fake->w;

	*w = work_new(fake->arena, fake->store);
}

enum result
fake_put(struct fake *fake, const struct record *rec, const char *json, int64_t *id)
{
	struct row *row = row_new(fake->arena, rec);
	struct json_trouble trouble;
	json_t *object = json_read(json, strlen(json), &trouble);
	enum result r;

	refresh(fake);
	assert_non_null(object);
	form_read(&fake->w, object, false, row);
	json_decref(object);
	if (fake->w.problems.n)
		return INVALID;
	r = store_write(&fake->w, put, row);
	if (id)
		*id = row->id;
	return r;
}

enum result
fake_drop(struct fake *fake, const struct record *rec, int64_t id)
{
	struct row *row = row_new(fake->arena, rec);

	refresh(fake);
	row->id = id;
	return store_write(&fake->w, drop, row);
}

void
fake_people(struct fake *fake)
{
	assert_int_equal(fake_put(fake, &fake_patients, "{\"name\":\"One\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_patients, "{\"name\":\"Two\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_doctors,
		"{\"name\":\"Ada\",\"email\":\"Ada@X.org\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_doctors,
		"{\"name\":\"Bo\",\"email\":\"bo@x.org\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_troubles,
		"{\"patient_id\":1,\"name\":\"A\"}", NULL), OK);
	assert_int_equal(fake_put(fake, &fake_troubles,
		"{\"patient_id\":2,\"name\":\"B\"}", NULL), OK);
}

static enum result
run_sql(struct work *w, void *arg)
{
	return db_script(w->db, arg);
}

void
fake_sql(struct fake *fake, const char *sql)
{
	char *copy = strdup(sql);

	assert_int_equal(store_write(&fake->w, run_sql, copy), OK);
	free(copy);
}

int64_t
fake_count(struct fake *fake, const char *sql)
{
	int64_t n = -1;

	assert_int_equal(db_one(store_reader(fake->store), sql, NULL, 0, &n), OK);
	return n;
}

/* ---- calls ---- */

struct call *
fake_request(struct fake *fake, enum method method, const char *path, int64_t user,
	const char *body)
{
	struct arena *arena = arena_open(8u << 20);
	struct call *call = calloc(1, sizeof(*call));

	(void)fake;
	assert_non_null(call);
	arena_ration(arena, 4u << 20);
	call->work.arena = arena;
	call->work.call = call;
	call->work.problems.arena = arena;
	call->method = method;
	call->path = path;
	call->peer = "127.0.0.1";
	call->headers = arena_new(arena, 2 * sizeof(*call->headers));
	call->headers[call->n_headers++] = (struct pair){ "user-agent", "cmocka" };
	if (user)
		call->headers[call->n_headers++] = (struct pair){ "x-user",
			arena_printf(arena, "%lld", (long long)user) };
	if (body) {
		call->body = arena_text(arena, body);
		call->n_body = strlen(body);
	}
	return call;
}

struct call *
fake_call(struct fake *fake, enum method method, const char *path, int64_t user, const char *body)
{
	struct call *call = fake_request(fake, method, path, user, body);

	if (call_route(call, fake_faces) && !call->face)
		broken("%s belongs to no face\n", path);
	call_run_through(call);
	return call;
}

void
fake_end(struct call *call)
{
	struct arena *arena = call->work.arena;

	call_free(call);
	arena_close(&arena);
	free(call);
}

const char *
fake_answer(const struct call *call, const char *name)
{
	for (size_t i = 0; i < call->n_answer; i++)
		if (strcmp(call->answer[i].name, name) == 0)
			return call->answer[i].value;
	return NULL;
}

/* ---- goldens ---- */

void
fake_golden(const char *name, const struct text *text)
{
	static char golden[1 << 20];
	const char *mode = getenv("CHARTHOUSE_GOLDEN");
	char path[600];
	size_t n;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", getenv("GOLDEN_DIR"), name);
	if (mode && strcmp(mode, "write") == 0) {
		file = fopen(path, "we");
		assert_non_null(file);
		assert_int_equal(fwrite(text->at, 1, text->len, file), text->len);
		assert_int_equal(fclose(file), 0);
	}
	file = fopen(path, "re");
	assert_non_null(file);
	n = fread(golden, 1, sizeof(golden) - 1, file);
	(void)fclose(file);
	assert_int_equal(n, text->len);
	assert_memory_equal(golden, text->at, n);
}
