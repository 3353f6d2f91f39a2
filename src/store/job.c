/* job.c - see job.h. */
#include "store/job.h"

#include "base/date.h"
#include "store/job_sql.h"

enum { MINUTE = 60000, TRIES = 4 };

typedef struct slice {
	const job_set *sets;
	job_due_row row;
	bool none;
	int64_t now;
	fault why; /* of the slice that failed */
} slice;

static const job_kind *
kind_of(const job_set *sets, str name, void **ctx)
{
	for (; sets->kinds; sets++)
		for (const job_kind *k = sets->kinds; k->kind; k++)
			if (str_eq(str_of(k->kind), name)) {
				*ctx = sets->ctx;
				return k;
			}
	return NULL;
}

rc
job_add(tx *t, str kind, str args, int64_t due)
{
	return sql_job_add(tx_db(t), tx_fault(t),
			   &(job_add_in){.id = tx_id(t), .kind = kind, .args = args, .due = due}, NULL);
}

/* The first of the times `every_min` after `due` that is not before `now`. */
static int64_t
next_due(const job_kind *k, int64_t due, int64_t now)
{
	int64_t every = (int64_t)k->every_min * MINUTE;

	return due >= now ? due : due + (now - due + every - 1) / every * every;
}

/* When a repeating job is due first: from its minute of today on. */
static int64_t
first_due(const job_kind *k, int64_t now)
{
	return next_due(k, date_start_instant(date_of_instant(now)) + (int64_t)k->at_min * MINUTE, now);
}

/* A day's job is made up for each day the server stood still; of one that comes more often the next is
 * enough. */
static int64_t
due_again(const job_kind *k, int64_t due, int64_t now)
{
	int64_t next = due + (int64_t)k->every_min * MINUTE;

	return k->every_min >= 1440 ? next : next_due(k, next, now);
}

static rc
plan_kind(tx *t, const job_kind *k)
{
	job_open_of_row row;

	if (!k->every_min)
		return RC_OK;
	rc r = sql_job_open_of(tx_db(t), tx_arena(t), tx_fault(t), str_of(k->kind), &row);
	if (r == RC_NOT_FOUND)
		r = job_add(t, str_of(k->kind), STR(""), first_due(k, tx_now(t)));
	return r;
}

static rc
plan_repeating(tx *t, const void *in, void *out)
{
	(void)out;
	for (const job_set *set = in; set->kinds; set++)
		for (const job_kind *k = set->kinds; k->kind; k++)
			TRY(plan_kind(t, k));
	return RC_OK;
}

static rc
finish(tx *t, const job_kind *k, const slice *s, const job *j)
{
	TRY(sql_job_end(tx_db(t), tx_fault(t),
			&(job_end_in){.state = STR("done"), .done = j->done, .id = j->id}, NULL));
	return k->every_min ? job_add(t, s->row.kind, s->row.args, due_again(k, s->row.due, s->now)) : RC_OK;
}

static rc
run_slice(tx *t, const void *in, void *out)
{
	slice *s = out;

	(void)in;
	rc r = sql_job_due(tx_db(t), tx_arena(t), tx_fault(t), s->now, &s->row);
	s->none = r == RC_NOT_FOUND;
	if (s->none)
		return RC_OK;
	TRY(r);
	void *ctx = NULL;
	const job_kind *k = kind_of(s->sets, s->row.kind, &ctx);
	if (!k)
		return FAIL(tx_fault(t), RC_INVALID, "job.unknown", FA_STR("kind", s->row.kind));
	job j = {.id = s->row.id,
		 .args = s->row.args,
		 .position = s->row.position,
		 .done = s->row.done,
		 .total = s->row.total};
	TRY(k->slice(t, ctx, &j));
	if (j.finished)
		return finish(t, k, s, &j);
	return sql_job_step(
		tx_db(t), tx_fault(t),
		&(job_step_in){.position = j.position, .done = j.done, .total = j.total, .id = j.id}, NULL);
}

/* After a failure: later, and later still; at last a person must look. */
static rc
put_off(tx *t, const void *in, void *out)
{
	static const int64_t wait_min[TRIES] = {1, 5, 60, 0};
	const slice *s = in;
	int64_t tries = s->row.tries + 1;
	bool give_up = tries >= TRIES;

	(void)out;
	return sql_job_put_off(tx_db(t), tx_fault(t),
			       &(job_put_off_in){.state = give_up ? STR("failed") : STR("open"),
						 .due = s->now + wait_min[MIN(tries, TRIES) - 1] * MINUTE,
						 .tries = tries,
						 .fault = fault_print(tx_arena(t), &s->why),
						 .id = s->row.id},
			       NULL);
}

static rc
one_slice(store *st, arena *a, fault *f, slice *s)
{
	store_command c = {.fn = run_slice, .out = s, .a = a, .now = s->now, .lane = LANE_JOB};
	rc r = store_write(st, &s->why, &c);

	if (r == RC_OK)
		return RC_OK;
	if (s->row.id == 0) { /* the store itself failed */
		fault_copy(f, &s->why);
		return r;
	}
	store_command later = {.fn = put_off, .in = s, .a = a, .now = s->now, .lane = LANE_JOB};
	return store_write(st, f, &later);
}

rc
job_run_due(store *st, fault *f, const job_set *sets, int64_t now, int64_t *slices)
{
	arena *a = arena_open(NULL, 0);
	store_command plan = {.fn = plan_repeating, .in = sets, .a = a, .now = now, .lane = LANE_JOB};
	rc r = store_write(st, f, &plan);
	int64_t n = 0;

	while (r == RC_OK) {
		arena_reset(a);
		slice s = {.sets = sets, .now = now};
		r = one_slice(st, a, f, &s);
		if (s.none)
			break;
		n++;
	}
	arena_close(a);
	if (slices)
		*slices = n;
	return r;
}

rc
job_states_read(db *d, arena *a, fault *f, int64_t n, job_states *out)
{
	job_list_rows rows;

	TRY(sql_job_list(d, a, f, n, &rows));
	*out = (job_states){0};
	for (size_t i = 0; i < rows.n; i++) {
		const job_list_row *r = &rows.v[i];
		*vec_add(a, out) = (job_state){.id = r->id,
					       .kind = r->kind,
					       .state = r->state,
					       .done = r->done,
					       .total = r->total,
					       .due = r->due,
					       .tries = r->tries,
					       .fault = r->fault};
	}
	return RC_OK;
}
