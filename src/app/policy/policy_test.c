/* policy_test.c - a policy's folder: what is read, and every way in which it can be wrong. */
#include "app/policy/explain.h"

#include "app/policy/sample.h"
#include "base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void
a_folder_is_read(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *p = sample_policy(a, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);
	const policy_decision *d = policy_decision_find(p->doc, STR("补贴")), *of;

	(void)state;
	assert_non_null(d);
	assert_int_equal(p->doc->ninputs, 2);
	assert_int_equal(d->nneeds, 2);
	assert_int_equal(d->table->nrows, 4);
	assert_true(str_eq(d->table->out[0].unit, STR("元/月")));
	const policy_row *r = policy_row_find(p->doc, STR("R2"), &of);
	assert_ptr_equal(of, d);
	assert_true(str_eq(r->test[0], STR("\"三级\", \"四级\"")));
	assert_true(str_eq(r->citation, STR("law-2")));
	assert_true(str_eq(r->confidence, STR("B")));
	assert_true(str_eq(r->en, STR("Levels 3 and 4")));
	assert_false(r->unknown);
	assert_true(policy_row_find(p->doc, STR("R3"), &of)->unknown);
	assert_true(str_eq(policy_citation_find(p, STR("law-1"))->number, STR("样〔2026〕1号")));
	assert_true(policy_citation_find(p, STR("law-2"))->unsourced);
	assert_int_equal(p->npersons, 5);
	assert_true(str_eq(p->person[0].row[0]->id, STR("R1")));
	assert_int_equal(p->person[0].expected[0].value.kind, FEEL_NUMBER);
	assert_int_equal(p->person[4].expected[0].value.kind, FEEL_NULL);
	arena_close(a);
}

typedef struct edit {
	const char *from, *to, *id;
} edit;

/* The sample with one of its three texts changed. */
static void
refused(int which, const edit *e)
{
	arena *a = arena_open(NULL, 0);
	const char *text[] = {SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS};
	feel_zones zones = {.a = a};
	const policy *p;
	fault f = {0};

	text[which] = sample_edit(a, text[which], e->from, e->to);
	policy_files files = {STR("样"), str_of(text[0]), str_of(text[1]), str_of(text[2])};
	assert_int_equal(policy_load(a, &f, &files, &zones, &p), RC_INVALID);
	if (strcmp(f.id, e->id) != 0)
		fail_msg("%s gives %s", e->to, cstr(a, fault_print(a, &f)));
	arena_close(a);
}

static void
what_is_wrong_is_named(void **state)
{
	static const edit dmn[] = {
		{"<rule id=\"R2\"", "<rule", "policy.id"},
		{"<rule id=\"R2\"", "<rule id=\"R1\"", "policy.twice"},
		{"citation=\"law-2\"", "citation=\"law-3\"", "policy.citation"},
		{"published=\"2026-01-02\"", "published=\"2026-02-30\"", "policy.published"},
		{"published=\"2026-01-02\"", "supersedes=\"R9\"", "policy.supersedes"},
		{"<text>null</text>", "<text>5</text>", "policy.unknown"},
		{"href=\"#i1\"", "href=\"#i9\"", "policy.needs"},
		{"name=\"收入\"><variable", "><variable", "policy.name"},
		{"<decision id", "<businessKnowledgeModel id=\"b\" name=\"b\"/><decision id",
		 "policy.element"},
		{"<text>&lt; 1000</text>", "<text>&lt; 1000 +</text>", "policy.cell"},
		{"<text>80</text>", "<text>80 *</text>", "policy.cell"},
		{"<text>80</text>", "<text>80 + 津贴</text>", "policy.cell"},
		{"<text>收入</text>", "<text>收人</text>", "feel.name.unknown"},
		{"<text>&lt; 1000</text>", "<text>\"一千元\"</text>", "policy.type"},
		{"<text>&lt; 1000</text>", "<text>&lt; \"一千元\"</text>", "policy.type"},
		{"<text>\"一级\", \"二级\"</text>", "<text>1, 2</text>", "policy.type"},
		{"<text>80</text>", "<text>\"八十\"</text>", "policy.type"},
		{"<output><ext", "<output name=\"a\"/><output name=\"a\"><ext", "policy.tree.name"},
		{"name=\"收入\"><variable", "name=\"残疾等级\"><variable", "policy.tree.name"},
		{"<decision id", "<decision id=\"d0\" name=\"补贴\"/><decision id", "policy.tree.name"},
		{"<decision id", "<decision id=\"d0\" name=\"收入\"/><decision id", "policy.tree.name"},
		{"<itemDefinition name",
		 "<itemDefinition name=\"等级\"><typeRef>number</typeRef></itemDefinition><itemDefinition "
		 "name",
		 "policy.tree.name"},
		{"typeRef=\"等级\"", "typeRef=\"级别\"", "dmn.type.unknown"},
		{"<requiredInput href=\"#i2\"", "<requiredDecision href=\"#d1\"", "dmn.circle"},
		{"</definitions>", "", "xml.syntax"},
		{"<definitions ", "<!DOCTYPE d [<!ENTITY a \"b\">]><definitions ", "xml.dtd"},
	};
	static const edit citations[] = {
		{"document: law, article: \"2\"", "document: other", "policy.document"},
		{"number:", "nummer:", "yaml.unknown"},
	};
	static const edit tests[] = {
		{"收入,", "收人,", "policy.tests.heading"}, {"999.99", "很少", "policy.tests.value"},
		{"R4", "R9", "policy.tests.row"},           {"甲,", ",", "policy.tests.person"},
		{"R4,", "R4,,,,", "policy.tests.cells"},
	};

	(void)state;
	for (size_t i = 0; i < LEN(dmn); i++)
		refused(0, &dmn[i]);
	for (size_t i = 0; i < LEN(citations); i++)
		refused(1, &citations[i]);
	for (size_t i = 0; i < LEN(tests); i++)
		refused(2, &tests[i]);
}

