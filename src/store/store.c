/* store.c - see store.h: the queue, the writers and their groups, the pool of readers, ids. */
#include "store/store.h"

#include <pthread.h>

#include "store/migrate.h"
#include "store/rows.h"
#include "store/seal_priv.h"
#include "store/writer.h"

enum {
	GROUP = 64,           /* people's commands in one transaction */
	SLICES_TOGETHER = 10, /* a loader's, as long as nobody comes */
	SLICES_LIVE = 1, /* while people come and go: a slice is 1,000 pages of the log, 10 ms to commit */
	CALM = 20,       /* a loader's groups without anybody, after which it counts as nobody */
	LOG_MOVE = 4000, /* unmoved pages of SQLite's log at which they are moved: commits share the disk with
			    that, but a page that changed ten times is moved once */
	LOG_FULL = 16000, /* pages at which jobs wait until all are moved, so that it begins anew */
	LOG_STOP = 32000, /* and everybody */
	ATTEMPTS = 5,
	ID_AHEAD_MS = 10000
};

static const int64_t ID_EPOCH = 1577836800000; /* 2020-01-01T00:00Z */

/* QUEUE_KEYS: a loader's slices whose keys are not on the disk yet. */
typedef enum queue { QUEUE_PEOPLE, QUEUE_JOBS, QUEUE_PLAIN, QUEUE_KEYS, QUEUES } queue;

/* The commands of one transaction. */
typedef struct group {
	queue from;
	bool open; /* to people who come while it runs */
	size_t n;
	store_command *c[GROUP];
} group;

typedef struct reader {
	struct reader *next;
	arena *a;
	db *d;
} reader;

struct store {
	arena *a;
	bool postgres;
	str url, keys;
	crypto_key root;
	int64_t node;
	const table_sql *sql;

	pthread_mutex_t lock;
	pthread_cond_t work, answered, grown, brought;
	store_command *head[QUEUES], *tail[QUEUES];
	bool plain_at_work;
	int jobs_at_work;  /* writers with a slice of a job */
	int calm;          /* a loader's groups since somebody came */
	int64_t log_pages; /* of SQLite's log, as of the last commit */
	int64_t log_moved; /* of these, so many from its beginning are in their places */
	db *mover;         /* the connection that moves them; NULL on PostgreSQL */
	pthread_t mover_thread;
	db *keeper;        /* the connection that keeps a loader's keys; NULL on a store without keys */
	arena *keeper_own; /* its thread's */
	pthread_t keeper_thread;
	size_t queued;
	bool closing, stopping, stopped; /* closing: nothing more is handed over */
	pthread_t *thread;
	writer *writer;
	int writers;

	reader *idle;

	int64_t trips; /* atomic */
	int64_t last_id_ms, last_id_n, reserved_id_ms;
};

/* ---- ids ---- */

int64_t
store_id(store *s, int64_t now)
{
	int64_t ms = now - ID_EPOCH;

	pthread_mutex_lock(&s->lock);
	if (ms > s->last_id_ms) {
		s->last_id_ms = ms;
		s->last_id_n = 0;
	} else if (++s->last_id_n == 4096) {
		s->last_id_ms++;
		s->last_id_n = 0;
	}
	int64_t id = s->last_id_ms << 22 | s->node << 12 | s->last_id_n;
	pthread_mutex_unlock(&s->lock);
	return id;
}

/* A site whose clock is set back, or that starts again, must not give an id twice: the mark in the table is
 * kept ahead of what was given, written with the transaction that needs it. */
static const sql_stmt mark_id = {
	.name = "mark_id",
	.text = "INSERT INTO site (name, value) VALUES ('id_mark', $1) ON CONFLICT (name) DO UPDATE SET "
		"value = "
		"excluded.value",
	.nparams = 1,
	.params = (const uint8_t[]){SQL_TEXT},
};

static const sql_stmt read_mark = {
	.name = "read_mark",
	.text = "SELECT value FROM site WHERE name = 'id_mark'",
	.ncols = 1,
	.cols = (const uint8_t[]){SQL_TEXT},
};

