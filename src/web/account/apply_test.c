/* apply_test.c - an application as browsers send it: twice, from two windows, after the session has ended,
 * out of order, by somebody else; over both engines. */
#include "web/account/apply.h"

#include "app/account/outbox.h"
#include "app/calendar/calendar.h"
#include "app/definition/definition.h"
#include "app/region/reform.h"
#include "app/region/tenant.h"
#include "app/service/effects.h"
#include "web/account/mine.h"
#include "web/account/pages.h"
#include "web/room_fixture.h"

#define DONE(m, expr)                                                                                        \
	do {                                                                                                 \
		rc done_rc_ = (expr);                                                                        \
		if (done_rc_ != RC_OK)                                                                       \
			fail_msg("%s: %d %s", #expr, done_rc_,                                               \
				 cstr((m)->x->a, fault_print((m)->x->a, &(m)->x->f)));                       \
	} while (0)

static void
fill(room *m)
{
	fixture *x = m->x;
	region_numbers list = {0};
	definition_offers offers;
	int64_t n = 0;
	tenant_found_in found = {.region = 990102000000, .day = date_of_instant(x->now)};
	store_command c = {.fn = tenant_found_run, .in = &found, .out = &n, .a = x->a, .now = x->now};
	db *d = NULL;

	*vec_add(x->a, &list) = 99;
	DONE(m, region_load(x->s, &pack_all, &x->f, &list, x->now, &n));
	DONE(m, store_write(x->s, &x->f, &c));
	DONE(m, calendar_seed(x->s, &pack_all, &x->f, x->now, &n));
	const service_ask with = {
		.fields = m->house.fields, .roles = m->house.roles, .effects = kase_effects};
	DONE(m, store_read(x->s, x->a, &x->f, &d));
	DONE(m, definition_offers_read(d, x->a, &x->f, &pack_all, &with, &offers));
	store_read_end(x->s, d);
	DONE(m, definition_offers_publish(x->s, x->a, &x->f, &offers, x->now, &n));
}

static room *
room_open(fixture *x)
{
	static const web_route *const tables[] = {account_routes, apply_routes, mine_routes, NULL};
	room *m = room_new(x);

	fill(m);
	m->house.kases = kases_open(x->a, m->house.fields, m->house.roles);
	DONE(m, door_open(x->a, &x->f, m->house.roles, &m->house.door));
	m->hooks = house_hooks(&m->house, session_who);
	m->hooks.keep = me_keep_post;
	room_serve(m, tables);
	return m;
}

static void
is(str reply, int status, const char *words)
{
	if (browser_status(reply) != status || !browser_sees(reply, words))
		fail_msg("no %d with \"%s\" in %.*s", status, words, STR_ARG(str_sub(reply, 0, 6000)));
}

static str
last_code(room *m)
{
	fixture *x = m->x;
	outbox_lines lines;
	db *d = NULL;

	DONE(m, store_read(x->s, x->a, &x->f, &d));
	DONE(m, outbox_read(db_sealer(d), d, x->a, &x->f, TENANT_OF_NATION, INT64_MAX, &lines));
	store_read_end(x->s, d);
	assert_true(lines.n > 0);
	return str_from(lines.v[0].args, strlen("code="));
}

/* Through the door that this page is, with what it carries. */
static str
sign_in_from(room *m, browser *b, str page, const char *phone)
{
	arena *a = m->x->a;
	str inputs = between(page, "action=\"/me/sign-in\"", "</form>"); /* not those of the modes */
	str back = between(inputs, "name=\"back\" value=\"", "\"");
	str kept = between(inputs, "name=\"kept\" value=\"", "\"");
	str carried = str_fmt(a, "phone=%s&back=%.*s&kept=%.*s", phone, STR_ARG(back), STR_ARG(kept));
	str sent = browser_post(b, page, STR("/me/sign-in"), cstr(a, carried));

	is(sent, 200, "6 位数字");
	str coded = str_fmt(a, "%.*s&code=%.*s", STR_ARG(carried), STR_ARG(last_code(m)));
	return browser_post(b, sent, STR("/me/sign-in/code"), cstr(a, coded));
}

static browser
applicant(room *m, const char *phone)
{
	browser b = {.a = m->x->a, .port = web_port(m->app)};

	is(sign_in_from(m, &b, browser_get(&b, STR("/me/sign-in")), phone), 303, "Location: /me\r\n");
	return b;
}

#define PLACE "/applications/new/place?service=certificate-new&as=self"

/* A draft of his; its address. */
static str
begun(browser *b)
{
	str reply = browser_post(b, browser_get(b, STR(PLACE)), STR("/applications"),
				 "service=certificate-new&as=self&place-text=990102001001");

	is(reply, 303, "Location: /applications/990102-");
	return browser_to(reply);
}

