/*
 * postgres_link - getting a connection, and letting go of it.
 *
 * Nothing here is asked of a person's URL that libpq cannot be asked: what is not
 * in it gets a default that lets a dead server be noticed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/moment.h"
#include "db/postgres.h"

enum {
	RETRY_US = 300000, /* a server that cannot be reached is left alone so long */
	PARAMETERS = 64
};

static const char *const defaults[][2] = {
	{ "connect_timeout", "5" },
	{ "keepalives_idle", "20" },
	{ "keepalives_interval", "5" },
	{ "keepalives_count", "3" },
	{ "tcp_user_timeout", "30000" },
	{ "application_name", "charthouse" },
	{ "client_encoding", "UTF8" },
};

void
pg_cut(struct pg *pg)
{
	PQfinish(pg->conn);
	pg->conn = NULL;
	pg->owed = 0;
	if (pg->open || pg->n_sent > 0)
		pg->lost = true;
	pg->open = false;
	pg->n_sent = 0;
	pg_unforesee(pg);
}

static enum result
say_gone(struct pg *pg, const char *why)
{
	pg->base.trouble = DB_BUSY;
	pg->base.where[0] = '\0';
	pg->base.passing = true;
	if (why && !pg->said_gone) {
		pg->said_gone = true;
		log_error("database: cannot be reached: %.*s", (int)strcspn(why, "\n"), why);
	}
	return FAULT;
}

/* Behind a person's own options, the settings of the session. */
static void
write_options(const struct pg *pg, const char *given, char *out, size_t n)
{
	(void)snprintf(out, n,
		"%s -c search_path=%s,pg_catalog -c timezone=UTC -c datestyle=ISO "
		"-c statement_timeout=60000 -c lock_timeout=10000 "
		"-c idle_in_transaction_session_timeout=60000 -c extra_float_digits=1%s",
		given ? given : "", pg->schema,
		pg->base.mode == DB_WRITE ? "" : " -c default_transaction_read_only=on");
}

static void
add(const char **names, const char **values, int *n, const char *name, const char *value)
{
	for (int i = 0; i < *n; i++)
		if (strcmp(names[i], name) == 0)
			return;
	if (*n < PARAMETERS - 1) {
		names[*n] = name;
		values[(*n)++] = value;
	}
}

static PGconn *
dial(struct pg *pg)
{
	char *trouble = NULL;
	PQconninfoOption *given = PQconninfoParse(pg->url, &trouble);
	const char *names[PARAMETERS] = { 0 }, *values[PARAMETERS] = { 0 };
	char options[1024];
	PGconn *conn;
	int n = 0;

	PQfreemem(trouble);
	if (!given)
		return NULL;
	write_options(pg, NULL, options, sizeof(options));
	for (PQconninfoOption *o = given; o->keyword; o++) {
		if (o->val && strcmp(o->keyword, "options") == 0)
			write_options(pg, o->val, options, sizeof(options));
		else if (o->val)
			add(names, values, &n, o->keyword, o->val);
	}
	for (size_t i = 0; i < COUNT(defaults); i++)
		add(names, values, &n, defaults[i][0], defaults[i][1]);
	if (!pg->pooled)
		add(names, values, &n, "options", options);
	conn = PQconnectdbParams(names, values, 0);
	PQconninfoFree(given);
	return conn;
}

/* Their texts are for people at a terminal; errors come as answers too. */
static void
ignore_notice(void *arg, const PGresult *notice)
{
	(void)arg, (void)notice;
}

enum result
pg_reach(struct pg *pg)
{
	if (pg->conn && PQstatus(pg->conn) == CONNECTION_OK)
		return OK;
	if (pg->conn)
		pg_cut(pg);
	if (pg->lost)
		return say_gone(pg, NULL);
	if (pg->failed_at && moment_monotonic() - pg->failed_at < RETRY_US)
		return say_gone(pg, NULL);
	pg->conn = dial(pg);
	if (!pg->conn || PQstatus(pg->conn) != CONNECTION_OK) {
		enum result r = say_gone(pg,
			pg->conn ? PQerrorMessage(pg->conn) : "the URL cannot be read");

		pg->failed_at = moment_monotonic();
		pg_cut(pg);
		return r;
	}
	if (pg->said_gone)
		log_info("database: reached again");
	pg->said_gone = false;
	pg->failed_at = 0;
	pg->life++;
	PQsetNoticeReceiver(pg->conn, ignore_notice, NULL);
	return PQenterPipelineMode(pg->conn) ? OK : say_gone(pg, PQerrorMessage(pg->conn));
}
