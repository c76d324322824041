/*
 * What migrate.h, revision.h and layout.h promise, with two versions of a
 * made-up catalog between which everything changes that can.
 */
#include "fake.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "engine/ground.h"
#include "engine/house.h"
#include "engine/migrate.h"
#include "../database.h"

static const struct choice few[] = { { "a", "A", NULL }, { "b", "B", NULL }, { 0 } };
static const struct choice more[] = { { "a", "A", NULL }, { "b", "B", NULL }, { "c", "C", NULL },
	{ 0 } };

/* clang-format off */
enum { OLD_NAME, OLD_KIND, OLD_COUNT, OLD_FAX, OLD_CITY, OLD__COUNT };
static const struct field old_people_fields[OLD__COUNT] = {
	TEXT  (OLD_NAME, "name", "Name", .required = true, .size = 40),
	CHOICE(OLD_KIND, "kind", "Kind", few, .initial = "a"),
	WHOLE (OLD_COUNT, "count", "Count", .min = 1, .max = 10),
	TEXT  (OLD_FAX, "fax", "Fax"),
	TEXT  (OLD_CITY, "city", "City"),
};
static const struct record old_people = {
	.name = "people", .one = "Person", .many = "People", .entity = "person",
	.fields = old_people_fields, .n_fields = COUNT(old_people_fields),
	.indexes = (const struct index[]){
		{ "idx_people_fax", "fax", NULL, false, false },
		{ "idx_people_city", "city", NULL, false, false },
		{ 0 }
	},
	.uniques = (const char *const[]){ "uq_people (name, city)", NULL },
};

enum { NEW_NAME, NEW_KIND, NEW_COUNT, NEW_CITY, NEW_TAGS, NEW_ROOM, NEW__COUNT };
static const struct field new_rooms_fields[] = {
	TEXT  (0, "label", "Label", .required = true, .unique = true),
};
static const struct record new_rooms = {
	.name = "rooms", .one = "Room", .many = "Rooms", .entity = "room",
	.fields = new_rooms_fields, .n_fields = COUNT(new_rooms_fields),
};
static const struct field new_people_fields[NEW__COUNT] = {
	TEXT  (NEW_NAME, "name", "Name", .required = true, .size = 80),
	CHOICE(NEW_KIND, "kind", "Kind", more, .initial = "a", .not_null = true),
	WHOLE (NEW_COUNT, "count", "Count", .min = 1, .max = 20, .wide = true),
	TEXT  (NEW_CITY, "city", "City", .initial = "\"Rome\""),
	LIST  (NEW_TAGS, "tags", "Tags", .initial = "[]"),
	REF   (NEW_ROOM, "room_id", "Room", new_rooms, .on_delete = SET_NULL),
};
static const struct record new_people = {
	.name = "people", .one = "Person", .many = "People", .entity = "person",
	.fields = new_people_fields, .n_fields = COUNT(new_people_fields),
	.indexes = (const struct index[]){
		{ "idx_people_city", "city, kind", "kind <> 'a'", false, false },
		{ 0 }
	},
	.checks = (const char *const[]){ "city IS NULL OR name <> city", NULL },
	.uniques = (const char *const[]){ "uq_people_kind (name, city, kind)", NULL },
};

/* What points at a rebuilt table must not notice. */
enum { VISIT_PERSON, VISIT_DAY, VISIT__COUNT };
static const struct field old_visits_fields[VISIT__COUNT] = {
	REF   (VISIT_PERSON, "person_id", "Person", old_people, .required = true,
	       .on_delete = CASCADE),
	DATE  (VISIT_DAY, "day", "Day"),
};
static const struct record old_visits = {
	.name = "visits", .one = "Visit", .many = "Visits", .entity = "visit",
	.fields = old_visits_fields, .n_fields = COUNT(old_visits_fields),
};
static const struct field new_visits_fields[VISIT__COUNT] = {
	REF   (VISIT_PERSON, "person_id", "Person", new_people, .required = true,
	       .on_delete = CASCADE),
	DATE  (VISIT_DAY, "day", "Day"),
};
static const struct record new_visits = {
	.name = "visits", .one = "Visit", .many = "Visits", .entity = "visit",
	.fields = new_visits_fields, .n_fields = COUNT(new_visits_fields),
};

