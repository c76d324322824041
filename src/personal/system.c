/*
 * system - what a front end asks about the server itself, and the reports it
 * sends (personal-api 1.14, 2.30).
 *
 * Reports are counted by level and kind; their text is neither stored nor
 * logged [D51].
 */
#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/moment.h"
#include "personal/account_routes.h"
#include "personal/accounts.h"
#include "personal/face.h"
#include "personal/throttle.h"
#include "personal/visitor.h"

/* Clients compare it with the reference's. */
static const char api_version[] = "0.33.0";

enum { LEVEL_LIMIT = 60, MAX_REPORT = 64 << 10 };

static const int64_t second = INT64_C(1000000);
static const struct rate level_rate = {
	.what = "log-level", .per_second = LEVEL_LIMIT / 60.0, .burst = LEVEL_LIMIT };
static const struct rate report_rate = {
	.what = "frontend-logs", .per_second = 10, .burst = 50 };

/* "2024-01-15T10:30:00.123456" with always six digits, and a tail. */
static void
put_stamp(struct text *out, const char *key, int64_t moment, const char *tail)
{
	char stored[MOMENT_SIZE];
	char stamp[MOMENT_SIZE + 8];
	size_t n = MOMENT_SIZE - 1, n_tail = strlen(tail);

	moment_store(moment, stored);
	stored[10] = 'T';
	memcpy(stamp, stored, n);
	memcpy(stamp + n, tail, n_tail + 1);
	json_put_text(out, key, stamp);
}

static enum result
show_version(struct work *w)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "app_name", "Charthouse");
	json_put_text(out, "version", api_version);
	put_stamp(out, "timestamp", w->now, "Z");
	json_close(out, '}');
	return OK;
}

static enum result
show_health(struct work *w)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "status", "healthy");
	put_stamp(out, "timestamp", w->now, "Z");
	json_put_raw(out, "logging_system",
		"{\"current_level\":\"INFO\",\"level_valid\":true,\"categories_configured\":2}");
	json_close(out, '}');
	return OK;
}

static void
print_limit(struct text *out, int64_t now, int left)
{
	json_key(out, "rate_limit_info");
	json_open(out, '{');
	json_put_whole(out, "requests_remaining", left);
	json_put_whole(out, "requests_limit", LEVEL_LIMIT);
	json_put_whole(out, "window_seconds", 60);
	put_stamp(out, "reset_time", now + 60 * second, "Z");
	json_close(out, '}');
}

static enum result
show_log_level(struct work *w)
{
	struct text *out = &w->call->out;
	int left = LEVEL_LIMIT, wait = 0;

	if (settings.rate_limit)
		wait = throttle_take(&level_rate, call_network(w->call),
			moment_monotonic(), &left);
	if (wait) {
		enum result r = fail_as(w, 429, NULL,
			"Rate limit exceeded. Maximum 60 requests per minute.");

		w->failure.retry_after = wait;
		return r;
	}
	json_open(out, '{');
	json_put_text(out, "current_level", "INFO");
	json_put_raw(out, "available_levels",
		"[\"DEBUG\",\"INFO\",\"WARNING\",\"ERROR\",\"CRITICAL\"]");
	json_put_text(out, "default_level", "INFO");
	json_put_raw(out, "categories", "[\"app\",\"security\"]");
	json_put_raw(out, "file_mapping", "{\"app\":\"stderr\",\"security\":\"stderr\"}");
	json_put_raw(out, "configuration",
		"{\"log_level_numeric\":20,\"simplified_structure\":true,\"file_count\":2,"
		"\"max_file_size_mb\":50,\"backup_count\":10}");
	put_stamp(out, "timestamp", w->now, "Z");
	print_limit(out, w->now, left);
	json_close(out, '}');
	return OK;
}

static enum result
show_zone(struct work *w)
{
	struct text *out = &w->call->out;
	int offset = moment_offset(w->now);
	int ahead = offset < 0 ? -offset : offset;
	char tail[8];

	tail[0] = offset < 0 ? '-' : '+';
	tail[1] = (char)('0' + ahead / 36000 % 10);
	tail[2] = (char)('0' + ahead / 3600 % 10);
	tail[3] = ':';
	tail[4] = (char)('0' + ahead / 600 % 6);
	tail[5] = (char)('0' + ahead / 60 % 10);
	tail[6] = 0;
	json_open(out, '{');
	json_put_text(out, "facility_timezone", moment_zone_name());
	put_stamp(out, "current_utc_time", w->now, "+00:00");
	put_stamp(out, "current_facility_time", w->now + offset * second, tail);
	json_put_number(out, "timezone_offset_hours", offset / 3600.0);
	json_close(out, '}');
	return OK;
}

/* ---- reports of front ends ---- */

