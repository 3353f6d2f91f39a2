/* admin_test.c - accounts, posts and offices on the pages: what an administrator does, what he is refused and
 * what he never sees, on a real port, over both engines. */
#include "web/admin/admin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/account/staff.h"
#include "web/asset.h"
#include "web/browser_fixture.h"
#include "web/session.h"

enum { SISTER = 420103 };

#define SISTER_CODE 420103000000

/* A county beside ours, with everything in it twice: what our administrator must not see. */
typedef struct visit {
	town w;
	web_app *app;
	session s;      /* of the one who asks */
	const char *as; /* "staff": with that session; "": nobody */
	int64_t federation, clerk, admin, office, post, sister_office, sister_clerk, sister_post;
} visit;

static visit *now_asking; /* the hook has no other way to it */

static int64_t
wall(void)
{
	return 1793577600000; /* the fixture's clock, 2 November 2026 */
}

static void
sessions(void *self, web_req *rq)
{
	(void)self;
	if (cookie_get(rq->http, STR("zc-session")).n == 0)
		return;
	rq->actor = &now_asking->s.who;
	rq->session = STR("test");
}

static rc
found_sister(tx *t, const void *in, void *out)
{
	row_tenant r = {.id = SISTER,
			.parent = CITY,
			.level = 3,
			.region = SISTER_CODE,
			.name = STR("邻县残联"),
			.name_en = STR(""),
			.valid_from = STR("2020-01-01"),
			.valid_to = STR("")};

	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = SISTER, .kind = "tenant.founded"});
	return put_tenant(t, &r);
}

static str
ask(visit *v, const char *method, str path, str body)
{
	browser b = {.a = v->w.x->a, .port = web_port(v->app), .session = str_of(v->as)};

	now_asking = v;
	return browser_send(&b, method, path, STR("application/x-www-form-urlencoded"), body);
}

static str
get(visit *v, str path)
{
	return ask(v, "GET", path, STR(""));
}

/* Posts `fields` with the keys that the form on `page` carries. */
static str
post(visit *v, str page, str path, str fields)
{
	buf b = buf_in(v->w.x->a);

	buf_lit(&b, "csrf=");
	html_build_part(&b, between(page, "name=\"csrf\" value=\"", "\""));
	buf_lit(&b, "&request-key=");
	html_build_part(&b, between(page, "name=\"request-key\" value=\"", "\""));
	buf_c(&b, '&');
	buf_put(&b, fields);
	return ask(v, "POST", path, buf_str(&b));
}

/* The whole way: the form, the comparison, the act. Nothing has happened before the last step. */
static str
act(visit *v, str path, str fields, const char *compared)
{
	str page = get(v, path), check = post(v, page, path, fields);

	browser_says(check, 200, "name=\"step\" value=\"save\"");
	browser_says(check, 200, compared);
	str again = post(v, check, path, str_cat(v->w.x->a, fields, STR("&step=edit")));
	browser_says(again, 200, "name=\"csrf\"");
	assert_int_equal(str_find(again, STR("value=\"save\"")), -1);
	return post(v, check, path, str_cat(v->w.x->a, fields, STR("&step=save")));
}

