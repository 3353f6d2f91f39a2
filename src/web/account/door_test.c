/* door_test.c - the doors on a real port: what a browser sees of signing in, on both engines. */
#include "web/account/pages.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/account/applicant.h"
#include "app/account/factor.h"
#include "app/account/outbox.h"
#include "app/account/password.h"
#include "web/asset.h"

enum { REPLY_MAX = 1 << 17 };

/* A browser with its two cookies. */
typedef struct browser {
	town w;
	web_app *app;
	site *site;
	str visitor, session;
} browser;

static int64_t
wall(void)
{
	return 1793577600000; /* as the fixture's clock; the site's offset moves it */
}

static browser
browser_open(fixture *x, house *h)
{
	browser b = {.w = town_open(x), .site = arena_new(x->a, site)};

	*b.site = (site){.kind = SITE_DEMO,
			 .name_zh = STR("示范站"),
			 .name_en = STR("Demo"),
			 .store = x->s,
			 .wall = wall};
	memcpy(b.site->form_key, "a form key of thirty-two letters", 32);
	*h = (house){.site = b.site, .roles = b.w.roles};
	OK(&b.w, door_open(x->a, &x->f, h->roles, &h->door));
	static const web_route *const tables[] = {account_routes, NULL};
	web_config config = {.http.listen = STR("127.0.0.1:0"),
			     .tables = tables,
			     .assets = web_assets,
			     .hooks = house_hooks(h, session_who),
			     .form_key = b.site->form_key};
	OK(&b.w, web_start(&x->f, &config, &b.app));
	return b;
}

static str
between(str s, const char *from, const char *to)
{
	ptrdiff_t at = str_find(s, str_of(from));

	if (at < 0)
		return STR("");
	s = str_from(s, (size_t)at + strlen(from));
	ptrdiff_t end = str_find(s, str_of(to));
	return end < 0 ? s : str_sub(s, 0, (size_t)end);
}

static void
keep_cookies(browser *b, str reply)
{
	str signed_as = between(reply, "zc-session=", ";"), visitor = between(reply, "zc-visitor=", ";");

	if (str_find(reply, STR("zc-session=")) >= 0)
		b->session = signed_as;
	if (visitor.n)
		b->visitor = visitor;
}

static str
ask(browser *b, const char *method, const char *path, str body)
{
	arena *a = b->w.x->a;
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)web_port(b->app)),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	buf r = buf_in(a);
	char *reply = arena_alloc(a, REPLY_MAX);
	size_t n = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	buf_fmt(&r, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: test\r\n", method,
		path);
	buf_fmt(&r, "Cookie: zc-visitor=%.*s; zc-session=%.*s\r\n", STR_ARG(b->visitor), STR_ARG(b->session));
	buf_fmt(&r, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
		body.n, STR_ARG(body));
	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(send(fd, r.p, r.n, 0), r.n);
	for (ssize_t got; n < REPLY_MAX && (got = recv(fd, reply + n, REPLY_MAX - n, 0)) > 0;)
		n += (size_t)got;
	close(fd);
	keep_cookies(b, (str){reply, n});
	return (str){reply, n};
}

static str
get(browser *b, const char *path)
{
	return ask(b, "GET", path, STR(""));
}

/* Sends the fields with the token that the page at `from` gives. */
static str
post(browser *b, const char *from, const char *path, str fields)
{
	arena *a = b->w.x->a;
	buf body = buf_in(a);

	buf_put(&body, fields);
	buf_lit(&body, "&csrf=");
	url_escape(&body, between(get(b, from), "name=\"csrf\" value=\"", "\""));
	return ask(b, "POST", path, buf_str(&body));
}

static void
expect(str reply, int status, const char *location)
{
	char line[32];

	snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
	str to = between(reply, "Location: ", "\r\n");
	if (!str_starts(reply, str_of(line)) || (location && !str_eq(to, str_of(location))))
		fail_msg("wanted %d %s: %.*s to %.*s", status, location ? location : "",
			 (int)str_sub(reply, 0, 600).n, reply.p, STR_ARG(to));
}

static str
code_for(browser *b, int64_t account)
{
	password_reset_in in = {
		.by = &b->w.console, .roles = b->w.roles, .tenant = COUNTY, .account = account};
	str code;

	OK(&b->w, password_code_make(b->w.x->a, &b->w.x->f, &code, &in.hash));
	OK(&b->w, run(&b->w, password_reset, &in, NULL));
	return code;
}