/* Only what ALTER TABLE can do. */
enum { MEMO_BODY, MEMO_OLD, MEMO_NEW = MEMO_OLD, MEMO_DONE, MEMO_FOR, MEMO__COUNT };
static const struct field old_memos_fields[] = {
	NOTE  (MEMO_BODY, "body", "Body"),
	WHOLE (MEMO_OLD, "old", "Old", .min = 1, .max = 9),
};
static const struct record old_memos = {
	.name = "memos", .one = "Memo", .many = "Memos", .entity = "memo",
	.fields = old_memos_fields, .n_fields = COUNT(old_memos_fields),
};
static const struct field new_memos_fields[MEMO__COUNT] = {
	NOTE  (MEMO_BODY, "body", "Body"),
	NUMBER(MEMO_NEW, "weight", "Weight", .max = 9, .from_zero = true),
	FLAG  (MEMO_DONE, "done", "Done", .initial = "false", .not_null = true),
	REF   (MEMO_FOR, "person_id", "Person", new_people),
};
static const struct record new_memos = {
	.name = "memos", .one = "Memo", .many = "Memos", .entity = "memo",
	.fields = new_memos_fields, .n_fields = COUNT(new_memos_fields),
};

static const struct field wards_fields[] = { TEXT(0, "name", "Name") };
static const struct record wards = {
	.name = "wards", .one = "Ward", .many = "Wards", .entity = "ward",
	.fields = wards_fields, .n_fields = COUNT(wards_fields),
};

static const struct record *const old_records[] = { HOUSE_RECORDS, &wards, &old_people,
	&old_visits, &old_memos, NULL };
static const struct record *const new_records[] = { HOUSE_RECORDS, &new_rooms, &new_people,
	&new_visits, &new_memos, NULL };
/* clang-format on */

static const struct catalog old_catalog = { "made_up", old_records, 1 };
static const struct catalog new_catalog = { "made_up", new_records, 2 };

/* ---- a bench for one test ---- */

struct bench {
	struct arena *arena;
	char dir[64];
	const char *path;
	struct revision_file files[4];
	struct revisions chain;
	struct db *db;
};

static const char *
first_file(struct arena *arena)
{
	struct text out CLEANUP(text_close) = { 0 };

	text_add(&out, "-- revision: 0001\n-- parent: 0000\n-- kind: schema\n-- summary: Start.\n");
	text_add(&out, "-- upgrade sqlite\n");
	ddl_write(&out, &old_catalog, SQLITE);
	text_add(&out, "-- upgrade postgres\n");
	ddl_write(&out, &old_catalog, POSTGRES);
	return arena_text(arena, text_string(&out));
}

static void
read_chain(struct bench *b)
{
	assert_int_equal(revisions_read(b->arena, b->files, "made_up", &b->chain), OK);
}

static void
add_second(struct bench *b)
{
	static const struct revision_plan plan = { .name = "all_that_can" };
	struct text out CLEANUP(text_close) = { 0 };
	size_t n = 0;

	assert_int_equal(revision_write(&out, &b->chain, &new_catalog, &plan, &n), OK);
	assert_true(n > 10);
	b->files[1] = (struct revision_file){ "made_up", "0002_all_that_can.sql",
		arena_text(b->arena, text_string(&out)) };
	read_chain(b);
}

static enum result
go(struct bench *b, int target)
{
	struct migrate m = { .arena = b->arena, .db = b->db, .chain = &b->chain };
	enum result r = migrate_to(&m, target);

	if (r)
		print_message("%s\n", m.trouble);
	return r;
}

