/* value_test.c - JSON to FEEL: digits kept, text kept, literals read, every refusal with its place. */
#include "app/value/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* What the JSON reads as, in FEEL; or the fault with its field. */
static str
read_as(arena *a, const char *json)
{
	fault f = {0};
	feel_zones zones = value_zones(a);
	feel_value v;
	buf b = buf_in(a);

	if (value_read(a, &f, str_of(json), &zones, &v) != RC_OK)
		return f.field.n ? str_fmt(a, "%s at %.*s", f.id, STR_ARG(f.field)) : str_of(f.id);
	assert_true(feel_print(&b, v));
	return buf_str(&b);
}

static void
check_reads(const char *json, const char *want)
{
	arena *a = arena_open(NULL, 0);
	str got = read_as(a, json);

	if (!str_eq(got, str_of(want)))
		fail_msg("%s reads as %s, not %s", json, cstr(a, got), want);
	arena_close(a);
}

static void
numbers_keep_every_digit(void **state)
{
	(void)state;
	check_reads("1.10", "1.10");
	check_reads("0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234");
	check_reads("1234567890123456.7890123456789", "1234567890123456.7890123456789");
	check_reads("9223372036854775807", "9223372036854775807");
	check_reads("-9007199254740993.0", "-9007199254740993.0");
	check_reads("1.5E+3", "1500");
	check_reads("-0", "0");
	check_reads("-0.00", "0.00");
}

static void
numbers_that_cannot_be_kept_are_refused(void **state)
{
	(void)state;
	check_reads("{\"a\": [1, 1.23456789012345678901234567890123456]}", "value.digits at a[2]");
	check_reads("1e-400", "value.digits at JSON");
	check_reads("9223372036854775808", "json.number");
	check_reads("1e400", "json.number");
}

static void
each_number_is_the_one_that_stands_there(void **state)
{
	(void)state;
	check_reads("{\"a1\": \"7 \\\" 8\", \"b-2\": [true, 3.0, {\"4\": -5.50}, \"\\\\\"], \"c\": 6e0}",
		    "{a1: \"7 \\\" 8\", \"b-2\": [true, 3.0, {\"4\": -5.50}, \"\\\\\"], c: 6}");
}

static void
text_stays_text(void **state)
{
	(void)state;
	check_reads("\"2024-01-31\"", "\"2024-01-31\"");
	check_reads("\" 张三\\n\"", "\" 张三\\n\"");
	check_reads("\"@2024-01-31\"", "\"@2024-01-31\"");
	check_reads("\"1 + 2\"", "\"1 + 2\"");
	check_reads("\"@\\\"\"", "\"@\\\"\"");
}

static void
literals_become_what_they_say(void **state)
{
	(void)state;
	check_reads("\"@\\\"2024-01-31\\\"\"", "@\"2024-01-31\"");
	check_reads("\"@\\\"08:30:00+08:00\\\"\"", "@\"08:30:00+08:00\"");
	check_reads("\"@\\\"2024-01-31T08:30:00@Asia/Shanghai\\\"\"",
		    "@\"2024-01-31T08:30:00@Asia/Shanghai\"");
	check_reads("\"@\\\"P1Y2M\\\"\"", "@\"P1Y2M\"");
	check_reads("\"@\\\"P3DT4H\\\"\"", "@\"P3DT4H\"");
	check_reads("[{\"生日\": \"@\\\"2024-02-30\\\"\"}]", "value.temporal at [1].生日");
	check_reads("\"@\\\"张三\\\"\"", "value.temporal at JSON");
}

static void
json_is_read_strictly(void **state)
{
	(void)state;
	check_reads("", "json.syntax");
	check_reads("{\"a\": 1,}", "json.syntax");
	check_reads("[01]", "json.syntax");
	check_reads("{\"a\": 1, \"a\": 2}", "json.duplicate");
	check_reads("\"\xff\"", "json.encoding");
}

