/* place_names.c - see place_names.h. A table of one place for each hash: who comes last stays. */
#include "web/place_names.h"

#include <pthread.h>

#include "base/hash.h"

enum { PLACES = 4096 };

typedef struct entry {
	int64_t code, kept; /* code 0: free */
	size_t n;
	char name[PLACE_NAMES_MAX];
} entry;

struct place_names {
	pthread_mutex_t lock;
	entry v[PLACES];
};

static void
destroy_lock(void *p)
{
	pthread_mutex_destroy(p);
}

place_names *
place_names_open(arena *a)
{
	place_names *p = arena_new(a, place_names);

	pthread_mutex_init(&p->lock, NULL);
	arena_defer(a, destroy_lock, &p->lock);
	return p;
}

static entry *
entry_of(place_names *p, int64_t code)
{
	return &p->v[hash_bytes(&code, sizeof code) % PLACES];
}

bool
place_names_find(place_names *p, arena *a, int64_t code, int64_t now, str *out)
{
	const entry *e = entry_of(p, code);

	pthread_mutex_lock(&p->lock);
	/* a clock that was set back keeps nothing */
	bool found = code && e->code == code && now >= e->kept && now - e->kept < PLACE_NAMES_MS;
	if (found)
		*out = str_dup(a, (str){e->name, e->n});
	pthread_mutex_unlock(&p->lock);
	return found;
}

void
place_names_keep(place_names *p, int64_t code, int64_t now, str name)
{
	entry *e = entry_of(p, code);

	if (name.n > sizeof e->name)
		return;
	pthread_mutex_lock(&p->lock);
	*e = (entry){.code = code, .kept = now, .n = name.n};
	memcpy(e->name, name.p, name.n);
	pthread_mutex_unlock(&p->lock);
}
