/* rng_test.c - the values are fixed for ever, evenly spread, and a shown draw can be redone. */
#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
values_are_fixed(void **state)
{
	rng r = {.seed = 2026, .stream = 1};

	(void)state;
	assert_true(rng_at(0, 0, 0) == UINT64_C(0x238275bc38fcbe91));
	assert_true(rng_at(2026, 1, 0) == UINT64_C(0xf3d4cf3322eb3fb0));
	assert_true(rng_at(2026, 1, 1) == UINT64_C(0x434a05dbc7f3dc24));
	assert_true(rng_next(&r) == rng_at(2026, 1, 0));
	assert_true(rng_next(&r) == rng_at(2026, 1, 1));
	assert_true(rng_at(2026, 1, 0) != rng_at(2026, 0, 1));
	assert_true(rng_at(1, 2026, 0) != rng_at(2026, 1, 0));
}

static void
below_is_even(void **state)
{
	enum { SIDES = 7, THROWS = 70000 };
	rng r = {.seed = 42};
	int seen[SIDES] = {0}, hits = 0, third = 0;
	const uint32_t weight[] = {0, 1, 0, 3};

	(void)state;
	for (int i = 0; i < THROWS; i++) {
		seen[rng_below(&r, SIDES)]++;
		hits += rng_chance(&r, 1, 4);
		size_t w = rng_weighted(&r, weight, LEN(weight));
		assert_true(w == 1 || w == 3);
		third += w == 3;
	}
	for (int i = 0; i < SIDES; i++) /* 10,000 expected, standard deviation 93 */
		assert_in_range(seen[i], 9500, 10500);
	assert_in_range(hits, 17000, 18000);
	assert_in_range(third, 52000, 53000);
	assert_int_equal(rng_below(&r, 1), 0);
}

static void
draw_is_fair_and_repeatable(void **state)
{
	enum { N = 20, K = 5, DRAWS = 8000 };
	arena *a = arena_open(NULL, 0);
	int seen[N] = {0};

	(void)state;
	for (uint64_t seed = 0; seed < DRAWS; seed++) {
		uint32_t *p = rng_draw(a, seed, 9, N, K);
		unsigned once = 0;
		for (size_t i = 0; i < K; i++) {
			assert_true(p[i] < N && !(once >> p[i] & 1));
			once |= 1U << p[i];
			seen[p[i]]++;
		}
	}
	for (int i = 0; i < N; i++) /* 2,000 expected, standard deviation 39 */
		assert_in_range(seen[i], 1800, 2200);
	uint32_t *few = rng_draw(a, 77, 9, 1000, 10), *many = rng_draw(a, 77, 9, 1000, 1000);
	assert_memory_equal(few, many, 10 * sizeof *few);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_fixed),
		cmocka_unit_test(below_is_even),
		cmocka_unit_test(draw_is_fair_and_repeatable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
