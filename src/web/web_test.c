/* web_test.c - the frame on a real port: who may what, what guards a post, what every reply carries. */
#include "web/web.h"

#include "web/asset.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW 1700000000000

enum { REPLY_MAX = 1 << 17 };

typedef struct site {
	arena *a;
	web_app *w;
} site;

/* ---- A small application: ann is a clerk who may read people, bob is signed in and may nothing. */

static const char *const ann = "ann", *const bob = "bob";

static int64_t
now_fixed(void *self)
{
	(void)self;
	return NOW;
}

static void
who(void *self, web_req *rq)
{
	str s = cookie_get(rq->http, STR("zc-session"));

	(void)self;
	if (str_eq(s, STR("ann")) || str_eq(s, STR("bob"))) {
		rq->actor = (void *)(uintptr_t)(str_eq(s, STR("ann")) ? ann : bob);
		rq->session = s;
	}
	rq->bearer = str_eq(http_header(rq->http, STR("authorization")), STR("Bearer x"));
	if (rq->bearer)
		rq->actor = (void *)(uintptr_t)ann;
}

static bool
may(void *self, const web_req *rq, str permission)
{
	(void)self;
	return rq->actor == ann && str_eq(permission, STR("person.read"));
}

static str
door(void *self, web_req *rq)
{
	buf b = buf_in(rq->a);

	(void)self;
	buf_lit(&b, "/sign-in?to=");
	url_escape(&b, web_here(rq));
	return buf_str(&b);
}

static rc
get_home(web_req *rq)
{
	buf_fmt(&rq->out, "home %d %d %d [%.*s] [%.*s]", (int)rq->lang, (int)rq->modes.size,
		rq->modes.contrast, STR_ARG(web_token(rq)), STR_ARG(web_request_key(rq)));
	return web_page(rq, 200);
}

static rc
get_form(web_req *rq)
{
	html_out *o = web_html(rq);

	BUG_ON(o != web_html(rq)); /* made once */
	html_put(o, STR("<who>"));
	html_keys(o);
	return web_page(rq, 200);
}

static rc
get_person(web_req *rq)
{
	int64_t tenant = 0, id = 0;

	TRY(web_param_ref(rq, STR("ref"), &tenant, &id));
	if (id == 404)
		return RC_NOT_FOUND;
	buf_fmt(&rq->out, "person %lld of %lld page %lld at %lld", (long long)id, (long long)tenant,
		(long long)web_query_int(rq, STR("page"), 1, 100, 1), (long long)rq->now);
	return web_page(rq, 200);
}

static rc
post_person(web_req *rq)
{
	if (url_value(&rq->http->form, STR("name"), NULL).n == 0)
		return FAIL(rq->fault, RC_INVALID, "web.error.input");
	return web_see(rq, STR("/desk/people/44-7"));
}

static rc
post_raw(web_req *rq)
{
	return web_bytes(rq, 200, STR("application/json"), rq->http->body);
}

static rc
post_paper(web_req *rq)
{
	if (rq->http->nfiles != 1)
		return FAIL(rq->fault, RC_INVALID, "web.error.input");
	return web_bytes(rq, 200, STR("text/plain"),
			 str_fmt(rq->a, "%.*s %lld", STR_ARG(rq->http->file[0].filename),
				 (long long)rq->http->file[0].size));
}

static rc
get_fault(web_req *rq)
{
	static const rc all[] = {RC_NOT_FOUND, RC_DENIED, RC_CONFLICT, RC_LIMIT, RC_BUSY, RC_FULL, RC_IO};
	int64_t i = 0;

	TRY(web_param_id(rq, STR("n"), &i));
	return i <= (int64_t)LEN(all) ? FAIL(rq->fault, all[i - 1], "web.error.defect") : RC_NOT_FOUND;
}

static rc
after_work(web_req *rq)
{
	buf_put(&rq->out, (str){rq->work, 4});
	return web_page(rq, 200);
}

static void *
work(void *p)
{
	web_req *rq = p;

	rq->work = memcpy(arena_alloc(rq->a, 4), "done", 4);
	web_finish(rq);
	return NULL;
}

static rc
get_work(web_req *rq)
{
	pthread_t t;
	pthread_attr_t attr;

	rq->then = after_work;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_create(&t, &attr, work, rq);
	pthread_attr_destroy(&attr);
	return RC_OK;
}

