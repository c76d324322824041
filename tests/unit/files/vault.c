/*
 * vault - what is put comes back, sealed on the disk, and from nowhere else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "files/vault.h"

static const char words[] = "a face nobody else should see";

struct place {
	struct arena *arena;
	char dir[64];
	const char *path; /* of a stored file */
};

static int
set_up(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	if (!place)
		return -1;
	crypto_start();
	place->arena = arena_open(16 << 20);
	strcpy(place->dir, "/tmp/charthouse-vault-XXXXXX");
	*state = place;
	return mkdtemp(place->dir)
			&& !vault_put(place->arena, place->dir, "photos", words, sizeof(words), &place->path)
		? 0 : -1;
}

static int
tear_down(void **state)
{
	struct place *place = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", place->dir);
	arena_close(&place->arena);
	if (system(command))
		return -1;
	free(place);
	return 0;
}

static const char *
file_of(const struct place *place, const char *path)
{
	return arena_printf(place->arena, "%s/files/%s", place->dir, path);
}

static size_t
read_file(const char *path, char *out, size_t room)
{
	FILE *file = fopen(path, "rb");
	size_t n;

	assert_non_null(file);
	n = fread(out, 1, room, file);
	fclose(file);
	return n;
}

static void
what_is_put_comes_back(void **state)
{
	const struct place *place = *state;
	const char *bytes = NULL;
	size_t n = 0;

	assert_int_equal(vault_get(place->arena, place->dir, place->path, &bytes, &n), OK);
	assert_int_equal(n, sizeof(words));
	assert_memory_equal(bytes, words, n);
}

static void
nothing_of_it_is_to_be_read_on_the_disk(void **state)
{
	const struct place *place = *state;
	char raw[256];
	size_t n = read_file(file_of(place, place->path), raw, sizeof(raw));

	assert_int_equal(n, sizeof(words) + SEAL_SIZE);
	assert_null(memmem(raw, n, "face", 4));
}

static void
a_changed_file_does_not_open(void **state)
{
	const struct place *place = *state;
	FILE *file = fopen(file_of(place, place->path), "r+b");
	const char *bytes = NULL;
	size_t n;

	assert_non_null(file);
	fseek(file, 45, SEEK_SET);
	fputc('x', file);
	fclose(file);
	assert_int_equal(vault_get(place->arena, place->dir, place->path, &bytes, &n), MISSING);
}

static void
a_file_in_the_place_of_another_does_not_open(void **state)
{
	const struct place *place = *state;
	const char *other, *bytes = NULL;
	size_t n;

	assert_int_equal(vault_put(place->arena, place->dir, "photos", "x", 1, &other), OK);
	assert_int_equal(rename(file_of(place, place->path), file_of(place, other)), 0);
	assert_int_equal(vault_get(place->arena, place->dir, other, &bytes, &n), MISSING);
}

static void
no_path_leads_out(void **state)
{
	static const char *const bad[] = { "", "/etc/passwd", "../keys/files", "photos/../../keys/files",
		"photos//x", "." };
	const struct place *place = *state;
	const char *bytes = NULL;
	size_t n;

	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(vault_get(place->arena, place->dir, bad[i], &bytes, &n), MISSING);
		vault_drop(place->dir, bad[i]);
	}
	assert_int_equal(access(arena_printf(place->arena, "%s/keys/files", place->dir), F_OK), 0);
}

static void
what_is_dropped_is_gone(void **state)
{
	const struct place *place = *state;
	const char *bytes = NULL;
	size_t n;

	vault_drop(place->dir, place->path);
	assert_int_not_equal(access(file_of(place, place->path), F_OK), 0);
	assert_int_equal(vault_get(place->arena, place->dir, place->path, &bytes, &n), MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_put_comes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_of_it_is_to_be_read_on_the_disk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_changed_file_does_not_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_in_the_place_of_another_does_not_open, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(no_path_leads_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_dropped_is_gone, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
