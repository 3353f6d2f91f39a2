/* pdf_test.c - documents as another program reads them (poppler), page breaks, refusals, the same bytes
 * again.
 *
 *   pdf_test show FOLDER      writes the documents of the tests there, to be looked at */
#include "io/pdf.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define C(t)                                                                                                 \
	{                                                                                                    \
		.text = STR(t)                                                                               \
	}
#define L(t)                                                                                                 \
	{                                                                                                    \
		.text = STR(t), .label = true                                                                \
	}

typedef struct rig {
	arena *a;
	fault f;
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

/* ---- The documents. */

static pdf_doc
office_doc(const pdf_block *blocks, size_t n)
{
	return (pdf_doc){.title = STR("残疾人证申请表"),
			 .author = STR("某区残疾人联合会"),
			 .at = 1748764800000, /* 2025-06-01T08:00Z */
			 .head = STR("某区残疾人联合会"),
			 .code = STR("440106-2025-000123-7"),
			 .foot = STR("打印时间 2025-06-01 16:00"),
			 .pages = STR("第 {page} 页，共 {pages} 页"),
			 .blocks = blocks,
			 .n = n};
}

/* An application form: labels over rows, choices, opinions with room to sign. */
static rc
make_form(arena *a, fault *f, pdf_file *out)
{
	static const double widths[] = {9, 20, 25, 15, 12, 17, 22};
	buf choices = buf_in(a);

	pdf_choice(&choices, false, STR("视力"));
	pdf_choice(&choices, true, STR("听力"));
	pdf_choice(&choices, false, STR("肢体"));
	pdf_cell who[] = {{.text = STR("申请人"), .label = true, .rows = 3},
			  L("姓名"),
			  C("张𠀀䶮"),
			  L("性别"),
			  C("男"),
			  L("民族"),
			  C("汉族")};
	pdf_cell number[] = {L("公民身份号码"),
			     {.text = STR("440106190001010000"), .cols = 3},
			     L("出生"),
			     C("1900年1月1日")};
	pdf_cell where[] = {L("户籍地址"),
			    {.text = STR("某省某市某区某街道某某社区居民委员会某某路 100 号"), .cols = 5}};
	pdf_cell kind[] = {{.text = STR("残疾类别"), .label = true, .cols = 2},
			   {.text = buf_str(&choices), .cols = 5}};
	pdf_cell opinion[] = {{.text = STR("县级残联审核意见"), .label = true},
			      {.text = STR("经审核，材料齐全，符合受理条件。"),
			       .foot = STR("审核人：　　　　　（盖章）\n　　　年　　月　　日"),
			       .cols = 6}};
	pdf_row rows[] = {{who, LEN(who), 10, false},
			  {number, 4, 10, false},
			  {where, LEN(where), 10, false},
			  {kind, LEN(kind), 10, false},
			  {opinion, LEN(opinion), 38, false}};
	pdf_block blocks[] = {
		{.kind = PDF_TITLE, .text = STR("残疾人证申请表")},
		{.kind = PDF_TABLE, .table = {widths, LEN(widths), rows, LEN(rows)}},
		{.kind = PDF_NOTE, .text = STR("填表说明：本表一式一份。")},
		{.kind = PDF_QR,
		 .text = STR("https://example.org/case/440106-2025-000123-7"),
		 .mark = STR("扫码查询办理进度"),
		 .align = PDF_END},
	};
	pdf_doc doc = office_doc(blocks, LEN(blocks));

	return pdf_make(a, f, &doc, out);
}

/* A decision with its reasons and a receipt to cut off. */
static rc
make_notice(arena *a, fault *f, pdf_file *out)
{
	pdf_block blocks[] = {
		{.kind = PDF_TITLE, .text = STR("不予受理决定书")},
		{.kind = PDF_TEXT,
		 .text = STR("某残不受字〔2025〕第 18 号"),
		 .align = PDF_CENTRE,
		 .size = 11},
		{.kind = PDF_TEXT, .text = STR("张三：")},
		{.kind = PDF_TEXT,
		 .indent = true,
		 .text = STR("您于 2025 年 5 月 20 "
			     "日提出的残疾人证新办申请，经审查，存在下列情形，决定不予受理：")},
		{.kind = PDF_ITEM,
		 .mark = STR("1."),
		 .text = STR("您的户籍所在地不在本区，请向户籍所在地的县级残疾人联合会提出申请；户籍所在地的"
			     "县级残联可以"
			     "委托本区代为评定，材料由两地残联之间传递，不需要您往返。")},
		{.kind = PDF_HEADING, .text = STR("您的权利")},
		{.kind = PDF_TEXT,
		 .indent = true,
		 .text = STR("如对本决定不服，可以自收到之日起六十日内申请行政复议。")},
		{.kind = PDF_SIGN, .text = STR("某区残疾人联合会\n2025 年 6 月 1 日")},
		{.kind = PDF_CUT, .text = STR("沿此线裁下")},
		{.kind = PDF_TEXT, .text = STR("收件人（签名）：＿＿＿＿＿＿＿＿")},
	};
	pdf_doc doc = office_doc(blocks, LEN(blocks));

	doc.stamp = STR("李四 2025-06-01 查阅");
	return pdf_make(a, f, &doc, out);
}

/* A board of names over several pages, one row of which is longer than a page. */
static rc
make_board(arena *a, fault *f, size_t n, pdf_file *out)
{
	static const double widths[] = {10, 20, 40};
	static const pdf_cell head[] = {L("序号"), L("姓名"), L("残疾类别")};
	pdf_row *rows = arena_array(a, pdf_row, n + 1);
	buf story = buf_in(a);

	rows[0] = (pdf_row){head, LEN(head), 9, true};
	for (size_t i = 1; i <= n; i++) {
		pdf_cell *c = arena_array(a, pdf_cell, 3);
		c[0] = (pdf_cell){.text = str_fmt(a, "%zu", i), .align = PDF_CENTRE};
		c[1] = (pdf_cell){.text = str_fmt(a, "张*%zu", i)};
		c[2] = (pdf_cell)C("肢体");
		rows[i] = (pdf_row){c, 3, 0, false};
	}
	for (int i = 1; i <= 300 && n >= 60; i++)
		buf_fmt(&story, "第%d句，情况说明。", i);
	if (n >= 60) {
		pdf_cell *c = arena_array(a, pdf_cell, 2);
		c[0] = (pdf_cell)C("60");
		c[1] = (pdf_cell){.text = buf_str(&story), .cols = 2, .foot = STR("长文到此")};
		rows[60] = (pdf_row){c, 2, 0, false};
	}
	pdf_block blocks[] = {
		{.kind = PDF_TITLE, .text = STR("公示单")},
		{.kind = PDF_TABLE, .table = {widths, LEN(widths), rows, n + 1}},
		{.kind = PDF_SIGN, .text = STR("某区残疾人联合会\n2025 年 6 月 1 日")},
	};
	pdf_doc doc = office_doc(blocks, LEN(blocks));

	return pdf_make(a, f, &doc, out);
}

/* ---- How others read them. */

/* What `tool` (with its options) prints of the file. */
static str
ask(arena *a, const char *tool, pdf_file file)
{
	char name[] = "/tmp/pdf-test-XXXXXX";
	int fd = mkstemp(name);
	buf b = buf_in(a);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, file.bytes.p, file.bytes.n), file.bytes.n);
	close(fd);
	FILE *p = popen(cstr(a, str_fmt(a, "%s %s%s", tool, name, strncmp(tool, "pdftotext", 9) ? "" : " -")),
			"r");
	assert_non_null(p);
	for (size_t n = 1; n > 0; b.n += n)
		n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, p);
	assert_int_equal(pclose(p), 0);
	unlink(name);
	return buf_str(&b);
}

