/* check_test.c - every flaw is found in a table that has it, with a person; a sound table has none; tables
 * and test persons tell apart what they should. */
#include "app/policy/check.h"

#include "app/policy/box.h"
#include "app/policy/sample.h"
#include "base/check.h"

static str
findings(arena *a, const char *dmn, const char *tests, msg_lang lang)
{
	const policy *p = sample_policy(a, dmn, SAMPLE_CITATIONS, tests);
	policy_findings found;
	policy_trial trial;
	feel_env env = {0};
	buf b = buf_in(a);
	fault f = {0};

	assert_int_equal(policy_try(a, &f, p, &env, &trial), RC_OK);
	assert_int_equal(policy_check(a, &f, p, &trial, &env, &found), RC_OK);
	for (size_t i = 0; i < found.n; i++) {
		policy_finding_say(&b, lang, &found.v[i]);
		buf_c(&b, '\n');
	}
	return buf_str(&b);
}

static void
a_sound_table_has_no_flaw(void **state)
{
	arena *a = arena_open(NULL, 0);

	(void)state;
	assert_string_equal(cstr(a, findings(a, SAMPLE_DMN, SAMPLE_TESTS, MSG_EN)), "");
	arena_close(a);
}

/* One change of the sample, and the one line that must be said of it. */
static void
flaws_are_found_with_a_person(void **state)
{
	static const struct {
		const char *from, *to, *say;
	} rows[] = {
		{"[1000..2000]", "[1001..2000]",
		 "Decision \"补贴\" has a gap: no row holds for 残疾等级 = \"一级\", 收入 = 1000. Please add "
		 "one."},
		{"<text>&gt; 2000</text>", "<text>&gt; 3000</text>", "收入 = 2500"},
		{"&lt; 1000</text></inputEntry><outputEntry><text>120.50",
		 "&lt;= 1000</text></inputEntry>"
		 "<outputEntry><text>120.50",
		 "Decision \"补贴\": rows R1 and R3 both hold for 残疾等级 = \"一级\", 收入 = 1000. Please "
		 "change one "
		 "of them."},
		{"\"三级\", \"四级\"</text></inputEntry>", "\"三级\", \"五级\"</text></inputEntry>",
		 "row R2, column \"残疾等级\": \"五级\" is not among the allowed values."},
		{"\"三级\", \"四级\"</text></inputEntry>", "\"五级\"</text></inputEntry>",
		 "row R2 never fires."},
		{" citation=\"law-1\" confidence", " confidence", "row R1 stands on no law."},
		{"<text>&lt; 1000</text>", "<text>floor(?) = 999</text>",
		 "the cells of \"收入\" ask more than constants"},
		{"\"UNIQUE\"", "\"FIRST\"", ""},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		str said = findings(a, sample_edit(a, SAMPLE_DMN, rows[i].from, rows[i].to), SAMPLE_TESTS,
				    MSG_EN);
		if (str_find(said, str_of(rows[i].say)) < 0)
			fail_msg("%s: %.*s", rows[i].to, STR_ARG(said));
	}
	arena_close(a);
}

