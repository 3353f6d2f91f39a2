/* layers_test.c - which folder is a layer of which policy, where. */
#include "app/policy/floor.h"
#include "app/policy/layers.h"
#include "app/policy/trial.h"
#include "base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
folders_name_their_places(void **state)
{
	static const struct {
		const char *id, *of;
		int64_t lo, hi;
	} good[] = {
		{"two-subsidies", "two-subsidies", INT64_C(100000000000), INT64_C(900000000000)},
		{"grading/limb", "grading/limb", INT64_C(100000000000), INT64_C(900000000000)},
		{"a/32-jiangsu", "a", INT64_C(320000000000), INT64_C(330000000000)},
		{"a/b/32-jiangsu/3201-nanjing", "a/b", INT64_C(320100000000), INT64_C(320200000000)},
		{"a/320102-xuanwu", "a", INT64_C(320102000000), INT64_C(320103000000)},
	};

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		policy_layer l = {.id = str_of(good[i].id)};
		fault f = {0};
		assert_int_equal(policy_layer_place(&f, &l), RC_OK);
		assert_true(str_eq(l.of, str_of(good[i].of)));
		assert_int_equal(l.area.lo, good[i].lo);
		assert_true(l.area.hi >= good[i].hi);
	}
}

static void
misplaced_folders_are_refused(void **state)
{
	static const char *const bad[] = {"a/320-jiangsu", "a/32-jiangsu/3301-hangzhou", "a/32-jiangsu/notes",
					  "32-jiangsu", "a/3201-nanjing/32-jiangsu"};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		policy_layer l = {.id = str_of(bad[i])};
		fault f = {0};
		assert_int_equal(policy_layer_place(&f, &l), RC_INVALID);
		assert_string_equal(f.id, "policy.layer");
	}
}

/* ---- a nation, a province, a county ---- */

#define HEAD(id, name)                                                                                       \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "                               \
	"xmlns:zc=\"urn:zhucan:policy:1\" id=\"" id "\" name=\"" name "\" label=\"" id "\" "                 \
	"namespace=\"urn:zhucan:policy:" id "\">\n"
#define INPUT(id, name, type)                                                                                \
	"<inputData id=\"" id "\" name=\"" name "\"><variable name=\"" name "\" typeRef=\"" type             \
	"\"/></inputData>\n"
#define EXPRESSION(id, name, type, needs, text)                                                              \
	"<decision id=\"" id "\" name=\"" name "\"><variable name=\"" name "\" typeRef=\"" type "\"/>" needs \
	"<literalExpression><text>" text "</text></literalExpression></decision>\n"
#define NEEDS_INPUT(id) "<informationRequirement><requiredInput href=\"#" id "\"/></informationRequirement>"
#define NEEDS_DECISION(id)                                                                                   \
	"<informationRequirement><requiredDecision href=\"#" id "\"/></informationRequirement>"

/* The nation: an amount by level, a condition, and a second amount. */
#define NATION                                                                                               \
	HEAD("n", "国")                                                                                      \
	INPUT("i1", "等级", "number")                                                                        \
	EXPRESSION("d1", "金额", "number", NEEDS_INPUT("i1"), "if 等级 &lt;= 2 then 100 else 50")            \
	EXPRESSION("d2", "条件", "boolean", NEEDS_INPUT("i1"), "等级 &lt;= 3")                               \
	EXPRESSION("d3", "护理", "number", NEEDS_DECISION("d2"), "if 条件 then 80 else 0")                   \
	"</definitions>"

#define ABOVE                                                                                                \
	"<itemDefinition name=\"上级结论\"><itemComponent name=\"金额\"><typeRef>number</typeRef>"     \
	"</itemComponent></itemDefinition>\n" INPUT("i0", "上级", "上级结论")

/* The province: no less than 60. */
#define PROVINCE                                                                                             \
	HEAD("p", "省")                                                                                      \
	ABOVE EXPRESSION("d1", "金额", "number", NEEDS_INPUT("i0"), "max(上级.金额, 60)") "</definitions>"

/* The county: a tenth more for those who live alone. */
#define COUNTY                                                                                               \
	HEAD("c", "县")                                                                                      \
	ABOVE INPUT("i2", "独居", "boolean")                                                                 \
		EXPRESSION("d1", "金额", "number", NEEDS_INPUT("i0") NEEDS_INPUT("i2"),                      \
			   "if 独居 then 1.1 * 上级.金额 else 上级.金额") "</definitions>"

