/*
 * serve - the running server: opened stores, sockets, control, until a signal.
 *
 * The main thread only waits for signals.  What is opened in order is closed in
 * the opposite order, so that no call finds its store gone.
 */
#include "cli/serve.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/text.h"
#include "clinic/clinic.h"
#include "cli/control.h"
#include "cli/errands.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/listen.h"
#include "cli/migrate_stores.h"
#include "clinic/mcp.h"
#include "engine/call.h"
#include "http/server.h"
#include "personal/personal.h"
#include "personal/photos.h"

const struct option command_settings[] = { SETTING_DATA, SERVE_SETTINGS(true), { 0 } };

static const struct option serve_options[] = { SETTING_DATA, SERVE_SETTINGS(true), OPTION_CONFIG,
	{ 0 } };

static enum log_level
level(const char *word)
{
	switch (*word) {
	case 'd':
		return LOG_DEBUG;
	case 'w':
		return LOG_WARN;
	case 'e':
		return LOG_ERROR;
	default:
		return LOG_INFO;
	}
}

bool
serve_zone(struct options *o)
{
	const char *zone = options_text(o, "timezone");

	if (!zone)
		zone = getenv("TZ");
	if (!zone || !*zone)
		zone = "UTC";
	if (*zone == ':')
		zone++;
	if (moment_zone(zone))
		return true;
	fprintf(stderr, "charthouse: there is no time zone \"%s\"; try Europe/Berlin or UTC.\n",
		zone);
	return false;
}

/* An origin is compared as a whole: one with a path would never be met. */
static bool
check_cors(const char *const *origins)
{
	for (size_t i = 0; origins && origins[i]; i++) {
		const char *host = strstr(origins[i], "://");

		if ((text_starts(origins[i], "http://") || text_starts(origins[i], "https://"))
			&& host[3] && !strpbrk(host + 3, "/?#* "))
			continue;
		fprintf(stderr, "charthouse: --cors %s is no origin, such as https://app.example.\n",
			origins[i]);
		return false;
	}
	return true;
}

/* What handlers know of the server; false with words on stderr. */
static bool
settle(struct options *o, const struct serve_plan *plan)
{
	const char *confirm;
	struct listen_at at;

	if (!listen_parse(options_text(o, "listen"), &at)) {
		fprintf(stderr, "charthouse: --listen %s is not of the form 127.0.0.1:8080 or "
				"[::1]:8080.\n", options_text(o, "listen"));
		return false;
	}
	if (!options_text(o, "tls-cert") != !options_text(o, "tls-key")) {
		fprintf(stderr, "charthouse: --tls-cert and --tls-key belong together.\n");
		return false;
	}
	if (!check_cors(options_list(o, "cors")))
		return false;
	settings.dir = plan->dir;
	settings.tls = options_text(o, "tls-cert") != NULL;
	settings.port = at.port;
	settings.allow_registration = options_flag(o, "allow-registration");
	settings.rate_limit = options_flag(o, "rate-limit");
	settings.requests_per_second = (int)options_whole(o, "requests-per-second");
	settings.password_min = (int)options_whole(o, "password-min");
	settings.token_minutes = 60 * (int)options_whole(o, "session-hours");
	settings.static_dir = options_text(o, "static-dir");
	settings.cors = options_list(o, "cors");
	settings.origin = options_text(o, "origin");
	if (!settings.origin)
		settings.origin = listen_origin(o->arena, &at, settings.tls);
	mcp_settings.allow_token_arguments = options_flag(o, "mcp-allow-token-arguments");
	confirm = options_text(o, "mcp-confirm");
	mcp_settings.confirm_destructive = *confirm == 'd' || *confirm == 'a';
	mcp_settings.confirm_overrides = strcmp(confirm, "overrides") == 0 || *confirm == 'a';
	log_set_level(level(options_text(o, "log-level")));
	/* TZ is ours once the zone has been set. */
	return plan->zone_chosen || serve_zone(o);
}

static void
warn_open(struct options *o)
{
	struct listen_at at;

	if (!listen_parse(options_text(o, "listen"), &at) || at.loopback || settings.tls)
		return;
	if (options_text(o, "trusted-proxy"))
		return;
	fprintf(stderr,
		"\nWarning: %s can be reached from other machines, and without TLS everything\n"
		"that travels, passwords included, can be read on the way.  Use --tls-cert and\n"
		"--tls-key, or a proxy with --trusted-proxy.\n\n",
		options_text(o, "listen"));
}

static void
greet(struct options *o, const struct premises *premises)
{
	const char *path = NULL;
	const char *code = NULL;

	printf("Charthouse %s\n  data   %s\n  open   %s\n  zone   %s\n", CHARTHOUSE_VERSION,
		premises->dir, settings.origin, moment_zone_name());
	if (setup_prepare(o->arena, premises->personal, &path, &code))
		printf("The setup code could not be made; see the log.\n");
	else if (path && code && isatty(STDOUT_FILENO))
		printf("  setup  There is no admin yet; this code makes one, once:\n"
		       "         %s\n         (also in %s; README has the request)\n",
			code, path);
	else if (path)
		printf("  setup  There is no admin yet; the code that makes one is in\n"
		       "         %s\n",
			path);
	printf("Stop with Ctrl-C.\n");
	fflush(stdout);
}

