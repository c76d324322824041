/*
 * What db.h promises of one connection.
 */
#include "scratch.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "db/sqlite.h"

#define ARGS(...) (const struct value[]){ __VA_ARGS__ }, \
	COUNT(((const struct value[]){ __VA_ARGS__ }))

static const char schema[] =
	"CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" email TEXT NOT NULL UNIQUE, age INTEGER CONSTRAINT age_is_possible CHECK (age < 150),"
	" weight REAL, first TEXT, last TEXT, UNIQUE (first, last)) STRICT;"
	"CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT, body TEXT) STRICT;"
	"CREATE UNIQUE INDEX notes_lower ON notes (lower(body));"
	"CREATE TABLE later (id INTEGER PRIMARY KEY,"
	" user_id INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED) STRICT;\n"
	"-- the end\n";

static const char add_user[] = "INSERT INTO users (email, age) VALUES ($1, $2)";
static const char add_note[] = "INSERT INTO notes (user_id, body) VALUES ($1, $2)";
static const char count_users[] = "SELECT count(*) FROM users";

static struct db *
fresh(void)
{
	struct db *db = scratch_db(DB_WRITE);

	assert_int_equal(db_script(db, schema), OK);
	return db;
}

static int64_t
put_user(struct db *db, const char *email)
{
	int64_t id = -1;

	assert_int_equal(db_insert(db, add_user, ARGS(value_text(email), value_whole(30)), &id), OK);
	return id;
}

static void
an_insert_tells_the_new_id_and_ids_are_never_used_twice(void **state)
{
	struct db *db = fresh();
	int64_t changed = -1;
	int64_t id = -1;

	(void)state;
	assert_int_equal(put_user(db, "a@x"), 1);
	assert_int_equal(put_user(db, "b@x"), 2);
	assert_int_equal(db_run(db, "DELETE FROM users WHERE id = $1", ARGS(value_whole(2)),
		&changed), OK);
	assert_int_equal(changed, 1);
	assert_int_equal(put_user(db, "b@x"), 3);
	assert_int_equal(db_run(db, "DELETE FROM users WHERE id = $1", ARGS(value_whole(2)),
		&changed), OK);
	assert_int_equal(changed, 0);
	assert_int_equal(db_insert(db, "INSERT INTO users (email) VALUES ('b@x')"
		" ON CONFLICT DO NOTHING", NULL, 0, &id), OK);
	assert_int_equal(id, 0);
	db_close(&db);
	assert_null(db);
}

static void
values_come_back_as_they_went_in(void **state)
{
	struct db *db = scratch_db(DB_WRITE);
	struct query *query;
	size_t n;

	(void)state;
	assert_int_equal(db_query(db, &query, "SELECT $2 AS two, $1, $3, $1, $4, $5",
		ARGS(value_whole(INT64_MIN), value_text("Zoë"), value_number(0.1), value_null(),
		value_text(NULL))), OK);
	assert_int_equal(query_columns(query), 6);
	assert_string_equal(query_column_name(query, 0), "two");
	assert_true(query_next(query));
	assert_string_equal(query_text(query, 0, &n), "Zoë");
	assert_int_equal(n, 4);
	assert_int_equal(query_kind(query, 0), VALUE_TEXT);
	assert_true(query_whole(query, 1) == INT64_MIN);
	assert_int_equal(query_kind(query, 1), VALUE_WHOLE);
	assert_true(query_number(query, 2) > 0.0999 && query_number(query, 2) < 0.1001);
	assert_int_equal(query_kind(query, 2), VALUE_NUMBER);
	assert_true(query_whole(query, 3) == INT64_MIN);
	assert_int_equal(query_kind(query, 4), VALUE_NULL);
	assert_true(query_null(query, 5));
	assert_null(query_text(query, 5, &n));
	assert_int_equal(n, 0);
	assert_false(query_next(query));
	assert_false(query_next(query));
	assert_int_equal(query_close(&query), OK);
	assert_null(query);
	assert_int_equal(query_close(&query), OK);
	db_close(&db);
}