static visit
visit_open(fixture *x, house *h, site *s)
{
	static const web_route *const tables[] = {admin_account_routes, admin_home_routes,
						  admin_office_routes, admin_post_routes, NULL};
	static const uint8_t key[32] = {1};
	visit v = {.w = town_open(x), .as = "staff"};

	OK(&v.w, run(&v.w, found_sister, NULL, NULL));
	v.federation = v.w.federation;
	v.office = open_office_at(&v.w, COUNTY, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, 420102001000, "东街残联");
	v.clerk = open_account(&v.w, COUNTY, "our.clerk");
	v.post = give(&v.w, COUNTY, v.clerk, v.office, "township.clerk");
	v.admin = open_account(&v.w, COUNTY, "our.admin");
	int64_t post = give(&v.w, COUNTY, v.admin, v.federation, "county.admin");
	v.sister_office =
		open_office_at(&v.w, SISTER, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, 420103001000, "西街残联");
	v.sister_clerk = open_account(&v.w, SISTER, "their.clerk");
	v.sister_post = give(&v.w, SISTER, v.sister_clerk, v.sister_office, "township.clerk");
	v.s = enter(&v.w, COUNTY, v.admin, post);
	*s = (site){.kind = SITE_LIVE,
		    .store = x->s,
		    .name_zh = STR("示例"),
		    .name_en = STR("Sample"),
		    .wall = wall};
	*h = (house){.site = s, .roles = v.w.roles};
	OK(&v.w, door_open(x->a, &x->f, h->roles, &h->door));
	web_config config = {.http.listen = STR("127.0.0.1:0"),
			     .tables = tables,
			     .assets = web_assets,
			     .hooks = house_hooks(h, sessions),
			     .form_key = key};
	OK(&v.w, web_start(&x->f, &config, &v.app));
	return v;
}

static str
at(visit *v, const char *what, int64_t tenant, int64_t id, const char *tail)
{
	return str_fmt(v->w.x->a, "/admin/%s/%lld-%lld%s", what, (long long)tenant, (long long)id, tail);
}

static str
post_at(visit *v, int64_t tenant, int64_t account, int64_t id, const char *tail)
{
	str path = at(v, "accounts", tenant, account, "/posts/");

	return str_fmt(v->w.x->a, "%.*s%lld%s", STR_ARG(path), (long long)id, tail);
}

static void
an_administrator_sees_his_county(fixture *x)
{
	static const char *const tails[] = {"", "/rename", "/close", "/reset", "/posts/new"};
	static const char *const office_tails[] = {"", "/edit", "/close"};
	static const char *const post_tails[] = {"/end", "/deputy"};
	house h;
	site s;
	visit v = visit_open(x, &h, &s);

	str list = get(&v, STR("/admin/accounts"));
	browser_says(list, 200, "our.clerk");
	assert_int_equal(str_find(list, STR("their.clerk")), -1);
	list = get(&v, STR("/admin/offices"));
	browser_says(list, 200, "东街残联");
	assert_int_equal(str_find(list, STR("西街残联")), -1);
	/* own, a sister's, and an own number under a sister's name */
	for (size_t i = 0; i < LEN(tails); i++) {
		browser_says(get(&v, at(&v, "accounts", COUNTY, v.clerk, tails[i])), 200, "our.clerk");
		browser_says(get(&v, at(&v, "accounts", SISTER, v.sister_clerk, tails[i])), 404, "");
		browser_says(get(&v, at(&v, "accounts", SISTER, v.clerk, tails[i])), 404, "");
		browser_says(get(&v, at(&v, "accounts", COUNTY, v.sister_clerk, tails[i])), 404, "");
	}
	for (size_t i = 0; i < LEN(office_tails); i++) {
		browser_says(get(&v, at(&v, "offices", COUNTY, v.office, office_tails[i])), 200, "东街残联");
		browser_says(get(&v, at(&v, "offices", SISTER, v.sister_office, office_tails[i])), 404, "");
		browser_says(get(&v, at(&v, "offices", COUNTY, v.sister_office, office_tails[i])), 404, "");
	}
	for (size_t i = 0; i < LEN(post_tails); i++) {
		browser_says(get(&v, post_at(&v, COUNTY, v.clerk, v.post, post_tails[i])), 200, "");
		browser_says(get(&v, post_at(&v, SISTER, v.sister_clerk, v.sister_post, post_tails[i])), 404,
			     "");
		browser_says(get(&v, post_at(&v, COUNTY, v.clerk, v.sister_post, post_tails[i])), 404, "");
	}
	/* posts to what he does not see */
	str page = get(&v, at(&v, "accounts", COUNTY, v.clerk, "/close"));
	browser_says(post(&v, page, at(&v, "accounts", SISTER, v.sister_clerk, "/close"), STR("step=save")),
		     404, "");
	browser_says(post(&v, page, at(&v, "offices", SISTER, v.sister_office, "/close"), STR("step=save")),
		     404, "");
	browser_says(post(&v, page, at(&v, "accounts", SISTER, v.sister_clerk, "/reset"), STR("step=save")),
		     404, "");
	browser_says(
		post(&v, page, post_at(&v, SISTER, v.sister_clerk, v.sister_post, "/end"), STR("step=save")),
		404, "");
	browser_says(get(&v, STR("/admin")), 200, "/admin/offices");
	browser_says(get(&v, STR("/admin/status")), 404, ""); /* not his */
	/* nobody, and an officer who may do nothing here */
	v.as = "";
	browser_says(get(&v, STR("/admin")), 404, "");
	browser_says(get(&v, STR("/admin/accounts")), 303, "/sign-in?back=");
	v.as = "staff";
	v.s = enter(&v.w, COUNTY, v.clerk, v.post);
	browser_says(get(&v, STR("/admin")), 404, "");
	browser_says(get(&v, STR("/admin/accounts")), 404, "");
	browser_says(get(&v, at(&v, "offices", COUNTY, v.office, "")), 404, "");
	web_stop(v.app, 2000);
	proved(&v.w);
}

