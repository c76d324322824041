/*
 * log - formats into two buffers on the stack and writes once.
 *
 * No malloc and no lock: this is also how we say that there is no memory left.
 * A line stays below PIPE_BUF, so that lines of several threads do not mix.
 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/text.h"

enum { LINE_SIZE = 2000, LONGEST_ESCAPE = 6 };

static const char ending[] = "\"}\n";
static const char *const level_names[] = { "debug", "info", "warn", "error" };
static atomic_int least_level = LOG_INFO;

struct line {
	char at[LINE_SIZE];
	size_t len;
};

static void
add(struct line *line, const char *bytes, size_t n)
{
	memcpy(line->at + line->len, bytes, n);
	line->len += n;
}

static void
add_control(struct line *line, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	const char escape[] = { '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] };

	if (c == '\n')
		add(line, "\\n", 2);
	else
		add(line, escape, sizeof(escape));
}

/* Length of the character at text, 0 when it is broken or cut short. */
static size_t
measure(const char *text)
{
	for (size_t n = 1; n <= 4; n++) {
		if (text[n - 1] == '\0')
			return 0;
		if (utf8_valid(text, n))
			return n;
	}
	return 0;
}

static void
add_escaped(struct line *line, const char *text)
{
	size_t end = LINE_SIZE - (sizeof(ending) - 1) - LONGEST_ESCAPE;

	while (*text && line->len < end) {
		unsigned char c = (unsigned char)*text;
		size_t n = measure(text);

		if (c < 0x20) {
			add_control(line, c);
		} else if (c == '"' || c == '\\') {
			add(line, "\\", 1);
			add(line, text, 1);
		} else if (n == 0) {
			add(line, "?", 1);
		} else {
			add(line, text, n);
		}
		text += n ? n : 1;
	}
}

static void PRINTF(2, 0)
	write_line(enum log_level level, const char *format, va_list args)
{
	int saved = errno;
	char message[LINE_SIZE];
	char iso[ISO_SIZE];
	struct line line = { .len = 0 };
	ssize_t written;

	if ((int)level < atomic_load_explicit(&least_level, memory_order_relaxed))
		return;
	if (vsnprintf(message, sizeof(message), format, args) < 0)
		message[0] = '\0';
	moment_iso(moment_now(), iso);
	add(&line, "{\"time\":\"", 9);
	add(&line, iso, strlen(iso));
	add(&line, "Z\",\"level\":\"", 12);
	add(&line, level_names[level], strlen(level_names[level]));
	add(&line, "\",\"message\":\"", 13);
	add_escaped(&line, message);
	add(&line, ending, sizeof(ending) - 1);
	/* Where stderr is gone there is nobody left to tell. */
	do
		written = write(STDERR_FILENO, line.at, line.len);
	while (written < 0 && errno == EINTR);
	errno = saved;
}

void
log_set_level(enum log_level least)
{
	atomic_store_explicit(&least_level, (int)least, memory_order_relaxed);
}

void
log_debug(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_DEBUG, format, args);
	va_end(args);
}

void
log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_INFO, format, args);
	va_end(args);
}

void
log_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_WARN, format, args);
	va_end(args);
}

void
log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_ERROR, format, args);
	va_end(args);
}
