#pragma once
/*
 * serve - the running server: opened stores, sockets, control, until a signal.
 */
#include "cli/commands.h"

/*
 * All that can be set about a server but its data folder.  outside: also from
 * the environment and the file (the demo wants neither).
 */
#define SERVE_SETTINGS(outside) \
	{ .name = "listen", .value = "ADDR:PORT", .initial = "127.0.0.1:8080", \
	  .setting = (outside), \
	  .help = "Where to listen; [::]:8080 is every address of the machine." }, \
	{ .name = "tls-cert", .value = "FILE", .setting = (outside), \
	  .help = "Certificate chain (PEM); read again on SIGHUP." }, \
	{ .name = "tls-key", .value = "FILE", .setting = (outside), \
	  .help = "Private key of the certificate (PEM)." }, \
	{ .name = "trusted-proxy", .value = "CIDR", .setting = (outside), .repeated = true, \
	  .help = "Proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8." }, \
	{ .name = "origin", .value = "URL", .setting = (outside), \
	  .help = "What browsers call this server when a proxy stands before it, such " \
		  "as https://records.example." }, \
	{ .name = "allow-registration", .setting = (outside), \
	  .help = "Let anybody who reaches the server make an account, whatever the page's "  \
		  "switch says." }, \
	{ .name = "password-min", .value = "N", .initial = "12", .min = 8, .max = 128, \
	  .setting = (outside), .help = "Least length of a new password." }, \
	{ .name = "session-hours", .value = "N", .initial = "8", .min = 1, .max = 720, \
	  .setting = (outside), .help = "How long a session lasts at most." }, \
	{ .name = "rate-limit", .value = "on|off", .initial = "on", .words = "on|off", \
	  .setting = (outside), \
	  .help = "Limits on requests and logins; off only for measuring." }, \
	{ .name = "requests-per-second", .value = "N", .initial = "100", .min = 1, \
	  .max = 100000, .setting = (outside), \
	  .help = "What one person may ask for; five seconds' worth at once." }, \
	{ .name = "cors", .value = "ORIGIN", .setting = (outside), .repeated = true, \
	  .help = "Foreign origins whose pages may call the API; none by default." }, \
	{ .name = "static-dir", .value = "DIR", .setting = (outside), \
	  .help = "Serve a front end from DIR instead of our own page." }, \
	{ .name = "mcp-confirm", .value = "WORD", .initial = "off", \
	  .words = "off|destructive|overrides|all", .setting = (outside), \
	  .help = "What agents may not do without a person: cancel and discontinue " \
		  "(destructive), prescribe against an allergy (overrides), all, off." }, \
	{ .name = "mcp-allow-token-arguments", .setting = (outside), \
	  .help = "Take access tokens among the arguments of MCP tools, as old " \
		  "configurations send them." }, \
	{ .name = "timezone", .value = "ZONE", .setting = (outside), \
	  .help = TIMEZONE_HELP }, \
	{ .name = "threads", .value = "N", .initial = "2", .min = 1, .max = 64, \
	  .setting = (outside), .help = "Threads that answer requests." }, \
	{ .name = "log-level", .value = "WORD", .initial = "info", \
	  .words = "debug|info|warn|error", .setting = (outside), \
	  .help = "The least that is logged (to standard error): debug, info, warn, " \
		  "error." }

struct serve_plan {
	const char *dir;
	bool zone_chosen; /* serve_zone() was called before */
	/* Said once it listens; may be NULL. */
	void (*ready)(void *arg);
	void *arg;
};

/* Runs until SIGTERM or SIGINT; the rest comes from the options. */
enum status serve_run(struct options *o, const struct serve_plan *plan);
/* Sets the facility's zone from the options, TZ or UTC; says on stderr when there
 * is no such zone. */
bool serve_zone(struct options *o);
