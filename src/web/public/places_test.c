/* places_test.c - the pages of divisions on a real port, over both engines. */
#include "web/public/public.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "app/region/reform.h"
#include "app/region/tenant.h"
#include "store/fixture.h"
#include "web/room_fixture.h"

#include <cmocka.h>

static void
shows(room *m, const char *path, int status, const char *words)
{
	browser_says(browser_get(&m->b, str_of(path)), status, words);
}

static void
fill(fixture *x)
{
	region_numbers list = {0};
	int64_t rows = 0, number = 0;
	tenant_found_in found = {.region = 990102000000, .day = date_of_instant(x->now)};
	store_command c = {.fn = tenant_found_run, .in = &found, .out = &number, .a = x->a, .now = x->now};

	*vec_add(x->a, &list) = 99;
	*vec_add(x->a, &list) = 46;
	assert_int_equal(region_load(x->s, &pack_all, &x->f, &list, x->now, &rows), RC_OK);
	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
	const region_item item = {.act = REGION_RECODED,
				  .code = 990121000000,
				  .successor = 990103000000,
				  .name = STR("听泉区")};
	region_reform in = {.day = date_of_instant(x->now), .source = STR("民函"), .v = &item, .n = 1};
	c.fn = region_reform_run;
	c.in = &in;
	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
}

static void
places_are_shown(fixture *x)
{
	static const web_route *const tables[] = {places_routes, NULL};
	room *m = room_new(x);

	fill(x);
	room_serve(m, tables);
	shows(m, "/places", 200, "href=\"/places/460000000000\">海南省</a>");
	shows(m, "/places/990000000000", 200, "href=\"/places/990100000000\">青禾市</a>");
	shows(m, "/places/99", 200, "青禾市"); /* a short code is as good */
	shows(m, "/places/990102000000", 200, "望舒区残疾人联合会");
	shows(m, "/places/990102001000", 200, "望舒区残疾人联合会"); /* of a township: its county's */
	shows(m, "/places/990101000000", 200, "本站没有负责此地的残联");
	shows(m, "/places/990102001000", 200,
	      "<a class=\"govuk-breadcrumbs__link\" href=\"/places/990102000000\">望舒区</a>");
	shows(m, "/places/460400000000", 200, "地级（不设县级）");
	shows(m, "/places/990121000000", 200, "href=\"/places/990103000000\">听泉区</a>"); /* ended */
	shows(m, "/places/990121000000", 200, "2026-11-02");
	shows(m, "/places?q=wangshu", 200, "href=\"/places/990102000000\">望舒区</a>");
	shows(m, "/places?q=wangshu", 200, "这里只搜索到乡镇");
	shows(m, "/places/990100000000?q=dongli", 200, "东篱社区居民委员会");
	shows(m, "/places?q=zzzz", 200, "没有找到");
	shows(m, "/places?q=z", 422, "请至少输入一个汉字");
	shows(m, "/places?q=%3Cb%3Ewang", 200,
	      "value=\"&lt;b&gt;wang\""); /* shown as typed, never as mark-up */
	shows(m, "/places/440000000000", 404, "");
	shows(m, "/places/abc", 404, "");
	shows(m, "/places/990102000001", 404, "");
	web_stop(m->app, 2000);
}

BOTH(places_are_shown)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(places_are_shown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
