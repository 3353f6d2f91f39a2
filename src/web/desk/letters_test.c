/* letters_test.c - a letter from the counter: for whom, by whom, seen by whom; over both engines. */
#include "web/desk/letters.h"

#include "app/account/applicant.h"
#include "app/field/field.h"
#include "app/person/person_fixture.h"
#include "io/pack.h"
#include "web/asset.h"
#include "web/browser_fixture.h"
#include "web/session.h"

static actor officer; /* who asks; the hook has no other way to him */

static int64_t
wall(void)
{
	return 1793577600000; /* the fixture's clock, 2 November 2026 */
}

static void
sessions(void *self, web_req *rq)
{
	(void)self;
	rq->actor = &officer;
	rq->session = STR("test");
}

static str
ask(fixture *x, web_app *w, const char *method, str body)
{
	browser b = {.a = x->a, .port = web_port(w)};

	return browser_send(&b, method, STR("/desk/letters/new"), STR("application/x-www-form-urlencoded"),
			    body);
}

static str
post(fixture *x, web_app *w, const char *fields)
{
	str page = ask(x, w, "GET", STR(""));
	buf b = buf_in(x->a);

	buf_lit(&b, "csrf=");
	html_build_part(&b, between(page, "name=\"csrf\" value=\"", "\""));
	buf_fmt(&b, "&%s", fields);
	return ask(x, w, "POST", buf_str(&b));
}

/* Whose session does the code open?  0: nobody's. */
static int64_t
opens(fixture *x, const roles *all, str code)
{
	sign_in_rules rules = {.roles = all, .citizen = session_public};
	applicant_ask typed = {.tenant = COUNTY, .code = code, .source = STR("10.0.0.1")};
	applicant_case c;
	crypto *k = NULL;
	signed_in in = {0};
	session s = {0};
	arena *own = arena_open(x->a, 0);
	db *d = NULL;

	assert_int_equal(crypto_open(x->a, &x->f, &k), RC_OK);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(sign_in_by_letter.prepare_check(db_sealer(d), x->a, &x->f, &typed, &c), RC_OK);
	arena_close(own);
	applicant_check n = {.rules = &rules, .c = &c, .secret = session_draw(x->a, k)};
	store_command run = {.fn = sign_in_by_letter.check, .in = &n, .out = &in, .a = x->a, .now = x->now};
	assert_int_equal(store_write(x->s, &x->f, &run), RC_OK);
	if (in.wrong)
		return 0;
	own = arena_open(x->a, 0);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(session_find(d, x->a, &x->f, &(session_ask){all, n.secret.hash, x->now, 0}, &s),
			 RC_OK);
	arena_close(own);
	return s.who.person;
}

static int64_t
looks(fixture *x)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_report r;
	ledger_ask a = {.scratch = fixture_path(x, "looks"), .key = key.open, .derived = person_derived};

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &a, &r), RC_OK);
	assert_int_equal(r.nfindings, 0);
	return r.looks;
}

static void
a_letter_is_handed_over(fixture *x)
{
	static const char right[] = "number=420106199003070024&purpose=5";
	static const web_route *const tables[] = {desk_letter_routes, NULL};
	static const uint8_t key[32] = {1};
	site s = {.store = x->s, .name_zh = STR("示例"), .name_en = STR("Sample"), .wall = wall};
	house h = {.site = &s};
	web_config config = {.http.listen = STR("127.0.0.1:0"),
			     .tables = tables,
			     .assets = web_assets,
			     .hooks = house_hooks(&h, sessions),
			     .form_key = key};
	person_in in = somebody("王芳", "420106199003070024");
	const roles *all = NULL;
	web_app *w = NULL;
	person_new p;
	str text;

	assert_int_equal(pack_find(&pack_all, x->a, STR("lists/roles.yaml"), &text), RC_OK);
	assert_int_equal(roles_load(x->a, &x->f, STR("lists/roles.yaml"), text, &all), RC_OK);
	assert_int_equal(catalogue_load(x->a, &x->f, &pack_all, &h.fields), RC_OK);
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	assert_int_equal(web_start(&x->f, &config, &w), RC_OK);
	officer = officer_of(x, COUNTY, 7);
	browser_says(ask(x, w, "GET", STR("")), 404, ""); /* reads, and files nothing */
	perms_add(&officer.perms, PERM_CASE_FILE);
	browser_says(post(x, w, "number=&purpose="), 422, "href=\"#number\"");
	browser_says(post(x, w, "number=&purpose="), 422, "href=\"#purpose\"");
	browser_says(post(x, w, "number=420106199003070024&purpose=1"), 422,
		     "href=\"#purpose\""); /* a look's */
	browser_says(post(x, w, "number=420106199003070021&purpose=5"), 422, "value=\"420106199003070021\"");
	browser_says(post(x, w, "number=420106199003070040&purpose=5"), 422, "本辖区没有登记");
	assert_int_equal(looks(x), 0);
	str page = post(x, w, right);
	browser_says(page, 200, "王芳");
	str code = between(page, "zc-letter__code\"><strong>", "</strong>");
	assert_int_equal(code.n, 14);
	assert_int_equal(opens(x, all, code), p.id);
	assert_int_equal(opens(x, all, STR("0000-0000-0000")), 0);
	assert_int_equal(looks(x), 1);
	page = post(x, w, "number=420106199003070024&purpose=5&large=1");
	browser_says(page, 200, "zc-letter--large");
	assert_int_equal(str_find(page, code), -1); /* another one each time */

	/* where he lives he is read, and his own county makes the letter; elsewhere he is not there */
	officer = officer_of(x, OTHER, 7);
	perms_add(&officer.perms, PERM_CASE_FILE);
	browser_says(post(x, w, right), 422, "开具登录码");
	officer = officer_of(x, 440105, 7);
	perms_add(&officer.perms, PERM_CASE_FILE);
	browser_says(post(x, w, right), 422, "本辖区没有登记");
	/* an applicant files and reads too: never here */
	officer.kind = ACTOR_APPLICANT;
	browser_says(ask(x, w, "GET", STR("")), 404, "");
	assert_int_equal(looks(x), 2);
	web_stop(w, 2000);
}

BOTH(a_letter_is_handed_over)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_letter_is_handed_over)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
