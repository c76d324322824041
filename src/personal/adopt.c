/*
 * adopt - another server's users, patients and records, in one transaction.
 *
 * Ids stay what they were when there was nothing here before; else every row gets
 * a new one and references follow.  Each row has a savepoint of its own, because
 * PostgreSQL gives up a transaction in which a statement was refused.
 */
#include "personal/adopt.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "engine/audit.h"
#include "engine/house.h"
#include "engine/store.h"
#include "personal/adopt_private.h"
#include "personal/records.h"
#include "personal/users.h"

enum { PAGE = 500, MEMORY = 1 << 30 };

static enum result
give_up(struct adopting *run, enum result r, const char *sentence)
{
	run->adopt->trouble = sentence;
	return r;
}

/* ---- what is kept beside ---- */

static enum result
put_quietly(struct work *w, struct row *row)
{
	bool quiet = w->quiet;
	enum result r;

	w->quiet = true; /* bookkeeping, nobody's record */
	r = store_put(w, row);
	w->quiet = quiet;
	return r;
}

static enum result
put_flags(struct adoptee *e, int64_t id)
{
	enum result r = OK;

	for (size_t i = 0; !r && i < e->n_flags; i++) {
		struct row *row = row_new(e->run->page, &engine_import_flags);

		row_set_text(row, FLAG_TABLE, e->source->rec->name);
		row_set_whole(row, FLAG_ROW, id);
		row_set_text(row, FLAG_FIELD, e->flags[i].field);
		row_set_text(row, FLAG_ORIGINAL, e->flags[i].original);
		row_set_text(row, FLAG_REASON, e->flags[i].reason);
		r = put_quietly(e->run->w, row);
	}
	e->run->count->flagged += e->n_flags > 0;
	return r;
}

/* The row as it was, but for secrets. */
static const char *
whole_row(struct adoptee *e)
{
	struct text out CLEANUP(text_close) = { 0 };
	size_t n = cells_of(e->source->rec);

	json_open(&out, '{');
	for (size_t i = 0; i < n + e->source->n_extras; i++) {
		const struct field *f = i < n ? cells_field(e->source->rec, i) : NULL;
		const char *name = f ? f->name : query_column_name(e->query, i);

		if (i >= n)
			name = e->source->extras[i - n];
		if (query_null(e->query, i) || adopt_is_secret(name) || (f && f->secret))
			continue;
		json_put_text(&out, name, query_text(e->query, i, NULL));
	}
	json_close(&out, '}');
	return arena_copy(e->run->page, out.at, out.len);
}

static enum result
leave(struct adoptee *e)
{
	const struct record *rec = e->source->rec;
	struct row *row = row_new(e->run->page, &engine_import_leftovers);

	e->run->count->left++;
	if (rec->of_patient && adopt_cell(e, rec->patient)->kind == VALUE_WHOLE)
		row_set_whole(row, LEFT_PATIENT, adopt_cell(e, rec->patient)->whole);
	row_set_text(row, LEFT_SOURCE, "adopted database");
	row_set_text(row, LEFT_TABLE, rec->name);
	row_set_text(row, LEFT_CONTENT, whole_row(e));
	row_set_text(row, LEFT_REASON, e->refused);
	return put_quietly(e->run->w, row);
}

/* Columns we have no place for: what they hold goes into the flags. */
static void
take_extras(struct adoptee *e)
{
	struct source *source = e->source;
	size_t n = cells_of(source->rec);

	for (size_t i = 0; i < source->n_extras; i++) {
		if (query_null(e->query, n + i))
			continue;
		source->extra_rows[i]++;
		if (!adopt_is_secret(source->extras[i]))
			adopt_flag(e, source->extras[i], adopt_original(e, n + i),
				"has no column here");
	}
}

/* ---- one row ---- */

static enum result
insert(struct adoptee *e, int64_t *id)
{
	const struct record *rec = e->source->rec;
	bool same = e->run->adopt->same_ids;
	size_t first = same ? 0 : 1, n = cells_of(rec);
	const char *columns = record_plan(rec)->columns + (same ? 0 : strlen("id, "));
	struct text sql CLEANUP(text_close) = { 0 };

	text_printf(&sql, "INSERT INTO %s (%s) VALUES (", rec->name, columns);
	for (size_t i = first; i < n; i++)
		text_printf(&sql, "%s$%zu", i > first ? ", " : "", i - first + 1);
	text_add(&sql, ")");
	e->cells[0] = value_whole(e->old);
	return db_insert(e->run->w->db, text_string(&sql), e->cells + first, n - first, id);
}

