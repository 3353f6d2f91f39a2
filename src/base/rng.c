/* rng.c - see rng.h. splitmix64 after Vigna's public-domain description. */
#include "base/rng.h"

static uint64_t
mix(uint64_t z)
{
	z += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

uint64_t
rng_at(uint64_t seed, uint64_t stream, uint64_t index)
{
	return mix(mix(mix(seed) ^ stream) ^ index);
}

uint64_t
rng_next(rng *r)
{
	return rng_at(r->seed, r->stream, r->index++);
}

uint64_t
rng_below(rng *r, uint64_t n)
{
	BUG_ON(n == 0);
	uint64_t unfair = (0 - n) % n; /* so many low products would favour some values */
	for (;;) {
		unsigned __int128 m = (unsigned __int128)rng_next(r) * n;
		if ((uint64_t)m >= unfair)
			return (uint64_t)(m >> 64);
	}
}

bool
rng_chance(rng *r, uint64_t num, uint64_t den)
{
	return rng_below(r, den) < num;
}

size_t
rng_weighted(rng *r, const uint32_t *weight, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += weight[i];
	uint64_t left = rng_below(r, sum);
	for (size_t i = 0;; i++) {
		if (left < weight[i])
			return i;
		left -= weight[i];
	}
}

uint32_t *
rng_draw(arena *a, uint64_t seed, uint64_t stream, size_t n, size_t k)
{
	BUG_ON(k > n || n > (size_t)UINT32_MAX + 1);
	uint32_t *place = arena_array(a, uint32_t, n);
	rng r = {.seed = seed, .stream = stream};

	for (size_t i = 0; i < n; i++)
		place[i] = (uint32_t)i;
	for (size_t i = 0; i < k; i++) { /* Fisher and Yates, stopped after k */
		size_t j = i + (size_t)rng_below(&r, n - i);
		uint32_t t = place[i];
		place[i] = place[j];
		place[j] = t;
	}
	return place;
}
