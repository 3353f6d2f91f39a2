/* vec.h - a growing array of any type in an arena.
 *
 *   VEC(person) people = {0};
 *   *vec_add(a, &people) = p;                 people.v[i], people.n
 */
#pragma once
#include "base/arena.h"

#define VEC(T)                                                                                               \
	struct {                                                                                             \
		T *v;                                                                                        \
		size_t n, cap;                                                                               \
	}

/* A new zeroed place at the end; the pointer is good until the next add. */
#define vec_add(a, x)                                                                                        \
	((x)->n == (x)->cap ? ((x)->v = vec_grow_((a), (x)->v, &(x)->cap, sizeof *(x)->v)) : (x)->v,         \
	 &(x)->v[(x)->n++])

static inline void *
vec_grow_(arena *a, void *v, size_t *cap, size_t size)
{
	size_t n = *cap ? *cap * 2 : 8, old = *cap;

	*cap = n;
	return arena_grow(a, v, old * size, arena_mul(n, size));
}