static void
an_account_is_opened_and_given_a_post(fixture *x) // lint: allow length - one journey, told in order
{
	house h;
	site s;
	visit v = visit_open(x, &h, &s);
	str path = STR("/admin/accounts/new");
	str page = get(&v, path);

	browser_says(post(&v, page, path, STR("login=Bad+Name&name=")), 422, "href=\"#login\"");
	browser_says(post(&v, page, path, STR("login=Bad+Name&name=")), 422, "value=\"Bad Name\"");
	browser_says(post(&v, page, path, STR("login=our.clerk&name=%E7%8E%8B&step=save")), 422,
		     "已有人使用");
	str done = act(&v, path, STR("login=new.clerk&name=%E7%8E%8B%E8%8A%B3"), "new.clerk");
	browser_says(done, 303, "saved=1");
	str here = between(done, "Location: ", "?saved");
	browser_says(get(&v, here), 200, "王芳");
	browser_says(get(&v, here), 200, "没有岗位");

	/* a post: refused at the field, then given */
	str give_at = str_cat(x->a, here, STR("/posts/new"));
	str right =
		str_fmt(x->a,
			"role=township.clerk&office=%lld&line=&area=&sensitive=1&from-year=2026&from-month="
			"11&from-day=2&until-year=&until-month=&until-day=",
			(long long)v.office);
	page = get(&v, give_at);
	browser_says(page, 200, "value=\"township.clerk\"");
	assert_int_equal(str_find(page, STR("value=\"security.admin\"")), -1); /* not his to give */
	browser_says(post(&v, page, give_at,
			  str_fmt(x->a,
				  "role=county.clerk&office=%lld&line=&from-year=2026&from-month=11&from-day="
				  "2&step="
				  "save",
				  (long long)v.office)),
		     422, "href=\"#office\"");
	browser_says(post(&v, page, give_at,
			  str_fmt(x->a,
				  "role=security.admin&office=%lld&from-year=2026&from-month=11&from-day=2&"
				  "step=save",
				  (long long)v.federation)),
		     422, "不能在这里授予");
	browser_says(post(&v, page, give_at,
			  str_fmt(x->a,
				  "role=township.clerk&office=%lld&area=420102002&from-year=2026&from-month="
				  "11&from-"
				  "day=2&"
				  "step=save",
				  (long long)v.office)),
		     422, "href=\"#area\"");
	browser_says(post(&v, page, give_at,
			  str_fmt(x->a,
				  "role=township.clerk&office=%lld&from-year=2020&from-month=1&from-day=2&"
				  "step=save",
				  (long long)v.office)),
		     422, "href=\"#from\"");
	browser_says(post(&v, page, give_at,
			  str_fmt(x->a,
				  "role=township.clerk&office=%lld&from-year=2026&from-month=11&from-day=2&"
				  "step=save",
				  (long long)v.sister_office)),
		     422, "没有这个机构");
	browser_says(act(&v, give_at, right, "可看敏感信息"), 303, "saved=1");
	page = get(&v, here);
	browser_says(page, 200, "东街残联");
	browser_says(post(&v, page, give_at, str_cat(x->a, right, STR("&step=save"))), 422, "已经有了");

	/* a deputy for him, who is ended; then the post */
	str deputy_at = between(page, "/end\">收回岗位", "安排代办");
	deputy_at = between(deputy_at, "href=\"", "\"");
	browser_says(act(&v, deputy_at,
			 str_fmt(x->a,
				 "account=%lld&reason=leave&from-year=2026&from-month=11&from-day=3&until-"
				 "year=2026&"
				 "until-"
				 "month=11&until-day=10",
				 (long long)v.clerk),
			 "请假、外出"),
		     303, "saved=1");
	page = get(&v, here);
	browser_says(page, 200, "结束代办");
	browser_says(post(&v, get(&v, deputy_at), deputy_at,
			  str_fmt(x->a,
				  "account=%lld&reason=leave&from-year=2026&from-month=11&from-day=3&"
				  "until-year=2029&until-month=11&until-day=10&step=save",
				  (long long)v.clerk)),
		     422, "href=\"#until\"");
	str over = between(page, "/deputies/", "\"");
	str end_at = str_fmt(x->a, "%.*s/deputies/%.*s", STR_ARG(here), STR_ARG(over));
	browser_says(post(&v, get(&v, end_at), end_at, STR("step=save")), 303, "saved=1");
	end_at = str_fmt(x->a, "%.*s/posts/%.*s", STR_ARG(here), STR_ARG(between(page, "/posts/", "\"")));
	browser_says(post(&v, get(&v, end_at), end_at, STR("step=save")), 303, "saved=1");
	browser_says(get(&v, here), 200, "没有岗位");
	str close_at = str_cat(x->a, here, STR("/close"));
	browser_says(post(&v, get(&v, close_at), close_at, STR("step=save")), 303, "closed=1");
	browser_says(get(&v, here), 404, "");
	/* his own account is another's to write */
	str own = at(&v, "accounts", COUNTY, v.admin, "/close");
	browser_says(post(&v, get(&v, own), own, STR("step=save")), 422, "由其他管理员办理");
	web_stop(v.app, 2000);
	proved(&v.w);
}

