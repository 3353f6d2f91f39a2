/* places_test.c - the pages of divisions on a real port, over both engines. */
#include "web/public/public.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "app/region/reform.h"
#include "app/region/tenant.h"
#include "store/fixture.h"
#include "web/asset.h"
#include "web/browser_fixture.h"

#include <cmocka.h>

static int64_t
wall(void)
{
	return 1793577600000; /* the fixture's clock */
}

static str
get(fixture *x, const web_app *w, const char *path)
{
	browser b = {.a = x->a, .port = web_port(w)};

	return browser_get(&b, str_of(path));
}

static void
shows(fixture *x, const web_app *w, const char *path, int status, const char *words)
{
	browser_says(get(x, w, path), status, words);
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
	site s = {.store = x->s, .name_zh = STR("示例"), .name_en = STR("Sample"), .wall = wall};
	house h = {.site = &s};
	static const web_route *const tables[] = {places_routes, NULL};
	static const uint8_t key[32] = {1};
	const web_config config = {.http.listen = STR("127.0.0.1:0"),
				   .tables = tables,
				   .assets = web_assets,
				   .hooks = house_hooks(&h, NULL),
				   .form_key = key};
	web_app *w = NULL;

	fill(x);
	assert_int_equal(web_start(&x->f, &config, &w), RC_OK);
	shows(x, w, "/places", 200, "href=\"/places/460000000000\">海南省</a>");
	shows(x, w, "/places/990000000000", 200, "href=\"/places/990100000000\">青禾市</a>");
	shows(x, w, "/places/99", 200, "青禾市"); /* a short code is as good */
	shows(x, w, "/places/990102000000", 200, "望舒区残疾人联合会");
	shows(x, w, "/places/990102001000", 200, "望舒区残疾人联合会"); /* of a township: its county's */
	shows(x, w, "/places/990101000000", 200, "本站没有负责此地的残联");
	shows(x, w, "/places/990102001000", 200,
	      "<a class=\"govuk-breadcrumbs__link\" href=\"/places/990102000000\">望舒区</a>");
	shows(x, w, "/places/460400000000", 200, "地级（不设县级）");
	shows(x, w, "/places/990121000000", 200, "href=\"/places/990103000000\">听泉区</a>"); /* ended */
	shows(x, w, "/places/990121000000", 200, "2026-11-02");
	shows(x, w, "/places?q=wangshu", 200, "href=\"/places/990102000000\">望舒区</a>");
	shows(x, w, "/places?q=wangshu", 200, "这里只搜索到乡镇");
	shows(x, w, "/places/990100000000?q=dongli", 200, "东篱社区居民委员会");
	shows(x, w, "/places?q=zzzz", 200, "没有找到");
	shows(x, w, "/places?q=z", 422, "请至少输入一个汉字");
	shows(x, w, "/places?q=%3Cb%3Ewang", 200,
	      "value=\"&lt;b&gt;wang\""); /* shown as typed, never as mark-up */
	shows(x, w, "/places/440000000000", 404, "");
	shows(x, w, "/places/abc", 404, "");
	shows(x, w, "/places/990102000001", 404, "");
	web_stop(w, 2000);
}

BOTH(places_are_shown)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(places_are_shown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
