/* arena.c - see arena.h.
 *
 * Blocks double from 4 KiB to 256 KiB; a larger request gets a block of its own, put behind the current one
 * so that the current one stays in use. Under the address sanitizer freed and not yet given space is
 * poisoned. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGN = 16, BLOCK_MIN = 4096, BLOCK_MAX = 256 * 1024 };

typedef struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGN) unsigned char data[];
} block;

typedef struct cleanup {
	struct cleanup *next;
	void (*fn)(void *);
	void *p;
} cleanup;

struct arena {
	arena *parent, *first_child, *next, *prev;
	block *head;
	cleanup *cleanups;
	size_t limit, used, next_size;
};

static block *
block_new(size_t size)
{
	block *b = malloc(sizeof *b + size);

	if (!b) {
		fputs("zhucan: out of memory\n", stderr);
		abort();
	}
	b->next = NULL;
	b->size = size;
	b->used = 0;
	ASAN_POISON_MEMORY_REGION(b->data, size);
	return b;
}

static void
block_free(block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
	free(b);
}

arena *
arena_open(arena *parent, size_t limit)
{
	arena *a = calloc(1, sizeof *a);

	if (!a) {
		fputs("zhucan: out of memory\n", stderr);
		abort();
	}
	a->parent = parent;
	a->limit = limit ? limit : parent ? parent->limit : SIZE_MAX;
	a->next_size = BLOCK_MIN;
	if (parent) {
		a->next = parent->first_child;
		if (a->next)
			a->next->prev = a;
		parent->first_child = a;
	}
	return a;
}

/* Clean-ups and children in the reverse of the order they came: children first, they may use what we own. */
static void
arena_empty(arena *a)
{
	while (a->first_child)
		arena_close(a->first_child);
	while (a->cleanups) {
		cleanup *c = a->cleanups;
		a->cleanups = c->next;
		c->fn(c->p);
	}
}

void
arena_close(arena *a)
{
	if (!a)
		return;
	arena_empty(a);
	if (a->prev)
		a->prev->next = a->next;
	else if (a->parent)
		a->parent->first_child = a->next;
	if (a->next)
		a->next->prev = a->prev;
	for (block *b = a->head, *n; b; b = n) {
		n = b->next;
		block_free(b);
	}
	free(a);
}

void
arena_reset(arena *a)
{
	arena_empty(a);
	block *keep = a->head;
	if (keep) {
		for (block *b = keep->next, *n; b; b = n) {
			n = b->next;
			block_free(b);
		}
		keep->next = NULL;
		keep->used = 0;
		ASAN_POISON_MEMORY_REGION(keep->data, keep->size);
	}
	a->used = 0;
}

/* Not set to anything. */
static void *
bytes(arena *a, size_t n)
{
	BUG_ON(n > SIZE_MAX / 2);
	size_t need = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	block *b = a->head;

	if (need == 0)
		need = ALIGN;
	if (!b || b->size - b->used < need) {
		if (need > BLOCK_MAX / 4 && b) {
			block *own = block_new(need);
			own->next = b->next;
			b->next = own;
			b = own;
		} else {
			b = block_new(MAX(a->next_size, need));
			b->next = a->head;
			a->head = b;
			a->next_size = MIN(a->next_size * 2, (size_t)BLOCK_MAX);
		}
	}
	void *p = b->data + b->used;
	b->used += need;
	a->used += need;
	ASAN_UNPOISON_MEMORY_REGION(p, n ? n : 1);
	return p;
}

void *
arena_alloc(arena *a, size_t n)
{
	return memset(bytes(a, n), 0, n);
}

void *
arena_extend(arena *a, void *p, size_t old, size_t n)
{
	block *b = a->head;
	size_t have = (old + ALIGN - 1) & ~(size_t)(ALIGN - 1), need = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);

	BUG_ON(n < old);
	if (p && old && b && (unsigned char *)p + have == b->data + b->used &&
	    b->size - b->used >= need - have) {
		b->used += need - have;
		a->used += need - have;
		ASAN_UNPOISON_MEMORY_REGION(p, n);
		return p;
	}
	void *q = bytes(a, n);
	if (p && old)
		memcpy(q, p, old);
	return q;
}

void *
arena_grow(arena *a, void *p, size_t old, size_t n)
{
	unsigned char *q = arena_extend(a, p, old, n);

	memset(q + old, 0, n - old);
	return q;
}

size_t
arena_left(const arena *a)
{
	return a->used >= a->limit ? 0 : a->limit - a->used;
}

size_t
arena_used(const arena *a)
{
	return a->used;
}

void
arena_defer(arena *a, void (*fn)(void *), void *p)
{
	cleanup *c = arena_new(a, cleanup);

	c->fn = fn;
	c->p = p;
	c->next = a->cleanups;
	a->cleanups = c;
}

size_t
arena_mul(size_t n, size_t size)
{
	size_t r = 0;

	BUG_ON(__builtin_mul_overflow(n, size, &r));
	return r;
}
