/*
 * crypto - libsodium under our names, and the keys kept in the data folder.
 *
 * A new key is written beside its place and linked into it: two processes that
 * start together end with the same key, and a crash leaves none or a whole one.
 */
#include "base/crypto.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

static_assert(HASH_SIZE == crypto_hash_sha256_BYTES, "SHA-256");
static_assert(HASH_SIZE == crypto_auth_hmacsha256_BYTES, "HMAC");
static_assert(HASH_SIZE == crypto_auth_hmacsha256_KEYBYTES, "HMAC key");
static_assert(HASH_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key of a seal");
static_assert(SEAL_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
	+ crypto_aead_xchacha20poly1305_ietf_ABYTES, "seal");
static_assert(HASH_HEX == 2 * HASH_SIZE + 1, "hex");

enum {
	STANDARD = sodium_base64_VARIANT_ORIGINAL,
	URL = sodium_base64_VARIANT_URLSAFE_NO_PADDING
};

void
crypto_start(void)
{
	if (sodium_init() < 0) {
		log_error("crypto: libsodium does not start");
		abort();
	}
}

void
random_bytes(void *out, size_t n)
{
	randombytes_buf(out, n);
}

uint32_t
random_below(uint32_t below)
{
	return randombytes_uniform(below);
}

const char *
random_token(struct arena *arena, size_t n)
{
	void *bytes = arena_new(arena, n);
	const char *token;

	randombytes_buf(bytes, n);
	token = to_base64url(arena, bytes, n);
	sodium_memzero(bytes, n);
	return token;
}

void
hash_sha256(const void *bytes, size_t n, uint8_t out[HASH_SIZE])
{
	crypto_hash_sha256(out, bytes, n);
}

void
hash_hex(const void *bytes, size_t n, char out[HASH_HEX])
{
	uint8_t hash[HASH_SIZE];

	hash_sha256(bytes, n, hash);
	to_hex(hash, sizeof(hash), out);
}

void
hash_hmac(const uint8_t key[HASH_SIZE], const void *bytes, size_t n,
	uint8_t out[HASH_SIZE])
{
	crypto_auth_hmacsha256(out, bytes, n, key);
}

bool
same_bytes(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

bool
same_text(const char *a, const char *b)
{
	size_t a_n = strlen(a);
	size_t b_n = strlen(b);
	size_t n = a_n > b_n ? a_n : b_n;
	volatile unsigned char differ = a_n != b_n;

	/* Beyond its end a text is compared by its NUL, again and again. */
	for (size_t i = 0; i < n; i++) {
		unsigned char x = (unsigned char)a[i < a_n ? i : a_n];
		unsigned char y = (unsigned char)b[i < b_n ? i : b_n];

		differ = (unsigned char)(differ | (x ^ y));
	}
	return differ == 0;
}

void
to_hex(const uint8_t *bytes, size_t n, char *out)
{
	sodium_bin2hex(out, 2 * n + 1, bytes, n);
}

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };

void
seal_close(const uint8_t key[HASH_SIZE], const char *words, const void *bytes, size_t n,
	uint8_t *out)
{
	randombytes_buf(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, bytes, n,
		(const uint8_t *)words, strlen(words), NULL, out, key);
}

bool
seal_open(const uint8_t key[HASH_SIZE], const char *words, const uint8_t *sealed, size_t n,
	uint8_t *out)
{
	return n >= SEAL_SIZE && crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL,
		sealed + NONCE, n - NONCE, (const uint8_t *)words, strlen(words), sealed, key) == 0;
}

void
secret_forget(void *bytes, size_t n)
{
	sodium_memzero(bytes, n);
}

const char *
to_base64url(struct arena *arena, const void *bytes, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, URL);
	char *text = arena_new(arena, size);

	return sodium_bin2base64(text, size, bytes, n, URL);
}

