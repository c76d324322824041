/*
 * client_errands - what the client and import commands do to the clinic store.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/moment.h"
#include "cli/errands.h"
#include "clinic/clients.h"
#include "clinic/clinic.h"
#include "engine/store.h"

enum { EXPORT_MAX = 256 << 20 };

struct addition {
	struct new_client client;
	struct made_client made;
};

static enum result
add(struct work *w, void *arg)
{
	struct addition *addition = arg;

	return client_add(w, &addition->client, &addition->made);
}

static void
reply_client(struct job_sheet *e, const char *id, const char *secret)
{
	json_object_set_new(e->reply, "client_id", json_string(id));
	json_object_set_new(e->reply, "client_secret", json_string(secret));
}

static enum result
run_add(struct job_sheet *e)
{
	struct addition addition = {
		.client = {
			.app_id = errand_text(e, "app_id"),
			.app_name = errand_text(e, "app_name"),
			.role = errand_text(e, "role"),
			.scopes = errand_text(e, "scopes"),
			.description = errand_text(e, "description"),
			.contact_email = errand_text(e, "contact_email"),
			.mrn = errand_text(e, "mrn"),
			.public_key = errand_text(e, "public_key"),
			.rate_limit = json_integer_value(json_object_get(e->args, "rate_limit")),
		},
	};
	enum result r;

	if (!addition.client.app_id || !addition.client.app_name || !addition.client.role
	    || !addition.client.scopes)
		return INVALID;
	r = errand_write(e, e->premises->clinic, add, &addition);
	if (!r)
		reply_client(e, addition.made.client_id, addition.made.client_secret);
	return r;
}

const struct errand errand_client_add = { "client.add", NEEDS_CLINIC, run_add };

static enum result
run_list(struct job_sheet *e)
{
	static const char *const keys[] = { "client_id", "app_id", "app_name", "role", "scopes",
		"rate_limit", "last_used" };
	struct db *db = store_reader(e->premises->clinic->store);
	json_t *clients = json_array();
	struct query *query;
	enum result r;

	json_object_set_new(e->reply, "clients", clients);
	if (!db || db_begin_read(db))
		return FAULT;
	r = db_query(db, &query,
		"SELECT client_id, app_id, app_name, role, scopes, rate_limit, last_used, "
		"is_active FROM oauth_clients ORDER BY id",
		NULL, 0);
	while (!r && query_next(query)) {
		json_t *client = json_object();

		for (size_t i = 0; i < COUNT(keys); i++)
			json_object_set_new(client, keys[i],
				query_null(query, i) ? json_null()
						     : json_string(query_text(query, i, NULL)));
		json_object_set_new(client, "state",
			json_string(query_whole(query, COUNT(keys)) ? "active" : "disabled"));
		json_array_append_new(clients, client);
	}
	if (!r)
		r = query_close(&query);
	db_end_read(db);
	return r;
}

const struct errand errand_client_list = { "client.list", NEEDS_CLINIC, run_list };

struct change {
	const char *client_id, *secret;
	bool active;
};

static enum result
missing(struct work *w, enum result r)
{
	return r == MISSING ? fail(w, MISSING, "There is no such client.") : r;
}

static enum result
rotate(struct work *w, void *arg)
{
	struct change *change = arg;

	return missing(w, client_rotate(w, change->client_id, &change->secret));
}

static enum result
enable(struct work *w, void *arg)
{
	const struct change *change = arg;

	return missing(w, client_enable(w, change->client_id, change->active));
}

static enum result
run_rotate(struct job_sheet *e)
{
	struct change what = { .client_id = errand_text(e, "client_id") };
	enum result r;

	if (!what.client_id)
		return INVALID;
	r = errand_write(e, e->premises->clinic, rotate, &what);
	if (!r)
		reply_client(e, what.client_id, what.secret);
	return r;
}

const struct errand errand_client_rotate = { "client.rotate", NEEDS_CLINIC, run_rotate };

static enum result
run_active(struct job_sheet *e)
{
	struct change what = {
		.client_id = errand_text(e, "client_id"),
		.active = json_is_true(json_object_get(e->args, "active")),
	};

	return what.client_id ? errand_write(e, e->premises->clinic, enable, &what) : INVALID;
}

const struct errand errand_client_active = { "client.active", NEEDS_CLINIC, run_active };

/* The file as JSON; NULL and e->trouble when it is none. */
static json_t *
load(struct job_sheet *e, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct json_trouble trouble;
	json_t *export = NULL;
	struct stat st;
	void *bytes;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		e->trouble = arena_printf(e->arena, "The server cannot read %s: %s.", path,
			fd < 0 ? strerror(errno) : "it is no ordinary file");
	} else if (st.st_size <= 0 || st.st_size > EXPORT_MAX) {
		e->trouble = "The file is empty or larger than 256 MiB.";
	} else {
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes != MAP_FAILED) {
			export = json_read(bytes, (size_t)st.st_size, &trouble);
			munmap(bytes, (size_t)st.st_size);
		}
		if (!export)
			e->trouble = bytes == MAP_FAILED
				? "The file cannot be read."
				: arena_printf(e->arena, "This is no JSON at byte %zu: %s",
					trouble.position, trouble.text);
	}
	if (fd >= 0)
		close(fd);
	return export;
}

