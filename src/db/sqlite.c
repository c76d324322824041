/*
 * sqlite - a connection to SQLite: how it is opened, its transactions, what
 * went wrong, and the care of its file.
 *
 * The log (WAL) is moved into the file only by the DB_WRITE connection, between
 * transactions: this SQLite may damage a file when a checkpoint meets a commit
 * (WAL-reset, 3.7.0 to 3.51.2), and so the two are one thread's work.
 */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum {
	BUSY_MS = 5000,
	/* Readers that come and go can keep the log from ever starting over.  From
	 * this size on (64 MB) a checkpoint waits for them, but not long. */
	LOG_RESTART = 16000,
	LOG_RESTART_MS = 100
};

static const char for_all[] =
	"PRAGMA mmap_size=1073741824;"
	"PRAGMA temp_store=MEMORY;"
	"PRAGMA wal_autocheckpoint=0;";

static const char for_writer[] =
	"PRAGMA cache_size=-8192;"
	"PRAGMA journal_mode=WAL;"
	"PRAGMA synchronous=FULL;"
	"PRAGMA journal_size_limit=-1;";

/* Readers look into the mapped file; their cache holds only pages of the log. */
static const char for_reader[] =
	"PRAGMA cache_size=-2048;"
	"SELECT count(*) FROM sqlite_schema;"
	"PRAGMA query_only=1;";

/* ---- what went wrong ------------------------------------------------------- */

static void
keep_where(struct lite *db, const char *text, size_t n)
{
	n = n < sizeof(db->base.where) ? n : sizeof(db->base.where) - 1;
	memcpy(db->base.where, text, n);
	db->base.where[n] = '\0';
}

/* The name behind ": " in SQLite's message; of several columns the first. */
static void
find_where(struct lite *db, const char *message)
{
	const char *name = strstr(message, "failed: ");

	if (!name)
		return;
	name += strlen("failed: ");
	if (strncmp(name, "index '", 7) == 0)
		keep_where(db, name + 7, strcspn(name + 7, "'"));
	else
		keep_where(db, name, strcspn(name, ","));
}

static enum result
refuse_constraint(struct lite *db, int code)
{
	const char *message = sqlite3_errmsg(db->sqlite);
	const char *name;

	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		find_where(db, message);
		db->base.trouble = DB_UNIQUE;
		return CONFLICT;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		db->base.trouble = DB_FOREIGN;
		return INVALID;
	case SQLITE_CONSTRAINT_TRIGGER:
		/* ON DELETE RESTRICT is a trigger within SQLite, and says so. */
		db->base.trouble = strstr(message, "FOREIGN KEY") ? DB_FOREIGN : DB_CHECK;
		return INVALID;
	case SQLITE_CONSTRAINT_DATATYPE:
		if ((name = strrchr(message, ' ')))
			keep_where(db, name + 1, strlen(name + 1));
		db->base.trouble = DB_CHECK;
		return INVALID;
	case SQLITE_CONSTRAINT_CHECK:
		if ((name = strstr(message, "failed: ")))
			keep_where(db, name + 8, strlen(name + 8));
		db->base.trouble = DB_CHECK;
		return INVALID;
	default:
		find_where(db, message);
		db->base.trouble = DB_CHECK;
		return INVALID;
	}
}

static int
file_errno(sqlite3_file *file)
{
	int why = 0;

	if (file && file->pMethods)
		file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &why);
	return why;
}

static bool
means_full(int why)
{
	return why == ENOSPC || why == EDQUOT || why == EFBIG;
}

/* A full quota is a mere I/O error to SQLite, and during a commit its reason is
 * known only to the file of the log. */
static bool
no_room(const struct lite *db, int code)
{
	sqlite3_file *log = NULL;

	if ((code & 0xff) == SQLITE_FULL)
		return true;
	if ((code & 0xff) != SQLITE_IOERR)
		return false;
	sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	return means_full(sqlite3_system_errno(db->sqlite)) || means_full(file_errno(log));
}