static void
tests_must_reach_rows_and_boundaries(void **state)
{
	static const struct {
		const char *from, *to, *say;
	} rows[] = {
		{"丁,四级,2000.01,0,R4,二千元以上\n", "",
		 "no test person fires row R4. One would be: 残疾等级 = "},
		{"丁,四级,2000.01", "丁,四级,2100", "the boundary of \"收入\" at 2000 needs a test person"},
		{"甲,二级,999.99", "甲,二级,998.99", ""},
		{"戊,四级,2000,null,R3,\n", "", "at 2000 needs"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		str said = findings(a, SAMPLE_DMN, sample_edit(a, SAMPLE_TESTS, rows[i].from, rows[i].to),
				    MSG_EN);
		bool silent = rows[i].say[0] == '\0';
		if (silent ? said.n > 0 : str_find(said, str_of(rows[i].say)) < 0)
			fail_msg("%s: %.*s", rows[i].to, STR_ARG(said));
	}
	arena_close(a);
}

/* FIRST, x in 0..100: rules with their outputs, and what must be said. */
static void
first_sees_what_comes_before(void **state)
{
	static const struct {
		const char *cell[3];
		int value[3];
		const char *say;
	} rows[] = {
		{{"[0..10]", "[5..20]", "-"},
		 {1, 2, 3},
		 "To be known: in decision \"d\" rows A and B both hold"},
		{{"[0..50]", "&gt; 40", "[30..60]"}, {1, 2, 3}, "row C never fires"},
		{{"[0..10]", "[0..20]", "-"}, {1, 1, 3}, "row A changes nothing"},
		{{"[0..10]", "[0..9]", "-"}, {1, 1, 3}, "row B never fires"},
		{{"&lt; 50", "&gt; 50", "&gt; 60"}, {1, 2, 3}, "no row holds for x = 50"},
		{{"&lt; 50", "&gt; 50", "-"}, {1, 2, 1}, "row A changes nothing"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		buf b = buf_in(a);
		buf_lit(&b,
			"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "
			"xmlns:zc=\"urn:zhucan:policy:1\" name=\"n\" namespace=\"urn:n\">"
			"<inputData id=\"i\" name=\"x\"><variable typeRef=\"number\"/></inputData>"
			"<decision id=\"e\" name=\"d\"><informationRequirement><requiredInput href=\"#i\"/>"
			"</informationRequirement><decisionTable id=\"t\" hitPolicy=\"FIRST\"><input>"
			"<inputExpression><text>x</text></inputExpression><inputValues><text>[0..100]</text>"
			"</inputValues></input><output/>");
		for (size_t k = 0; k < 3; k++)
			buf_fmt(&b,
				"<rule id=\"%c\"><extensionElements><zc:row citation=\"law-1\"/>"
				"</extensionElements><inputEntry><text>%s</text></inputEntry><outputEntry>"
				"<text>%d</text></outputEntry></rule>",
				(char)('A' + k), rows[i].cell[k], rows[i].value[k]);
		buf_lit(&b, "</decisionTable></decision></definitions>");
		str said = findings(a, cstr(a, buf_str(&b)), "测试人,x,d\n", MSG_EN);
		if (str_find(said, str_of(rows[i].say)) < 0)
			fail_msg("%zu: %.*s", i, STR_ARG(said));
	}
	arena_close(a);
}

static void
persons_fail_by_value_and_by_row(void **state)
{
	arena *a = arena_open(NULL, 0);
	feel_env env = {0};
	policy_trial t;
	fault f = {0};
	const char *wrong = sample_edit(a, SAMPLE_TESTS, "999.99,120.50,R1", "999.99,120.51,R2");

	(void)state;
	const policy *p = sample_policy(a, SAMPLE_DMN, SAMPLE_CITATIONS, wrong);
	assert_int_equal(policy_try(a, &f, p, &env, &t), RC_OK);
	assert_int_equal(t.persons, 5);
	assert_int_equal(t.failed, 1);
	assert_int_equal(t.nfailures, 3);
	assert_null(t.failure[0].row);
	assert_true(str_eq(t.failure[1].row->id, STR("R2")) && !t.failure[1].unexpected);
	assert_true(str_eq(t.failure[2].row->id, STR("R1")) && t.failure[2].unexpected);
	p = sample_policy(a, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);
	assert_int_equal(policy_try(a, &f, p, &env, &t), RC_OK);
	assert_int_equal(t.failed, 0);
	arena_close(a);
}

/* What the search says of a table is what asking everybody says: x and y of -1…12, three-valued. */
static void
the_search_agrees_with_everybody(void **state)
{
	static const char *const cells[] = {"-", "&lt; 3", "[2..5]", "&gt; 4", "7, 9", "not(5)", "null"};
	arena *a = arena_open(NULL, 0);
	uint64_t seed = 20261122;

	(void)state;
	for (int round = 0; round < 200; round++) {
		buf b = buf_in(a);
		fault f = {0};
		feel_env env = {0};
		dmn_model *m;
		box_table *box;
		size_t pick[2];
		buf_lit(&b,
			"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"n\" "
			"namespace=\"urn:n\"><inputData id=\"i\" name=\"x\"/><inputData id=\"j\" name=\"y\"/>"
			"<decision id=\"e\" name=\"d\"><informationRequirement><requiredInput href=\"#i\"/>"
			"</informationRequirement><informationRequirement><requiredInput href=\"#j\"/>"
			"</informationRequirement><decisionTable id=\"t\" hitPolicy=\"COLLECT\"><input>"
			"<inputExpression><text>x</text></inputExpression></input><input><inputExpression>"
			"<text>y</text></inputExpression></input><output/>");
		for (int r = 0; r < 4; r++) {
			buf_lit(&b, "<rule>");
			for (int c = 0; c < 2; c++) {
				seed = seed * 6364136223846793005u + 1442695040888963407u;
				buf_fmt(&b, "<inputEntry><text>%s</text></inputEntry>",
					cells[(seed >> 33) % LEN(cells)]);
			}
			buf_lit(&b, "<outputEntry><text>1</text></outputEntry></rule>");
		}
		buf_lit(&b, "</decisionTable></decision></definitions>");
		dmn_file file = {STR("n.dmn"), buf_str(&b)};
		assert_int_equal(dmn_load(a, &f, &file, 1, false, &m), RC_OK);
		const dmn_table *t = dmn_table_of(m, STR("d"));
		assert_int_equal(box_read(a, &f, t, &env, &box), RC_OK);
		bool uncovered = false;
		for (int x = -1; x <= 13 && !uncovered; x++)
			for (int y = -1; y <= 13 && !uncovered; y++) {
				bool any = false;
				for (size_t r = 0; r < 4; r++) {
					feel_value u, v;
					assert_int_equal(
						dmn_cell_test(a, &f, t, r, 0, &env,
							      x == 13 ? feel_null(NULL) : feel_int(x), &u),
						RC_OK);
					assert_int_equal(
						dmn_cell_test(a, &f, t, r, 1, &env,
							      y == 13 ? feel_null(NULL) : feel_int(y), &v),
						RC_OK);
					any = any || (feel_is_true(u) && feel_is_true(v));
				}
				uncovered = !any;
			}
		assert_int_equal(box_uncovered(a, box, box->all, SIZE_MAX, true, pick),
				 uncovered ? BOX_FOUND : BOX_NONE);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_table_has_no_flaw),
		cmocka_unit_test(flaws_are_found_with_a_person),
		cmocka_unit_test(tests_must_reach_rows_and_boundaries),
		cmocka_unit_test(first_sees_what_comes_before),
		cmocka_unit_test(persons_fail_by_value_and_by_row),
		cmocka_unit_test(the_search_agrees_with_everybody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