static const policy *
layer(arena *a, const char *name, const char *dmn, const char *tests, const policy *above)
{
	const policy_files files = {
		.name = str_of(name), .dmn = str_of(dmn), .tests = str_of(tests), .above = above};
	feel_zones *zones = arena_new(a, feel_zones);
	const policy *p = NULL;
	fault f = {0};

	zones->a = a;
	if (policy_load(a, &f, &files, zones, &p) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	return p;
}

static str
decided(arena *a, const policy *p, const char *decision, int64_t level, bool alone)
{
	const feel_entry e[] = {{STR("等级"), feel_int(level)}, {STR("独居"), feel_bool(alone)}};
	const feel_context in = {2, e};
	const feel_env env = {.now = feel_instant(0, 0)};
	policy_explanation x;
	buf b = buf_in(a);
	fault f = {0};

	for (; !policy_decision_find(p->doc, str_of(decision)); p = p->above)
		;
	assert_int_equal(policy_explain(a, &f, p, str_of(decision), &in, &env, &x), RC_OK);
	(void)feel_print(&b, x.result);
	return buf_str(&b);
}

#define DECIDED(p, decision, level, alone, want)                                                             \
	assert_string_equal(cstr(a, decided(a, (p), (decision), (level), (alone))), (want))

static void
a_lower_layer_replaces_or_adds(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *nation = layer(a, "国", NATION, "", NULL);
	const policy *province = layer(a, "省", PROVINCE, "", nation);
	const policy *county = layer(a, "县", COUNTY, "", province);

	(void)state;
	DECIDED(nation, "金额", 3, false, "50");
	DECIDED(province, "金额", 3, false, "60"); /* the floor */
	DECIDED(province, "金额", 1, false, "100");
	DECIDED(county, "金额", 3, false, "60");
	DECIDED(county, "金额", 3, true, "66.0");
	DECIDED(county, "护理", 3, true, "80"); /* nobody below says otherwise */
	arena_close(a);
}

/* What is not decided above, or not given, is no answer; what a tool is given itself holds. */
static void
what_is_above_may_be_given_or_missing(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *county = layer(a, "县", COUNTY, "", NULL);
	const feel_entry sum = {STR("金额"), feel_int(70)};
	const feel_entry e[] = {{STR("上级"), feel_context_of(a, &sum, 1)}, {STR("独居"), feel_bool(false)}};
	const feel_context in = {2, e};
	const feel_env env = {.now = feel_instant(0, 0)};
	policy_explanation x;
	fault f = {0};

	(void)state;
	DECIDED(county, "金额", 3, false, "null");
	assert_int_equal(policy_explain(a, &f, county, STR("金额"), &in, &env, &x), RC_OK);
	assert_true(feel_is_true(feel_equal(x.result, feel_int(70))));
	arena_close(a);
}

static void
a_layer_asks_only_what_is_decided_above(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *nation = layer(a, "国", NATION, "", NULL), *p = NULL;
	feel_zones zones = {.a = a};
	fault f = {0};
	const char *typed = strstr(COUNTY, "itemComponent name=\"金额\"");

	(void)state;
	assert_non_null(typed);
	size_t head = (size_t)(typed - COUNTY) + strlen("itemComponent name=\"");
	str dmn = str_fmt(a, "%.*s津贴%s", (int)head, COUNTY, &COUNTY[head + strlen("金额")]);
	const policy_files files = {.name = STR("县"), .dmn = dmn, .above = nation};
	assert_int_equal(policy_load(a, &f, &files, &zones, &p), RC_INVALID);
	assert_true(strcmp(f.id, "policy.above") == 0 || str_starts(str_of(f.id), STR("feel.")));
	arena_close(a);
}

static void
test_persons_give_what_layers_above_ask(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *nation = layer(a, "国", NATION, "", NULL);
	const policy *county =
		layer(a, "县", COUNTY, "测试人,等级,独居,金额,说明\n甲,1,是,110,\n乙,3,否,50,\n丙,3,否,51,\n",
		      nation);
	const feel_env env = {.now = feel_instant(0, 0)};
	policy_trial t;
	fault f = {0};

	(void)state;
	assert_int_equal(policy_try(a, &f, county, &env, &t), RC_OK);
	assert_int_equal(t.persons, 3);
	assert_int_equal(t.failed, 1);
	assert_true(str_eq(t.failure[0].person->name, STR("丙")));
	arena_close(a);
}

/* ---- a floor ---- */

/* The province: of level 1 nobody below may give less than 100; of others it says nothing. */
#define PROVINCE_WITH_FLOOR                                                                                  \
	HEAD("p", "省")                                                                                      \
	INPUT("i1", "等级", "number")                                                                        \
	EXPRESSION("d1", "金额", "number", NEEDS_INPUT("i1"), "if 等级 = 1 then 120 else null")              \
	"<decision id=\"d2\" name=\"金额下限\"><extensionElements><zc:decision floor=\"金额\"/>"       \
	"</extensionElements><variable name=\"金额下限\" typeRef=\"number\"/>" NEEDS_INPUT(                  \
		"i1") "<literalExpression><text>if 等级 = 1 then 100 else "                                \
		      "null</text></literalExpression></decision>"                                           \
		      "</definitions>"

#define COUNTY_GIVES(amount)                                                                                 \
	HEAD("c", "县")                                                                                      \
	INPUT("i1", "等级", "number")                                                                        \
	INPUT("i2", "独居", "boolean")                                                                       \
	EXPRESSION("d1", "金额", "number", NEEDS_INPUT("i1") NEEDS_INPUT("i2"), amount) "</definitions>"

#define COUNTY_PERSONS "测试人,等级,独居,金额\n甲,1,否,120\n乙,3,否,30\n"

static policy_belows
below(arena *a, const policy *p)
{
	const feel_env env = {.now = feel_instant(0, 0)};
	const policy_decision *many;
	policy_belows out;
	fault f = {0};

	assert_int_equal(policy_below_floors(a, &f, p, &env, &out, &many), RC_OK);
	assert_null(many);
	return out;
}

static void
nobody_gets_less_than_a_floor_above(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *nation = layer(a, "国", NATION, "", NULL);
	const policy *province = layer(a, "省", PROVINCE_WITH_FLOOR, "", nation);
	policy_goals goals;

	(void)state;
	/* what the floor does not speak of is not below it, nor is what has no answer */
	const policy *good = layer(
		a, "县",
		COUNTY_GIVES("if 等级 = 1 then (if 独居 then 100 else 120) else if 独居 then null else 30"),
		COUNTY_PERSONS, province);
	assert_int_equal(below(a, good).n, 0);

	const policy *bad =
		layer(a, "县", COUNTY_GIVES("if 独居 then 99.99 else if 等级 = 1 then 120 else 30"),
		      COUNTY_PERSONS, province);
	policy_belows found = below(a, bad);
	assert_int_equal(found.n, 1);
	assert_ptr_equal(found.v[0].above, province);
	assert_string_equal(cstr(a, found.v[0].floor->name), "金额下限");
	assert_string_equal(cstr(a, policy_below_person(a, &found.v[0])), "等级 = 1, 独居 = true");
	assert_true(feel_is_true(feel_equal(found.v[0].least, feel_int(100))));

	policy_goals_of(a, good, &goals); /* a floor is nothing that anybody gets */
	for (size_t i = 0; i < goals.n; i++)
		assert_false(str_eq(goals.v[i].decision->name, STR("金额下限")));
	arena_close(a);
}

/* ---- which versions hold ---- */

static void
the_newest_version_begun_holds(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *p = layer(a, "国", NATION, "", NULL), *q = layer(a, "省", PROVINCE, "", NULL);
	policy_layers all = {0};
	policy_layer l = {.id = STR("x"), .version = 2, .from = 200, .p = p};
	policy_stack s;
	fault f = {0};

	(void)state;
	assert_int_equal(policy_layer_place(&f, &l), RC_OK);
	*vec_add(a, &all) = l;
	l.version = 1;
	l.from = 100;
	*vec_add(a, &all) = l;
	l = (policy_layer){.id = STR("x/42-hubei"), .version = 1, .from = 150, .p = q};
	assert_int_equal(policy_layer_place(&f, &l), RC_OK);
	*vec_add(a, &all) = l;

	policy_stack_at(a, &all, STR("x"), INT64_C(420106001001), 99, &s);
	assert_int_equal(s.n, 0);
	assert_null(s.lowest);
	policy_stack_at(a, &all, STR("x"), INT64_C(420106001001), 149, &s);
	assert_int_equal(s.n, 1);
	assert_int_equal(s.layer[0]->version, 1);
	policy_stack_at(a, &all, STR("x"), INT64_C(420106001001), 200, &s);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.layer[0]->version, 2);
	assert_true(str_eq(s.layer[1]->id, STR("x/42-hubei")));
	assert_ptr_equal(s.lowest->doc, q->doc);
	assert_ptr_equal(s.lowest->above->doc, p->doc);
	policy_stack_at(a, &all, STR("x"), INT64_C(440103002101), 200, &s);
	assert_int_equal(s.n, 1); /* another province */
	policy_stack_at(a, &all, STR("y"), INT64_C(420106001001), 200, &s);
	assert_int_equal(s.n, 0);
	arena_close(a);
}

/* 条件 is asked by 护理, and 金额 is decided lower down. */
static void
goals_are_what_nothing_else_asks(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *nation = layer(a, "国", NATION, "", NULL);
	const policy *county = layer(a, "县", COUNTY, "", nation);
	policy_goals g;

	(void)state;
	policy_goals_of(a, county, &g);
	assert_int_equal(g.n, 2);
	assert_true(str_eq(g.v[0].decision->name, STR("护理")));
	assert_ptr_equal(g.v[0].p, nation);
	assert_true(str_eq(g.v[1].decision->name, STR("金额")));
	assert_ptr_equal(g.v[1].p, county);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(folders_name_their_places),
					   cmocka_unit_test(misplaced_folders_are_refused),
					   cmocka_unit_test(a_lower_layer_replaces_or_adds),
					   cmocka_unit_test(what_is_above_may_be_given_or_missing),
					   cmocka_unit_test(a_layer_asks_only_what_is_decided_above),
					   cmocka_unit_test(test_persons_give_what_layers_above_ask),
					   cmocka_unit_test(nobody_gets_less_than_a_floor_above),
					   cmocka_unit_test(the_newest_version_begun_holds),
					   cmocka_unit_test(goals_are_what_nothing_else_asks)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
