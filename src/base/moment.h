#pragma once
/*
 * moment - dates and moments, as text and as microseconds since 1970 UTC.
 *
 * Stored moments are "YYYY-MM-DD HH:MM:SS.ffffff" in UTC (sorts with
 * CURRENT_TIMESTAMP); stored dates "YYYY-MM-DD".  The facility's zone is the
 * process's TZ, set once at start by moment_zone().
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATE_SIZE = 11, MOMENT_SIZE = 27, ISO_SIZE = 40 };

/* Sets the facility's zone ("Europe/Berlin"); false when there is none of that
 * name, and the zone stays.  Once, before threads are started. */
bool moment_zone(const char *name);
const char *moment_zone_name(void);
/* Seconds east of UTC in the facility's zone at a moment. */
int moment_offset(int64_t moment);

int64_t moment_now(void);       /* µs since 1970 UTC; wall clock */
int64_t moment_monotonic(void); /* µs; for intervals only */

/* Stored form; out holds MOMENT_SIZE bytes. */
void moment_store(int64_t moment, char *out);
/* ISO 8601 without zone, fraction only when not zero (personal-api 1.5); out
 * holds ISO_SIZE bytes. */
void moment_iso(int64_t moment, char *out);
/* From stored form straight to ISO: the n bytes at text; returns bytes written
 * to out (ISO_SIZE).  Also takes "YYYY-MM-DD HH:MM:SS" without a fraction. */
size_t moment_reprint(const char *text, size_t n, char *out);
/* Stored form to µs; false when it is not one. */
bool moment_load(const char *text, int64_t *moment);
/* ISO 8601 input: 'T' or blank, missing seconds or time, optional fraction, Z
 * or offset.  Without a zone: UTC.  wall: drop any zone and take the wall clock
 * of the facility's zone.  Years 0001..9999.  False when it is none. */
bool moment_parse(const char *text, bool wall, int64_t *moment);
/* Whether the text parsed by moment_parse carries a zone. */
bool moment_has_zone(const char *text);

/* True for an existing day "YYYY-MM-DD" (years 0001..9999). */
bool date_valid(const char *text);
/* Also takes a date-time at exactly midnight; writes DATE_SIZE bytes. */
bool date_parse(const char *text, char *out);
/* Today in the facility's zone; DATE_SIZE bytes. */
void date_today(char *out);
/* The facility's day of a moment. */
void date_of(int64_t moment, char *out);
/* Adds days (may be negative) to a valid date; DATE_SIZE bytes. */
void date_add(const char *date, int days, char *out);
/* Days since 1970-01-01 of a valid date. */
int64_t date_number(const char *date);
