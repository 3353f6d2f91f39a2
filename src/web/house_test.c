/* house_test.c - posts: two forms of one page are two acts, one form is one act however often it is sent, and
 * what the machine could not keep is given back to be sent again. */
#include "web/house.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "app/site/site.h"
#include "web/asset.h"
#include "web/browser_fixture.h"
#include "web/html.h"

typedef struct note {
	str text;
	const bool *full;
} note;

/* What the test's machine is like at the moment. */
static bool disk_full; /* lint: allow global - a handler has no other way to the test */

static int64_t
wall(void)
{
	return 1793577600000;
}

static rc
keep_note(tx *t, const void *in, void *out)
{
	const note *n = in;

	(void)out;
	tx_result(t, n->text);
	return *n->full ? FAIL(tx_fault(t), RC_FULL, "store.full") : RC_OK;
}

static rc
kept(web_req *rq)
{
	bool repeated = false;
	str text;

	TRY(house_written(rq, &repeated, &text));
	buf_fmt(&rq->out, "%.*s %s", STR_ARG(text), repeated ? "again" : "anew");
	return web_page(rq, 200);
}

static rc
post_note(web_req *rq)
{
	note *n = arena_new(rq->a, note);

	*n = (note){url_value(&rq->http->form, STR("text"), NULL), &disk_full};
	return house_write(rq, &(house_command){.fn = keep_note, .in = n, .then = kept});
}

static rc
get_two(web_req *rq)
{
	html_out *o = web_html(rq);

	html_keys(o);
	html_lit(o, "<hr>");
	html_keys(o);
	return web_page(rq, 200);
}

static const web_route routes[] = {
	{"GET", "/two", get_two, "open", "A page with two forms"},
	{"POST", "/note", post_note, "open", "Keeps a note"},
	{"POST", "/secret", post_note, "open", "Keeps a secret", .secret = true},
	{0},
};

static web_app *
served(fixture *x, browser *b)
{
	static const web_route *const tables[] = {routes, NULL};
	site *s = arena_new(x->a, site);
	house *h = arena_new(x->a, house);
	web_app *app = NULL;

	*s = (site){
		.kind = SITE_DEMO, .name_zh = STR("站"), .name_en = STR("Site"), .store = x->s, .wall = wall};
	*h = (house){.site = s};
	web_config config = {.http.listen = STR("127.0.0.1:0"),
			     .tables = tables,
			     .assets = web_assets,
			     .hooks = house_hooks(h, NULL),
			     .form_key = (const uint8_t *)"a form key of thirty-two letters"};
	assert_int_equal(web_start(&x->f, &config, &app), RC_OK);
	disk_full = false;
	*b = (browser){.a = x->a, .port = web_port(app)};
	return app;
}

static str
after(str page, const char *mark)
{
	ptrdiff_t at = str_find(page, str_of(mark));

	assert_true(at >= 0);
	return str_from(page, (size_t)at);
}

static void
two_forms_of_a_page_are_two_acts(fixture *x)
{
	browser b;
	web_app *app = served(x, &b);
	str first = browser_get(&b, STR("/two")), second = after(first, "<hr>");

	assert_true(browser_sees(browser_post(&b, first, STR("/note"), "text=one"), "one anew"));
	assert_true(browser_sees(browser_post(&b, second, STR("/note"), "text=two"), "two anew"));
	assert_true(browser_sees(browser_post(&b, first, STR("/note"), "text=one"), "one again"));
	str other = browser_post(&b, second, STR("/note"), "text=three");
	assert_int_equal(browser_status(other), 409);
	web_stop(app, 1000);
}

static void
what_could_not_be_kept_is_given_back(fixture *x)
{
	browser b;
	web_app *app = served(x, &b);
	str page = browser_get(&b, STR("/two"));

	disk_full = true;
	str sorry = browser_post(&b, page, STR("/note"), "text=一 < 二");
	assert_int_equal(browser_status(sorry), 503);
	assert_true(browser_sees(sorry, "没有保存") && browser_sees(sorry, "action=\"/note\""));
	str form = after(sorry, "action=\"/note\"");
	assert_true(browser_sees(form, "name=\"text\" value=\"一 &lt; 二\""));
	/* its own key stands first, so that it is still the same act */
	str key = between(page, "name=\"request-key\" value=\"", "\"");
	assert_true(str_eq(between(form, "name=\"request-key\" value=\"", "\""), key));
	sorry = browser_post(&b, form, STR("/note"), "text=一 < 二");
	assert_int_equal(browser_status(sorry), 503);

	disk_full = false;
	form = after(sorry, "action=\"/note\"");
	assert_true(browser_sees(browser_post(&b, form, STR("/note"), "text=一 < 二"), "二 anew"));
	assert_true(browser_sees(browser_post(&b, page, STR("/note"), "text=一 < 二"), "二 again"));
	web_stop(app, 1000);
}

static void
a_secret_is_never_given_back(fixture *x)
{
	browser b;
	web_app *app = served(x, &b);
	str page = browser_get(&b, STR("/two"));

	disk_full = true;
	str sorry = browser_post(&b, page, STR("/secret"), "text=battery-staple");
	assert_int_equal(browser_status(sorry), 503);
	assert_false(browser_sees(sorry, "battery-staple"));
	disk_full = false; /* and has no request key: the same again is done again */
	assert_true(
		browser_sees(browser_post(&b, page, STR("/secret"), "text=battery-staple"), "staple anew"));
	assert_true(
		browser_sees(browser_post(&b, page, STR("/secret"), "text=battery-staple"), "staple anew"));
	web_stop(app, 1000);
}

BOTH(two_forms_of_a_page_are_two_acts)
BOTH(what_could_not_be_kept_is_given_back)
BOTH(a_secret_is_never_given_back)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(two_forms_of_a_page_are_two_acts),
		BOTH_TESTS(what_could_not_be_kept_is_given_back),
		BOTH_TESTS(a_secret_is_never_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
