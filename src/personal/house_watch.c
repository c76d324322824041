/*
 * house_watch - the switch of registration, the activity of the house, and how the
 * server is; for its administrators.
 */
#include <string.h>

#include "base/json.h"
#include "base/moment.h"
#include "db/writer.h"
#include "engine/activity.h"
#include "engine/audit.h"
#include "engine/store.h"
#include "personal/accounts.h"
#include "personal/face.h"
#include "personal/house.h"
#include "personal/records.h"
#include "personal/routes.h"
#include "personal/settings.h"

struct store *house_neighbour;

static const char registration[] = "allow_user_registration", verified[] = "audit_verified";

/* ---- settings ---- */

static enum result
put_setting(struct work *w, const char *name, const char *value)
{
	struct row *stored = NULL, *row;
	enum result r = store_lock_name(w, "settings");

	if (r)
		return r;
	r = store_find(w, &personal_settings, "name", value_text(name), &stored);
	if (r && r != MISSING)
		return r;
	row = stored ? row_edit(w->arena, stored) : row_new(w->arena, &personal_settings);
	row_set_text(row, SETTINGS_NAME, name);
	row_set_text(row, SETTINGS_VALUE, value);
	w->quiet = true;
	r = store_put(w, row);
	w->quiet = false;
	return r;
}

/* ---- registration ---- */

static enum result
show_registration(struct work *w)
{
	struct text *out = &w->call->out;
	bool open;
	enum result r;

	if ((r = access_record(w, &personal_users, SEE)) || (r = accounts_registration(w, &open)))
		return r;
	json_open(out, '{');
	json_put_bool(out, "enabled", open);
	json_put_bool(out, "fixed", settings.allow_registration);
	json_close(out, '}');
	return OK;
}

static enum result
set_registration(struct work *w)
{
	const json_t *member = json_object_get(w->call->json, "enabled");
	bool open = json_is_true(member);
	enum result r;

	if (!json_is_boolean(member))
		problem_at(&w->problems, "body", "enabled", member ? "bool_type" : "missing",
			member ? "Input should be a valid boolean" : "Field required");
	if ((r = call_sound(w)) || (r = access_record(w, &personal_users, EDIT)))
		return r;
	if (settings.allow_registration && !open)
		return fail(w, CONFLICT,
			"The command line has opened registration; only there it can be closed");
	if ((r = put_setting(w, registration, open ? "true" : "false")) ||
		(r = audit_add(w, &(struct entry){
			.action = "updated",
			.entity_type = "setting",
			.description = open ? "Opened registration" : "Closed registration",
		})))
		return r;
	return show_registration(w);
}

/* ---- activity ---- */

static enum result
show_activity(struct work *w)
{
	struct activity activity = {
		.who = "(SELECT full_name FROM users WHERE users.id = activity_log.user_id)",
		.address = true,
		.user = call_whole(w, "user_id"),
	};
	enum result r;

	activity_read(w, &activity);
	if ((r = call_sound(w)) || (r = access_record(w, &personal_users, SEE)))
		return r;
	return activity_answer(w, &activity, "Read the activity of the house");
}

/* ---- health ---- */

static enum result
print_revision(struct work *w, struct db *db, struct text *out)
{
	struct query *query CLEANUP(query_drop) = NULL;
	enum result r = db_query(db, &query, "SELECT version, name, (SELECT COUNT(*) FROM "
		"activity_log) FROM schema_migrations ORDER BY version DESC LIMIT 1", NULL, 0);

	(void)w;
	if (r)
		return r;
	if (query_next(query)) {
		json_put_whole(out, "revision", query_whole(query, 0));
		json_put_text(out, "revision_name", query_text(query, 1, NULL));
		json_put_whole(out, "entries", query_whole(query, 2));
	}
	return query_close(&query);
}

static enum result
print_store(struct work *w, struct store *store, struct db *db)
{
	struct text *out = &w->call->out;
	struct writer *writer = store_writer(store);
	enum result r;

	json_open(out, '{');
	json_put_text(out, "name", store_catalog(store)->name);
	json_put_text(out, "database", db_dialect(db) == SQLITE ? "sqlite" : "postgresql");
	json_put_whole(out, "bytes", db_size(db));
	r = print_revision(w, db, out);
	json_put_whole(out, "waiting", (int64_t)writer_waiting(writer));
	json_put_bool(out, "full", writer_full(writer));
	json_put_bool(out, "away", writer_away(writer));
	json_close(out, '}');
	return r;
}

/* The other store has a transaction of its own. */
static enum result
print_neighbour(struct work *w)
{
	struct db *db = house_neighbour ? store_reader(house_neighbour) : NULL;
	enum result r;

	if (!db || db_begin_read(db))
		return house_neighbour ? FAULT : OK;
	r = print_store(w, house_neighbour, db);
	db_end_read(db);
	return r;
}

