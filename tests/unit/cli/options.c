/*
 * options - the line beats the environment, that the file, that the default.
 */
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/listen.h"

static const struct option known[] = {
	{ .name = "listen", .value = "ADDR:PORT", .initial = "127.0.0.1:8080", .setting = true,
	  .help = "Where." },
	{ .name = "password-min", .value = "N", .min = 8, .max = 128, .setting = true,
	  .help = "Length." },
	{ .name = "rate-limit", .value = "on|off", .words = "on|off", .setting = true,
	  .help = "Limits." },
	{ .name = "cors", .value = "ORIGIN", .setting = true, .repeated = true, .help = "Who." },
	{ .name = "json", .help = "JSON." },
	{ .name = "allow-registration", .setting = true, .help = "Open." },
	{ 0 }
};

static const struct option needy[] = {
	{ .name = "email", .value = "E", .required = true, .help = "E-mail." },
	{ 0 }
};

static struct options
fresh(void **state)
{
	return (struct options){ .arena = *state, .known = known };
}

static enum result
read_line(struct options *o, int argc, const char *const *words)
{
	char **argv = arena_new(o->arena, (size_t)(argc + 1) * sizeof(*argv));

	for (int i = 0; i < argc; i++)
		argv[i] = arena_text(o->arena, words[i]);
	return options_read(o, argc, argv);
}

#define LINE(o, ...)                                                                   \
	read_line(o, (int)COUNT(((const char *const[]){ __VA_ARGS__ })),               \
		(const char *const[]){ __VA_ARGS__ })

static void
both_spellings_of_a_value_are_understood(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "--listen", "[::1]:1", "--password-min=9", "x"), OK);
	assert_string_equal(options_text(&o, "listen"), "[::1]:1");
	assert_int_equal(options_whole(&o, "password-min"), 9);
	assert_string_equal(options_arg(&o, 0), "x");
	assert_null(options_arg(&o, 1));
}

static void
an_unknown_option_names_the_closest_one(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "--lisen", "a"), INVALID);
	assert_non_null(strstr(o.trouble, "did you mean --listen"));
	o = fresh(state);
	assert_int_equal(LINE(&o, "--zzzzzzzzzz"), INVALID);
	assert_null(strstr(o.trouble, "did you mean"));
}

static void
a_missing_value_is_refused(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "--listen"), INVALID);
	assert_non_null(strstr(o.trouble, "needs a value"));
}

static void
a_flag_takes_no_value(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "--json=yes"), INVALID);
	o = fresh(state);
	assert_int_equal(LINE(&o, "--json"), OK);
	assert_true(options_flag(&o, "json"));
	assert_false(options_flag(&o, "allow-registration"));
}

static void
after_two_dashes_nothing_is_an_option(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "--", "--json"), OK);
	assert_string_equal(options_arg(&o, 0), "--json");
	assert_false(options_flag(&o, "json"));
}

static void
the_line_beats_the_environment_and_that_the_file(void **state)
{
	struct options o = fresh(state);
	char file[] = "listen = 3:3\npassword_min = 20\n rate-limit=off # not a comment\n";
	char good[] = "# a comment\n\nlisten = 3:3\npassword_min = 20\nrate-limit=off\n";

	setenv("CHARTHOUSE_LISTEN", "2:2", 1);
	setenv("CHARTHOUSE_PASSWORD_MIN", "10", 1);
	assert_int_equal(LINE(&o, "--listen", "1:1"), OK);
	assert_int_equal(options_settle(&o), OK);
	assert_int_equal(options_lines(&o, "f", good), OK);
	assert_string_equal(options_text(&o, "listen"), "1:1");
	assert_int_equal(options_whole(&o, "password-min"), 10);
	assert_string_equal(options_text(&o, "rate-limit"), "off");
	unsetenv("CHARTHOUSE_LISTEN");
	unsetenv("CHARTHOUSE_PASSWORD_MIN");
	o = fresh(state);
	assert_int_equal(options_lines(&o, "f", file), OK);
	assert_int_equal(options_settle(&o), INVALID);
	assert_non_null(strstr(o.trouble, "must be one of on|off"));
}

