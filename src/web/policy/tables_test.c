/* tables_test.c - decision tables as pages, on a real port, over both engines. */
#include "web/policy/tables_fixture.h"

static void
a_table_with_its_checks_and_persons(fixture *x)
{
	bureau o = opened(x), *k = &o;

	as(k, READER);
	browser_says(get(k, "/policy/tables"), 200, "还没有发布过政策");
	browser_says(get(k, TABLE), 404, "");
	published(k, SAMPLE_DMN, SAMPLE_TESTS);
	browser_says(get(k, "/policy/tables"), 200, "每人至多符合一行");
	str page = get(k, TABLE);
	browser_says(page, 200, "补贴（元/月）");
	assert_true(browser_sees(page, "一级或二级"));
	assert_true(browser_sees(page, "小于 1000"));
	assert_true(browser_sees(page, "120.50"));
	assert_true(browser_sees(page, "来源未写明"));
	assert_true(browser_sees(page, "A 官方文本"));
	assert_true(browser_sees(page, "2026-01-02"));
	assert_true(browser_sees(page, "href=\"#law-law-1\""));
	assert_true(browser_sees(page, "id=\"law-law-1\""));
	assert_true(browser_sees(page, "相符"));

	assert_true(browser_sees(page, "没有发现问题"));
	assert_false(browser_sees(page, "不符</strong>"));
	browser_says(get(k, TABLE "?list=rules&as=csv"), 200, "R1,");
	browser_says(get(k, "/policy/tables/sample~d9"), 404, "");
	browser_says(get(k, "/policy/tables/nobody~d1"), 404, "");
	browser_says(get(k, "/policy/tables/sample"), 404, "");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
a_red_person_and_a_gap_are_told(fixture *x)
{
	bureau o = opened(x), *k = &o;

	as(k, READER);
	published(k, sample_edit(x->a, SAMPLE_DMN, "&gt; 2000", "&gt; 3000"),
		  sample_edit(x->a, SAMPLE_TESTS, "120.50,R1", "120,R2"));
	str page = get(k, TABLE);
	browser_says(page, 200, "不符</strong>");
	assert_true(browser_sees(page, "应为 R2"));
	assert_true(browser_sees(page, "2 名测试人得到的结果与应得的不符"));
	assert_true(browser_sees(page, "有空缺"));
	assert_true(browser_sees(page, "收入 = "));
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
why_a_person_gets_it(fixture *x)
{
	bureau o = opened(x), *k = &o;

	as(k, READER);
	published(k, SAMPLE_DMN, SAMPLE_TESTS);
	str page = get(k, TABLE "/tests/1");
	browser_says(page, 200, "甲：为什么是这个结果");
	assert_true(browser_sees(page, "“补贴”适用第 R1 行"));
	assert_true(browser_sees(page, "不符合 三级或四级"));
	assert_true(browser_sees(page, "<strong>999.99</strong>"));
	assert_true(browser_sees(page, "适用</strong>"));
	browser_says(get(k, TABLE "/tests/0"), 404, "");
	browser_says(get(k, TABLE "/tests/6"), 404, "");
	browser_says(get(k, TABLE "/tests/x"), 404, "");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

BOTH(a_table_with_its_checks_and_persons)
BOTH(a_red_person_and_a_gap_are_told)
BOTH(why_a_person_gets_it)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_table_with_its_checks_and_persons),
					   BOTH_TESTS(a_red_person_and_a_gap_are_told),
					   BOTH_TESTS(why_a_person_gets_it)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
