/* draft_test.c - a draft from the first change to what is undone, on a real port, over both engines. */
#include "io/zip_make.h" /* first: a room is something else there */

#include "io/sheet_child.h"
#include "web/policy/tables_fixture.h"

/* The row R2 as its form has it, with another amount. */
#define ROW_2(level, income, amount)                                                                         \
	"act=save&c0=" level "&c1=" income "&c2=" amount                                                     \
	"&c3=三四级&c4=Levels 3 and 4&c5=law-2&c6=B&c7=&c8=&c9="

static str
seen_of(str page)
{
	return between(page, "name=\"seen\" value=\"", "\"");
}

/* From the form of a page that was got some time ago. */
static str
post_from(bureau *k, str page, const char *path, const char *fields)
{
	str all = str_fmt(k->m->x->a, "seen=%.*s&%s", STR_ARG(seen_of(page)), fields);

	return browser_post(&k->m->b, main_of(page), str_of(path), cstr(k->m->x->a, all));
}

static str
post(bureau *k, const char *page, const char *path, const char *fields)
{
	return post_from(k, get(k, page), path, fields);
}

static void
saved(str reply)
{
	if (browser_status(reply) != 303)
		fail_msg("%.*s", (int)MIN(reply.n, (size_t)9000), reply.p);
}

static void
begun(bureau *k)
{
	published(k, SAMPLE_DMN, SAMPLE_TESTS);
	as(k, EDITOR);
	saved(browser_post(&k->m->b, main_of(get(k, TABLE)), STR(DRAFT), "act=open"));
}

static void
a_rate_is_changed_undone_and_done_again(fixture *x)
{
	bureau o = opened(x), *k = &o;

	as(k, EDITOR);
	browser_says(get(k, DRAFT), 404, "");
	begun(k);
	browser_says(get(k, TABLE), 200, "继续修改草稿");
	browser_says(get(k, DRAFT), 200, "第 1 步");
	browser_says(get(k, DRAFT "/rows/R2"), 200, "value=\"80\"");
	saved(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", ROW_2("\"三级\", \"四级\"", "< 1000", "90")));
	str page = get(k, DRAFT);
	browser_says(page, 200, "撤销：改了 R2 行");
	assert_true(browser_sees(page, ">90</td>"));
	assert_true(browser_sees(page, "不符</strong>")); /* his test person still expects 80 */
	browser_says(get(k, TABLE), 200, ">80</td>");     /* what is published stays */
	saved(post_from(k, page, DRAFT, "act=undo"));
	page = get(k, DRAFT);
	browser_says(page, 200, "重做：改了 R2 行");
	assert_true(browser_sees(page, ">80</td>"));
	assert_false(browser_sees(page, "不符</strong>"));
	browser_says(post_from(k, page, DRAFT, "act=undo"), 422, "没有可以撤销的修改了");
	saved(post(k, DRAFT, DRAFT, "act=redo"));
	browser_says(get(k, DRAFT), 200, ">90</td>");
	saved(post(k, DRAFT, DRAFT, "act=drop"));
	browser_says(get(k, DRAFT), 404, "");
	as(k, READER);
	browser_says(get(k, DRAFT), 404, "");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
