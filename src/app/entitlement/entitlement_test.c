/* entitlement_test.c - the month of the application is paid, the month after a loss is not; what was known
 * later changes what was known before, and only that. */
#include "app/entitlement/entitlement.h"
#include "app/entitlement/months.h"
#include "app/policy/known.h"
#include "base/check.h"
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* 100 a month in poverty; from May 120, which became known on 20 May. Of the year before nothing is known. */
#define RULE(id, more, month, poor, amount)                                                                  \
	"<rule id=\"" id "\" label=\"" id "\"><description>" id "</description><extensionElements><zc:row "  \
	"citation=\"x\"" more "/></extensionElements><inputEntry><text>" month "</text></inputEntry>"        \
	"<inputEntry><text>" poor "</text></inputEntry><outputEntry><text>" amount "</text></outputEntry>"   \
	"</rule>\n"
#define LATE(of) " published=\"2026-05-20\" supersedes=\"" of "\""
/* `zc` of the definitions: how months are counted. */
#define MODEL(late_poor) COUNTED("", late_poor)
#define COUNTED(zc, late_poor)                                                                               \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "                               \
	"xmlns:zc=\"urn:zhucan:policy:1\" "                                                                  \
	"id=\"m\" name=\"月\" namespace=\"urn:zhucan:policy:m\">\n" zc                                       \
	"<inputData id=\"i1\" name=\"月份\"><variable name=\"月份\" typeRef=\"date\"/></inputData>\n"    \
	"<inputData id=\"i2\" name=\"低保\"><variable name=\"低保\" typeRef=\"boolean\"/></inputData>\n" \
	"<decision id=\"d1\" name=\"补贴\"><variable name=\"补贴\" typeRef=\"number\"/>"                 \
	"<informationRequirement><requiredInput href=\"#i1\"/></informationRequirement>"                     \
	"<informationRequirement><requiredInput href=\"#i2\"/></informationRequirement>"                     \
	"<decisionTable id=\"t1\"><input><inputExpression><text>月份</text></inputExpression></input>"     \
	"<input><inputExpression><text>低保</text></inputExpression></input><output/>\n" RULE(               \
		"before", " unknown=\"true\"", "&lt; @\"2026-01-01\"", "-", "null")                          \
		RULE("old", "", "[@\"2026-01-01\"..@\"2026-05-01\")", "true", "100")                         \
			RULE("old-none", "", "[@\"2026-01-01\"..@\"2026-05-01\")", "false", "0")             \
				RULE("new", LATE("old"), "&gt;= @\"2026-05-01\"", late_poor, "120")          \
					RULE("new-none", LATE("old-none"), "&gt;= @\"2026-05-01\"", "false", \
					     "0") "</decisionTable></decision></definitions>\n"

#define HEAD "测试人,类,名称,值,从,到,知道于,此前,说明\n"