static const char rows[] =
	"INSERT INTO people (name, kind, count, city) VALUES ('Ann', 'a', 1, 'Oslo');"
	"INSERT INTO people (name, kind, count, city) VALUES ('it''s; \"x\"', 'b', NULL, NULL);"
	"INSERT INTO people (name, kind, count, city) VALUES ('gone', 'b', NULL, NULL);"
	"INSERT INTO visits (person_id, day) VALUES (1, '2024-02-29');"
	"INSERT INTO visits (person_id, day) VALUES (2, NULL);"
	"INSERT INTO memos (body) VALUES ('one');"
	"INSERT INTO memos (body) VALUES (NULL);"
	"DELETE FROM people WHERE id = 3;";

static bool
on_postgres(void)
{
	const char *cluster = getenv("CHARTHOUSE_TEST_DATABASE");

	return cluster && *cluster;
}

/* A new place: a file, or the schema of a new database. */
static const char *
place(struct bench *b, const char *name)
{
	return on_postgres() ? arena_printf(b->arena, "%s#made_up", database_fresh())
		: arena_printf(b->arena, "%s/%s.db", b->dir, name);
}

static struct db *
open_at(const char *where)
{
	struct db *db = NULL;

	assert_int_equal(db_open(&db, where, DB_WRITE), OK);
	assert_int_equal(ground_lay(db, "made_up"), OK);
	return db;
}

static int
bench_open(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	if (!b)
		return -1;
	crypto_start();
	b->arena = arena_open((size_t)256 << 20);
	(void)snprintf(b->dir, sizeof(b->dir), "/tmp/charthouse-migrate-XXXXXX");
	if (!mkdtemp(b->dir))
		return -1;
	b->path = place(b, "made_up");
	b->files[0] = (struct revision_file){ "made_up", "0001_start.sql", first_file(b->arena) };
	read_chain(b);
	add_second(b);
	b->db = open_at(b->path);
	assert_int_equal(go(b, 1), OK);
	assert_int_equal(db_script(b->db, rows), OK);
	*state = b;
	return 0;
}

static int
bench_close(void **state)
{
	struct bench *b = *state;
	char command[100];

	db_close(&b->db);
	(void)snprintf(command, sizeof(command), "rm -r %s", b->dir);
	arena_close(&b->arena);
	free(b);
	return system(command);
}

static const char *
written(struct arena *arena, const struct layout *layout)
{
	struct text out CLEANUP(text_close) = { 0 };

	layout_write(&out, layout);
	return arena_text(arena, text_string(&out));
}

static const char *
live(struct bench *b)
{
	struct layout *layout;

	assert_int_equal(migrate_layout(b->db, b->arena, &layout), OK);
	return written(b->arena, layout);
}

static const char *
declared(struct bench *b, const struct catalog *catalog)
{
	struct layout *layout = layout_declared(b->arena, catalog, SQLITE);

	/* PostgreSQL has a spelling of its own. */
	if (on_postgres())
		assert_int_equal(migrate_declared(b->db, b->arena, catalog, &layout), OK);
	return written(b->arena, layout);
}

/* All rows of the old tables in one text. */
static const char *
data(struct bench *b)
{
	const char *const queries[] = {
		"SELECT id, created_at, name, kind, count, fax, city FROM people ORDER BY id",
		"SELECT id, created_at, person_id, day FROM visits ORDER BY id",
		"SELECT id, created_at, body, old FROM memos ORDER BY id",
		on_postgres() ? "SELECT sequencename, last_value FROM pg_sequences "
				"WHERE schemaname = current_schema() AND sequencename NOT LIKE "
				"'schema_migrations%' AND sequencename NOT LIKE 'rooms%' ORDER BY 1"
			      : "SELECT name, seq FROM sqlite_sequence WHERE name <> "
				"'schema_migrations' AND name <> 'rooms' ORDER BY name",
	};
	struct text out CLEANUP(text_close) = { 0 };

	for (size_t i = 0; i < COUNT(queries); i++) {
		struct query *query;

		assert_int_equal(db_query(b->db, &query, queries[i], NULL, 0), OK);
		while (query_next(query)) {
			for (size_t c = 0; c < query_columns(query); c++) {
				const char *text = query_text(query, c, NULL);

				text_printf(&out, "%s|", text ? text : "-");
			}
			text_char(&out, '\n');
		}
		assert_int_equal(query_close(&query), OK);
	}
	return arena_text(b->arena, text_string(&out));
}

