/*
 * copy_places - folders, files and URLs of a copy.
 *
 * Keys, heads and files go as bytes: a log is worth nothing without the key it was
 * sealed with, and a file of a patient nothing without the key it is encrypted by.
 */
#include "cli/copy_places.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/text.h"
#include "cli/stores.h"
#include "engine/store.h"

enum { CHUNK = 65536, DEEPEST = 8 };

/* A URL may hold a password, between ':' and '@'. */
static const char *
without_password(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://") + 3;
	size_t n = strcspn(host, "/?#");
	const char *at = memrchr(host, '@', n);
	const char *colon = at ? memchr(host, ':', (size_t)(at - host)) : NULL;
	const char *clean = colon ? arena_printf(arena, "%.*s:***%s", (int)(colon - url), url, at)
				  : url;
	const char *query = strchr(clean, '?');

	/* password= may also be among the parameters. */
	return query ? arena_copy(arena, clean, (size_t)(query - clean)) : clean;
}

static const char *
folder_of(struct arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!slash)
		return ".";
	return slash == file ? "/" : arena_copy(arena, file, (size_t)(slash - file));
}

static const char *
store_of(struct arena *arena, const char *file)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	const char *name = arena_copy(arena, base, strlen(base) - 3);

	return stores_known(name) ? name : NULL;
}

bool
place_read(struct arena *arena, const char *typed, const char *data, struct place *place)
{
	size_t n = strlen(typed);
	struct stat st;

	*place = (struct place){ .typed = typed, .dir = data };
	if (db_is_url(typed)) {
		place->url = typed;
		place->typed = without_password(arena, typed);
		return true;
	}
	if (strstr(typed, "://")) {
		fprintf(stderr, "charthouse: only folders, files and postgresql:// are known.\n");
		return false;
	}
	if (n > 3 && strcmp(typed + n - 3, ".db") == 0
		&& (stat(typed, &st) || !S_ISDIR(st.st_mode))) {
		place->file = typed;
		place->dir = folder_of(arena, typed);
		place->store = store_of(arena, typed);
		return true;
	}
	place->dir = typed;
	return true;
}

const char *
place_of_store(struct arena *arena, const struct place *place, const char *store)
{
	enum { LONGEST = 4096 };
	char *where;

	if (place->file)
		return place->file;
	where = arena_new(arena, LONGEST);
	return store_where(where, LONGEST, place->dir, place->url, store) ? where : NULL;
}

static bool
same_folder(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev
		&& one.st_ino == other.st_ino;
}

bool
place_same(const struct place *a, const struct place *b)
{
	if (a->url || b->url)
		return a->url && b->url && strcmp(a->url, b->url) == 0;
	if (a->file && b->file)
		return same_folder(a->file, b->file);
	return same_folder(a->dir, b->dir) && !a->file == !b->file;
}

/* ---- what lies beside the databases ---- */

struct bring {
	struct arena *arena;
	bool look;
};

static enum result
complain(const char *what, const char *path)
{
	fprintf(stderr, "charthouse: %s %s: %s\n", what, path, strerror(errno));
	return FAULT;
}

/* Whether the bytes of a file begin with those of another, all of them. */
static bool
begins_with(int whole, int part)
{
	char a[CHUNK], b[CHUNK];
	ssize_t n;

	while ((n = read(part, b, sizeof(b))) > 0)
		if (read(whole, a, (size_t)n) != n || memcmp(a, b, (size_t)n) != 0)
			return false;
	return n == 0;
}

static enum result
pour(int from, int to)
{
	char bytes[CHUNK];
	ssize_t n;

	while ((n = read(from, bytes, sizeof(bytes))) > 0)
		if (write(to, bytes, (size_t)n) != n)
			return FAULT;
	return n < 0 || fsync(to) ? FAULT : OK;
}

/* Aside first, so that a file is there whole or not at all. */
static enum result
write_file(struct bring *bring, int in, const char *to)
{
	const char *aside = arena_printf(bring->arena, "%s.copying", to);
	int out = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	enum result r;

	if (out < 0 || lseek(in, 0, SEEK_SET)) {
		r = complain("cannot write", aside);
	} else {
		r = pour(in, out);
		if (r || rename(aside, to))
			r = complain("cannot write", to);
	}
	if (out >= 0)
		close(out);
	return r;
}

/* `grows`: the log of heads, which may have gone on since. */
static enum result
bring_file(struct bring *bring, const char *from, const char *to, bool grows)
{
	int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int there = open(to, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	enum result r = OK;
	struct stat a, b;
	bool same = false;

	if (in < 0 && errno == ENOENT)
		r = MISSING;
	else if (in < 0 || fstat(in, &a))
		r = complain("cannot read", from);
	else if (there >= 0 && fstat(there, &b) == 0) {
		same = a.st_size == b.st_size;
		if ((!same && !(grows && b.st_size < a.st_size)) || !begins_with(in, there)) {
			fprintf(stderr, "charthouse: %s is there already and is another one.\n",
				to);
			r = CONFLICT;
		}
	}
	if (!r && !same && !bring->look)
		r = write_file(bring, in, to);
	if (in >= 0)
		close(in);
	if (there >= 0)
		close(there);
	return r == MISSING ? OK : r;
}

static enum result bring_folder(struct bring *bring, const char *from, const char *to, int depth);

static enum result
bring_entry(struct bring *bring, const char *from, const char *to, int depth)
{
	struct stat st;

	if (lstat(from, &st))
		return complain("cannot read", from);
	if (S_ISDIR(st.st_mode))
		return bring_folder(bring, from, to, depth + 1);
	return S_ISREG(st.st_mode) ? bring_file(bring, from, to, false) : OK;
}

static enum result
bring_folder(struct bring *bring, const char *from, const char *to, int depth)
{
	DIR *dir = opendir(from);
	struct dirent *entry;
	enum result r = OK;

	if (!dir)
		return errno == ENOENT ? OK : complain("cannot read", from);
	if (depth > DEEPEST || (!bring->look && mkdir(to, 0700) && errno != EEXIST))
		r = complain("cannot make", to);
	while (!r && (entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		r = bring_entry(bring, arena_printf(bring->arena, "%s/%s", from, name),
			arena_printf(bring->arena, "%s/%s", to, name), depth);
	}
	closedir(dir);
	return r;
}

enum result
place_bring(struct arena *arena, const char *from, const char *to, bool look)
{
	static const char *const folders[] = { "keys", "files" };
	struct bring bring = { .arena = arena, .look = look };
	enum result r = OK;

	if (same_folder(from, to))
		return OK;
	/* Keys that are kept apart are those of the copy, too. */
	for (size_t i = key_apart() ? 1 : 0; !r && i < COUNT(folders); i++)
		r = bring_folder(&bring, arena_printf(arena, "%s/%s", from, folders[i]),
			arena_printf(arena, "%s/%s", to, folders[i]), 0);
	if (!r)
		r = bring_file(&bring, arena_printf(arena, "%s/audit-heads", from),
			arena_printf(arena, "%s/audit-heads", to), true);
	return r;
}
