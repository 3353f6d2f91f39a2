/* cards_test.c - the pages of cards, as a clerk and a township meet them: choosing, printing, what goes
 * wrong, blanks, printers, the way to the holder; over both engines. */
#include "web/desk/cards.h"

#include "app/card/card_fixture.h"
#include "app/kase/held.h"
#include "web/look.h"
#include "web/room_fixture.h"

typedef struct office {
	mint m;
	room *r;
	const actor *clerk, *town;
} office;

static office
opened(fixture *x)
{
	static const web_route *const tables[] = {card_routes, NULL};
	office o = {.m = mint_open(x)};
	room *r = room_new(x);

	r->house.looks = looks_open(x->a);
	r->house.kases = kases_open(x->a, r->house.fields, r->house.roles);
	r->house.layouts = o.m.layouts;
	r->site.dir = fixture_path(x, "site");
	room_serve(r, tables);
	o.r = r;
	o.clerk = &o.m.o->clerk;
	o.town = arena_new(x->a, actor);
	*(actor *)(uintptr_t)o.town = o.m.town;
	return o;
}

static str
get(office *o, const char *path)
{
	return page_of(o->r, o->clerk, str_of(path));
}

static str
post(office *o, const char *from, const char *path, const char *fields)
{
	return send_form(o->r, o->clerk, get(o, from), str_of(path), fields);
}

static const char *
with(office *o, const char *format, str text)
{
	str s = str_of(format);
	ptrdiff_t at = str_find(s, STR("$"));

	return cstr(o->m.o->x->a,
		    STR_CATS(o->m.o->x->a, str_sub(s, 0, (size_t)at), text, str_from(s, (size_t)at + 1)));
}

static str
ticks(office *o, const card_item *v, size_t n)
{
	arena *a = o->m.o->x->a;
	str s = STR("");

	for (size_t i = 0; i < n; i++)
		s = str_fmt(a, "%.*s&item=%lld-%lld", STR_ARG(s), (long long)v[i].person,
			    (long long)v[i].certificate);
	return s;
}

static int64_t
looks_of(office *o)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_report r;
	fixture *x = o->m.o->x;
	ledger_ask a = {.scratch = fixture_path(x, "looks"), .key = key.open, .derived = person_derived};

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &a, &r), RC_OK);
	assert_int_equal(r.nfindings, 0);
	return r.looks;
}

#define HOW "&stock=2-2&layout=second&printer=0&since=2026-01-01&until=2026-06-30"