static void
count_line(void *arg, const char *line)
{
	print_message("%s\n", line);
	++*(size_t *)arg;
}

static void
assert_sound(struct bench *b)
{
	size_t n = 0;

	assert_int_equal(db_check(b->db, count_line, &n), 0);
	assert_int_equal(n, 0);
}

static void
assert_version(struct bench *b, int version)
{
	int now = -1;

	assert_int_equal(migrate_version(b->db, &now), OK);
	assert_int_equal(now, version);
}

/* ---- layouts ---- */

static void
a_layout_reads_what_ddl_writes(void **state)
{
	struct bench *b = *state;

	for (int d = 0; d < DIALECTS; d++) {
		struct layout *a = layout_declared(b->arena, &new_catalog, (enum dialect)d);
		struct layout *again = layout_new(b->arena, (enum dialect)d);
		struct text out CLEANUP(text_close) = { 0 };

		assert_true(layout_diff(&out, again, a) > 9);
		assert_null(layout_apply(again, text_string(&out)));
		assert_string_equal(written(b->arena, again), written(b->arena, a));
		out.len = 0;
		assert_int_equal(layout_diff(&out, again, a), 0);
		assert_int_equal(out.len, 0);
	}
}

static void
what_the_database_keeps_is_what_was_declared(void **state)
{
	struct bench *b = *state;

	assert_string_equal(live(b), declared(b, &old_catalog));
}

static void
a_difference_makes_one_layout_into_the_other(void **state)
{
	struct bench *b = *state;

	for (int d = 0; d < DIALECTS; d++) {
		struct layout *from = layout_declared(b->arena, &old_catalog, (enum dialect)d);
		struct layout *to = layout_declared(b->arena, &new_catalog, (enum dialect)d);
		struct text up CLEANUP(text_close) = { 0 };
		struct text down CLEANUP(text_close) = { 0 };

		assert_true(layout_diff(&up, from, to) > 10);
		assert_true(layout_diff(&down, to, from) > 5);
		assert_null(layout_apply(from, text_string(&up)));
		assert_string_equal(written(b->arena, from), written(b->arena, to));
		assert_null(layout_apply(from, text_string(&down)));
		assert_string_equal(written(b->arena, from), written(b->arena,
			layout_declared(b->arena, &old_catalog, (enum dialect)d)));
	}
}

static void
what_is_not_understood_is_told(void **state)
{
	struct bench *b = *state;
	struct layout *layout = layout_declared(b->arena, &old_catalog, SQLITE);

	assert_null(layout_apply(layout, "UPDATE people SET name = 'CREATE TABLE; x'; -- DROP x;\n"));
	assert_string_equal(layout_apply(layout, "CREATE VIEW v AS SELECT 1"),
		"CREATE VIEW v AS SELECT 1");
	assert_non_null(layout_apply(layout, "DROP TABLE nowhere"));
	assert_non_null(layout_apply(layout, "ALTER TABLE people DROP COLUMN nowhere"));
	assert_null(layout_apply(layout, "ALTER TABLE people RENAME COLUMN city TO town"));
	assert_non_null(strstr(written(b->arena, layout), "people UNIQUE(name,town) uq_people"));
	assert_non_null(strstr(written(b->arena, layout), "CREATE INDEX idx_people_city ON people(town)"));
}

/* ---- revisions ---- */

