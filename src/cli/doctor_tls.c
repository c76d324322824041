/*
 * doctor_tls - will browsers still accept the certificate next month?
 */
#include <sys/stat.h>
#include <time.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "cli/doctor.h"

enum { SOON_DAYS = 21 };

static void
judge(const char *path, gnutls_x509_crt_t cert)
{
	time_t now = time(NULL);
	long long days = (long long)(gnutls_x509_crt_get_expiration_time(cert) - now) / 86400;

	if (gnutls_x509_crt_get_activation_time(cert) > now)
		doctor_say(WARNED, "%s is not valid yet", path);
	else if (days < 0)
		doctor_say(WARNED, "%s expired %lld days ago", path, -days);
	else
		doctor_say(days < SOON_DAYS ? WARNED : FINE, "%s is valid for %lld more days", path,
			days);
}

static void
look_at_cert(const char *path)
{
	gnutls_datum_t pem;
	gnutls_x509_crt_t cert;

	if (gnutls_load_file(path, &pem) < 0) {
		doctor_say(WARNED, "cannot read %s", path);
		return;
	}
	gnutls_x509_crt_init(&cert);
	if (gnutls_x509_crt_import(cert, &pem, GNUTLS_X509_FMT_PEM) < 0)
		doctor_say(WARNED, "%s is no certificate in PEM", path);
	else
		judge(path, cert);
	gnutls_x509_crt_deinit(cert);
	gnutls_free(pem.data);
}

static void
look_at_key(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		doctor_say(WARNED, "cannot find %s", path);
	else if (st.st_mode & 077)
		doctor_say(WARNED, "%s can be read by others: chmod 600 %s", path, path);
}

void
doctor_tls(const char *cert, const char *key)
{
	look_at_cert(cert);
	if (key)
		look_at_key(key);
	else
		doctor_say(WARNED, "a certificate needs its key: --tls-key");
}