static rc
get_file(web_req *rq)
{
	return web_attached(rq, STR("text/csv"), STR("名单 \"1\".csv"), STR("a,b\n"));
}

static const web_route routes[] = {
	{"GET", "/", get_home, "open", "Home"},
	{"GET", "/desk/people/{ref}", get_person, "person.read", "One person"},
	{"POST", "/desk/people", post_person, "person.read", "Add a person"},
	{"POST", "/raw", post_raw, "person.read", "Echo", HTTP_RAW, 100},
	{"POST", "/papers", post_paper, "person.read", "Upload", HTTP_UPLOAD, 4000, 1000},
	{"GET", "/fault/{n}", get_fault, "open", "Fails"},
	{"GET", "/work", get_work, "open", "Waits for a thread"},
	{"GET", "/form", get_form, "open", "The keys of a form"},
	{"GET", "/file", get_file, "open", "A download"},
	{0},
};

static const web_route *const tables[] = {routes, NULL};

static const uint8_t css[] = "body{}", css_gz[] = "not really gzip";
static const web_asset assets[] = {
	{"/assets/ab12/site.css", "text/css", css, sizeof css - 1, css_gz, sizeof css_gz - 1, "\"ab12\""},
	{0},
};

static int
setup(void **state)
{
	static const uint8_t key[32] = {7};
	arena *a = arena_open(NULL, 0);
	site *t = arena_new(a, site);
	fault f = {0};
	web_config config = {
		.http = {.listen = STR("127.0.0.1:0"), .spool = "/tmp"},
		.tables = tables,
		.assets = assets,
		.hooks = {.now = now_fixed, .who = who, .may = may, .sign_in = door},
		.form_key = key,
	};

	t->a = a;
	assert_int_equal(web_start(&f, &config, &t->w), RC_OK);
	*state = t;
	return 0;
}

static int
teardown(void **state)
{
	site *t = *state;

	assert_int_equal(web_stop(t->w, 1000), 0);
	arena_close(t->a);
	return 0;
}

/* ---- A client. */

/* One request, `head` being its lines behind the first without the empty one. */
static str
ask(site *t, const char *line, const char *head, str body)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)web_port(t->w)),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	str request = str_fmt(t->a,
			      "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s"
			      "Content-Length: %zu\r\n\r\n%.*s",
			      line, head, body.n, STR_ARG(body));
	char *reply = arena_alloc(t->a, REPLY_MAX);
	size_t n = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(send(fd, request.p, request.n, 0), request.n);
	for (ssize_t got; (got = recv(fd, reply + n, REPLY_MAX - n, 0)) > 0;)
		n += (size_t)got;
	close(fd);
	return (str){reply, n};
}

static str
get(site *t, const char *path, const char *head)
{
	return ask(t, cstr(t->a, str_fmt(t->a, "GET %s", path)), head, STR(""));
}

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

static str
post(site *t, const char *path, const char *head, str body)
{
	return ask(t, cstr(t->a, str_fmt(t->a, "POST %s", path)), cstr(t->a, str_fmt(t->a, FORM "%s", head)),
		   body);
}

static bool
is_status(str reply, int status)
{
	char line[32];

	snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
	return str_starts(reply, str_of(line));
}

static bool
has(str reply, const char *what)
{
	return str_find(reply, str_of(what)) >= 0;
}

/* The text between two marks. */
static str
between(str s, const char *from, const char *to)
{
	ptrdiff_t at = str_find(s, str_of(from));

	assert_true(at >= 0);
	s = str_from(s, (size_t)at + strlen(from));
	return str_sub(s, 0, (size_t)str_find(s, str_of(to)));
}

/* A form of the home page with this Cookie line: the token in it, ready for a body. */
static str
fresh_token(site *t, const char *cookie)
{
	buf b = buf_in(t->a);

	buf_lit(&b, "&csrf=");
	url_escape(&b, between(get(t, "/", cookie), " [", "]"));
	return buf_str(&b);
}

#define ANN "Cookie: zc-session=ann\r\n"
#define BOB "Cookie: zc-session=bob\r\n"

/* ---- */