static rc
reserve_ids(store *s, db *d, arena *a, fault *f, int64_t *reserved)
{
	pthread_mutex_lock(&s->lock);
	int64_t last = s->last_id_ms, have = s->reserved_id_ms;
	pthread_mutex_unlock(&s->lock);
	*reserved = have;
	if (last < have)
		return RC_OK;
	*reserved = last + ID_AHEAD_MS;
	return db_exec(d, f, &mark_id, (sql_val[]){sql_text(str_fmt(a, "%lld", (long long)*reserved))}, NULL);
}

static void
ids_reserved(store *s, int64_t reserved)
{
	pthread_mutex_lock(&s->lock);
	s->reserved_id_ms = MAX(s->reserved_id_ms, reserved);
	pthread_mutex_unlock(&s->lock);
}

static rc
start_ids(store *s, db *d, fault *f)
{
	db_rows rows;

	TRY(db_query(d, f, &read_mark, NULL, &rows));
	rc r = db_next(&rows, f);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	if (!str_to_i64(rows.v[0].s, &s->last_id_ms))
		s->last_id_ms = 0;
	s->reserved_id_ms = s->last_id_ms;
	db_done(&rows);
	return RC_OK;
}

/* ---- the queue ---- */

/* On PostgreSQL the plain commands of people have a queue of their own, and one writer at a time: their
 * groups hold the heads of several chains, and two such groups would wait for each other. */
static queue
queue_of(const store *s, const store_command *c)
{
	if (c->lane == LANE_JOB)
		return s->keeper && c->plain && c->nkeys && !c->kept ? QUEUE_KEYS : QUEUE_JOBS;
	return s->postgres && c->plain ? QUEUE_PLAIN : QUEUE_PEOPLE;
}

/* How many commands go together: any of people on SQLite, plain ones on PostgreSQL, where a savepoint costs
 * two trips; a few slices of a loader on SQLite, where neighbours share pages. */
static size_t
together(const store *s, queue q, size_t room)
{
	size_t max = room, n = 0;
	bool any = q == QUEUE_KEYS || (!s->postgres && q == QUEUE_PEOPLE);

	if (s->postgres && q != QUEUE_PLAIN && q != QUEUE_KEYS)
		return 1;
	if (q == QUEUE_JOBS)
		max = s->calm < CALM ? SLICES_LIVE : SLICES_TOGETHER;
	for (const store_command *c = s->head[q]; c && n < max && (any || c->plain); c = c->next)
		n++;
	return MAX(n, (size_t)1);
}

static size_t
take(store *s, queue q, store_command **c, size_t room)
{
	size_t n = together(s, q, room);

	for (size_t i = 0; i < n; i++) {
		c[i] = s->head[q];
		s->head[q] = c[i]->next;
		c[i]->next = NULL;
	}
	if (!s->head[q])
		s->tail[q] = NULL;
	s->queued -= n;
	s->plain_at_work = s->plain_at_work || q == QUEUE_PLAIN;
	s->jobs_at_work += q == QUEUE_JOBS;
	if (q != QUEUE_KEYS)
		s->calm = q != QUEUE_JOBS ? 0 : MIN(s->calm + 1, CALM);
	return n;
}

/* With the lock held. */
static void
put_last(store *s, store_command *c)
{
	queue q = queue_of(s, c);

	c->next = NULL;
	if (s->tail[q])
		s->tail[q]->next = c;
	else
		s->head[q] = c;
	s->tail[q] = c;
	s->queued++;
	pthread_cond_signal(q == QUEUE_KEYS ? &s->brought : &s->work);
}

/* What a group did not come to goes to the front, in its order. */
static void
give_back(store *s, queue q, store_command **c, size_t n)
{
	while (n--) {
		c[n]->next = s->head[q];
		s->head[q] = c[n];
		if (!c[n]->next)
			s->tail[q] = c[n];
		s->queued++;
	}
}

/* ---- one command ---- */

