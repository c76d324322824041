/*
 * adopt_files - the bytes of stored files, from the other server's folder of uploads.
 *
 * A path in its database may have been written by anybody who could post JSON there.
 * So it is only a claim: it is looked for below the folder given, without links and
 * without "..", its size must be what the row says, and a file that several rows
 * claim is given to none of them.  What is taken becomes
 * DIR/files/adopted/TABLE/NAME under a random name, is on disk and read again before
 * the row says that it is here, and is removed when the adoption comes to nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/file.h"
#include "engine/store.h"
#include "personal/adopt_private.h"
#include "personal/records.h"

enum { FILE_MOST = 128 << 20, NAME_BYTES = 16, COMPONENT_MOST = 256 };

/* A file that a row claims. */
struct claim {
	dev_t device;
	ino_t inode;
};

struct adopt_files {
	int from, to;          /* folders: of uploads there, of adopted files here */
	struct claim *claims;  /* sorted */
	size_t n, room;
	size_t room_taken;
};

static const struct record *const kinds[] = { &personal_lab_result_files, &personal_entity_files,
	&personal_patient_photos };

/* ---- finding ---- */

/* What comes behind the folder of uploads; servers keep it as "uploads/...",
 * "/app/uploads/..." or "./uploads/...". */
static const char *
below_uploads(const char *path)
{
	static const char folder[] = "uploads/";
	const char *below = *path == '/' ? NULL : path;

	for (const char *at = path; (at = strstr(at, folder)); at += strlen(folder))
		if (at == path || at[-1] == '/')
			below = at + strlen(folder);
	return below;
}

/* The file opened for reading, or -1. */
static int
find(const struct adopt_files *files, const char *path, struct stat *info)
{
	const char *at = below_uploads(path);
	int here = at ? dup(files->from) : -1;

	while (here >= 0) {
		char name[COMPONENT_MOST];
		size_t n = strcspn(at, "/");
		bool last = at[n] == '\0';
		int next = -1;

		if (n > 0 && n < sizeof(name)) {
			memcpy(name, at, n);
			name[n] = '\0';
			if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
				next = openat(here, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
					| (last ? 0 : O_DIRECTORY));
		}
		(void)close(here);
		here = next;
		if (last)
			break;
		at += n + 1;
	}
	if (here >= 0 && (fstat(here, info) || !S_ISREG(info->st_mode))) {
		(void)close(here);
		here = -1;
	}
	return here;
}

/* ---- claims ---- */

static int
compare(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->inode != y->inode)
		return x->inode < y->inode ? -1 : 1;
	return x->device < y->device ? -1 : x->device > y->device;
}

static void
add_claim(struct adopting *run, const char *path)
{
	struct adopt_files *files = run->files;
	struct stat info;
	int fd CLEANUP(file_close) = path ? find(files, path, &info) : -1;

	if (fd < 0)
		return;
	if (files->n == files->room) {
		size_t room = files->room ? 2 * files->room : 256;
		struct claim *more = arena_new(run->arena, room * sizeof(*more));

		if (files->n)
			memcpy(more, files->claims, files->n * sizeof(*more));
		files->claims = more;
		files->room = room;
	}
	files->claims[files->n++] = (struct claim){ info.st_dev, info.st_ino };
}

static enum result
gather_claims(struct adopting *run, const struct record *rec)
{
	const struct source *source = adopt_source(run, rec);
	struct query *query = NULL;
	enum result r;

	if (!source || !source->there || !source->has[record_slot(rec, "file_path") + 3])
		return OK;
	r = db_query(run->adopt->from, &query,
		arena_printf(run->arena, "SELECT file_path FROM %s", rec->name), NULL, 0);
	if (r)
		return r;
	while (query_next(query))
		add_claim(run, query_text(query, 0, NULL));
	return query_close(&query);
}

static size_t
claims_of(const struct adopt_files *files, const struct stat *info)
{
	const struct claim wanted = { info->st_dev, info->st_ino };
	size_t n = 0;

	for (size_t i = 0; i < files->n; i++)
		n += compare(&files->claims[i], &wanted) == 0;
	return n;
}

/* ---- folders ---- */

