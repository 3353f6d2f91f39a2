/* letters_test.c - codes on paper from the counter: for whom, by whom, seen by whom; over both engines. */
#include "web/desk/letters.h"

#include "app/account/applicant.h"
#include "app/account/holder.h"
#include "app/kase/public.h"
#include "app/person/person_fixture.h"
#include "web/room_fixture.h"
#include "web/session.h"

#define LETTER "/desk/letters/new"
#define CODE   "/desk/certificate-codes/new"

/* The pages of letters; nobody is signed in. */
static room *
opened(fixture *x)
{
	static const web_route *const tables[] = {desk_letter_routes, NULL};
	room *m = room_new(x);

	room_serve(m, tables);
	return m;
}

static str
get(room *m, const char *path)
{
	return browser_get(&m->b, str_of(path));
}

static str
post(room *m, const char *path, const char *fields)
{
	return browser_post(&m->b, get(m, path), str_of(path), fields);
}

/* Who asks from now on: he reads, and files too. */
static void
as(fixture *x, int64_t county)
{
	room_actor = officer_of(x, county, 7);
	perms_add(&room_actor.perms, PERM_CASE_FILE);
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
	room *m = opened(x);
	person_in in = somebody("王芳", "420106199003070024");
	person_new p;

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	room_actor = officer_of(x, COUNTY, 7);
	browser_says(get(m, LETTER), 404, ""); /* reads, and files nothing */
	as(x, COUNTY);
	browser_says(post(m, LETTER, "number=&purpose="), 422, "href=\"#number\"");
	browser_says(post(m, LETTER, "number=&purpose="), 422, "href=\"#purpose\"");
	browser_says(post(m, LETTER, "number=420106199003070024&purpose=1"), 422,
		     "href=\"#purpose\""); /* a look's */
	browser_says(post(m, LETTER, "number=420106199003070021&purpose=5"), 422,
		     "value=\"420106199003070021\"");
	browser_says(post(m, LETTER, "number=420106199003070040&purpose=5"), 422, "本辖区没有登记");
	assert_int_equal(looks(x), 0);
	str page = post(m, LETTER, right);
	browser_says(page, 200, "王芳");
	str code = between(page, "zc-letter__code\"><strong>", "</strong>");
	assert_int_equal(code.n, 14);
	assert_int_equal(opens(x, m->house.roles, code), p.id);
	assert_int_equal(opens(x, m->house.roles, STR("0000-0000-0000")), 0);
	assert_int_equal(looks(x), 1);
	page = post(m, LETTER, "number=420106199003070024&purpose=5&large=1");
	browser_says(page, 200, "zc-letter--large");
	assert_int_equal(str_find(page, code), -1); /* another one each time */

	/* where he lives he is read, and his own county makes the letter; elsewhere he is not there */
	as(x, OTHER);
	browser_says(post(m, LETTER, right), 422, "开具登录码");
	as(x, 440105);
	browser_says(post(m, LETTER, right), 422, "本辖区没有登记");
	/* an applicant files and reads too: never here */
	room_actor.kind = ACTOR_APPLICANT;
	browser_says(get(m, LETTER), 404, "");
	assert_int_equal(looks(x), 2);
	web_stop(m->app, 2000);
}

/* What somebody learns who is told the code. */
static certificate_said
check(fixture *x, const char *number, str code)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};
	const certificate_ask in = {.by = &nobody,
				    .number = str_of(number),
				    .code = code,
				    .asker = STR(""),
				    .source = STR("10.0.0.1")};
	certificate_said said = {0};
	store_command c = {.fn = certificate_verify, .in = &in, .out = &said, .a = x->a, .now = x->now};
	rc r = store_write(x->s, &x->f, &c);

	if (r != RC_OK)
		fail_msg("%d %s", r, cstr(x->a, fault_print(x->a, &x->f)));
	return said;
}

static void
a_code_for_a_certificate_is_handed_over(fixture *x)
{
	static const char right[] = "number=990101199003070015&purpose=8";
	room *m = opened(x);
	person_in holder = somebody_whole(x, "王芳", "990101199003070015"),
		  none = somebody("李明", "990101198511120029");
	person_new p;

	assert_int_equal(enter_person(x, &holder, &p), RC_OK);
	assert_int_equal(enter_person(x, &none, &p), RC_OK);
	room_actor = officer_of(x, COUNTY, 7);
	browser_says(get(m, CODE), 404, "");
	as(x, COUNTY);
	browser_says(post(m, CODE, "number=990101199003070015&purpose=5"), 422,
		     "href=\"#purpose\""); /* a letter's */
	browser_says(post(m, CODE, "number=990101198511120029&purpose=8"), 422, "没有有效的残疾人证");
	assert_int_equal(looks(x), 0);
	str page = post(m, CODE, right);
	browser_says(page, 200, "王芳");
	browser_says(page, 200, "以前有效");
	str code = between(page, "zc-letter__code\"><strong>", "</strong>");
	assert_int_equal(code.n, HOLDER_CODE + 1);
	assert_int_equal(looks(x), 1);
	assert_true(check(x, "99010119900307001573", code).opened);
	browser_says(post(m, CODE, "number=99010119900307001573&purpose=10&large=1"), 200,
		     "zc-letter--large");
	assert_true(check(x, "99010119900307001573", code).wrong_code); /* another was made */
	assert_int_equal(looks(x), 3);

	as(x, OTHER);
	browser_says(post(m, CODE, right), 422, "请由登记地开具");
	as(x, 440105);
	browser_says(post(m, CODE, right), 422, "本辖区没有登记");
	room_actor.kind = ACTOR_APPLICANT;
	browser_says(get(m, CODE), 404, "");
	assert_int_equal(looks(x), 3);
	web_stop(m->app, 2000);
}

BOTH(a_letter_is_handed_over)
BOTH(a_code_for_a_certificate_is_handed_over)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_letter_is_handed_over),
					   BOTH_TESTS(a_code_for_a_certificate_is_handed_over)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
