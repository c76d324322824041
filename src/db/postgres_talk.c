/*
 * postgres_talk - packets to the server and their answers.
 *
 * Each packet ends with a Sync.  An answer is awaited no longer than the server
 * itself would work on it, so that a machine that has vanished is noticed.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "db/postgres.h"

enum { PATIENCE_MS = 75000 };

/* What a packet consists of: statements ahead, then perhaps its subject. */
struct answers {
	int n_opening;    /* statements that open the unit */
	int n_ahead;      /* with those run for later, all that comes before the subject */
	int n_parts;      /* of the subject: parse, describe, execute */
	bool foreseen;    /* one more behind the subject */
	PGresult *error;  /* the first one */
	int error_at;
	PGresult *last;   /* of the last part */
};

void
pg_ahead(struct pg *pg, const char *sql)
{
	if (pg->n_ahead < PG_AHEAD)
		pg->ahead[pg->n_ahead++] = sql;
	else
		pg->lost = true; /* no caller nests so deep */
}

bool
pg_take_back(struct pg *pg, const char *sql)
{
	if (pg->n_ahead == 0 || strcmp(pg->ahead[pg->n_ahead - 1], sql) != 0)
		return false;
	pg->n_ahead--;
	return true;
}

void
pg_unforesee(struct pg *pg)
{
	PQclear(pg->foreseen.rows);
	for (size_t i = 0; i < PG_FORESEEN_ARGS; i++)
		free(pg->foreseen.args[i]);
	pg->foreseen = (struct pg_foreseen){ 0 };
}

/* ---- reading --------------------------------------------------------------- */

/* False when the connection is gone or silent. */
static bool
await(struct pg *pg)
{
	while (PQisBusy(pg->conn)) {
		struct pollfd fd = { .fd = PQsocket(pg->conn), .events = POLLIN };
		int n = poll(&fd, 1, PATIENCE_MS);

		if ((n < 0 && errno != EINTR) || n == 0)
			return false;
		if (n > 0 && !PQconsumeInput(pg->conn))
			return false;
	}
	return true;
}

/* When it came to nothing the query will be asked in earnest, and says why. */
static void
take_foreseen(struct pg *pg, PGresult *answer)
{
	if (PQresultStatus(answer) == PGRES_TUPLES_OK) {
		pg->foreseen.rows = answer;
	} else {
		pg_unforesee(pg);
		PQclear(answer);
	}
}

static void
take(struct pg *pg, struct answers *answers, int at, PGresult *answer)
{
	ExecStatusType status = PQresultStatus(answer);

	if (answers->foreseen && at == answers->n_ahead + answers->n_parts) {
		take_foreseen(pg, answer);
	} else if (status == PGRES_FATAL_ERROR && !answers->error) {
		answers->error = answer;
		answers->error_at = at;
	} else if (at == answers->n_ahead + answers->n_parts - 1
		&& (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)) {
		PQclear(answers->last);
		answers->last = answer;
	} else {
		PQclear(answer);
	}
}

/* All answers up to the Sync of this packet; false when the connection is gone. */
static bool
read_answers(struct pg *pg, struct answers *answers)
{
	int at = 0;

	for (int silent = 0; silent < 2;) {
		PGresult *answer;
		ExecStatusType status;

		if (!await(pg))
			return false;
		answer = PQgetResult(pg->conn);
		if (!answer) {
			silent++;
			at++;
			continue;
		}
		silent = 0;
		status = PQresultStatus(answer);
		if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
			PQclear(answer);
			return false;
		}
		if (status == PGRES_PIPELINE_SYNC) {
			PQclear(answer);
			at = 0;
			if (pg->owed == 0)
				return true;
			pg->owed--;
		} else if (pg->owed > 0) {
			PQclear(answer);
		} else {
			take(pg, answers, at, answer);
		}
	}
	return false;
}

/* ---- sending --------------------------------------------------------------- */

static bool
send_plain(struct pg *pg, const char *sql)
{
	return PQsendQueryParams(pg->conn, sql, 0, NULL, NULL, NULL, NULL, 0);
}

static bool
send_ahead(struct pg *pg)
{
	for (int i = 0; i < pg->n_ahead; i++)
		if (!send_plain(pg, pg->ahead[i]))
			return false;
	return true;
}

