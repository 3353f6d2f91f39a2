/* case_test.c - a case on the desk as browsers send it: whose hands may not act and what they are told, and
 * steps out of order; a paper enlarged and turned; over both engines. */
#include "web/desk/desk.h"
#include "web/kases_fixture.h"

static room *
desk_open(fixture *x)
{
	static const web_route *const tables[] = {case_routes, NULL};

	return room_open(x, tables);
}

static str
case_of(room *m, int64_t id, const char *more)
{
	return str_fmt(m->c->w.x->a, "/desk/cases/%.*s%s", STR_ARG(view(m->c, &m->c->clerk, id).number),
		       more);
}

/* The page of the case, and then the act, as its button sends it; `more` goes with it. */
static str
tries(room *m, const actor *who, int64_t id, const char *act_id, const char *more)
{
	arena *a = m->c->w.x->a;
	str page = page_of(m, who, case_of(m, id, ""));
	str turn = between(page, "name=\"turn\" value=\"", "\"");
	int64_t n = view(m->c, &m->c->clerk, id).turn;

	if (turn.n == 0) /* it offers him nothing: he sends the form all the same */
		turn = str_fmt(a, "%lld", (long long)n);
	return send_form(m, who, page, case_of(m, id, "/acts"),
			 cstr(a, str_fmt(a, "turn=%.*s&act=%s%s", STR_ARG(turn), act_id, more)));
}

/* He is told why, the act is not offered, and sending it anyway changes nothing. */
static void
kept_apart(room *m, const actor *who, int64_t id, const char *act_id, const char *why)
{
	int64_t turn = view(m->c, &m->c->clerk, id).turn;

	browser_says(page_of(m, who, case_of(m, id, "")), 200, why);
	browser_says(tries(m, who, id, act_id, ""), 422, why);
	browser_says(tries(m, who, id, act_id, "&reason=x&step=save"), 422, why);
	assert_int_equal(view(m->c, &m->c->clerk, id).turn, turn);
}

#define SAME_HAND "您办理过这件事的“受理”环节，不能再办理本环节。请由同事办理。"
#define OWN       "这是您本人的申请，您须回避。请由同事办理。"
#define RELATIVE  "申请人是您的近亲属或者同户人员，您须回避。请由同事办理。"

static void
who_accepted_does_not_approve(fixture *x)
{
	room *m = desk_open(x);
	county *c = m->c;
	int64_t id = man_at_review(c);
	actor both = c->approver; /* a small county: one who holds both posts */

	OK(&c->w, act(c, &c->clerk2, id, "propose", "", NULL));
	both.account = c->clerk.account;
	/* he may enter what the other approver signed, and is told why not more */
	browser_says(page_of(m, &both, case_of(m, id, "")), 200, "批准（按纸质审批录入）");
	str asked = tries(m, &both, id, "approve", "");
	browser_says(asked, 200, SAME_HAND);
	browser_says(asked, 200, "谁在纸质审批表上签字决定");
	browser_says(tries(m, &both, id, "approve", "&step=save"), 422, "href=\"#signer\"");
	stands_at(c, id, "approve");
	str fake = str_fmt(x->a, "&step=save&signer=%lld", (long long)both.account); /* himself */
	browser_says(tries(m, &both, id, "approve", cstr(x->a, fake)), 422, "href=\"#signer\"");
	stands_at(c, id, "approve");
	browser_says(tries(m, &c->approver, id, "approve", "&step=save"), 303, "?done=acted");
	assert_int_equal(view(c, &c->clerk, id).state, KASE_AT_END);
	web_stop(m->app, 1000);
	whole(c);
}