/* The first bytes of every SQLite file. */
static bool
is_sqlite(const char *path)
{
	static const char magic[] = "SQLite format 3";
	char bytes[sizeof(magic)] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool is = fd >= 0 && read(fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes) &&
		memcmp(bytes, magic, sizeof(magic)) == 0;

	if (fd >= 0)
		close(fd);
	return is;
}

static json_t *
load_sqlite(struct job_sheet *e, const char *path)
{
	json_t *export;

	if (clinic_import_open(path, &export) == OK)
		return export;
	e->trouble = "This SQLite file has not the eight tables of the reference.";
	return NULL;
}

struct import {
	json_t *export;
	struct import_report report;
	void (*progress)(void *arg, size_t done, size_t of);
};

static enum result
import(struct work *w, void *arg)
{
	struct import *what = arg;

	w->importing = true;
	return clinic_import(w, what->export, &what->report, what->progress, NULL);
}

static json_t *
counts_of(const struct import_report *report)
{
	json_t *counts = json_array();

	for (size_t i = 0; i < report->n; i++) {
		const struct import_count *c = &report->counts[i];

		json_array_append_new(counts,
			json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "what", c->what, "read",
				(json_int_t)c->read, "stored", (json_int_t)c->stored, "unchanged",
				(json_int_t)c->unchanged, "flagged", (json_int_t)c->flagged, "left",
				(json_int_t)c->left));
	}
	return counts;
}

static enum result
run_import(struct job_sheet *e)
{
	const char *zone = errand_text(e, "zone");
	const char *path = errand_text(e, "path");
	struct import what = { .progress = e->progress };
	enum result r;

	if (zone && strcmp(zone, moment_zone_name()) != 0) {
		e->trouble = arena_printf(e->arena,
			"The server runs in the time zone %s; stop it to import with another.",
			moment_zone_name());
		return CONFLICT;
	}
	what.export = !path ? NULL : is_sqlite(path) ? load_sqlite(e, path) : load(e, path);
	if (!what.export)
		return INVALID;
	r = errand_write(e, e->premises->clinic, import, &what);
	if (!r) {
		json_object_set_new(e->reply, "counts", counts_of(&what.report));
		json_object_set_new(e->reply, "flags",
			json_stringn(what.report.flags.at ? what.report.flags.at : "",
				what.report.flags.len));
	}
	text_close(&what.report.flags);
	json_decref(what.export);
	return r;
}

const struct errand errand_import_clinic = { "import.clinic", NEEDS_CLINIC, run_import };
