/*
 * jwt - only our own tokens count, and browsers can read them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "personal/jwt.h"

static const uint8_t key[HASH_SIZE] = "one key";
static const uint8_t other_key[HASH_SIZE] = "another key";
static const struct claims claims = {
	.sub = "ann", .role = "user", .user_id = 7, .full_name = "Ann", .exp = 2000000000,
	.iat = 1900000000, .jti = "abc",
};
static struct arena *arena;

static int
start(void **state)
{
	(void)state;
	crypto_start();
	arena = arena_open(1 << 20);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void
own_tokens_come_back_whole(void **state)
{
	struct claims out;

	(void)state;
	assert_int_equal(jwt_read(arena, key, jwt_make(arena, key, &claims), &out), JWT_GOOD);
	assert_string_equal(out.sub, "ann");
	assert_string_equal(out.role, "user");
	assert_int_equal(out.user_id, 7);
	assert_string_equal(out.full_name, "Ann");
	assert_int_equal(out.exp, 2000000000);
	assert_string_equal(out.jti, "abc");
}

/* Every character that may stand in a name, at every offset. */
static void
plain_base64_decodes_every_payload(void **state)
{
	struct claims odd = claims;

	(void)state;
	for (int c = 1; c < 0x180; c++)
		for (int shift = 0; shift < 3; shift++) {
			char name[16] = "xxx";
			size_t n = (size_t)shift;
			struct claims out;
			const char *token, *dot;

			if (c < 0x80) {
				name[n++] = (char)c;
			} else {
				name[n++] = (char)(0xc0 | c >> 6);
				name[n++] = (char)(0x80 | (c & 0x3f));
			}
			name[n] = 0;
			odd.full_name = name;
			token = jwt_make(arena, key, &odd);
			dot = strchr(token, '.') + 1;
			assert_true(strcspn(dot, "-_") >= strcspn(dot, "."));
			assert_int_equal(jwt_read(arena, key, token, &out), JWT_GOOD);
			assert_string_equal(out.full_name, name);
			arena_reset(arena);
		}
}

static void
characters_beyond_the_plane_survive(void **state)
{
	struct claims odd = claims, out;

	(void)state;
	odd.full_name = "\xf0\x9f\xa9\xba \xe2\x82\xac";
	assert_int_equal(jwt_read(arena, key, jwt_make(arena, key, &odd), &out), JWT_GOOD);
	assert_string_equal(out.full_name, odd.full_name);
}

static void
another_key_is_refused(void **state)
{
	struct claims out;

	(void)state;
	assert_int_equal(jwt_read(arena, key, jwt_make(arena, other_key, &claims), &out), JWT_BAD);
}

static void
every_changed_letter_is_refused(void **state)
{
	const char *token = jwt_make(arena, key, &claims);

	(void)state;
	for (size_t i = 0; i + 1 < strlen(token); i++) {
		char *changed = arena_text(arena, token);
		struct claims out;

		if (changed[i] == '.')
			continue;
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		assert_int_equal(jwt_read(arena, key, changed, &out), JWT_BAD);
	}
}

static void
no_algorithm_is_no_way_in(void **state)
{
	/* {"alg":"none","typ":"JWT"} */
	static const char none[] = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
	const char *good = jwt_make(arena, key, &claims);
	const char *payload = strchr(good, '.');
	struct claims out;

	(void)state;
	assert_int_equal(jwt_read(arena, key, arena_printf(arena, "%s%s", none, payload), &out),
		JWT_BAD);
	assert_int_equal(jwt_read(arena, key, arena_printf(arena, "%s%.*s.", none,
		(int)strcspn(payload + 1, ".") + 1, payload), &out), JWT_BAD);
}

static void
other_shapes_are_told_apart(void **state)
{
	struct claims out;

	(void)state;
	assert_int_equal(jwt_read(arena, key, "", &out), JWT_SHAPELESS);
	assert_int_equal(jwt_read(arena, key, "a.b", &out), JWT_SHAPELESS);
	assert_int_equal(jwt_read(arena, key, "a.b.c.d", &out), JWT_SHAPELESS);
	assert_int_equal(jwt_read(arena, key, "a.b.c", &out), JWT_BAD);
	assert_int_equal(jwt_read(arena, key, "..", &out), JWT_BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_tokens_come_back_whole),
		cmocka_unit_test(plain_base64_decodes_every_payload),
		cmocka_unit_test(characters_beyond_the_plane_survive),
		cmocka_unit_test(another_key_is_refused),
		cmocka_unit_test(every_changed_letter_is_refused),
		cmocka_unit_test(no_algorithm_is_no_way_in),
		cmocka_unit_test(other_shapes_are_told_apart),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