static void
a_new_revision_is_as_reviewed(void **state)
{
	struct bench *b = *state;
	struct text out CLEANUP(text_close) = { 0 };

	text_add(&out, b->files[0].text);
	fake_golden("migrate-start.sql", &out);
	out.len = 0;
	text_add(&out, b->files[1].text);
	fake_golden("migrate-new.sql", &out);
}

static void
a_chain_that_is_not_sound_is_told(void **state)
{
	static const struct {
		const char *name, *text, *trouble;
	} cases[] = {
		{ "0003_x.sql", "-- revision: 0003\n-- parent: 0001\n-- summary: X.\n-- upgrade\n"
				"-- downgrade\n", "gap" },
		{ "0002_x.sql", "-- revision: 0003\n-- parent: 0001\n-- summary: X.\n-- upgrade\n"
				"-- downgrade\n", "own number" },
		{ "0002_x.sql", "-- revision: 0002\n-- parent: 0002\n-- summary: X.\n-- upgrade\n"
				"-- downgrade\n", "parent" },
		{ "0002_x.sql", "-- revision: 0002\n-- parent: 0001\n-- summary: X.\n-- upgrade\n",
			"no downgrade for sqlite" },
		{ "0002_x.sql", "-- revision: 0002\n-- parent: 0001\n-- summary: X.\n"
				"-- upgrade sqlite\n-- downgrade\n", "no upgrade for postgres" },
		{ "0002_x.sql", "-- revision: 0002\n-- parent: 0001\n-- upgrade\n-- downgrade\n",
			"no summary" },
	};
	struct bench *b = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		b->files[1] = (struct revision_file){ "made_up", cases[i].name, cases[i].text };
		assert_int_equal(revisions_read(b->arena, b->files, "made_up", &b->chain), INVALID);
		assert_non_null(strstr(b->chain.trouble, cases[i].trouble));
	}
}

static void
targets_are_named_in_three_ways(void **state)
{
	struct bench *b = *state;
	int n = 0;

	assert_true(revisions_find(&b->chain, "head", 1, &n) && n == 2);
	assert_true(revisions_find(&b->chain, "+1", 1, &n) && n == 2);
	assert_true(revisions_find(&b->chain, "-1", 2, &n) && n == 1);
	assert_true(revisions_find(&b->chain, "0002", 1, &n) && n == 2);
	assert_false(revisions_find(&b->chain, "0003", 1, &n));
	assert_false(revisions_find(&b->chain, "-1", 1, &n));
	assert_false(revisions_find(&b->chain, "x", 1, &n));
}

/* ---- going there and back ---- */

static void
up_makes_what_a_fresh_database_has(void **state)
{
	struct bench *b = *state;

	assert_int_equal(go(b, 2), OK);
	assert_version(b, 2);
	assert_string_equal(live(b), declared(b, &new_catalog));
	assert_sound(b);
}

static void
down_again_is_the_identity(void **state)
{
	struct bench *b = *state;
	const char *before = data(b);
	const char *tables = live(b);

	for (int i = 0; i < 3; i++) {
		assert_int_equal(go(b, 2), OK);
		assert_int_equal(go(b, 1), OK);
		assert_version(b, 1);
		assert_string_equal(data(b), before);
		assert_string_equal(live(b), tables);
	}
	assert_sound(b);
}

static void
rows_keep_their_values_ids_and_references(void **state)
{
	struct bench *b = *state;
	int64_t n = 0;
	int64_t id = 0;

	assert_int_equal(go(b, 2), OK);
	assert_int_equal(db_one(b->db,
		"SELECT count(*) FROM people p JOIN visits v ON v.person_id = p.id WHERE "
		"(p.id = 1 AND p.name = 'Ann' AND p.city = 'Oslo' AND p.tags = '[]') OR "
		"(p.id = 2 AND p.name = 'it''s; \"x\"' AND p.kind = 'b' AND p.city IS NULL)",
		NULL, 0, &n), OK);
	assert_int_equal(n, 2);
	/* The third was deleted; its id is not given again. */
	assert_int_equal(db_insert(b->db, "INSERT INTO people (name) VALUES ('new')", NULL, 0, &id),
		OK);
	assert_int_equal(id, 4);
	assert_int_equal(db_run(b->db, "DELETE FROM people WHERE id = 1", NULL, 0, NULL), OK);
	assert_int_equal(db_one(b->db, "SELECT count(*) FROM visits", NULL, 0, &n), OK);
	assert_int_equal(n, 1); /* references are held to again */
}

