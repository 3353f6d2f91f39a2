/* arena.h - memory with a lifetime: one arena a request, a job, a batch; freed whole, clean-ups in reverse
 * order.
 *
 * A tree: a child lives in its parent and dies with it. arena_alloc never returns NULL: what an input may
 * take is bounded where it enters the program, and being out of memory ends the process, which the ledger
 * makes safe. An arena is used by one thread at a time. */
#pragma once
#include "base/base.h"

typedef struct arena arena;

/* A new arena below `parent` (NULL: a root). `limit` bounds what arena_left tells, in bytes; 0 takes the
 * parent's. */
arena *arena_open(arena *parent, size_t limit);

/* Runs the clean-ups in reverse order, closes the children, gives the memory back. NULL is allowed. */
void arena_close(arena *a);

/* As close and open again, keeping one block: the scratch of a loop. */
void arena_reset(arena *a);

/* `n` bytes of zeros, aligned for anything (16 bytes). n = 0 gives a valid pointer. */
void *arena_alloc(arena *a, size_t n) __attribute__((alloc_size(2), returns_nonnull));

/* The last allocation made larger in place where that is possible, else copied; `old` is its present size.
 * What is new is zeros; arena_extend leaves it as it is, for what is written before it is read. */
void *arena_grow(arena *a, void *p, size_t old, size_t n) __attribute__((returns_nonnull));
void *arena_extend(arena *a, void *p, size_t old, size_t n) __attribute__((returns_nonnull));

/* Bytes that may still be taken before the limit; where the size comes from data the loop asks and gives
 * RC_LIMIT. */
size_t arena_left(const arena *a);

/* Bytes taken so far, children not counted. */
size_t arena_used(const arena *a);

/* Call fn(p) when the arena closes or resets. For what is not memory: descriptors, statements, transactions.
 */
void arena_defer(arena *a, void (*fn)(void *), void *p);

#define arena_new(a, T)      ((T *)arena_alloc((a), sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc((a), arena_mul((n), sizeof(T))))

/* n × size, or the end of the process when it overflows. */
size_t arena_mul(size_t n, size_t size);
