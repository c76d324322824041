/*
 * keys - the RSA key that signs access tokens.
 */
#include "clinic/keys.h"

#include <errno.h>
#include <limits.h>
#include <fcntl.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/text.h"

enum { KEY_BITS = 2048, PEM_MOST = 16384, ID_SIZE = 48, HEADER_SIZE = 200, JWK_SIZE = 800 };

struct key {
	gnutls_privkey_t private;
	gnutls_pubkey_t public;
	int64_t before;           /* tokens it signed were issued by then; seconds */
	char id[ID_SIZE];
	char header[HEADER_SIZE]; /* base64url, with the point behind it */
	char jwk[JWK_SIZE];
};

/* There is no former one until the first rotation. */
static struct key current, former;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static enum result
complain(const char *what)
{
	log_error("oauth key: %s", what);
	return FAULT;
}

/* Under another name first: a half-written key must never be found. */
static enum result
write_key(const char *path, const char *draft, const gnutls_datum_t *pem)
{
	int fd;
	bool written;

	(void)unlink(draft);
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return complain("cannot be written");
	written = file_write(fd, pem->data, pem->size);
	if (close(fd) != 0 || !written || rename(draft, path) != 0) {
		(void)unlink(draft);
		return complain("cannot be written");
	}
	return OK;
}

static enum result
make_key(struct arena *a, const char *path)
{
	gnutls_x509_privkey_t key;
	gnutls_datum_t pem = { NULL, 0 };
	enum result r = FAULT;

	if (gnutls_x509_privkey_init(&key) < 0)
		return complain("no memory");
	if (gnutls_x509_privkey_generate(key, GNUTLS_PK_RSA, KEY_BITS, 0) < 0 ||
		gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL,
			GNUTLS_PKCS_PLAIN, &pem) < 0)
		r = complain("cannot be made");
	else
		r = write_key(path, arena_printf(a, "%s.new", path), &pem);
	if (pem.data)
		gnutls_memset(pem.data, 0, pem.size);
	gnutls_free(pem.data);
	gnutls_x509_privkey_deinit(key);
	return r;
}

static enum result
read_key(const char *path, struct key *key)
{
	uint8_t bytes[PEM_MOST];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof(bytes));
	gnutls_datum_t pem = { bytes, n > 0 ? (unsigned)n : 0 };
	int bad;

	if (fd >= 0)
		close(fd);
	if (n <= 0 || n == PEM_MOST)
		return complain("cannot be read");
	bad = gnutls_privkey_init(&key->private) < 0 ||
		gnutls_privkey_import_x509_raw(key->private, &pem, GNUTLS_X509_FMT_PEM, NULL,
			0) < 0 ||
		gnutls_privkey_get_pk_algorithm(key->private, NULL) != GNUTLS_PK_RSA ||
		gnutls_pubkey_init(&key->public) < 0 ||
		gnutls_pubkey_import_privkey(key->public, key->private, 0, 0) < 0;
	gnutls_memset(bytes, 0, sizeof(bytes));
	return bad ? complain("is not an RSA key") : OK;
}

/* RFC 7518 6.3.1.1: without leading zero bytes. */
static const char *
number(struct arena *a, const gnutls_datum_t *datum)
{
	const uint8_t *bytes = datum->data;
	size_t n = datum->size;

	for (; n > 1 && *bytes == 0; bytes++)
		n--;
	return to_base64url(a, bytes, n);
}

static enum result
describe(struct arena *a, struct key *key)
{
	gnutls_datum_t m = { NULL, 0 }, e = { NULL, 0 };
	const char *modulus, *exponent, *canon, *header;
	uint8_t print[HASH_SIZE];

	if (gnutls_pubkey_export_rsa_raw2(key->public, &m, &e, 0) < 0)
		return complain("cannot be described");
	modulus = number(a, &m);
	exponent = number(a, &e);
	gnutls_free(m.data);
	gnutls_free(e.data);
	canon = arena_printf(a, "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}", exponent, modulus);
	hash_sha256(canon, strlen(canon), print);
	snprintf(key->id, sizeof(key->id), "%s", to_base64url(a, print, sizeof(print)));
	header = arena_printf(a, "{\"typ\":\"at+jwt\",\"alg\":\"RS256\",\"kid\":\"%s\"}", key->id);
	snprintf(key->header, sizeof(key->header), "%s.", to_base64url(a, header, strlen(header)));
	snprintf(key->jwk, sizeof(key->jwk), "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\","
		"\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}", key->id, modulus, exponent);
	return OK;
}

static void
close_key(struct key *key)
{
	if (key->public)
		gnutls_pubkey_deinit(key->public);
	if (key->private)
		gnutls_privkey_deinit(key->private);
	memset(key, 0, sizeof(*key));
}

static enum result
load_key(struct arena *a, const char *path, struct key *key)
{
	enum result r = read_key(path, key);

	key->before = INT64_MAX;
	if (!r)
		r = describe(a, key);
	if (r)
		close_key(key);
	return r;
}

struct places {
	const char *folder, *now, *former, *next;
};

