/* http_bench.c - what the frame costs: a page of 2 KB through routing, session hook, guard headers and reply.
 *
 *   build/bench/http [seconds]      serves on loopback, prints the port, ends after so long (20) and tells
 * the cost
 *
 * On a machine of two cores, the server on one and the client on the other:
 *   taskset -c 0 build/bench/http 20 & taskset -c 1 wrk -t1 -c64 -d10s --latency http://127.0.0.1:PORT/page
 * /token adds a form token, /later goes through another thread and back, /big is 40 KB (add
 * -H 'Accept-Encoding: gzip' to see what squeezing costs), /assets/x is a file of the program. */
#include "web/asset.h"
#include "web/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { PAGE = 2048, BIG = 40000, RING = 256 };

static char page[BIG];
static atomic_llong served; /* all but files of the program */

/* A worker that finishes what it is given, to measure the way there and back. */
typedef struct ring {
	pthread_mutex_t lock;
	pthread_cond_t some;
	web_req *rq[RING];
	unsigned in, out;
} ring;

static ring jobs = {.lock = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER};

static void *
work(void *unused)
{
	(void)unused;
	for (;;) {
		pthread_mutex_lock(&jobs.lock);
		while (jobs.in == jobs.out)
			pthread_cond_wait(&jobs.some, &jobs.lock);
		web_req *rq = jobs.rq[jobs.out++ % RING];
		pthread_mutex_unlock(&jobs.lock);
		web_finish(rq);
	}
	return NULL;
}

static rc
get_page(web_req *rq)
{
	buf_put(&rq->out, (str){page, PAGE});
	return web_page(rq, 200);
}

static rc
get_token(web_req *rq)
{
	html_keys(web_html(rq));
	return get_page(rq);
}

static rc
get_big(web_req *rq)
{
	buf_put(&rq->out, (str){page, BIG});
	return web_page(rq, 200);
}

static rc
get_later(web_req *rq)
{
	rq->then = get_page;
	pthread_mutex_lock(&jobs.lock);
	bool full = jobs.in - jobs.out == RING;
	if (!full)
		jobs.rq[jobs.in++ % RING] = rq;
	pthread_cond_signal(&jobs.some);
	pthread_mutex_unlock(&jobs.lock);
	if (!full)
		return RC_OK;
	rq->then = NULL;
	return RC_BUSY;
}

static const web_route routes[] = {
	{"GET", "/page", get_page, "open", "A page of 2 KB"},
	{"GET", "/token", get_token, "open", "The same with a form token"},
	{"GET", "/big", get_big, "open", "A page of 40 KB"},
	{"GET", "/later", get_later, "open", "2 KB, by way of another thread"},
	{0},
};

static int64_t
now(void *self)
{
	struct timespec t;

	(void)self;
	atomic_fetch_add(&served, 1);
	clock_gettime(CLOCK_REALTIME_COARSE, &t);
	return (int64_t)t.tv_sec * 1000;
}

/* On a machine that others use as well, processor time tells more than requests a second. */
static void
print_cost(void)
{
	struct timespec t;
	int64_t n = atomic_load(&served);

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	double us = (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
	printf("%lld requests, %.2f us of processor each\n", (long long)n, n ? us / (double)n : 0.0);
}

int
main(int argc, char **argv)
{
	static const uint8_t key[32] = {1}, file[PAGE] = {'x'};
	static const web_asset assets[] = {{"/assets/x", "text/css", file, PAGE, NULL, 0, "\"x\""}, {0}};
	static const web_route *const tables[] = {routes, NULL};
	web_config config = {
		.http = {.listen = STR("127.0.0.1:0")},
		.tables = tables,
		.assets = assets,
		.hooks = {.now = now},
		.form_key = key,
	};
	web_app *w = NULL;
	fault f = {0};
	int64_t seconds = 20;
	pthread_t worker;

	for (size_t i = 0; i < BIG; i++)
		page[i] = (char)('a' + i * i % 26);
	pthread_create(&worker, NULL, work, NULL);
	if (web_start(&f, &config, &w) != RC_OK) {
		fprintf(stderr, "%s\n", f.id);
		return 1;
	}
	printf("%u\n", web_port(w));
	fflush(stdout);
	if (argc > 1 && !str_to_i64(str_of(argv[1]), &seconds))
		return 1;
	nanosleep(&(struct timespec){.tv_sec = seconds}, NULL);
	web_stop(w, 1000);
	print_cost();
	return 0;
}
