/* scope.h - a jurisdiction: a short sorted list of half-open intervals of 12-digit division codes. */
#pragma once
#include "base/base.h"

typedef struct interval {
	int64_t lo, hi; /* province 44 is [440000000000, 450000000000) */
} interval;

typedef struct scope {
	const interval *v;
	size_t n;
} scope;

static inline bool
scope_has(const scope *s, int64_t region)
{
	for (size_t i = 0; i < s->n; i++)
		if (region >= s->v[i].lo && region < s->v[i].hi)
			return true;
	return false;
}