static void
every_reply_is_armoured(void **state)
{
	static const char *const paths[] = {"/",     "/nowhere", "/fault/7", "/assets/ab12/site.css",
					    "/work", "/file"};

	for (size_t i = 0; i < LEN(paths); i++) {
		str r = get(*state, paths[i], "");
		assert_true(has(r, "Content-Security-Policy: default-src 'none'; style-src 'self'; "));
		assert_true(has(r, "frame-ancestors 'none'"));
		assert_true(has(r, "X-Content-Type-Options: nosniff\r\n"));
		assert_true(has(r, "Referrer-Policy: same-origin\r\n"));
		assert_true(has(r, "Cross-Origin-Opener-Policy: same-origin\r\n"));
		assert_true(has(r, "Cross-Origin-Resource-Policy: same-origin\r\n"));
		assert_int_equal(has(r, "Cache-Control: no-store\r\n"), i != 3);
	}
}

static void
pages_and_parameters(void **state)
{
	site *t = *state;
	str r = get(t, "/desk/people/44-7?page=3", ANN);

	assert_true(is_status(r, 200) && has(r, "person 7 of 44 page 3 at 1700000000000"));
	assert_true(has(get(t, "/desk/people/44-7?page=999", ANN), "page 1 "));
	static const char *const missing[] = {"/desk/people/44-07",  "/desk/people/44",
					      "/desk/people/-7",     "/desk/people/44-7-8",
					      "/desk/people/44-404", "/desk/people/99999999999999999999-1"};
	for (size_t i = 0; i < LEN(missing); i++)
		assert_true(is_status(get(t, missing[i], ANN), 404));
	r = get(t, "/desk/people/44-7/", ANN);
	assert_true(is_status(r, 308) && has(r, "Location: /desk/people/44-7\r\n"));
	r = ask(t, "DELETE /desk/people/44-7", ANN, STR(""));
	assert_true(is_status(r, 405) && has(r, "Allow: GET, HEAD\r\n"));
	r = ask(t, "HEAD /desk/people/44-7", ANN, STR(""));
	assert_true(is_status(r, 200) && str_ends(r, STR("\r\n\r\n")));
	assert_true(has(get(t, "/work", ""), "\r\n\r\ndone"));
	r = get(t, "/file", "");
	assert_true(has(r, "Content-Disposition: attachment; filename=\"") &&
		    has(r, "filename*=UTF-8''%E5%90%8D%E5%8D%95%20%221%22.csv") &&
		    str_ends(r, STR("\r\n\r\na,b\n")));
}

/* The way back goes into the address of the door: however long it is, the reply is an address. */
static void
long_ways_back_are_shortened(void **state)
{
	site *t = *state;
	str r = get(t, cstr(t->a, str_fmt(t->a, "/desk/people/44-7?q=%05000d", 0)), "");

	assert_true(is_status(r, 303) && has(r, "Location: /sign-in?to=%2Fdesk%2Fpeople%2F44-7\r\n"));
	r = get(t, cstr(t->a, str_fmt(t->a, "/desk/people/%02000d", 0)), "");
	assert_true(is_status(r, 303) && has(r, "Location: /sign-in?to=%2F\r\n"));
}

/* What is not there and what may not be seen cannot be told apart. */
static void
forbidden_is_missing(void **state)
{
	site *t = *state;
	str forbidden = get(t, "/desk/people/44-7", BOB), missing = get(t, "/desk/nobody", BOB);
	str stranger = get(t, "/desk/people/44-7?a=%20", "");

	assert_true(is_status(forbidden, 404));
	ptrdiff_t date = str_find(forbidden, STR("Date: "));
	assert_true(str_eq(str_from(forbidden, (size_t)date + 40), str_from(missing, (size_t)date + 40)));
	assert_true(is_status(stranger, 303));
	assert_true(has(stranger, "Location: /sign-in?to=%2Fdesk%2Fpeople%2F44-7%3Fa%3D%2520\r\n"));
}

static void
faults_become_statuses(void **state)
{
	static const int status[] = {404, 404, 409, 413, 503, 503, 503};

	for (size_t i = 0; i < LEN(status); i++) {
		char path[32];
		snprintf(path, sizeof path, "/fault/%zu", i + 1);
		str r = get(*state, path, "");
		assert_true(is_status(r, status[i]));
		assert_int_equal(has(r, "Retry-After: 10\r\n"), status[i] == 503);
		assert_true(has(r, "<html lang=\"zh-CN\">"));
	}
	assert_true(has(get(*state, "/fault/1?lang=en", ""), "<html lang=\"en\">"));
	assert_true(has(get(*state, "/fault/1?lang=en", ""), "This page was not found."));
}

