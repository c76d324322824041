#pragma once
/*
 * doctor - what the parts of the examination share.
 */
#include "base/result.h"

enum finding { FINE, NOTED, WARNED };

/* One line of the report. */
void doctor_say(enum finding finding, const char *format, ...) PRINTF(2, 3);
/* Whether the disk below the folder is encrypted. */
void doctor_encryption(const char *dir);
/* Expiry of the certificate, modes of the files; key may be NULL. */
void doctor_tls(const char *cert, const char *key);
