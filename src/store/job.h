/* job.h - work behind the pages: done in slices, each slice's rows and its place committed together.
 *
 * A job that is killed between two slices goes on where it stood; one that fails is tried again after a
 * minute, five minutes, an hour, and then waits for a person. Progress is in the row. */
#pragma once
#include "base/vec.h"
#include "store/store.h"

/* A job as its slice sees it. `position` is the slice's own note of where it stands: empty at the start. */
typedef struct job {
	int64_t id;
	str args, position;
	int64_t done, total;
	bool finished; /* set by the slice that did the last of it */
} job;

/* One slice, at most about 20 ms of work: people's commands wait for it. Allocates in tx_arena. */
typedef rc job_fn(tx *t, void *ctx, job *j);

typedef struct job_kind {
	const char *kind; /* "ledger.sign": a message id job.KIND names it for people */
	job_fn *slice;
	int32_t every_min; /* begins again so many minutes after its due time; 0: once. 1440: daily */
	int32_t at_min;    /* the first one is due at this minute of the office's day */
} job_kind;

/* Inside a command: a job to be run from `due` (ms) on. */
rc job_add(tx *t, str kind, str args, int64_t due) MUST_USE;

/* Kinds of one module, and what their slices are given. */
typedef struct job_set {
	const job_kind *kinds; /* ends with a kind of NULL */
	void *ctx;
} job_set;

/* Runs what is due at `now`, slice by slice, until nothing is. `sets` ends with {0} and names every kind
 * there is; every repeating kind that has no open job gets one. `slices` (may be NULL) counts. A job's own
 * failure is kept in its row; the rc is the store's. */
rc job_run_due(store *s, fault *f, const job_set *sets, int64_t now, int64_t *slices) MUST_USE;

typedef struct job_state {
	int64_t id;
	str kind, state; /* open, done, failed */
	int64_t done, total, due, tries;
	str fault;
} job_state;

typedef VEC(job_state) job_states;

/* The newest `n` jobs. */
rc job_states_read(db *d, arena *a, fault *f, int64_t n, job_states *out) MUST_USE;
