/*
 * crypto - known answers, honest comparisons, and keys that stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bcrypt.h"
#include "base/crypto.h"
#include "base/moment.h"

static struct arena *arena;

static int
start(void **state)
{
	(void)state;
	crypto_start();
	arena = arena_open(1024 * 1024);
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
sha256_gives_the_known_answer(void **state)
{
	char hex[HASH_HEX];

	(void)state;
	hash_hex("abc", 3, hex); /* FIPS 180-2, B.1 */
	assert_string_equal(hex,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
hmac_gives_the_known_answer(void **state)
{
	uint8_t key[HASH_SIZE] = "Jefe"; /* RFC 4231, 4.3: zeros do not count */
	uint8_t mac[HASH_SIZE];
	char hex[HASH_HEX];

	(void)state;
	hash_hmac(key, "what do ya want for nothing?", 28, mac);
	to_hex(mac, sizeof(mac), hex);
	assert_string_equal(hex,
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void
comparisons_see_every_byte(void **state)
{
	(void)state;
	assert_true(same_bytes("abc", "abc", 3));
	assert_false(same_bytes("abc", "abd", 3));
	assert_true(same_text("token", "token"));
	assert_true(same_text("", ""));
	assert_false(same_text("token", "tokem"));
	assert_false(same_text("token", "toke"));
	assert_false(same_text("", "a"));
	assert_false(same_text("xoken", "token"));
}

static void
base64url_survives_the_round_trip(void **state)
{
	uint8_t bytes[64];

	(void)state;
	random_bytes(bytes, sizeof(bytes));
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		const char *text = to_base64url(arena, bytes, n);
		const uint8_t *back;
		size_t back_n = 99;

		assert_int_equal(strlen(text), (n * 4 + 2) / 3);
		assert_null(strpbrk(text, "+/="));
		back = from_base64url(arena, text, strlen(text), &back_n);
		assert_non_null(back);
		assert_int_equal(back_n, n);
		assert_int_equal(memcmp(back, bytes, n), 0);
	}
}

static void
base64_refuses_what_is_none(void **state)
{
	static const char *const bad[]
		= { "A", "AB==", "A+/B", "A B", "AAA=", "\xFF\xFF", "AB" };
	const uint8_t *bytes;
	size_t n;

	(void)state;
	/* "AB" has bits left over: two texts would decode to the same byte. */
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_null(from_base64url(arena, bad[i], strlen(bad[i]), &n));
	bytes = from_base64(arena, "dXNlcjpwYXNz", 12, &n);
	assert_non_null(bytes);
	assert_int_equal(n, 9);
	assert_memory_equal(bytes, "user:pass", 9);
	assert_non_null(from_base64(arena, "YQ==", 4, &n));
	assert_int_equal(n, 1);
	assert_null(from_base64(arena, "YQ", 2, &n));
	assert_null(from_base64(arena, "YQ==\n", 5, &n));
}

static void
tokens_differ(void **state)
{
	const char *one = random_token(arena, 32);
	const char *other = random_token(arena, 32);

	(void)state;
	assert_int_equal(strlen(one), 43);
	assert_string_not_equal(one, other);
	for (int i = 0; i < 100; i++)
		assert_true(random_below(7) < 7);
}

static void
a_password_verifies_only_itself(void **state)
{
	char hash[PASSWORD_HASH_SIZE];

	(void)state;
	assert_int_equal(password_hash("correct horse", hash), OK);
	assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_true(password_verify(hash, "correct horse"));
	assert_false(password_verify(hash, "correct horsf"));
	assert_false(password_verify(hash, ""));
}

/* What this thread has worked, whatever else the machine does. */
static int64_t
worked(void)
{
	struct timespec spent;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
	return spent.tv_sec * INT64_C(1000000) + spent.tv_nsec / 1000;
}

static int64_t
time_of(const char *hash, const char *password)
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < 3; i++) {
		int64_t begin = worked(), spent;

		assert_false(password_verify(hash, password));
		spent = worked() - begin;
		if (spent < best)
			best = spent;
	}
	return best;
}

static void
nobody_takes_as_long_as_somebody(void **state)
{
	static const char *const nobody[]
		= { NULL, "!", "", "$2b$12$abcdefghijklmnopqrstuv" };
	char hash[PASSWORD_HASH_SIZE];
	int64_t usual;

	(void)state;
	assert_int_equal(password_hash("somebody", hash), OK);
	usual = time_of(hash, "wrong");
	for (size_t i = 0; i < COUNT(nobody); i++)
		assert_true(time_of(nobody[i], "wrong") > usual / 2);
}

