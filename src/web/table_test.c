/* table_test.c - a sheet holds what the page shows, and what a spreadsheet must not run is text. */
#include "web/table.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "web/components_tpl.h"

typedef struct bench {
	arena *a;
	buf b;
	html_out o;
} bench;

static bench *
open_bench(void **state)
{
	arena *a = arena_open(NULL, 0);
	bench *x = arena_new(a, bench);

	*state = a;
	x->a = a;
	x->b = buf_in(a);
	x->o = (html_out){.b = &x->b, .page = arena_new(a, struct tpl_page)};
	return x;
}

static int
close_bench(void **state)
{
	arena_close(*state);
	return 0;
}

/* A page with two tables, as the parts draw them. */
static str
page_of(bench *x, const char *body)
{
	const struct tpl_column two[] = {{.label = STR("姓名")}, {.label = STR("人数"), .number = true}},
				three[] = {{.label = STR("姓名 & \"别名\"")},
					   {.label = STR("身份证号")},
					   {.label = STR("选择"), .act = true},
					   {.label = STR("件数"), .number = true}};
	html_mark m;

	html_capture(&x->o, &m);
	html_safe rows = html_captured(&x->o, &m);
	buf_lit(&x->b, "<main><h1>x</h1>");
	tpl_data_table(&x->o, &(struct tpl_data_table){.name = STR("first"),
						       .caption = STR("第一张"),
						       .columns = {two, LEN(two)},
						       .body = rows});
	html_capture(&x->o, &m);
	buf_put(x->o.b, str_of(body));
	rows = html_captured(&x->o, &m);
	tpl_data_table(&x->o, &(struct tpl_data_table){.name = STR("second"),
						       .caption = STR("第二张"),
						       .columns = {three, LEN(three)},
						       .body = rows});
	buf_lit(&x->b, "</main>");
	return buf_str(&x->b);
}

static void
a_table_is_read_as_it_is_seen(void **state)
{
	bench *x = open_bench(state);
	str page = page_of(
		x, "<tr class=\"govuk-table__row\">\n  <th scope=\"row\" data-label=\"a > b\"><a "
		   "href=\"/x?a=1&amp;b=2\">张 &lt;三&gt;</a>"
		   " <strong class=\"govuk-tag\">新</strong></th>\n"
		   "<td class=\"zc-nowrap\">990106199001011237<span "
		   "class=\"govuk-visually-hidden\">全部<span>号码</span></span></td>"
		   "<td><input type=\"checkbox\"><label>x</label></td><td class=\"zc-num\">1,234</td></tr>"
		   "<tr><th scope=\"row\">=1+1</th><td><svg><path d=\"M0 "
		   "0\"/></svg>第一行<br>第二行</td><td>y</td><td>-</td></tr>");
	table t;

	assert_int_equal(table_read(x->a, page, STR("second"), &t), RC_OK);
	assert_true(str_eq(t.caption, STR("第二张")));
	assert_int_equal(t.columns, 3);
	assert_int_equal(t.rows, 2);
	assert_true(str_eq(t.head[0], STR("姓名 & \"别名\"")));
	assert_true(t.number[2] && !t.number[1]);
	assert_true(str_eq(t.cell[0], STR("张 <三> 新")));
	assert_true(str_eq(t.cell[1], STR("990106199001011237")));
	assert_true(str_eq(t.cell[2], STR("1,234")));
	assert_true(str_eq(t.cell[4], STR("第一行 第二行")));
	str csv = table_csv(x->a, &t);
	assert_true(str_starts(csv, STR("\xEF\xBB\xBF")));
	assert_true(str_find(csv, STR(",990106199001011237,1234\r\n")) > 0);
	assert_true(str_find(csv, STR("'=1+1,第一行 第二行,'-\r\n")) > 0);
}

static void
the_first_table_is_meant_when_none_is_named(void **state)
{
	bench *x = open_bench(state);
	str page = page_of(x, "<tr><th>a</th><td>b</td><td>c</td><td>1</td></tr>");
	table t;

	assert_int_equal(table_read(x->a, page, STR(""), &t), RC_OK);
	assert_true(str_eq(t.caption, STR("第一张")));
	assert_int_equal(t.rows, 0);
	assert_int_equal(table_read(x->a, page, STR("third"), &t), RC_NOT_FOUND);
	assert_int_equal(table_read(x->a, STR("<p>no table</p>"), STR(""), &t), RC_NOT_FOUND);
}

static void
a_table_of_inputs_is_none(void **state)
{
	bench *x = open_bench(state);
	const struct tpl_column c = {.label = STR("列")};
	table t;

	tpl_data_table(&x->o,
		       &(struct tpl_data_table){
			       .name = STR("q"), .caption = STR("问"), .columns = {&c, 1}, .asked = true});
	assert_int_equal(table_read(x->a, buf_str(&x->b), STR("q"), &t), RC_NOT_FOUND);
	assert_true(str_find(buf_str(&x->b), STR("as=xlsx")) < 0);
}

static void
a_broken_page_ends_somewhere(void **state)
{
	bench *x = open_bench(state);
	str page = page_of(
		x, "<tr><th>a</th><td>b &amp; <span class=\"govuk-visually-hidden\">c</span></td></tr>");
	table t;

	for (size_t i = 0; i < page.n; i++)
		(void)!table_read(x->a, str_sub(page, 0, i), STR("second"), &t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_table_is_read_as_it_is_seen, close_bench),
		cmocka_unit_test_teardown(the_first_table_is_meant_when_none_is_named, close_bench),
		cmocka_unit_test_teardown(a_table_of_inputs_is_none, close_bench),
		cmocka_unit_test_teardown(a_broken_page_ends_somewhere, close_bench),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
