/* errand_fixture.h - for tests: a county with a clerk who has a post, a bench without threads, and sheets. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/errand/bench.h"
#include "app/errand/result.h"
#include "app/intake/sample.h"
#include "app/region/tenant.h"
#include "base/buf.h"
#include "io/file.h"

enum { SAMPLE_TENANT = 990101 };

typedef struct county {
	fixture *x;
	town w;
	site site;
	const catalogue *c;
	bench *b;
	int64_t office, account, post;
	actor clerk;
	sample people;
} county;

/* The site's clock is this and its offset. */
static inline int64_t
county_wall(void)
{
	return 1793577600000;
}

static inline actor
county_actor(county *o, int64_t account, int64_t post)
{
	arena *own = arena_open(o->x->a, 0);
	session_absent ask = {o->w.roles, SAMPLE_TENANT, account, post, o->x->now};
	actor who;
	db *d = NULL;

	OK(&o->w, store_read(o->x->s, own, &o->x->f, &d));
	OK(&o->w, session_actor(d, o->x->a, &o->x->f, &ask, &who));
	arena_close(own);
	return who;
}

static inline bench *
county_bench(county *o)
{
	bench_config c = {.site = &o->site, .fields = o->c, .roles = o->w.roles};
	bench *b = NULL;

	o->site = (site){.dir = fixture_path(o->x, "site"),
			 .kind = SITE_DEMO,
			 .name_zh = STR("示例"),
			 .name_en = STR("Sample"),
			 .store = o->x->s,
			 .wall = county_wall,
			 .offset = o->x->now - county_wall()};
	OK(&o->w, bench_open(o->x->a, &o->x->f, &c, &b));
	return b;
}

static inline county *
county_open(fixture *x)
{
	county *o = arena_new(x->a, county);
	region_numbers list = {0};
	tenant_found_in in = {.region = (int64_t)SAMPLE_TENANT * 1000000,
			      .day = date_from_ymd(2024, 1, 1),
			      .name = STR(""),
			      .name_en = STR("")};
	int64_t n = 0;
	str text;

	*o = (county){.x = x,
		      .w = {.x = x, .console = actor_console(SAMPLE_TENANT)},
		      .people = sample_of(x->a, SAMPLE_TENANT)};
	x->now = date_start_instant(date_from_ymd(2026, 6, 1));
	OK(&o->w, catalogue_load(x->a, &x->f, &pack_all, &o->c));
	OK(&o->w, pack_find(&pack_all, x->a, STR("lists/roles.yaml"), &text));
	OK(&o->w, roles_load(x->a, &x->f, STR("lists/roles.yaml"), text, &o->w.roles));
	*vec_add(x->a, &list) = 99;
	OK(&o->w, region_load(x->s, &pack_all, &x->f, &list, x->now, &n));
	OK(&o->w, run(&o->w, tenant_found_run, &in, &n));
	o->office =
		open_office_at(&o->w, SAMPLE_TENANT, OFFICE_FEDERATION, LEVEL_COUNTY, in.region, "县残联");
	o->account = open_account(&o->w, SAMPLE_TENANT, "clerk");
	o->post = give(&o->w, SAMPLE_TENANT, o->account, o->office, "county.clerk");
	o->clerk = county_actor(o, o->account, o->post);
	o->clerk.fields = FIELD_PUBLIC | FIELD_INTERNAL | FIELD_PERSONAL | FIELD_SENSITIVE;
	o->b = county_bench(o);
	return o;
}

/* A cell planted in a row, from 0. */
typedef struct county_cell {
	size_t row;
	enum sample_column column;
	const char *text;
} county_cell;