/* Until a signal says stop. */
static void
wait_for_signals(int signals, struct server *server)
{
	struct signalfd_siginfo info;

	while (read(signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGHUP) {
			log_info("stopping on signal %u", info.ssi_signo);
			return;
		}
		if (!settings.tls)
			log_info("SIGHUP: there is no certificate to read again");
		else if (server_reload_tls(server))
			log_error("SIGHUP: the certificate stays as it was");
		else
			log_info("SIGHUP: certificate read again");
	}
}

/* Blocked before any thread starts, so that all threads inherit it. */
static int
catch_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static enum status
listen_and_wait(struct options *o, const struct serve_plan *plan, struct premises *premises,
	int fd, int signals)
{
	struct face *const faces[] = { premises->personal, premises->clinic, NULL };
	const struct server_options how = {
		.listen = options_text(o, "listen"),
		.fd = fd,
		.tls_cert = options_text(o, "tls-cert"),
		.tls_key = options_text(o, "tls-key"),
		.trusted_proxy = options_text(o, "trusted-proxy"),
		.threads = (int)options_whole(o, "threads"),
		.faces = faces,
	};
	struct control *control = NULL;
	struct server *server = NULL;

	if (server_open(&server, &how)) {
		fprintf(stderr, "charthouse: the server cannot be started; see above.\n");
		return FAILED;
	}
	if (control_open(&control, premises)) {
		server_close(&server);
		return FAILED;
	}
	greet(o, premises);
	if (plan->ready)
		plan->ready(plan->arg);
	wait_for_signals(signals, server);
	control_close(&control);
	server_close(&server);
	return DONE;
}

/* Bound first: the stores' cookie and the tokens' issuer have the port in them, also
 * when it is any (:0).  Who connects now waits until there is a server. */
static bool
bind_port(struct options *o, int *fd)
{
	struct listen_at at;

	if (!listen_parse(options_text(o, "listen"), &at)
		|| server_listen(options_text(o, "listen"), fd, &at.port)) {
		fprintf(stderr, "charthouse: cannot listen at %s; is another server there?\n",
			options_text(o, "listen"));
		return false;
	}
	settings.port = at.port;
	if (!options_text(o, "origin"))
		settings.origin = listen_origin(o->arena, &at, settings.tls);
	return true;
}

static enum status
open_and_listen(struct options *o, const struct serve_plan *plan, int fd, int signals)
{
	struct premises premises;
	enum status status = FAILED;

	if (call_start(2)) {
		fprintf(stderr, "charthouse: cannot start the threads for slow work.\n");
		close(fd);
		return FAILED;
	}
	if (premises_open(&premises, plan->dir, NEEDS_PERSONAL | NEEDS_CLINIC) == OK) {
		photos_sweep(premises.personal->store);
		warn_open(o);
		status = listen_and_wait(o, plan, &premises, fd, signals);
		call_stop();
		premises_close(&premises);
	} else {
		fprintf(stderr, "charthouse: the stores in %s cannot be opened; see above.\n",
			plan->dir);
		call_stop();
		close(fd);
	}
	if (status == DONE)
		printf("Stopped; everything is on disk.\n");
	return status;
}

enum status
serve_run(struct options *o, const struct serve_plan *plan)
{
	enum status status;
	int lock = -1;
	int signals, fd;
	enum result r;

	/* Every thread with an arena of its own would keep megabytes for nothing. */
	mallopt(M_ARENA_MAX, 2);
	mallopt(M_TRIM_THRESHOLD, 256 * 1024);
	folder_harden();
	crypto_start();
	if (!settle(o, plan))
		return USAGE;
	if (folder_make(plan->dir))
		return FAILED;
	r = folder_lock(plan->dir, &lock);
	if (r == CONFLICT)
		fprintf(stderr, "charthouse: %s is in use by another Charthouse.\n", plan->dir);
	if (r)
		return FAILED;
	if (!folder_has_keys(plan->dir) || !bind_port(o, &fd)) {
		folder_unlock(&lock);
		return FAILED;
	}
	if (!migrate_before_serving(o->arena, plan->dir)) {
		close(fd);
		folder_unlock(&lock);
		return FAILED;
	}
	signals = catch_signals();
	if (signals < 0)
		close(fd);
	status = signals < 0 ? FAILED : open_and_listen(o, plan, fd, signals);
	close(signals);
	folder_unlock(&lock);
	return status;
}

static enum status
serve(struct options *o)
{
	const struct serve_plan plan = {
		.dir = options_text(o, "data"),
	};

	return serve_run(o, &plan);
}

const struct command cli_serve = {
	.name = "serve",
	.summary = "Start the server",
	.help = "Makes the data folder when there is none and serves both faces until SIGTERM or "
		"Ctrl-C: the family's at /api/v1, the clinic's at /clinic/v1, a page at /, the "
		"documentation at /docs. At the first start a one-time code is printed, with "
		"which POST /api/v1/setup makes the admin. A database of an older version is copied, "
		"then brought to this one's.\n\n"
		"A reply of success means that what was sent is on disk. SIGHUP reads the TLS "
		"certificate again.",
	.examples = "charthouse serve\n"
		    "charthouse serve --data /var/lib/charthouse --timezone Europe/Berlin\n"
		    "charthouse serve --listen 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem\n"
		    "CHARTHOUSE_LISTEN=127.0.0.1:9000 charthouse serve",
	.options = serve_options,
	.run = serve,
};