static const char *const levels[] = { "debug", "info", "warn", "error", "other" };
static unsigned counts[COUNT(levels)];
static int64_t told;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static size_t
level_of(const char *word)
{
	if (text_same(word, "warning"))
		word = "warn";
	for (size_t i = 0; i + 1 < COUNT(levels); i++)
		if (text_same(word, levels[i]))
			return i;
	return COUNT(levels) - 1;
}

/* Says once a minute how many came. */
static void
count(const char *level)
{
	int64_t now = moment_monotonic();

	pthread_mutex_lock(&lock);
	counts[level_of(level)]++;
	if (now - told >= 60 * second) {
		log_info("front ends reported %u debug, %u info, %u warn, %u error, %u other",
			counts[0], counts[1], counts[2], counts[3], counts[4]);
		memset(counts, 0, sizeof(counts));
		told = now;
	}
	pthread_mutex_unlock(&lock);
}

/* Checks that the members are there; *first: the first of them. */
static enum result
take_report(struct work *w, const char *const *names, size_t n, const char **first)
{
	int wait = 0;

	if (settings.rate_limit)
		wait = throttle_take(&report_rate, call_network(w->call),
			moment_monotonic(), NULL);
	if (wait)
		return visitor_slow_down(w, wait);
	for (size_t i = 0; i < n; i++) {
		const char *text = accounts_member(w, w->call->json, names[i]);

		if (i == 0)
			*first = text;
	}
	return call_sound(w);
}

static enum result
answer_report(struct work *w, const char *status)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "status", status);
	put_stamp(out, "timestamp", w->now, "");
	json_close(out, '}');
	return OK;
}

static enum result
take_log(struct work *w)
{
	static const char *const names[] = { "level", "message", "category", "timestamp" };
	const char *level;
	enum result r = take_report(w, names, COUNT(names), &level);

	if (r)
		return r;
	count(level);
	return answer_report(w, "logged");
}

static enum result
take_error(struct work *w)
{
	static const char *const names[] = { "error_message", "error_type", "url", "timestamp" };
	const char *first;
	enum result r = take_report(w, names, COUNT(names), &first);

	if (r)
		return r;
	count("error");
	return answer_report(w, "error_logged");
}

static enum result
take_action(struct work *w)
{
	static const char *const names[] = { "action", "component", "timestamp", "url" };
	const char *first;
	enum result r = take_report(w, names, COUNT(names), &first);

	if (r)
		return r;
	count("info");
	return answer_report(w, "action_logged");
}

static enum result
show_reports_health(struct work *w)
{
	struct text *out = &w->call->out;

	json_open(out, '{');
	json_put_text(out, "status", "healthy");
	json_put_text(out, "service", "frontend_logging");
	put_stamp(out, "timestamp", w->now, "");
	json_close(out, '}');
	return OK;
}

/* ---- the dashboard's two public ones ---- */

static enum result
show_dashboard_health(struct work *w)
{
	struct text *out = &w->call->out;
	int64_t started = face_state()->opened;
	int64_t seconds = (w->now - started) / second;

	json_open(out, '{');
	json_put_text(out, "status", "healthy");
	put_stamp(out, "timestamp", w->now, "+00:00");
	json_put_text(out, "service", "medical_records_api");
	json_put_text(out, "version", "2.0");
	json_put_text(out, "uptime", arena_printf(w->arena, "%llds", (long long)seconds));
	put_stamp(out, "startup_time", started, "+00:00");
	json_close(out, '}');
	return OK;
}

static enum result
show_test(struct work *w)
{
	text_add(&w->call->out, "{\"message\":\"Test endpoint working\",\"status\":\"ok\"}");
	return OK;
}

#define OPEN_GET(where, run, words)                                                    \
	{ GET, where, NEED_NOBODY, BODY_NONE, { { HERE, run } }, .summary = words }
#define REPORT(where, need, run, words)                                                \
	{ POST, where, need, BODY_JSON, { { HERE, run } }, .summary = words,           \
		.max_body = MAX_REPORT }

const struct route personal_system_routes[] = {
	OPEN_GET("/system/version", show_version, "Name and version of the API."),
	OPEN_GET("/system/health", show_health, "Whether the server is well."),
	OPEN_GET("/system/log-level", show_log_level, "The level front ends log at."),
	OPEN_GET("/utils/timezone-info", show_zone, "The facility's time zone."),
	OPEN_GET("/frontend-logs/health", show_reports_health, "Whether reports are taken."),
	REPORT("/frontend-logs/log", NEED_NOBODY, take_log, "Counts a message of a front end."),
	REPORT("/frontend-logs/error", NEED_NOBODY, take_error, "Counts an error of a front end."),
	REPORT("/frontend-logs/user-action", NEED_USER, take_action,
		"Counts an action in a front end."),
	OPEN_GET("/admin/dashboard/health-check", show_dashboard_health,
		"Whether the server is well, with its uptime."),
	OPEN_GET("/admin/dashboard/stats-test", show_test, "Answers that it answers."),
	{ 0 }
};
