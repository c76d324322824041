#pragma once
/*
 * clock - times of day as practices write them, kept as "HH:MM".
 */
#include <stdbool.h>

enum { CLOCK_SIZE = 6 };

enum clock_reading {
	CLOCK_NONSENSE,
	CLOCK_PLAIN,     /* "14:30", "2:30 PM", "9am" */
	CLOCK_CONTRADICTS /* "13:00 AM": the hour is believed, the AM is not */
};

/* Writes CLOCK_SIZE bytes unless it is nonsense. */
enum clock_reading clock_read(const char *text, char *out);
/* Minutes since midnight of "HH:MM"; -1 when it is none. */
int clock_minutes(const char *text);
