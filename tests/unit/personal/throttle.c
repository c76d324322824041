/*
 * throttle - bursts pass, floods wait, and failures cost more each time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/crypto.h"
#include "personal/throttle.h"

static const int64_t second = INT64_C(1000000);
static const int64_t start_of_time = INT64_C(1000000000);
static const struct rate ten = { .what = "test", .per_second = 1, .burst = 10 };
static const struct rate other = { .what = "other", .per_second = 1, .burst = 10 };
static const struct patience patience = { .what = "test", .spare = 3 };

static int
forget(void **state)
{
	(void)state;
	crypto_start();
	throttle_reset();
	return 0;
}

static void
a_burst_passes_and_the_next_waits(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++)
		assert_int_equal(throttle_take(&ten, "a", start_of_time, NULL), 0);
	assert_int_equal(throttle_take(&ten, "a", start_of_time, NULL), 1);
}

static void
time_fills_the_bucket_up_to_its_brim(void **state)
{
	int left;

	(void)state;
	for (int i = 0; i < 11; i++)
		(void)throttle_take(&ten, "a", start_of_time, NULL);
	assert_int_equal(throttle_take(&ten, "a", start_of_time + 2 * second, &left), 0);
	assert_int_equal(left, 1);
	assert_int_equal(throttle_take(&ten, "a", start_of_time + 900 * second, &left), 0);
	assert_int_equal(left, 9);
}

static void
keys_and_limits_do_not_mix(void **state)
{
	(void)state;
	for (int i = 0; i < 11; i++)
		(void)throttle_take(&ten, "a", start_of_time, NULL);
	assert_int_equal(throttle_take(&ten, "b", start_of_time, NULL), 0);
	assert_int_equal(throttle_take(&other, "a", start_of_time, NULL), 0);
	for (int i = 0; i < 11; i++)
		(void)throttle_take_id(&ten, 1, start_of_time);
	assert_int_equal(throttle_take_id(&ten, 1, start_of_time), 1);
	assert_int_equal(throttle_take_id(&ten, 2, start_of_time), 0);
}

static void
failures_wait_longer_each_time(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		throttle_fail(&patience, "a", start_of_time);
	assert_int_equal(throttle_wait(&patience, "a", start_of_time), 0);
	for (int wait = 1; wait <= 512; wait *= 2) {
		throttle_fail(&patience, "a", start_of_time);
		assert_int_equal(throttle_wait(&patience, "a", start_of_time), wait);
	}
	throttle_fail(&patience, "a", start_of_time);
	assert_int_equal(throttle_wait(&patience, "a", start_of_time), 900);
	assert_int_equal(throttle_wait(&patience, "a", start_of_time + 901 * second), 0);
	assert_int_equal(throttle_wait(&patience, "b", start_of_time), 0);
}

static void
success_and_an_hour_forgive(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		throttle_fail(&patience, "a", start_of_time);
	throttle_forgive(&patience, "a");
	assert_int_equal(throttle_wait(&patience, "a", start_of_time), 0);
	for (int i = 0; i < 9; i++)
		throttle_fail(&patience, "a", start_of_time);
	throttle_fail(&patience, "a", start_of_time + 3601 * second);
	assert_int_equal(throttle_wait(&patience, "a", start_of_time + 3601 * second), 0);
}

static void
a_flood_of_keys_is_survived(void **state)
{
	(void)state;
	for (int i = 0; i < 100000; i++) {
		char key[16];

		snprintf(key, sizeof(key), "%d", i);
		assert_int_equal(throttle_take(&ten, key, start_of_time + i, NULL), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_burst_passes_and_the_next_waits, forget),
		cmocka_unit_test_setup(time_fills_the_bucket_up_to_its_brim, forget),
		cmocka_unit_test_setup(keys_and_limits_do_not_mix, forget),
		cmocka_unit_test_setup(failures_wait_longer_each_time, forget),
		cmocka_unit_test_setup(success_and_an_hour_forgive, forget),
		cmocka_unit_test_setup(a_flood_of_keys_is_survived, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