static void
nobody_handles_his_own_or_a_relatives_case(fixture *x)
{
	room *m = desk_open(x);
	county *c = m->c;
	int64_t mother = registered(c, "李大雨", WOMAN, NULL);
	int64_t self = registered(c, "张明", MAN, "77"), wife = registered(c, "王芳", YOUTH, "77");
	actor clerk = c->clerk, doctor = c->doctor, approver = c->approver;

	int64_t id = filed(c, man, ASKS_SELF);
	clerk.person = self;
	kept_apart(m, &clerk, id, "accept", OWN);
	clerk.person = wife;
	kept_apart(m, &clerk, id, "accept", RELATIVE);
	/* nor does he enter for another who signed */
	approver.person = self;
	browser_says(tries(m, &approver, id, "accept", "&step=save"), 409, "您刚才的操作没有记入");
	assert_false(browser_sees(page_of(m, &approver, case_of(m, id, "")), "按纸质审批录入"));
	stands_at(c, id, "accept");

	id = filed(c, child, ASKS_GUARDIAN);
	clerk.person = 0;
	browser_says(tries(m, &clerk, id, "accept", "&step=save"), 303, "?done=acted");
	doctor.person = mother; /* the doctor is the child's guardian */
	kept_apart(m, &doctor, id, "meets", RELATIVE);
	doctor.person = wife;
	browser_says(tries(m, &doctor, id, "meets", ""), 200, "评定类别");
	web_stop(m->app, 1000);
	whole(c);
}

static void
steps_out_of_order(fixture *x)
{
	room *m = desk_open(x);
	county *c = m->c;
	int64_t id = filed(c, man, ASKS_SELF);
	str acts = case_of(m, id, "/acts");
	str one = page_of(m, &c->clerk, case_of(m, id, "")), two = page_of(m, &c->clerk2, case_of(m, id, ""));

	/* not there yet: a turn to come, an act of a later step, a turn that is none */
	browser_says(send_form(m, &c->clerk, one, acts, "turn=2&act=meets&step=save"), 404, "");
	browser_says(send_form(m, &c->clerk, one, acts, "turn=1&act=approve&step=save"), 404, "");
	browser_says(send_form(m, &c->clerk, one, acts, "turn=x&act=accept&step=save"), 404, "");
	browser_says(send_form(m, &c->clerk, one, acts, "act=accept&step=save"), 404, "");
	stands_at(c, id, "accept");
	/* done; sent again by a double click; by a colleague from his older window */
	browser_says(send_form(m, &c->clerk, one, acts, "turn=1&act=accept&step=save"), 303, "?done=acted");
	browser_says(send_form(m, &c->clerk, one, acts, "turn=1&act=accept&step=save"), 303, "?done=acted");
	str late = send_form(m, &c->clerk2, two, acts, "turn=1&act=accept&step=save");
	browser_says(late, 409, "这一步已经有人办理");
	browser_says(late, 409, "您刚才的操作没有记入");
	late = send_form(m, &c->clerk2, two, acts, "turn=1&act=refuse&reason=迟了");
	browser_says(late, 409, "这一步已经有人办理");
	stands_at(c, id, "assess");
	/* what is over cannot be taken back or handed on from an old page either */
	str turns = case_of(m, id, "/turns");
	late = send_form(m, &c->clerk2, two, turns, "turn=1&what=back");
	browser_says(late, 409, "这一步已经有人办理");
	browser_says(send_form(m, &c->clerk2, two, turns, "turn=1&what=sideways"), 404, "");
	stands_at(c, id, "assess");
	assert_int_equal(view(c, &c->clerk, id).turn, 2);
	web_stop(m->app, 1000);
	whole(c);
}

static int64_t
looks_written(county *c)
{
	static const uint8_t seed[32] = {1, 2, 3};
	fixture *x = c->w.x;
	sign_key key = sign_key_of(seed);
	ledger_ask a = {.scratch = fixture_path(x, "looks"), .key = key.open, .derived = person_derived};
	ledger_report r;

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &a, &r), RC_OK);
	return r.looks;
}