static bool
has(str text, const char *what)
{
	return str_find(text, str_of(what)) >= 0;
}

static void
a_form_reads_as_it_was_written(void **state)
{
	rig *t = *state;
	pdf_file file;

	assert_int_equal(make_form(t->a, &t->f, &file), RC_OK);
	assert_int_equal(file.pages, 1);
	assert_int_equal(file.missing, 0);
	str text = ask(t->a, "pdftotext -layout", file);
	assert_true(has(text, "张𠀀䶮")); /* the second is of Extension B, the third of Extension A */
	assert_true(has(text, "440106190001010000"));
	assert_true(has(text, "☐视力"));
	assert_true(has(text, "☑听力"));
	assert_true(has(text, "440106-2025-000123-7"));
	assert_true(has(text, "第 1 页，共 1 页"));
	assert_true(has(text, "扫码查询办理进度"));
	str info = ask(t->a, "pdfinfo", file);
	assert_true(has(info, "残疾人证申请表"));
	assert_true(has(info, "Tagged:          yes"));
	assert_true(has(info, "(A4)"));
	assert_true(has(ask(t->a, "pdfinfo -isodates", file), "2025-06-01T16:00:00+08"));
}

static void
every_font_is_embedded(void **state)
{
	rig *t = *state;
	pdf_file file;
	str line;
	int fonts = 0;

	assert_int_equal(make_form(t->a, &t->f, &file), RC_OK);
	str list = ask(t->a, "pdffonts", file);
	while (str_next(&list, '\n', &line)) {
		if (!has(line, "+"))
			continue; /* the head; a subset has a name with a plus */
		fonts++;
		assert_true(has(line, " yes yes yes ")); /* embedded, a subset, with its Unicode */
	}
	assert_true(fonts >= 3);
}

