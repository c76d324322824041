/*
 * photos - a patient's one picture: taken in, shown, taken away.
 *
 * What comes is looked at three times: may they, before anything is done for them; is
 * it a picture, in a process without rights (files/image.h); and may they still, in
 * the transaction that stores the row.  The file is on disk before the row is, and goes
 * after it: at any moment a row has its file.
 */
#include "personal/photos.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/json.h"
#include "base/moment.h"
#include "engine/audit.h"
#include "engine/store.h"
#include "files/image.h"
#include "files/vault.h"
#include "personal/patient_photos.h"
#include "personal/people.h"
#include "personal/reach.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/rules.h"
#include "personal/select.h"

enum { BODY_MOST = 16 << 20, TYPE_SHOWN = 60, NAME_MOST = 255, VERSION = 16, RETRY_SECONDS = 1,
	SWEEP_MEMORY = 256 << 20 };

static const struct record *const photos = &personal_patient_photos;

static enum result
missing(struct work *w)
{
	return fail_as(w, 404, NULL, "No photo found for this patient");
}

static enum result
find(struct work *w, int64_t patient, struct row **row)
{
	int64_t id;
	enum result r = db_one(w->db, "SELECT id FROM patient_photos WHERE patient_id = $1",
		ARGS(value_whole(patient)), &id);

	return r ? r : store_get(w, photos, id, row);
}

static enum result
note(struct work *w, const char *action, const char *verb, int64_t patient)
{
	return audit_add(w, &(struct entry){
		.action = action,
		.entity_type = personal_patients.entity,
		.entity_id = patient,
		.patient = patient,
		.description = arena_printf(w->arena, "%s Photo of %s %lld", verb,
			personal_patients.one, (long long)patient),
	});
}

const char *
photo_version(struct arena *arena, const char *file_path)
{
	const char *slash = strrchr(file_path, '/');
	const char *name = slash ? slash + 1 : file_path;

	return arena_copy(arena, name, strnlen(name, VERSION));
}

/* The contract's Photo tells of the last change, not of the row's making. */
static enum result
print(struct work *w, int64_t id)
{
	char updated[MOMENT_SIZE];
	struct row *row;
	enum result r;

	if ((r = store_get(w, photos, id, &row)) || (r = store_print(w, photos, id, false, &w->call->out)))
		return r;
	moment_store(row->updated, updated);
	reach_reopen(w);
	people_moment(&w->call->out, "updated_at", updated);
	json_close(&w->call->out, '}');
	return OK;
}

/* ---- taking away ---- */

static void
remove_file(struct work *w, void *path)
{
	vault_drop(store_dir(w->store), path);
}

enum result
photo_drop(struct work *w, int64_t patient, bool *was)
{
	struct row *row = NULL;
	enum result r = find(w, patient, &row);

	if (was)
		*was = r == OK;
	if (r)
		return r == MISSING ? OK : r;
	w->quiet = true;
	r = store_drop(w, row);
	w->quiet = false;
	if (!r && w->call)
		call_later(w, remove_file,
			arena_text(w->arena, row_text(row, PATIENT_PHOTOS_FILE_PATH)));
	return r;
}

static enum result
drop(struct work *w)
{
	int64_t patient;
	enum result r = select_path(w, 0, OWN, &patient);
	bool was;

	if (r == DENIED)
		return fail(w, DENIED, "Only the patient owner can delete the photo");
	if (r || (r = photo_drop(w, patient, &was)))
		return r;
	return was ? note(w, "deleted", "Deleted", patient) : missing(w);
}

/* ---- taking in ---- */

/* What a call carries from one step to the next. */
struct coming {
	struct picture picture;
	const char *path; /* of the file */
};

static bool
known_type(const char *type)
{
	static const char *const known[] = { "image/jpeg", "image/jpg", "image/png", "image/gif",
		"image/bmp", "image/heic", "image/heif" };
	size_t n = strcspn(type, "; ");

	for (size_t i = 0; i < COUNT(known); i++)
		if (strlen(known[i]) == n && strncasecmp(type, known[i], n) == 0)
			return true;
	return false;
}

