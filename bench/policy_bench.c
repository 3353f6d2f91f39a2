/* policy_bench.c - what checking and explaining cost: a table of 60 rules and six columns checked, one person
 * decided plainly and with every cell told.
 *
 *   policy_bench [RULES]     60 by default */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/policy/check.h"

enum { ROUNDS = 20, PERSONS = 20000 };

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* FIRST, so that every question is asked: months, level, category, income, age, allowance; a last row for the
 * rest. */
static str
table_of(arena *a, int rules)
{
	static const char *const input[] = {"月份", "等级", "类别", "收入", "年龄", "低保"},
				 *const type[] = {"number", "string", "string",
						  "number", "number", "boolean"};
	static const char *const level[] = {"一级", "二级", "三级", "四级"}, *const category[] = {
										     "视力", "听力", "言语",
										     "肢体", "智力", "精神"};
	buf b = buf_in(a);

	buf_lit(&b, "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "
		    "xmlns:zc=\"urn:zhucan:policy:1\" name=\"b\" namespace=\"urn:b\">");
	for (int i = 0; i < 6; i++)
		buf_fmt(&b, "<inputData id=\"i%d\" name=\"%s\"><variable typeRef=\"%s\"/></inputData>", i,
			input[i], type[i]);
	buf_lit(&b, "<decision id=\"d\" name=\"金额\">");
	for (int i = 0; i < 6; i++)
		buf_fmt(&b, "<informationRequirement><requiredInput href=\"#i%d\"/></informationRequirement>",
			i);
	buf_lit(&b, "<decisionTable id=\"t\" hitPolicy=\"FIRST\">");
	for (int i = 0; i < 6; i++)
		buf_fmt(&b, "<input><inputExpression><text>%s</text></inputExpression></input>", input[i]);
	buf_lit(&b, "<output/>");
	for (int r = 0; r < rules; r++) {
		bool last = r == rules - 1;
		buf_fmt(&b, "<rule id=\"R%d\">", r);
		if (last)
			buf_lit(&b, "<inputEntry><text>-</text></inputEntry>"
				    "<inputEntry><text>-</text></inputEntry>"
				    "<inputEntry><text>-</text></inputEntry>"
				    "<inputEntry><text>-</text></inputEntry>"
				    "<inputEntry><text>-</text></inputEntry>"
				    "<inputEntry><text>-</text></inputEntry>");
		else
			buf_fmt(&b,
				"<inputEntry><text>&gt;= %d</text></inputEntry>"
				"<inputEntry><text>\"%s\"</text></inputEntry>"
				"<inputEntry><text>\"%s\", \"%s\"</text></inputEntry>"
				"<inputEntry><text>[%d..%d)</text></inputEntry>"
				"<inputEntry><text>&gt;= %d</text></inputEntry>"
				"<inputEntry><text>%s</text></inputEntry>",
				202500 + r % 12, level[r % 4], category[r % 6], category[(r + 1) % 6],
				100 * (r % 10), 100 * (r % 10) + 300, 10 * (r % 7), r % 2 ? "true" : "false");
		buf_fmt(&b, "<outputEntry><text>%d</text></outputEntry></rule>", 10 * r);
	}
	buf_lit(&b, "</decisionTable></decision></definitions>");
	return buf_str(&b);
}

static void
must(rc r, const fault *f)
{
	if (r == RC_OK)
		return;
	arena *a = arena_open(NULL, 0);
	fprintf(stderr, "%s\n", cstr(a, fault_print(a, f)));
	exit(1);
}

static double
deciding(const policy *p, bool told)
{
	arena *a = arena_open(NULL, 0);
	feel_env env = {0};
	fault f = {0};
	double from = seconds();

	for (int i = 0; i < PERSONS; i++) {
		feel_entry in[] = {
			{STR("月份"), feel_int(202506 + i % 12)}, {STR("等级"), feel_string(STR("二级"))},
			{STR("类别"), feel_string(STR("肢体"))},  {STR("收入"), feel_int(i % 1300)},
			{STR("年龄"), feel_int(i % 90)},          {STR("低保"), feel_bool(i % 2)}};
		feel_context inputs = {.n = 6, .e = in};
		policy_explanation x;
		feel_value v;
		must(told ? policy_explain(a, &f, p, STR("金额"), &inputs, &env, &x)
			  : dmn_decide(a, &f, p->model, STR("金额"), &inputs, &env, &v),
		     &f);
		arena_reset(a);
	}
	double took = seconds() - from;
	arena_close(a);
	return took / PERSONS;
}

int
main(int argc, char **argv)
{
	int64_t rules = 60;
	arena *a = arena_open(NULL, 0);
	policy_files files = {.name = STR("bench")};
	feel_zones zones = {.a = a};
	feel_env env = {0};
	policy_trial trial = {0};
	policy_findings found;
	const policy *p;
	fault f = {0};
	double best = 1e9;

	if (argc > 1 && (!str_to_i64(str_of(argv[1]), &rules) || rules < 2 || rules > 10000))
		return 2;
	files.dmn = table_of(a, (int)rules);
	must(policy_load(a, &f, &files, &zones, &p), &f);
	for (int i = 0; i < ROUNDS; i++) {
		arena *own = arena_open(NULL, 0);
		double from = seconds();
		must(policy_check(own, &f, p, &trial, &env, &found), &f);
		double took = seconds() - from;
		best = took < best ? took : best;
		arena_close(own);
	}
	printf("%lld rules, 6 columns: checked in %.1f ms, %zu findings\n", (long long)rules, best * 1e3,
	       found.n);
	printf("one person: decided in %.1f us, explained in %.1f us\n", deciding(p, false) * 1e6,
	       deciding(p, true) * 1e6);
	arena_close(a);
	return 0;
}