static void
a_screen_reader_finds_headings_and_cells(void **state)
{
	rig *t = *state;
	pdf_file file;

	assert_int_equal(make_form(t->a, &t->f, &file), RC_OK);
	str tree = ask(t->a, "pdfinfo -struct-text", file);
	assert_true(has(tree, "Document\n  H1 (block)\n    \"残疾人证申请表\""));
	assert_true(has(tree, "  Table (block)\n    TR"));
	assert_true(has(tree, "TH\n        \"公民身份号码\"\n      TD\n        \"440106190001010000\""));
	assert_int_equal(make_notice(t->a, &t->f, &file), RC_OK);
	assert_true(has(ask(t->a, "pdfinfo -struct-text", file), "H2 (block)\n    \"您的权利\""));
	assert_true(has(file.bytes, "/Lang (zh-CN)"));
}

static void
a_notice_hangs_its_items_and_bears_its_stamp(void **state)
{
	rig *t = *state;
	pdf_file file;

	assert_int_equal(make_notice(t->a, &t->f, &file), RC_OK);
	str text = ask(t->a, "pdftotext -layout", file);
	assert_true(has(text, "1. "));
	assert_true(has(text, "沿此线裁下"));
	assert_true(has(ask(t->a, "pdftotext -raw", file), "李四\n2025-06-01 查阅"));
}

/* Each page of a board begins with its head, no row is lost or said twice, and a long row goes on. */
static void
a_board_goes_over_pages(void **state)
{
	rig *t = *state;
	pdf_file file;

	assert_int_equal(make_board(t->a, &t->f, 120, &file), RC_OK);
	assert_true(file.pages >= 5);
	str text = ask(t->a, "pdftotext -layout", file);
	int32_t pages = 0;
	str rest = text, page;
	while (str_next(&rest, '\f', &page)) {
		if (str_trim(page).n == 0)
			continue;
		pages++;
		assert_true(has(page, cstr(t->a, str_fmt(t->a, "第 %d 页，共 %d 页", pages, file.pages))));
		assert_int_equal(has(page, "序号"), has(page, "张*") || has(page, "情况说明"));
	}
	assert_int_equal(pages, file.pages);
	for (int i = 1; i <= 120; i++) {
		if (i == 60)
			continue;
		str name = str_fmt(t->a, "张*%d ", i);
		ptrdiff_t at = str_find(text, name);
		assert_true(at >= 0);
		assert_int_equal(str_find(str_from(text, (size_t)at + 1), name), -1);
	}
	str raw = ask(t->a, "pdftotext -raw", file);
	buf joined = buf_in(t->a);
	for (str line; str_next(&raw, '\n', &line);)
		buf_put(&joined, line);
	assert_true(has(buf_str(&joined), "第299句，情况说明。第300句，情况说明。"));
	assert_true(has(buf_str(&joined), "长文到此"));
}

