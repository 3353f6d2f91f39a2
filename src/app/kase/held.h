/* held.h - the kase_house of a running program: read once, shared by all threads, and read again when a
 * definition or a calendar notice was published, by this process or another.
 *
 * Whoever works with a house holds it until his arena ends; one that was replaced goes with its last holder.
 */
#pragma once
#include "app/kase/kase.h"
#include "app/site/site.h"

typedef struct kases kases;

/* Ends with `a`, after all who hold a house of it. */
kases *kases_open(arena *a, const catalogue *fields, const roles *all);

/* The house as it is at least as of d's snapshot and the day of `now`; held until `a` ends. Costs one small
 * statement while nothing was published and nothing published has begun. Failures as kase_house_read. */
rc kases_hold(kases *k, db *d, int64_t now, arena *a, fault *f, const kase_house **out) MUST_USE;

/* Says that kases_hold will be asked (db_ahead). */
void kases_hold_ahead(db *d, arena *a, int64_t now);

/* Runs what is due behind the pages: the site's jobs and the cases' own clock. As job_run_due. */
rc kases_run_jobs(kases *k, site *s, fault *f, int64_t now, int64_t *slices) MUST_USE;