static const char *
name_of(const struct pg *pg, const struct pg_statement *statement, char out[24])
{
	if (pg->pooled)
		return "";
	(void)snprintf(out, 24, "s%u", statement->number);
	return out;
}

static bool
send_parse(struct pg *pg, const struct pg_statement *statement)
{
	char name[24];

	return PQsendPrepare(pg->conn, name_of(pg, statement, name), statement->sql,
		statement->n_types, statement->types);
}

static bool
send_describe(struct pg *pg, const struct pg_statement *statement)
{
	char name[24];

	return PQsendDescribePrepared(pg->conn, name_of(pg, statement, name));
}

static bool
send_execute(struct pg *pg, const struct pg_statement *statement, const char *const *args)
{
	char name[24];

	if (pg->pooled)
		return PQsendQueryParams(pg->conn, statement->sql, statement->n_types,
			statement->types, args, NULL, NULL, 0);
	return PQsendQueryPrepared(pg->conn, name_of(pg, statement, name), statement->n_types,
		args, NULL, NULL, 0);
}

/* ---- one packet ------------------------------------------------------------ */

/* What is put together for pg_say(). */
struct packet {
	struct pg_statement *statement;
	const char *sql;         /* NULL, too: no subject, only what was sent before */
	const char *const *args; /* NULL: describe the statement, do not run it */
};

static bool
send_foreseen(struct pg *pg, const struct packet *packet, struct answers *answers)
{
	const struct pg_foreseen *foreseen = &pg->foreseen;

	if (!foreseen->statement || foreseen->rows || !packet->args
		|| foreseen->statement->life != pg->life)
		return true;
	answers->foreseen = true;
	return send_execute(pg, foreseen->statement, (const char *const *)foreseen->args);
}

static bool
send_packet(struct pg *pg, const struct packet *packet, struct answers *answers)
{
	const struct pg_statement *s = packet->statement;
	bool parse = s && (!packet->args || (!pg->pooled && s->life != pg->life));

	/* What is owed has come long ago: in the way of the next answer it would cost a
	 * round of poll().  Should the connection be gone, that shows below. */
	if (pg->owed > 0)
		(void)!PQconsumeInput(pg->conn);

	answers->n_opening = pg->n_sent ? pg->n_opening : pg->n_ahead;
	answers->n_ahead = pg->n_sent + pg->n_ahead;
	answers->n_parts = (s || packet->sql) + (parse ? 1 : 0);
	if (!send_ahead(pg) || (parse && !send_parse(pg, s)))
		return false;
	if (!s)
		return (!packet->sql || send_plain(pg, packet->sql)) && PQpipelineSync(pg->conn);
	if (!packet->args)
		return send_describe(pg, s) && PQpipelineSync(pg->conn);
	return send_execute(pg, s, packet->args) && send_foreseen(pg, packet, answers)
		&& PQpipelineSync(pg->conn);
}

/* What the server has taken: BEGIN is always the first that waits. */
static void
note_ahead(struct pg *pg, const struct answers *answers)
{
	if (pg->n_sent + pg->n_ahead > 0 && pg->begun
		&& (!answers->error || answers->error_at > 0))
		pg->open = true;
	pg->n_ahead = pg->n_sent = 0;
}

static enum result
fail_packet(struct pg *pg, const struct packet *packet, struct answers *answers)
{
	const char *sql = packet->statement ? packet->statement->sql : packet->sql;
	enum result r;

	/* Not even what opens the unit could be done. */
	if (answers->error_at < answers->n_opening)
		pg->lost = pg->begun;
	if (packet->statement && answers->error_at > answers->n_ahead)
		packet->statement->life = pg->life; /* it was run, so it is prepared */
	r = pg_fail(pg, answers->error, answers->error_at < answers->n_ahead ? pg->later : sql);
	PQclear(answers->error);
	PQclear(answers->last);
	return r;
}

static enum result
exchange(struct pg *pg, const struct packet *packet, PGresult **rows)
{
	const char *sql = packet->statement ? packet->statement->sql : packet->sql;
	struct answers answers = { 0 };
	enum result r;

	*rows = NULL;
	if ((r = pg_reach(pg)))
		return r;
	if (!send_packet(pg, packet, &answers) || !read_answers(pg, &answers)) {
		PQclear(answers.error);
		PQclear(answers.last);
		return pg_gone(pg, true);
	}
	note_ahead(pg, &answers);
	if (answers.error)
		return fail_packet(pg, packet, &answers);
	if (!answers.last)
		return pg_refuse(pg, "statement without an answer", sql);
	if (packet->statement && !pg->pooled)
		packet->statement->life = pg->life;
	*rows = answers.last;
	return OK;
}