static void
a_value_is_read_in_one_step(void **state)
{
	struct db *db = scratch_db(DB_WRITE);
	struct query *query;
	struct value value;

	(void)state;
	assert_int_equal(db_query(db, &query, "SELECT $1, $2, $3, $4, ''",
		ARGS(value_whole(INT64_MIN), value_text("Zoë"), value_number(0.25), value_null())), OK);
	assert_true(query_next(query));
	query_value(query, 0, &value);
	assert_true(value.kind == VALUE_WHOLE && value.whole == INT64_MIN);
	query_value(query, 1, &value);
	assert_int_equal(value.kind, VALUE_TEXT);
	assert_int_equal(value.len, 4);
	assert_string_equal(value.text, "Zoë");
	query_value(query, 2, &value);
	assert_true(value.kind == VALUE_NUMBER && value.number > 0.24 && value.number < 0.26);
	query_value(query, 3, &value);
	assert_int_equal(value.kind, VALUE_NULL);
	query_value(query, 4, &value);
	assert_true(value.kind == VALUE_TEXT && value.len == 0 && value.text);
	assert_int_equal(query_close(&query), OK);
	db_close(&db);
}

static void
a_statement_may_be_used_within_itself(void **state)
{
	static const char sql[] = "SELECT id FROM users WHERE id > $1 ORDER BY id";
	struct db *db = fresh();
	struct query *outer;
	int pairs = 0;

	(void)state;
	put_user(db, "a@x");
	put_user(db, "b@x");
	put_user(db, "c@x");
	assert_int_equal(db_query(db, &outer, sql, ARGS(value_whole(0))), OK);
	while (query_next(outer)) {
		struct value after = value_whole(query_whole(outer, 0));
		struct query *inner;

		assert_int_equal(db_query(db, &inner, sql, &after, 1), OK);
		assert_ptr_not_equal(inner, outer);
		while (query_next(inner))
			pairs++;
		assert_int_equal(query_close(&inner), OK);
	}
	assert_int_equal(query_close(&outer), OK);
	assert_int_equal(pairs, 3);
	db_close(&db);
}

/* No empty slot between where a search begins and where it ends. */
static void
assert_all_can_be_found(const struct db *base)
{
	const struct lite *db = (const struct lite *)base;
	size_t n = 0;

	for (size_t i = 0; i < SLOTS; i++) {
		if (!db->slots[i])
			continue;
		n++;
		for (size_t at = db->slots[i]->hash % SLOTS; at != i; at = (at + 1) % SLOTS)
			assert_non_null(db->slots[at]);
	}
	assert_int_equal(n, db->n_statements);
	assert_true(n <= STATEMENTS);
}

static void
more_statements_than_are_kept_still_answer(void **state)
{
	struct db *db = scratch_db(DB_WRITE);
	struct query *held;
	char sql[64];

	(void)state;
	assert_int_equal(db_query(db, &held, "SELECT 41 UNION SELECT 42", NULL, 0), OK);
	assert_true(query_next(held));
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 1500; i++) {
			snprintf(sql, sizeof(sql), "SELECT %d", i);
			assert_int_equal(scratch_count(db, sql), i);
			/* One that is asked for all the time. */
			assert_int_equal(scratch_count(db, "SELECT 7"), 7);
		}
		assert_all_can_be_found(db);
	}
	assert_true(query_next(held));
	assert_int_equal(query_whole(held, 0), 42);
	assert_int_equal(query_close(&held), OK);
	db_close(&db);
}

static void
more_open_statements_than_are_kept_still_answer(void **state)
{
	struct db *db = scratch_db(DB_WRITE);
	struct query *held[600];
	char sql[64];

	(void)state;
	for (int i = 0; i < 600; i++) {
		snprintf(sql, sizeof(sql), "SELECT %d", i);
		assert_int_equal(db_query(db, &held[i], sql, NULL, 0), OK);
	}
	for (int i = 0; i < 600; i++) {
		assert_true(query_next(held[i]));
		assert_int_equal(query_whole(held[i], 0), i);
		query_drop(&held[i]);
	}
	db_close(&db);
}