static void
staff_come_in_and_leave(fixture *x)
{
	house h;
	browser b = browser_open(x, &h);
	int64_t account = open_account(&b.w, COUNTY, "li.ming");

	give(&b.w, COUNTY, account, b.w.federation, "county.clerk");
	give(&b.w, COUNTY, account, b.w.federation, "leader");
	str code = code_for(&b, account);
	expect(get(&b, "/desk/account"), 303, "/sign-in?back=/desk/account");
	str wrong = post(&b, "/sign-in", "/sign-in", STR("login=li.ming&password=not-this-one"));
	str unknown = post(&b, "/sign-in", "/sign-in", STR("login=nobody&password=not-this-one"));
	expect(wrong, 422, NULL);
	expect(unknown, 422, NULL);
	assert_true(str_find(wrong, STR("登录名或密码不对")) >= 0);
	assert_true(str_find(unknown, STR("登录名或密码不对")) >= 0);
	assert_int_equal(b.session.n, 0);
	expect(ask(&b, "POST", "/sign-in", STR("login=li.ming&password=x")), 403, NULL); /* no token */

	str in = post(&b, "/sign-in", "/sign-in",
		      str_fmt(x->a, "login=li.ming&back=/desk/account&password=%.*s", 12,
			      password_code_fold(x->a, code).p));
	expect(in, 303, "/sign-in/next");
	assert_true(str_find(in, STR("HttpOnly")) >= 0);
	assert_true(str_find(in, STR("SameSite=Strict")) >= 0);
	str first = b.session;
	expect(get(&b, "/desk/account"), 303, "/sign-in/next");
	expect(get(&b, "/sign-in/next"), 200, NULL);
	expect(post(&b, "/sign-in/next", "/sign-in/next",
		    str_fmt(x->a, "now=%.*s&password=Four+Words+Of+Rain&again=Four+Words", STR_ARG(code))),
	       422, NULL);
	expect(post(&b, "/sign-in/next", "/sign-in/next",
		    str_fmt(x->a, "now=%.*s&password=1234567890&again=1234567890", STR_ARG(code))),
	       422, NULL);
	expect(post(&b, "/sign-in/next", "/sign-in/next",
		    str_fmt(x->a, "now=%.*s&password=Four+Words+Of+Rain&again=Four+Words+Of+Rain",
			    STR_ARG(code))),
	       303, "/sign-in/next");
	assert_false(str_eq(b.session, first));
	expect(get(&b, "/sign-in/next"), 303, "/desk");
	str page = get(&b, "/desk/account");
	expect(page, 200, NULL);
	assert_true(str_find(page, STR("县残联经办人")) >= 0);
	assert_true(str_find(page, STR("领导")) >= 0);

	str second = b.session;
	str value = between(str_from(page, (size_t)str_find(page, STR("id=\"post-2\""))), "value=\"", "\"");
	expect(post(&b, "/desk/account", "/desk/account/post", str_fmt(x->a, "post=%.*s", STR_ARG(value))),
	       303, "/desk/account");
	assert_false(str_eq(b.session, second));
	str live = b.session;
	b.session = second; /* the token before the switch */
	expect(get(&b, "/desk/account"), 303, "/sign-in?back=/desk/account");
	b.session = live;
	expect(post(&b, "/desk/account", "/sign-out", STR("")), 303, "/");
	b.session = live; /* kept by a thief */
	expect(get(&b, "/desk/account"), 303, "/sign-in?back=/desk/account");
	web_stop(b.app, 1000);
}

/* A form made for one session is refused in another. */
static void
a_token_belongs_to_its_session(fixture *x)
{
	house h;
	browser b = browser_open(x, &h);
	int64_t account = open_account(&b.w, COUNTY, "li.ming");
	str code = password_code_fold(x->a, code_for(&b, account));
	str fields = str_fmt(x->a, "login=li.ming&password=%.*s", STR_ARG(code));

	expect(post(&b, "/sign-in", "/sign-in", fields), 303, "/sign-in/next");
	str one = b.session;
	b.session = STR("");
	expect(post(&b, "/sign-in", "/sign-in", fields), 303, "/sign-in/next");
	str token = between(get(&b, "/sign-in/next"), "name=\"csrf\" value=\"", "\"");
	buf body = buf_in(x->a);
	buf_lit(&body, "csrf=");
	url_escape(&body, token);
	str two = b.session;
	b.session = one;
	expect(ask(&b, "POST", "/sign-out", buf_str(&body)), 403, NULL);
	b.session = two;
	expect(ask(&b, "POST", "/sign-out", buf_str(&body)), 303, "/");
	web_stop(b.app, 1000);
}

/* The code that a demo's page says; empty when the page says none. */
static str
said_code(str page)
{
	if (str_find(page, STR("这个账号没有手机口令软件")) < 0)
		return STR("");
	str after = str_from(page, (size_t)str_find(page, STR("这个账号没有手机口令软件")));
	return between(after, "<p class=\"govuk-body-l\">", "<");
}

