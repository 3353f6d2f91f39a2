/* worker.h - a few threads for work that takes too long for a net thread: Argon2id first of all.
 *
 * A bounded queue: when it is full the caller says so at once (503), so that a rush at the door costs waiting
 * and never memory. */
#pragma once
#include "base/fault.h"

typedef struct workers workers;

enum { WORKERS = 2, WORKERS_QUEUE = 64 };

/* Starts the threads; they end with `a`, after the work that was accepted. RC_IO store.thread. */
rc workers_start(arena *a, fault *f, workers **out) MUST_USE;

/* Calls fn(p) on one of them. RC_BUSY store.busy: the queue is full. */
rc workers_run(workers *w, fault *f, void (*fn)(void *), void *p) MUST_USE;