static void
a_second_statement_in_the_text_is_refused(void **state)
{
	struct db *db = fresh();

	(void)state;
	assert_int_equal(db_run(db, "SELECT 1; DELETE FROM users", NULL, 0, NULL), FAULT);
	assert_int_equal(db_run(db, "", NULL, 0, NULL), FAULT);
	assert_int_equal(db_run(db, "SELECT ?", ARGS(value_whole(1)), NULL), FAULT);
	assert_int_equal(db_run(db, "SELECT $2", ARGS(value_whole(1)), NULL), FAULT);
	assert_int_equal(db_run(db, "SELECT nothing FROM nowhere", NULL, 0, NULL), FAULT);
	assert_int_equal(db_trouble(db), DB_BROKEN);
	db_close(&db);
}

static void
a_duplicate_is_a_conflict_that_names_the_column(void **state)
{
	static const char names[] = "INSERT INTO users (email, first, last) VALUES ($1, 'a', 'b')";
	struct db *db = fresh();
	int64_t id;

	(void)state;
	put_user(db, "a@x");
	assert_int_equal(db_insert(db, add_user, ARGS(value_text("a@x"), value_null()), &id), CONFLICT);
	assert_int_equal(db_trouble(db), DB_UNIQUE);
	assert_string_equal(db_trouble_where(db), "users.email");
	assert_int_equal(db_insert(db, add_note, ARGS(value_whole(1), value_text("a")), &id), OK);
	assert_int_equal(db_insert(db, add_note, ARGS(value_whole(1), value_text("A")), &id), CONFLICT);
	assert_string_equal(db_trouble_where(db), "notes_lower");
	assert_int_equal(db_run(db, names, ARGS(value_text("b@x")), NULL), OK);
	assert_int_equal(db_run(db, names, ARGS(value_text("c@x")), NULL), CONFLICT);
	assert_string_equal(db_trouble_where(db), "users.first");
	assert_int_equal(db_run(db, "INSERT INTO users (id, email) VALUES (1, 'd@x')", NULL, 0,
		NULL), CONFLICT);
	assert_string_equal(db_trouble_where(db), "users.id");
	assert_int_equal(scratch_count(db, count_users), 2);
	db_close(&db);
}

static void
a_reference_to_nothing_is_invalid(void **state)
{
	struct db *db = fresh();
	int64_t id;

	(void)state;
	assert_int_equal(db_insert(db, add_note, ARGS(value_whole(9), value_null()), &id), INVALID);
	assert_int_equal(db_trouble(db), DB_FOREIGN);
	put_user(db, "a@x");
	assert_int_equal(db_insert(db, add_note, ARGS(value_whole(1), value_null()), &id), OK);
	assert_int_equal(db_run(db, "DELETE FROM users", NULL, 0, NULL), INVALID);
	assert_int_equal(db_trouble(db), DB_FOREIGN);
	db_close(&db);
}

static void
a_broken_rule_is_invalid_and_named(void **state)
{
	struct db *db = fresh();
	int64_t id;

	(void)state;
	assert_int_equal(db_insert(db, add_user, ARGS(value_text("a@x"), value_whole(150)), &id), INVALID);
	assert_int_equal(db_trouble(db), DB_CHECK);
	assert_string_equal(db_trouble_where(db), "age_is_possible");
	assert_int_equal(db_insert(db, add_user, ARGS(value_null(), value_whole(1)), &id), INVALID);
	assert_int_equal(db_trouble(db), DB_CHECK);
	assert_string_equal(db_trouble_where(db), "users.email");
	assert_int_equal(db_insert(db, add_user, ARGS(value_text("a@x"), value_text("old")), &id), INVALID);
	assert_int_equal(db_trouble(db), DB_CHECK);
	assert_string_equal(db_trouble_where(db), "users.age");
	db_close(&db);
}