static void
an_unknown_setting_in_the_file_is_refused_with_its_line(void **state)
{
	struct options o = fresh(state);
	char file[] = "\nlistn = 1\n";

	assert_int_equal(options_lines(&o, "c.conf", file), INVALID);
	assert_non_null(strstr(o.trouble, "c.conf:2"));
	assert_non_null(strstr(o.trouble, "did you mean listen"));
}

static void
a_plain_option_does_not_come_from_the_file(void **state)
{
	struct options o = fresh(state);
	char file[] = "json = on\n";

	assert_int_equal(options_lines(&o, "f", file), INVALID);
}

static void
numbers_keep_their_range(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "--password-min", "7"), OK);
	assert_int_equal(options_settle(&o), INVALID);
	o = fresh(state);
	assert_int_equal(LINE(&o, "--password-min", "8"), OK);
	assert_int_equal(options_settle(&o), OK);
	o = fresh(state);
	assert_int_equal(LINE(&o, "--password-min", "8x"), OK);
	assert_int_equal(options_settle(&o), INVALID);
}

static void
the_default_fills_in(void **state)
{
	struct options o = fresh(state);

	assert_int_equal(LINE(&o, "x"), OK);
	assert_int_equal(options_settle(&o), OK);
	assert_string_equal(options_text(&o, "listen"), "127.0.0.1:8080");
	assert_null(options_text(&o, "rate-limit"));
}

static void
what_is_required_must_be_there(void **state)
{
	struct options o = { .arena = *state, .known = needy };

	assert_int_equal(LINE(&o, "x"), OK);
	assert_int_equal(options_settle(&o), INVALID);
	assert_non_null(strstr(o.trouble, "--email E is required"));
}

static void
repeated_values_add_up(void **state)
{
	struct options o = fresh(state);
	const char *const *list;

	assert_int_equal(LINE(&o, "--cors", "https://a", "--cors", "https://b, https://c"), OK);
	list = options_list(&o, "cors");
	assert_string_equal(list[0], "https://a");
	assert_string_equal(list[1], "https://b");
	assert_string_equal(list[2], "https://c");
	assert_null(list[3]);
}

static void
addresses_are_taken_apart(void **state)
{
	struct listen_at at;

	assert_true(listen_parse("127.0.0.1:8080", &at));
	assert_true(at.loopback && at.port == 8080);
	assert_string_equal(listen_origin(*state, &at, false), "http://127.0.0.1:8080");
	assert_true(listen_parse("[::]:443", &at));
	assert_true(at.any && !at.loopback);
	assert_string_equal(listen_origin(*state, &at, true), "https://localhost");
	assert_true(listen_parse("[::1]:0", &at));
	assert_true(at.loopback);
	assert_false(listen_parse("::1:80", &at));
	assert_false(listen_parse("127.0.0.1", &at));
	assert_false(listen_parse("127.0.0.1:65536", &at));
	assert_false(listen_parse("example.org:80", &at));
}

static int
open_arena(void **state)
{
	*state = arena_open(1 << 20);
	return 0;
}

static int
close_arena(void **state)
{
	struct arena *arena = *state;

	arena_close(&arena);
	return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(both_spellings_of_a_value_are_understood),
		CASE(an_unknown_option_names_the_closest_one),
		CASE(a_missing_value_is_refused),
		CASE(a_flag_takes_no_value),
		CASE(after_two_dashes_nothing_is_an_option),
		CASE(the_line_beats_the_environment_and_that_the_file),
		CASE(an_unknown_setting_in_the_file_is_refused_with_its_line),
		CASE(a_plain_option_does_not_come_from_the_file),
		CASE(numbers_keep_their_range),
		CASE(the_default_fills_in),
		CASE(what_is_required_must_be_there),
		CASE(repeated_values_add_up),
		CASE(addresses_are_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
