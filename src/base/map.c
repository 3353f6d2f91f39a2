/* map.c - see map.h. */
#include "base/map.h"

#include "base/hash.h"

map
map_in(arena *a)
{
	return (map){.a = a};
}

static map_slot *
map_find(const map *m, str key, uint64_t h)
{
	for (size_t i = h & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
		map_slot *s = &m->slot[i];
		if (!s->value || (s->hash == h && str_eq(s->key, key)))
			return s;
	}
}

void *
map_get(const map *m, str key)
{
	return m->cap ? map_find(m, key, hash_str(key))->value : NULL;
}

static void
map_double(map *m)
{
	map old = *m;

	m->cap = old.cap ? old.cap * 2 : 16;
	m->slot = arena_array(m->a, map_slot, m->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slot[i].value)
			*map_find(m, old.slot[i].key, old.slot[i].hash) = old.slot[i];
}

void
map_set(map *m, str key, void *value)
{
	uint64_t h = hash_str(key);

	BUG_ON(!value);
	if (m->n * 4 >= m->cap * 3)
		map_double(m);
	map_slot *s = map_find(m, key, h);
	if (!s->value)
		m->n++;
	*s = (map_slot){.key = key, .value = value, .hash = h};
}

bool
map_each(const map *m, size_t *i, str *key, void **value)
{
	while (*i < m->cap) {
		const map_slot *s = &m->slot[(*i)++];
		if (s->value) {
			*key = s->key;
			*value = s->value;
			return true;
		}
	}
	return false;
}