static enum result
print_verified(struct work *w)
{
	struct text *out = &w->call->out;
	struct row *row = NULL;
	enum result r = store_find(w, &personal_settings, "name", value_text(verified), &row);

	if (r && r != MISSING)
		return r;
	json_key(out, "audit");
	if (row && row_has(row, SETTINGS_VALUE))
		json_raw(out, row_text(row, SETTINGS_VALUE),
			strlen(row_text(row, SETTINGS_VALUE)));
	else
		json_nothing(out);
	return OK;
}

static enum result
show_health(struct work *w)
{
	struct text *out = &w->call->out;
	const int64_t opened = face_state()->opened;
	char iso[ISO_SIZE];
	enum result r = access_record(w, &personal_users, SEE);

	if (r)
		return r;
	moment_iso(opened, iso);
	json_open(out, '{');
	json_put_text(out, "version", CHARTHOUSE_VERSION);
	json_put_text(out, "started_at", iso);
	json_put_whole(out, "uptime_seconds", (w->now - opened) / 1000000);
	json_key(out, "stores");
	json_open(out, '[');
	if ((r = print_store(w, w->store, w->db)) || (r = print_neighbour(w)))
		return r;
	json_close(out, ']');
	r = print_verified(w);
	json_close(out, '}');
	return r;
}

/* ---- the chains of the audit ---- */

/* A finding names chain and place only; they are for the log and the command. */
static void
count_finding(void *arg, const char *line)
{
	(void)line;
	++*(size_t *)arg;
}

/* One moment of the database: entries that come meanwhile are not missed. */
static enum result
verify_store(struct store *store, size_t *findings)
{
	struct db *db = store_reader(store);

	if (!db || db_begin_read(db))
		return FAULT;
	(void)audit_verify(db, store_dir(store), store_catalog(store)->name, count_finding,
		findings);
	db_end_read(db);
	return OK;
}

static enum result
verify(struct work *w)
{
	size_t *findings = arena_new(w->arena, sizeof(*findings));
	enum result r = verify_store(w->store, findings);

	w->call->data = findings;
	if (!r && house_neighbour)
		r = verify_store(house_neighbour, findings);
	return r;
}

static enum result
keep_verified(struct work *w)
{
	struct text value CLEANUP(text_close) = { 0 };
	const size_t *findings = w->call->data;
	char iso[ISO_SIZE];
	enum result r;

	moment_iso(w->now, iso);
	json_open(&value, '{');
	json_put_text(&value, "verified_at", iso);
	json_put_whole(&value, "findings", (int64_t)*findings);
	json_close(&value, '}');
	if ((r = access_record(w, &personal_users, EDIT)) ||
		(r = put_setting(w, verified, arena_text(w->arena, text_string(&value)))) ||
		(r = audit_add(w, &(struct entry){
			.action = "verified",
			.entity_type = "activity",
			.description = "Checked the chains of the log",
			.count = (int64_t)*findings,
		})))
		return r;
	json_open(&w->call->out, '{');
	r = print_verified(w);
	json_close(&w->call->out, '}');
	return r;
}

static const struct parameter activity_query[] = {
	ACTIVITY_PARAMETERS,
	{ .name = "user_id", .type = TYPE_WHOLE, .min = 1, .max = 2147483647,
	  .help = "Only of this user." },
	{ 0 }
};

const struct route personal_house_watch_routes[] = {
	{ .method = GET, .path = "/house/registration", .need = NEED_ADMIN,
	  .steps = { { READ, show_registration } },
	  .summary = "Whether anybody may register, and whether the command line says so." },
	{ .method = PUT, .path = "/house/registration", .need = NEED_ADMIN, .body = BODY_JSON,
	  .steps = { { WRITE, set_registration } }, .summary = "Opens or closes registration.",
	  .about = "The body is {\"enabled\": true or false}." },
	{ .method = GET, .path = "/house/activity", .need = NEED_ADMIN,
	  .steps = { { READ, show_activity } }, .query = activity_query,
	  .summary = "Who did and saw what, the newest first; without any health data." },
	{ .method = GET, .path = "/house/health", .need = NEED_ADMIN,
	  .steps = { { READ, show_health } },
	  .summary = "How the server is: stores, revisions, queues, the log's last check." },
	{ .method = POST, .path = "/house/audit/verify", .need = NEED_ADMIN,
	  .body = BODY_OPTIONAL, .steps = { { SLOW, verify }, { WRITE, keep_verified } },
	  .summary = "Checks the chains of the log now." },
	{ 0 }
};
