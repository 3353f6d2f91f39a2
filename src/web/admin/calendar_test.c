/* calendar_test.c - entering a holiday notice on the pages, on a real port, over both engines. */
#include "app/calendar/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "store/fixture.h"
#include "web/admin/admin.h"
#include "web/asset.h"
#include "web/browser_fixture.h"

#include <cmocka.h>

typedef struct visit {
	fixture *x;
	web_app *w;
} visit;

static int64_t
wall(void)
{
	return 1793577600000; /* the fixture's clock, 2 November 2026 */
}

/* A cookie says who comes: the one who runs the site, or somebody signed in who may nothing. */
static void
sessions(void *self, web_req *rq)
{
	str s = cookie_get(rq->http, STR("zc-session"));
	actor *a = arena_new(rq->a, actor);

	(void)self;
	if (s.n == 0)
		return;
	a->account = 7;
	if (str_eq(s, STR("operator")))
		perms_add(&a->perms, PERM_SITE_OPERATE);
	rq->actor = a;
	rq->session = s;
}

static str
ask(visit *v, const char *method, const char *path, const char *who, str body)
{
	browser b = {.a = v->x->a, .port = web_port(v->w), .session = str_of(who)};

	return browser_send(&b, method, str_of(path), STR("application/x-www-form-urlencoded"), body);
}

/* The hidden fields of a page's form, and what is typed into it. */
static str
filled(visit *v, str page, const char *year, const char *source, str days)
{
	buf b = buf_in(v->x->a);

	buf_lit(&b, "csrf=");
	html_build_part(&b, between(page, "name=\"csrf\" value=\"", "\""));
	buf_lit(&b, "&request-key=");
	html_build_part(&b, between(page, "name=\"request-key\" value=\"", "\""));
	buf_fmt(&b, "&year=%s&source=", year);
	html_build_part(&b, str_of(source));
	buf_lit(&b, "&days=");
	html_build_part(&b, days);
	return buf_str(&b);
}

static const char notice[] = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
			     "二、春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。\n"
			     "三、劳动节：5月1日至5日放假，共5天。\n";

static void
a_notice_is_compared_then_saved(fixture *x)
{
	site s = {.store = x->s, .name_zh = STR("示例"), .name_en = STR("Sample"), .wall = wall};
	house h = {.site = &s};
	static const web_route *const tables[] = {admin_calendar_routes, NULL};
	static const uint8_t key[32] = {1};
	web_config config = {.http.listen = STR("127.0.0.1:0"),
			     .tables = tables,
			     .assets = web_assets,
			     .hooks = house_hooks(&h, sessions),
			     .form_key = key};
	visit v = {.x = x};
	int64_t years = 0;

	assert_int_equal(calendar_seed(x->s, &pack_all, &x->f, x->now, &years), RC_OK);
	assert_int_equal(web_start(&x->f, &config, &v.w), RC_OK);
	browser_says(ask(&v, "GET", "/admin/calendar", "nobody", STR("")), 404, "");
	str page = ask(&v, "GET", "/admin/calendar", "operator", STR(""));
	browser_says(page, 200, "缺少 2027 年的放假通知");
	browser_says(page, 200, "文号不详");
	/* wrong: told at the field, what was typed stands there again, nothing is saved */
	str bad = ask(&v, "POST", "/admin/calendar", "operator",
		      filled(&v, page, "2027", "国办", STR("元旦：2月30日放假。")));
	browser_says(bad, 422, "日期 2027-2-30 不存在");
	browser_says(bad, 422, "元旦：2月30日放假。");
	bad = ask(&v, "POST", "/admin/calendar", "operator", filled(&v, page, "1850", "", str_of(notice)));
	browser_says(bad, 422, "href=\"#year\"");
	browser_says(bad, 422, "href=\"#source\"");
	/* right: shown for comparison first */
	str check = ask(&v, "POST", "/admin/calendar", "operator",
			filled(&v, page, "2027", "国办发明电〔2026〕7号", str_of(notice)));
	browser_says(check, 200, "请对照通知核对");
	browser_says(check, 200, "2027-02-14 work 春节");
	browser_says(ask(&v, "GET", "/admin/calendar", "operator", STR("")), 200, "缺少 2027");
	str body = filled(&v, check, "2027", "国办发明电〔2026〕7号",
			  between(check, "name=\"days\" value=\"", "\""));
	browser_says(ask(&v, "POST", "/admin/calendar/save", "operator", body), 303,
		     "/admin/calendar?saved=2027");
	page = ask(&v, "GET", "/admin/calendar?saved=2027", "operator", STR(""));
	browser_says(page, 200, "2027 年的放假通知已生效");
	assert_int_equal(str_find(page, STR("缺少 2027")), -1);
	/* the same post again is one act */
	browser_says(ask(&v, "POST", "/admin/calendar/save", "operator", body), 303, "saved=2027");
	page = ask(&v, "GET", "/admin/calendar", "operator", STR(""));
	assert_int_equal(str_find(page, STR("已更正")), -1);
	web_stop(v.w, 2000);
}

BOTH(a_notice_is_compared_then_saved)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_notice_is_compared_then_saved)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
