/*
 * doctor - looks at everything around the program that can go wrong.
 *
 * Each finding is one line: ok, note or WARN.  Nothing is changed.
 */
#include "cli/doctor.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <gnutls/gnutls.h>
#include <jansson.h>

#include "base/crypto.h"
#include "base/moment.h"
#include "cli/control.h"
#include "cli/folder.h"
#include "cli/list.h"
#include "cli/stores.h"

static const struct option options[] = {
	SETTING_DATA,
	SETTING_TIMEZONE,
	{ .name = "tls-cert", .value = "FILE", .setting = true, .help = "Certificate to look at." },
	{ .name = "tls-key", .value = "FILE", .setting = true, .help = "Its private key." },
	OPTION_CONFIG,
	{ 0 }
};

static int warnings;

void
doctor_say(enum finding finding, const char *format, ...)
{
	static const char *const words[] = { "ok   ", "note ", "WARN " };
	va_list args;

	warnings += finding == WARNED;
	fputs(words[finding], stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static void
look_at_versions(void)
{
	struct utsname kernel;

	doctor_say(FINE, "charthouse %s; jansson %s; gnutls %s", CHARTHOUSE_VERSION,
		jansson_version_str(), gnutls_check_version(NULL));
	if (uname(&kernel) == 0)
		doctor_say(FINE, "%s %s on %s", kernel.sysname, kernel.release, kernel.machine);
}

static void
look_at_mode(const char *path, mode_t most)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return;
	if (st.st_mode & 07777 & ~most)
		doctor_say(WARNED, "%s has mode %o; it should be %o: chmod %o %s", path,
			st.st_mode & 07777, most, most, path);
	if (st.st_uid != geteuid())
		doctor_say(WARNED, "%s belongs to user %u, not to the one asking (%u)", path,
			st.st_uid, geteuid());
}

static void
look_at_keys(const char *dir)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *keys;
	int n = 0;

	(void)key_path(path, sizeof(path), dir, NULL);
	keys = opendir(path);
	if (!keys) {
		doctor_say(errno == ENOENT ? NOTED : WARNED, errno == ENOENT ? "no keys yet in %s"
			: "the keys in %s cannot be looked at", path);
		return;
	}
	look_at_mode(path, 0700);
	while ((entry = readdir(keys))) {
		char file[PATH_MAX];

		if (entry->d_name[0] == '.')
			continue;
		if ((size_t)snprintf(file, sizeof(file), "%s/%s", path, entry->d_name)
			< sizeof(file))
			look_at_mode(file, 0600);
		n++;
	}
	closedir(keys);
	doctor_say(FINE, "%d keys; they are never part of a backup unless wrapped", n);
}

static void
look_at_space(const char *dir)
{
	struct statvfs fs;
	unsigned long long mib;

	if (statvfs(dir, &fs) != 0) {
		doctor_say(WARNED, "cannot tell the free space: %s", strerror(errno));
		return;
	}
	mib = (unsigned long long)fs.f_bavail * fs.f_frsize >> 20;
	doctor_say(mib < 1024 ? WARNED : FINE, "%llu MiB free in the data folder", mib);
	if (fs.f_files && fs.f_favail * 100 / fs.f_files < 5)
		doctor_say(WARNED, "less than 5%% of the file system's inodes are free");
}

static bool
look_at_folder(const char *dir)
{
	char path[PATH_MAX];

	if (!folder_path(dir, path, sizeof(path))) {
		doctor_say(NOTED, "there is no data folder %s yet; serve makes it", dir);
		return false;
	}
	doctor_say(FINE, "data folder %s; its server %s", path,
		control_running(dir) ? "runs" : "does not run");
	look_at_mode(dir, 0700);
	for (size_t i = 0; store_names[i]; i++) {
		if ((size_t)snprintf(path, sizeof(path), "%s/%s.db", dir, store_names[i])
			< sizeof(path))
			look_at_mode(path, 0600);
	}
	look_at_keys(dir);
	look_at_space(dir);
	return true;
}

static void
look_at_clock(struct options *o)
{
	const char *zone = options_text(o, "timezone");
	struct timex clock = { 0 };
	char today[DATE_SIZE];

	if (!zone)
		zone = getenv("TZ");
	if (zone && *zone && !moment_zone(zone))
		doctor_say(WARNED, "there is no time zone \"%s\" on this machine (tzdata?)", zone);
	date_today(today);
	if (strcmp(today, "2024-01-01") < 0)
		doctor_say(WARNED, "the clock says %s, which cannot be", today);
	else if (adjtimex(&clock) == TIME_ERROR)
		doctor_say(NOTED, "today is %s in %s; the kernel does not know of a time server",
			today, moment_zone_name());
	else
		doctor_say(FINE, "today is %s in %s; the clock is kept by a time server", today,
			moment_zone_name());
}

static void
look_at_heads(const char *dir)
{
	char path[PATH_MAX];
	struct stat st;
	long long minutes;

	snprintf(path, sizeof(path), "%s/audit-heads", dir);
	if (stat(path, &st) != 0) {
		doctor_say(NOTED, "no audit heads yet");
		return;
	}
	look_at_mode(path, 0600);
	minutes = (moment_now() / 1000000 - (int64_t)st.st_mtime) / 60;
	if (control_running(dir) && minutes > 5)
		doctor_say(WARNED, "the last audit head is %lld minutes old while the server runs",
			minutes);
	else
		doctor_say(FINE, "audit heads present; see charthouse audit verify");
}

static enum status
examine(struct options *o)
{
	const char *dir = options_text(o, "data");

	warnings = 0;
	look_at_versions();
	look_at_clock(o);
	if (look_at_folder(dir)) {
		doctor_encryption(dir);
		look_at_heads(dir);
	}
	if (options_text(o, "tls-cert"))
		doctor_tls(options_text(o, "tls-cert"), options_text(o, "tls-key"));
	else
		doctor_say(NOTED, "no TLS certificate set: listen on loopback or behind a proxy");
	if (warnings)
		printf("\n%d warning%s.\n", warnings, warnings == 1 ? "" : "s");
	return warnings ? FAILED : DONE;
}

const struct command cli_doctor = {
	.name = "doctor",
	.summary = "Look at the surroundings: disk, clock, keys, TLS",
	.help = "Versions, permissions of the data folder and its keys, free space, clock and "
		"zone, encryption of the disk (dm-crypt or fscrypt), the expiry of the TLS "
		"certificate, audit heads. Changes nothing. Exit status 1 when there is a "
		"warning.",
	.examples = "charthouse doctor\n"
		    "charthouse doctor --data /var/lib/charthouse --tls-cert cert.pem",
	.options = options,
	.run = examine,
};