static void
the_same_document_gives_the_same_bytes(void **state)
{
	rig *t = *state;
	pdf_file one, two;
	buf other = buf_in(t->a);

	assert_int_equal(make_form(t->a, &t->f, &one), RC_OK);
	assert_int_equal(make_form(t->a, &t->f, &two), RC_OK);
	assert_true(str_eq(one.bytes, two.bytes));
	/* In another process too, whose addresses are others. */
	FILE *p = popen(cstr(t->a, str_fmt(t->a, "/proc/%d/exe form", (int)getpid())), "r");
	assert_non_null(p);
	for (size_t n = 1; n > 0; other.n += n)
		n = fread(buf_room(&other, 1 << 16), 1, 1 << 16, p);
	assert_int_equal(pclose(p), 0);
	assert_true(str_eq(one.bytes, buf_str(&other)));
}

static rc
make_table(rig *t, const pdf_row *rows, size_t n, pdf_file *out)
{
	static const double widths[] = {1, 1};
	pdf_block block = {.kind = PDF_TABLE, .table = {widths, 2, rows, n}};
	pdf_doc doc = office_doc(&block, 1);

	fault_clear(&t->f);
	return pdf_make(t->a, &t->f, &doc, out);
}

static void
cells_that_do_not_fit_are_refused(void **state)
{
	static const pdf_cell one[] = {C("a")}, two[] = {C("a"), C("b")}, three[] = {C("a"), C("b"), C("c")};
	static const pdf_cell wide[] = {{.text = {"a", 1}, .cols = 3}},
			      tall[] = {{.text = {"a", 1}, .rows = 2}, C("b")};
	rig *t = *state;
	pdf_file out;

	assert_int_equal(make_table(t, &(pdf_row){two, 2, 0, false}, 1, &out), RC_OK);
	assert_int_equal(make_table(t, &(pdf_row){one, 1, 0, false}, 1, &out), RC_INVALID);
	assert_string_equal(t->f.id, "pdf.table.shape");
	assert_int_equal(make_table(t, &(pdf_row){three, 3, 0, false}, 1, &out), RC_INVALID);
	assert_int_equal(make_table(t, &(pdf_row){wide, 1, 0, false}, 1, &out), RC_INVALID);
	assert_int_equal(make_table(t, &(pdf_row){tall, 2, 0, false}, 1, &out), RC_INVALID);
	pdf_row good[] = {{tall, 2, 0, false}, {one, 1, 0, false}};
	assert_int_equal(make_table(t, good, 2, &out), RC_OK);
	pdf_row high[] = {{tall, 2, 200, false}, {one, 1, 200, false}};
	assert_int_equal(make_table(t, high, 2, &out), RC_INVALID);
	assert_string_equal(t->f.id, "pdf.table.high");
	assert_int_equal(make_table(t, NULL, 0, &out), RC_OK);
}

static void
what_no_font_has_is_counted(void **state)
{
	rig *t = *state;
	pdf_block block = {.kind = PDF_TEXT,
			   .text = STR("\xf0\xb7\xbf\xbd")}; /* U+37FFD, which nobody has assigned */
	pdf_doc doc = office_doc(&block, 1);
	pdf_file out;

	assert_int_equal(pdf_make(t->a, &t->f, &doc, &out), RC_OK);
	assert_int_equal(out.missing, 1);
}