what_is_wrong_is_told_and_what_was_typed_is_kept(fixture *x)
{
	bureau o = opened(x), *k = &o;

	begun(k);
	str page = post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", ROW_2("\"三级\"", "< (1000", "1,000"));
	browser_says(page, 422, "href=\"#c1\"");
	assert_true(browser_sees(page, "href=\"#c2\""));
	assert_true(browser_sees(page, "第 1 行第 "));
	assert_true(browser_sees(page, "value=\"&lt; (1000\""));
	assert_true(browser_sees(page, "一千请写成 1000"));
	browser_says(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", ROW_2("三级", "< 1000", "80")), 422,
		     "href=\"#c0\"");
	browser_says(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2",
			  "act=save&c0=-&c1=-&c2=80&c3=x&c4=x&c5=law-9&c6=B"),
		     422, "href=\"#c5\"");
	/* full-width signs are rewritten, and that is said */
	saved(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", ROW_2("“三级”，“四级”", "＜ 1000", "80")));
	page = get(k, DRAFT);
	browser_says(page, 200, "这一步里有全角符号");
	assert_true(browser_sees(page, "“＜”改为“&lt;”"));
	/* a row that test persons name cannot be taken out under them */
	browser_says(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", "act=remove"), 422, "R2");
	browser_says(post(k, DRAFT "/rows/R1", DRAFT "/rows/R1", "act=up"), 422, "不能再移");
	saved(post(k, DRAFT "/rows/R1", DRAFT "/rows/R1", "act=down"));
	browser_says(get(k, DRAFT), 200, "移了 R1 行");
	browser_says(get(k, DRAFT "/rows/R9"), 404, "");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
rows_are_added_with_an_id_of_their_own(fixture *x)
{
	bureau o = opened(x), *k = &o;

	begun(k);
	const char *fields = ROW_2("-", "null", "null");
	browser_says(get(k, DRAFT "/rows?like=R2"), 200, "value=\"80\"");
	browser_says(post(k, DRAFT "/rows", DRAFT "/rows", fields), 422, "href=\"#id\"");
	str page = post(k, DRAFT "/rows", DRAFT "/rows",
			cstr(x->a, str_cat(x->a, str_of(fields), STR("&id=R2"))));
	browser_says(page, 422, "编号“R2”已经有了");
	saved(post(k, DRAFT "/rows", DRAFT "/rows",
		   cstr(x->a, str_cat(x->a, str_of(fields), STR("&id=不详-1&after=R1")))));
	page = get(k, DRAFT);
	browser_says(page, 200, "id=\"row-不详-1\"");
	assert_true(str_find(page, STR("row-不详-1")) < str_find(page, STR("row-R2")));
	assert_true(browser_sees(page, "没有测试人"));
	browser_says(get(k, DRAFT "/rows/%E4%B8%8D%E8%AF%A6-1"), 200, "不详-1 行");
	saved(post(k, DRAFT "/rows/%E4%B8%8D%E8%AF%A6-1", DRAFT "/rows/%E4%B8%8D%E8%AF%A6-1", "act=remove"));
	assert_false(browser_sees(get(k, DRAFT), "row-不详-1"));
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

/* The grid, with two amounts and an article as they are asked for. */
#define GRID(act, amount_1, law_1, amount_2)                                                                 \
	"act=" act "&c0-R1=\"一级\",\"二级\"&c1-R1=<1000&c2-R1=" amount_1 "&c3-R1=一二级&c5-R1=" law_1       \
	"&c0-R2=\"三级\",\"四级\"&c1-R2=<1000&c2-R2=" amount_2 "&c3-R2=三四级&c5-R2=law-2"                \
	"&c0-R3=-&c1-R3=[1000..2000]&c2-R3=null&c3-R3=通知未写明&c5-R3=law-2"                           \
	"&c0-R4=-&c1-R4=>2000&c2-R4=0&c3-R4=其他&c5-R4=law-1"

static void
all_rows_are_changed_together(fixture *x)
{
	bureau o = opened(x), *k = &o;
	const char *path = DRAFT "/grid";

	begun(k);
	str page = get(k, path);
	browser_says(page, 200, "name=\"c2-R2\" value=\"80\"");
	assert_true(browser_sees(page, ">R1 行，")); /* what a reader hears of a cell */
	/* what is wrong is told at its cell, in every row; what was typed stays */
	page = post(k, path, path, GRID("save", "1,000", "law-1", "\"八十\""));
	browser_says(page, 422, "href=\"#c2-R1\"");
	assert_true(browser_sees(page, "href=\"#c2-R2\""));
	assert_true(browser_sees(page, "有 2 处要改"));
	assert_true(browser_sees(page, "value=\"1,000\""));
	page = post(k, path, path, GRID("check", "120.50", "law-9", "80"));
	browser_says(page, 422, "href=\"#c5-R1\"");
	/* checked only: the findings are of what was typed, and nothing is written */
	page = post(k, path, path, GRID("check", "120.50", "law-1", "91"));
	browser_says(page, 200, "没有错误，还没有保存");
	assert_true(browser_sees(page, "测试人")); /* who should get 80 */
	browser_says(get(k, DRAFT), 200, "第 1 步");
	saved(post(k, path, path, GRID("save", "121", "law-1", "91")));
	browser_says(get(k, DRAFT), 200, "一次改了 3 行");
	saved(post(k, path, path, GRID("save", "121", "law-1", "92")));
	browser_says(get(k, DRAFT), 200, "改了 R2 行");
	/* somebody was faster */
	str old = get(k, path);
	saved(post(k, path, path, GRID("save", "121", "law-1", "93")));
	as(k, EDITOR_2);
	page = post_from(k, old, path, GRID("save", "121", "law-1", "94"));
	browser_says(page, 422, "草稿现在是：93");
	assert_true(browser_sees(page, "value=\"94\""));
	as(k, READER);
	browser_says(get(k, path), 404, "");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
two_windows_never_overwrite_each_other(fixture *x)
{
	bureau o = opened(x), *k = &o;

	begun(k);
	str first = get(k, DRAFT "/rows/R2");
	as(k, EDITOR_2);
	saved(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", ROW_2("\"三级\", \"四级\"", "< 1000", "85")));
	as(k, EDITOR);
	str page = post_from(k, first, DRAFT "/rows/R2", ROW_2("\"三级\", \"四级\"", "< 1000", "99"));
	browser_says(page, 422, "刚才被测试员改过了");
	assert_true(browser_sees(page, "value=\"99\""));
	assert_true(browser_sees(page, "草稿现在是：85"));
	browser_says(get(k, DRAFT), 200, ">85</td>");
	/* what the page shows now may be saved */
	saved(post_from(k, page, DRAFT "/rows/R2", ROW_2("\"三级\", \"四级\"", "< 1000", "99")));
	browser_says(get(k, DRAFT), 200, ">99</td>");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
persons_and_articles_have_their_forms(fixture *x)
{
	bureau o = opened(x), *k = &o;

	begun(k);
	browser_says(get(k, DRAFT "/tests/3"), 200, "“补贴”适用第 R2 行");
	browser_says(
		post(k, DRAFT "/tests/3", DRAFT "/tests/3", "act=save&p0=丙&p1=四级&p2=很少&p3=80&p4=R2"),
		422, "href=\"#p2\"");
	browser_says(post(k, DRAFT "/tests/3", DRAFT "/tests/3", "act=save&p0=&p1=四级&p3=80"), 422,
		     "href=\"#p0\"");
	browser_says(post(k, DRAFT "/tests", DRAFT "/tests", "act=save&p0=己&p1=三级&p2=1&p4=R77"), 422,
		     "href=\"#p4\"");
	saved(post(k, DRAFT "/tests", DRAFT "/tests", "act=save&p0=己&p1=三级&p2=1&p3=80&p4=R2&p5=新的"));
	browser_says(get(k, DRAFT), 200, ">己</a>");
	saved(post(k, DRAFT "/tests/6", DRAFT "/tests/6", "act=remove"));
	assert_false(browser_sees(get(k, DRAFT), ">己</a>"));
	browser_says(get(k, DRAFT "/tests/6"), 404, "");

	browser_says(get(k, DRAFT "/laws/law-2"), 200, "value=\"三四级\"");
	browser_says(post(k, DRAFT "/laws", DRAFT "/laws", "act=save&id=law-1&document=law&zh=一&en=one"),
		     422, "href=\"#id\"");
	browser_says(post(k, DRAFT "/laws", DRAFT "/laws", "act=save&id=law-3&document=&zh=一&en=one"), 422,
		     "href=\"#document-id\"");
	saved(post(k, DRAFT "/laws", DRAFT "/laws",
		   "act=save&id=law-3&document=&zh=一&en=one&document-id=new&title-zh=新&title-en=New"));
	browser_says(get(k, DRAFT), 200, "id=\"law-law-3\"");
	saved(post(k, DRAFT "/laws/law-3", DRAFT "/laws/law-3", "act=remove"));
	/* one that a row stands on stays */
	browser_says(post(k, DRAFT "/laws/law-1", DRAFT "/laws/law-1", "act=remove"), 422, "law-1");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
a_draft_is_compared_and_proposed_and_another_publishes(fixture *x)
{
	bureau o = opened(x), *k = &o;

	begun(k);
	browser_says(get(k, DRAFT "/difference"), 200, "没有差别");
	saved(post(k, DRAFT "/rows/R2", DRAFT "/rows/R2", ROW_2("\"三级\", \"四级\"", "< 1000", "90")));
	str page = get(k, DRAFT "/difference");
	browser_says(page, 200, "“补贴”的 R2 行：“补贴”由“80”改为“90”。");
	assert_true(browser_sees(page, "“丙”：“补贴”由“80”变为“90”。"));
	/* a test person who gets something else is put right first */
	browser_says(post_from(k, page, DRAFT "/difference", "act=propose"), 422, "1 名测试人的结果不符");
	saved(post(k, DRAFT "/tests/3", DRAFT "/tests/3",
		   "act=save&p0=丙&p1=四级&p2=999.99&p3=90&p4=R2&p5="));
	page = get(k, DRAFT "/difference");
	saved(post(k, DRAFT "/tests/1", DRAFT "/tests/1", "act=remove"));
	browser_says(post_from(k, page, DRAFT "/difference", "act=propose"), 422, "R1 行没有测试人");
	browser_says(post(k, DRAFT, DRAFT, "act=undo"), 303, "");
	/* on a step that no longer stands */
	str old = get(k, DRAFT "/difference");
	saved(post(k, DRAFT "/tests/5", DRAFT "/tests/5",
		   "act=save&p0=戊&p1=四级&p2=2000&p3=null&p4=R3&p5=界限"));
	browser_says(post_from(k, old, DRAFT "/difference", "act=propose"), 422, "刚才被测试员改过了");
	str done = post(k, DRAFT "/difference", DRAFT "/difference", "act=propose");
	saved(done);
	assert_true(str_eq(browser_to(done), STR("/policy/definitions/policy/sample?proposed=1")));
	browser_says(get(k, DRAFT), 404, "");
	browser_says(get(k, "/policy/definitions/policy/sample"), 200, "第 2 版");
	as(k, PUBLISHER);
	str version = get(k, "/policy/definitions/policy/sample/2");
	browser_says(version, 200, "检查通过");
	saved(browser_post(&k->m->b, main_of(version), STR("/policy/definitions/policy/sample/2"),
			   "from-year=2026&from-month=11&from-day=9"));
	browser_says(get(k, TABLE), 200, ">90</td>");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

/* ---- the sheet ---- */

#define BOUNDARY "---------------------------7"

static str
upload(bureau *k, const char *name, str bytes)
{
	str page = main_of(get(k, DRAFT "/sheet"));
	buf b = buf_in(k->m->x->a);

#define PART(nm, v)                                                                                          \
	buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"" nm "\"\r\n\r\n%.*s\r\n",     \
		STR_ARG(v))
	PART("csrf", between(page, "name=\"csrf\" value=\"", "\""));
	PART("request-key", between(page, "name=\"request-key\" value=\"", "\""));
	PART("seen", seen_of(page));
	buf_fmt(&b,
		"--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"sheet\"; filename=\"%s\"\r\n"
		"Content-Type: application/octet-stream\r\n\r\n",
		name);
	buf_put(&b, bytes);
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	return browser_send(&k->m->b, "POST", STR(DRAFT "/sheet"),
			    STR("multipart/form-data; boundary=" BOUNDARY), buf_str(&b));
}

/* A workbook with a merged cell among its rules. */
static str
merged_book(arena *a)
{
	zip_make z = zip_make_in(a);
	const char *office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

	zip_make_add(&z, STR("_rels/.rels"),
		     STR("<r><Relationship Id='r' Type='/officeDocument' Target='workbook.xml'/></r>"),
		     false);
	zip_make_add(&z, STR("workbook.xml"),
		     str_fmt(a, "<w xmlns:r='%s'><sheet name='s' r:id='a'/></w>", office), false);
	zip_make_add(&z, STR("_rels/workbook.xml.rels"),
		     STR("<r><Relationship Id='a' Type='/worksheet' Target='s.xml'/></r>"), false);
	zip_make_add(&z, STR("s.xml"),
		     STR("<worksheet><sheetData><row><c t='inlineStr'><is><t>编号</t></is></c></row>"
			 "<row><c t='inlineStr'><is><t>a</t></is></c></row></sheetData>"
			 "<mergeCells><mergeCell ref='A1:A2'/></mergeCells></worksheet>"),
		     false);
	return zip_make_end(&z);
}

static void
a_sheet_goes_out_and_comes_back(fixture *x)
{
	bureau o = opened(x), *k = &o;

	begun(k);
	str out = get(k, DRAFT "/sheet/csv");
	browser_says(out, 200, "#决策,补贴");
	str csv = str_from(out, (size_t)str_find(out, STR("\r\n\r\n")) + 4);
	browser_says(get(k, DRAFT "/sheet/xlsx"), 200, "spreadsheetml");
	browser_says(upload(k, "a.csv", STR("")), 422, "请选择一个文件");
	browser_says(upload(k, "a.csv", STR("甲,乙\n1,2\n")), 422, "A1");
	browser_says(upload(k, "a.xlsx", merged_book(x->a)), 422, "A2");
	ptrdiff_t at = str_find(csv, STR(",80,"));
	assert_true(at > 0);
	str changed =
		str_fmt(x->a, "%.*s,95,%.*s", (int)at, csv.p, (int)(csv.n - (size_t)at - 4), csv.p + at + 4);
	saved(upload(k, "a.csv", changed));
	browser_says(get(k, DRAFT), 200, ">95</td>");
	browser_says(get(k, DRAFT), 200, "撤销：从表格文件读入“a.csv”");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

BOTH(a_rate_is_changed_undone_and_done_again)
BOTH(what_is_wrong_is_told_and_what_was_typed_is_kept)
BOTH(rows_are_added_with_an_id_of_their_own)
BOTH(all_rows_are_changed_together)
BOTH(two_windows_never_overwrite_each_other)
BOTH(persons_and_articles_have_their_forms)
BOTH(a_draft_is_compared_and_proposed_and_another_publishes)
BOTH(a_sheet_goes_out_and_comes_back)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_rate_is_changed_undone_and_done_again),
					   BOTH_TESTS(what_is_wrong_is_told_and_what_was_typed_is_kept),
					   BOTH_TESTS(rows_are_added_with_an_id_of_their_own),
					   BOTH_TESTS(all_rows_are_changed_together),
					   BOTH_TESTS(two_windows_never_overwrite_each_other),
					   BOTH_TESTS(persons_and_articles_have_their_forms),
					   BOTH_TESTS(a_draft_is_compared_and_proposed_and_another_publishes),
					   BOTH_TESTS(a_sheet_goes_out_and_comes_back)};

	if (argc > 1 && strcmp(argv[1], SHEET_CHILD) == 0)
		return sheet_child_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