static void
what_is_too_deep_or_too_large_is_refused(void **state)
{
	arena *a = arena_open(NULL, 0);
	char *big = arena_alloc(a, VALUE_JSON_MAX + 2);
	char deep[101];

	(void)state;
	memset(deep, '[', 50);
	memset(deep + 50, ']', 50);
	deep[100] = 0;
	check_reads(deep, "json.depth");
	memset(big, ' ', VALUE_JSON_MAX + 1);
	check_reads(big, "json.size");
	arena_close(a);
}

static void
a_list_that_the_arena_cannot_take_is_refused(void **state)
{
	arena *a = arena_open(NULL, 0), *small = arena_open(a, 200000);
	buf b = buf_in(a);
	fault f = {0};
	feel_value v;

	(void)state;
	buf_c(&b, '[');
	for (int i = 0; i < 5000; i++)
		buf_lit(&b, "0,");
	buf_lit(&b, "0]");
	assert_int_equal(value_read(small, &f, buf_str(&b), NULL, &v), RC_LIMIT);
	arena_close(a);
}

/* An expression over the names of a JSON object. */
static str
evaluated(arena *a, const char *json, const char *expr)
{
	fault f = {0};
	feel_zones zones = value_zones(a);
	const feel_context *names = NULL;
	feel_expr *e = NULL;
	feel_value v;
	buf b = buf_in(a);

	if (value_context_read(a, &f, str_of(json), &zones, &names) != RC_OK)
		return str_of(f.id);
	feel_env env = {.ctx = (void *)(uintptr_t)names, .lookup = value_lookup, .zones = &zones};
	if (feel_parse(a, &f, str_of(expr), value_scope(a, names), FEEL_EXPRESSION, &e) != RC_OK)
		return str_of(f.id);
	assert_int_equal(feel_eval(a, &f, e, &env, &v), RC_OK);
	assert_true(feel_print(&b, v));
	return buf_str(&b);
}

static void
check_evaluates(const char *json, const char *expr, const char *want)
{
	arena *a = arena_open(NULL, 0);
	str got = evaluated(a, json, expr);

	if (!str_eq(got, str_of(want)))
		fail_msg("%s over %s is %s, not %s", expr, json, cstr(a, got), want);
	arena_close(a);
}

static void
keys_are_names(void **state)
{
	(void)state;
	check_evaluates("{\"年龄\": 63, \"残疾等级\": \"二级\"}", "年龄 >= 60 and 残疾等级 = \"二级\"",
			"true");
	check_evaluates("{\"monthly salary\": 10.50}", "monthly salary * 2", "21.00");
	check_evaluates("{}", "年龄", "feel.name.unknown");
}

static void
names_inside_values_are_known(void **state)
{
	(void)state;
	check_evaluates("{\"p\": {\"monthly-net pay\": 7}}", "p.monthly-net pay + 1", "8");
	check_evaluates("{\"家\": [{\"n-o\": 1}, {\"n-o\": 2, \"x y\": 3}]}", "家[n-o = 2].x y", "[3]");
	check_evaluates("{\"l\": [[1], {\"a b\": 2}]}", "l[2].a b", "2");
}

static void
a_context_is_an_object_with_named_members(void **state)
{
	(void)state;
	check_evaluates("[1]", "1", "value.object");
	check_evaluates("{\" \": 1}", "1", "value.name");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_keep_every_digit),
		cmocka_unit_test(numbers_that_cannot_be_kept_are_refused),
		cmocka_unit_test(each_number_is_the_one_that_stands_there),
		cmocka_unit_test(text_stays_text),
		cmocka_unit_test(literals_become_what_they_say),
		cmocka_unit_test(json_is_read_strictly),
		cmocka_unit_test(what_is_too_deep_or_too_large_is_refused),
		cmocka_unit_test(a_list_that_the_arena_cannot_take_is_refused),
		cmocka_unit_test(keys_are_names),
		cmocka_unit_test(names_inside_values_are_known),
		cmocka_unit_test(a_context_is_an_object_with_named_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