/* SQLite rolls back by itself after some of these, but not after all. */
static void
abandon(struct lite *db, int code)
{
	int primary = code & 0xff;

	if (primary != SQLITE_FULL && primary != SQLITE_IOERR && primary != SQLITE_NOMEM)
		return;
	if (db->begun && !sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

/* Without SQLite's message: a running statement may quote values in it (FTS5
 * does). */
static void
tell(const struct lite *db, int code, const char *sql)
{
	log_error("database: %s (%d, errno %d) in: %.200s", sqlite3_errstr(code), code,
		sqlite3_system_errno(db->sqlite), sql ? sql : "-");
}

enum result
sqlite_fail(struct lite *db, int code, const char *sql)
{
	const char *message = sqlite3_errmsg(db->sqlite);
	int primary = code & 0xff;

	db->base.where[0] = '\0';
	if (primary == SQLITE_CONSTRAINT)
		return refuse_constraint(db, code);
	db->base.trouble = DB_BROKEN;
	db->base.passing = false; /* one process, one writer */
	if (no_room(db, code)) {
		db->base.trouble = DB_FULL;
		if (!db->said_full)
			tell(db, code, sql);
		db->said_full = true;
	} else if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
		db->base.trouble = DB_BUSY;
		tell(db, code, sql);
	} else if (db->base.mode == DB_QUERY) {
		/* The statement is a person's: it is theirs to read what is wrong. */
		keep_where(db, message, strlen(message));
		return INVALID;
	} else {
		tell(db, code, sql);
	}
	abandon(db, code);
	return FAULT;
}

enum result
sqlite_misread(struct lite *db, int code, const char *sql)
{
	if (code != SQLITE_ERROR)
		return sqlite_fail(db, code, sql);
	return sqlite_refuse(db, sqlite3_errmsg(db->sqlite), sql);
}

enum result
sqlite_refuse(struct lite *db, const char *why, const char *sql)
{
	db->base.trouble = DB_BROKEN;
	db->base.where[0] = '\0';
	if (db->base.mode == DB_QUERY) {
		keep_where(db, why, strlen(why));
		return INVALID;
	}
	log_error("database: %s in: %.200s", why, sql ? sql : "-");
	return FAULT;
}

enum result
sqlite_ready(const struct lite *db)
{
	return db->begun && sqlite3_get_autocommit(db->sqlite) ? FAULT : OK;
}

/* ---- open and close -------------------------------------------------------- */

/* Every connection belongs to one thread at a time, so SQLite need not lock. */
static void
configure(void)
{
	if (sqlite3_config(SQLITE_CONFIG_MULTITHREAD) ||
	    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0))
		log_warn("database: SQLite was started before it could be configured");
}