/* OK also when the database refused it: then e->refused says so. */
static enum result
try_insert(struct adoptee *e, int64_t *id)
{
	struct db *db = e->run->w->db;
	enum result r = db_run(db, "SAVEPOINT adopt", NULL, 0, NULL);
	enum result inserted;

	if (r)
		return r;
	inserted = insert(e, id);
	if (inserted == FAULT)
		return FAULT;
	if (inserted) {
		e->refused = arena_printf(e->run->page, "%s %s",
			inserted == CONFLICT ? "is there already:" : "breaks a rule:",
			db_trouble_where(db));
		r = db_run(db, "ROLLBACK TO SAVEPOINT adopt", NULL, 0, NULL);
	}
	return r ? r : db_run(db, "RELEASE SAVEPOINT adopt", NULL, 0, NULL);
}

static enum result
audit(struct adopting *run, const struct record *rec, int64_t id)
{
	const struct entry entry = {
		.action = "adopted",
		.entity_type = rec->entity,
		.entity_id = id,
		.patient = rec->is_patient ? id : 0,
		.description = arena_printf(run->page, "Took over a %s from another server",
			rec->entity),
	};

	return rec->is_patient || rec == &personal_users ? audit_add(run->w, &entry) : OK;
}

static enum result
take_row(struct adoptee *e)
{
	int64_t id = 0;
	enum result r;

	e->run->count->read++;
	adopt_cells(e);
	take_extras(e);
	if ((r = adopt_rules(e)))
		return r;
	if (!e->refused && (r = try_insert(e, &id)))
		return r;
	if (e->refused) {
		adopt_file_return(e);
		return leave(e);
	}
	e->run->count->stored++;
	adopt_keep_id(e->run, e->source, e->old, id);
	if ((r = put_flags(e, id)))
		return r;
	return audit(e->run, e->source->rec, id);
}

/* ---- one table ---- */

static enum result
take_page(struct adopting *run, struct source *source, int64_t *last, int64_t *n)
{
	struct query *query;
	enum result failed = OK;
	enum result r = db_query(run->adopt->from, &query, source->select,
		ARGS(value_whole(*last), value_whole(PAGE)));

	*n = 0;
	if (r)
		return r;
	while (!failed && query_next(query)) {
		struct adoptee *e = arena_new(run->page, sizeof(*e));

		*e = (struct adoptee){ .run = run, .source = source, .query = query,
			.old = query_whole(query, 0) };
		*last = e->old;
		++*n;
		failed = take_row(e);
		arena_reset(run->page);
	}
	r = query_close(&query);
	return r ? r : failed;
}

static void
tell_extras(struct adopting *run, const struct source *source)
{
	for (size_t i = 0; i < source->n_extras; i++)
		if (source->extra_rows[i])
			text_printf(&run->adopt->aside,
				"column %s.%s: no place here; %zu rows hold something%s\n",
				source->rec->name, source->extras[i], source->extra_rows[i],
				adopt_is_secret(source->extras[i]) ? ", a secret, not kept"
								   : ", kept in import_flags");
}

static enum result
take_table(struct adopting *run, struct source *source)
{
	struct adopt *adopt = run->adopt;
	int64_t last = 0, n = PAGE, done = 0;
	enum result r = OK;

	run->count = &adopt->counts[adopt->n_counts++];
	run->count->rec = source->rec;
	if (!source->there) {
		text_printf(&adopt->aside, "table %s: is not there\n", source->rec->name);
		return OK;
	}
	while (!r && n == PAGE) {
		r = take_page(run, source, &last, &n);
		done += n;
		if (adopt->each)
			adopt->each(adopt->arg, source->rec, (size_t)done);
	}
	tell_extras(run, source);
	if (!r && adopt->same_ids)
		r = counter_set(run->w->db, source->rec, last);
	return r ? give_up(run, r, arena_printf(run->keep,
			"Table %s could not be taken over near id %lld; see the log. Nothing was kept.",
			source->rec->name, (long long)last)) : OK;
}

/* ---- the whole ---- */

/* No row, and none that the log speaks of.  Counters of ids say less: PostgreSQL
 * does not take them back when an adoption fails. */