static void
sent_twice_and_from_two_windows(fixture *x)
{
	room *m = room_open(x);
	browser b = applicant(m, "13800138001");
	str ref = begun(&b), name = str_cat(x->a, ref, STR("/questions/name"));
	str one = browser_get(&b, name), two = browser_get(&b, name);
	str next = str_fmt(x->a, "Location: %.*s/questions/id_number\r\n", STR_ARG(ref));

	is(browser_post(&b, one, name, "name=张明"), 303, cstr(x->a, next));
	is(browser_post(&b, one, name, "name=张明"), 303, cstr(x->a, next)); /* pressed again */
	is(browser_post(&b, two, name, "name=张鸣"), 303, cstr(x->a, next)); /* the other window */
	is(browser_get(&b, name), 200, "value=\"张鸣\"");
	is(browser_post(&b, two, name, "name=<b>张"), 422, "value=\"&lt;b&gt;张\"");
	is(browser_post(&b, two, name, "name="), 422, "请填写“姓名”");
	is(browser_get(&b, STR("/me")), 200, "张鸣");
	web_stop(m->app, 1000);
}

static void
out_of_order_and_what_is_not_there(fixture *x)
{
	room *m = room_open(x);
	browser b = applicant(m, "13800138001"), other = applicant(m, "13800138002");
	str ref = begun(&b), check = str_cat(x->a, ref, STR("/check"));
	str name = str_cat(x->a, ref, STR("/questions/name"));

	is(browser_post(&b, browser_get(&b, check), check, "x="), 422, "请先核对");
	str early = browser_post(&b, browser_get(&b, check), check, "agreed=1");
	is(early, 422, "请填写“姓名”");
	is(early, 422, "还缺少“居民身份证”");
	is(browser_get(&b, str_cat(x->a, ref, STR("/receipt"))), 303, "/check\r\n");
	is(browser_get(&b, str_cat(x->a, ref, STR("/questions/bank_account"))), 404, "");
	is(browser_get(&b, str_cat(x->a, ref, STR("/questions/guardian_name"))), 404,
	   ""); /* not asked of him */
	is(browser_get(&b, str_cat(x->a, ref, STR("/papers/diploma"))), 404, "");
	is(browser_get(&b, STR("/applications/new?service=none")), 404, "");
	/* whose guardian he is not, like one who is not there */
	is(browser_get(&b, STR("/applications/new/place?service=certificate-new&as=guardian-990102-1")), 404,
	   "");
	is(browser_post(&b, browser_get(&b, STR(PLACE)), STR("/applications"),
			"service=certificate-new&as=guardian-990102-1&place-text=990102001001"),
	   404, "");
	is(browser_get(&b, STR("/applications/new/place?service=certificate-new&as=guardian-")), 422,
	   "请选择");
	is(browser_get(&b, STR("/cases/990102-2026-000001-ABCDEF")), 404, "");
	is(browser_get(&other, ref), 404, ""); /* like one that is not there */
	is(browser_post(&other, browser_get(&other, STR("/me")), name, "name=别人"), 404, "");
	is(browser_get(&b, name), 200, "value=\"\"");
	str far = browser_post(&b, browser_get(&b, STR(PLACE)), STR("/applications"),
			       "service=certificate-new&as=self&place-text=990101001001");
	is(far, 422, "本站没有负责这个地方的残联");
	web_stop(m->app, 1000);
}

/* What was typed travels through the door and is sent on; it is kept nowhere else. */
static void
a_form_outlives_its_session(fixture *x)
{
	room *m = room_open(x);
	browser b = applicant(m, "13800138001");
	str name = str_cat(x->a, begun(&b), STR("/questions/name"));
	str page = browser_get(&b, name);

	b.session = STR("");
	str kept = browser_post(&b, page, name, "name=张明");
	is(kept, 200, "刚才填的内容没有丢");
	assert_false(browser_sees(kept, "张明"));
	str on = sign_in_from(m, &b, kept, "13800138001");
	is(on, 200, "继续提交");
	is(on, 200, "name=\"name\" value=\"张明\"");
	assert_true(str_eq(between(on, "<form method=\"post\" action=\"/applications", "\""),
			   str_from(name, strlen("/applications"))));
	is(browser_post(&b, str_from(on, (size_t)str_find(on, STR("action=\"/applications"))), name,
			"name=张明"),
	   303, "/questions/id_number");
	is(browser_get(&b, name), 200, "value=\"张明\"");
	web_stop(m->app, 1000);
}

BOTH(sent_twice_and_from_two_windows)
BOTH(out_of_order_and_what_is_not_there)
BOTH(a_form_outlives_its_session)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(sent_twice_and_from_two_windows),
		BOTH_TESTS(out_of_order_and_what_is_not_there),
		BOTH_TESTS(a_form_outlives_its_session),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