static enum result
check(struct work *w)
{
	const struct upload *upload = &w->call->upload;
	const char *type = upload->type ? upload->type : "unknown";
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	if (!upload->bytes) {
		problem_at(&w->problems, "body", "file", "missing", "%s", "Field required");
		return INVALID;
	}
	if (!known_type(type))
		return fail_as(w, 400, NULL, arena_printf(w->arena, "Invalid file type: %s. "
			"Please upload a JPEG, PNG, GIF, BMP, or HEIC image",
			utf8_length(type, strlen(type)) > TYPE_SHOWN ? "unknown" : type));
	if (upload->n > IMAGE_MOST)
		return fail_as(w, 400, NULL, "Photo must be less than 15MB");
	return OK;
}

static enum result
make(struct work *w)
{
	const struct upload *upload = &w->call->upload;
	struct coming *coming = arena_new(w->arena, sizeof(*coming));
	enum result r = image_read(w->arena, upload->bytes, upload->n, &coming->picture);

	if (r == INVALID)
		return fail_as(w, 400, NULL, arena_printf(w->arena,
			"Unable to process image: %s. Please try a different photo",
			coming->picture.reason));
	if (r == CONFLICT) {
		w->failure = (struct failure){ .status = 503, .retry_after = RETRY_SECONDS };
		return FAULT;
	}
	if (!r)
		r = vault_put(w->arena, store_dir(w->store), "photos", coming->picture.jpeg,
			coming->picture.n, &coming->path);
	if (r)
		return fail_as(w, 500, NULL, "Failed to upload photo");
	w->call->data = coming;
	return OK;
}

/* patient_5_20240131_235959.jpg */
static const char *
file_name(struct work *w, int64_t patient)
{
	char now[MOMENT_SIZE];
	const char *digits;

	moment_store(w->now, now);
	digits = text_digits(w->arena, now);
	return arena_printf(w->arena, "patient_%lld_%.8s_%.6s.jpg", (long long)patient, digits,
		digits + 8);
}

/* Without the folders that some senders put before it. */
static const char *
original_name(const struct upload *upload)
{
	const char *name = upload->name;
	const char *at = name + strlen(name);

	while (at > name && at[-1] != '/' && at[-1] != '\\')
		at--;
	return *at && utf8_length(at, strlen(at)) <= NAME_MOST ? at : NULL;
}

static struct row *
row_of(struct work *w, const struct coming *coming, int64_t patient)
{
	struct row *row = row_new(w->arena, photos);
	const char *name = original_name(&w->call->upload);

	row_set_whole(row, PATIENT_PHOTOS_PATIENT_ID, patient);
	row_set_text(row, PATIENT_PHOTOS_FILE_NAME, file_name(w, patient));
	row_set_text(row, PATIENT_PHOTOS_FILE_PATH, coming->path);
	row_set_whole(row, PATIENT_PHOTOS_FILE_SIZE, (int64_t)coming->picture.n);
	row_set_text(row, PATIENT_PHOTOS_MIME_TYPE, "image/jpeg");
	if (name)
		row_set_text(row, PATIENT_PHOTOS_ORIGINAL_NAME, name);
	row_set_whole(row, PATIENT_PHOTOS_WIDTH, coming->picture.w);
	row_set_whole(row, PATIENT_PHOTOS_HEIGHT, coming->picture.h);
	row_set_whole(row, PATIENT_PHOTOS_UPLOADED_BY, w->actor.id);
	rules_moment_now(w, row, PATIENT_PHOTOS_UPLOADED_AT);
	return row;
}

static enum result
store(struct work *w)
{
	struct row *row;
	int64_t patient;
	enum result r;

	if ((r = select_path(w, 0, SEE, &patient)))
		return r;
	r = store_lock_name(w, arena_printf(w->arena, "photo %lld", (long long)patient));
	if (r || (r = photo_drop(w, patient, NULL)))
		return r;
	row = row_of(w, w->call->data, patient);
	w->quiet = true;
	r = store_put(w, row);
	w->quiet = false;
	if (r || (r = note(w, "created", "Created", patient)))
		return r;
	return print(w, row->id);
}

/* ---- showing ---- */

static enum result
reach(struct work *w, int64_t *patient, struct row **row)
{
	enum result r = select_path(w, 0, SEE, patient);

	*row = NULL;
	if (r)
		return r;
	r = find(w, *patient, row);
	if (r && r != MISSING)
		return r;
	return reach_note(w, photos, *row ? (*row)->id : 0, *patient, 0);
}