static void
a_long_text_keeps_two_lines_together(void **state)
{
	rig *t = *state;
	buf long_text = buf_in(t->a);
	pdf_file out;

	for (int i = 0; i < 400; i++)
		buf_fmt(&long_text, "第%d句，写到下一页去。", i);
	pdf_block blocks[] = {{.kind = PDF_TEXT, .indent = true, .text = buf_str(&long_text)},
			      {.kind = PDF_PAGE},
			      {.kind = PDF_HEADING, .text = STR("新的一页")}};
	pdf_doc doc = office_doc(blocks, LEN(blocks));
	assert_int_equal(pdf_make(t->a, &t->f, &doc, &out), RC_OK);
	assert_true(out.pages >= 4);
	str text = ask(t->a, "pdftotext -layout", out), page = {0};
	for (int32_t i = 0; i < out.pages; i++)
		assert_true(str_next(&text, '\f', &page));
	assert_true(has(page, "新的一页"));
	assert_false(has(page, "写到下一页去"));
}

/* A letter in large print says the same on more paper. */
static void
large_print_is_larger(void **state)
{
	rig *t = *state;
	pdf_file small, large;
	buf text = buf_in(t->a);

	for (int i = 0; i < 60; i++)
		buf_fmt(&text, "第%d句，给看不清小字的人。", i);
	pdf_block blocks[] = {{.kind = PDF_TEXT, .text = buf_str(&text)}};
	pdf_doc doc = office_doc(blocks, LEN(blocks));
	assert_int_equal(pdf_make(t->a, &t->f, &doc, &small), RC_OK);
	doc.scale = 22.0 / 12;
	assert_int_equal(pdf_make(t->a, &t->f, &doc, &large), RC_OK);
	assert_true(small.pages == 1 && large.pages > 1);
}

/* Ten thousand rows are a province's board; their layouts must not all be in memory at once. */
static void
a_long_board_is_made(void **state)
{
	rig *t = *state;
	pdf_file out;

	assert_int_equal(make_board(t->a, &t->f, 2000, &out), RC_OK);
	assert_true(out.pages > 50);
}

static int
show(const char *folder)
{
	arena *a = arena_open(NULL, 0);
	pdf_file file[3];
	fault f = {0};

	if (make_form(a, &f, &file[0]) || make_notice(a, &f, &file[1]) || make_board(a, &f, 120, &file[2]))
		return 1;
	for (size_t i = 0; i < LEN(file); i++) {
		FILE *out = fopen(cstr(a, str_fmt(a, "%s/%zu.pdf", folder, i)), "wb");
		if (!out || fwrite(file[i].bytes.p, 1, file[i].bytes.n, out) != file[i].bytes.n ||
		    fclose(out))
			return 1;
	}
	arena_close(a);
	return 0;
}

static int
print_form(void)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	pdf_file file;
	int status = make_form(a, &f, &file) || fwrite(file.bytes.p, 1, file.bytes.n, stdout) != file.bytes.n;

	arena_close(a);
	return status;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_form_reads_as_it_was_written, setup, teardown),
		cmocka_unit_test_setup_teardown(every_font_is_embedded, setup, teardown),
		cmocka_unit_test_setup_teardown(a_screen_reader_finds_headings_and_cells, setup, teardown),
		cmocka_unit_test_setup_teardown(a_notice_hangs_its_items_and_bears_its_stamp, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_board_goes_over_pages, setup, teardown),
		cmocka_unit_test_setup_teardown(the_same_document_gives_the_same_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(cells_that_do_not_fit_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(what_no_font_has_is_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(a_long_text_keeps_two_lines_together, setup, teardown),
		cmocka_unit_test_setup_teardown(large_print_is_larger, setup, teardown),
		cmocka_unit_test_setup_teardown(a_long_board_is_made, setup, teardown),
	};

	if (argc == 3 && strcmp(argv[1], "show") == 0)
		return show(argv[2]);
	if (argc == 2 && strcmp(argv[1], "form") == 0)
		return print_form();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