static void
posts_want_our_own_form(void **state)
{
	site *t = *state;
	str token = fresh_token(t, ANN), body = str_cat(t->a, STR("name=x"), token);
	str r = post(t, "/desk/people", ANN, body);

	assert_true(is_status(r, 303) && has(r, "Location: /desk/people/44-7\r\n"));
	assert_true(is_status(post(t, "/desk/people", ANN "Sec-Fetch-Site: same-origin\r\n", body), 303));
	assert_true(is_status(post(t, "/desk/people", ANN "Origin: http://localhost\r\n", body), 303));
	/* A mistake in the form. */
	assert_true(is_status(post(t, "/desk/people", ANN, str_cat(t->a, STR("name="), token)), 422));

	/* No token, a token of somebody else, a foreign page. */
	assert_true(is_status(post(t, "/desk/people", ANN, STR("name=x")), 403));
	str other = str_cat(t->a, STR("name=x"), fresh_token(t, BOB));
	assert_true(is_status(post(t, "/desk/people", ANN, other), 403));
	assert_true(is_status(post(t, "/desk/people", ANN, str_cat(t->a, STR("name=x"), fresh_token(t, ""))),
			      403));
	assert_true(is_status(post(t, "/desk/people", ANN "Sec-Fetch-Site: cross-site\r\n", body), 403));
	assert_true(is_status(post(t, "/desk/people", ANN "Origin: http://evil.example\r\n", body), 403));
	assert_true(is_status(post(t, "/desk/people", "", body), 303)); /* to the door */
	assert_true(has(post(t, "/desk/people", "", body), "Location: /sign-in"));

	/* Raw bodies carry it in a header; a bearer needs none. */
	assert_true(is_status(ask(t, "POST /raw", ANN, STR("{}")), 403));
	str head = str_fmt(t->a, ANN "X-CSRF-Token: %.*s\r\n", STR_ARG(between(get(t, "/", ANN), " [", "]")));
	r = ask(t, "POST /raw", cstr(t->a, head), STR("{}"));
	assert_true(is_status(r, 200) && str_ends(r, STR("{}")));
	assert_true(is_status(ask(t, "POST /raw", "Authorization: Bearer x\r\n", STR("{}")), 200));
	assert_true(is_status(ask(t, "POST /raw", "Authorization: Bearer x\r\n", str_fmt(t->a, "%0101d", 0)),
			      413));
}

/* A form with a token and a file of `size` bytes. */
static str
paper(site *t, str token, int size)
{
	return str_fmt(t->a,
		       "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%.*s\r\n"
		       "--B\r\nContent-Disposition: form-data; name=\"paper\"; filename=\"证明.pdf\"\r\n\r\n"
		       "%0*d\r\n--B--",
		       STR_ARG(token), size, 0);
}

/* The token travels as a part of the form, beside the file. */
static void
uploads(void **state)
{
	static const char head[] = ANN "Content-Type: multipart/form-data; boundary=B\r\n";
	site *t = *state;
	str token = between(get(t, "/", ANN), " [", "]");
	str r = ask(t, "POST /papers", head, paper(t, token, 1000));

	assert_true(is_status(r, 200) && str_ends(r, STR("证明.pdf 1000")));
	assert_true(is_status(ask(t, "POST /papers", head, paper(t, token, 1001)), 413));
	assert_true(is_status(ask(t, "POST /papers", head, paper(t, token, 9000)), 413));
	assert_true(is_status(ask(t, "POST /papers", head, paper(t, STR("abc"), 10)), 403));
	assert_true(is_status(ask(t, "POST /papers", head, STR("--B\r\n")), 422));
}