static const policy *
model(arena *a, const char *dmn)
{
	const policy_files files = {.name = STR("月"), .dmn = str_of(dmn)};
	feel_zones zones = {.a = a};
	const policy *p = NULL;
	fault f = {0};

	if (policy_load(a, &f, &files, &zones, &p) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	return p;
}

static int32_t
day(const char *text)
{
	int32_t out = DATE_NONE;

	assert_true(date_parse(str_of(text), &out));
	return out;
}

static void
add_fact(arena *a, entitlement_record *r, bool poor, const char *from, const char *to, const char *known)
{
	*vec_add(a, &r->fact) = (entitlement_fact){.name = STR("低保"),
						   .value = feel_bool(poor),
						   .from = day(from),
						   .to = to ? day(to) : INT32_MAX,
						   .known = day(known)};
}

static void
add_claim(arena *a, entitlement_record *r, const char *on)
{
	*vec_add(a, &r->claim) = (entitlement_claim){.day = day(on), .known = day(on)};
}

static void
month_by(const policy *p, arena *a, const entitlement_record *r, const char *month, const char *known,
	 const char *want)
{
	feel_zones zones = {.a = a};
	const feel_env env = {.zones = &zones, .now = feel_instant(0, 0)};
	entitlement_ask ask = {.decision = STR("补贴"), .record = r, .known = day(known), .env = &env};
	buf b = buf_in(a);
	feel_value v;
	fault f = {0};

	assert_int_equal(policy_as_known(a, &f, p, ask.known, &zones, &ask.p), RC_OK);
	assert_int_equal(entitlement_month(a, &f, &ask, day(month), &v), RC_OK);
	(void)feel_print(&b, v);
	if (!str_eq(buf_str(&b), str_of(want)))
		fail_msg("%s as known on %s is %.*s, not %s", month, known, STR_ARG(buf_str(&b)), want);
}

static void
month_is(arena *a, const entitlement_record *r, const char *month, const char *known, const char *want)
{
	month_by(model(a, MODEL("true")), a, r, month, known, want);
}

static void
from_the_application_to_the_month_of_the_loss(void **state)
{
	arena *a = arena_open(NULL, 0);
	entitlement_record r = {0};

	(void)state;
	add_fact(a, &r, true, "2026-01-10", "2026-03-15", "2026-01-10");
	add_fact(a, &r, false, "2026-03-16", "2026-06-02", "2026-03-16");
	add_fact(a, &r, true, "2026-06-03", NULL, "2026-06-03");
	add_claim(a, &r, "2026-02-20");
	month_is(a, &r, "2026-01-01", "2026-12-31", "0"); /* not applied for */
	month_is(a, &r, "2026-02-01", "2026-12-31", "100");
	month_is(a, &r, "2026-03-31", "2026-12-31", "100"); /* lost on the 16th */
	month_is(a, &r, "2026-04-01", "2026-12-31", "0");
	month_is(a, &r, "2026-06-01", "2026-12-31", "0"); /* again poor, but it has ended */
	add_claim(a, &r, "2026-07-31");
	month_is(a, &r, "2026-06-01", "2026-12-31", "0");
	month_is(a, &r, "2026-07-01", "2026-12-31", "120");
	month_is(a, &r, "2026-07-01", "2026-07-30", "0"); /* the day before */
	arena_close(a);
}

/* A place that counts otherwise says so in its policy. */
static void
as_the_place_counts_months(void **state)
{
	arena *a = arena_open(NULL, 0);
	entitlement_record r = {0};
	const policy *other = model(a, COUNTED("<extensionElements><zc:policy begins=\"next-month\" "
					       "ends=\"same-month\"/></extensionElements>",
					       "true"));
	const policy_files wrong = {.name = STR("月"),
				    .dmn = STR(COUNTED("<extensionElements><zc:policy ends=\"at-once\"/>"
						       "</extensionElements>",
						       "true"))};
	feel_zones zones = {.a = a};
	const policy *p = NULL;
	fault f = {0};

	(void)state;
	add_fact(a, &r, true, "2026-01-10", "2026-03-15", "2026-01-10");
	add_fact(a, &r, false, "2026-03-16", NULL, "2026-03-16");
	add_claim(a, &r, "2026-01-20");
	month_is(a, &r, "2026-01-01", "2026-12-31", "100");
	month_is(a, &r, "2026-03-01", "2026-12-31", "100");
	month_by(other, a, &r, "2026-01-01", "2026-12-31", "0");
	month_by(other, a, &r, "2026-02-01", "2026-12-31", "100");
	month_by(other, a, &r, "2026-03-01", "2026-12-31", "0"); /* lost on the 16th */
	assert_int_equal(policy_load(a, &f, &wrong, &zones, &p), RC_INVALID);
	assert_string_equal(f.id, "policy.month_rule");
	arena_close(a);
}

static void
what_became_known_later(void **state)
{
	arena *a = arena_open(NULL, 0);
	entitlement_record r = {0};

	(void)state;
	add_fact(a, &r, true, "2026-01-01", NULL, "2026-01-01");
	add_claim(a, &r, "2026-01-05");
	month_is(a, &r, "2026-04-01", "2026-05-19", "100");
	month_is(a, &r, "2026-05-01", "2026-05-19", "100"); /* the old rate went on */
	month_is(a, &r, "2026-05-01", "2026-05-20", "120");
	month_is(a, &r, "2026-04-01", "2026-05-20", "100");
	add_fact(a, &r, false, "2026-04-10", NULL, "2026-06-01"); /* found out two months later */
	month_is(a, &r, "2026-05-01", "2026-05-31", "120");
	month_is(a, &r, "2026-05-01", "2026-06-01", "0");
	month_is(a, &r, "2026-04-01", "2026-06-01", "100");
	arena_close(a);
}

static void
a_month_that_is_not_known_ends_nothing(void **state)
{
	arena *a = arena_open(NULL, 0);
	entitlement_record r = {0};

	(void)state;
	add_fact(a, &r, true, "2025-11-01", "2026-01-31", "2025-11-01");
	add_fact(a, &r, true, "2026-03-01", NULL, "2025-11-01");
	add_claim(a, &r, "2025-11-05");
	month_is(a, &r, "2025-12-01", "2026-12-31", "null"); /* no rule is known */
	month_is(a, &r, "2026-01-01", "2026-12-31", "100");
	month_is(a, &r, "2026-02-01", "2026-12-31", "null"); /* no fact is */
	month_is(a, &r, "2026-03-01", "2026-12-31", "100");
	arena_close(a);
}

static void
rows_that_differ_in_more_are_not_taken_back(void **state)
{
	arena *a = arena_open(NULL, 0);
	const policy *p = model(a, MODEL("-"));
	feel_zones zones = {.a = a};
	const policy *out = NULL;
	fault f = {0};

	(void)state;
	assert_int_equal(policy_as_known(a, &f, p, day("2026-05-20"), &zones, &out), RC_OK);
	assert_ptr_equal(out, p);
	assert_int_equal(policy_as_known(a, &f, p, day("2026-05-19"), &zones, &out), RC_INVALID);
	assert_string_equal(f.id, "policy.supersedes_cells");
	arena_close(a);
}

static rc
tried(arena *a, const char *csv, fault *f, months_trial *out)
{
	feel_zones *zones = arena_new(a, feel_zones);
	const feel_env env = {.zones = zones, .now = feel_instant(0, 0)};

	zones->a = a;
	return months_try(a, f, model(a, MODEL("true")), STR("months.csv"), str_of(csv), &env, out);
}

static void
test_persons_have_a_life(void **state)
{
	static const char *const bad[] = {
		"甲,命,,,,,,,\n",
		"甲,事实,低保,也许,,,,,\n",
		"甲,申请,,,2026-13-01,,,,\n",
		"甲,应得,津贴,100,2026-01,,,,\n",
		"甲,同,乙,,,,,,\n",
		"甲,差额,补贴,20,2026-05,,,,\n",
	};
	arena *a = arena_open(NULL, 0);
	months_trial t;
	fault f = {0};

	(void)state;
	assert_int_equal(tried(a,
			       HEAD "甲,事实,低保,是,2026-01-01,,,,\n甲,申请,,,2026-02-03,,,,\n"
				    "甲,应得,补贴,100,2026-02,2026-04,2026-12-31,,\n"
				    "乙,同,甲,,,,,,\n乙,申请,,,2026-05-03,,,,\n"
				    "乙,差额,补贴,40,2026-05,2026-06,2026-05-20,2026-05-19,\n"
				    "乙,应得,补贴,100,2026-05,2026-06,2026-05-20,,\n",
			       &f, &t),
			 RC_OK);
	assert_int_equal(t.persons, 2);
	assert_int_equal(t.failed, 1);
	assert_int_equal(t.failure.n, 2); /* both months of the last line */
	assert_int_equal(t.failure.v[1].want->line, 8);
	assert_int_equal(t.failure.v[1].month, day("2026-06-01"));
	assert_true(feel_is_true(feel_equal(t.failure.v[1].got, feel_int(120))));
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(tried(a, cstr(a, str_cat(a, STR(HEAD), str_of(bad[i]))), &f, &t),
				 RC_INVALID);
		assert_string_equal(f.id, "policy.tests.value");
		fault_clear(&f);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(from_the_application_to_the_month_of_the_loss),
					   cmocka_unit_test(as_the_place_counts_months),
					   cmocka_unit_test(what_became_known_later),
					   cmocka_unit_test(a_month_that_is_not_known_ends_nothing),
					   cmocka_unit_test(rows_that_differ_in_more_are_not_taken_back),
					   cmocka_unit_test(test_persons_have_a_life)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