static enum result
info(struct work *w)
{
	struct row *row;
	int64_t patient;
	enum result r;

	if ((r = reach(w, &patient, &row)))
		return r;
	if (row)
		return print(w, row->id);
	text_add(&w->call->out, "null");
	return OK;
}

static enum result
look(struct work *w)
{
	const char *known = call_header(w->call, "if-none-match");
	const char *path, *tag;
	struct row *row;
	int64_t patient;
	enum result r;

	if ((r = reach(w, &patient, &row)))
		return r;
	if (!row)
		return missing(w);
	path = row_text(row, PATIENT_PHOTOS_FILE_PATH);
	tag = arena_printf(w->arena, "\"%s\"", photo_version(w->arena, path));
	call_answer(w->call, "ETag", tag);
	call_answer(w->call, "Cache-Control", "private, no-cache");
	if (known && strstr(known, tag)) {
		w->call->status = 304;
		w->call->no_body = true;
		return OK;
	}
	w->call->data = arena_text(w->arena, path);
	return OK;
}

/* An adopted file is what another server made of it: a JPEG, or nothing to be shown. */
static enum result
show(struct work *w)
{
	const char *path = w->call->data;
	const char *bytes = NULL;
	size_t n = 0;
	enum result r;

	if (!path)
		return OK;
	r = vault_get(w->arena, store_dir(w->store), path, &bytes, &n);
	if (r == FAULT)
		return r;
	if (r || n < 3 || memcmp(bytes, "\xff\xd8\xff", 3) != 0)
		return missing(w);
	w->call->type = "image/jpeg";
	text_put(&w->call->out, bytes, n);
	return OK;
}

/* ---- what nobody names ---- */

struct names {
	const char **at;
	size_t n;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_named(void *arg, const char *path)
{
	const struct names *names = arg;

	return bsearch(&path, names->at, names->n, sizeof(*names->at), by_name) != NULL;
}

static enum result
read_names(struct work *w, struct names *names)
{
	struct query *query CLEANUP(query_drop) = NULL;
	int64_t most;
	enum result r = db_one(w->db, "SELECT COUNT(*) FROM patient_photos", NULL, 0, &most);

	if (r || (r = db_query(w->db, &query, "SELECT file_path FROM patient_photos", NULL, 0)))
		return r;
	names->at = arena_new(w->arena, ((size_t)most + 1) * sizeof(*names->at));
	while ((int64_t)names->n < most && query_next(query))
		names->at[names->n++] = arena_text(w->arena, query_text(query, 0, NULL));
	qsort(names->at, names->n, sizeof(*names->at), by_name);
	return query_close(&query);
}

void
photos_sweep(struct store *store)
{
	struct work w = { .store = store, .db = store_reader(store) };
	struct names names = { 0 };
	size_t n = 0;

	if (!w.db || db_begin_read(w.db))
		return;
	w.arena = arena_open(SWEEP_MEMORY);
	if (!read_names(&w, &names))
		n = vault_sweep(store_dir(store), "photos", is_named, &names);
	db_end_read(w.db);
	arena_close(&w.arena);
	if (n)
		log_info("photos: %zu files that nothing names are gone", n);
}

const struct route personal_photo_routes[] = {
	{ .method = POST, .path = "/patients/{patient_id}/photo", .body = BODY_FILE,
	  .steps = { { READ, check }, { SLOW, make }, { WRITE, store } }, .max_body = BODY_MOST,
	  .summary = "Takes a photo of a patient, in the place of the one there was.",
	  .about = "JPEG, PNG, GIF or BMP of at most 15 MB; it is kept as a JPEG of at most "
		   "1000 pixels a side, the right side up, without place and time." },
	{ .method = GET, .path = "/patients/{patient_id}/photo",
	  .steps = { { READ, look }, { HERE, show } }, .summary = "The photo of a patient, a JPEG." },
	{ .method = GET, .path = "/patients/{patient_id}/photo/info", .steps = { { READ, info } },
	  .summary = "What is known of the photo of a patient; null when there is none." },
	{ .method = DELETE, .path = "/patients/{patient_id}/photo", .steps = { { WRITE, drop } },
	  .ok = 204, .summary = "Removes the photo of a patient." },
	{ 0 }
};