/* What people may do with a statement of their own: look. */
static int
permit(void *arg, int action, const char *first, const char *second, const char *schema,
	const char *trigger)
{
	static const char *const pragmas[] = {
		"table_info", "table_xinfo", "table_list", "index_list", "index_info",
		"index_xinfo", "foreign_key_list", "foreign_key_check", "integrity_check",
		"quick_check", "compile_options"
	};

	(void)arg, (void)second, (void)schema, (void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
		return SQLITE_OK;
	case SQLITE_PRAGMA:
		for (size_t i = 0; i < COUNT(pragmas); i++)
			if (sqlite3_stricmp(first, pragmas[i]) == 0)
				return SQLITE_OK;
		return SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int
count_log(void *arg, sqlite3 *sqlite, const char *name, int pages)
{
	struct lite *db = arg;

	(void)sqlite, (void)name;
	if (pages < db->wal_pages)
		db->wal_tried = 0; /* it started over */
	db->wal_pages = pages;
	return SQLITE_OK;
}

/* A file only we may read, made before SQLite can make it by the umask.  One
 * that exists is not touched: closing it would drop this process's locks. */
static int
make_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* The folder may be reached through links, the file itself may not be one. */
static bool
resolve(const char *path, char out[PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char folder[PATH_MAX];
	char real[PATH_MAX];
	size_t n = slash ? (size_t)(slash - path) + 1 : 0;
	int len;

	if (n >= sizeof(folder) || !*name)
		return false;
	memcpy(folder, path, n);
	folder[n] = '\0';
	if (!realpath(n ? folder : ".", real))
		return false;
	len = snprintf(out, PATH_MAX, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
	return len > 0 && len < PATH_MAX;
}

static int
set_up(struct lite *db)
{
	sqlite3 *s = db->sqlite;
	int code;

	sqlite3_extended_result_codes(s, 1);
	sqlite3_busy_timeout(s, BUSY_MS);
	sqlite3_db_config(s, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if ((code = sqlite_add_lower(s)) || (code = sqlite3_exec(s, for_all, NULL, NULL, NULL)))
		return code;
	if (db->base.mode == DB_WRITE) {
		if ((code = sqlite3_exec(s, for_writer, NULL, NULL, NULL)))
			return code;
		sqlite3_wal_hook(s, count_log, db); /* after wal_autocheckpoint, which unsets it */
		return SQLITE_OK;
	}
	sqlite3_db_config(s, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_limit(s, SQLITE_LIMIT_ATTACHED, 0);
	if ((code = sqlite3_exec(s, for_reader, NULL, NULL, NULL)))
		return code;
	if (db->base.mode == DB_QUERY)
		sqlite3_set_authorizer(s, permit, NULL);
	return SQLITE_OK;
}

/* ---- scripts and transactions ---------------------------------------------- */

static bool
in_transaction(const struct db *base)
{
	return !sqlite3_get_autocommit(((const struct lite *)base)->sqlite);
}

static void
rollback(struct db *base)
{
	struct lite *db = (struct lite *)base;

	if (in_transaction(base) && sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL))
		log_error("database: cannot roll back (%d)",
			sqlite3_extended_errcode(db->sqlite));
	db->begun = false;
}

static enum result
script(struct db *base, const char *sql)
{
	struct lite *db = (struct lite *)base;
	enum result r = sqlite_ready(db);

	while (!r && *sql) {
		sqlite3_stmt *stmt;
		const char *tail;
		int code = sqlite3_prepare_v2(db->sqlite, sql, -1, &stmt, &tail);

		if (code)
			return sqlite_misread(db, code, sql);
		do
			code = stmt ? sqlite3_step(stmt) : SQLITE_DONE;
		while (code == SQLITE_ROW);
		if (code != SQLITE_DONE)
			r = sqlite_fail(db, code, sql);
		sqlite3_finalize(stmt);
		sql = tail;
	}
	return r;
}

static enum result
begin_read(struct db *base)
{
	return db_run(base, "BEGIN", NULL, 0, NULL);
}

static void
end_read(struct db *base)
{
	if (in_transaction(base) && db_run(base, "COMMIT", NULL, 0, NULL))
		rollback(base);
}

static enum result
begin(struct db *base)
{
	struct lite *db = (struct lite *)base;
	enum result r = db_run(base, "BEGIN IMMEDIATE", NULL, 0, NULL);

	db->begun = db->begun || !r;
	return r;
}

static enum result
commit(struct db *base)
{
	struct lite *db = (struct lite *)base;
	enum result r = db_run(base, "COMMIT", NULL, 0, NULL);

	if (r)
		rollback(base);
	else
		db->said_full = false;
	db->begun = false;
	return r;
}

static enum result
save(struct db *base)
{
	return db_run(base, "SAVEPOINT u", NULL, 0, NULL);
}

/* References that are checked only at the commit would spoil it for all others
 * of the group: they must hold when their own unit ends. */
static enum result
release(struct db *base)
{
	struct lite *db = (struct lite *)base;
	int unsettled = 0;
	int highest;

	sqlite3_db_status(db->sqlite, SQLITE_DBSTATUS_DEFERRED_FKS, &unsettled, &highest, 0);
	if (unsettled) {
		db->base.trouble = DB_FOREIGN;
		db->base.where[0] = '\0';
		return INVALID;
	}
	return db_run(base, "RELEASE u", NULL, 0, NULL);
}

static enum result
undo(struct db *base)
{
	enum result r = db_run(base, "ROLLBACK TO u", NULL, 0, NULL);

	return r ? r : db_run(base, "RELEASE u", NULL, 0, NULL);
}

/* ---- care of the file ------------------------------------------------------ */

static void
checkpoint(struct db *base, int pages)
{
	struct lite *db = (struct lite *)base;
	int mode = SQLITE_CHECKPOINT_PASSIVE;
	int code;

	if (db->base.mode != DB_WRITE || in_transaction(base))
		return;
	if (pages > 0 && db->wal_pages - db->wal_tried <= pages)
		return;
	if (db->wal_pages > LOG_RESTART) {
		mode = SQLITE_CHECKPOINT_RESTART;
		sqlite3_busy_timeout(db->sqlite, LOG_RESTART_MS);
	}
	code = sqlite3_wal_checkpoint_v2(db->sqlite, NULL, mode, NULL, NULL);
	sqlite3_busy_timeout(db->sqlite, BUSY_MS);
	db->wal_tried = db->wal_pages;
	/* Nothing is lost when it fails: what is committed stays in the log. */
	if (code && (code & 0xff) != SQLITE_BUSY)
		log_warn("database: checkpoint: %s (%d)", sqlite3_errstr(code), code);
}

static size_t
check_file(struct lite *db, void (*say)(void *arg, const char *line), void *arg)
{
	struct query *query;
	size_t n = 0;

	if (db_query(&db->base, &query, "PRAGMA integrity_check", NULL, 0)) {
		say(arg, "The file cannot be read.");
		return 1;
	}
	while (query_next(query)) {
		const char *line = query_text(query, 0, NULL);

		if (line && strcmp(line, "ok") == 0)
			continue;
		say(arg, line ? line : "?");
		n++;
	}
	if (query_close(&query)) {
		say(arg, "The file cannot be read to its end.");
		n++;
	}
	return n;
}

static size_t
check_references(struct lite *db, void (*say)(void *arg, const char *line), void *arg)
{
	struct query *query;
	char line[256];
	size_t n = 0;

	if (db_query(&db->base, &query, "PRAGMA foreign_key_check", NULL, 0)) {
		say(arg, "The references cannot be checked.");
		return 1;
	}
	while (query_next(query)) {
		const char *from = query_text(query, 0, NULL);
		const char *to = query_text(query, 2, NULL);

		snprintf(line, sizeof(line), "%s/%lld points at nothing in %s",
			from ? from : "?", (long long)query_whole(query, 1), to ? to : "?");
		say(arg, line);
		n++;
	}
	if (query_close(&query)) {
		say(arg, "The references cannot be checked to their end.");
		n++;
	}
	return n;
}

static size_t
check_all(struct db *base, void (*say)(void *arg, const char *line), void *arg)
{
	struct lite *db = (struct lite *)base;
	size_t n = check_file(db, say, arg);

	return n + check_references(db, say, arg);
}

/* Page by page, all within one read transaction of the source. */
static int
copy_pages(sqlite3 *to, sqlite3 *from)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int code;

	if (!backup)
		return sqlite3_extended_errcode(to);
	code = sqlite3_backup_step(backup, -1);
	sqlite3_backup_finish(backup);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static enum result
copy(struct db *base, const char *path)
{
	struct lite *db = (struct lite *)base;
	char real[PATH_MAX];
	sqlite3 *to = NULL;
	int code;
	int why = EINVAL;

	if (!resolve(path, real) || (why = make_file(real))) {
		if (why == EEXIST)
			return CONFLICT;
		log_error("database: cannot make the copy (errno %d)", why);
		db->base.trouble = why == ENOSPC ? DB_FULL : DB_BROKEN;
		return FAULT;
	}
	code = sqlite3_open_v2(real, &to,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
	if (!code)
		code = sqlite3_exec(to, "PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL;",
			NULL, NULL, NULL);
	if (!code)
		code = copy_pages(to, db->sqlite);
	why = to ? sqlite3_system_errno(to) : 0;
	sqlite3_close(to);
	if (!code)
		return OK;
	unlink(real);
	log_error("database: copy: %s (%d, errno %d)", sqlite3_errstr(code), code, why);
	db->base.trouble = (code & 0xff) == SQLITE_FULL || why == ENOSPC ? DB_FULL : DB_BROKEN;
	db->base.where[0] = '\0';
	return FAULT;
}

static void
shut(struct db *base)
{
	struct lite *db = (struct lite *)base;

	sqlite_forget(db);
	if (sqlite3_close(db->sqlite))
		log_error("database: closed while a statement was in use");
	free(db);
}

/* ---- the driver ------------------------------------------------------------ */

static const struct driver driver = {
	.dialect = SQLITE,
	.close = shut,
	.run = sqlite_run,
	.insert = sqlite_insert,
	.script = script,
	.query = sqlite_query,
	.next = sqlite_next,
	.end = sqlite_end,
	.columns = sqlite_columns,
	.column_name = sqlite_column_name,
	.null = sqlite_null,
	.whole = sqlite_whole,
	.number = sqlite_number,
	.text = sqlite_text,
	.kind = sqlite_kind,
	.value = sqlite_value,
	.begin_read = begin_read,
	.end_read = end_read,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.save = save,
	.release = release,
	.undo = undo,
	.in_transaction = in_transaction,
	.checkpoint = checkpoint,
	.check = check_all,
	.copy = copy,
};

enum result
sqlite_open(struct db **out, const char *path, enum db_mode mode)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	char real[PATH_MAX];
	struct lite *db;
	int code;
	int why;

	*out = NULL;
	pthread_once(&once, configure);
	if (!resolve(path, real)) {
		log_error("database: no folder for %s", path);
		return FAULT;
	}
	if (mode == DB_WRITE && (why = make_file(real)) && why != EEXIST) {
		log_error("database: cannot make %s (errno %d)", real, why);
		return FAULT;
	}
	db = calloc(1, sizeof(*db));
	if (!db)
		abort();
	db->base.driver = &driver;
	db->base.mode = mode;
	code = sqlite3_open_v2(real, &db->sqlite,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
	if (!code)
		code = set_up(db);
	if (code) {
		log_error("database: cannot open %s: %s (%d)", real, sqlite3_errstr(code), code);
		shut(&db->base);
		return FAULT;
	}
	*out = &db->base;
	return OK;
}