static void
nulls_get_the_default_of_a_column_that_may_not_be_null(void **state)
{
	struct bench *b = *state;
	int64_t n = 0;

	assert_int_equal(db_run(b->db, "UPDATE people SET kind = NULL", NULL, 0, NULL), OK);
	assert_int_equal(go(b, 2), OK);
	assert_int_equal(db_one(b->db, "SELECT count(*) FROM people WHERE kind = 'a'", NULL, 0, &n), OK);
	assert_int_equal(n, 2);
}

static void
rows_that_do_not_fit_keep_the_old_version(void **state)
{
	struct bench *b = *state;
	const char *before;

	assert_int_equal(db_run(b->db, "UPDATE people SET city = name", NULL, 0, NULL), OK);
	before = data(b);
	assert_int_equal(go(b, 2), INVALID);
	assert_version(b, 1);
	assert_string_equal(data(b), before);
	assert_string_equal(live(b), declared(b, &old_catalog));
}

static void
references_left_hanging_are_refused(void **state)
{
	struct bench *b = *state;

	if (on_postgres())
		return; /* it holds to its references itself, at each statement */
	b->files[1] = (struct revision_file){ "made_up", "0002_x.sql",
		"-- revision: 0002\n-- parent: 0001\n-- kind: data\n-- summary: X.\n"
		"-- upgrade\nDELETE FROM people WHERE id = 1;\n-- downgrade\n" };
	read_chain(b);
	assert_int_equal(go(b, 2), INVALID);
	assert_version(b, 1);
	assert_sound(b);
}

static void
newer_and_foreign_databases_are_left_alone(void **state)
{
	struct bench *b = *state;
	struct db *other;

	assert_int_equal(go(b, 2), OK);
	b->files[1].store = NULL;
	read_chain(b);
	assert_int_equal(go(b, 1), CONFLICT);
	assert_version(b, 2);
	other = open_at(place(b, "other"));
	assert_int_equal(db_script(other, "CREATE TABLE theirs (a TEXT)"), OK);
	db_close(&b->db);
	b->db = other;
	assert_int_equal(go(b, 1), CONFLICT);
}

static void
what_was_applied_in_another_form_is_told(void **state)
{
	struct bench *b = *state;
	size_t n = 0;

	assert_int_equal(go(b, 2), OK);
	assert_int_equal(migrate_compare(b->db, &b->chain, count_line, &n), 0);
	assert_int_equal(db_run(b->db,
		"UPDATE schema_migrations SET checksum = 'x' WHERE version = 2", NULL, 0, NULL), OK);
	assert_int_equal(migrate_compare(b->db, &b->chain, count_line, &n), 1);
	assert_int_equal(n, 1);
}

static void
a_checked_copy_is_made_before(void **state)
{
	struct bench *b = *state;
	struct migrate m = { .arena = b->arena, .db = b->db, .chain = &b->chain, .dir = b->dir };
	const char *before = data(b);

	assert_int_equal(migrate_to(&m, 2), OK);
	if (on_postgres()) {
		assert_null(m.copy); /* pg_dump is for that */
		return;
	}
	assert_non_null(m.copy);
	assert_non_null(strstr(m.copy, "/before-made_up-0002-"));
	db_close(&b->db);
	assert_int_equal(db_open(&b->db, m.copy, DB_WRITE), OK);
	assert_version(b, 1);
	assert_string_equal(data(b), before);
	assert_sound(b);
}

