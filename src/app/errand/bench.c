/* bench.c - see bench.h. */
#include "app/errand/bench.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "app/account/session.h"
#include "app/errand/result.h"
#include "app/intake/apply.h"
#include "app/intake/roster.h"
#include "app/intake/todo.h"
#include "base/date.h"
#include "io/file.h"
#include "io/sheet_child.h"
#include "io/thread.h"
#include "io/zip.h"
#include "locale/msg_ids.h"

enum { WAIT_S = 1 };

/* One step in somebody's hands. */
typedef struct hand {
	int64_t tenant, id; /* 0: free */
	intake *at_work;    /* while it runs */
} hand;

struct bench {
	arena *a;
	bench_config c;
	str dir, papers;
	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t some;
	pthread_t thread[BENCH_THREADS];
	int threads;
	hand hand[BENCH_THREADS + 1]; /* one more for bench_turn from outside */
	bool stopping;
};

/* One step as it is done. */
typedef struct step {
	bench *b;
	hand *hand;
	arena *a;
	fault *f;
	errand e;
	actor who;
	int64_t now;
} step;

static void
destroy(void *p)
{
	bench *b = p;

	bench_stop(b);
	pthread_cond_destroy(&b->some);
	pthread_mutex_destroy(&b->lock);
}

rc
bench_open(arena *a, fault *f, const bench_config *c, bench **out)
{
	bench *b = arena_new(a, bench);

	*b = (bench){.a = a,
		     .c = *c,
		     .dir = str_of(cstr(a, errand_dir(a, c->site))), /* ends with a NUL */
		     .papers = str_cat(a, c->site->dir, STR("/papers"))};
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->some, NULL);
	arena_defer(a, destroy, b);
	TRY(file_folder(a, f, b->dir));
	*out = b;
	return RC_OK;
}

str
bench_dir(const bench *b)
{
	return b->dir;
}

str
bench_papers(const bench *b)
{
	return b->papers;
}

/* ---- files ---- */

/* A connection for a few reads; the store's own limits say how long. */
static rc
get_file(const step *k, const char *name, str *out)
{
	arena *own = arena_open(k->a, 0);
	db *d = NULL;
	rc r = store_read(k->b->c.site->store, own, k->f, &d);

	if (r == RC_OK)
		r = errand_file_get(d, k->a, k->f, &k->e, k->b->dir, name, out);
	arena_close(own);
	return r;
}

static rc
put_file(const step *k, const char *name, str bytes)
{
	arena *own = arena_open(k->a, 0);
	db *d = NULL;
	data_key key;
	rc r = store_read(k->b->c.site->store, own, k->f, &d);

	if (r == RC_OK)
		r = seal_find(db_sealer(d), k->f, k->e.tenant, k->e.id, &key);
	if (r == RC_OK)
		r = errand_file_put(db_sealer(d), own, k->f,
				    &(errand_file){.dir = k->b->dir, .name = name, .key = &key}, bytes);
	crypto_wipe(&key, sizeof key);
	arena_close(own);
	return r;
}

/* ---- the sheet ---- */

/* The clear bytes meet the parsers only in a confined child, and lie in memory only. */
static rc
read_table(const step *k, intake_table *t)
{
	const sheet_ask ask = SHEET_ASK;
	arena *own = arena_open(k->a, 0);
	str bytes, path;
	int fd = -1;
	rc r = get_file(k, ERRAND_SHEET, &bytes);

	if (r == RC_NOT_FOUND)
		r = FAIL(k->f, RC_INVALID, "errand.gone");
	if (r == RC_OK)
		r = file_hidden(own, k->f, &fd, &path);
	for (str rest = bytes; r == RC_OK && rest.n;) {
		ssize_t n = write(fd, rest.p, rest.n);
		if (n <= 0)
			r = FAIL(k->f, RC_IO, "file.write", FA_STR("file", STR("memory")),
				 FA_STR("why", STR("")));
		else
			rest = str_from(rest, (size_t)n);
	}
	if (r == RC_OK && lseek(fd, 0, SEEK_SET) == 0)
		r = sheet_child_read(k->a, k->f, fd, &ask, intake_table_take, t, NULL);
	arena_close(own);
	return r;
}