static void
certificates_are_chosen_and_printed(fixture *x)
{
	office own = opened(x), *o = &own;
	card_item v[3];

	for (uint64_t i = 0; i < LEN(v); i++)
		v[i] = mint_holder(&o->m, i, 4, 0, i == 2 ? "2026-05-01" : "2026-05-30");
	mint_blanks(&o->m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	str page = get(o, "/desk/cards");
	browser_says(page, 200, "待打印的证共 3 张");
	browser_says(page, 200, "value=\"HB0001\"");
	browser_says(page, 200, "没有按实物量过"); /* nobody has measured */
	browser_says(page, 200, "“样张”字样");
	browser_says(get(o, "/desk/cards?since=2026-05-15"), 200, "待打印的证共 2 张");
	browser_says(get(o, "/desk/cards?since=2026.5.15"), 200,
		     "value=\"2026-05-15\""); /* as people write */
	browser_says(get(o, "/desk/cards?since=2026-15-05"), 422, "href=\"#since\"");
	browser_says(get(o, "/desk/cards?since=2026-15-05"), 422, "value=\"2026-15-05\"");
	browser_says(get(o, "/desk/cards?stock=2-1"), 200, "现在没有待打印的证"); /* red: for others */

	browser_says(post(o, "/desk/cards", "/desk/cards", "x=1" HOW), 422, "href=\"#what\"");
	browser_says(post(o, "/desk/cards", "/desk/cards", "what=picked" HOW), 422, "请至少选择一张");
	browser_says(post(o, "/desk/cards", "/desk/cards", "what=all&stock=2-2&layout=third"), 422,
		     "与空白证代次相同");
	page = post(o, "/desk/cards", "/desk/cards",
		    with(o, "what=picked&first=HB0002" HOW "$", ticks(o, v, 2)));
	browser_says(page, 200, "可以打印 2 张");
	browser_says(page, 200, "其中 2 张没有照片");
	browser_says(page, 200, "value=\"HB0002\"");
	str items = between(page, "name=\"items\" value=\"", "\"");
	const char *save = with(o, "what=picked&step=save&first=HB0002" HOW "&items=$", items);
	str done = send_form(o->r, o->clerk, page, STR("/desk/cards"), save);
	assert_int_equal(browser_status(done), 303);
	/* pressed twice: one batch */
	assert_true(str_eq(browser_to(send_form(o->r, o->clerk, page, STR("/desk/cards"), save)),
			   browser_to(done)));
	str batch = browser_to(done);
	page = page_of(o->r, o->clerk, batch);
	browser_says(page, 200, "HB0002");
	browser_says(page, 200, "HB0003");
	browser_says(get(o, "/desk/cards"), 200, "待打印的证共 1 张");

	/* the file: each time a look at each */
	int64_t before = looks_of(o);
	str file = page_of(o->r, o->clerk, str_cat(x->a, batch, STR("/file")));
	browser_says(file, 200, "application/pdf");
	browser_says(file, 200, "%PDF-1");
	assert_int_equal(looks_of(o), before + 2);
	assert_int_equal(browser_status(page_of(o->r, o->clerk, str_cat(x->a, batch, STR("9/file")))), 404);

	/* one went wrong */
	str one = between(page, "name=\"item\" type=\"checkbox\" value=\"", "\"");
	browser_says(send_form(o->r, o->clerk, page, batch, with(o, "item=$", one)), 422, "href=\"#reason\"");
	browser_says(send_form(o->r, o->clerk, page, batch, with(o, "item=$&reason=9", one)), 422,
		     "href=\"#words\"");
	done = send_form(o->r, o->clerk, page, batch, with(o, "item=$&reason=9&words=墨迹", one));
	assert_int_equal(browser_status(done), 303);
	browser_says(page_of(o->r, o->clerk, batch), 200, "其他（墨迹）");
	browser_says(get(o, "/desk/cards"), 200, "待打印的证共 2 张");

	/* who only hands out, and who is no staff */
	assert_int_equal(browser_status(page_of(o->r, o->town, STR("/desk/cards"))), 404);
	assert_int_equal(browser_status(page_of(o->r, o->town, batch)), 404);
	actor applicant = {.kind = ACTOR_APPLICANT, .tenant = SAMPLE_TENANT, .account = 5};
	assert_int_equal(browser_status(page_of(o->r, &applicant, STR("/desk/cards"))), 404);
	web_stop(o->r->app, 2000);
	county_proved(o->m.o);
}

static void
what_cannot_be_printed_is_said_before(fixture *x)
{
	office own = opened(x), *o = &own;

	mint_holder(&o->m, 1, 4, 0, "2026-05-30");
	mint_holder(&o->m, 2, 4, 0, "2026-05-30");
	fixture_sql(x, "UPDATE certificate SET expires = '' WHERE kase = 1002");
	mint_blanks(&o->m, MINT_SECOND_GREEN, "HB0001", "HB0001");
	str page = post(o, "/desk/cards", "/desk/cards", "what=all" HOW);
	browser_says(page, 200, "可以打印 1 张");
	browser_says(page, 200, "“有效期至”是空的");
	/* a blank that is not there: said at its field, and what was chosen is kept */
	str items = between(page, "name=\"items\" value=\"", "\"");
	page = send_form(o->r, o->clerk, page, STR("/desk/cards"),
			 with(o, "what=picked&step=save&first=HB0007" HOW "&items=$", items));
	browser_says(page, 422, "href=\"#first\"");
	browser_says(page, 422, "本单位没有这个编号");
	browser_says(page, 422, "可以打印 1 张");
	fixture_sql(x, "UPDATE certificate SET expires = '2036-05-31' WHERE kase = 1002");
	web_stop(o->r->app, 2000);
	county_proved(o->m.o);
}

static void
one_is_printed_again_with_a_reason(fixture *x)
{
	office own = opened(x), *o = &own;
	card_item one = mint_holder(&o->m, 1, 4, 0, "2026-05-30");
	str col[SAMPLE_COLUMNS], number;
	int64_t batch = 0;

	sample_person(&o->m.o->people, 1, col);
	number = col[SC_ID];
	mint_blanks(&o->m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(&o->m.o->w, mint_print(&o->m, &one, 1, MINT_SECOND_GREEN, "", "", &batch));
	browser_says(post(o, "/desk/cards/again", "/desk/cards/again", "number="), 422, "href=\"#number\"");
	browser_says(post(o, "/desk/cards/again", "/desk/cards/again",
			  "number=990101199003070015&reason=3&stock=2-2&layout=second"),
		     422, "没有有效的残疾人证");
	browser_says(post(o, "/desk/cards/again", "/desk/cards/again",
			  with(o, "reason=3&stock=2-1&layout=second&number=$", number)),
		     422, "视力残疾用红色");
	const char *fields = with(o, "reason=3&stock=2-2&layout=second&printer=0&number=$", number);
	int64_t before = looks_of(o);
	str page = post(o, "/desk/cards/again", "/desk/cards/again", fields);
	browser_says(page, 200, "可以打印 1 张");
	assert_int_equal(looks_of(o), before + 1);
	str done =
		send_form(o->r, o->clerk, page, STR("/desk/cards/again"),
			  with(o, "step=save&reason=3&stock=2-2&layout=second&printer=0&number=$", number));
	assert_int_equal(browser_status(done), 303);
	assert_int_equal(mint_cards(&o->m, batch).v[0].state, CARD_IS_REMADE);
	web_stop(o->r->app, 2000);
	county_proved(o->m.o);
}

static void
the_books_of_blanks_are_kept(fixture *x)
{
	static const char run[] = "stock=2-2&day-year=2026&day-month=5&day-day=20&source=省残联&first=HB0001";
	office own = opened(x), *o = &own;

	browser_says(get(o, "/desk/cards/blanks"), 200, "本单位还没有空白证");
	browser_says(get(o, "/desk/cards/blanks/receive"), 200, "起号");
	assert_int_equal(browser_status(get(o, "/desk/cards/blanks/burn")), 404);
	browser_says(post(o, "/desk/cards/blanks/receive", "/desk/cards/blanks/receive", run), 422,
		     "href=\"#last\"");
	browser_says(post(o, "/desk/cards/blanks/receive", "/desk/cards/blanks/receive",
			  cstr(x->a, str_cat(x->a, str_of(run), STR("&last=HB001")))),
		     422, "止号与起号");
	const char *whole = cstr(x->a, str_cat(x->a, str_of(run), STR("&last=HB0100")));
	assert_int_equal(
		browser_status(post(o, "/desk/cards/blanks/receive", "/desk/cards/blanks/receive", whole)),
		303);
	browser_says(post(o, "/desk/cards/blanks/receive", "/desk/cards/blanks/receive", whole), 422,
		     "有重复");
	const char *out = cstr(x->a, str_fmt(x->a, "first=HB0091&last=HB0100&receiver=张三&office=%lld",
					     (long long)o->m.town_office));
	assert_int_equal(browser_status(post(o, "/desk/cards/blanks/issue", "/desk/cards/blanks/issue", out)),
			 303);
	browser_says(post(o, "/desk/cards/blanks/issue", "/desk/cards/blanks/issue", out), 422,
		     "value=\"HB0091\"");
	assert_int_equal(browser_status(post(o, "/desk/cards/blanks/spoil", "/desk/cards/blanks/spoil",
					     "serial=HB0001&reason=5")),
			 303);
	browser_says(
		post(o, "/desk/cards/blanks/spoil", "/desk/cards/blanks/spoil", "serial=HB0001&reason=5"),
		422, "href=\"#serial\"");
	browser_says(post(o, "/desk/cards/blanks/count", "/desk/cards/blanks/count", "stock=2-2&counted=88"),
		     422, "href=\"#note\"");
	assert_int_equal(browser_status(post(o, "/desk/cards/blanks/count", "/desk/cards/blanks/count",
					     "stock=2-2&counted=88&note=少一张")),
			 303);
	str page = get(o, "/desk/cards/blanks");
	browser_says(page, 200, "HB0002"); /* the next */
	browser_says(page, 200, "有差异");
	str gift = between(page, "name=\"items\" value=\"", "\"");
	assert_true(gift.n > 0);
	assert_int_equal(browser_status(send_form(o->r, o->clerk, page, STR("/desk/cards/blanks/return"),
						  with(o, "items=$", gift))),
			 303);
	web_stop(o->r->app, 2000);
	county_proved(o->m.o);
}

static void
a_printer_is_measured(fixture *x)
{
	office own = opened(x), *o = &own;

	browser_says(get(o, "/desk/cards/printers"), 200, "测试页：第二代残疾人证内页");
	browser_says(get(o, "/desk/cards/ruler?layout=second"), 200, "%PDF-1");
	browser_says(get(o, "/desk/cards/ruler"), 200, "%PDF-1");
	assert_int_equal(browser_status(get(o, "/desk/cards/ruler?layout=first")), 404);
	browser_says(post(o, "/desk/cards/printers", "/desk/cards/printers",
			  "name=针式&layout=second&x=0.25&y=0&scale=100"),
		     422, "href=\"#x\"");
	browser_says(post(o, "/desk/cards/printers", "/desk/cards/printers",
			  "name=针式&layout=second&x=30&y=0&scale=100"),
		     422, "偏移最多 20 毫米");
	browser_says(post(o, "/desk/cards/printers", "/desk/cards/printers",
			  "name=针式&layout=none&x=1&y=0&scale=100"),
		     422, "href=\"#layout\"");
	assert_int_equal(browser_status(post(o, "/desk/cards/printers", "/desk/cards/printers",
					     "name=针式&layout=second&x=0.3&y=-1.2&scale=100.2")),
			 303);
	str page = get(o, "/desk/cards/printers");
	browser_says(page, 200, "−1.2");
	browser_says(page, 200, "100.20");
	str edit = between(page, "href=\"/desk/cards/printers?printer=", "\"");
	browser_says(get(o, with(o, "/desk/cards/printers?printer=$", edit)), 200, "value=\"-1.2\"");
	browser_says(get(o, with(o, "/desk/cards/ruler?layout=second&printer=$", edit)), 200, "%PDF-1");
	assert_int_equal(browser_status(post(o, "/desk/cards/printers", "/desk/cards/printers",
					     with(o, "act=drop&printer=$", edit))),
			 303);
	assert_true(str_find(get(o, "/desk/cards/printers"), STR("−1.2")) < 0);
	web_stop(o->r->app, 2000);
	county_proved(o->m.o);
}

static void
cards_reach_their_holders(fixture *x)
{
	office own = opened(x), *o = &own;
	uint64_t villages = o->m.o->people.villages.n;
	card_item v[2] = {mint_holder(&o->m, 0, 4, 0, "2026-05-30"),
			  mint_holder(&o->m, villages, 4, 0, "2026-05-30")};
	int64_t batch = 0;

	mint_blanks(&o->m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(&o->m.o->w, mint_print(&o->m, v, 2, MINT_SECOND_GREEN, "", "", &batch));
	card_views c = mint_cards(&o->m, batch);
	str both = str_fmt(x->a, "&items=%lld-%lld %lld-%lld", (long long)c.v[0].person, (long long)c.v[0].id,
			   (long long)c.v[1].person, (long long)c.v[1].id);
	str page = get(o, "/desk/cards/handover");
	browser_says(page, 200, "在本单位待发放的证：2 张");
	browser_says(send_form(o->r, o->clerk, page, STR("/desk/cards/handover"), "act=send"), 422,
		     "href=\"#item-1\"");
	str ask = send_form(o->r, o->clerk, page, STR("/desk/cards/handover"), with(o, "act=send$", both));
	browser_says(ask, 200, "送出 2 张证");
	browser_says(send_form(o->r, o->clerk, ask, STR("/desk/cards/handover"),
			       with(o, "act=send&step=save$", both)),
		     422, "href=\"#target\"");
	str done = send_form(o->r, o->clerk, ask, STR("/desk/cards/handover"),
			     with(o,
				  cstr(x->a, str_fmt(x->a, "act=send&step=save&mail=EMS1&target=%lld$",
						     (long long)o->m.town_office)),
				  both));
	assert_int_equal(browser_status(done), 303);
	str list = browser_to(done);
	browser_says(page_of(o->r, o->clerk, str_cat(x->a, list, STR("/sheet"))), 200, "%PDF-1");

	/* the township takes them in, prints the sheet, writes down who took them */
	browser_says(page_of(o->r, o->town, STR("/desk/cards/handover")), 200, "EMS1");
	page = page_of(o->r, o->town, list);
	browser_says(page, 200, "接收勾选的证");
	assert_int_equal(browser_status(send_form(o->r, o->town, page, list, with(o, "x=1$", both))), 303);
	page = page_of(o->r, o->town, STR("/desk/cards/handover"));
	browser_says(page, 200, "在本单位待发放的证：2 张");
	done = send_form(o->r, o->town, page, STR("/desk/cards/handover"), with(o, "act=sheet$", both));
	assert_int_equal(browser_status(done), 303);
	browser_says(page_of(o->r, o->town, str_cat(x->a, browser_to(done), STR("/sheet"))), 200, "%PDF-1");
	ask = send_form(o->r, o->town, page, STR("/desk/cards/handover"), with(o, "act=hand$", both));
	browser_says(ask, 200, "登记 2 张证已领取");
	browser_says(send_form(o->r, o->town, ask, STR("/desk/cards/handover"),
			       with(o, "act=hand&step=save&relation=2&proof=1&day=2026-06-01$", both)),
		     422, "href=\"#receiver\"");
	done = send_form(o->r, o->town, ask, STR("/desk/cards/handover"),
			 with(o, "act=hand&step=save&relation=1&proof=1&day=2026-06-01$", both));
	assert_int_equal(browser_status(done), 303);
	browser_says(page_of(o->r, o->town, STR("/desk/cards/handover")), 200, "在本单位待发放的证：0 张");
	assert_int_equal(browser_status(page_of(o->r, o->town, str_cat(x->a, list, STR("9")))), 404);
	web_stop(o->r->app, 2000);
	county_proved(o->m.o);
}

static void
what_lies_too_long_is_told(fixture *x)
{
	office own = opened(x), *o = &own;
	card_item one = mint_holder(&o->m, 0, 4, 0, "2026-05-30");
	int64_t batch = 0;

	mint_blanks(&o->m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(&o->m.o->w, mint_print(&o->m, &one, 1, MINT_SECOND_GREEN, "", "", &batch));
	browser_says(get(o, "/desk/cards/left"), 200, "有 0 张证久未领取");
	x->now += INT64_C(30) * 86400000;
	browser_says(get(o, "/desk/cards/left"), 200, "有 1 张证久未领取");
	browser_says(get(o, "/desk/cards/handover"), 200, "有 1 张证久未领取");
	web_stop(o->r->app, 2000);
}

BOTH(certificates_are_chosen_and_printed)
BOTH(what_cannot_be_printed_is_said_before)
BOTH(one_is_printed_again_with_a_reason)
BOTH(the_books_of_blanks_are_kept)
BOTH(a_printer_is_measured)
BOTH(cards_reach_their_holders)
BOTH(what_lies_too_long_is_told)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(certificates_are_chosen_and_printed),
		BOTH_TESTS(what_cannot_be_printed_is_said_before),
		BOTH_TESTS(one_is_printed_again_with_a_reason),
		BOTH_TESTS(the_books_of_blanks_are_kept),
		BOTH_TESTS(a_printer_is_measured),
		BOTH_TESTS(cards_reach_their_holders),
		BOTH_TESTS(what_lies_too_long_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
