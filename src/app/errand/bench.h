/* bench.h - the threads that do what errands wait for: reading a sheet, checking it, loading it, taking an
 * import back, writing a roster.
 *
 * What is to be done stands in the errands' rows, so a stop or a crash loses nothing: the next start goes on.
 * At most BENCH_THREADS errands are worked on at once; a step that failed for the machine's sake is tried
 * again, at most BENCH_TRIES times in all. */
#pragma once
#include "app/errand/errand.h"

enum { BENCH_THREADS = 2, BENCH_TRIES = 5 };

typedef struct bench bench;

typedef struct bench_config {
	const site *site;
	const catalogue *fields;
	const roles *roles;
} bench_config;

/* Makes the folder; everything lives in `a`. RC_IO file.folder. */
rc bench_open(arena *a, fault *f, const bench_config *c, bench **out) MUST_USE;

/* Starts the threads, which end with bench_stop. RC_IO store.thread. */
rc bench_start(bench *b, fault *f) MUST_USE;
/* Ends what is at work, to be gone on with later, and joins the threads. Harmless when none were started. */
void bench_stop(bench *b);

/* Does the oldest step that waits and that no thread is at; *worked: there was one. The rc is the store's or
 * the disk's: what was wrong with a sheet is said in its errand. */
rc bench_turn(bench *b, fault *f, bool *worked) MUST_USE;

/* There is something new to do. */
void bench_wake(bench *b);

/* Rows that are through, of an errand that is worked on now; false: it is not, or its step counts none. */
bool bench_progress(bench *b, const errand *e, int64_t *rows);

/* Where the files of errands lie, and those of uploads while they arrive (it ends with a NUL); where photos
 * do. */
str bench_dir(const bench *b);
str bench_papers(const bench *b);
