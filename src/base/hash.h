/* hash.h - SipHash-1-3 under a key drawn when the process starts: for tables in memory, never for anything
 * stored. */
#pragma once
#include "base/str.h"

uint64_t hash_bytes(const void *p, size_t n);

static inline uint64_t
hash_str(str s)
{
	return hash_bytes(s.p, s.n);
}
