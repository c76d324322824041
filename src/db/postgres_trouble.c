/*
 * postgres_trouble - what an SQLSTATE means for us.
 *
 * The server's own words may quote values of a row: they are shown to who typed
 * the statement (DB_QUERY) and to nobody else.
 */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "db/postgres.h"

/* How a state is told: by its first characters. */
struct meaning {
	const char *state;
	enum db_trouble trouble;
	enum result result;
	bool passing; /* the same transaction may succeed the next time */
	bool gone;    /* the connection is of no more use */
};

static const struct meaning meanings[] = {
	{ "23505", DB_UNIQUE, CONFLICT, false, false },
	{ "23P01", DB_UNIQUE, CONFLICT, false, false }, /* exclusion */
	{ "23503", DB_FOREIGN, INVALID, false, false },
	{ "23", DB_CHECK, INVALID, false, false },
	{ "22", DB_CHECK, INVALID, false, false },      /* data its type cannot hold */
	{ "53100", DB_FULL, FAULT, false, false },
	{ "53", DB_BUSY, FAULT, true, true },           /* out of memory, of connections */
	{ "40001", DB_BUSY, FAULT, true, false },
	{ "40P01", DB_BUSY, FAULT, true, false },
	{ "55P03", DB_BUSY, FAULT, true, false },       /* waited too long for a lock */
	{ "57014", DB_BUSY, FAULT, false, false },      /* ran too long */
	{ "57P", DB_BUSY, FAULT, true, true },          /* shut down, starting up */
	{ "25P03", DB_BUSY, FAULT, true, true },        /* idle for too long */
	{ "25006", DB_BUSY, FAULT, false, true },       /* the other one is the primary now */
	{ "08", DB_BUSY, FAULT, true, true },
	{ "0A000", DB_BUSY, FAULT, true, true },        /* a plan older than its table */
	{ "26000", DB_BUSY, FAULT, true, true },        /* a pooler without "pooled" */
	{ "58030", DB_FULL, FAULT, false, false },      /* I/O error, as on a full quota */
};

static const struct meaning *
meaning_of(const char *state)
{
	for (size_t i = 0; i < COUNT(meanings); i++)
		if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0)
			return &meanings[i];
	return NULL;
}

static void
keep_where(struct pg *pg, const char *table, const char *column, int n)
{
	(void)snprintf(pg->base.where, sizeof(pg->base.where), "%s.%.*s", table, n, column);
}

/* "table.column" where it can be known, else the name of the constraint. */
static void
find_where(struct pg *pg, const PGresult *answer)
{
	const char *table = PQresultErrorField(answer, PG_DIAG_TABLE_NAME);
	const char *column = PQresultErrorField(answer, PG_DIAG_COLUMN_NAME);
	const char *constraint = PQresultErrorField(answer, PG_DIAG_CONSTRAINT_NAME);
	const char *detail = PQresultErrorField(answer, PG_DIAG_MESSAGE_DETAIL);
	const char *key = detail ? strchr(detail, '(') : NULL;

	if (table && column)
		keep_where(pg, table, column, (int)strlen(column));
	else if (table && key && pg->base.trouble == DB_UNIQUE)
		/* Key (username)=(...) in whatever language */
		keep_where(pg, table, key + 1, (int)strcspn(key + 1, ",)"));
	else if (constraint)
		(void)snprintf(pg->base.where, sizeof(pg->base.where), "%s", constraint);
}

enum result
pg_fail(struct pg *pg, const PGresult *answer, const char *sql)
{
	const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
	const struct meaning *meaning = meaning_of(state ? state : "08000");

	pg->base.where[0] = '\0';
	pg->base.trouble = meaning ? meaning->trouble : DB_BROKEN;
	pg->base.passing = meaning && meaning->passing;
	if (meaning && meaning->gone)
		pg_cut(pg);
	if (meaning && meaning->result != FAULT) {
		find_where(pg, answer);
		if (state[0] == '2' && state[1] == '2')
			log_warn("database: value refused (%s) in: %.200s", state, sql ? sql : "-");
	} else if (pg->base.mode == DB_QUERY) {
		/* The statement is a person's: it is theirs to read what is wrong. */
		(void)snprintf(pg->base.where, sizeof(pg->base.where), "%s",
			PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY)
				? PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY) : "");
		return meaning ? FAULT : INVALID;
	} else {
		log_error("database: error %s in: %.200s", state ? state : "-", sql ? sql : "-");
	}
	return meaning ? meaning->result : FAULT;
}

enum result
pg_gone(struct pg *pg, bool passing)
{
	pg->base.trouble = DB_BUSY;
	pg->base.where[0] = '\0';
	pg->base.passing = passing;
	if (!passing)
		log_error("database: the connection was lost while a commit was under way");
	pg_cut(pg);
	return FAULT;
}

enum result
pg_refuse(struct pg *pg, const char *why, const char *sql)
{
	pg->base.trouble = DB_BROKEN;
	pg->base.where[0] = '\0';
	pg->base.passing = false;
	if (pg->base.mode == DB_QUERY) {
		(void)snprintf(pg->base.where, sizeof(pg->base.where), "%s", why);
		return INVALID;
	}
	log_error("database: %s in: %.200s", why, sql ? sql : "-");
	return FAULT;
}
