/* board_test.c - a notice on the web from the day it is hung to the day after its last, and whose never come
 * there; over both engines. The service is one of the tests: what is shipped hangs in the village alone. */
#include "web/kases_fixture.h"
#include "web/public/public.h"

static room *
board_open(fixture *x)
{
	static const web_route *const tables[] = {board_routes, NULL};
	room *m = room_open(x, tables);

	publish_service(m->c, "web-notice");
	return m;
}

/* Applied for by a helper, or by a guardian, and hung up. */
static int64_t
hung(room *m, const char *name, const char *number, const char *category, asks_as as)
{
	county *c = m->c;
	kase_problems why = {0};
	const say v[] = {{"name", name},
			 {"id_number", number},
			 {"phone", "13800000001"},
			 {"registration_place", "420102001001"},
			 {"claimed_category", category},
			 {as == ASKS_GUARDIAN ? "guardian_name" : NULL, "李大雨"},
			 {"guardian_id_number", WOMAN},
			 {"guardian_relation", "母亲"},
			 {0}};
	int64_t id = open_draft(c, &c->applicant, as, "");

	OK(&c->w, save(c, &c->applicant, id, v, NULL));
	OK(&c->w, paper(c, &c->applicant, id, "id_card", "original"));
	OK(&c->w, submit(c, &c->applicant, id, &why, NULL));
	OK(&c->w, act(c, &c->clerk, id, "posted", "", NULL));
	stands_at(c, id, "shown");
	return id;
}

static str
list(room *m)
{
	str page = browser_get(&m->b, STR("/notices"));

	browser_says(page, 200, "X-Robots-Tag: noindex, nofollow");
	return page;
}

/* The address of the first notice that is listed; the empty text: there is none. */
static str
address(room *m)
{
	str ref = between(list(m), "href=\"/notices/", "\"");

	return ref.n ? str_cat(m->c->w.x->a, STR("/notices/"), ref) : ref;
}

static void
a_notice_goes_with_its_last_day(fixture *x)
{
	room *m = board_open(x);
	int64_t id = hung(m, "欧阳春", MAN, "肢体", ASKS_HELPER);
	str page = list(m), at = address(m);

	browser_says(page, 200, "欧*春");
	assert_false(browser_sees(page, "欧阳") || browser_sees(page, MAN) || browser_sees(page, "肢体"));
	assert_false(browser_sees(page, "13800000001"));
	page = browser_get(&m->b, at);
	browser_says(page, 200, "欧*春");
	browser_says(page, 200, "X-Robots-Tag: noindex, nofollow");
	browser_says(page, 200, "<textarea");
	assert_false(browser_sees(page, "欧阳") || browser_sees(page, "肢体"));
	x->now += 7 * DAY; /* the last of five working days */
	morning(m->c);
	browser_says(list(m), 200, "欧*春");
	x->now += DAY; /* before any job has run */
	assert_false(browser_sees(list(m), "欧*春"));
	browser_says(browser_get(&m->b, at), 404, "");
	browser_says(browser_post(&m->b, page, at, "text=他行走自如"), 404, "");
	morning(m->c);
	assert_int_equal(view(m->c, &m->c->clerk, id).state, KASE_AT_END);
	assert_int_equal(address(m).n, 0);
	web_stop(m->app, 1000);
	whole(m->c);
}

/* Some whose notice hangs in the village only, though their service leaves nobody out. */
static void
a_child_and_who_needs_a_guardian_never_come_there(fixture *x)
{
	room *m = board_open(x);

	hung(m, "李小雨", CHILD, "肢体", ASKS_GUARDIAN);
	hung(m, "王安", YOUTH, "精神", ASKS_GUARDIAN);
	hung(m, "周宁", ELDER, "听力", ASKS_GUARDIAN); /* has one, without need by the file */
	assert_int_equal(address(m).n, 0);
	hung(m, "周宁", OTHER, "听力", ASKS_HELPER);
	browser_says(list(m), 200, "周*");
	web_stop(m->app, 1000);
	whole(m->c);
}

static void
somebody_objects(fixture *x)
{
	room *m = board_open(x);
	int64_t id = hung(m, "张明", MAN, "肢体", ASKS_HELPER);
	str at = address(m), page = browser_get(&m->b, at);

	str wrong = browser_post(&m->b, page, at, "who=村民&phone=12&text=");
	browser_says(wrong, 422, "href=\"#phone\"");
	browser_says(wrong, 422, "href=\"#text\"");
	browser_says(wrong, 422, "value=\"村民\""); /* what was typed is kept */
	stands_at(m->c, id, "shown");
	str sent = browser_post(&m->b, page, at, "who=村民&phone=13900000000&text=他行走自如");
	browser_says(sent, 200, "张*");
	assert_false(browser_sees(sent, "他行走自如"));
	stands_at(m->c, id, "investigate");
	assert_int_equal(address(m).n, 0); /* taken down */
	browser_says(browser_get(&m->b, at), 404, "");
	/* pressed again: nothing is there twice */
	browser_says(browser_post(&m->b, page, at, "who=村民&phone=13900000000&text=他行走自如"), 404, "");
	stands_at(m->c, id, "investigate");
	web_stop(m->app, 1000);
	whole(m->c);
}

BOTH(a_notice_goes_with_its_last_day)
BOTH(a_child_and_who_needs_a_guardian_never_come_there)
BOTH(somebody_objects)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_notice_goes_with_its_last_day),
		BOTH_TESTS(a_child_and_who_needs_a_guardian_never_come_there),
		BOTH_TESTS(somebody_objects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
