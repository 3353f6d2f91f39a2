/* form_test.c - what people type, and what is made of it. */
#include "web/form.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define TEN "阿卜杜热合曼阿卜杜热"

enum { TODAY = 20000 }; /* 2024-10-04 */

static int
setup(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
teardown(void **state)
{
	arena_close(*state);
	return 0;
}

static form
typed(arena *a, const char *query)
{
	url_pairs *in = arena_new(a, url_pairs);

	assert_true(url_decode_pairs(a, str_of(query), 100, in));
	return form_of(a, in, date_start_instant(TODAY) + 1000);
}

/* One answer with `q` given; *id is the message of the mistake, or empty. */
static form
one(arena *a, const char *value)
{
	url_pair *p = arena_new(a, url_pair);
	url_pairs *in = arena_new(a, url_pairs);

	*p = (url_pair){STR("q"), str_of(value)};
	*in = (url_pairs){p, 1};
	return form_of(a, in, date_start_instant(TODAY));
}

static void
wants_one_error(const form *f, const char *id)
{
	assert_int_equal(f->errors.n, 1);
	assert_string_equal(f->errors.v[0]->id, id);
	assert_ptr_equal(form_error(f, STR("q")), f->errors.v[0]);
	assert_false(form_ok(f));
}

static void
texts(void **state)
{
	arena *a = *state;
	form f = one(a, "  张三 ");
	assert_true(str_eq(form_text(&f, FIELD("q", STR("姓名")), 2), STR("张三")) && form_ok(&f));
	assert_true(str_eq(form_typed(&f, STR("q")), STR("  张三 ")));

	f = one(a, "张三丰");
	assert_int_equal(form_text(&f, FIELD("q", STR("姓名")), 2).n, 0);
	wants_one_error(&f, "form.long");
	f = one(a, " \t ");
	assert_int_equal(form_text(&f, FIELD("q", STR("姓名")), 9).n, 0);
	wants_one_error(&f, "form.missing");
	f = one(a, "");
	assert_int_equal(form_text(&f, OPTIONAL("q", STR("姓名")), 9).n, 0);
	assert_true(form_ok(&f));
	f = one(a, "a\nb");
	assert_int_equal(form_text(&f, FIELD("q", STR("姓名")), 9).n, 0);
	wants_one_error(&f, "form.text");
	f = one(a, "a\r\nb");
	assert_true(str_eq(form_lines(&f, FIELD("q", STR("说明")), 9), STR("a\nb")) && form_ok(&f));
	f = one(a, "阿依古丽•买买提");
	assert_true(str_eq(form_name(&f, FIELD("q", STR("姓名")), 20), STR("阿依古丽·买买提")));
	f = one(a, "曾国𠮷"); /* a character counts as one, whatever its bytes */
	assert_true(str_eq(form_name(&f, FIELD("q", STR("姓名")), 3), STR("曾国𠮷")) && form_ok(&f));
	str fifty = STR(TEN TEN TEN TEN "阿卜杜热·阿卜杜𠮷热");
	f = one(a, fifty.p);
	assert_true(str_eq(form_name(&f, FIELD("q", STR("姓名")), 50), fifty) && form_ok(&f));
	f = one(a, TEN TEN TEN TEN "阿卜杜热·阿卜杜热合曼");
	assert_int_equal(form_name(&f, FIELD("q", STR("姓名")), 50).n, 0);
	wants_one_error(&f, "form.long");
}

static void
dates(void **state)
{
	static const struct {
		const char *text, *day;
	} row[] = {
		{"2024-3-5", "2024-03-05"},
		{"2024.3.5", "2024-03-05"},
		{"2024/03/05", "2024-03-05"},
		{"2024年3月5日", "2024-03-05"},
		{"2024年3月5号", "2024-03-05"},
		{"2024 年 3 月 5 日", "2024-03-05"},
		{"20240305", "2024-03-05"},
		{"２０２４．３．５", "2024-03-05"},
		{"2024年3月5", "2024-03-05"},
		{"1950-2-28", "1950-02-28"},
		{"2024-2-29", "2024-02-29"},
		{"2023-2-29", ""},
		{"24-3-5", ""},
		{"2024-13-1", ""},
		{"2024-3", ""},
		{"3-5-2024", ""},
		{"2024-3-5x", ""},
		{"2024-3-", ""},
		{"-2024-3-5", ""},
		{"02024-3-5", ""},
		{"二〇二四年三月五日", ""},
		{"2024-3-055", ""},
		{"99999999", ""},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		form f = one(*state, row[i].text);
		int32_t day = form_date(&f, FIELD("q", STR("日期")));
		assert_true(str_eq(date_str(*state, day), str_of(row[i].day)));
		if (row[i].day[0])
			assert_true(form_ok(&f));
		else
			wants_one_error(&f, "form.date");
	}
}

static void
dates_in_three_inputs(void **state)
{
	form f = typed(*state, "q-year=２０２４&q-month=+3&q-day=05+");
	assert_true(str_eq(date_str(*state, form_date(&f, FIELD("q", STR("日期")))), STR("2024-03-05")));
	f = typed(*state, "q-year=&q-month=&q-day=");
	assert_int_equal(form_date(&f, OPTIONAL("q", STR("日期"))), DATE_NONE);
	assert_true(form_ok(&f));
	assert_int_equal(form_date(&f, FIELD("q", STR("日期"))), DATE_NONE);
	wants_one_error(&f, "form.missing");
	f = typed(*state, "q-year=2024&q-month=&q-day=5");
	assert_int_equal(form_date(&f, OPTIONAL("q", STR("日期"))), DATE_NONE);
	wants_one_error(&f, "form.date");
	f = typed(*state, "q-year=2024&q-month=10&q-day=04");
	assert_int_equal(form_past_date(&f, FIELD("q", STR("日期"))), TODAY);
	f = typed(*state, "q-year=2024&q-month=10&q-day=05");
	assert_int_equal(form_past_date(&f, FIELD("q", STR("日期"))), DATE_NONE);
	wants_one_error(&f, "form.date.future");
}

static void
identity_numbers(void **state)
{
	nid n;
	form f = one(*state, " １１０１０５ 19491231 002x ");

	assert_true(form_nid(&f, FIELD("q", STR("身份证号码")), &n) && form_ok(&f));
	assert_true(str_eq(nid_str(&n), STR("11010519491231002X")));
	f = one(*state, "110105194912310021");
	assert_false(form_nid(&f, FIELD("q", STR("身份证号码")), &n));
	wants_one_error(&f, "nid.check");
	f = one(*state, "");
	assert_false(form_nid(&f, FIELD("q", STR("身份证号码")), &n));
	wants_one_error(&f, "form.missing");
}

static void
numbers(void **state)
{
	static const struct {
		const char *text;
		int64_t want;
		bool ok;
	} whole[] = {{"7", 7, true},   {"１２", 12, true}, {" 1 0 ", 10, true}, {"0", 0, false},
		     {"13", 0, false}, {"1.5", 0, false},  {"x", 0, false}},
	  money[] = {{"1200", 120000, true},
		     {"1,200.50", 120050, true},
		     {"¥1200元", 120000, true},
		     {"￥１２００．５", 120050, true},
		     {"0", 0, true},
		     {"1200.505", 0, false},
		     {"-1", 0, false},
		     {"20000", 0, false},
		     {"12,00", 0, false}};

	for (size_t i = 0; i < LEN(whole); i++) {
		form f = one(*state, whole[i].text);
		int64_t v = form_int(&f, FIELD("q", STR("人数")), 1, 12);
		assert_int_equal(form_ok(&f), whole[i].ok);
		assert_int_equal(v, whole[i].ok ? whole[i].want : 1);
	}
	for (size_t i = 0; i < LEN(money); i++) {
		form f = one(*state, money[i].text);
		assert_int_equal(form_money(&f, FIELD("q", STR("金额")), 1000000), money[i].want);
		assert_int_equal(form_ok(&f), money[i].ok);
	}
}

static void
choices(void **state)
{
	static const str offered[] = {{"sight", 5}, {"hearing", 7}, {"limb", 4}};
	form f = typed(*state, "q=hearing&yes=on");

	assert_int_equal(form_choice(&f, FIELD("q", STR("类别")), offered, 3), 1);
	assert_true(form_ok(&f) && form_ticked(&f, STR("yes")) && !form_ticked(&f, STR("no")));
	f = typed(*state, "q=all");
	assert_int_equal(form_choice(&f, OPTIONAL("q", STR("类别")), offered, 3), FORM_NONE);
	wants_one_error(&f, "form.choice");
	f = typed(*state, "");
	assert_int_equal(form_choice(&f, OPTIONAL("q", STR("类别")), offered, 3), FORM_NONE);
	assert_true(form_ok(&f));
	assert_int_equal(form_choice(&f, FIELD("q", STR("类别")), offered, 3), FORM_NONE);
	wants_one_error(&f, "form.choice");

	f = typed(*state, "q=limb&q=sight&q=limb");
	assert_int_equal(form_ticks(&f, FIELD("q", STR("部位")), offered, 3), 5);
	f = typed(*state, "q=limb&q=tail");
	assert_int_equal(form_ticks(&f, FIELD("q", STR("部位")), offered, 3), 0);
	wants_one_error(&f, "form.choice");
}

static void
every_mistake_is_told_at_once(void **state)
{
	form f = typed(*state, "family=&born=2024-13-1&pay=x");
	char label[] = "姓";

	form_text(&f, (form_field){.name = STR("family"), .label = str_of(label)}, 10);
	form_date(&f, FIELD("born", STR("出生日期")));
	form_money(&f, FIELD("pay", STR("金额")), 100);
	for (int i = 0; i < 20; i++) /* the list grows; what is in it stays where it is */
		form_text(&f, FIELD("more", STR("更多")), 10);
	label[0] = '?';
	assert_int_equal(f.errors.n, 23);
	assert_string_equal(f.errors.v[0]->id, "form.missing");
	assert_true(str_eq(f.errors.v[0]->field, STR("family")));
	assert_true(str_eq(f.errors.v[0]->arg[1].s, STR("姓")));
	assert_string_equal(form_error(&f, STR("born"))->id, "form.date");
	assert_string_equal(form_error(&f, STR("pay"))->id, "form.money");
	assert_null(form_error(&f, STR("other")));
}

static void
request_keys(void **state)
{
	form f = typed(*state, "request-key=AbCdEfGhIjKlMnOpQr%2B%2F01");

	assert_true(str_eq(form_request_key(&f), STR("AbCdEfGhIjKlMnOpQr+/01")));
	f = typed(*state, "request-key=AbCdEfGhIjKlMnOpQr%2B%2F0");
	assert_int_equal(form_request_key(&f).n, 0);
	f = typed(*state, "request-key=AbCdEfGhIjKlMnOpQr%0A%2F01");
	assert_int_equal(form_request_key(&f).n, 0);
	f = typed(*state, "");
	assert_int_equal(form_request_key(&f).n, 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(texts),   TEST(dates),   TEST(dates_in_three_inputs),         TEST(identity_numbers),
		TEST(numbers), TEST(choices), TEST(every_mistake_is_told_at_once), TEST(request_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
