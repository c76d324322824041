/*
 * arena - what a unit of work may rely on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

enum { CAP = 4 * 1024 * 1024 };

static void
what_is_new_is_zero_even_after_a_reset(void **state)
{
	struct arena *arena = arena_open(CAP);

	(void)state;
	for (int round = 0; round < 3; round++) {
		unsigned char *bytes = arena_new(arena, 5000);

		for (size_t i = 0; i < 5000; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes, 0xA5, 5000);
		arena_reset(arena);
	}
	arena_close(&arena);
	assert_null(arena);
}

static void
every_piece_is_aligned_and_apart(void **state)
{
	struct arena *arena = arena_open(CAP);
	unsigned char *before = NULL;

	(void)state;
	for (size_t size = 0; size < 200; size++) {
		unsigned char *piece = arena_new(arena, size);

		assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
		assert_ptr_not_equal(piece, before);
		memset(piece, (int)size, size);
		if (size > 1)
			assert_int_equal(before[size - 2], size - 1);
		before = piece;
	}
	arena_close(&arena);
}

static void
reset_gives_everything_back(void **state)
{
	struct arena *arena = arena_open(CAP);
	void *first = arena_new(arena, 100);

	(void)state;
	for (int i = 0; i < 30; i++)
		arena_new(arena, 100000);
	assert_true(arena_used(arena) >= 3000100);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	/* The first chunk was kept. */
	assert_ptr_equal(arena_new(arena, 100), first);
	for (int i = 0; i < 30; i++)
		arena_new(arena, 100000);
	arena_close(&arena);
}

static void
a_piece_larger_than_any_chunk_fits(void **state)
{
	struct arena *arena = arena_open(CAP);
	char *large = arena_new(arena, 3 * 1024 * 1024);

	(void)state;
	large[3 * 1024 * 1024 - 1] = 1;
	assert_string_equal(arena_text(arena, "still here"), "still here");
	arena_close(&arena);
}

static void
close_takes_null(void **state)
{
	struct arena *none = NULL;

	(void)state;
	arena_close(&none);
	arena_close(NULL);
}

static void
copies_end_with_a_nul(void **state)
{
	struct arena *arena = arena_open(CAP);
	char *copy = arena_copy(arena, "abcdef", 3);

	(void)state;
	assert_string_equal(copy, "abc");
	assert_string_equal(arena_copy(arena, NULL, 0), "");
	assert_null(arena_text(arena, NULL));
	arena_close(&arena);
}

static void
printf_writes_short_and_long(void **state)
{
	struct arena *arena = arena_open(CAP);
	char *text = arena_printf(arena, "%d-%s", 7, "x");

	(void)state;
	assert_string_equal(text, "7-x");
	for (int width = 250; width < 262; width++) {
		text = arena_printf(arena, "%*d", width, 1);
		assert_int_equal(strlen(text), width);
		assert_int_equal(text[width - 1], '1');
	}
	arena_close(&arena);
}

/* The signal that ends a child which takes size bytes of an arena of 1000. */
static int
signal_of(size_t size)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct arena *arena = arena_open(1000);

		/* cmocka would turn the signal into a failed test. */
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		arena_new(arena, size);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
beyond_the_cap_the_process_aborts(void **state)
{
	(void)state;
	assert_int_equal(signal_of(1000), 0);
	assert_int_equal(signal_of(1001), SIGABRT);
	assert_int_equal(signal_of(SIZE_MAX), SIGABRT);
}

static void
a_ration_is_spent_before_the_cap(void **state)
{
	struct arena *arena = arena_open(CAP);

	(void)state;
	arena_new(arena, CAP / 2);
	assert_false(arena_spent(arena)); /* none given */
	arena_ration(arena, CAP / 2);
	assert_false(arena_spent(arena));
	arena_new(arena, 1);
	assert_true(arena_spent(arena));
	arena_new(arena, CAP / 4);
	arena_reset(arena);
	assert_false(arena_spent(arena));
	arena_new(arena, CAP / 2 + 1);
	assert_true(arena_spent(arena)); /* the ration stays */
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_new_is_zero_even_after_a_reset),
		cmocka_unit_test(every_piece_is_aligned_and_apart),
		cmocka_unit_test(reset_gives_everything_back),
		cmocka_unit_test(a_piece_larger_than_any_chunk_fits),
		cmocka_unit_test(close_takes_null),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(printf_writes_short_and_long),
		cmocka_unit_test(beyond_the_cap_the_process_aborts),
		cmocka_unit_test(a_ration_is_spent_before_the_cap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
