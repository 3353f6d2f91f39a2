/* store_bench.c - durable submissions through the writer, beside bare SQLite inserting as many rows in the
 * same groups.
 *
 *   store_bench [DIR] [N]      N submissions (20,000) into a new site.db below DIR (a temporary folder)
 *
 * A submission is what a form costs the store: a request key, an event with its body and hash, four ledgered
 * rows, one derived row. 256 are under way at once, as from as many people. Both sides run WAL with
 * synchronous=FULL. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "store/rows.h"
#include "store/store.h"

enum { UNDER_WAY = 256, GROUP = 64 };

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static rc
submit(tx *t, const void *in, void *out)
{
	int64_t id = tx_id(t), n = *(const int64_t *)in;
	str name = str_fmt(tx_arena(t), "submission-%lld", (long long)n);

	(void)out;
	tx_event(
		t,
		&(event_head){
			.tenant = 420106, .actor = 7, .office = 9, .kind = "bench.submitted", .subject = id});
	TRY(put_account(t, &(row_account){.tenant = 420106,
					  .id = id,
					  .kind = STR("staff"),
					  .login = name,
					  .name = name,
					  .closed = STR("2026-01-01")}));
	for (int64_t i = 0; i < 3; i++)
		TRY(put_fact(t, &(row_fact){.tenant = 420106,
					    .person = id,
					    .id = i,
					    .field = STR("education"),
					    .value = STR("70"),
					    .valid_from = STR(""),
					    .valid_to = STR(""),
					    .recorded_at = tx_now(t),
					    .source = STR("bench")}));
	return put_name_key(t, &(row_name_key){.tenant = 420106, .key = name, .owner = 420106, .person = id});
}

typedef struct crowd {
	pthread_mutex_t lock;
	pthread_cond_t room;
	int under_way;
	double worst;
} crowd;

typedef struct one {
	store_command c;
	crowd *crowd;
	int64_t n;
	double since;
} one;

static void
answered(store_command *c)
{
	one *o = c->ctx;
	crowd *w = o->crowd;
	arena *a = c->a;

	pthread_mutex_lock(&w->lock);
	if (c->rc != RC_OK)
		abort();
	double took = seconds() - o->since;
	w->worst = took > w->worst ? took : w->worst;
	w->under_way--;
	pthread_cond_signal(&w->room);
	pthread_mutex_unlock(&w->lock);
	arena_close(a);
}

static double
through_the_store(const char *dir, int64_t n, double *worst)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	store *s = NULL;
	store_options o = {.url = str_fmt(a, "%s/site.db", dir), .create = true};
	crowd w = {.lock = PTHREAD_MUTEX_INITIALIZER, .room = PTHREAD_COND_INITIALIZER};

	if (store_open(a, &f, &o, &s) != RC_OK)
		abort();
	double from = seconds();
	for (int64_t i = 0; i < n; i++) {
		arena *own = arena_open(NULL, 0);
		one *k = arena_new(own, one);
		*k = (one){.crowd = &w, .n = i, .since = seconds()};
		k->c = (store_command){.fn = submit,
				       .in = &k->n,
				       .a = own,
				       .now = 1793577600000 + i,
				       .actor = 7,
				       .key = str_fmt(own, "key-%lld", (long long)i),
				       .route = STR("POST /applications"),
				       .input = STR("x"),
				       .done = answered,
				       .ctx = k};
		pthread_mutex_lock(&w.lock);
		while (w.under_way >= UNDER_WAY)
			pthread_cond_wait(&w.room, &w.lock);
		w.under_way++;
		pthread_mutex_unlock(&w.lock);
		store_submit(s, &k->c);
	}
	pthread_mutex_lock(&w.lock);
	while (w.under_way > 0)
		pthread_cond_wait(&w.room, &w.lock);
	pthread_mutex_unlock(&w.lock);
	double took = seconds() - from;
	*worst = w.worst;
	arena_close(a);
	return (double)n / took;
}

/* The same number of rows of the same widths, in groups of the same size, and nothing else. */
static double
bare(const char *dir, int64_t n)
{
	static const char *const schema =
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
		"CREATE TABLE t (a INTEGER, b INTEGER, c TEXT, d TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;"
		"CREATE TABLE e (a INTEGER, b INTEGER, c TEXT, d TEXT, PRIMARY KEY (a, b))";
	char path[4096], body[512];
	sqlite3 *h = NULL;
	sqlite3_stmt *row = NULL, *event = NULL;

	snprintf(path, sizeof path, "%s/bare.db", dir);
	memset(body, 'x', sizeof body);
	if (sqlite3_open(path, &h) != SQLITE_OK || sqlite3_exec(h, schema, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	sqlite3_prepare_v2(h, "INSERT INTO t VALUES (?,?,?,?)", -1, &row, NULL);
	sqlite3_prepare_v2(h, "INSERT INTO e VALUES (?,?,?,?)", -1, &event, NULL);
	double from = seconds();
	for (int64_t i = 0; i < n; i++) {
		if (i % GROUP == 0)
			sqlite3_exec(h, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		for (int k = 0; k < 7; k++) {
			sqlite3_stmt *s = k == 0 ? event : row;
			sqlite3_bind_int64(s, 1, i);
			sqlite3_bind_int64(s, 2, k);
			sqlite3_bind_text(s, 3, body, 60, SQLITE_STATIC);
			sqlite3_bind_text(s, 4, body, k == 0 ? 300 : 30, SQLITE_STATIC);
			if (sqlite3_step(s) != SQLITE_DONE)
				abort();
			sqlite3_reset(s);
		}
		if (i % GROUP == GROUP - 1 || i == n - 1)
			sqlite3_exec(h, "COMMIT", NULL, NULL, NULL);
	}
	double took = seconds() - from;
	sqlite3_finalize(row);
	sqlite3_finalize(event);
	sqlite3_close(h);
	return (double)n / took;
}

int
main(int argc, char **argv)
{
	char made[] = "/tmp/zhucan-bench-XXXXXX", cmd[128];
	const char *dir = argc > 1 ? argv[1] : mkdtemp(made);
	int64_t n = argc > 2 ? strtoll(argv[2], NULL, 10) : 20000;
	double worst = 0;

	double b = bare(dir, n), s = through_the_store(dir, n, &worst);
	printf("bare SQLite, 7 rows in groups of 64: %8.0f submissions/s\n", b);
	printf("through the store:                   %8.0f submissions/s   %.2f of bare   slowest answer "
	       "%.0f ms\n",
	       s, s / b, worst * 1000);
	if (argc <= 1) {
		snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
		return system(cmd) != 0;
	}
	return 0;
}