static void
a_picture_is_enlarged_and_turned(fixture *x)
{
	room *m = desk_open(x);
	county *c = m->c;
	int64_t other = filed(c, man, ASKS_SELF), id = open_draft(c, &c->applicant, ASKS_SELF, "");
	actor clerk = c->clerk, clerk2 = c->clerk2;
	kase_problems none = {0};
	str number;

	clerk.fields |= FIELD_SENSITIVE;
	clerk2.fields |= FIELD_SENSITIVE;
	OK(&c->w, save(c, &c->applicant, id, man, NULL));
	give_papers(c, &c->applicant, id, false);
	OK(&c->w, scan(c, id, "id_card", "front"));
	OK(&c->w, scan(c, id, "id_card", "back"));
	OK(&c->w, submit(c, &c->applicant, id, &none, &number));
	int64_t file = view(c, &c->clerk, id).scans.v[1].id;
	str href = case_of(m, id, cstr(x->a, str_fmt(x->a, "/files/%lld", (long long)file)));

	browser_says(page_of(m, &clerk, case_of(m, id, "")), 200, cstr(x->a, href));
	browser_says(page_of(m, &c->clerk, href), 404,
		     ""); /* a post without the sight of what is sensitive */
	int64_t before = looks_written(c);
	str page = page_of(m, &clerk, href);
	browser_says(page, 200, "居民身份证，第 2 份</h1>");
	assert_true(browser_sees(page, "现在是 100%。"));
	assert_true(browser_sees(page, "?zoom=150&amp;turn=0#view"));
	assert_true(browser_sees(page, "?zoom=100&amp;turn=270#view"));
	assert_false(browser_sees(page, "恢复原样"));
	assert_int_equal(looks_written(c), before + 1);
	/* larger and turned it is the same opening; opened again it is another */
	page = page_of(m, &clerk, str_cat(x->a, href, STR("?zoom=300&turn=270")));
	browser_says(page, 200, "zc-view__room--300\"><img class=\"zc-view__picture zc-view__picture--270\"");
	assert_true(browser_sees(page, "向右转了 270 度"));
	assert_true(browser_sees(page, "?zoom=300&amp;turn=0#view"));
	assert_false(browser_sees(page, ">放大<"));
	assert_int_equal(looks_written(c), before + 1);
	browser_says(page_of(m, &clerk, href), 200, "现在是 100%");
	assert_int_equal(looks_written(c), before + 2);
	/* an address that was kept for an hour, and a colleague's: looks of their own */
	x->now += 3600 * 1000;
	browser_says(page_of(m, &clerk, str_cat(x->a, href, STR("?zoom=170&turn=100"))), 200,
		     "现在是 150%，向右转了 90 度");
	assert_int_equal(looks_written(c), before + 3);
	browser_says(page_of(m, &clerk2, str_cat(x->a, href, STR("?zoom=999&turn=-90"))), 200,
		     "现在是 100%。");
	assert_int_equal(looks_written(c), before + 4);
	/* another case's file is not there, nor is one for who works elsewhere */
	browser_says(page_of(m, &clerk,
			     case_of(m, other, cstr(x->a, str_fmt(x->a, "/files/%lld", (long long)file)))),
		     404, "");
	browser_says(page_of(m, &clerk, str_cat(x->a, href, STR("9"))), 404, "");
	browser_says(page_of(m, &c->doctor, href), 404, "");
	assert_int_equal(looks_written(c), before + 4);
	web_stop(m->app, 1000);
	whole(c);
}

/* Before an act is done, each thing that it will do is told in words. */
static void
every_effect_has_its_words(void **state)
{
	(void)state;
	for (const service_effect *e = kase_effects; e->name.n; e++) {
		char id[64];
		int n = snprintf(id, sizeof id, "case.effect.%.*s", STR_ARG(e->name));
		if (msg_find((str){id, (size_t)n}) < 0)
			fail_msg("locale/case.msg has no %s", id);
	}
}

BOTH(who_accepted_does_not_approve)
BOTH(nobody_handles_his_own_or_a_relatives_case)
BOTH(steps_out_of_order)
BOTH(a_picture_is_enlarged_and_turned)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_effect_has_its_words),
		BOTH_TESTS(who_accepted_does_not_approve),
		BOTH_TESTS(nobody_handles_his_own_or_a_relatives_case),
		BOTH_TESTS(steps_out_of_order),
		BOTH_TESTS(a_picture_is_enlarged_and_turned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