static enum result
is_empty(struct adopting *run, bool *empty)
{
	int64_t n = 0;
	enum result r = db_one(run->w->db,
		"SELECT count(*) FROM activity_log WHERE entity_id IS NOT NULL", NULL, 0, &n);

	for (size_t i = 0; !r && !n && i < run->n_sources; i++)
		r = db_one(run->w->db,
			arena_printf(run->arena, "SELECT count(*) FROM %s",
				run->sources[i].rec->name), NULL, 0, &n);
	*empty = n == 0;
	return r;
}

/* The patient a user looked at last, when it is their own. */
static enum result
link_active(struct adopting *run)
{
	const struct source *users = adopt_source(run, &personal_users);
	const struct source *patients = adopt_source(run, &personal_patients);
	struct query *query;
	enum result failed = OK;
	enum result r;

	if (!users->there || !users->has[USERS_ACTIVE_PATIENT_ID + 3])
		return OK;
	if ((r = db_query(run->adopt->from, &query,
		     "SELECT id, active_patient_id FROM users "
		     "WHERE active_patient_id IS NOT NULL ORDER BY id", NULL, 0)))
		return r;
	while (!failed && query_next(query)) {
		int64_t user = adopt_new_id(users, query_whole(query, 0));
		int64_t patient = adopt_new_id(patients, query_whole(query, 1));

		if (user && patient)
			failed = db_run(run->w->db,
				"UPDATE users SET active_patient_id = $2 WHERE id = $1 AND EXISTS "
				"(SELECT 1 FROM patients WHERE id = $2 AND owner_user_id = $1)",
				ARGS(value_whole(user), value_whole(patient)), NULL);
	}
	r = query_close(&query);
	return r ? r : failed;
}

/* A name given that nobody has is a slip somebody must hear of. */
static enum result
check_admins(struct adopting *run)
{
	const char *const *admin = run->adopt->admins;

	for (; admin && *admin; admin++) {
		int64_t n = 0;
		enum result r = db_one(run->w->db,
			"SELECT count(*) FROM users WHERE username = $1 AND role = 'admin'",
			ARGS(value_text(text_lower(run->arena, *admin))), &n);

		if (r)
			return r;
		if (!n)
			return give_up(run, INVALID, arena_printf(run->keep,
				"There is no user %s to be admin; nothing was taken over.", *admin));
	}
	return OK;
}

static enum result
take_all(struct adopting *run)
{
	struct adopt *adopt = run->adopt;
	enum result r = adopt_look(run);

	if (r)
		return give_up(run, r, "The other server's database cannot be read; see the log.");
	if (!adopt_source(run, &personal_users)->there
		|| !adopt_source(run, &personal_patients)->there)
		return give_up(run, MISSING, "There are no tables users and patients in its schema "
					     "public: this is no database of that server.");
	if ((r = is_empty(run, &adopt->same_ids)))
		return r;
	if ((r = adopt_files_open(run)))
		return r;
	adopt->counts = arena_new(run->keep, run->n_sources * sizeof(*adopt->counts));
	for (size_t i = 0; !r && i < run->n_sources; i++)
		r = take_table(run, &run->sources[i]);
	if (!r)
		r = link_active(run);
	if (!r)
		r = check_admins(run);
	if (run->sealed)
		text_printf(&adopt->changes, "%zu secrets sealed with the other server's key "
				"(Paperless-ngx) were left out and its use switched off\n",
			run->sealed);
	return r;
}

enum result
adopt_all(struct work *w, struct adopt *adopt)
{
	struct arena *arena CLEANUP(arena_close) = arena_open((size_t)4 << 30);
	struct arena *page CLEANUP(arena_close) = arena_open(MEMORY);
	struct arena *own = w->arena;
	struct adopting run = { .w = w, .adopt = adopt, .arena = arena, .page = page,
		.keep = own };
	enum result r;

	r = db_begin_read(adopt->from);
	if (r)
		return give_up(&run, r, "The other server's database cannot be read; see the log.");
	w->importing = true;
	w->arena = page;
	r = take_all(&run);
	adopt_files_close(&run);
	w->importing = false;
	w->arena = own;
	db_end_read(adopt->from);
	if (r && !adopt->trouble)
		adopt->trouble = "The database could not be taken over; see the log. Nothing was "
				 "kept.";
	return r;
}

void
adopt_close(struct adopt *adopt)
{
	text_close(&adopt->changes);
	text_close(&adopt->aside);
	text_close(&adopt->left_files);
}