static void
the_code_is_said_on_a_demo_alone(fixture *x)
{
	house h;
	browser b = browser_open(x, &h);
	int64_t account = open_account(&b.w, COUNTY, "chen.admin");

	give(&b.w, COUNTY, account, b.w.federation, "county.admin");
	str code = password_code_fold(x->a, code_for(&b, account));
	expect(post(&b, "/sign-in", "/sign-in",
		    str_fmt(x->a, "login=chen.admin&password=%.*s", STR_ARG(code))),
	       303, "/sign-in/next");
	expect(post(&b, "/sign-in/next", "/sign-in/next",
		    str_fmt(x->a, "now=%.*s&password=Four+Words+Of+Rain&again=Four+Words+Of+Rain",
			    STR_ARG(code))),
	       303, "/sign-in/next");
	static const site_kind silent[] = {SITE_LIVE, SITE_TRAINING};
	for (size_t i = 0; i < LEN(silent); i++) {
		b.site->kind = silent[i];
		str page = get(&b, "/sign-in/next");
		expect(page, 200, NULL);
		assert_true(str_find(page, STR("<svg class=\"zc-scan\"")) >= 0);
		assert_int_equal(said_code(page).n, 0);
	}
	b.site->kind = SITE_DEMO;
	str page = get(&b, "/sign-in/next");
	str secret = between(page, "name=\"secret\" value=\"", "\"");
	assert_int_equal(secret.n, 32);
	str body = str_fmt(x->a, "secret=%.*s&code=%.*s", STR_ARG(secret), STR_ARG(said_code(page)));
	page = post(&b, "/sign-in/next", "/sign-in/next", body);
	expect(page, 200, NULL);
	assert_true(str_find(page, STR("备用码")) >= 0);
	expect(post(&b, "/desk/account", "/sign-out", STR("")), 303, "/");

	expect(post(&b, "/sign-in", "/sign-in", STR("login=chen.admin&password=Four+Words+Of+Rain")), 303,
	       "/sign-in/next");
	for (size_t i = 0; i < LEN(silent); i++) {
		b.site->kind = silent[i];
		page = get(&b, "/sign-in/next");
		expect(page, 200, NULL);
		assert_int_equal(said_code(page).n, 0);
		page = post(&b, "/sign-in/next", "/sign-in/next", STR("code=000000"));
		expect(page, 422, NULL);
		assert_int_equal(said_code(page).n, 0);
	}
	b.site->kind = SITE_DEMO; /* the step that was taken is not offered again */
	str next = said_code(get(&b, "/sign-in/next"));
	assert_int_equal(next.n, TOTP_DIGITS);
	expect(post(&b, "/sign-in/next", "/sign-in/next", str_fmt(x->a, "code=%.*s", STR_ARG(next))), 303,
	       "/sign-in/next");
	expect(get(&b, "/desk/account"), 200, NULL);
	web_stop(b.app, 1000);
	proved(&b.w);
}

static str
last_code(browser *b, int64_t tenant)
{
	fixture *x = b->w.x;
	outbox_lines lines;
	db *d = NULL;

	OK(&b->w, store_read(x->s, x->a, &x->f, &d));
	OK(&b->w, outbox_read(db_sealer(d), d, x->a, &x->f, tenant, INT64_MAX, &lines));
	store_read_end(x->s, d);
	assert_int_equal(lines.n, 1);
	return str_from(lines.v[0].args, 5);
}

static void
applicants_come_by_phone(fixture *x)
{
	house h;
	browser b = browser_open(x, &h);

	expect(post(&b, "/me/sign-in", "/me/sign-in", STR("phone=12345")), 422, NULL);
	str sent = post(&b, "/me/sign-in", "/me/sign-in", STR("phone=138+0013+8000"));
	expect(sent, 200, NULL);
	assert_true(str_find(sent, STR("138****8000")) >= 0);
	str code = last_code(&b, 1);
	assert_true(str_find(get(&b, "/demo/outbox"), code) >= 0);
	b.site->kind = SITE_LIVE; /* a live site has no such page */
	expect(get(&b, "/demo/outbox"), 404, NULL);
	expect(post(&b, "/me/sign-in", "/me/sign-in/code", STR("phone=13800138000&code=12")), 422, NULL);
	str in = post(&b, "/me/sign-in", "/me/sign-in/code",
		      str_fmt(x->a, "phone=13800138000&code=%.*s", STR_ARG(code)));
	expect(in, 303, "/me");
	assert_true(str_find(in, STR("SameSite=Lax")) >= 0);
	expect(get(&b, "/desk/account"), 303, "/sign-in?back=/desk/account"); /* no staff */
	expect(post(&b, "/me/sign-in", "/me/sign-in/letter", STR("code=0000-0000-0000")), 422, NULL);
	web_stop(b.app, 1000);
}

BOTH(staff_come_in_and_leave)
BOTH(a_token_belongs_to_its_session)
BOTH(the_code_is_said_on_a_demo_alone)
BOTH(applicants_come_by_phone)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(staff_come_in_and_leave),
		BOTH_TESTS(a_token_belongs_to_its_session),
		BOTH_TESTS(the_code_is_said_on_a_demo_alone),
		BOTH_TESTS(applicants_come_by_phone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
