/* rng.h - repeatable randomness for demo people, samples and drawn lots: every value is a pure function of
 * (seed, stream, index), so parts can be made in any order and in parallel, and anyone who is shown the seed
 * can redo a draw.
 *
 * Never for secrets: those come from the crypto module. The functions are fixed: a change here changes every
 * demo site and every drawn sample, and rng_test.c holds their values. */
#pragma once
#include "base/arena.h"

/* The value at one place: three rounds of splitmix64's finaliser over the three numbers. */
uint64_t rng_at(uint64_t seed, uint64_t stream, uint64_t index);

/* The same values one after another. */
typedef struct rng {
	uint64_t seed, stream, index;
} rng;

uint64_t rng_next(rng *r);

/* 0 … n - 1, each equally likely (Lemire's multiplication with rejection); n above 0. */
uint64_t rng_below(rng *r, uint64_t n);
/* True `num` times in `den`. */
bool rng_chance(rng *r, uint64_t num, uint64_t den);
/* Which of `n` weights: i with probability weight[i] / sum. The sum is above 0. */
size_t rng_weighted(rng *r, const uint32_t *weight, size_t n);

/* `k` different places of 0 … n - 1 in the order drawn; k ≤ n ≤ 2^32. The draw of (seed, stream, n) with a
 * smaller k is the beginning of the one with a larger. */
uint32_t *rng_draw(arena *a, uint64_t seed, uint64_t stream, size_t n, size_t k);