static int
make_folder(int in, const char *name)
{
	if (mkdirat(in, name, 0700) && errno != EEXIST)
		return -1;
	return openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool
make_folders(struct adopting *run)
{
	int home CLEANUP(file_close) = open(store_dir(run->w->store),
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int all CLEANUP(file_close) = home < 0 ? -1 : make_folder(home, "files");

	run->files->to = all < 0 ? -1 : make_folder(all, "adopted");
	for (size_t i = 0; run->files->to >= 0 && i < COUNT(kinds); i++) {
		int one CLEANUP(file_close) = make_folder(run->files->to, kinds[i]->name);

		if (one < 0)
			return false;
	}
	return run->files->to >= 0;
}

enum result
adopt_files_open(struct adopting *run)
{
	enum result r = OK;

	if (!run->adopt->files)
		return OK;
	run->files = arena_new(run->arena, sizeof(*run->files));
	run->files->to = -1;
	run->files->from = open(run->adopt->files, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (run->files->from < 0) {
		run->adopt->trouble = "The folder of --files cannot be read; nothing was taken over.";
		return INVALID;
	}
	if (!make_folders(run)) {
		run->adopt->trouble = "DIR/files cannot be made; nothing was taken over.";
		return FAULT;
	}
	for (size_t i = 0; !r && i < COUNT(kinds); i++)
		r = gather_claims(run, kinds[i]);
	return r;
}

void
adopt_files_close(struct adopting *run)
{
	struct adopt_files *files = run->files;

	if (!files)
		return;
	file_close(&files->from);
	file_close(&files->to);
	run->files = NULL;
}

/* ---- taking ---- */

/* Copies, and reads the copy back: it must have the same checksum. */
static bool
copy(struct adopting *run, int from, const char *name, size_t n)
{
	int to CLEANUP(file_close) = openat(run->files->to, name,
		O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	char *bytes = malloc(n + 1);
	char there[HASH_HEX], here[HASH_HEX];
	bool same = false;

	if (!bytes)
		abort();
	if (to >= 0 && file_read(from, bytes, n)) {
		hash_hex(bytes, n, there);
		same = file_write(to, bytes, n) && file_read(to, bytes, n);
		hash_hex(bytes, n, here);
		same = same && strcmp(there, here) == 0;
	}
	if (!same && to >= 0)
		(void)unlinkat(run->files->to, name, 0);
	free(bytes);
	return same;
}

static void
remember(struct adopting *run, const char *name)
{
	struct adopt *adopt = run->adopt;

	if (adopt->files_taken == run->files->room_taken) {
		size_t room = run->files->room_taken ? 2 * run->files->room_taken : 256;
		const char **more = arena_new(run->keep, room * sizeof(*more));

		if (adopt->files_taken)
			memcpy(more, adopt->taken, adopt->files_taken * sizeof(*more));
		adopt->taken = more;
		run->files->room_taken = room;
	}
	adopt->taken[adopt->files_taken++] = name;
}

static const char *
random_name(struct adopting *run, const struct record *rec)
{
	uint8_t bytes[NAME_BYTES];
	char hex[2 * NAME_BYTES + 1];

	random_bytes(bytes, sizeof(bytes));
	to_hex(bytes, sizeof(bytes), hex);
	return arena_printf(run->keep, "%s/%s", rec->name, hex);
}

static const char *
leave(struct adoptee *e, const char *why)
{
	struct adopt *adopt = e->run->adopt;

	adopt->files_left++;
	text_printf(&adopt->left_files, "%s %lld: %s\n", e->source->rec->name, (long long)e->old, why);
	return NULL;
}

const char *
adopt_file(struct adoptee *e, const char *path, int64_t size)
{
	struct adopting *run = e->run;
	struct stat info;
	int fd CLEANUP(file_close) = -1;
	const char *name;

	if (!run->files || e->refused)
		return NULL;
	fd = find(run->files, path, &info);
	if (fd < 0)
		return leave(e, "is not in the folder of --files");
	if (info.st_size > FILE_MOST)
		return leave(e, "is too large");
	if (size && info.st_size != size)
		return leave(e, "has another size than its row says");
	if (claims_of(run->files, &info) > 1)
		return leave(e, "is claimed by several rows, and given to none");
	name = random_name(run, e->source->rec);
	if (!copy(run, fd, name, (size_t)info.st_size))
		return leave(e, "could not be copied");
	remember(run, name);
	run->adopt->file_bytes += info.st_size;
	return arena_printf(run->page, "adopted/%s", name);
}

void
adopt_file_return(struct adoptee *e)
{
	struct adopt_files *files = e->run->files;

	if (!e->file)
		return;
	(void)unlinkat(files->to, e->file + strlen("adopted/"), 0);
	e->run->adopt->files_taken--; /* it was the last */
	(void)leave(e, "hangs on a row that was not taken over");
	e->file = NULL;
}

void
adopt_forget_files(struct adopt *adopt, const char *dir)
{
	int home CLEANUP(file_close) = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int to CLEANUP(file_close) = home < 0 ? -1
		: openat(home, "files/adopted", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (size_t i = 0; to >= 0 && i < adopt->files_taken; i++)
		(void)unlinkat(to, adopt->taken[i], 0);
	adopt->files_taken = 0;
}