/* How many files lie in the archive; 0 without one. Whatever is wrong with it is said before anybody waits.
 */
static rc
count_photos(const step *k, int64_t *n)
{
	arena *own = arena_open(k->a, 0);
	unzip_limits most = UNZIP_LIMITS;
	unzip *z = NULL;
	str bytes;
	rc r = k->e.photos ? get_file(k, ERRAND_PHOTOS, &bytes) : RC_NOT_FOUND;

	*n = 0;
	most.entries = PHOTOS_MAX;
	if (r == RC_OK)
		r = unzip_open(own, k->f, bytes, most, &z);
	for (size_t i = 0; r == RC_OK && i < unzip_count(z); i++)
		*n += !str_ends(unzip_at(z, i)->name, STR("/"));
	arena_close(own);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
remembered(const step *k, heading_choices *out)
{
	arena *own = arena_open(k->a, 0);
	db *d = NULL;
	rc r = store_read(k->b->c.site->store, own, k->f, &d);

	if (r == RC_OK)
		r = intake_headings_read(d, k->a, k->f, &k->who, out);
	arena_close(own);
	return r;
}

static rc
do_read(step *k)
{
	intake_table *t = intake_table_new(k->a);
	heading_choices chosen;

	TRY(read_table(k, t));
	TRY(remembered(k, &chosen));
	TRY(intake_table_map(t, k->f, k->b->c.fields, &chosen));
	TRY(count_photos(k, &k->e.photos));
	TRY(put_file(k, ERRAND_COLUMNS, found_columns_write(k->a, t)));
	k->e.counts.total = (int64_t)t->rows.n;
	k->e.state = ERRAND_MAP;
	return RC_OK;
}

/* ---- checking and loading ---- */

static void
at_work(const step *k, intake *in)
{
	pthread_mutex_lock(&k->b->lock);
	k->hand->at_work = in;
	if (in && k->b->stopping)
		intake_stop(in);
	pthread_mutex_unlock(&k->b->lock);
}

static rc
run(step *k, bool load, intake **out)
{
	intake_table *t = intake_table_new(k->a);
	heading_choices chosen;
	intake *in = NULL;

	TRY(read_table(k, t));
	TRY(heading_choices_read(k->a, k->f, k->b->c.fields, STR("map"), k->e.map, &chosen));
	TRY(intake_table_map(t, k->f, k->b->c.fields, &chosen));
	TRY(intake_open(k->a, k->f,
			&(intake_ask){.s = k->b->c.site->store,
				      .c = k->b->c.fields,
				      .who = &k->who,
				      .table = t,
				      .file = k->e.file,
				      .sha256 = k->e.sha256,
				      .now = k->now,
				      .demo = k->b->c.site->kind != SITE_LIVE,
				      .lang = k->e.lang,
				      .id = k->e.import},
			&in));
	at_work(k, in);
	rc r = intake_run(in, k->f, load);
	at_work(k, NULL);
	TRY(r);
	*out = in;
	return RC_OK;
}

/* The sheet of refused rows, made in memory. */
static rc
keep_refused(step *k, const intake *in)
{
	arena *own = arena_open(k->a, 0);
	str path, bytes;
	int64_t n = 0;
	int fd = -1;
	rc r = file_hidden(own, k->f, &fd, &path);

	if (r == RC_OK)
		r = intake_write_refused(in, own, k->f, path, &n);
	if (r == RC_OK)
		r = file_read(own, k->f, path, ERRAND_PHOTOS_MAX, &bytes);
	if (r == RC_OK)
		r = put_file(k, ERRAND_BACK, bytes);
	arena_close(own);
	return r;
}

/* Whoever checks a list against the register learns who is in it. */
static rc
look_at_list(tx *t, const void *in, void *out)
{
	const step *k = in;

	(void)out;
	return tx_look(t, &(look_row){.tenant = k->e.tenant,
				      .actor = k->e.account,
				      .office = k->e.office,
				      .what = str_fmt(tx_arena(t), "list import n=%lld",
						      (long long)k->e.counts.total),
				      .purpose = STR("3")});
}

static rc
command(const step *k, store_fn *fn, const void *in)
{
	arena *own = arena_open(NULL, 0);
	store_command c = {.fn = fn, .in = in, .a = own, .now = k->now, .lane = LANE_JOB};
	rc r = store_write(k->b->c.site->store, k->f, &c);

	arena_close(own);
	return r;
}

static rc
do_check(step *k)
{
	intake *in = NULL;

	TRY(command(k, look_at_list, k));
	TRY(run(k, false, &in));
	k->e.counts = intake_count(in);
	if (k->e.counts.refused)
		TRY(keep_refused(k, in));
	TRY(put_file(k, ERRAND_ROWS, found_write(k->a, in, 0, NULL)));
	k->e.state = ERRAND_CHECKED;
	return RC_OK;
}

static rc
give_photos(const step *k, const intake *in, photo_report *out)
{
	str zip;

	*out = (photo_report){0};
	if (k->e.photos == 0)
		return RC_OK;
	TRY(get_file(k, ERRAND_PHOTOS, &zip));
	return intake_photos(in, k->a, k->f, zip, k->b->papers, out);
}

/* The counts of an import that went on after a stop are those of its row. */
static rc
counts_of_import(step *k)
{
	arena *own = arena_open(k->a, 0);
	import_view v;
	db *d = NULL;
	rc r = store_read(k->b->c.site->store, own, k->f, &d);

	if (r == RC_OK)
		r = import_find(d, own, k->f, &k->who, k->e.import, &v);
	if (r == RC_OK)
		k->e.counts = v.counts;
	arena_close(own);
	return r;
}

static bool
takes(const void *ctx, int64_t line, str id)
{
	return errand_takes(ctx, line, id);
}

/* Where he believed the sheet. */
static rc
apply(const step *k, const intake *in, int64_t *people)
{
	arena *own = arena_open(k->a, 0);
	errand_choices chosen;
	intake_belief b = {.takes = takes, .ctx = &chosen};
	db *d = NULL;
	rc r = store_read(k->b->c.site->store, own, k->f, &d);

	*people = 0;
	if (r == RC_OK)
		r = errand_choices_read(d, k->a, k->f, &k->e, &chosen);
	arena_close(own);
	return r == RC_OK ? intake_apply(in, k->f, &b, people) : r;
}

static rc
do_load(step *k)
{
	photo_report photos;
	int64_t people = 0;
	intake *in = NULL;

	TRY(run(k, true, &in));
	TRY(apply(k, in, &people));
	TRY(give_photos(k, in, &photos));
	TRY(counts_of_import(k));
	if (k->e.counts.refused)
		TRY(keep_refused(k, in));
	TRY(put_file(k, ERRAND_ROWS, found_write(k->a, in, people, &photos)));
	k->e.state = ERRAND_DONE;
	return RC_OK;
}

/* ---- the others ---- */

static rc
do_take_back(step *k)
{
	import_undoing ask = {.c = k->b->c.fields, .who = &k->who, .id = k->e.import, .now = k->now};

	TRY(import_undo(k->b->c.site->store, k->a, k->f, &ask, &k->e.counts.added));
	k->e.state = ERRAND_DONE;
	return RC_OK;
}

/* One of the two; its path is set here. */
typedef struct out_sheet {
	roster_ask *roster;
	todo_ask *todo;
} out_sheet;

static rc
write_out(const step *k, const out_sheet *what, int64_t *n)
{
	arena *own = arena_open(k->a, 0);
	str path, bytes;
	db *d = NULL;
	int fd = -1;
	rc r = file_hidden(own, k->f, &fd, &path);

	if (r == RC_OK)
		r = store_read(k->b->c.site->store, own, k->f, &d);
	if (r == RC_OK && what->todo) {
		what->todo->path = path;
		r = todo_write(d, own, k->f, what->todo, n);
	} else if (r == RC_OK) {
		what->roster->path = path;
		r = roster_write(d, own, k->f, what->roster, n);
	}
	if (d)
		store_read_end(k->b->c.site->store, d);
	if (r == RC_OK)
		r = file_read(own, k->f, path, ERRAND_PHOTOS_MAX, &bytes);
	if (r == RC_OK)
		r = put_file(k, ERRAND_OUT, bytes);
	arena_close(own);
	return r;
}

static rc
write_todo(step *k)
{
	todo_ask ask = {.who = &k->who, .import = k->e.import, .now = k->now, .lang = k->e.lang};

	TRY(command(k, todo_look_run, &ask));
	TRY(write_out(k, &(out_sheet){.todo = &ask}, &k->e.counts.total));
	k->e.state = ERRAND_DONE;
	return RC_OK;
}

/* The look stands before anything is read. */
static rc
do_write(step *k)
{
	roster_ask *ask = arena_new(k->a, roster_ask);
	str rest = k->e.map, id;

	if (k->e.import)
		return write_todo(k);
	*ask = (roster_ask){
		.who = &k->who, .c = k->b->c.fields, .reveal = k->e.reveal, .now = k->now, .lang = k->e.lang};
	while (ask->nfields < ROSTER_COLUMNS && str_next(&rest, ',', &id)) {
		const field *x = field_find(k->b->c.fields, id);
		if (x)
			ask->field[ask->nfields++] = x;
	}
	if (ask->nfields == 0)
		return FAIL(k->f, RC_INVALID, "errand.no_columns");
	TRY(command(k, roster_look_run, &(roster_look){.ask = ask, .purpose = k->e.purpose}));
	TRY(write_out(k, &(out_sheet){.roster = ask}, &k->e.counts.total));
	k->e.state = ERRAND_DONE;
	return RC_OK;
}

/* ---- a step, from its row to its row ---- */

static rc
find_owner(step *k)
{
	arena *own = arena_open(k->a, 0);
	session_absent ask = {.roles = k->b->c.roles,
			      .tenant = k->e.tenant,
			      .account = k->e.account,
			      .post = k->e.post,
			      .now = k->now};
	db *d = NULL;
	rc r = store_read(k->b->c.site->store, own, k->f, &d);

	if (r == RC_OK)
		r = session_actor(d, k->a, k->f, &ask, &k->who);
	if (r == RC_NOT_FOUND || (r == RC_OK && k->who.office != k->e.office))
		r = FAIL(k->f, RC_DENIED, "errand.no_post");
	arena_close(own);
	return r;
}

static rc
do_step(step *k)
{
	static rc (*const doing[ERRAND_STATES])(step *) = {[ERRAND_READ] = do_read,
							   [ERRAND_CHECK] = do_check,
							   [ERRAND_LOAD] = do_load,
							   [ERRAND_TAKE_BACK] = do_take_back,
							   [ERRAND_WRITE] = do_write};

	TRY(find_owner(k));
	return doing[k->e.state](k);
}

static bool
machine_failed(rc r)
{
	return r == RC_IO || r == RC_FULL || r == RC_BUSY;
}

/* What becomes of an errand whose step failed for its own sake: a sheet that cannot be checked as it is
 * mapped may be mapped otherwise. */
static void
settle_failure(step *k, errand_state was)
{
	bool again = was == ERRAND_CHECK && k->f->id && strcmp(k->f->id, "intake.headings") == 0;

	k->e.said = fault_text(k->a, k->e.lang, k->f);
	k->e.state = again ? ERRAND_MAP : ERRAND_FAILED;
	fault_clear(k->f);
}

static rc
one_step(bench *b, hand *h, arena *a, fault *f)
{
	step k = {.b = b, .hand = h, .a = a, .f = f, .now = site_now(b->c.site)};
	arena *own = arena_open(a, 0);
	db *d = NULL;
	rc r = store_read(b->c.site->store, own, f, &d);

	if (r == RC_OK)
		r = errand_read(d, a, f, &(errand_ref){h->tenant, h->id}, &k.e);
	arena_close(own);
	if (r == RC_OK && errand_is_working(k.e.state))
		r = command(&k, errand_try, &k.e);
	else if (r == RC_OK)
		return RC_OK;
	if (r == RC_NOT_FOUND)
		return RC_OK; /* thrown away meanwhile */
	TRY(r);
	errand_state was = k.e.state;
	if (k.e.tries >= BENCH_TRIES)
		r = FAIL(f, RC_INVALID, "errand.gave_up", FA_INT("n", BENCH_TRIES));
	else
		r = do_step(&k);
	if (machine_failed(r))
		return r; /* the row stands as it was */
	if (r != RC_OK)
		settle_failure(&k, was);
	bool over = k.e.state == ERRAND_DONE || (k.e.state == ERRAND_FAILED && k.e.import == 0);
	TRY(command(&k, errand_ended, &(errand_end){.now = &k.e, .was = was}));
	if (over)
		errand_sources_drop(a, b->dir, k.e.id);
	return RC_OK;
}

/* The oldest that nobody is at. */
static hand *
take(bench *b, const errand_refs *due)
{
	hand *free = NULL;

	for (size_t i = 0; i < LEN(b->hand) && !free; i++)
		if (b->hand[i].id == 0)
			free = &b->hand[i];
	for (size_t i = 0; free && i < due->n; i++) {
		bool held = false;
		for (size_t k = 0; k < LEN(b->hand); k++)
			held = held ||
			       (b->hand[k].id == due->v[i].id && b->hand[k].tenant == due->v[i].tenant);
		if (!held) {
			*free = (hand){.tenant = due->v[i].tenant, .id = due->v[i].id};
			return free;
		}
	}
	return NULL;
}

rc
bench_turn(bench *b, fault *f, bool *worked)
{
	arena *a = arena_open(NULL, 0), *own = arena_open(a, 0);
	errand_refs due = {0};
	hand *h = NULL;
	db *d = NULL;
	rc r = store_read(b->c.site->store, own, f, &d);

	if (r == RC_OK)
		r = errand_due(d, a, f, &due);
	arena_close(own);
	pthread_mutex_lock(&b->lock);
	if (r == RC_OK)
		h = take(b, &due);
	pthread_mutex_unlock(&b->lock);
	*worked = h != NULL;
	if (h)
		r = one_step(b, h, a, f);
	pthread_mutex_lock(&b->lock);
	if (h)
		*h = (hand){0};
	pthread_mutex_unlock(&b->lock);
	arena_close(a);
	return r;
}

/* ---- the threads ---- */

static void
rest(bench *b)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t); // lint: allow clock - how long to sleep, never what day it is
	t.tv_sec += WAIT_S;
	pthread_mutex_lock(&b->lock);
	if (!b->stopping)
		pthread_cond_timedwait(&b->some, &b->lock, &t);
	pthread_mutex_unlock(&b->lock);
}

