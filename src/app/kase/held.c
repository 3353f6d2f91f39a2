/* held.c - see held.h. A house counts its holders, the kases among them; the last one out closes its arena.
 */
#include "app/kase/held.h"

#include <pthread.h>

#include "app/errand/errand.h"
#include "app/kase_sql.h"
#include "base/date.h"

typedef struct held {
	kases *of;
	arena *a; /* its own: it outlives whoever read it */
	int64_t stamp;
	size_t holders; /* with the lock held */
	kase_house house;
} held;

struct kases {
	pthread_mutex_t lock;
	const catalogue *fields;
	const roles *roles;
	held *current; /* NULL: none was needed yet */
};

static void
let_go(void *p)
{
	held *h = p;
	kases *k = h->of;

	pthread_mutex_lock(&k->lock);
	bool last = --h->holders == 0;
	pthread_mutex_unlock(&k->lock);
	if (last)
		arena_close(h->a);
}

static void
kases_close(void *p)
{
	kases *k = p;

	if (k->current)
		let_go(k->current);
	pthread_mutex_destroy(&k->lock);
}

kases *
kases_open(arena *a, const catalogue *fields, const roles *all)
{
	kases *k = arena_new(a, kases);

	k->fields = fields;
	k->roles = all;
	pthread_mutex_init(&k->lock, NULL);
	arena_defer(a, kases_close, k);
	return k;
}

/* Takes the current house for one more holder, when it is not older than the stamp. */
static held *
take(kases *k, int64_t stamp)
{
	held *h = NULL;

	pthread_mutex_lock(&k->lock);
	if (k->current && k->current->stamp >= stamp) {
		h = k->current;
		h->holders++;
	}
	pthread_mutex_unlock(&k->lock);
	return h;
}

/* Makes a house the current one, unless another thread has read a newer one meanwhile. */
static void
keep(kases *k, held *h)
{
	held *old = h;

	h->holders++;
	pthread_mutex_lock(&k->lock);
	if (!k->current || k->current->stamp < h->stamp) {
		old = k->current;
		k->current = h;
	}
	pthread_mutex_unlock(&k->lock);
	if (old)
		let_go(old);
}

static rc
read_house(kases *k, db *d, fault *f, int64_t stamp, int32_t today, held **out)
{
	arena *a = arena_open(NULL, 0);
	held *h = arena_new(a, held);

	*h = (held){.of = k, .a = a, .stamp = stamp, .holders = 1};
	rc r = kase_house_read(d, a, f, k->fields, k->roles, today, &h->house);
	if (r != RC_OK) {
		arena_close(a);
		return r;
	}
	*out = h;
	return RC_OK;
}

void
kases_hold_ahead(db *d, arena *a, int64_t now)
{
	ahead_kase_house_stamp(d, date_str(a, date_of_instant(now)));
}

rc
kases_hold(kases *k, db *d, int64_t now, arena *a, fault *f, const kase_house **out)
{
	int32_t today = date_of_instant(now);
	kase_house_stamp_row row;
	held *h = NULL;

	TRY(sql_kase_house_stamp(d, a, f, date_str(a, today), &row));
	h = take(k, row.stamp);
	if (!h) {
		TRY(read_house(k, d, f, row.stamp, today, &h));
		keep(k, h);
	}
	arena_defer(a, let_go, h);
	*out = &h->house;
	return RC_OK;
}

rc
kases_run_jobs(kases *k, site *s, fault *f, int64_t now, int64_t *slices)
{
	arena *a = arena_open(NULL, 0);
	const kase_house *house = NULL;
	db *d = NULL;

	rc r = store_read(s->store, a, f, &d);
	if (r == RC_OK) {
		r = kases_hold(k, d, now, a, f, &house);
		store_read_end(s->store, d);
	}
	if (r == RC_OK) {
		/* a job only reads the house; its type knows no const */
		const job_set sets[] = {
			{site_jobs, s}, {kase_jobs, (void *)(uintptr_t)house}, {errand_jobs, s}, {0}};
		r = job_run_due(s->store, f, sets, now, slices);
	}
	arena_close(a);
	return r;
}
