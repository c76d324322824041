#pragma once
/*
 * json - our own writer of JSON, straight into a struct text.
 *
 * Compact, UTF-8 raw (not \u-escaped), commas placed by looking at the last
 * byte written, so there is no state to carry.  Numbers that are doubles always
 * carry a point or an exponent and are the shortest text that reads back as the
 * same double (personal-api 1.6).  Parsing is jansson's: json_read().
 */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

void json_open(struct text *out, char bracket);  /* '{' or '[' */
void json_close(struct text *out, char bracket); /* '}' or ']' */
void json_key(struct text *out, const char *key);
void json_text(struct text *out, const char *string); /* NULL writes null */
void json_bytes(struct text *out, const char *bytes, size_t n);
void json_whole(struct text *out, int64_t number);
void json_number(struct text *out, double number); /* not finite writes null */
void json_bool(struct text *out, bool yes);
void json_nothing(struct text *out); /* null */
/* A value that is JSON already, n bytes. */
void json_raw(struct text *out, const char *bytes, size_t n);

/* "key":value in one step. */
void json_put_text(struct text *out, const char *key, const char *string);
void json_put_whole(struct text *out, const char *key, int64_t number);
void json_put_number(struct text *out, const char *key, double number);
void json_put_bool(struct text *out, const char *key, bool yes);
void json_put_nothing(struct text *out, const char *key);
void json_put_raw(struct text *out, const char *key, const char *bytes);

/* What json_read() found wrong. */
struct json_trouble {
	const char *text;  /* a constant sentence, without any of the input */
	char member[64];   /* name of the member it happened in, or "" */
	size_t position;   /* byte offset */
};

/*
 * Parses n bytes as one JSON value of any kind.  Refuses: broken JSON, bad
 * UTF-8, NUL, nesting over 32, duplicate member names, trailing bytes, numbers
 * out of range.  NULL when refused and *trouble filled.  The caller owns the
 * value (json_decref).
 */
json_t *json_read(const char *bytes, size_t n, struct json_trouble *trouble);