static const uint8_t *
decode(struct arena *arena, const char *text, size_t text_n, size_t *n, int variant)
{
	size_t size = text_n / 4 * 3 + 3;
	uint8_t *bytes = arena_new(arena, size + 1);

	/* Without a place to say where it stopped, sodium takes all or nothing. */
	if (sodium_base642bin(bytes, size, text, text_n, NULL, n, NULL, variant))
		return NULL;
	return bytes;
}

const uint8_t *
from_base64url(struct arena *arena, const char *text, size_t text_n, size_t *n)
{
	return decode(arena, text, text_n, n, URL);
}

const uint8_t *
from_base64(struct arena *arena, const char *text, size_t text_n, size_t *n)
{
	return decode(arena, text, text_n, n, STANDARD);
}

/* MISSING when there is no such file. */
static enum result
read_key(const char *path, const char *name, uint8_t out[HASH_SIZE])
{
	uint8_t bytes[HASH_SIZE + 1];
	size_t got = 0;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 && errno == ENOENT)
		return MISSING;
	if (fd < 0) {
		log_error("key %s cannot be opened: %m", name);
		return FAULT;
	}
	while (got < sizeof(bytes)) {
		n = read(fd, bytes + got, sizeof(bytes) - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	close(fd);
	if (got != HASH_SIZE) {
		log_error("key %s is not of %d bytes", name, HASH_SIZE);
		return FAULT;
	}
	memcpy(out, bytes, HASH_SIZE);
	sodium_memzero(bytes, sizeof(bytes));
	return OK;
}

/* Where keys are when not in the data folder. */
static const char *apart;

static bool
write_key(int fd)
{
	uint8_t bytes[HASH_SIZE];
	ssize_t n;

	randombytes_buf(bytes, sizeof(bytes));
	do
		n = write(fd, bytes, sizeof(bytes));
	while (n < 0 && errno == EINTR);
	sodium_memzero(bytes, sizeof(bytes));
	return n == (ssize_t)sizeof(bytes) && fsync(fd) == 0;
}

static void
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (fsync(fd))
		log_warn("the folder of the keys cannot be synced: %m");
	close(fd);
}

/* True when a key, ours or that of another process, now stands at path. */
static bool
make_key(const char *folder, const char *path)
{
	char fresh[PATH_MAX];
	int n = snprintf(fresh, sizeof(fresh), "%s/.new-XXXXXX", folder);
	bool made;
	int fd;

	if (n < 0 || (size_t)n >= sizeof(fresh))
		return false;
	if (mkdir(folder, 0700) && errno != EEXIST)
		return false;
	fd = mkostemp(fresh, O_CLOEXEC); /* mode 0600 */
	if (fd < 0)
		return false;
	made = write_key(fd);
	close(fd);
	made = made && (link(fresh, path) == 0 || errno == EEXIST);
	unlink(fresh);
	if (made)
		sync_folder(folder);
	return made;
}

void
key_keep_in(const char *folder)
{
	apart = folder;
}

bool
key_apart(void)
{
	return apart != NULL;
}

bool
key_path(char *out, size_t n, const char *dir, const char *name)
{
	int len = snprintf(out, n, "%s%s%s%s", apart ? apart : dir, apart ? "" : "/keys",
		name ? "/" : "", name ? name : "");

	if (len >= 0 && (size_t)len < n)
		return true;
	*out = '\0';
	return false;
}

enum result
key_load(const char *dir, const char *name, uint8_t out[HASH_SIZE])
{
	char folder[PATH_MAX];
	char path[PATH_MAX];
	enum result r;

	if (!key_path(folder, sizeof(folder), dir, NULL) || !key_path(path, sizeof(path), dir, name)) {
		log_error("key %s: the path is too long", name);
		return FAULT;
	}
	r = read_key(path, name, out);
	if (r != MISSING)
		return r;
	if (!make_key(folder, path)) {
		log_error("key %s cannot be made: %m", name);
		return FAULT;
	}
	r = read_key(path, name, out);
	if (r == MISSING)
		log_error("key %s vanished while it was made", name);
	return r == OK ? OK : FAULT;
}
