/*
 * vault - sealing, and getting whole files to the disk and back.
 *
 * The seal covers the path as well: a file put in the place of another does not open.
 */
#include "files/vault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

enum { NAME_BYTES = 16, FILE_MOST = 128 << 20, DAY = 24 * 60 * 60 };

/* Paths are ours, but they come from a database: no dot, no blank, no way up. */
static bool
sound(const char *path)
{
	size_t n = strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789_/");

	return n > 0 && path[n] == '\0' && *path != '/' && !strstr(path, "//");
}

static const char *
place(struct arena *arena, const char *dir, const char *path)
{
	return arena_printf(arena, "%s/files/%s", dir, path);
}

static bool
make_folders(struct arena *arena, const char *dir, const char *kind)
{
	const char *all = arena_printf(arena, "%s/files", dir);
	const char *one = place(arena, dir, kind);

	return (mkdir(all, 0700) == 0 || errno == EEXIST) && (mkdir(one, 0700) == 0 || errno == EEXIST);
}

static bool
sync_folder(struct arena *arena, const char *dir, const char *kind)
{
	int fd CLEANUP(file_close) = open(place(arena, dir, kind), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

/* Under a name that no row can have, then under its own. */
static bool
keep(struct arena *arena, const char *dir, const char *path, const uint8_t *bytes, size_t n)
{
	const char *to = place(arena, dir, path);
	const char *fresh = arena_printf(arena, "%s.new", to);
	int fd CLEANUP(file_close) = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		0600);

	if (fd < 0)
		return false;
	if (file_write(fd, bytes, n) && rename(fresh, to) == 0)
		return true;
	(void)unlink(fresh);
	return false;
}

enum result
vault_put(struct arena *arena, const char *dir, const char *kind, const void *bytes, size_t n,
	const char **path)
{
	uint8_t key[HASH_SIZE], name[NAME_BYTES];
	uint8_t *sealed = arena_new(arena, n + SEAL_SIZE);
	char hex[2 * NAME_BYTES + 1];
	enum result r = key_load(dir, "files", key);

	if (r)
		return r;
	random_bytes(name, sizeof(name));
	to_hex(name, sizeof(name), hex);
	*path = arena_printf(arena, "%s/%s", kind, hex);
	seal_close(key, *path, bytes, n, sealed);
	secret_forget(key, sizeof(key));
	if (make_folders(arena, dir, kind) && keep(arena, dir, *path, sealed, n + SEAL_SIZE)
		&& sync_folder(arena, dir, kind))
		return OK;
	log_error("files: %s cannot be written: %m", *path);
	return FAULT;
}

static enum result
read_whole(struct arena *arena, int fd, uint8_t **bytes, size_t *n)
{
	struct stat info;

	if (fstat(fd, &info) || !S_ISREG(info.st_mode) || info.st_size > FILE_MOST)
		return MISSING;
	*n = (size_t)info.st_size;
	*bytes = arena_new(arena, *n + 1);
	return file_read(fd, *bytes, *n) ? OK : MISSING;
}

static enum result
unseal(struct arena *arena, const char *dir, const char *path, const char **bytes, size_t *n)
{
	uint8_t key[HASH_SIZE];
	uint8_t *plain;
	bool open;

	if (*n < SEAL_SIZE)
		return MISSING;
	if (key_load(dir, "files", key))
		return FAULT;
	plain = arena_new(arena, *n - SEAL_SIZE + 1);
	open = seal_open(key, path, (const uint8_t *)*bytes, *n, plain);
	secret_forget(key, sizeof(key));
	if (!open) {
		log_error("files: %s does not open: other keys, or not what was stored", path);
		return MISSING;
	}
	*bytes = (const char *)plain;
	*n -= SEAL_SIZE;
	return OK;
}

enum result
vault_get(struct arena *arena, const char *dir, const char *path, const char **bytes, size_t *n)
{
	int fd CLEANUP(file_close) = sound(path)
		? open(place(arena, dir, path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1;
	uint8_t *at = NULL;

	if (fd < 0 || read_whole(arena, fd, &at, n)) {
		log_warn("files: a row names a file that cannot be read");
		return MISSING;
	}
	*bytes = (const char *)at;
	return text_starts(path, "adopted/") ? OK : unseal(arena, dir, path, bytes, n);
}

void
vault_drop(const char *dir, const char *path)
{
	struct arena *arena;

	if (!sound(path))
		return;
	arena = arena_open(1 << 16);
	if (unlink(place(arena, dir, path)) && errno != ENOENT)
		log_warn("files: a file that nothing names any more stays: %m");
	arena_close(&arena);
}

static bool
old(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode)
		&& time(NULL) - info.st_mtime > DAY;
}

/* Whether it was dropped: what is not named so was not put by us. */
static bool
sweep_one(const char *dir, const char *path, bool (*named)(void *arg, const char *path), void *arg)
{
	char at[PATH_MAX];
	int n = snprintf(at, sizeof(at), "%s/files/%s", dir, path);

	return n > 0 && (size_t)n < sizeof(at) && old(at) && !named(arg, path) && unlink(at) == 0;
}

size_t
vault_sweep(const char *dir, const char *kind, bool (*named)(void *arg, const char *path),
	void *arg)
{
	char folder[PATH_MAX], path[NAME_MAX + 32];
	struct dirent *entry;
	DIR *open;
	size_t n = 0;

	if ((size_t)snprintf(folder, sizeof(folder), "%s/files/%s", dir, kind) >= sizeof(folder))
		return 0;
	open = opendir(folder);
	while (open && (entry = readdir(open)))
		if (*entry->d_name != '.' && (size_t)snprintf(path, sizeof(path), "%s/%s", kind,
				entry->d_name) < sizeof(path))
			n += sweep_one(dir, path, named, arg);
	if (open)
		closedir(open);
	return n;
}
