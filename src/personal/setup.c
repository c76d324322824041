/*
 * setup - who holds the code printed at the first start becomes the admin.
 *
 * The code is 128 random bits, kept in DIR/setup-code for the owner of the data
 * folder only, and void as soon as there is any admin: the question is asked
 * again inside the write.
 */
#include "personal/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/log.h"
#include "base/moment.h"
#include "engine/store.h"
#include "personal/account_routes.h"
#include "personal/accounts.h"
#include "personal/face.h"
#include "personal/session.h"
#include "personal/throttle.h"
#include "personal/visitor.h"

enum { CODE_BYTES = 16, CODE_HEX = 2 * CODE_BYTES, MAX_CODE = 128 };

static const struct patience guesses = { .what = "setup", .spare = 5 };

static const char *
file_of(struct arena *arena, const struct store *store)
{
	return arena_printf(arena, "%s/setup-code", store_dir(store));
}

/* What the file holds; NULL when there is none. */
static const char *
read_code(struct arena *arena, const char *path)
{
	char *text = arena_new(arena, MAX_CODE);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n;

	if (fd < 0)
		return NULL;
	n = read(fd, text, MAX_CODE - 1);
	close(fd);
	if (n < CODE_HEX)
		return NULL;
	text[strcspn(text, "\r\n")] = 0;
	return text;
}

/* Digits and letters only, so that it may be typed with or without dashes. */
static const char *
bare(struct arena *arena, const char *code)
{
	char *out = arena_new(arena, strlen(code) + 1);
	size_t n = 0;

	for (; *code; code++)
		if (*code != '-' && *code != ' ')
			out[n++] = *code >= 'A' && *code <= 'F' ? (char)(*code + 32) : *code;
	return out;
}

static const char *
make_code(struct arena *arena, const char *path)
{
	uint8_t bytes[CODE_BYTES];
	char hex[CODE_HEX + 1];
	struct text CLEANUP(text_close) code = { 0 };
	ssize_t n;
	int fd;

	random_bytes(bytes, sizeof(bytes));
	to_hex(bytes, sizeof(bytes), hex);
	for (size_t i = 0; i < CODE_HEX; i += 4)
		text_printf(&code, "%s%.4s", i ? "-" : "", hex + i);
	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		log_error("the setup code cannot be kept: %s", strerror(errno));
		return NULL;
	}
	n = write(fd, code.at, code.len);
	if (n != (ssize_t)code.len || fsync(fd) != 0) {
		log_error("the setup code cannot be kept: %s", strerror(errno));
		close(fd);
		return NULL;
	}
	close(fd);
	return arena_text(arena, text_string(&code));
}

void
setup_void(struct work *w)
{
	(void)unlink(file_of(w->arena, w->store));
}

enum result
setup_prepare(struct arena *arena, struct face *face, const char **path, const char **code)
{
	struct work w = work_new(arena, face->store);
	enum result r;
	int64_t admins;

	*path = NULL;
	*code = NULL;
	w.db = store_reader(face->store);
	if (!w.db || (r = db_begin_read(w.db)))
		return FAULT;
	r = accounts_admins(&w, &admins);
	db_end_read(w.db);
	if (r)
		return r;
	if (admins) {
		setup_void(&w);
		return OK;
	}
	*path = file_of(arena, face->store);
	*code = read_code(arena, *path);
	if (!*code)
		*code = make_code(arena, *path);
	return *code ? OK : FAULT;
}

static enum result
show_needed(struct work *w)
{
	struct text *out = &w->call->out;
	enum result r;
	int64_t admins;

	if ((r = accounts_admins(w, &admins)))
		return r;
	json_open(out, '{');
	json_put_bool(out, "needed", admins == 0);
	json_close(out, '}');
	return OK;
}

/* From one step to the next. */
struct first_admin {
	const char *code, *password;
	struct new_user user;
	char hash[PASSWORD_HASH_SIZE];
};

static enum result
check_code(struct work *w, const char *given)
{
	const char *code = read_code(w->arena, file_of(w->arena, w->store));
	enum result r;
	int64_t admins;

	if ((r = accounts_admins(w, &admins)))
		return r;
	if (admins)
		return fail(w, CONFLICT, "There is an admin already");
	/* Taken away in the transaction that makes the admin, which is not over yet. */
	if (!code)
		return fail(w, CONFLICT, "The setup code has just been used");
	if (!same_text(bare(w->arena, code), bare(w->arena, given)))
		return fail_as(w, 403, "PERM-403", "The setup code is not right");
	return OK;
}

static const char *
guesser(struct work *w)
{
	return call_network(w->call);
}

static enum result
read_admin(struct work *w)
{
	struct first_admin *admin = arena_new(w->arena, sizeof(*admin));
	enum result r;
	int wait = throttle_wait(&guesses, guesser(w), moment_monotonic());

	if (wait)
		return visitor_slow_down(w, wait);
	if ((r = visitor_refuse_foreign(w)))
		return r;
	admin->code = accounts_member(w, w->call->json, "code");
	if ((r = call_sound(w)))
		return r;
	throttle_fail(&guesses, guesser(w), moment_monotonic());
	if ((r = check_code(w, admin->code)))
		return r;
	throttle_forgive(&guesses, guesser(w));
	json_object_set_new(w->call->json, "role", json_string("admin"));
	accounts_read(w, w->call->json, true, &admin->user);
	admin->password = accounts_password(w, w->call->json);
	if ((r = call_sound(w)))
		return r;
	w->call->data = admin;
	return accounts_taken(w, admin->user.username, admin->user.email, 0);
}

static enum result
hash_admin(struct work *w)
{
	struct first_admin *admin = w->call->data;

	admin->user.hash = admin->hash;
	return password_hash(admin->password, admin->hash);
}

static enum result
add_admin(struct work *w)
{
	struct first_admin *admin = w->call->data;
	enum result r;
	int64_t id;

	if ((r = check_code(w, admin->code)))
		return r;
	if ((r = user_add(w, &admin->user, &id)))
		return r;
	return accounts_print(w, id, &w->call->out);
}

const struct route personal_setup_routes[] = {
	{ GET, "/setup", NEED_NOBODY, BODY_NONE, { { READ, show_needed } },
		.summary = "Whether the first admin has yet to be made." },
	{ POST, "/setup", NEED_NOBODY, BODY_JSON,
		{ { READ, read_admin }, { SLOW, hash_admin }, { WRITE, add_admin } },
		.summary = "Makes the first admin, with the code shown at the first start.",
		.about = "Members: code, username, password, email, full_name." },
	{ 0 }
};