static const char *
place(struct arena *a, const char *dir, const char *name)
{
	char path[PATH_MAX];

	/* Too long is an empty path: no file can be made there. */
	(void)key_path(path, sizeof(path), dir, name);
	return arena_text(a, path);
}

static struct places
places_in(struct arena *a, const char *dir)
{
	return (struct places){
		.folder = place(a, dir, NULL),
		.now = place(a, dir, "oauth.pem"),
		.former = place(a, dir, "oauth-former.pem"),
		.next = place(a, dir, "oauth-next.pem"),
	};
}

static enum result
load_keys(struct arena *a, const char *dir)
{
	const struct places places = places_in(a, dir);
	struct stat st;
	enum result r;

	if (mkdir(places.folder, 0700) != 0 && errno != EEXIST)
		return complain("its folder cannot be made");
	if (access(places.now, F_OK) != 0 && (r = make_key(a, places.now)))
		return r;
	if ((r = load_key(a, places.now, &current)))
		return r;
	if (access(places.former, F_OK) != 0)
		return OK;
	if ((r = load_key(a, places.former, &former)))
		return r;
	/* it was retired when the one after it was made */
	former.before = stat(places.now, &st) == 0 ? (int64_t)st.st_mtime : 0;
	return OK;
}

enum result
keys_open(const char *dir)
{
	struct arena *a = arena_open(64 * 1024);
	enum result r = load_keys(a, dir);

	arena_close(&a);
	return r;
}

void
keys_close(void)
{
	close_key(&current);
	close_key(&former);
}

/* The files first: what signs must be on disk. */
static enum result
rotate(struct arena *a, const char *dir)
{
	const struct places places = places_in(a, dir);
	struct key next = { 0 };
	enum result r;

	if ((r = make_key(a, places.next)) || (r = load_key(a, places.next, &next)))
		return r;
	if (rename(places.now, places.former) != 0 || rename(places.next, places.now) != 0) {
		close_key(&next);
		return complain("cannot take its place");
	}
	pthread_rwlock_wrlock(&lock);
	close_key(&former);
	former = current;
	former.before = moment_now() / 1000000;
	current = next;
	pthread_rwlock_unlock(&lock);
	return OK;
}

enum result
keys_rotate(const char *dir)
{
	struct arena *a = arena_open(64 * 1024);
	enum result r = rotate(a, dir);

	arena_close(&a);
	return r;
}

const char *
keys_id(struct arena *arena)
{
	const char *id;

	pthread_rwlock_rdlock(&lock);
	id = arena_text(arena, current.id);
	pthread_rwlock_unlock(&lock);
	return id;
}

const char *
keys_jwks(struct arena *arena)
{
	const char *jwks;

	pthread_rwlock_rdlock(&lock);
	jwks = arena_printf(arena, "{\"keys\":[%s%s%s]}", current.jwk, former.public ? "," : "",
		former.jwk);
	pthread_rwlock_unlock(&lock);
	return jwks;
}

static const char *
sign(struct arena *arena, const char *claims)
{
	char *input = arena_printf(arena, "%s%s", current.header, claims);
	gnutls_datum_t data = { (unsigned char *)input, (unsigned)strlen(input) };
	gnutls_datum_t signature = { NULL, 0 };
	const char *out;

	if (gnutls_privkey_sign_data2(current.private, GNUTLS_SIGN_RSA_SHA256, 0, &data,
		    &signature) < 0) {
		log_error("oauth key: cannot sign");
		return NULL;
	}
	out = arena_printf(arena, "%s.%s", input,
		to_base64url(arena, signature.data, signature.size));
	gnutls_free(signature.data);
	return out;
}

const char *
keys_sign(struct arena *arena, const char *claims)
{
	const char *token;

	pthread_rwlock_rdlock(&lock);
	token = sign(arena, claims);
	pthread_rwlock_unlock(&lock);
	return token;
}

/* With the lock held. */
static const struct key *
key_of(const char *token)
{
	if (current.public && text_starts(token, current.header))
		return &current;
	return former.public && text_starts(token, former.header) ? &former : NULL;
}

size_t
keys_header(const char *token)
{
	const struct key *key;
	size_t n;

	pthread_rwlock_rdlock(&lock);
	key = key_of(token);
	n = key ? strlen(key->header) : 0;
	pthread_rwlock_unlock(&lock);
	return n;
}

bool
keys_check(const char *token, size_t n, const uint8_t *signature, size_t n_signature,
	int64_t *before)
{
	union { const void *in; unsigned char *out; } signed_bytes = { token }, sig = { signature };
	gnutls_datum_t data = { signed_bytes.out, (unsigned)n };
	gnutls_datum_t given = { sig.out, (unsigned)n_signature };
	const struct key *key;
	bool holds;

	pthread_rwlock_rdlock(&lock);
	key = key_of(token);
	holds = key && gnutls_pubkey_verify_data2(key->public, GNUTLS_SIGN_RSA_SHA256, 0, &data,
			       &given) >= 0;
	*before = key ? key->before : 0;
	pthread_rwlock_unlock(&lock);
	return holds;
}
