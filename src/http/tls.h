#pragma once
/*
 * tls - the certificate and key of the server, which may change while it runs.
 *
 * A handshake that has begun may still hold what it was given, so what was
 * replaced is kept until tls_close().  One server a process.
 */
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>

#include "base/result.h"

extern const char *const tls_priorities;

/* Reads PEM files; FAULT (logged) keeps what was there. */
MUST_CHECK enum result tls_load(const char *cert_file, const char *key_file);
void tls_close(void);
/* For MHD_OPTION_HTTPS_CERT_CALLBACK. */
int tls_retrieve(gnutls_session_t session, const gnutls_datum_t *names, int n_names,
	const gnutls_pk_algorithm_t *algorithms, int n_algorithms, gnutls_pcert_st **certs,
	unsigned int *n_certs, gnutls_privkey_t *key);