static policy_explanation
explained(arena *a, const policy *p, const char *level, const char *income)
{
	feel_entry *in = arena_array(a, feel_entry, 2);
	policy_explanation x;
	feel_env env = {0};
	fault f = {0};
	dec n = {0};

	assert_true(!income || dec_parse(str_of(income), &n));
	in[0] = (feel_entry){STR("残疾等级"), feel_string(str_of(level))};
	in[1] = (feel_entry){STR("收入"), income ? feel_number(n) : feel_null(NULL)};
	feel_context inputs = {.n = 2, .e = in};
	assert_int_equal(policy_explain(a, &f, p, STR("补贴"), &inputs, &env, &x), RC_OK);
	return x;
}

static void
the_nearest_rows_come_first(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *p = sample_policy(a, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);
	policy_explanation x = explained(a, p, "二级", "1200");

	(void)state;
	assert_int_equal(x.nreadings, 1);
	const policy_reading *r = &x.reading[0];
	assert_int_equal(r->nfired, 1);
	static const struct {
		const char *row;
		size_t failed;
	} want[] = {{"R3", 0}, {"R1", 1}, {"R4", 1}, {"R2", 2}};
	for (size_t i = 0; i < LEN(want); i++) {
		assert_true(str_eq(r->row[i].row->id, str_of(want[i].row)));
		assert_int_equal(r->row[i].failed, want[i].failed);
		assert_int_equal(r->row[i].fired, i == 0);
	}
	assert_true(feel_is_true(r->row[1].holds[0]) && !feel_is_true(r->row[1].holds[1]));
	arena_close(a);
}

static void
says(arena *a, const policy_explanation *x, msg_lang lang, const char *want)
{
	buf b = buf_in(a);

	policy_explain_say(&b, lang, x);
	if (!str_eq(buf_str(&b), str_of(want)))
		fail_msg("%.*s", STR_ARG(buf_str(&b)));
}

static void
a_decision_can_say_why(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *p = sample_policy(a, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);
	policy_explanation x = explained(a, p, "二级", "999.99"), y = explained(a, p, "四级", "1200"),
			   z = explained(a, p, "五级", "-1");

	(void)state;
	says(a, &x, MSG_EN,
	     "Allowance: 120.5 yuan a month.\n"
	     "\"Allowance\" is by row R1: Levels 1 and 2.\n"
	     "Level is Level 2, as asked: Level 1 or Level 2.\n"
	     "收入 is 999.99, as asked: below 1000.\n"
	     "By A sample (样〔2026〕1号), article 1: Income below 1000\n"
	     "If Level were Level 3 or Level 4 (it is Level 2), it would be by row R2: 80 yuan a month.\n"
	     "If 收入 were at least 1000 and at most 2000 (it is 999.99), it would be by row R3: not known.\n"
	     "If 收入 were over 2000 (it is 999.99), it would be by row R4: 0 yuan a month.\n");
	says(a, &y, MSG_ZH,
	     "补贴：公布的规定没有写明，现在不能确定。\n"
	     "“补贴”适用第 R3 行：通知未写明。\n"
	     "“收入”是“1200”，符合“不小于 1000 且不超过 2000”。\n"
	     "依据：样例（样〔2026〕1号）第 2 条：三四级（尚未见到正式文本，有了出处即更换）\n"
	     "如果“收入”符合“小于 1000”（现在是“1200”），则适用第 R2 行，结果是“80 元/月”。\n"
	     "如果“收入”符合“大于 2000”（现在是“1200”），则适用第 R4 行，结果是“0 元/月”。\n");
	says(a, &z, MSG_EN,
	     "Allowance: no answer.\n"
	     "收入 is -1, which is not among the values allowed, so the table was not asked.\n");
	arena_close(a);
}

