/*
 * tls - loads a chain and its key, checks that they belong together, swaps.
 */
#include "http/tls.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/log.h"

enum { MAX_CHAIN = 16 };

struct identity {
	struct identity *before;
	gnutls_pcert_st chain[MAX_CHAIN];
	unsigned int n;
	gnutls_privkey_t key;
};

const char *const tls_priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-AES-128-CBC"
				   ":-AES-256-CBC:-SHA1:%SERVER_PRECEDENCE";

static _Atomic(struct identity *) current;
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static void
drop(struct identity *identity)
{
	for (unsigned int i = 0; i < identity->n; i++)
		gnutls_pcert_deinit(&identity->chain[i]);
	if (identity->key)
		gnutls_privkey_deinit(identity->key);
	free(identity);
}

/* gnutls itself says whether key and certificate match. */
static int
check_match(const gnutls_datum_t *cert, const gnutls_datum_t *key)
{
	gnutls_certificate_credentials_t both;
	int r = gnutls_certificate_allocate_credentials(&both);

	if (r < 0)
		return r;
	r = gnutls_certificate_set_x509_key_mem2(both, cert, key, GNUTLS_X509_FMT_PEM, NULL, 0);
	gnutls_certificate_free_credentials(both);
	return r < 0 ? r : 0;
}

static int
fill(struct identity *identity, const gnutls_datum_t *cert, const gnutls_datum_t *key)
{
	unsigned int n = MAX_CHAIN;
	int r = check_match(cert, key);

	if (r < 0)
		return r;
	r = gnutls_pcert_list_import_x509_raw(identity->chain, &n, cert,
		GNUTLS_X509_FMT_PEM, GNUTLS_X509_CRT_LIST_FAIL_IF_UNSORTED);
	if (r < 0)
		return r;
	identity->n = n;
	r = gnutls_privkey_init(&identity->key);
	if (r < 0)
		return r;
	return gnutls_privkey_import_x509_raw(identity->key, key, GNUTLS_X509_FMT_PEM, NULL, 0);
}

/* The key's bytes are wiped before their memory goes back. */
static void
forget(gnutls_datum_t *bytes)
{
	if (bytes->data)
		gnutls_memset(bytes->data, 0, bytes->size);
	gnutls_free(bytes->data);
	bytes->data = NULL;
}

static int
read_files(struct identity *identity, const char *cert_file, const char *key_file)
{
	gnutls_datum_t cert = { 0 };
	gnutls_datum_t key = { 0 };
	int r = gnutls_load_file(cert_file, &cert);

	if (r >= 0)
		r = gnutls_load_file(key_file, &key);
	if (r >= 0)
		r = fill(identity, &cert, &key);
	forget(&cert);
	forget(&key);
	return r;
}

enum result
tls_load(const char *cert_file, const char *key_file)
{
	struct identity *identity = calloc(1, sizeof(*identity));
	int r = identity ? read_files(identity, cert_file, key_file) : GNUTLS_E_MEMORY_ERROR;

	if (r < 0) {
		log_error("tls: %s with %s: %s", cert_file, key_file, gnutls_strerror(r));
		if (identity)
			drop(identity);
		return FAULT;
	}
	pthread_mutex_lock(&loading);
	identity->before = atomic_load(&current);
	atomic_store(&current, identity);
	pthread_mutex_unlock(&loading);
	return OK;
}

void
tls_close(void)
{
	struct identity *identity = atomic_exchange(&current, NULL);

	while (identity) {
		struct identity *before = identity->before;

		drop(identity);
		identity = before;
	}
}

int
tls_retrieve(gnutls_session_t session, const gnutls_datum_t *names, int n_names,
	const gnutls_pk_algorithm_t *algorithms, int n_algorithms, gnutls_pcert_st **certs,
	unsigned int *n_certs, gnutls_privkey_t *key)
{
	struct identity *identity = atomic_load(&current);

	(void)session;
	(void)names;
	(void)n_names;
	(void)algorithms;
	(void)n_algorithms;
	if (!identity)
		return -1;
	*certs = identity->chain;
	*n_certs = identity->n;
	*key = identity->key;
	return 0;
}
