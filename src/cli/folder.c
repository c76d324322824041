/*
 * folder - the data folder and the lock that says who may write in it.
 */
#include "cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"

enum result
folder_make(const char *dir)
{
	struct stat st;

	if (mkdir(dir, 0700) == 0)
		return OK;
	if (errno == EEXIST && stat(dir, &st) == 0 && S_ISDIR(st.st_mode))
		return OK;
	fprintf(stderr, "charthouse: cannot make the data folder %s: %s\n", dir, strerror(errno));
	return FAULT;
}

enum result
folder_lock(const char *dir, int *lock)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/lock", dir);
	*lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*lock < 0) {
		fprintf(stderr, "charthouse: cannot open %s: %s\n", path, strerror(errno));
		return FAULT;
	}
	if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	folder_unlock(lock);
	return CONFLICT;
}

void
folder_unlock(int *lock)
{
	if (*lock >= 0)
		close(*lock);
	*lock = -1;
}

bool
folder_path(const char *dir, char *out, size_t n)
{
	char path[PATH_MAX];

	if (!realpath(dir, path) || strlen(path) >= n)
		return false;
	memcpy(out, path, strlen(path) + 1);
	return true;
}

bool
folder_has_keys(const char *dir)
{
	char heads[PATH_MAX], key[PATH_MAX], folder[PATH_MAX];

	if ((size_t)snprintf(heads, sizeof(heads), "%s/audit-heads", dir) >= sizeof(heads)
		|| !key_path(key, sizeof(key), dir, "audit")
		|| !key_path(folder, sizeof(folder), dir, NULL))
		return false;
	if (access(heads, F_OK) != 0 || access(key, F_OK) == 0)
		return true;
	fprintf(stderr,
		"charthouse: the keys of %s are not in %s.  Put them there, or name their folder\n"
		"with --key-dir.  If they are lost for good, move %s away: then everybody signs\n"
		"in anew, and what the audit log holds so far can no longer be verified.\n",
		dir, folder, heads);
	return false;
}

void
folder_harden(void)
{
	const struct rlimit none = { 0, 0 };

	umask(077);
	/* Memory holds what a core dump would leave lying about. */
	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0)
		fprintf(stderr, "charthouse: cannot switch core dumps off: %s\n", strerror(errno));
}
