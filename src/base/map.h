/* map.h - texts to pointers: an open-addressing hash table in an arena, keyed SipHash so that input cannot
 * pile up. */
#pragma once
#include "base/str.h"

typedef struct map {
	arena *a;
	struct map_slot *slot;
	size_t n, cap;
} map;

/* The key is kept as it stands, not copied: it must live as long as the map. */
typedef struct map_slot {
	str key;
	void *value;
	uint64_t hash;
} map_slot;

map map_in(arena *a);

/* The value under the key, or NULL. */
void *map_get(const map *m, str key);

/* Sets it; a NULL value is a bug (map_get could not tell it from nothing). */
void map_set(map *m, str key, void *value);

/* Every entry, in no useful order: for (size_t i = 0; map_each(&m, &i, &key, &value);) */
bool map_each(const map *m, size_t *i, str *key, void **value);
