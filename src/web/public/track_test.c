/* track_test.c - where a case stands by a code to the phone: what opens it, and that nothing else is told
 * apart; over both engines. */
#include "app/account/delay.h"
#include "app/account/outbox.h"
#include "web/kases_fixture.h"
#include "web/public/public.h"

#include "app/region/tenant.h"

#define PHONE   "13800000001"
#define SHOWN   "138****0001"
#define NOTHING "没有查到。请核对办件号、申请时填的手机号码和验证码"

static room *
track_open(fixture *x)
{
	static const web_route *const tables[] = {track_routes, NULL};

	return room_open(x, tables);
}

/* The newest message to this phone. */
static str
code_to(county *c, const char *shown)
{
	fixture *x = c->w.x;
	outbox_lines lines;
	size_t i = 0;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, outbox_read(db_sealer(d), d, x->a, &x->f, TENANT_OF_NATION, INT64_MAX, &lines));
	store_read_end(x->s, d);
	while (i < lines.n && !str_eq(lines.v[i].shown, str_of(shown)))
		i++;
	assert_true(i < lines.n);
	assert_true(str_eq(lines.v[i].message, STR("applicant.sms_track")));
	return str_from(lines.v[i].args, STR("code=").n);
}

/* Asks for a code, as the form does. */
static str
asks(room *m, str number, const char *phone)
{
	fixture *x = m->c->w.x;
	static const actor visitor = {.kind = ACTOR_NOBODY};

	x->now += 3600 * 1000; /* so that no wait is left of the last one */
	return send_form(m, &visitor, page_of(m, &visitor, STR("/track/phone")), STR("/track/phone"),
			 cstr(x->a, str_fmt(x->a, "number=%.*s&phone=%s", STR_ARG(number), phone)));
}

static str
answers(room *m, str page, str number, const char *phone, str code)
{
	fixture *x = m->c->w.x;
	static const actor visitor = {.kind = ACTOR_NOBODY};

	return send_form(m, &visitor, page, STR("/track/code"),
			 cstr(x->a, str_fmt(x->a, "number=%.*s&phone=%s&code=%.*s", STR_ARG(number), phone,
					    STR_ARG(code))));
}

/* "123456" with another last digit. */
static str
another(fixture *x, str code)
{
	return str_fmt(x->a, "%.5s%c", code.p, code.p[5] == '7' ? '8' : '7');
}

static void
a_code_to_the_phone_opens_its_case(fixture *x)
{
	room *m = track_open(x);
	county *c = m->c;
	str mine = view(c, &c->clerk, filed(c, man, ASKS_SELF)).number;
	str childs = view(c, &c->clerk, filed(c, child, ASKS_GUARDIAN)).number;

	str page = asks(m, mine, "138-0000-0001");
	browser_says(page, 200, SHOWN);
	str code = code_to(c, SHOWN);
	browser_says(answers(m, page, mine, PHONE, another(x, code)), 422, NOTHING);
	browser_says(answers(m, page, mine, PHONE, STR("12345")), 422, "6 位数字");
	browser_says(answers(m, page, childs, PHONE, code), 422, NOTHING); /* sent for another number */
	str found = answers(m, page, mine, PHONE, code);
	browser_says(found, 200, "受理");
	assert_false(browser_sees(found, "张明"));
	browser_says(answers(m, page, mine, PHONE, code), 422, NOTHING); /* once */
	/* the guardian's phone opens the child's */
	page = asks(m, childs, "13800000003");
	found = answers(m, page, childs, "13800000003", code_to(c, "138****0003"));
	browser_says(found, 200, "受理");
	assert_false(browser_sees(found, "李小雨"));
	web_stop(m->app, 1000);
	whole(c);
}

/* What was wrong, and the form from the phone on: behind the tokens and the number. */
static str
told(arena *a, str page)
{
	str top = between(page, "<main", "name=\"csrf\""), form = between(page, "name=\"phone\"", "</main>");

	assert_true(top.n > 0 && form.n > 0);
	return str_cat(a, top, form);
}

static void
a_number_of_no_case_is_told_like_one_of_anothers(fixture *x)
{
	static const char phone[] = "13800000007", shown[] = "138****0007";
	room *m = track_open(x);
	county *c = m->c;
	str number[2] = {view(c, &c->clerk, filed(c, man, ASKS_SELF)).number,
			 STR("420102-2026-000999-K7QXMD")};
	str sent[2], right[2];

	for (size_t i = 0; i < LEN(number); i++) {
		sent[i] = asks(m, number[i], phone);
		browser_says(sent[i], 200, shown);
		str code = code_to(c, shown);
		for (int64_t n = 0; n < delay_pair.free; n++)
			browser_says(answers(m, sent[i], number[i], phone, another(x, code)), 422, NOTHING);
		right[i] = answers(m, sent[i], number[i], phone, code);
		browser_says(right[i], 422, NOTHING);
		browser_says(answers(m, sent[i], number[i], phone, code), 422, "再试"); /* and waits */
	}
	assert_true(str_eq(told(x->a, right[0]), told(x->a, right[1])));
	browser_says(asks(m, number[1], "12345"), 422, "href=\"#phone\"");
	browser_says(asks(m, STR(""), PHONE), 422, "href=\"#number\"");
	web_stop(m->app, 1000);
	whole(c);
}

BOTH(a_code_to_the_phone_opens_its_case)
BOTH(a_number_of_no_case_is_told_like_one_of_anothers)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_code_to_the_phone_opens_its_case),
		BOTH_TESTS(a_number_of_no_case_is_told_like_one_of_anothers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
