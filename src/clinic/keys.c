/*
 * keys - the RSA key that signs access tokens.
 */
#include "clinic/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/log.h"

enum { KEY_BITS = 2048, PEM_MOST = 16384 };

static struct {
	gnutls_privkey_t private;
	gnutls_pubkey_t public;
	struct arena *arena; /* what follows lives as long as the process */
	const char *id, *jwks;
} keys;

static enum result
complain(const char *what)
{
	log_error("oauth key: %s", what);
	return FAULT;
}

static bool
write_all(int fd, const uint8_t *bytes, size_t n)
{
	while (n > 0) {
		ssize_t wrote = write(fd, bytes, n);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		bytes += wrote;
		n -= (size_t)wrote;
	}
	return fsync(fd) == 0;
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
	written = write_all(fd, pem->data, pem->size);
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
read_key(const char *path)
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
	bad = gnutls_privkey_init(&keys.private) < 0 ||
		gnutls_privkey_import_x509_raw(keys.private, &pem, GNUTLS_X509_FMT_PEM, NULL,
			0) < 0 ||
		gnutls_privkey_get_pk_algorithm(keys.private, NULL) != GNUTLS_PK_RSA ||
		gnutls_pubkey_init(&keys.public) < 0 ||
		gnutls_pubkey_import_privkey(keys.public, keys.private, 0, 0) < 0;
	gnutls_memset(bytes, 0, sizeof(bytes));
	return bad ? complain("is not an RSA key") : OK;
}

/* RFC 7518 6.3.1.1: without leading zero bytes. */
static const char *
number(const gnutls_datum_t *datum)
{
	const uint8_t *bytes = datum->data;
	size_t n = datum->size;

	for (; n > 1 && *bytes == 0; bytes++)
		n--;
	return to_base64url(keys.arena, bytes, n);
}

static enum result
describe(void)
{
	gnutls_datum_t m = { NULL, 0 }, e = { NULL, 0 };
	const char *modulus, *exponent, *canon;
	uint8_t print[HASH_SIZE];

	if (gnutls_pubkey_export_rsa_raw2(keys.public, &m, &e, 0) < 0)
		return complain("cannot be described");
	modulus = number(&m);
	exponent = number(&e);
	gnutls_free(m.data);
	gnutls_free(e.data);
	canon = arena_printf(keys.arena, "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}", exponent,
		modulus);
	hash_sha256(canon, strlen(canon), print);
	keys.id = to_base64url(keys.arena, print, sizeof(print));
	keys.jwks = arena_printf(keys.arena, "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\","
		"\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}",
		keys.id, modulus, exponent);
	return OK;
}

enum result
keys_open(const char *dir)
{
	const char *folder, *path;
	enum result r;

	keys.arena = arena_open(64 * 1024);
	folder = arena_printf(keys.arena, "%s/keys", dir);
	path = arena_printf(keys.arena, "%s/oauth.pem", folder);
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return complain("its folder cannot be made");
	if (access(path, F_OK) != 0 && (r = make_key(keys.arena, path)))
		return r;
	if ((r = read_key(path)))
		return r;
	return describe();
}

void
keys_close(void)
{
	if (keys.public)
		gnutls_pubkey_deinit(keys.public);
	if (keys.private)
		gnutls_privkey_deinit(keys.private);
	arena_close(&keys.arena);
	memset(&keys, 0, sizeof(keys));
}

const char *
keys_id(void)
{
	return keys.id;
}

const char *
keys_jwks(void)
{
	return keys.jwks;
}

const char *
keys_sign(struct arena *arena, const char *bytes, size_t n)
{
	gnutls_datum_t data = { NULL, (unsigned)n }, signature = { NULL, 0 };
	const char *out;

	data.data = (unsigned char *)arena_copy(arena, bytes, n);
	if (gnutls_privkey_sign_data2(keys.private, GNUTLS_SIGN_RSA_SHA256, 0, &data,
		    &signature) < 0) {
		log_error("oauth key: cannot sign");
		return NULL;
	}
	out = to_base64url(arena, signature.data, signature.size);
	gnutls_free(signature.data);
	return out;
}

bool
keys_check(const char *bytes, size_t n, const uint8_t *signature, size_t n_signature)
{
	union { const void *in; unsigned char *out; } signed_bytes = { bytes }, sig = { signature };
	gnutls_datum_t data = { signed_bytes.out, (unsigned)n };
	gnutls_datum_t given = { sig.out, (unsigned)n_signature };

	return gnutls_pubkey_verify_data2(keys.public, GNUTLS_SIGN_RSA_SHA256, 0, &data, &given) >= 0;
}