static void
cells_in_words(void **state)
{
	static const struct {
		const char *cell, *zh, *en;
	} rows[] = {
		{"-", "任何", "anything"},
		{"\"一级\", \"二级\"", "一级或二级", "Level 1 or Level 2"},
		{"not(\"一级\", \"二级\")", "除以下之外：一级或二级", "none of: Level 1 or Level 2"},
		{"[0.02..0.05)", "不小于 0.02 且小于 0.05", "at least 0.02 and below 0.05"},
		{"(1..3], 7", "大于 1 且不超过 3 或 7", "over 1 and at most 3 or 7"},
		{"]1..3[", "大于 1 且小于 3", "over 1 and below 3"},
		{">= @\"2025-07-01\"", "2025 年 7 月 1 日起", "from 2025-07-01 on"},
		{"< date(\"2025-07-01\")", "2025 年 7 月 1 日以前", "before 2025-07-01"},
		{"true", "是", "yes"},
		{"null", "不详", "not known"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		buf zh = buf_in(a), en = buf_in(a);
		policy_cell_say(&zh, MSG_ZH, str_of(rows[i].cell));
		policy_cell_say(&en, MSG_EN, str_of(rows[i].cell));
		assert_string_equal(cstr(a, buf_str(&zh)), rows[i].zh);
		assert_string_equal(cstr(a, buf_str(&en)), rows[i].en);
	}
	arena_close(a);
}

/* By decision, rule and column, as people know it. */
static void
a_wrong_cell_is_told_by_its_place(void **state)
{
	arena *a = arena_open(NULL, 0);
	policy_files files = {STR("样"), str_of(sample_edit(a, SAMPLE_DMN, "&gt; 2000", "&gt; 2000 元")),
			      STR(SAMPLE_CITATIONS), STR("")};
	feel_zones zones = {.a = a};
	const policy *p;
	fault f = {0};

	(void)state;
	assert_int_equal(policy_load(a, &f, &files, &zones, &p), RC_INVALID);
	str said = fault_text(a, MSG_EN, &f);
	if (str_find(said, STR("row R4 of the decision \"补贴\", column \"收入\", \"> 2000 元\"")) < 0)
		fail_msg("%.*s", STR_ARG(said));
	arena_close(a);
}

static void
brief_is(arena *a, const policy *p, const char *level, const char *income, msg_lang lang, policy_brief want)
{
	policy_explanation x = explained(a, p, level, income);
	policy_brief got;

	policy_explain_brief(a, lang, &x, &got);
	assert_string_equal(cstr(a, got.name), cstr(a, want.name));
	assert_string_equal(cstr(a, got.answer), cstr(a, want.answer));
	assert_string_equal(cstr(a, got.because), cstr(a, want.because));
	assert_string_equal(cstr(a, got.otherwise), cstr(a, want.otherwise));
	assert_int_equal(got.open, want.open);
	assert_int_equal(got.unwritten, want.unwritten);
}

static void
a_decision_in_a_sentence(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *p = sample_policy(a, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);

	(void)state;
	brief_is(a, p, "二级", "999.99", MSG_ZH,
		 (policy_brief){
			 .name = STR("补贴"), .answer = STR("每月 120.5 元"), .because = STR("一级、二级")});
	brief_is(a, p, "三级", "2001", MSG_ZH,
		 (policy_brief){.name = STR("补贴"),
				.answer = STR("不发"),
				.because = STR("其他"),
				.otherwise = STR("如果“收入”为“小于 1000”，就是每月 80 元。")});
	brief_is(a, p, "三级", "1500", MSG_EN,
		 (policy_brief){.name = STR("Allowance"),
				.answer = STR("not settled yet"),
				.because = STR("The notice does not say"),
				.open = true,
				.unwritten = true});
	brief_is(a, p, "三级", NULL, MSG_EN,
		 (policy_brief){.name = STR("Allowance"),
				.answer = STR("not settled yet"),
				.otherwise = STR("If 收入 were below 1000: 80 yuan a month."),
				.open = true});
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_is_read),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(a_wrong_cell_is_told_by_its_place),
		cmocka_unit_test(the_nearest_rows_come_first),
		cmocka_unit_test(a_decision_can_say_why),
		cmocka_unit_test(cells_in_words),
		cmocka_unit_test(a_decision_in_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