static const sql_stmt read_request = {
	.name = "read_request",
	.text = "SELECT actor, route, input, result FROM request WHERE key = $1",
	.nparams = 1,
	.ncols = 4,
	.params = (const uint8_t[]){SQL_TEXT},
	.cols = (const uint8_t[]){SQL_INT, SQL_TEXT, SQL_TEXT, SQL_TEXT},
};

/* RC_OK: answered before, c->result is set. RC_NOT_FOUND: new. */
static rc
request_find(writer *w, store_command *c)
{
	db_rows rows;

	TRY(db_query(w->d, &c->fault, &read_request, (sql_val[]){sql_text(c->key)}, &rows));
	TRY(db_next(&rows, &c->fault));
	bool same = rows.v[0].i == c->actor && str_eq(rows.v[1].s, c->route) && str_eq(rows.v[2].s, c->input);
	c->result = str_dup(c->a, rows.v[3].s);
	db_done(&rows);
	if (!same)
		return FAIL(&c->fault, RC_CONFLICT, "store.request_reused");
	c->repeated = true;
	return RC_OK;
}

static rc
request_keep(writer *w, store_command *c)
{
	const sql_val v[] = {sql_text(c->key),   sql_int(c->actor),   sql_text(c->route),
			     sql_text(c->input), sql_text(c->result), sql_int(c->now)};
	int64_t n = 0;

	TRY(db_exec(w->d, &c->fault, &w->sql[T_REQUEST].insert, v, &n));
	return n == 1 ? RC_OK : FAIL(&c->fault, RC_BUSY, "store.busy");
}

static rc
run_command(writer *w, store_command *c)
{
	tx t = {.w = w,
		.s = w->s,
		.seal = w->d->sealer,
		.images = w->images,
		.a = c->a,
		.f = &c->fault,
		.now = c->now,
		.request = c->key,
		.bulk = c->plain,
		.result = STR("")};

	c->repeated = false;
	fault_clear(&c->fault);
	if (c->key.n) {
		rc r = request_find(w, c);
		if (r != RC_NOT_FOUND)
			return r;
	}
	TRY(c->fn(&t, c->in, c->out));
	if (t.open)
		TRY(tx_event_end(&t));
	c->result = t.result;
	return c->key.n ? request_keep(w, c) : RC_OK;
}

/* Is it the machine that failed, not the input? Then the whole transaction is in doubt. */
static bool
machine_failed(rc r)
{
	return r == RC_IO || r == RC_FULL || r == RC_BUSY;
}

/* ---- one transaction ---- */

/* Those of commands that were not refused, and are not on the disk yet. */
static rc
keep_keys(db *d, arena *a, fault *f, const group *g)
{
	VEC(wrapped_key) all = {0};

	for (size_t i = 0; i < g->n; i++) {
		const store_command *c = g->c[i];
		for (size_t k = 0; c->rc == RC_OK && !c->repeated && !c->kept && k < c->nkeys; k++)
			*vec_add(a, &all) = c->keys[k];
	}
	return all.n ? seal_keep(d->sealer, f, all.v, all.n) : RC_OK;
}

/* One of several. A plain command, and one that is alone, has no savepoint of its own: what it refuses is
 * refused to all. */
static rc
run_one_of(writer *w, fault *f, store_command *c, bool alone)
{
	const db_engine *e = w->d->engine;
	bool apart = !alone && !c->plain;

	if (apart) {
		writer_save(w);
		TRY(e->savepoint(w->d, f));
	}
	c->rc = run_command(w, c);
	if (machine_failed(c->rc) || (!apart && c->rc != RC_OK)) {
		fault_copy(f, &c->fault);
		return c->rc;
	}
	if (!apart)
		return RC_OK;
	if (c->rc == RC_OK)
		return e->release(w->d, f);
	e->rollback_to(w->d);
	writer_restore(w);
	return RC_OK;
}

/* Has somebody come while slices of a loader run? Those that have not begun wait, and he is taken into this
 * very transaction: he waits for one slice and one commit, not for two. */