static void
a_code_is_shown_once(fixture *x)
{
	house h;
	site s;
	visit v = visit_open(x, &h, &s);
	str path = at(&v, "accounts", COUNTY, v.clerk, "/reset");
	str page = post(&v, get(&v, path), path, STR("factor=1"));

	browser_says(page, 200, "一次性登录码");
	str code = between(page, "<p class=\"govuk-body-l\"><strong>", "</strong>");
	assert_int_equal(code.n, 14); /* three groups of four */
	assert_int_equal(str_find(get(&v, path), code), -1);
	assert_int_equal(str_find(get(&v, at(&v, "accounts", COUNTY, v.clerk, "")), code), -1);
	str rename = at(&v, "accounts", COUNTY, v.clerk, "/rename");
	browser_says(act(&v, rename, STR("login=our.clerk2&name=%E6%9D%8E%E6%98%8E"), "our.clerk2"), 303,
		     "saved=1");
	browser_says(get(&v, STR("/admin/accounts?q=clerk2")), 200, "李明");
	browser_says(get(&v, STR("/admin/accounts?q=clerk2")), 200, "共 1 条");
	web_stop(v.app, 2000);
	proved(&v.w);
}

static void
an_office_is_opened_changed_and_closed(fixture *x)
{
	house h;
	site s;
	visit v = visit_open(x, &h, &s);
	str path = STR("/admin/offices/new"), page = get(&v, path);
	str name = STR("%E5%8D%97%E8%A1%97");

	browser_says(post(&v, page, path, STR("kind=&level=&region=&name=")), 422, "href=\"#kind\"");
	browser_says(
		post(&v, page, path,
		     STR("kind=village&level=village&region=420103001001&name=x&phone=&address=&areas=&step="
			 "save")),
		422, "href=\"#region\"");
	browser_says(
		post(&v, page, path,
		     STR("kind=village&level=county&region=420102&name=x&phone=&address=&areas=&step=save")),
		422, "href=\"#level\"");
	browser_says(post(&v, page, path, STR("kind=village&level=village&region=nowhere&name=x")), 422,
		     "没有找到这个级别");
	browser_says(post(&v, page, path,
			  STR("kind=hospital&level=county&region=420102&name=x&phone=abc&step=save")),
		     422, "href=\"#phone\"");
	str done =
		act(&v, path,
		    str_fmt(x->a,
			    "kind=hospital&level=county&region=420102&name=%.*s&phone=027-1&address=&areas="
			    "420102002%%0A420102001",
			    STR_ARG(name)),
		    "420102001000\n420102002000");
	browser_says(done, 303, "saved=1");
	str here = between(done, "Location: ", "?saved"), edit = str_cat(x->a, here, STR("/edit"));
	browser_says(get(&v, STR("/admin/offices?kind=hospital")), 200, "共 1 条");
	browser_says(get(&v, edit), 200, "420102001000\n420102002000");
	browser_says(act(&v, edit, STR("name=x&phone=&address=&areas=420102001-420102003"),
			 "420102001000-420102003999"),
		     303, "saved=1");
	browser_says(get(&v, here), 200, "420102001000-420102003999");
	browser_says(post(&v, get(&v, edit), edit, STR("name=x&phone=&address=&areas=420103&step=save")), 422,
		     "href=\"#areas\"");
	/* where somebody has a post, no */
	str close = at(&v, "offices", COUNTY, v.office, "/close");
	browser_says(post(&v, get(&v, close), close, STR("step=save")), 422, "还有 1 个岗位在任");
	close = str_cat(x->a, here, STR("/close"));
	browser_says(post(&v, get(&v, close), close, STR("step=save")), 303, "closed=1");
	browser_says(get(&v, here), 404, "");
	web_stop(v.app, 2000);
	proved(&v.w);
}