/* The first packet of a transaction may be sent again over a new connection:
 * nothing has been answered from it. */
static enum result
exchange_again(struct pg *pg, const struct packet *packet, PGresult **rows)
{
	bool first = pg->conn && !pg->open && !pg->lost && pg->n_sent == 0
		&& (pg->begun || pg->base.mode != DB_WRITE);
	const char *ahead[PG_AHEAD];
	int n_ahead = pg->n_ahead;
	enum result r;

	memcpy(ahead, pg->ahead, sizeof(ahead));
	r = exchange(pg, packet, rows);
	if (!first || !r || pg->conn || !pg->base.passing)
		return r;
	memcpy(pg->ahead, ahead, sizeof(ahead));
	pg->n_ahead = n_ahead;
	pg->lost = pg->open = false;
	return exchange(pg, packet, rows);
}

enum result
pg_say(struct pg *pg, struct pg_statement *statement, const char *sql, const char *const *args,
	PGresult **rows)
{
	const struct packet packet = { statement, sql, args };

	*rows = NULL;
	return pg->lost ? FAULT : exchange_again(pg, &packet, rows);
}

enum result
pg_later(struct pg *pg, struct pg_statement *statement, const char *const *args)
{
	enum result r;

	if (pg->lost)
		return FAULT;
	if ((r = pg_reach(pg)))
		return r;
	if (pg->n_sent == 0)
		pg->n_opening = pg->n_ahead;
	pg->n_sent += pg->n_ahead + 1;
	pg->later = statement->sql;
	if (!send_ahead(pg) || !send_execute(pg, statement, args))
		return pg_gone(pg, true);
	pg->n_ahead = 0;
	return pg->n_sent < PG_LATER ? OK : pg_settle(pg);
}

enum result
pg_settle(struct pg *pg)
{
	const struct packet nothing = { 0 };
	PGresult *answer = NULL;
	enum result r = OK;

	if (pg->lost)
		return FAULT;
	if (pg->n_sent > 0)
		r = exchange(pg, &nothing, &answer);
	PQclear(answer);
	return r;
}

void
pg_tell(struct pg *pg, const char *sql)
{
	struct answers none = { 0 };

	if (!pg->conn)
		return;
	if (send_ahead(pg) && send_plain(pg, sql) && PQpipelineSync(pg->conn))
		pg->owed++;
	else
		pg_cut(pg);
	note_ahead(pg, &none);
}

/* ---- scripts --------------------------------------------------------------- */

/* Reads what is owed and leaves the pipeline, which takes no scripts. */
static bool
leave_pipeline(struct pg *pg)
{
	struct answers none = { .n_parts = -1 };
	bool read = true;

	if (pg->owed > 0) {
		pg->owed--;
		read = read_answers(pg, &none);
		PQclear(none.error);
	}
	return read && PQexitPipelineMode(pg->conn);
}

enum result
pg_script(struct pg *pg, const char *sql)
{
	struct text all CLEANUP(text_close) = { 0 };
	struct answers answers = { 0 };
	PGresult *answer;
	enum result r;

	if ((r = pg_settle(pg)) || (r = pg_reach(pg)))
		return r;
	for (int i = 0; i < pg->n_ahead; i++)
		text_printf(&all, "%s;\n", pg->ahead[i]);
	if (!pg->begun && pg->pooled)
		text_printf(&all, "%s;\n", pg->local);
	text_add(&all, "SET LOCAL statement_timeout = 0;\nDEALLOCATE ALL;\n");
	text_add(&all, sql);
	pg_renew(pg);
	if (!leave_pipeline(pg))
		return pg_gone(pg, true);
	answer = PQexec(pg->conn, text_string(&all));
	if (PQstatus(pg->conn) != CONNECTION_OK)
		r = pg_gone(pg, pg->begun);
	else if (PQresultStatus(answer) == PGRES_FATAL_ERROR)
		r = pg_fail(pg, answer, sql);
	PQclear(answer);
	note_ahead(pg, &answers);
	if (pg->conn && !PQenterPipelineMode(pg->conn))
		return pg_gone(pg, true);
	return r;
}