/* ---- killed ---- */

struct executioner {
	size_t left;
};

static void
kill_at(void *arg, const struct migrate_step *step)
{
	struct executioner *e = arg;

	(void)step;
	if (e->left-- == 0)
		(void)kill(getpid(), SIGKILL);
}

/* In a child that is killed at its k-th statement; true when it came through. */
static bool
go_killed(struct bench *b, int target, size_t k)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct executioner e = { k };
		struct migrate m = { .arena = b->arena, .chain = &b->chain, .step = kill_at,
			.arg = &e };

		if (db_open(&m.db, b->path, DB_WRITE) || ground_lay(m.db, "made_up")
			|| migrate_to(&m, target))
			_exit(9);
		db_close(&m.db);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFEXITED(status);
}

static void
survive(struct bench *b, int from, int to, const char *tables)
{
	const char *before;
	size_t k = 0;
	bool through = false;

	before = data(b);
	while (!through) {
		db_close(&b->db);
		through = go_killed(b, to, k++);
		b->db = open_at(b->path);
		assert_version(b, through ? to : from);
		if (through)
			break;
		assert_string_equal(data(b), before);
		assert_string_equal(live(b), tables);
		assert_sound(b);
	}
	assert_true(k > 15);
}

static void
killed_at_every_statement_the_old_version_is_whole(void **state)
{
	struct bench *b = *state;

	survive(b, 1, 2, declared(b, &old_catalog));
	assert_string_equal(live(b), declared(b, &new_catalog));
}

static void
killed_on_the_way_down_the_new_version_is_whole(void **state)
{
	struct bench *b = *state;
	size_t k = 0;
	bool through = false;

	assert_int_equal(go(b, 2), OK);
	while (!through) {
		db_close(&b->db);
		through = go_killed(b, 1, k++);
		b->db = open_at(b->path);
		assert_version(b, through ? 1 : 2);
		assert_string_equal(live(b), declared(b, through ? &old_catalog : &new_catalog));
		assert_sound(b);
	}
	assert_true(k > 15);
}

static void
killed_while_it_is_made_a_database_stays_new(void **state)
{
	struct bench *b = *state;

	for (size_t k = 0; k < 30; k += 7) {
		db_close(&b->db);
		b->path = place(b, arena_printf(b->arena, "new-%zu", k));
		assert_false(go_killed(b, 2, k));
		b->db = open_at(b->path);
		assert_version(b, 0);
		assert_int_equal(go(b, 2), OK);
		assert_string_equal(live(b), declared(b, &new_catalog));
	}
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, bench_open, bench_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BENCH(a_layout_reads_what_ddl_writes),
		ON_BENCH(what_the_database_keeps_is_what_was_declared),
		ON_BENCH(a_difference_makes_one_layout_into_the_other),
		ON_BENCH(what_is_not_understood_is_told),
		ON_BENCH(a_new_revision_is_as_reviewed),
		ON_BENCH(a_chain_that_is_not_sound_is_told),
		ON_BENCH(targets_are_named_in_three_ways),
		ON_BENCH(up_makes_what_a_fresh_database_has),
		ON_BENCH(down_again_is_the_identity),
		ON_BENCH(rows_keep_their_values_ids_and_references),
		ON_BENCH(nulls_get_the_default_of_a_column_that_may_not_be_null),
		ON_BENCH(rows_that_do_not_fit_keep_the_old_version),
		ON_BENCH(references_left_hanging_are_refused),
		ON_BENCH(newer_and_foreign_databases_are_left_alone),
		ON_BENCH(what_was_applied_in_another_form_is_told),
		ON_BENCH(a_checked_copy_is_made_before),
		ON_BENCH(killed_at_every_statement_the_old_version_is_whole),
		ON_BENCH(killed_on_the_way_down_the_new_version_is_whole),
		ON_BENCH(killed_while_it_is_made_a_database_stays_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
