/*
 * What wait.h promises: who is told, when, and how many there may be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

#include "base/moment.h"
#include "engine/wait.h"

/* last: it has a macro of the name fail */
#include <cmocka.h>

enum { EACH = 16 };

struct waiter {
	struct call call; /* first */
	atomic_int resumed;
};

static void
count(struct call *call)
{
	atomic_fetch_add(&((struct waiter *)call)->resumed, 1);
}

static struct waiter
of_client(int64_t id)
{
	struct waiter waiter = { .call = { .resume = count } };

	waiter.call.work.actor = (struct actor){ .kind = CLIENT, .id = id };
	return waiter;
}

static bool
comes_back(struct waiter *waiter, int times)
{
	for (int i = 0; i < 300 && atomic_load(&waiter->resumed) < times; i++)
		usleep(10000);
	return atomic_load(&waiter->resumed) == times;
}

static int
open_room(void **state)
{
	(void)state;
	return wait_open() == OK ? 0 : -1;
}

static int
close_room(void **state)
{
	(void)state;
	wait_close();
	return 0;
}

static void
who_waits_is_looked_at_within_a_second(void **state)
{
	struct waiter waiter = of_client(1);
	int64_t start = moment_monotonic();

	(void)state;
	assert_true(wait_enter(&waiter.call, "key", NULL));
	wait_park(&waiter.call);
	assert_true(comes_back(&waiter, 1));
	assert_true(moment_monotonic() - start < 2500000);
	usleep(1500000);
	assert_int_equal(atomic_load(&waiter.resumed), 1); /* once for each parking */
	assert_null(wait_take(&waiter.call));
	wait_leave(&waiter.call);
}

static void
an_answer_reaches_only_who_asked(void **state)
{
	struct waiter waiter = of_client(1), other = of_client(2);
	json_t *answer;

	(void)state;
	assert_true(wait_enter(&waiter.call, "key", NULL));
	wait_answer(&other.call.work.actor, "key", json_string("foreign"));
	wait_answer(&waiter.call.work.actor, "kez", json_string("of another key"));
	assert_null(wait_take(&waiter.call));
	wait_answer(&waiter.call.work.actor, "key", json_string("ours"));
	wait_answer(&waiter.call.work.actor, "key", json_string("too late"));
	answer = wait_take(&waiter.call);
	assert_string_equal(json_string_value(answer), "ours");
	json_decref(answer);
	wait_leave(&waiter.call);
	wait_answer(&waiter.call.work.actor, "key", json_string("to nobody"));
}

static void
what_came_before_the_parking_is_not_lost(void **state)
{
	struct waiter waiter = of_client(1);

	(void)state;
	assert_true(wait_enter(&waiter.call, "key", NULL));
	wait_answer(&waiter.call.work.actor, "key", json_true());
	assert_int_equal(atomic_load(&waiter.resumed), 0);
	wait_park(&waiter.call);
	assert_int_equal(atomic_load(&waiter.resumed), 1);
	wait_leave(&waiter.call); /* and gives the answer back */
}

static void
a_request_is_taken_back_by_its_name(void **state)
{
	struct waiter waiter = of_client(1), other = of_client(2);

	(void)state;
	assert_true(wait_enter(&waiter.call, "key", "session 7"));
	wait_cancel(&other.call.work.actor, "session 7");
	wait_cancel(&waiter.call.work.actor, "session 8");
	assert_false(wait_cancelled(&waiter.call));
	wait_cancel(&waiter.call.work.actor, "session 7");
	assert_true(wait_cancelled(&waiter.call));
	wait_leave(&waiter.call);
}

static void
places_are_few_for_each_and_come_free(void **state)
{
	struct waiter waiters[EACH], more = of_client(1), other = of_client(2);

	(void)state;
	for (int i = 0; i < EACH; i++) {
		waiters[i] = of_client(1);
		assert_true(wait_enter(&waiters[i].call, NULL, NULL));
	}
	assert_false(wait_enter(&more.call, NULL, NULL));
	assert_true(wait_enter(&other.call, NULL, NULL));
	assert_true(wait_enter(&waiters[0].call, "again", NULL)); /* it has one */
	wait_leave(&waiters[0].call);
	assert_true(wait_enter(&more.call, NULL, NULL));
	wait_leave(&more.call);
	wait_leave(&other.call);
	for (int i = 1; i < EACH; i++)
		wait_leave(&waiters[i].call);
}

static void
at_the_end_all_come_back_at_once(void **state)
{
	struct waiter waiter = of_client(1), late = of_client(1), never = of_client(1);

	(void)state;
	assert_true(wait_enter(&waiter.call, NULL, NULL));
	assert_true(wait_enter(&late.call, NULL, NULL));
	wait_park(&waiter.call);
	wait_end_all();
	assert_true(comes_back(&waiter, 1));
	wait_park(&late.call);
	assert_int_equal(atomic_load(&late.resumed), 1);
	assert_true(wait_ending());
	assert_false(wait_enter(&never.call, NULL, NULL));
	wait_begin_all();
	assert_false(wait_ending());
	wait_leave(&waiter.call);
	wait_leave(&late.call);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_waits_is_looked_at_within_a_second),
		cmocka_unit_test(an_answer_reaches_only_who_asked),
		cmocka_unit_test(what_came_before_the_parking_is_not_lost),
		cmocka_unit_test(a_request_is_taken_back_by_its_name),
		cmocka_unit_test(places_are_few_for_each_and_come_free),
		cmocka_unit_test(at_the_end_all_come_back_at_once),
	};

	return cmocka_run_group_tests_name("wait", tests, open_room, close_room);
}
