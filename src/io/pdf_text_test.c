/* pdf_text_test.c - templates become blocks; values stay values; what is wrong is named by its line. */
#include "io/pdf_text.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

typedef struct rig {
	arena *a;
	fault f;
	size_t row; /* of the list */
	const pdf_block *b;
	size_t n;
} rig;

static int
setup(void **state)
{
	static rig t;

	t = (rig){.a = arena_open(NULL, 0)};
	*state = &t;
	return 0;
}

static int
teardown(void **state)
{
	arena_close(((rig *)*state)->a);
	return 0;
}

static rc
text(void *ctx, arena *a, fault *f, str e, str *out)
{
	rig *t = ctx;

	if (str_eq(e, STR("姓名")))
		*out = STR("张三");
	else if (str_eq(e, STR("坏值")))
		*out = STR("# | ^ {{姓名}} <br> >> [QR x] \n~ 签");
	else if (str_eq(e, STR("序号")))
		*out = str_fmt(a, "%zu", t->row + 1);
	else
		return FAIL(f, RC_INVALID, "feel.name", FA_STR("name", e));
	return RC_OK;
}

static rc
holds(void *ctx, fault *f, str e, bool *out)
{
	(void)ctx;
	(void)f;
	*out = str_eq(e, STR("是"));
	return RC_OK;
}

static rc
each(void *ctx, fault *f, str list, size_t i, bool *more)
{
	rig *t = ctx;

	(void)f;
	t->row = i;
	*more = str_eq(list, STR("名单")) && i < 3;
	return RC_OK;
}

static rc
make(rig *t, const char *template)
{
	pdf_fields fields = {t, text, holds, each};

	fault_clear(&t->f);
	return pdf_text(t->a, &t->f, str_of(template), &fields, &t->b, &t->n);
}

static void
is(rig *t, size_t i, pdf_kind kind, const char *want)
{
	assert_true(i < t->n);
	assert_int_equal(t->b[i].kind, kind);
	if (!str_eq(t->b[i].text, str_of(want)))
		fail_msg("block %zu: \"%.*s\", not \"%s\"", i, STR_ARG(t->b[i].text), want);
}

static void
each_kind_of_line(void **state)
{
	rig *t = *state;

	assert_int_equal(
		make(t, "# 决定书\n= 第 18 号\n{{姓名}}：\n　　您好，{{ 姓名 }}。\n1. "
			"甲\n12、乙\n（一）丙\n- 丁\n"
			"## 权利\n> 小字\n~ 残联\n~ 六月\n%% 裁\n===\n[QR http://x/{{姓名}}] 扫\n2025 年"),
		RC_OK);
	assert_int_equal(t->n, 15);
	is(t, 0, PDF_TITLE, "决定书");
	is(t, 1, PDF_TEXT, "第 18 号");
	assert_int_equal(t->b[1].align, PDF_CENTRE);
	is(t, 2, PDF_TEXT, "张三：");
	is(t, 3, PDF_TEXT, "您好，张三。");
	assert_true(t->b[3].indent && !t->b[2].indent);
	is(t, 4, PDF_ITEM, "甲");
	assert_true(str_eq(t->b[4].mark, STR("1.")));
	is(t, 5, PDF_ITEM, "乙");
	assert_true(str_eq(t->b[5].mark, STR("12、")));
	is(t, 6, PDF_ITEM, "丙");
	assert_true(str_eq(t->b[6].mark, STR("（一）")));
	is(t, 7, PDF_ITEM, "丁");
	is(t, 8, PDF_HEADING, "权利");
	is(t, 9, PDF_NOTE, "小字");
	is(t, 10, PDF_SIGN, "残联\n六月");
	is(t, 11, PDF_CUT, "裁");
	is(t, 12, PDF_PAGE, "");
	is(t, 13, PDF_QR, "http://x/张三");
	assert_true(str_eq(t->b[13].mark, STR("扫")));
	is(t, 14, PDF_TEXT, "2025 年"); /* a number is not an item by itself */
}

static void
conditions_hold_up_to_an_empty_line(void **state)
{
	rig *t = *state;

	assert_int_equal(make(t, "? 否\n一\n| a | b |\n二\n\n三\n? 是\n四\n\n五"), RC_OK);
	assert_int_equal(t->n, 3);
	is(t, 0, PDF_TEXT, "三");
	is(t, 1, PDF_TEXT, "四");
	is(t, 2, PDF_TEXT, "五");
}