static void
undo_forgets_only_what_came_since_the_save(void **state)
{
	struct db *db = fresh();

	(void)state;
	assert_int_equal(db_begin(db), OK);
	put_user(db, "a@x");
	assert_int_equal(db_save(db), OK);
	put_user(db, "b@x");
	assert_int_equal(db_undo(db), OK);
	assert_int_equal(db_save(db), OK);
	put_user(db, "c@x");
	assert_int_equal(db_release(db), OK);
	assert_true(db_in_transaction(db));
	assert_int_equal(db_commit(db), OK);
	assert_false(db_in_transaction(db));
	assert_int_equal(scratch_count(db, count_users), 2);
	assert_int_equal(db_begin(db), OK);
	put_user(db, "d@x");
	db_rollback(db);
	assert_false(db_in_transaction(db));
	assert_int_equal(scratch_count(db, count_users), 2);
	db_close(&db);
}

static void
a_deferred_reference_must_hold_at_the_release(void **state)
{
	struct db *db = fresh();

	(void)state;
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(db_save(db), OK);
	assert_int_equal(db_run(db, "INSERT INTO later VALUES (1, 5)", NULL, 0, NULL), OK);
	assert_int_equal(db_release(db), INVALID);
	assert_int_equal(db_trouble(db), DB_FOREIGN);
	assert_int_equal(db_undo(db), OK);
	assert_int_equal(db_save(db), OK);
	assert_int_equal(db_run(db, "INSERT INTO later VALUES (1, 1)", NULL, 0, NULL), OK);
	put_user(db, "a@x");
	assert_int_equal(db_release(db), OK);
	assert_int_equal(db_commit(db), OK);
	db_close(&db);
}

static void
a_reader_sees_one_moment_and_cannot_write(void **state)
{
	struct db *writer = fresh();
	struct db *reader = scratch_db(DB_READ);

	(void)state;
	put_user(writer, "a@x");
	assert_int_equal(db_begin_read(reader), OK);
	assert_int_equal(scratch_count(reader, count_users), 1);
	put_user(writer, "b@x");
	assert_int_equal(scratch_count(reader, count_users), 1);
	db_end_read(reader);
	assert_false(db_in_transaction(reader));
	assert_int_equal(scratch_count(reader, count_users), 2);
	assert_int_equal(db_run(reader, "DELETE FROM users", NULL, 0, NULL), FAULT);
	db_close(&reader);
	db_close(&writer);
}

static void
people_may_look_and_are_told_what_is_wrong(void **state)
{
	static const char *const refused[] = {
		"ATTACH 'other.db' AS other", "PRAGMA query_only=0", "DELETE FROM users",
		"CREATE TABLE x (y)", "VACUUM INTO 'other.db'", "PRAGMA writable_schema=1"
	};
	struct db *writer = fresh();
	struct db *db = scratch_db(DB_QUERY);

	(void)state;
	put_user(writer, "a@x");
	assert_int_equal(scratch_count(db, count_users), 1);
	assert_int_equal(db_run(db, "PRAGMA table_info(users)", NULL, 0, NULL), OK);
	for (size_t i = 0; i < COUNT(refused); i++) {
		assert_int_equal(db_run(db, refused[i], NULL, 0, NULL), INVALID);
		assert_string_not_equal(db_trouble_where(db), "");
	}
	assert_int_equal(db_run(db, "SELECT x FROM users", NULL, 0, NULL), INVALID);
	assert_string_equal(db_trouble_where(db), "no such column: x");
	db_close(&db);
	db_close(&writer);
}

static void
a_full_disk_loses_the_transaction_and_nothing_runs_outside_it(void **state)
{
	static const char grow[] = "INSERT INTO notes (user_id, body)"
		" VALUES (1, hex(randomblob($1)))";
	struct db *db = fresh();
	enum result r = OK;

	(void)state;
	put_user(db, "a@x");
	assert_int_equal(db_run(db, "PRAGMA max_page_count=30", NULL, 0, NULL), OK);
	assert_int_equal(db_begin(db), OK);
	for (int i = 0; i < 100 && !r; i++)
		r = db_run(db, grow, ARGS(value_whole(4000)), NULL);
	assert_int_equal(r, FAULT);
	assert_int_equal(db_trouble(db), DB_FULL);
	assert_false(db_in_transaction(db));
	assert_int_equal(db_run(db, "DELETE FROM users", NULL, 0, NULL), FAULT);
	assert_int_equal(db_script(db, "DELETE FROM users"), FAULT);
	assert_int_equal(db_commit(db), FAULT);
	assert_int_equal(scratch_count(db, "SELECT count(*) FROM notes"), 0);
	assert_int_equal(scratch_count(db, count_users), 1);
	assert_int_equal(db_run(db, "PRAGMA max_page_count=3000", NULL, 0, NULL), OK);
	assert_int_equal(db_begin(db), OK);
	assert_int_equal(db_run(db, grow, ARGS(value_whole(400000)), NULL), OK);
	assert_int_equal(db_commit(db), OK);
	db_close(&db);
}

