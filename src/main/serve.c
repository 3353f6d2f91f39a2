/* serve.c - zhucan serve: the pages, the jobs behind them, and a clean stop. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "app/account/outbox.h"
#include "app/errand/bench.h"
#include "app/kase/held.h"
#include "app/print/layout.h"
#include "io/log.h"
#include "locale/msg_ids.h"
#include "main/cli.h"
#include "main/pages.h"
#include "store/ledger.h"
#include "web/asset.h"
#include "web/look.h"
#include "web/place_names.h"
#include "web/session.h"

enum { STOP_MS = 10000, JOBS_EVERY_S = 1 };

typedef struct server {
	site *site;
	kases *kases;
	logger *log;
	pthread_mutex_t lock;
	pthread_cond_t stop;
	bool stopping;
} server;

static rc
work_once(server *s, fault *f)
{
	const outbox_adapter *by = site_outbox(s->site);

	TRY(site_follow_clock(s->site, f));
	TRY(kases_run_jobs(s->kases, s->site, f, site_now(s->site), NULL));
	return by ? outbox_send(s->site->store, by, f, site_now(s->site), NULL) : RC_OK;
}

/* Jobs run here, a second after they are due at the latest, and messages leave. A failing store is logged and
 * tried again. */
static void *
jobs_main(void *p)
{
	server *s = p;
	fault f = {0};

	pthread_mutex_lock(&s->lock);
	while (!s->stopping) {
		struct timespec t;
		pthread_mutex_unlock(&s->lock);
		if (work_once(s, &f) != RC_OK)
			log_fault(s->log, LOG_ERROR, &f);
		clock_gettime(CLOCK_REALTIME, &t);
		t.tv_sec += JOBS_EVERY_S;
		pthread_mutex_lock(&s->lock);
		if (!s->stopping)
			pthread_cond_timedwait(&s->stop, &s->lock, &t);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void
wait_for_signal(void)
{
	sigset_t set;
	int sig = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &sig);
}

/* Before any thread starts, so that all of them leave the signals to wait_for_signal. */
static void
block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static rc
serve(cli *c, server *s)
{
	pthread_t jobs;
	house h = {.site = s->site, .log = s->log};
	web_app *app = NULL;
	char address[64];
	int64_t n = 0;
	demo_made demo;

	snprintf(address, sizeof address, "127.0.0.1:%d", (int)c->port);
	TRY(cli_roles(c, &h.roles));
	TRY(door_open(c->a, &c->f, h.roles, &h.door));
	TRY(catalogue_load(c->a, &c->f, &pack_all, &h.fields));
	TRY(print_layouts_load(c->a, &c->f, h.fields, &pack_all, str_cat(c->a, s->site->dir, STR("/print")),
			       &h.layouts));
	h.looks = looks_open(c->a);
	h.places = place_names_open(c->a);
	h.kases = s->kases = kases_open(c->a, h.fields, h.roles);
	if (s->site->kind == SITE_DEMO) {
		TRY(demo_accounts(c->a, &c->f, &pack_all, &demo));
		cli_demo_accounts(c, &demo);
	}
	TRY(bench_open(c->a, &c->f, &(bench_config){s->site, h.fields, h.roles}, &h.bench));
	TRY(bench_start(h.bench, &c->f));
	TRY(pages_start(&c->f, &h, address, &app));
	if (pthread_create(&jobs, NULL, jobs_main, s) != 0)
		return FAIL(&c->f, RC_IO, "store.thread");
	CLI_RESULT(c, MSG_CLI_SERVING,
		   FA_STR("address", str_fmt(c->a, "http://127.0.0.1:%u/", web_port(app))));
	wait_for_signal();

	web_stop(app, STOP_MS);
	bench_stop(h.bench);
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->stop);
	pthread_mutex_unlock(&s->lock);
	pthread_join(jobs, NULL);
	TRY(ledger_sign(s->site->store, c->a, &c->f, &s->site->signing, site_now(s->site), &n));
	CLI_RESULT(c, MSG_CLI_STOPPED);
	return RC_OK;
}

int
cmd_serve(cli *c)
{
	server s = {.log = log_open(c->a, 2, LOG_INFO)};

	block_signals();
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.stop, NULL);
	if (cli_site(c, &s.site) != RC_OK || serve(c, &s) != RC_OK)
		return cli_fail(c);
	return EXIT_YES;
}
