/* site_test.c - a site is made once, opens again, keeps its clock and its key. */
#include "app/site/site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "store/fixture.h"
#include "store/job.h"

#include <cmocka.h>

static int64_t
wall(void)
{
	return 1793577600000;
}

typedef struct place {
	arena *a;
	fault f;
	str dir;
	char path[64];
	site_new how;
} place;

static void
place_open(place *p, fixture *x)
{
	*p = (place){.a = arena_open(NULL, 0), .path = "/tmp/zhucan-site-XXXXXX"};
	assert_non_null(mkdtemp(p->path));
	p->dir = str_fmt(p->a, "%s/site", p->path);
	p->how = (site_new){.kind = SITE_DEMO, .name_zh = STR("演示\"站\""), .name_en = STR("Demo")};
	if (x->engine == ENGINE_POSTGRES)
		p->how.database = p->how.keys = x->url;
}

static void
place_close(place *p)
{
	char cmd[128];

	arena_close(p->a);
	assert_true(snprintf(cmd, sizeof cmd, "rm -r %s", p->path) > 0);
	assert_int_equal(system(cmd), 0);
}

static void
is_made_once(fixture *x)
{
	place p;
	site *s = NULL;
	struct stat st;

	place_open(&p, x);
	assert_int_equal(site_open(p.a, &p.f, p.dir, wall, &s), RC_NOT_FOUND);
	assert_string_equal(p.f.id, "site.none");
	assert_int_equal(site_init(p.a, &p.f, p.dir, &p.how), RC_OK);
	assert_int_equal(site_init(p.a, &p.f, p.dir, &p.how), RC_CONFLICT);
	assert_int_equal(stat(cstr(p.a, str_cat(p.a, p.dir, STR("/root.key"))), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(site_open(p.a, &p.f, p.dir, wall, &s), RC_OK);
	assert_true(str_eq(s->name_zh, STR("演示\"站\"")));
	assert_int_equal(s->kind, SITE_DEMO);
	assert_int_equal(site_now(s), wall());
	place_close(&p);
}

static void
keeps_its_clock(fixture *x)
{
	place p;
	site *s = NULL, *beside = NULL;
	arena *own = NULL;

	place_open(&p, x);
	assert_int_equal(site_init(p.a, &p.f, p.dir, &p.how), RC_OK);
	own = arena_open(p.a, 0);
	assert_int_equal(site_open(own, &p.f, p.dir, wall, &s), RC_OK);
	assert_int_equal(site_set_clock(s, &p.f, wall() + 1000), RC_OK);
	assert_int_equal(job_run_due(s->store, &p.f, (job_set[]){{site_jobs, s}, {0}},
				     site_now(s) + 86400000 * (int64_t)2, NULL),
			 RC_OK);
	arena_close(own);
	own = arena_open(p.a, 0);
	assert_int_equal(site_open(own, &p.f, p.dir, wall, &s), RC_OK);
	assert_int_equal(site_now(s), wall() + 1000);
	assert_int_equal(site_open(own, &p.f, p.dir, wall, &beside), RC_OK);
	assert_int_equal(site_set_clock(beside, &p.f, wall() + 2000), RC_OK);
	assert_int_equal(site_follow_clock(s, &p.f), RC_OK);
	assert_int_equal(site_now(s), wall() + 2000);
	s->kind = SITE_LIVE;
	assert_int_equal(site_set_clock(s, &p.f, wall()), RC_DENIED);
	arena_close(own);
	place_close(&p);
}

static void
needs_its_key(fixture *x)
{
	place p;
	site *s = NULL;

	place_open(&p, x);
	assert_int_equal(site_init(p.a, &p.f, p.dir, &p.how), RC_OK);
	str key = str_cat(p.a, p.dir, STR("/root.key"));
	assert_int_equal(file_write(p.a, &p.f, key, STR("00ff"), 0600), RC_OK);
	assert_int_equal(site_open(p.a, &p.f, p.dir, wall, &s), RC_INVALID);
	assert_string_equal(p.f.id, "site.root_bad");
	assert_int_equal(unlink(cstr(p.a, key)), 0);
	assert_int_equal(site_open(p.a, &p.f, p.dir, wall, &s), RC_INVALID);
	assert_string_equal(p.f.id, "site.root_missing");
	assert_int_equal(
		file_write(p.a, &p.f, str_cat(p.a, p.dir, STR("/site.yaml")), STR("kind: x\n"), 0600), RC_OK);
	assert_int_equal(site_open(p.a, &p.f, p.dir, wall, &s), RC_INVALID);
	place_close(&p);
}

BOTH(is_made_once)
BOTH(keeps_its_clock)
BOTH(needs_its_key)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(is_made_once), BOTH_TESTS(keeps_its_clock),
					   BOTH_TESTS(needs_its_key)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