static void
preferences(void **state)
{
	site *t = *state;
	str first = get(t, "/", "");
	str visitor = between(first, "Set-Cookie: zc-visitor=", ";");
	assert_true(has(first, "; Path=/; HttpOnly; SameSite=Lax\r\n"));
	assert_true(has(first, "home 0 0 0 "));

	str cookie = str_fmt(t->a, "Cookie: zc-visitor=%.*s\r\n", STR_ARG(visitor));
	str token = fresh_token(t, cstr(t->a, cookie));
	assert_false(has(get(t, "/", cstr(t->a, cookie)), "Set-Cookie"));
	str r = post(t, "/preferences", cstr(t->a, cookie),
		     str_cat(t->a, STR("set=text-xlarge&back=%2Fdesk%3Fa%3D1%26lang%3Den"), token));
	assert_true(is_status(r, 303) && has(r, "Location: /desk?a=1\r\n"));
	assert_true(
		has(r, "Set-Cookie: zc-modes=xlarge; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000\r\n"));
	assert_true(has(get(t, "/", "Cookie: zc-modes=xlarge.contrast.en\r\n"), "home 1 2 1 "));
	assert_true(has(get(t, "/", "Cookie: zc-modes=xlarge.contrast.en\r\n"), "Content-Language: en\r\n"));
	assert_true(has(get(t, "/?lang=zh", "Cookie: zc-modes=en\r\n"), "home 0 0 0 "));

	/* Never away from this site; never a wish that is none. */
	r = post(t, "/preferences", cstr(t->a, cookie),
		 str_cat(t->a, STR("set=lang-en&back=%2F%2Fevil"), token));
	assert_true(is_status(r, 303) && has(r, "Location: /\r\n"));
	r = post(t, "/preferences", cstr(t->a, cookie), str_cat(t->a, STR("set=blink&back=%2F"), token));
	assert_true(is_status(r, 422) && !has(r, "Set-Cookie"));
	assert_true(
		is_status(post(t, "/preferences", "", str_cat(t->a, STR("set=lang-en&back=/"), token)), 403));
}

static void
assets_are_kept_for_ever(void **state)
{
	site *t = *state;
	str r = get(t, "/assets/ab12/site.css", "");

	assert_true(is_status(r, 200) && str_ends(r, STR("\r\n\r\nbody{}")) && has(r, "ETag: \"ab12\"\r\n"));
	assert_true(has(r, "Cache-Control: public, max-age=31536000, immutable\r\n"));
	assert_true(has(r, "Vary: Accept-Encoding\r\n") && has(r, "Content-Type: text/css\r\n"));
	r = get(t, "/assets/ab12/site.css", "Accept-Encoding: br, gzip\r\n");
	assert_true(has(r, "Content-Encoding: gzip\r\n") && str_ends(r, STR("not really gzip")));
	r = get(t, "/assets/ab12/site.css", "If-None-Match: \"old\", W/\"ab12\"\r\n");
	assert_true(is_status(r, 304) && str_ends(r, STR("\r\n\r\n")));
	assert_true(is_status(get(t, "/assets/ab12/site.css", "If-None-Match: \"ab\"\r\n"), 200));
	assert_true(is_status(get(t, "/assets/ab12/none.css", ""), 404));
	assert_true(is_status(ask(t, "POST /assets/ab12/site.css", "", STR("")), 404));
}

/* Every row can be asked for, and no two sets of random bytes are the same. */
static void
rows_and_keys(void **state)
{
	site *t = *state;
	size_t n = 0;

	while (web_route_at(t->w, n))
		n++;
	assert_int_equal(n, LEN(routes) - 1 + 1);
	assert_string_equal(web_route_at(t->w, n - 1)->path, "/preferences");
	str one = get(t, "/", ANN), two = get(t, "/", ANN);
	assert_false(str_eq(between(one, " [", "]"), between(two, " [", "]")));
	assert_int_equal(between(one, "] [", "]").n, 20);
	assert_false(str_eq(between(one, "] [", "]"), between(two, "] [", "]")));
	str form = get(t, "/form", ANN);
	assert_true(has(form, "&lt;who&gt;") && has(form, "name=\"csrf\""));
	assert_int_equal(between(between(form, "name=\"request-key\"", ">"), "value=\"", "\"").n, 22);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_reply_is_armoured),
		TEST(pages_and_parameters),
		TEST(forbidden_is_missing),
		TEST(faults_become_statuses),
		TEST(posts_want_our_own_form),
		TEST(preferences),
		TEST(uploads),
		TEST(assets_are_kept_for_ever),
		TEST(rows_and_keys),
		TEST(long_ways_back_are_shortened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