static bool
let_in(store *s, group *g, size_t begun)
{
	pthread_mutex_lock(&s->lock);
	bool came = s->head[QUEUE_PEOPLE] != NULL;
	if (came) {
		give_back(s, g->from, g->c + begun, g->n - begun);
		g->n = begun + take(s, QUEUE_PEOPLE, g->c + begun, GROUP - begun);
	}
	pthread_mutex_unlock(&s->lock);
	return came;
}

/* Runs the commands in one transaction. RC_OK: committed, each has its own answer. Else nothing is kept and
 * `f` says why; `*began_commit` tells whether the commit itself is what failed. */
static rc
run_together(writer *w, fault *f, group *g, bool *began_commit)
{
	const db_engine *e = w->d->engine;
	bool open = g->open;
	int64_t reserved = 0;

	*began_commit = false;
	writer_begin(w);
	TRY(e->begin(w->d, f, true));
	for (size_t i = 0; i < g->n;) {
		TRY(run_one_of(w, f, g->c[i], g->n == 1));
		i++;
		open = open && !let_in(w->s, g, i);
	}
	TRY(keep_keys(w->d, w->group, f, g));
	TRY(writer_flush(w, f));
	TRY(reserve_ids(w->s, w->d, w->group, f, &reserved));
	*began_commit = true;
	TRY(e->commit(w->d, f));
	ids_reserved(w->s, reserved);
	return RC_OK;
}

static void
run_attempts(writer *w, store_command *c)
{
	bool began = false;

	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		fault f = {0};
		group one = {.n = 1, .c = {c}};
		rc r = run_together(w, &f, &one, &began);
		if (r == RC_OK)
			return;
		w->d->engine->rollback(w->d);
		c->rc = r;
		fault_copy(&c->fault, &f);
		/* a commit that failed half-way may have happened: only the request key can tell */
		if (!w->s->postgres || !machine_failed(r) || r == RC_FULL || (began && !c->key.n))
			return;
	}
}

/* What was refused has no key. After a failure of the machine nobody knows whether the commit took place:
 * then the keys stay, and open nothing if it did not. */
static void
run_alone(writer *w, store_command *c)
{
	fault f = {0};

	run_attempts(w, c);
	if (c->kept && c->rc != RC_OK && !machine_failed(c->rc))
		(void)!seal_drop(w->d->sealer, &f, c->keys, c->nkeys);
}

static void
run_group(writer *w, group *g)
{
	fault f = {0};
	bool began = false;

	if (g->n > 1 || g->open) {
		if (run_together(w, &f, g, &began) == RC_OK)
			return;
		w->d->engine->rollback(w->d);
	}
	for (size_t i = 0; i < g->n; i++)
		run_alone(w, g->c[i]);
}

static void
answer(store *s, const group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		store_command *c = g->c[i];
		if (c->done) {
			c->done(c); /* the command may be gone after this */
		} else {
			pthread_mutex_lock(&s->lock);
			c->finished = true;
			pthread_cond_broadcast(&s->answered);
			pthread_mutex_unlock(&s->lock);
		}
	}
}

/* ---- the writers ---- */

/* On PostgreSQL slices run beside each other, until people come: behind four of them one waits for the time
 * of four, for a writer and for the processor; behind one, of one. */
static bool
jobs_wait(const store *s)
{
	return s->postgres && s->jobs_at_work > 0 && s->calm < CALM;
}

/* What this writer does next; false: nothing is there for it, or the log has to be moved first. */
static bool
next_queue(const store *s, bool job_turn, queue *q)
{
	int64_t log = s->stopping ? 0 : s->log_pages;

	*q = QUEUE_PEOPLE;
	if (log >= LOG_STOP)
		return false;
	if (s->head[QUEUE_PLAIN] && !s->plain_at_work)
		*q = QUEUE_PLAIN;
	else if (s->head[QUEUE_JOBS] && (job_turn || !s->head[QUEUE_PEOPLE]) && log < LOG_FULL &&
		 !jobs_wait(s))
		*q = QUEUE_JOBS;
	return s->head[*q] != NULL;
}

/* Enough to be worth a trip, or a log so long that loaders wait. Nothing left is nothing to do: a checkpoint
 * that begins then is what SQLite before 3.51.3 does not survive (vendor/README.md). */
