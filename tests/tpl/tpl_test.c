/* tpl_test.c - the language of the templates, run: every kind of hole in every place, and what must not get
 * out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "parts_tpl.h"

#include "locale/msg_ids.h"
#include "pages_tpl.h"

typedef struct fixture {
	arena *a;
	buf b;
	html_out o;
} fixture;

static fixture *
open_page(msg_lang lang)
{
	arena *a = arena_open(NULL, 0);
	fixture *x = arena_new(a, fixture);

	*x = (fixture){.a = a, .b = buf_in(a)};
	x->o = (html_out){.b = &x->b, .lang = lang, .csrf = STR("c\"1"), .request_key = STR("k1")};
	return x;
}

static void
assert_page(fixture *x, const char *want)
{
	assert_ptr_equal(x->o.b, &x->b);
	assert_string_equal(cstr(x->a, buf_str(&x->b)), want);
	arena_close(x->a);
}

static void
assert_holds(fixture *x, const char *part)
{
	if (str_find(buf_str(&x->b), str_of(part)) < 0)
		fail_msg("\"%s\" is not in\n%s", part, cstr(x->a, buf_str(&x->b)));
}

#define NASTY "<a href=\"javascript:x\">'&é𠮷"

static void
test_holes_are_escaped_for_their_place(void **state)
{
	(void)state;
	fixture *x = open_page(MSG_ZH);

	tpl_holes(&x->o, &(struct tpl_holes){
				 .s = STR(NASTY),
				 .w = STR("a&b"),
				 .u = STR("javascript:alert(1)"),
				 .n = -123456,
				 .day = date_from_ymd(2026, 11, 5),
				 .safe = html_of_text(x->a, STR("<i>")),
			 });
	assert_holds(
		x,
		"<p title=\"&lt;a href=&quot;javascript:x&quot;&gt;&#39;&amp;é𠮷\" data-day=\"2026-11-05\" "
		"data-n=\"-123456\">&lt;a href=");
	assert_holds(x, "|a&amp;b|javascript:alert(1)|-123456|<time datetime=\"2026-11-05\">2026 年 11 月 5 "
			"日</time>|2026-11-05|−1,234.56|−123,456|");
	assert_holds(x, "|&lt;i&gt;</p>");
	assert_holds(x, "<a href=\"#\">标题</a>");
	assert_holds(x, "href=\"/cases/"
			"%3Ca%20href%3D%22javascript%3Ax%22%3E%27%26%C3%A9%F0%A0%AE%B7?page=-123456#%3Ca");
	assert_holds(x, "title=\"共 -123456 行，&lt;a href=&quot;");
	assert_holds(x, "<p>&lt;b&gt;&amp;&quot;&#39;</p>");
	arena_close(x->a);
}

static void
test_addresses(void **state)
{
	(void)state;
	static const char *const good[] = {
		"/cases/1?a=b#c", "?page=2",   "#main", "https://x.cn/", "HTTP://x.cn/",
		"mailto:a@b.cn",  "tel:12385", "a/b:c", "../x",          ".",
		"/查?q=a:b"};
	static const char *const bad[] = {
		"javascript:x",     "JavaScript:x", " javascript:x", "java\nscript:x", "data:text/html,x",
		"//evil.cn",        "/\\evil.cn",   "\\\\evil.cn",   "vbscript:x",     "",
		"\x01javascript:x", "httpx:y"};

	for (size_t i = 0; i < LEN(good); i++) {
		fixture *x = open_page(MSG_ZH);
		html_url(&x->o, str_of(good[i]));
		assert_page(x, good[i]);
	}
	for (size_t i = 0; i < LEN(bad); i++) {
		fixture *x = open_page(MSG_ZH);
		html_url(&x->o, str_of(bad[i]));
		assert_page(x, "#");
	}
}

static void
check_branch(bool yes, int64_t n, const char *s, const char *want)
{
	fixture *x = open_page(MSG_ZH);

	tpl_holes(&x->o, &(struct tpl_holes){.s = str_of(s), .n = n, .yes = yes, .day = DATE_NONE});
	assert_holds(x, want);
	arena_close(x->a);
}

static void
test_conditions(void **state)
{
	(void)state;
	check_branch(true, 1, "", "<i>a</i>");
	check_branch(true, 2, "", "<i>c</i>");
	check_branch(true, 3, "x", "<i>b</i>");
	check_branch(true, 1, "x", "<i>c</i>");
	check_branch(false, 3, "", "<i>b</i>");
	check_branch(false, 2, "", "<i>c</i>");
}

static void
test_lists_and_english(void **state)
{
	(void)state;
	fixture *x = open_page(MSG_EN);
	const struct tpl_row rows[] = {{.id = STR("1<"), .due = date_from_ymd(2026, 1, 2), .fen = 5},
				       {.id = STR("2"), .due = DATE_NONE, .fen = 123456789}};
	const str tags[] = {STR("t"), STR("u")};

	tpl_holes(&x->o, &(struct tpl_holes){.s = STR("Li"),
					     .n = 1,
					     .day = date_from_ymd(2026, 1, 2),
					     .rows = {rows, 2},
					     .tags = {tags, 2},
					     .one = &rows[1]});
	assert_holds(
		x, "2<ul><li>1:1&lt; 2026-01-02 0.05</li><li>2:2  1,234,567.89</li></ul>\n<b>t</b><b>u</b>");
	assert_holds(x, ">1 row, Li</a>");
	assert_holds(x, "<time datetime=\"2026-01-02\">2 January 2026</time>");
	assert_holds(x, "<span class=\"zc-spelled\"><span>Li</span></span>");
	arena_close(x->a);
}

static void
test_parts_with_bodies(void **state)
{
	(void)state;
	fixture *x = open_page(MSG_ZH);
	const struct tpl_row rows[] = {{.id = STR("7"), .link = STR("/r/7")}};
	const struct tpl_choice choices[] = {{.value = STR("m"), .label = STR("男"), .checked = true},
					     {.value = STR("f"), .label = STR("女")}};

	tpl_uses(&x->o, &(struct tpl_uses){.s = STR("<s>"), .choices = {choices, 2}, .rows = {rows, 1}});
	assert_page(x, "<section class=\"card\">\n<h2>标题</h2>\n<p>7: &lt;s&gt;</p>\n\n<hr>\n\n<aside><a "
		       "href=\"/r/7\">姓名</a></aside>\n</section>\n"
		       "<fieldset aria-describedby=\"sex-hint\">\n<legend>姓名</legend>\n<p "
		       "id=\"sex-hint\">&lt;s&gt; / 共 2 "
		       "行，&lt;s&gt;</p>\n"
		       "<input type=\"radio\" id=\"sex-1\" name=\"sex\" value=\"m\" checked>\n<label "
		       "for=\"sex-1\">男</label>\n"
		       "<input type=\"radio\" id=\"sex-2\" name=\"sex\" value=\"f\">\n<label "
		       "for=\"sex-2\">女</label>\n"
		       "</fieldset>\n\n");
}

static void
test_form_carries_its_keys(void **state)
{
	(void)state;
	fixture *x = open_page(MSG_EN);

	tpl_form(&x->o, &(struct tpl_form){.to = STR("/a")});
	assert_holds(x,
		     "<form action=\"/a\" method=\"post\">\n<input type=\"hidden\" name=\"csrf\" "
		     "value=\"c&quot;1\"><input "
		     "type=\"hidden\" name=\"request-key\" value=\"k1AA\">\n<label for=\"a\">Name</label>");
	arena_close(x->a);
}

static void
test_spelled_in_fours(void **state)
{
	(void)state;
	fixture *x = open_page(MSG_ZH);

	html_spelled(&x->o, STR("粤A1<34567"));
	assert_page(x, "<span class=\"zc-spelled\"><span>粤A1&lt;</span><span>34567</span></span>");
	x = open_page(MSG_ZH);
	html_spelled(&x->o, STR(""));
	assert_page(x, "<span class=\"zc-spelled\"></span>");
}

static void
test_money_at_its_ends(void **state)
{
	(void)state;
	fixture *x = open_page(MSG_ZH);

	html_money(&x->o, 0);
	html_lit(&x->o, " ");
	html_money(&x->o, -7);
	html_lit(&x->o, " ");
	html_money(&x->o, 100000);
	html_lit(&x->o, " ");
	html_money(&x->o, INT64_MIN);
	html_lit(&x->o, " ");
	html_grouped(&x->o, 999);
	assert_page(x, "0.00 −0.07 1,000.00 −92,233,720,368,547,758.08 999");
}

static void
test_messages(void **state)
{
	(void)state;
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	msg_lang lang = MSG_ZH;

	assert_int_equal(msg_find(STR("t.rows")), MSG_T_ROWS);
	assert_int_equal(msg_find(STR("t.zzz")), -1);
	assert_int_equal(msg_find(STR("")), -1);
	assert_true(str_eq(msg_text(a, MSG_ZH, MSG_T_NAME, NULL), STR("姓名")));
	assert_true(str_eq(msg_text(a, MSG_EN, MSG_T_ROWS, (const fault_arg[]){FA_INT("n", 2), {0}}),
			   STR("2 rows, {who}")));
	assert_int_equal(FAIL(&f, RC_INVALID, "t.rows", FA_STR("who", STR("{n}")), FA_INT("n", 1)),
			 RC_INVALID);
	assert_true(str_eq(fault_text(a, MSG_EN, &f), STR("1 row, {n}")));
	assert_true(str_eq(fault_text(a, MSG_ZH, &f), STR("共 1 行，{n}")));
	assert_int_equal(FAIL(&f, RC_INVALID, "t.not-there", FA_INT("n", 1)), RC_INVALID);
	assert_true(str_starts(fault_text(a, MSG_ZH, &f), STR("t.not-there n=1 (")));
	assert_true(msg_lang_of(STR("en-GB"), &lang) && lang == MSG_EN);
	assert_true(msg_lang_of(STR("ZH"), &lang) && lang == MSG_ZH);
	assert_false(msg_lang_of(STR("english"), &lang));
	assert_false(msg_lang_of(STR(""), &lang));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holes_are_escaped_for_their_place),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_lists_and_english),
		cmocka_unit_test(test_parts_with_bodies),
		cmocka_unit_test(test_form_carries_its_keys),
		cmocka_unit_test(test_spelled_in_fours),
		cmocka_unit_test(test_money_at_its_ends),
		cmocka_unit_test(test_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