static void
a_table_with_joined_cells(void **state)
{
	rig *t = *state;

	assert_int_equal(make(t, "|- 9 -|- 20 -|- 30 -|\n"
				 "|* 申请人 |* 姓名 | {{姓名}} |\n"
				 "| ^ |* 类别 | [{{是}}] 视力 [{{否}}] 听力 |\n"
				 "| 意见 >> 签名：<br>日期 | < | < | {38}\n"),
			 RC_OK);
	assert_int_equal(t->n, 1);
	const pdf_table *table = &t->b[0].table;
	assert_int_equal(table->columns, 3);
	assert_true(table->widths[2] > 29 && table->widths[2] < 31);
	assert_int_equal(table->n, 3);
	assert_int_equal(table->rows[0].n, 3);
	assert_int_equal(table->rows[0].cells[0].rows, 2);
	assert_true(table->rows[0].cells[0].label && !table->rows[0].head);
	assert_int_equal(table->rows[1].n, 2);
	assert_true(str_eq(table->rows[1].cells[1].text, STR("☑ 视力 ☐ 听力")));
	assert_int_equal(table->rows[2].n, 1);
	assert_int_equal(table->rows[2].cells[0].cols, 3);
	assert_true(str_eq(table->rows[2].cells[0].foot, STR("签名：\n日期")));
	assert_true(table->rows[2].height > 37);
}

static void
a_row_for_each_of_a_list(void **state)
{
	rig *t = *state;

	assert_int_equal(make(t, "|* 序号 |* 姓名 |\n@ 名单\n| {{序号}} | = {{姓名}} |\n| 共 | 三人 |\n"),
			 RC_OK);
	const pdf_table *table = &t->b[0].table;
	assert_int_equal(table->n, 5);
	assert_true(table->rows[0].head && !table->rows[1].head);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_eq(table->rows[i + 1].cells[0].text, str_fmt(t->a, "%zu", i + 1)));
	assert_int_equal(table->rows[1].cells[1].align, PDF_CENTRE);
	assert_int_equal(make(t, "|* 序号 |\n@ 无\n| {{序号}} |\n"), RC_OK);
	assert_int_equal(t->b[0].table.n, 1);
}

static void
a_value_is_never_mark_up(void **state)
{
	static const char bad[] = "# | ^ {{姓名}} <br> >> [QR x] \n~ 签";
	rig *t = *state;

	assert_int_equal(make(t, "{{坏值}}\n| {{坏值}} | {{ 坏值 }} >> x |\n"), RC_OK);
	assert_int_equal(t->n, 2);
	is(t, 0, PDF_TEXT, bad);
	assert_true(str_eq(t->b[1].table.rows[0].cells[0].text, str_of(bad)));
	assert_true(str_eq(t->b[1].table.rows[0].cells[1].text, str_of(bad)));
	assert_true(str_eq(t->b[1].table.rows[0].cells[1].foot, STR("x")));
}

static void
what_is_wrong_is_named_by_its_line(void **state)
{
	static const struct {
		const char *template;
		int line;
	} bad[] = {
		{"一\n{{姓名", 2},           {"| a | b |\n| c |\n", 2}, {"|", 1},           {"| < | b |", 1},
		{"一\n| a | ^ |", 2},        {"| a | {x}", 1},          {"| a | {999}", 1}, {"[QR x", 1},
		{"| a | < |\n| ^ | b |", 1}, {"| a |\n@ 名单\n一", 3},  {"@", 1},           {"| {{a |", 1},
	};
	rig *t = *state;

	for (size_t i = 0; i < LEN(bad); i++) {
		if (make(t, bad[i].template) != RC_INVALID)
			fail_msg("taken: %s", bad[i].template);
		assert_string_equal(t->f.id, "pdf.text.line");
		assert_int_equal(t->f.arg[0].i, bad[i].line);
	}
	assert_int_equal(make(t, "{{无此字段}}"), RC_INVALID);
	assert_string_equal(t->f.id, "feel.name");
	assert_int_equal(make(t, ""), RC_OK);
	assert_int_equal(t->n, 0);
}

/* What comes of a template is what pdf.h takes. */
static void
a_template_is_laid_out(void **state)
{
	rig *t = *state;
	pdf_file file;

	assert_int_equal(
		make(t,
		     "# 公示单\n|- 1 -|- 3 -|\n|* 序号 |* 姓名 |\n@ 名单\n| {{序号}} | {{姓名}} |\n~ 残联\n"),
		RC_OK);
	pdf_doc doc = {.title = STR("公示单"), .blocks = t->b, .n = t->n};
	assert_int_equal(pdf_make(t->a, &t->f, &doc, &file), RC_OK);
	assert_int_equal(file.pages, 1);
	assert_true(str_starts(file.bytes, STR("%PDF-")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_kind_of_line, setup, teardown),
		cmocka_unit_test_setup_teardown(conditions_hold_up_to_an_empty_line, setup, teardown),
		cmocka_unit_test_setup_teardown(a_table_with_joined_cells, setup, teardown),
		cmocka_unit_test_setup_teardown(a_row_for_each_of_a_list, setup, teardown),
		cmocka_unit_test_setup_teardown(a_value_is_never_mark_up, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_wrong_is_named_by_its_line, setup, teardown),
		cmocka_unit_test_setup_teardown(a_template_is_laid_out, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
