/*
 * user_preferences - how a user likes the program to behave.
 */
#include "personal/user_preferences.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice unit_systems[] = {
	{ "imperial", "Imperial (lbs, in, °F)" },
	{ "metric", "Metric (kg, cm, °C)" },
	{ 0 }
};

static const struct choice backends[] = {
	{ "local", "Here" },
	{ "paperless", "Paperless-ngx" },
	{ 0 }
};

/* The addresses of a home: clear text stays within the house. */
static bool
is_near(const char *host)
{
	long second;

	if (text_same(host, "localhost") || strcmp(host, "127.0.0.1") == 0)
		return true;
	if (strspn(host, "0123456789.") != strlen(host))
		return false;
	if (text_starts(host, "192.168.") || text_starts(host, "10."))
		return true;
	if (!text_starts(host, "172."))
		return false;
	second = strtol(host + strlen("172."), NULL, 10);
	return second >= 16 && second <= 31;
}

static const char *
shape_server(struct arena *arena, const char *text, const char **why)
{
	const char *url = text_trim(arena, text);
	const char *host;
	size_t n = strlen(url);

	if (!*url)
		return url;
	if (!text_starts(url, "http://") && !text_starts(url, "https://")) {
		*why = "URL must start with http:// or https://";
		return NULL;
	}
	host = strstr(url, "://") + strlen("://");
	if (!text_starts(url, "https://")
	    && !is_near(arena_copy(arena, host, strcspn(host, ":/?#")))) {
		*why = "External URLs must use HTTPS for security";
		return NULL;
	}
	while (n > 0 && url[n - 1] == '/')
		n--;
	return arena_copy(arena, url, n);
}

static const struct field fields[] = {
	REF   (USER_PREFERENCES_USER_ID, "user_id", "User", personal_users, .not_null = true,
	       .unique = true, .read_only = true, .on_delete = CASCADE),
	CHOICE(USER_PREFERENCES_UNIT_SYSTEM, "unit_system", "Unit system", unit_systems,
	       .not_null = true, .initial = WORD("imperial"), .spoken = true),
	WHOLE (USER_PREFERENCES_SESSION_TIMEOUT_MINUTES, "session_timeout_minutes",
	       "Session timeout", .unit = "min", .not_null = true, .initial = "30"),
	FLAG  (USER_PREFERENCES_PAPERLESS_ENABLED, "paperless_enabled", "Use Paperless-ngx",
	       .not_null = true, .initial = "false"),
	TEXT  (USER_PREFERENCES_PAPERLESS_URL, "paperless_url", "Paperless-ngx address",
	       .size = 500, .max = 500, .shape = shape_server),
	NOTE  (USER_PREFERENCES_PAPERLESS_API_TOKEN_ENCRYPTED, "paperless_api_token_encrypted",
	       "Paperless-ngx token", .read_only = true, .secret = true),
	NOTE  (USER_PREFERENCES_PAPERLESS_USERNAME_ENCRYPTED, "paperless_username_encrypted",
	       "Paperless-ngx user name", .read_only = true, .secret = true),
	NOTE  (USER_PREFERENCES_PAPERLESS_PASSWORD_ENCRYPTED, "paperless_password_encrypted",
	       "Paperless-ngx password", .read_only = true, .secret = true),
	CHOICE(USER_PREFERENCES_DEFAULT_STORAGE_BACKEND, "default_storage_backend",
	       "Files are kept", backends, .size = 20, .not_null = true,
	       .initial = WORD("local"),
	       .says = "Storage backend must be one of: local, paperless"),
	FLAG  (USER_PREFERENCES_PAPERLESS_AUTO_SYNC, "paperless_auto_sync", "Sync by itself",
	       .not_null = true, .initial = "false"),
	FLAG  (USER_PREFERENCES_PAPERLESS_SYNC_TAGS, "paperless_sync_tags", "Sync tags",
	       .not_null = true, .initial = "true"),
};

static void
check(struct work *w, const struct row *row, struct problems *problems)
{
	const struct field *field = &fields[USER_PREFERENCES_SESSION_TIMEOUT_MINUTES];
	int64_t minutes = row_whole(row, USER_PREFERENCES_SESSION_TIMEOUT_MINUTES);

	(void)w;
	if (!row_has(row, USER_PREFERENCES_SESSION_TIMEOUT_MINUTES)
	    || !rules_touched(row, USER_PREFERENCES_SESSION_TIMEOUT_MINUTES))
		return;
	if (minutes < 5)
		problem(problems, field, "Session timeout must be at least 5 minutes");
	if (minutes > 1440)
		problem(problems, field,
			"Session timeout cannot exceed 1440 minutes (24 hours)");
}

const struct record personal_user_preferences = {
	.name = "user_preferences",
	.one = "Preferences",
	.many = "Preferences",
	.summary = "How a user likes the program to behave.",
	.entity = "user_preferences",
	.fields = fields,
	.n_fields = COUNT(fields),
	.checks = (const char *const[]){
		"session_timeout_minutes BETWEEN 5 AND 1440",
		NULL
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.check = check,
};
