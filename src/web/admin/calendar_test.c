/* calendar_test.c - entering a holiday notice on the pages, on a real port, over both engines. */
#include "app/calendar/calendar.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "store/fixture.h"
#include "web/admin/admin.h"
#include "web/asset.h"

#include <cmocka.h>

enum { REPLY_MAX = 1 << 18 };

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
	str s = cookie_get(rq->http, STR("who"));
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
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)web_port(v->w)),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const char *type =
		body.n ? "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		       : "";
	str text = str_fmt(v->x->a,
			   "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: "
			   "who=%s\r\n%sContent-Length: %zu\r\n\r\n%.*s",
			   method, path, who, type, body.n, STR_ARG(body));
	char *reply = arena_alloc(v->x->a, REPLY_MAX);
	size_t n = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(send(fd, text.p, text.n, 0), text.n);
	for (ssize_t got; (got = recv(fd, reply + n, REPLY_MAX - n, 0)) > 0;)
		n += (size_t)got;
	close(fd);
	return (str){reply, n};
}

static void
says(visit *v, str reply, int status, const char *words)
{
	if (!str_starts(reply, str_fmt(v->x->a, "HTTP/1.1 %d ", status)) ||
	    str_find(reply, str_of(words)) < 0)
		fail_msg("no %d \"%s\" in %.*s", status, words, STR_ARG(reply));
}

static str
between(str s, const char *from, const char *to)
{
	ptrdiff_t at = str_find(s, str_of(from));

	assert_true(at >= 0);
	s = str_from(s, (size_t)at + strlen(from));
	return str_sub(s, 0, (size_t)str_find(s, str_of(to)));
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
	says(&v, ask(&v, "GET", "/admin/calendar", "nobody", STR("")), 404, "");
	str page = ask(&v, "GET", "/admin/calendar", "operator", STR(""));
	says(&v, page, 200, "缺少 2027 年的放假通知");
	says(&v, page, 200, "文号不详");
	/* wrong: told at the field, what was typed stands there again, nothing is saved */
	str bad = ask(&v, "POST", "/admin/calendar", "operator",
		      filled(&v, page, "2027", "国办", STR("元旦：2月30日放假。")));
	says(&v, bad, 422, "日期 2027-2-30 不存在");
	says(&v, bad, 422, "元旦：2月30日放假。");
	bad = ask(&v, "POST", "/admin/calendar", "operator", filled(&v, page, "1850", "", str_of(notice)));
	says(&v, bad, 422, "href=\"#year\"");
	says(&v, bad, 422, "href=\"#source\"");
	/* right: shown for comparison first */
	str check = ask(&v, "POST", "/admin/calendar", "operator",
			filled(&v, page, "2027", "国办发明电〔2026〕7号", str_of(notice)));
	says(&v, check, 200, "请对照通知核对");
	says(&v, check, 200, "2027-02-14 work 春节");
	says(&v, ask(&v, "GET", "/admin/calendar", "operator", STR("")), 200, "缺少 2027");
	str body = filled(&v, check, "2027", "国办发明电〔2026〕7号",
			  between(check, "name=\"days\" value=\"", "\""));
	says(&v, ask(&v, "POST", "/admin/calendar/save", "operator", body), 303,
	     "/admin/calendar?saved=2027");
	page = ask(&v, "GET", "/admin/calendar?saved=2027", "operator", STR(""));
	says(&v, page, 200, "2027 年的放假通知已生效");
	assert_int_equal(str_find(page, STR("缺少 2027")), -1);
	/* the same post again is one act */
	says(&v, ask(&v, "POST", "/admin/calendar/save", "operator", body), 303, "saved=2027");
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