static void
the_files_are_only_for_their_owner(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	mode_t before = umask(0);
	struct db *db = fresh();
	struct stat info;
	char path[128];

	(void)state;
	for (size_t i = 0; i < COUNT(endings); i++) {
		snprintf(path, sizeof(path), "%s%s", scratch_file, endings[i]);
		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
	}
	snprintf(path, sizeof(path), "%s/copy.db", scratch);
	assert_int_equal(db_copy(db, path), OK);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	umask(before);
	db_close(&db);
}

static void
a_link_in_place_of_the_file_is_refused(void **state)
{
	struct db *db = fresh();
	char path[128];

	(void)state;
	db_close(&db);
	snprintf(path, sizeof(path), "%s/link.db", scratch);
	assert_int_equal(symlink(scratch_file, path), 0);
	assert_int_equal(db_open(&db, path, DB_READ), FAULT);
	assert_null(db);
	snprintf(path, sizeof(path), "%s/absent.db", scratch);
	assert_int_equal(db_open(&db, path, DB_READ), FAULT);
	snprintf(path, sizeof(path), "%s/folder", scratch);
	assert_int_equal(symlink(scratch, path), 0);
	snprintf(path, sizeof(path), "%s/folder/store.db", scratch);
	assert_int_equal(db_open(&db, path, DB_READ), OK);
	db_close(&db);
}

static off_t
size_of(const char *ending)
{
	struct stat info;
	char path[128];

	snprintf(path, sizeof(path), "%s%s", scratch_file, ending);
	assert_int_equal(stat(path, &info), 0);
	return info.st_size;
}

static void
a_checkpoint_waits_for_its_size_and_the_log_starts_over(void **state)
{
	struct db *db = fresh();
	struct db *reader = scratch_db(DB_READ);
	off_t file = size_of("");
	off_t log;

	(void)state;
	put_user(db, "a@x");
	db_checkpoint(db, 1000);
	assert_int_equal(size_of(""), file);
	db_checkpoint(db, 0);
	assert_true(size_of("") > file);
	log = size_of("-wal");
	put_user(db, "b@x");
	assert_int_equal(size_of("-wal"), log);
	db_close(&reader);
	db_close(&db);
}

static void
count_line(void *arg, const char *line)
{
	(void)line;
	(*(int *)arg)++;
}

static void
a_check_finds_a_reference_to_nothing(void **state)
{
	struct db *db = fresh();
	int lines = 0;

	(void)state;
	assert_int_equal(db_check(db, count_line, &lines), 0);
	assert_int_equal(lines, 0);
	assert_int_equal(db_script(db, "PRAGMA foreign_keys=0;"
		"INSERT INTO notes (user_id) VALUES (7)"), OK);
	assert_int_equal(db_check(db, count_line, &lines), 1);
	assert_int_equal(lines, 1);
	db_close(&db);
}

static void
a_check_finds_a_damaged_page(void **state)
{
	struct db *db = fresh();
	char zeros[512] = { 0 };
	int lines = 0;
	int fd;

	(void)state;
	for (int i = 0; i < 500; i++) {
		snprintf(zeros, 64, "%d@x", i);
		put_user(db, zeros);
	}
	db_close(&db);
	memset(zeros, 0x55, sizeof(zeros));
	fd = open(scratch_file, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, zeros, sizeof(zeros), 4096), sizeof(zeros));
	close(fd);
	db = scratch_db(DB_READ);
	assert_true(db_check(db, count_line, &lines) > 0);
	assert_true(lines > 0);
	db_close(&db);
}