static bool
log_due(const store *s)
{
	int64_t left = s->log_pages - s->log_moved;

	return left >= LOG_MOVE || (left > 0 && s->log_pages >= LOG_FULL);
}

static void *
writer_main(void *p)
{
	writer *w = p;
	store *s = w->s;
	group g = {0};
	bool job_turn = false;
	queue q = QUEUE_PEOPLE;

	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (!next_queue(s, job_turn, &q) && !s->stopping)
			pthread_cond_wait(&s->work, &s->lock);
		if (!s->head[q])
			break;
		job_turn = q != QUEUE_JOBS;
		g.from = q;
		g.n = take(s, q, g.c, GROUP);
		g.open = !s->postgres && q == QUEUE_JOBS && g.c[0]->plain;
		pthread_mutex_unlock(&s->lock);
		run_group(w, &g);
		answer(s, &g);
		pthread_mutex_lock(&s->lock);
		if (q == QUEUE_PLAIN)
			s->plain_at_work = false;
		if (q == QUEUE_JOBS && --s->jobs_at_work == 0 && s->postgres)
			pthread_cond_signal(&s->work); /* to one who waits with a slice until this is done */
		if (s->mover) {
			s->log_pages = w->d->engine->log_pages(w->d);
			if (s->log_pages < s->log_moved)
				s->log_moved = 0;              /* it began anew */
			else if (s->log_pages == s->log_moved) /* all moved while we came here */
				s->log_pages = s->log_moved = 0;
			if (log_due(s))
				pthread_cond_signal(&s->grown);
		}
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* SQLite's log is moved by a thread of its own: whoever commits would wait for it, and everybody behind him.
 * What fails is tried again. */
static void *
mover_main(void *p)
{
	store *s = p;

	pthread_mutex_lock(&s->lock);
	while (!s->stopping) {
		if (!log_due(s)) {
			pthread_cond_wait(&s->grown, &s->lock);
			continue;
		}
		fault f = {0};
		int64_t moved = s->log_moved;
		pthread_mutex_unlock(&s->lock);
		(void)!s->mover->engine->log_move(s->mover, &f, &moved);
		pthread_mutex_lock(&s->lock);
		s->log_moved = moved;
		if (moved >= s->log_pages)
			s->log_pages = 0; /* the next commit begins it anew */
		pthread_cond_broadcast(&s->work);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* A loader's keys come before its rows, and are kept by a thread of its own: else whoever waits for the
 * writer would wait for the key database as well. What cannot be kept is the slice's answer. */
static void *
keeper_main(void *p)
{
	store *s = p;
	group g = {0};

	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (!s->head[QUEUE_KEYS] && !s->closing)
			pthread_cond_wait(&s->brought, &s->lock);
		if (!s->head[QUEUE_KEYS])
			break;
		g.n = take(s, QUEUE_KEYS, g.c, GROUP);
		pthread_mutex_unlock(&s->lock);
		arena *a = arena_open(NULL, 0);
		fault f = {0};
		rc r = keep_keys(s->keeper, a, &f, &g);
		for (int i = 1; i < ATTEMPTS && r != RC_OK && s->postgres; i++)
			r = keep_keys(s->keeper, a, &f, &g);
		for (size_t i = 0; i < g.n; i++) {
			g.c[i]->kept = r == RC_OK;
			g.c[i]->rc = r;
			fault_copy(&g.c[i]->fault, &f);
		}
		if (r != RC_OK)
			answer(s, &g);
		arena_close(a);
		pthread_mutex_lock(&s->lock);
		for (size_t i = 0; r == RC_OK && i < g.n; i++)
			put_last(s, g.c[i]);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

void
store_submit(store *s, store_command *c)
{
	c->finished = c->kept = c->repeated = false;
	c->rc = RC_OK;
	pthread_mutex_lock(&s->lock);
	BUG_ON(s->closing);
	put_last(s, c);
	pthread_mutex_unlock(&s->lock);
}

rc
store_write(store *s, fault *f, store_command *c)
{
	c->done = NULL;
	store_submit(s, c);
	pthread_mutex_lock(&s->lock);
	while (!c->finished)
		pthread_cond_wait(&s->answered, &s->lock);
	pthread_mutex_unlock(&s->lock);
	if (c->rc != RC_OK)
		fault_copy(f, &c->fault);
	return c->rc;
}

int64_t
store_trips(const store *s)
{
	return __atomic_load_n(&s->trips, __ATOMIC_RELAXED);
}

size_t
store_queued(const store *s)
{
	return __atomic_load_n(&s->queued, __ATOMIC_RELAXED);
}

/* ---- readers ---- */

static rc
open_db(arena *a, fault *f, str url, bool read_only, bool create, db **out)
{
	if (str_starts(url, STR("postgresql://")) || str_starts(url, STR("postgres://")))
		return postgres_open(a, f, url, read_only, out);
	return sqlite_open(a, f, url, read_only, create, out);
}

/* A connection with its sealer, which has one of its own to the key database. */
static rc
connection(store *s, arena *a, fault *f, bool read_only, bool create, db **out)
{
	db *keys = NULL;

	TRY(open_db(a, f, s->url, read_only, create, out));
	(*out)->trips = &s->trips;
	if (s->keys.n == 0)
		return RC_OK;
	TRY(open_db(a, f, s->keys, false, create, &keys));
	keys->trips = &s->trips;
	if (create)
		TRY(sealer_schema(f, keys));
	return sealer_open(a, f, keys, s->root.b, &(*out)->sealer);
}

typedef struct lent {
	store *s;
	reader *r;
} lent;

static void
return_reader(void *p)
{
	lent *l = p;

	if (!l->r)
		return;
	if (l->r->d->in_tx)
		l->r->d->engine->rollback(l->r->d);
	sealer_rest(l->r->d->sealer);
	pthread_mutex_lock(&l->s->lock);
	l->r->next = l->s->idle;
	l->s->idle = l->r;
	pthread_mutex_unlock(&l->s->lock);
	l->r = NULL;
}

rc
store_read(store *s, arena *a, fault *f, db **out)
{
	pthread_mutex_lock(&s->lock);
	reader *r = s->idle;
	if (r)
		s->idle = r->next;
	pthread_mutex_unlock(&s->lock);
	if (!r) {
		arena *own = arena_open(NULL, 0);
		db *d = NULL;
		rc e = connection(s, own, f, true, false, &d);
		if (e != RC_OK) {
			arena_close(own);
			return e;
		}
		r = arena_new(own, reader);
		*r = (reader){.a = own, .d = d};
	}
	lent *l = arena_new(a, lent);
	*l = (lent){.s = s, .r = r};
	r->d->lent = l;
	arena_defer(a, return_reader, l);
	TRY(r->d->engine->begin(r->d, f, false));
	*out = r->d;
	return RC_OK;
}

void
store_read_end(store *s, db *d)
{
	(void)s;
	return_reader(d->lent);
}

/* ---- opening and closing ---- */

void
store_stop(store *s)
{
	if (s->stopped)
		return;
	pthread_mutex_lock(&s->lock);
	s->closing = true;
	pthread_cond_broadcast(&s->brought);
	pthread_mutex_unlock(&s->lock);
	if (s->keeper)
		pthread_join(s->keeper_thread, NULL); /* the writers end with what it brings them */
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->work);
	pthread_cond_broadcast(&s->grown);
	pthread_mutex_unlock(&s->lock);
	for (int i = 0; i < s->writers; i++)
		pthread_join(s->thread[i], NULL);
	if (s->mover)
		pthread_join(s->mover_thread, NULL);
	s->stopped = true;
}

static void
store_close(void *p)
{
	store *s = p;

	store_stop(s);
	while (s->idle) {
		reader *r = s->idle;
		s->idle = r->next;
		arena_close(r->a);
	}
	for (int i = 0; i < s->writers; i++)
		arena_close(s->writer[i].a);
	if (s->keeper)
		arena_close(s->keeper_own);
	crypto_wipe(&s->root, sizeof s->root);
	pthread_cond_destroy(&s->work);
	pthread_cond_destroy(&s->answered);
	pthread_cond_destroy(&s->grown);
	pthread_cond_destroy(&s->brought);
	pthread_mutex_destroy(&s->lock);
}

rc
writer_tools(store *s, arena *a, fault *f, writer *w)
{
	*w = (writer){.s = s, .a = a, .group = arena_open(a, 0), .sql = s->sql};
	TRY(crypto_open(a, f, &w->crypto));
	w->images = image_open(a);
	w->sha = sha256_open(a, w->crypto);
	return RC_OK;
}

static rc
start_writers(store *s, fault *f, int n)
{
	s->writer = arena_array(s->a, writer, (size_t)n);
	s->thread = arena_array(s->a, pthread_t, (size_t)n);
	for (int i = 0; i < n; i++) {
		arena *own = arena_open(NULL, 0);
		rc r = writer_tools(s, own, f, &s->writer[i]);
		if (r == RC_OK)
			r = connection(s, own, f, false, false, &s->writer[i].d);
		if (r == RC_OK && s->mover)
			s->writer[i].d->engine->log_leave(s->writer[i].d);
		if (r == RC_OK && i == 0)
			r = start_ids(s, s->writer[0].d, f);
		if (r != RC_OK) {
			arena_close(own);
			return r;
		}
		if (pthread_create(&s->thread[i], NULL, writer_main, &s->writer[i]) != 0) {
			arena_close(own);
			return FAIL(f, RC_IO, "store.thread");
		}
		s->writers++;
	}
	return RC_OK;
}

static rc
start_mover(store *s, fault *f)
{
	db *d = NULL;

	if (s->postgres)
		return RC_OK;
	TRY(sqlite_open(s->a, f, s->url, false, false, &d));
	s->mover = d;
	if (pthread_create(&s->mover_thread, NULL, mover_main, s) == 0)
		return RC_OK;
	s->mover = NULL;
	return FAIL(f, RC_IO, "store.thread");
}

static rc
start_keeper(store *s, fault *f)
{
	if (s->keys.n == 0)
		return RC_OK;
	s->keeper_own = arena_open(NULL, 0);
	rc r = connection(s, s->keeper_own, f, false, false, &s->keeper);
	if (r == RC_OK && pthread_create(&s->keeper_thread, NULL, keeper_main, s) != 0)
		r = FAIL(f, RC_IO, "store.thread");
	if (r == RC_OK)
		return RC_OK;
	s->keeper = NULL;
	arena_close(s->keeper_own);
	return r;
}

rc
store_open(arena *a, fault *f, const store_options *o, store **out)
{
	store *s = arena_new(a, store);

	s->a = a;
	s->postgres = str_starts(o->url, STR("postgresql://")) || str_starts(o->url, STR("postgres://"));
	s->url = str_dup(a, o->url);
	s->keys = o->keys.n ? str_dup(a, o->keys) : (str){0};
	if (s->keys.n)
		memcpy(s->root.b, o->root, sizeof s->root.b);
	s->node = o->node;
	s->calm = CALM;
	s->sql = table_sql_make(a);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->work, NULL);
	pthread_cond_init(&s->answered, NULL);
	pthread_cond_init(&s->grown, NULL);
	pthread_cond_init(&s->brought, NULL);

	arena *once = arena_open(a, 0);
	db *d = NULL;
	rc r = connection(s, once, f, false, o->create, &d);
	if (r == RC_OK)
		r = migrate(d, once, f, o->create);
	arena_close(once);
	if (r == RC_OK)
		r = start_mover(s, f);
	if (r == RC_OK)
		r = start_writers(s, f, !s->postgres ? 1 : o->writers ? o->writers : 4);
	if (r == RC_OK)
		r = start_keeper(s, f);
	arena_defer(a, store_close, s);
	*out = s;
	return r;
}

const char *
store_engine(const store *s)
{
	return s->postgres ? "postgres" : "sqlite";
}
