/*
 * clock - times of day as practices write them, kept as "HH:MM".
 */
#include "clinic/clock.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Two digits at most; -1 when there is none. */
static int
read_number(const char **at)
{
	int n = -1;

	for (int i = 0; i < 2 && **at >= '0' && **at <= '9'; i++, (*at)++)
		n = (n < 0 ? 0 : n * 10) + (**at - '0');
	return n;
}

static void
skip_blanks(const char **at)
{
	while (**at == ' ' || **at == '\t')
		(*at)++;
}

/* 'a', 'p', 0 for nothing, '?' for anything else. */
static char
read_half(const char *at)
{
	static const struct { const char *word; char half; } halves[] = {
		{ "", 0 }, { "am", 'a' }, { "a.m.", 'a' }, { "pm", 'p' }, { "p.m.", 'p' },
	};
	char word[8];
	size_t n = strlen(at);

	while (n > 0 && at[n - 1] == ' ')
		n--;
	if (n >= sizeof(word))
		return '?';
	memcpy(word, at, n);
	word[n] = 0;
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++)
		if (strcasecmp(word, halves[i].word) == 0)
			return halves[i].half;
	return '?';
}

enum clock_reading
clock_read(const char *text, char *out)
{
	const char *at = text;
	int hour, minute = 0;
	bool colon, contradicts;
	char half;

	skip_blanks(&at);
	hour = read_number(&at);
	colon = *at == ':';
	if (colon) {
		const char *start = ++at;

		minute = read_number(&at);
		if (at - start != 2)
			return CLOCK_NONSENSE;
		if (strncmp(at, ":00", 3) == 0)
			at += 3;
	}
	skip_blanks(&at);
	half = read_half(at);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || half == '?' ||
		(!colon && !half))
		return CLOCK_NONSENSE;
	contradicts = (half == 'a' && hour > 12) || (half == 'p' && hour == 0);
	if (half == 'p' && hour < 12 && hour > 0)
		hour += 12;
	else if (half == 'a' && hour == 12)
		hour = 0;
	snprintf(out, CLOCK_SIZE, "%02d:%02d", hour % 24, minute % 60);
	return contradicts ? CLOCK_CONTRADICTS : CLOCK_PLAIN;
}

int
clock_minutes(const char *text)
{
	char read[CLOCK_SIZE];

	if (!text || strlen(text) != 5 || text[2] != ':' || clock_read(text, read) != CLOCK_PLAIN)
		return -1;
	return (read[0] - '0') * 600 + (read[1] - '0') * 60 + (read[3] - '0') * 10 + read[4] - '0';
}