static void
a_copy_made_by_a_reader_is_whole_and_replaces_nothing(void **state)
{
	struct db *db = fresh();
	struct db *reader = scratch_db(DB_READ);
	struct db *copy;
	char path[128];

	(void)state;
	put_user(db, "a@x");
	snprintf(path, sizeof(path), "%s/copy.db", scratch);
	assert_int_equal(db_copy(reader, path), OK);
	assert_int_equal(db_copy(reader, path), CONFLICT);
	put_user(db, "b@x");
	assert_int_equal(db_open(&copy, path, DB_READ), OK);
	assert_int_equal(scratch_count(copy, count_users), 1);
	db_close(&copy);
	db_close(&reader);
	db_close(&db);
}

static void
one_row_or_missing(void **state)
{
	struct db *db = fresh();
	int64_t n = 5;

	(void)state;
	assert_int_equal(db_one(db, "SELECT id FROM users", NULL, 0, &n), MISSING);
	assert_int_equal(n, 5);
	assert_int_equal(scratch_count(db, "SELECT max(id) FROM users"), 0);
	db_close(&db);
}

static void
who_has_spent_the_memory_gets_nothing_more(void **state)
{
	struct db *db = fresh();
	struct arena *arena = arena_open(1 << 20);
	struct query *query;
	int64_t id = 7;

	(void)state;
	put_user(db, "a@x");
	put_user(db, "b@x");
	arena_ration(arena, 1000);
	db_watch(db, arena);
	assert_int_equal(db_query(db, &query, "SELECT id FROM users", NULL, 0), OK);
	assert_true(query_next(query));
	arena_new(arena, 2000);
	assert_false(query_next(query));
	assert_int_equal(query_close(&query), FAULT);
	assert_int_equal(db_trouble(db), DB_SPENT);
	assert_false(db_passing(db));
	assert_int_equal(db_query(db, &query, "SELECT id FROM users", NULL, 0), FAULT);
	assert_int_equal(db_run(db, "DELETE FROM users", NULL, 0, NULL), FAULT);
	assert_int_equal(db_insert(db, add_user, ARGS(value_text("c@x"), value_whole(3)), &id), FAULT);
	db_watch(db, NULL);
	assert_int_equal(scratch_count(db, count_users), 2);
	arena_close(&arena);
	db_close(&db);
}

#define CLAIM(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(an_insert_tells_the_new_id_and_ids_are_never_used_twice),
		CLAIM(values_come_back_as_they_went_in),
		CLAIM(a_value_is_read_in_one_step),
		CLAIM(a_statement_may_be_used_within_itself),
		CLAIM(more_statements_than_are_kept_still_answer),
		CLAIM(more_open_statements_than_are_kept_still_answer),
		CLAIM(a_second_statement_in_the_text_is_refused),
		CLAIM(a_duplicate_is_a_conflict_that_names_the_column),
		CLAIM(a_reference_to_nothing_is_invalid),
		CLAIM(a_broken_rule_is_invalid_and_named),
		CLAIM(undo_forgets_only_what_came_since_the_save),
		CLAIM(a_deferred_reference_must_hold_at_the_release),
		CLAIM(a_reader_sees_one_moment_and_cannot_write),
		CLAIM(people_may_look_and_are_told_what_is_wrong),
		CLAIM(a_full_disk_loses_the_transaction_and_nothing_runs_outside_it),
		CLAIM(the_files_are_only_for_their_owner),
		CLAIM(a_link_in_place_of_the_file_is_refused),
		CLAIM(a_checkpoint_waits_for_its_size_and_the_log_starts_over),
		CLAIM(a_check_finds_a_reference_to_nothing),
		CLAIM(a_check_finds_a_damaged_page),
		CLAIM(a_copy_made_by_a_reader_is_whole_and_replaces_nothing),
		CLAIM(one_row_or_missing),
		CLAIM(who_has_spent_the_memory_gets_nothing_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
