/*
 * user_errands - what the user commands do to the personal store.
 */
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "cli/errands.h"
#include "engine/audit.h"
#include "engine/row.h"
#include "engine/store.h"
#include "personal/personal.h"

struct addition {
	struct new_user user;
	int64_t id;
};

static enum result
add(struct work *w, void *arg)
{
	struct addition *addition = arg;

	return user_add(w, &addition->user, &addition->id);
}

static enum result
run_add(struct job_sheet *e)
{
	struct addition addition = {
		.user = {
			.username = errand_text(e, "username"),
			.email = errand_text(e, "email"),
			.full_name = errand_text(e, "full_name"),
			.role = errand_text(e, "role"),
			.hash = errand_text(e, "hash"),
			.no_patient = json_is_true(json_object_get(e->args, "no_patient")),
		},
	};
	const char *path;
	const char *code;
	enum result r;

	if (!addition.user.username || !addition.user.email || !addition.user.full_name
	    || !addition.user.role || !addition.user.hash)
		return INVALID;
	r = errand_write(e, e->premises->personal, add, &addition);
	if (r)
		return r;
	json_object_set_new(e->reply, "id", json_integer(addition.id));
	json_object_set_new(e->reply, "username",
		json_string(text_lower(e->arena, addition.user.username)));
	/* An admin made here makes the setup code void. */
	return setup_prepare(e->arena, e->premises->personal, &path, &code);
}

const struct errand errand_user_add = { "user.add", NEEDS_PERSONAL, run_add };

static enum result
run_list(struct job_sheet *e)
{
	struct db *db = store_reader(e->premises->personal->store);
	json_t *users = json_array();
	struct query *query;
	enum result r;

	json_object_set_new(e->reply, "users", users);
	if (!db || db_begin_read(db))
		return FAULT;
	r = db_query(db, &query,
		"SELECT id, username, full_name, role, email, is_active FROM users ORDER BY id",
		NULL, 0);
	while (!r && query_next(query))
		json_array_append_new(users,
			json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "id",
				(json_int_t)query_whole(query, 0), "username",
				query_text(query, 1, NULL), "full_name", query_text(query, 2, NULL),
				"role", query_text(query, 3, NULL), "email",
				query_text(query, 4, NULL), "state",
				query_null(query, 5) || query_whole(query, 5) ? "active"
									      : "disabled"));
	if (!r)
		r = query_close(&query);
	db_end_read(db);
	return r;
}

const struct errand errand_user_list = { "user.list", NEEDS_PERSONAL, run_list };

struct change {
	const char *username;
	const char *hash; /* NULL: unchanged */
	bool active;
};

static enum result
find_user(struct work *w, const char *username, struct row **out)
{
	const struct record *users = catalog_find(store_catalog(w->store), "users");
	enum result r = store_find(w, users, "username",
		value_text(text_lower(w->arena, username)), out);

	return r == MISSING ? fail(w, MISSING, "There is no such user.") : r;
}

static enum result
end_sessions(struct work *w, int64_t user)
{
	char now[MOMENT_SIZE];

	moment_store(w->now, now);
	return db_run(w->db,
		"UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND ended_at IS NULL",
		ARGS(value_text(now), value_whole(user)), NULL);
}

static enum result
change_password(struct work *w, void *arg)
{
	const struct change *change = arg;
	struct row *stored;
	struct row *row;
	enum result r = find_user(w, change->username, &stored);

	if (r)
		return r;
	row = row_edit(w->arena, stored);
	row_set_text(row, record_slot(row->rec, "password_hash"), change->hash);
	r = store_put(w, row);
	if (!r)
		r = end_sessions(w, row->id);
	if (r)
		return r;
	return audit_add(w, &(struct entry){ .action = "password_changed", .entity_type = "user",
				    .entity_id = row->id, .description = "by the command line" });
}

static enum result
run_password(struct job_sheet *e)
{
	struct change change = {
		.username = errand_text(e, "username"),
		.hash = errand_text(e, "hash"),
	};

	if (!change.username || !change.hash)
		return INVALID;
	return errand_write(e, e->premises->personal, change_password, &change);
}

const struct errand errand_user_password = { "user.password", NEEDS_PERSONAL, run_password };

/* Somebody must be left who can let others in. */
static enum result
keep_an_admin(struct work *w, int64_t but)
{
	int64_t others = 0;
	enum result r = store_lock_name(w, "admins");

	if (!r)
		r = db_one(w->db,
			"SELECT count(*) FROM users WHERE id <> $1 AND lower(role) IN ('admin', "
			"'administrator') AND COALESCE(is_active, TRUE)",
			ARGS(value_whole(but)), &others);
	if (r)
		return r;
	return others > 0 ? OK : fail(w, CONFLICT, "This is the last active admin.");
}

static bool
is_admin(const struct row *user)
{
	const char *role = row_text(user, record_slot(user->rec, "role"));

	return role && (text_same(role, "admin") || text_same(role, "administrator"));
}

static enum result
change_active(struct work *w, void *arg)
{
	const struct change *change = arg;
	struct row *stored;
	struct row *row;
	enum result r = find_user(w, change->username, &stored);

	if (!r && !change->active && is_admin(stored))
		r = keep_an_admin(w, stored->id);
	if (r)
		return r;
	row = row_edit(w->arena, stored);
	row_set_whole(row, record_slot(row->rec, "is_active"), change->active);
	r = store_put(w, row);
	if (!r && !change->active)
		r = end_sessions(w, row->id);
	return r;
}

static enum result
run_active(struct job_sheet *e)
{
	struct change change = {
		.username = errand_text(e, "username"),
		.active = json_is_true(json_object_get(e->args, "active")),
	};

	if (!change.username)
		return INVALID;
	return errand_write(e, e->premises->personal, change_active, &change);
}

const struct errand errand_user_active = { "user.active", NEEDS_PERSONAL, run_active };
