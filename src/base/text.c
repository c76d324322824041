/*
 * text - growing output buffers and the small questions about ASCII.
 *
 * One byte more than .room is always allocated, so that text_string() can end
 * even a full text.
 */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { FIRST_ROOM = 1024, USUAL_CAP = 64 * 1024 * 1024 };

void
text_close(struct text *text)
{
	free(text->at);
	*text = (struct text){ .cap = text->cap };
}

bool
text_grow(struct text *text, size_t n)
{
	size_t cap = text->cap ? text->cap : USUAL_CAP;
	size_t room = text->room ? text->room : FIRST_ROOM;
	char *at;

	if (text->len > cap || n > cap - text->len) {
		text->full = true;
		return false;
	}
	while (room < text->len + n)
		room *= 2;
	if (room > cap)
		room = cap;
	at = realloc(text->at, room + 1);
	if (!at) {
		log_error("text: the machine has no memory left");
		abort();
	}
	text->at = at;
	text->room = room;
	return true;
}

void
text_add(struct text *text, const char *string)
{
	text_put(text, string, strlen(string));
}

void
text_printf(struct text *text, const char *format, ...)
{
	char brief[256];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(brief, sizeof(brief), format, args);
	va_end(args);
	assert(n >= 0);
	if ((size_t)n < sizeof(brief)) {
		text_put(text, brief, (size_t)n);
		return;
	}
	if (!text_room(text, (size_t)n))
		return;
	va_start(args, format);
	n = vsnprintf(text->at + text->len, (size_t)n + 1, format, args);
	va_end(args);
	assert(n >= 0);
	text->len += (size_t)n;
}

const char *
text_string(struct text *text)
{
	if (!text->at)
		return "";
	text->at[text->len] = '\0';
	return text->at;
}

static char
lower(char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c | 0x20);
	return c;
}

bool
text_same(const char *a, const char *b)
{
	if (!a || !b)
		return !a && !b;
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return *a == *b;
}

bool
text_starts(const char *string, const char *prefix)
{
	return string && strncmp(string, prefix, strlen(prefix)) == 0;
}

bool
text_whole(const char *string, int64_t min, int64_t max, int64_t *out)
{
	const char *at = string;
	int64_t number = 0;
	bool negative;

	if (!string)
		return false;
	negative = *at == '-';
	if (*at == '-' || *at == '+')
		at++;
	if (!*at)
		return false;
	/* Counted below zero, where there is one number more. */
	for (; *at; at++) {
		if (*at < '0' || *at > '9')
			return false;
		if (__builtin_mul_overflow(number, 10, &number)
			|| __builtin_sub_overflow(number, *at - '0', &number))
			return false;
	}
	if (!negative && __builtin_sub_overflow((int64_t)0, number, &number))
		return false;
	if (number < min || number > max)
		return false;
	*out = number;
	return true;
}
