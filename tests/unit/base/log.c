/*
 * log - one line of JSON whatever is said, and nothing below the level.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"

static char said[8192];

/* Logs text as an error and leaves what arrived on stderr in said. */
static size_t
listen(enum log_level level, const char *text)
{
	int ends[2];
	int saved = dup(STDERR_FILENO);
	ssize_t n;

	assert_true(saved >= 0);
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	errno = EDOM;
	if (level == LOG_ERROR)
		log_error("%s", text);
	else
		log_debug("%s", text);
	assert_int_equal(errno, EDOM);
	assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
	n = read(ends[0], said, sizeof(said));
	close(saved);
	close(ends[0]);
	close(ends[1]);
	return n > 0 ? (size_t)n : 0;
}

static void
check(const char *text, const char *expected)
{
	size_t n = listen(LOG_ERROR, text);
	struct json_trouble trouble;
	json_t *line;
	const char *message;

	assert_true(n > 0 && n <= 2000);
	assert_int_equal(said[n - 1], '\n');
	assert_ptr_equal(memchr(said, '\n', n), said + n - 1);
	line = json_read(said, n, &trouble);
	assert_non_null(line);
	assert_string_equal(json_string_value(json_object_get(line, "level")), "error");
	message = json_string_value(json_object_get(line, "time"));
	assert_non_null(message);
	assert_int_equal(message[strlen(message) - 1], 'Z');
	message = json_string_value(json_object_get(line, "message"));
	assert_non_null(message);
	if (expected)
		assert_string_equal(message, expected);
	json_decref(line);
}

static void
a_message_arrives_as_it_was(void **state)
{
	(void)state;
	check("saved medications/5", "saved medications/5");
	check("", "");
	check("\"quoted\" \\ \n\t\x01 \u00E9\U0001F600",
		"\"quoted\" \\ \n\t\x01 \u00E9\U0001F600");
	check("broken \xFF\xC3", "broken ??");
}

static void
a_long_line_is_cut_and_stays_json(void **state)
{
	static const char *const fillers[]
		= { "x", "\n", "\x01", "\"", "\u00E9", "\U0001F600", "\xFF" };
	char text[4001];

	(void)state;
	for (size_t i = 0; i < COUNT(fillers); i++) {
		for (size_t shift = 0; shift < 4; shift++) {
			size_t n = shift;

			memset(text, 'a', shift);
			while (n + strlen(fillers[i]) < sizeof(text)) {
				memcpy(text + n, fillers[i], strlen(fillers[i]));
				n += strlen(fillers[i]);
			}
			text[n] = '\0';
			check(text, NULL);
		}
	}
}

static void
below_the_level_nothing_is_said(void **state)
{
	(void)state;
	assert_int_equal(listen(LOG_DEBUG, "x"), 0);
	log_set_level(LOG_DEBUG);
	assert_true(listen(LOG_DEBUG, "x") > 0);
	log_set_level(LOG_INFO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_arrives_as_it_was),
		cmocka_unit_test(a_long_line_is_cut_and_stays_json),
		cmocka_unit_test(below_the_level_nothing_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