static void
common_passwords_are_known_in_any_case(void **state)
{
	/* Some of each part of the list: a search in a list out of order would
	 * miss them. */
	static const char *const common[] = { "password", "Password1234",
		"QWERTYUIOP12", "123456789012", "1q2w3e4r5t6y", "000000000000",
		"iloveyou", "changeme", "correct horse battery staple",
		"correct-horse-battery-staple", "correcthorsebatterystaple",
		"p@ssw0rd1234", "pa$$word", "zxcvbnm,./", "zxcvzxcv", "zxcvbnm1",
		"zaq12wsx", "01234567", "asdfghjkl;'", "qwertyuiop[]", "Charthouse123",
		"summer2025", "letmeinletmein", "password-password",
		"password.password", "password!", "password@123" };
	static const char *const fine[] = { "", "p", "passwor", "password12345678901",
		"tr0ub4dor&3 and more", "zzzzzzzzzzzzzz" };

	(void)state;
	for (size_t i = 0; i < COUNT(common); i++)
		assert_true(password_common(common[i]));
	for (size_t i = 0; i < COUNT(fine); i++)
		assert_false(password_common(fine[i]));
}

static void
write_file(const char *path, size_t n)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (size_t i = 0; i < n; i++)
		assert_true(fputc('k', file) == 'k');
	assert_int_equal(fclose(file), 0);
}

static void
a_key_is_made_once_and_only_for_us(void **state)
{
	char dir[] = "/tmp/unit-base-crypto-XXXXXX";
	uint8_t one[HASH_SIZE];
	uint8_t again[HASH_SIZE];
	const char *folder;
	const char *path;
	struct stat info;

	(void)state;
	assert_non_null(mkdtemp(dir));
	folder = arena_printf(arena, "%s/keys", dir);
	path = arena_printf(arena, "%s/keys/jwt", dir);
	assert_int_equal(key_load(dir, "jwt", one), OK);
	assert_int_equal(key_load(dir, "jwt", again), OK);
	assert_memory_equal(one, again, HASH_SIZE);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(info.st_size, HASH_SIZE);
	assert_int_equal(stat(folder, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	assert_int_equal(key_load(dir, "other", again), OK);
	assert_memory_not_equal(one, again, HASH_SIZE);

	write_file(path, HASH_SIZE - 1);
	assert_int_equal(key_load(dir, "jwt", again), FAULT);
	write_file(path, HASH_SIZE + 1);
	assert_int_equal(key_load(dir, "jwt", again), FAULT);
	unlink(path);
	unlink(arena_printf(arena, "%s/keys/other", dir));
	/* Nothing half-made is left beside the keys. */
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(rmdir(dir), 0);
	assert_int_equal(key_load(dir, "jwt", again), FAULT);
}

/* Made by others: passlib ($2b$), PHP ($2y$), an old one ($2a$). */
static void
hashes_of_bcrypt_are_understood(void **state)
{
	static const char *const hashes[] = {
		"$2b$04$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeARi",
		"$2a$04$cxv9noyGf2/ZlBsl9p4Pxu5BMLg1qH9gAonI44moQchHo9BAQD2Ji",
		"$2y$04$NVeoHFqtEFstNf.0HK/wjejqRfIkiNRbAj8VzkkJQqvLkOYFQ3u8W",
	};
	static const char *const names[] = { "anna", "carl", "drlee" };
	char word[64];

	(void)state;
	for (size_t i = 0; i < COUNT(hashes); i++) {
		(void)snprintf(word, sizeof(word), "%s had this word", names[i]);
		assert_true(password_verify(hashes[i], word));
		word[0]++;
		assert_false(password_verify(hashes[i], word));
		assert_false(password_verify(hashes[i], ""));
	}
}

static void
what_only_looks_like_bcrypt_is_refused(void **state)
{
	static const char *const not[] = {
		"", "!", "*0", "$2b$", "$1$abcdefgh$0123456789abcdefghijkl",
		/* would take days */
		"$2b$31$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeARi",
		"$2b$15$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeARi",
		"$2b$03$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeARi",
		"$2x$04$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeARi",
		"$2b$04$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeAR!",
		"$2b$04$y00p15kPIi4K48iv6GbnsO2eJglUbySS33d1ptxIfcDVaASZIeAR",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(not); i++) {
		assert_false(bcrypt_is(not[i]));
		assert_false(bcrypt_verify(not[i], "anna had this word"));
		assert_false(password_verify(not[i], "anna had this word"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_gives_the_known_answer),
		cmocka_unit_test(hmac_gives_the_known_answer),
		cmocka_unit_test(comparisons_see_every_byte),
		cmocka_unit_test(base64url_survives_the_round_trip),
		cmocka_unit_test(base64_refuses_what_is_none),
		cmocka_unit_test(tokens_differ),
		cmocka_unit_test(a_password_verifies_only_itself),
		cmocka_unit_test(hashes_of_bcrypt_are_understood),
		cmocka_unit_test(what_only_looks_like_bcrypt_is_refused),
		cmocka_unit_test(nobody_takes_as_long_as_somebody),
		cmocka_unit_test(common_passwords_are_known_in_any_case),
		cmocka_unit_test(a_key_is_made_once_and_only_for_us),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
