/* organisation_test.c - intervals of divisions; the commands are tested in account_test.c, where somebody can
 * hold a post. */
#include "app/organisation/organisation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void
a_code_spans_what_lies_below_it(void **state)
{
	static const struct {
		int64_t code, lo, hi;
	} cases[] = {
		{0, 100000000000, 1000000000000},           {420000000000, 420000000000, 430000000000},
		{420100000000, 420100000000, 420200000000}, {420102000000, 420102000000, 420103000000},
		{420102003000, 420102003000, 420102004000}, {420102003005, 420102003005, 420102003006},
		{441900000000, 441900000000, 442000000000}, /* Dongguan: a city without counties */
	};

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		interval v = division_interval(cases[i].code);
		assert_int_equal(v.lo, cases[i].lo);
		assert_int_equal(v.hi, cases[i].hi);
	}
}

static void
covering_is_by_one_interval(void **state)
{
	static const interval v[] = {{10, 20}, {20, 30}, {40, 50}};
	const scope s = {v, 3};

	(void)state;
	assert_true(scope_covers(&s, (interval){10, 20}));
	assert_true(scope_covers(&s, (interval){42, 43}));
	assert_false(scope_covers(&s, (interval){9, 11}));
	assert_false(scope_covers(&s, (interval){45, 51}));
	assert_false(scope_covers(&s, (interval){15, 15}));
	assert_false(scope_covers(&s, (interval){16, 15}));
	assert_false(scope_covers(&(scope){0}, (interval){10, 20}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_spans_what_lies_below_it),
		cmocka_unit_test(covering_is_by_one_interval),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
