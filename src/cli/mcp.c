/*
 * mcp - the Model Context Protocol on standard input and output.
 *
 * One message a line.  The running server answers; when none runs, this process
 * holds the stores itself until the input ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/moment.h"
#include "cli/control.h"
#include "cli/errands.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/serve.h"
#include "clinic/channel.h"
#include "engine/call.h"

enum { LINE_MAX_BYTES = 256 * 1024 };

struct session {
	const char *dir;
	struct premises premises; /* when no server runs */
	int lock;                 /* -1: the server has the stores */
	const char *client_id, *secret, *key;
	char *token;              /* owned */
	struct channel channel;
};

/* Whoever has the stores answers; NULL (said on stderr) when nobody does. */
static json_t *
ask(struct session *s, json_t *args)
{
	json_t *reply = NULL;

	if (s->lock >= 0)
		reply = errand_run(&s->premises, "mcp", args, NULL);
	else if (control_ask(s->dir, "mcp", args, &reply))
		reply = NULL;
	json_decref(args);
	if (reply && json_is_true(json_object_get(reply, "ok")))
		return reply;
	fprintf(stderr, "charthouse mcp: the server does not answer.\n");
	json_decref(reply);
	return NULL;
}

/* A token for the client id and secret; false when they are refused. */
static bool
renew(struct session *s)
{
	json_t *reply = ask(s, json_pack("{s:s, s:s, s:s}", "path", "/oauth/token", "client_id",
		s->client_id, "client_secret", s->secret));
	const char *body = json_string_value(json_object_get(reply, "body"));
	json_t *grant = body ? json_loads(body, 0, NULL) : NULL;
	const char *token = json_string_value(json_object_get(grant, "access_token"));

	free(s->token);
	s->token = token ? strdup(token) : NULL;
	json_decref(grant);
	json_decref(reply);
	return s->token != NULL;
}

static json_t *
send_message(struct session *s, const struct saying *saying)
{
	return ask(s, json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:O?}", "path", "/mcp", "token",
		s->token, "key", s->key, "message", saying->message, "session",
		s->channel.session, "heard", saying->heard));
}

/* One message and its answer; false when there is no going on. */
static bool
relay(struct session *s, const char *line)
{
	struct saying saying = channel_read(&s->channel, line);
	json_t *reply;
	const char *body;

	if (!saying.message)
		return true;
	reply = send_message(s, &saying);

	/* the token lasts an hour, this process perhaps longer */
	if (s->secret && json_integer_value(json_object_get(reply, "status")) == 401 && renew(s)) {
		json_decref(reply);
		reply = send_message(s, &saying);
	}
	channel_done(&s->channel, &saying, json_string_value(json_object_get(reply, "session")),
		json_string_value(json_object_get(reply, "asks")));
	body = json_string_value(json_object_get(reply, "body"));
	if (body && *body) {
		fputs(body, stdout);
		fputc('\n', stdout);
		fflush(stdout);
	}
	json_decref(reply);
	return body != NULL;
}

static bool
read_credentials(struct session *s)
{
	const char *token = getenv("CHARTHOUSE_TOKEN");

	s->key = getenv("CHARTHOUSE_API_KEY");
	s->client_id = getenv("CHARTHOUSE_CLIENT_ID");
	s->secret = getenv("CHARTHOUSE_CLIENT_SECRET");
	if (token)
		s->token = strdup(token);
	if (!s->client_id || !s->secret)
		s->client_id = s->secret = NULL;
	if (s->key || s->token || s->secret)
		return true;
	fprintf(stderr, "charthouse mcp: set CHARTHOUSE_CLIENT_ID and CHARTHOUSE_CLIENT_SECRET, "
			"or CHARTHOUSE_API_KEY, or CHARTHOUSE_TOKEN.\n");
	return false;
}

/* Nobody has the stores: they are ours as long as the input lasts. */
static bool
open_stores(struct session *s)
{
	if (control_running(s->dir))
		return true;
	folder_harden();
	crypto_start();
	if (folder_make(s->dir) || folder_lock(s->dir, &s->lock)) {
		fprintf(stderr, "charthouse mcp: %s cannot be used.\n", s->dir);
		return false;
	}
	if (call_start(1) == OK && premises_open(&s->premises, s->dir, NEEDS_CLINIC) == OK)
		return true;
	fprintf(stderr, "charthouse mcp: the clinic's store cannot be opened.\n");
	return false;
}

static void
close_stores(struct session *s)
{
	if (s->lock < 0)
		return;
	call_stop();
	premises_close(&s->premises);
	folder_unlock(&s->lock);
}

static void
relay_all(struct session *s)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	bool good = true;

	while (good && (n = getline(&line, &room, stdin)) > 0) {
		line[strcspn(line, "\r\n")] = 0;
		if (n > LINE_MAX_BYTES)
			fprintf(stderr, "charthouse mcp: a message is too long.\n");
		else if (*line)
			good = relay(s, line);
	}
	free(line);
}

static enum status
mcp(struct options *o)
{
	struct session s = { .dir = options_text(o, "data"), .lock = -1 };
	enum status status = FAILED;

	if (!options_flag(o, "stdio")) {
		fprintf(stderr, "charthouse mcp: only --stdio is spoken here; over HTTP the server "
				"answers at /mcp.\n");
		return USAGE;
	}
	log_set_level(LOG_ERROR);
	if (!read_credentials(&s) || !serve_zone(o)) {
		free(s.token);
		return USAGE;
	}
	if (open_stores(&s) && (s.token || s.key || renew(&s))) {
		relay_all(&s);
		status = DONE;
	} else if (s.secret && !s.token) {
		fprintf(stderr, "charthouse mcp: the client's credentials are refused.\n");
	}
	close_stores(&s);
	channel_close(&s.channel);
	free(s.token);
	return status;
}

static const struct option options[] = {
	{ .name = "stdio", .help = "Speak on standard input and output, one message a line." },
	SETTING_DATA,
	SETTING_TIMEZONE,
	OPTION_CONFIG,
	{ 0 }
};

const struct command cli_mcp = {
	.name = "mcp",
	.summary = "Speak the Model Context Protocol with an agent on this machine",
	.help = "For agents that start their servers as programs. The credentials of a client come "
		"from the environment: CHARTHOUSE_CLIENT_ID and CHARTHOUSE_CLIENT_SECRET, or "
		"CHARTHOUSE_API_KEY, or CHARTHOUSE_TOKEN.\n\n"
		"When the server runs, it answers; else this command opens the clinic itself until "
		"its input ends. Nothing but the protocol is written to standard output.",
	.examples = "CHARTHOUSE_API_KEY=key_... charthouse mcp --stdio",
	.options = options,
	.run = mcp,
};
