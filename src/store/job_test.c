/* job_test.c - jobs go on where they stood, begin again, and wait for a person when they keep failing. */
#include "store/job.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/date.h"
#include "store/fixture.h"

#include <cmocka.h>

typedef struct ctx {
	int slices, fail_at, daily, often;
} ctx;

static rc
count_to_five(tx *t, void *p, job *j)
{
	ctx *c = p;

	c->slices++;
	if (c->slices == c->fail_at)
		return FAIL(tx_fault(t), RC_INVALID, "test.refused");
	j->total = 5;
	j->done++;
	j->position = str_fmt(tx_arena(t), "%lld", (long long)j->done);
	j->finished = j->done == 5;
	return RC_OK;
}

static rc
always_fails(tx *t, void *p, job *j)
{
	(void)p;
	(void)j;
	return FAIL(tx_fault(t), RC_INVALID, "test.refused");
}

static rc
each_day(tx *t, void *p, job *j)
{
	(void)t;
	((ctx *)p)->daily++;
	j->finished = true;
	return RC_OK;
}

static rc
each_ten_minutes(tx *t, void *p, job *j)
{
	(void)t;
	((ctx *)p)->often++;
	j->finished = true;
	return RC_OK;
}

static const job_kind kinds[] = {
	{.kind = "test.count", .slice = count_to_five},
	{.kind = "test.fail", .slice = always_fails},
	{.kind = "test.daily", .slice = each_day, .every_min = 1440, .at_min = 120},
	{.kind = "test.often", .slice = each_ten_minutes, .every_min = 10},
	{0},
};

static rc
add(tx *t, const void *in, void *out)
{
	(void)out;
	return job_add(t, *(const str *)in, STR(""), tx_now(t));
}

static void
begin(fixture *x, str kind)
{
	store_command c = {.fn = add, .in = &kind, .a = x->a, .now = x->now};

	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
}

static job_state
newest(fixture *x, const char *kind)
{
	arena *a = arena_open(x->a, 0);
	db *d = NULL;
	job_states all;

	assert_int_equal(store_read(x->s, a, &x->f, &d), RC_OK);
	assert_int_equal(job_states_read(d, x->a, &x->f, 100, &all), RC_OK);
	arena_close(a);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].kind, str_of(kind)))
			return all.v[i];
	fail_msg("no job %s", kind);
	return (job_state){0};
}

static void
run(fixture *x, ctx *c, int64_t now)
{
	assert_int_equal(job_run_due(x->s, &x->f, (job_set[]){{kinds, c}, {0}}, now, NULL), RC_OK);
}

static void
goes_on_where_it_stood(fixture *x)
{
	ctx c = {.fail_at = 3};

	begin(x, STR("test.count"));
	run(x, &c, x->now);
	job_state j = newest(x, "test.count");
	assert_true(str_eq(j.state, STR("open")));
	assert_int_equal(j.done, 2);
	assert_int_equal(j.tries, 1);
	assert_true(str_starts(j.fault, STR("test.refused")));
	run(x, &c, x->now + 59000);
	assert_int_equal(c.slices, 3);
	run(x, &c, x->now + 60000);
	j = newest(x, "test.count");
	assert_true(str_eq(j.state, STR("done")));
	assert_int_equal(j.done, 5);
	assert_int_equal(c.slices, 6);
}

static void
waits_for_a_person_at_last(fixture *x)
{
	ctx c = {0};
	int64_t now = x->now;

	begin(x, STR("test.fail"));
	for (int i = 0; i < 10; i++, now += 3600000)
		run(x, &c, now);
	assert_true(str_eq(newest(x, "test.fail").state, STR("failed")));
	assert_int_equal(newest(x, "test.fail").tries, 4);
}

static void
begins_again_each_day(fixture *x)
{
	ctx c = {0};
	int64_t now = date_start_instant(date_from_ymd(2026, 11, 2));

	for (int i = 0; i < 24 * 10; i++, now += 3600000)
		run(x, &c, now);
	assert_int_equal(c.daily, 10);
	assert_int_equal(newest(x, "test.daily").due,
			 date_start_instant(date_from_ymd(2026, 11, 12)) + 120 * (int64_t)60000);
}

/* Of a job that comes often none is made up for; of a daily one each day is. */
static void
what_comes_often_is_not_made_up_for(fixture *x)
{
	ctx c = {0};
	int64_t minute = 60000, day = date_start_instant(date_from_ymd(2026, 11, 2));

	run(x, &c, day + 3 * minute);
	assert_int_equal(c.often, 0);
	run(x, &c, day + 10 * minute); /* not first at the next midnight */
	assert_int_equal(c.often, 1);
	run(x, &c, day + 3 * 1440 * minute + 5 * minute);
	assert_int_equal(c.often, 2);
	assert_int_equal(c.daily, 3);
	assert_int_equal(newest(x, "test.often").due, day + 3 * 1440 * minute + 10 * minute);
}

BOTH(goes_on_where_it_stood)
BOTH(waits_for_a_person_at_last)
BOTH(begins_again_each_day)
BOTH(what_comes_often_is_not_made_up_for)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(goes_on_where_it_stood),
		BOTH_TESTS(waits_for_a_person_at_last),
		BOTH_TESTS(begins_again_each_day),
		BOTH_TESTS(what_comes_often_is_not_made_up_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