static void *
bench_main(void *p)
{
	bench *b = p;
	bool stopping = false;

	thread_stand_back();
	while (!stopping) {
		fault f = {0};
		bool worked = false;
		rc r = bench_turn(b, &f, &worked);
		if (r != RC_OK || !worked)
			rest(b);
		pthread_mutex_lock(&b->lock);
		stopping = b->stopping;
		pthread_mutex_unlock(&b->lock);
	}
	return NULL;
}

rc
bench_start(bench *b, fault *f)
{
	for (; b->threads < BENCH_THREADS; b->threads++)
		if (pthread_create(&b->thread[b->threads], NULL, bench_main, b) != 0)
			return FAIL(f, RC_IO, "store.thread");
	return RC_OK;
}

void
bench_stop(bench *b)
{
	pthread_mutex_lock(&b->lock);
	b->stopping = true;
	for (size_t i = 0; i < LEN(b->hand); i++)
		if (b->hand[i].at_work)
			intake_stop(b->hand[i].at_work);
	pthread_cond_broadcast(&b->some);
	pthread_mutex_unlock(&b->lock);
	for (int i = 0; i < b->threads; i++)
		pthread_join(b->thread[i], NULL);
	b->threads = 0;
}

void
bench_wake(bench *b)
{
	pthread_mutex_lock(&b->lock);
	pthread_cond_broadcast(&b->some);
	pthread_mutex_unlock(&b->lock);
}

bool
bench_progress(bench *b, const errand *e, int64_t *rows)
{
	bool any = false;

	pthread_mutex_lock(&b->lock);
	for (size_t i = 0; i < LEN(b->hand); i++)
		if (b->hand[i].id == e->id && b->hand[i].tenant == e->tenant && b->hand[i].at_work) {
			*rows = intake_progress(b->hand[i].at_work);
			any = true;
		}
	pthread_mutex_unlock(&b->lock);
	return any;
}