static void
the_status_is_the_operators(fixture *x)
{
	house h;
	site s;
	visit v = visit_open(x, &h, &s);
	int64_t who = open_account(&v.w, COUNTY, "operator");

	v.s = enter(&v.w, COUNTY, who, give(&v.w, COUNTY, who, v.federation, "system.admin"));
	str page = get(&v, STR("/admin/status"));
	browser_says(page, 200, x->engine == ENGINE_SQLITE ? "sqlite" : "postgres");
	browser_says(page, 200, "正式");
	browser_says(page, 200, ".sql");
	browser_says(get(&v, STR("/admin")), 200, "/admin/status");
	browser_says(get(&v, STR("/admin/accounts")), 404, "");
	web_stop(v.app, 2000);
}

BOTH(an_administrator_sees_his_county)
BOTH(an_account_is_opened_and_given_a_post)
BOTH(a_code_is_shown_once)
BOTH(an_office_is_opened_changed_and_closed)
BOTH(the_status_is_the_operators)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(an_administrator_sees_his_county),
		BOTH_TESTS(an_account_is_opened_and_given_a_post),
		BOTH_TESTS(a_code_is_shown_once),
		BOTH_TESTS(an_office_is_opened_changed_and_closed),
		BOTH_TESTS(the_status_is_the_operators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