/* The roster as CSV: people `from` … `to`-1 of the sample, with some cells planted. */
static inline str
county_sheet(county *o, uint64_t from, uint64_t to, const county_cell *v, size_t n)
{
	str col[SAMPLE_COLUMNS];
	buf b = buf_in(o->x->a);

	for (size_t k = 0; k < SAMPLE_COLUMNS; k++)
		buf_fmt(&b, "%s%s", k ? "," : "", sample_heading[k]);
	for (uint64_t i = from; i < to; i++) {
		sample_person(&o->people, i, col);
		for (size_t k = 0; k < n; k++)
			if (v[k].row == i - from)
				col[v[k].column] = str_of(v[k].text);
		for (size_t k = 0; k < SAMPLE_COLUMNS; k++)
			buf_fmt(&b, "%s%.*s", k ? "," : "\n", STR_ARG(col[k]));
	}
	buf_c(&b, '\n');
	return buf_str(&b);
}

/* An upload as the page makes it; the rc is the command's. */
static inline rc
county_upload(county *o, const actor *who, str bytes, str photos, int64_t *id)
{
	fixture *x = o->x;
	errand_new n = {.who = who,
			.kind = ERRAND_IMPORT,
			.file = STR("名单.csv"),
			.map = STR(""),
			.purpose = STR("")};
	errand_upload u = {.dir = bench_dir(o->b), .sheet = bytes, .photos = photos, .now = x->now};
	wrapped_key key;

	OK(&o->w, errand_keep(x->s, x->a, &x->f, &u, &n, &key));
	store_command c = {.fn = errand_begin, .in = &n, .a = x->a, .now = x->now, .keys = &key, .nkeys = 1};
	*id = n.id;
	fault_clear(&x->f);
	return store_write(x->s, &x->f, &c);
}

static inline errand
county_errand(county *o, int64_t id)
{
	arena *own = arena_open(o->x->a, 0);
	errand e;
	db *d = NULL;

	OK(&o->w, store_read(o->x->s, own, &o->x->f, &d));
	OK(&o->w, errand_find(d, o->x->a, &o->x->f, &o->clerk, id, &e));
	arena_close(own);
	return e;
}

/* Everything that waits for a thread is done; then where this errand is. */
static inline errand
county_work(county *o, int64_t id)
{
	bool worked = true;

	while (worked)
		OK(&o->w, bench_turn(o->b, &o->x->f, &worked));
	return county_errand(o, id);
}

static inline str
county_file(county *o, const errand *e, const char *name)
{
	arena *own = arena_open(o->x->a, 0);
	db *d = NULL;
	str bytes;

	OK(&o->w, store_read(o->x->s, own, &o->x->f, &d));
	OK(&o->w, errand_file_get(d, o->x->a, &o->x->f, e, bench_dir(o->b), name, &bytes));
	arena_close(own);
	return bytes;
}

/* The headings as they were guessed, agreed to. */
static inline rc
county_agree(county *o, const errand *e)
{
	fixture *x = o->x;
	found_columns c;
	VEC(heading_choice) v = {0};

	OK(&o->w, found_columns_read(x->a, &x->f, county_file(o, e, ERRAND_COLUMNS), &c));
	for (size_t i = 0; i < c.n; i++)
		*vec_add(x->a, &v) = (heading_choice){c.v[i].heading, c.v[i].field};
	errand_step k = {.who = &o->clerk,
			 .id = e->id,
			 .was = ERRAND_MAP,
			 .state = ERRAND_CHECK,
			 .headings = v.v,
			 .nheadings = v.n};
	return run(&o->w, errand_advance, &k, NULL);
}

static inline rc
county_step(county *o, int64_t id, errand_state was, errand_state state)
{
	return run(&o->w, errand_advance,
		   &(errand_step){.who = &o->clerk, .id = id, .was = was, .state = state}, NULL);
}

/* The ledger rebuilds every table. */
static inline void
county_proved(county *o)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_ask ask = {
		.scratch = fixture_path(o->x, "scratch"), .key = key.open, .derived = person_derived};
	ledger_report r;

	OK(&o->w, ledger_check(o->x->s, o->x->a, &o->x->f, &ask, &r));
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %.*s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    STR_ARG(r.findings.v[i].key),
			    r.findings.v[i].column ? r.findings.v[i].column : "");
	assert_int_equal(r.nfindings, 0);
}
