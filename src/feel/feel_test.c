/* feel_test.c - FEEL row by row: an expression and the text of its value; what is refused and where; limits.
 */
#include "feel/feel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

typedef struct row {
	const char *text, *want;
} row;

/* Names of the test scope and their values. */
static const struct {
	const char *name, *value;
} known[] = {
	{"年龄", "63"},
	{"残疾等级", "\"二级\""},
	{"Monthly Salary", "10000"},
	{"a-b", "7"},
	{"a", "5"},
	{"b", "3"},
	{"收入（元）", "800"},
	{"Mike's daughter", "\"Ann\""},
	{"家庭成员", "[{姓名: \"甲\", 年龄: 61}, {姓名: \"乙\", 年龄: 30}]"},
	{"empty", "[]"},
	{"nothing", "null"},
	{"is ready", "true"},
	{"date of birth", "@\"1960-02-29\""},
};

typedef struct fixture {
	arena *a;
	feel_scope *names;
	feel_value value[LEN(known)];
	unsigned asked;
} fixture;

static feel_value
lookup(void *ctx, uint32_t slot)
{
	fixture *x = ctx;

	x->asked |= 1u << slot;
	return x->value[slot];
}

static feel_env
env_of(fixture *x)
{
	return (feel_env){.ctx = x, .lookup = lookup, .now = feel_instant(INT64_C(1718000000123), 8 * 3600)};
}

static fixture
begin(void)
{
	fixture x = {.a = arena_open(NULL, (size_t)64 << 20)};
	feel_env none = {0};

	x.names = feel_scope_open(x.a);
	for (size_t i = 0; i < LEN(known); i++) {
		feel_expr *e;
		fault f = {0};
		assert_int_equal(feel_parse(x.a, &f, str_of(known[i].value), NULL, FEEL_EXPRESSION, &e),
				 RC_OK);
		assert_int_equal(feel_eval(x.a, &f, e, &none, &x.value[i]), RC_OK);
		feel_scope_add(x.names, str_of(known[i].name), (uint32_t)i, feel_expr_type(e));
	}
	return x;
}

static str
value_text(fixture *x, const char *text)
{
	feel_expr *e;
	fault f = {0};
	feel_env env = env_of(x);
	feel_value v;
	buf b = buf_in(x->a);

	if (feel_parse(x->a, &f, str_of(text), x->names, FEEL_EXPRESSION, &e) != RC_OK)
		return fault_print(x->a, &f);
	if (feel_eval(x->a, &f, e, &env, &v) != RC_OK)
		return fault_print(x->a, &f);
	feel_print(&b, v);
	return buf_str(&b);
}

static void
check(const row *rows, size_t n)
{
	fixture x = begin();
	int wrong = 0;

	for (size_t i = 0; i < n; i++) {
		str got = value_text(&x, rows[i].text);
		if (!str_eq(got, str_of(rows[i].want))) {
			print_error("%s\n   gives %.*s\n   want  %s\n", rows[i].text, STR_ARG(got),
				    rows[i].want);
			wrong++;
		}
	}
	arena_close(x.a);
	assert_int_equal(wrong, 0);
}

static void
numbers(void **state)
{
	static const row rows[] = {
		{"1 + 2 * 3", "7"},
		{"(1 + 2) * 3", "9"},
		{"10 - 2 - 3", "5"},
		{"2 ** 3 ** 2", "64"},
		{"-2 ** 2", "4"},
		{"2 ** -1", "0.5"},
		{"- -5", "5"},
		{"0.1 + 0.2", "0.3"},
		{"100 * 1.1", "110.0"},
		{"1 / 3", "0.3333333333333333333333333333333333"},
		{"1 / 0", "null"},
		{"10 / 4", "2.5"},
		{".5 + 1.50", "2.00"},
		{"1.2E3", "1200"},
		{"1e-2", "0.01"},
		{"1.10 = 1.1", "true"},
		{"9999999999999999999999999999999999 + 1", "10000000000000000000000000000000000"},
		{"1 + \"a\"", "null"},
		{"\"a\" + \"b\"", "\"ab\""},
		{"[1] + 1", "null"},
		{"nothing + 1", "null"},
		{"decimal(2.5, 0)", "2"},
		{"decimal(3.5, 0)", "4"},
		{"decimal(1/3, 2)", "0.33"},
		{"floor(-1.5)", "-2"},
		{"floor(1.56, 1)", "1.5"},
		{"ceiling(-1.5)", "-1"},
		{"round up(5.5, 0)", "6"},
		{"round up(-1.121, 2)", "-1.13"},
		{"round down(-5.5, 0)", "-5"},
		{"round half up(-1.125, 2)", "-1.13"},
		{"round half down(1.125, 2)", "1.12"},
		{"round half down(1.126, 2)", "1.13"},
		{"abs(-10)", "10"},
		{"abs(@\"-P1D\")", "@\"P1D\""},
		{"modulo(-12, 5)", "3"},
		{"modulo(10.1, -4.5)", "-3.4"},
		{"modulo(1, 0)", "null"},
		{"sqrt(16)", "4"},
		{"sqrt(-1)", "null"},
		{"log(1)", "0"},
		{"exp(0)", "1"},
		{"odd(5)", "true"},
		{"even(5)", "false"},
		{"even(1.5)", "false"},
		{"odd(-1)", "true"},
		{"number(\"1 234,56\", \" \", \",\")", "1234.56"},
		{"number(\"1,234.5\", \",\", \".\")", "1234.5"},
		{"number(\"1.5\")", "1.5"},
		{"number(\"1,5\", \",\", \",\")", "null"},
		{"number(from: \"7\", grouping separator: null, decimal separator: null)", "7"},
		{"number(\"x\")", "null"},
		{"string(1.10)", "\"1.10\""},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
logic(void **state)
{
	static const row rows[] = {
		{"true and true", "true"},
		{"true and null", "null"},
		{"false and null", "false"},
		{"null and false", "false"},
		{"1 and false", "false"},
		{"1 and true", "null"},
		{"true or null", "true"},
		{"null or true", "true"},
		{"false or null", "null"},
		{"false or \"x\"", "null"},
		{"true or false and false", "true"},
		{"not(true)", "false"},
		{"not(null)", "null"},
		{"not(\"x\")", "null"},
		{"1 < 2", "true"},
		{"1 < \"2\"", "null"},
		{"1 < null", "null"},
		{"1 = null", "false"},
		{"null = null", "true"},
		{"1 = \"1\"", "null"},
		{"1 != 2", "true"},
		{"\"b\" > \"a\"", "true"},
		{"[1, 2] = [1, 2]", "true"},
		{"[1, 2] = [2, 1]", "false"},
		{"{a: 1, b: 2} = {b: 2, a: 1}", "true"},
		{"{a: 1} = {a: 1, b: 2}", "false"},
		{"5 between 1 and 10", "true"},
		{"5 between 6 and 10", "false"},
		{"5 between 1 and null", "null"},
		{"5 between 1 and 10 and false", "false"},
		{"if true then 1 else 2", "1"},
		{"if null then 1 else 2", "2"},
		{"if \"x\" then 1 else 2", "null"},
		{"if 1 > 2 then \"a\" else if 2 > 1 then \"b\" else \"c\"", "\"b\""},
		{"@\"2020-01-01\" < @\"2020-01-02\"", "true"},
		{"@\"P1Y\" = @\"P12M\"", "true"},
		{"@\"P1D\" = @\"PT24H\"", "true"},
		{"@\"P1Y\" = @\"P365D\"", "null"},
		{"@\"10:00:00+02:00\" = @\"09:00:00+01:00\"", "true"},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
tests_and_ranges(void **state)
{
	static const row rows[] = {
		{"1 in [1..3]", "true"},
		{"3 in [1..3)", "false"},
		{"1 in (1..3]", "false"},
		{"1 in ]1..3]", "false"},
		{"3 in [1..3[", "false"},
		{"2 in (1..3)", "true"},
		{"5 in (<3, >4)", "true"},
		{"5 in (1, 2, 5)", "true"},
		{"5 in (1, 2)", "false"},
		{"5 in <= 5", "true"},
		{"5 in > 5", "false"},
		{"5 in (!= 5)", "false"},
		{"\"b\" in [\"a\"..\"c\"]", "true"},
		{"2 in [1, 2, 3]", "true"},
		{"2 in [[1..3], [5..6]]", "true"},
		{"[1, 2] in [[1, 2], [3]]", "true"},
		{"null in (null, 1)", "true"},
		{"5 in (null..10]", "null"},
		{"5 in (<= 10)", "true"},
		{"5 in ((< 10))", "true"},
		{"[1..3]", "[1..3]"},
		{"(1..3]", "(1..3]"},
		{"]1..3[", "(1..3)"},
		{"(< 5)", "(< 5)"},
		{"(>= @\"2020-01-01\")", "(>= @\"2020-01-01\")"},
		{"[1..\"a\"]", "null"},
		{"[1..3].start", "1"},
		{"[1..3).end included", "false"},
		{"(> 5).start", "5"},
		{"(> 5).end", "null"},
		{"[1..3] = [1..3]", "true"},
		{"[1..3] = (0..3]", "false"},
		{"(< 10) = (null..10)", "false"},
		{"[1..[2, 9][2]]", "[1..9]"},
		{"]1..([2, 9][2])[", "(1..9)"},
		{"before(1, 2)", "true"},
		{"before([1..5), [5..9])", "true"},
		{"before([1..5], [5..9])", "false"},
		{"after(5, [1..5))", "true"},
		{"meets([1..5], [5..9])", "true"},
		{"met by([5..9], [1..5])", "true"},
		{"overlaps([1..5], [3..9])", "true"},
		{"overlaps([1..5), [5..9])", "false"},
		{"overlaps before([1..5], [3..9])", "true"},
		{"overlaps after([3..9], [1..5])", "true"},
		{"finishes(5, [1..5])", "true"},
		{"finishes([3..5], [1..5])", "true"},
		{"finished by([1..5], 5)", "true"},
		{"includes([1..9], [2..3])", "true"},
		{"includes([1..9), 9)", "false"},
		{"during(5, [1..9])", "true"},
		{"starts(1, [1..9])", "true"},
		{"started by([1..9], [1..3])", "true"},
		{"coincides([1..3], [1..3])", "true"},
		{"coincides(3, 3)", "true"},
		{"coincides([1..3), [1..3])", "false"},
		{"before(1, \"a\")", "null"},
		{"range(\"[1..3)\")", "[1..3)"},
		{"range(\"[date(\\\"2020-01-01\\\")..date(\\\"2020-02-01\\\")]\")",
		 "[@\"2020-01-01\"..@\"2020-02-01\"]"},
		{"range(\"[2..)\")", "(>= 2)"},
		{"range(\"(..2)\")", "(< 2)"},
		{"range(\"[..]\")", "null"},
		{"range(\"[3..1]\")", "null"},
		{"range(\"[\\\"a..b\\\"..\\\"c\\\"]\")", "[\"a..b\"..\"c\"]"},
		{"range(\"\")", "null"},
		{"range(\"[1..x]\")", "null"},
		{"range(\"now()\")", "null"},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
names(void **state)
{
	static const row rows[] = {
		{"年龄 >= 60", "true"},
		{"年龄>=60 and 残疾等级 = \"二级\"", "true"},
		{"Monthly Salary * 12", "120000"},
		{"Monthly   Salary", "10000"},
		{"Monthly // pay\nSalary", "10000"},
		{"a-b", "7"},
		{"a - b", "7"},
		{"b-a", "-2"},
		{"(a)-b", "2"},
		{"Mike's daughter", "\"Ann\""},
		{"收入（元） + 1", "801"},
		{"收入(元) + 1", "801"},
		{"is ready", "true"},
		{"if is ready then 1 else 2", "1"},
		{"年龄　＞＝　６０", "true"},
		{"年龄 ≥ 60", "true"},
		{"残疾等级 in （\"一级\"，\"二级\"）", "true"},
		{"残疾等级 in (“一级”、“二级”)", "true"},
		{"\"，（）\"", "\"，（）\""},
		{"家庭成员[年龄 > 60].姓名", "[\"甲\"]"},
		{"家庭成员[年龄 > 60 and 姓名 = \"甲\"][1].年龄", "61"},
		{"count(家庭成员[item.年龄 < 年龄])", "0"},
		{"sum(家庭成员.年龄)", "91"},
		{"date of birth.year", "1960"},
		{"{first name: \"x\", n: first name + \"y\"}.n", "\"xy\""},
		{"[{first name: \"x\"}, {first name: \"y\"}][first name = \"y\"].first name", "[\"y\"]"},
		{"{a: 1, b: a + 1, c: b * 10}.c", "20"},
		{"{\"a b\": 1}.a b", "1"},
		{"[{x: 1, y: 2}, {x: 3, y: 4}][x > 1].y", "[4]"},
		{"[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"},
		{"[{x: 1}, {x: null}].x", "[1, null]"},
		{"[{x: 1}, {y: 2}][y = 2]", "[{y: 2}]"},
		{"{姓名: 1, \"a，b\": 2, \"3c\": 3}", "{姓名: 1, \"a，b\": 2, \"3c\": 3}"},
		{"nothing.x", "null"},
		{"true", "true"},
		{"for 年龄 in [1, 2] return 年龄", "[1, 2]"},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
lists(void **state)
{
	static const row rows[] = {
		{"[1, 2, 3][1]", "1"},
		{"[1, 2, 3][-1]", "3"},
		{"[1, 2, 3][4]", "null"},
		{"[1, 2, 3][0]", "null"},
		{"5[1]", "5"},
		{"[1, 2, 3, 4][item > 2]", "[3, 4]"},
		{"[1, 2, 3, 4][even(item)]", "[2, 4]"},
		{"empty[item > 2]", "[]"},
		{"empty[1]", "null"},
		{"list contains([1, 2], 2)", "true"},
		{"list contains([1, null], null)", "true"},
		{"count([1, 2, 3])", "3"},
		{"count(1)", "1"},
		{"count(null)", "null"},
		{"min(3, 1, 2)", "1"},
		{"min([3, 1, 2])", "1"},
		{"max(\"a\", \"c\")", "\"c\""},
		{"max(@\"2020-01-01\", @\"2021-01-01\")", "@\"2021-01-01\""},
		{"max(1, \"a\")", "null"},
		{"min([])", "null"},
		{"sum(1, 2, 3)", "6"},
		{"sum([])", "null"},
		{"sum([1, null])", "null"},
		{"sum([@\"PT1H\", @\"PT2H\"])", "@\"PT3H\""},
		{"product(2, 3, 4)", "24"},
		{"mean(1, 2, 3, 4)", "2.5"},
		{"median(8, 2, 5, 3, 4)", "4"},
		{"median(6, 1, 2, 3)", "2.5"},
		{"stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"},
		{"mode(6, 3, 9, 6, 6)", "[6]"},
		{"mode([6, 1, 9, 6, 1])", "[1, 6]"},
		{"mode([])", "[]"},
		{"all([true, true])", "true"},
		{"all(true, false, null)", "false"},
		{"all([true, null])", "null"},
		{"all([])", "true"},
		{"any([false, true, null])", "true"},
		{"any([])", "false"},
		{"sublist([4, 5, 6], 2)", "[5, 6]"},
		{"sublist([4, 5, 6], 1, 2)", "[4, 5]"},
		{"sublist([4, 5, 6], -2)", "[5, 6]"},
		{"sublist([4, 5, 6], 5)", "null"},
		{"append([1], 2, 3)", "[1, 2, 3]"},
		{"concatenate([1], [2, 3])", "[1, 2, 3]"},
		{"insert before([1, 3], 1, 2)", "[2, 1, 3]"},
		{"insert before([1, 3], 9, 2)", "null"},
		{"remove([1, 2, 3], 2)", "[1, 3]"},
		{"list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"},
		{"list replace([1, 2, 3], function(item, newItem) item > 1, 9)", "[1, 9, 9]"},
		{"reverse([1, 2, 3])", "[3, 2, 1]"},
		{"index of([1, 2, 3, 2], 2)", "[2, 4]"},
		{"union([1, 2], [2, 3])", "[1, 2, 3]"},
		{"distinct values([1, 2, 3, 2, 1])", "[1, 2, 3]"},
		{"flatten([[1, [2]], [3]])", "[1, 2, 3]"},
		{"sort([3, 1, 2])", "[1, 2, 3]"},
		{"sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"},
		{"sort([{k: 2}, {k: 1}], function(x, y) x.k < y.k)", "[{k: 1}, {k: 2}]"},
		{"sort([1, \"a\"])", "null"},
		{"string join([\"a\", \"b\", null], \"-\")", "\"a-b\""},
		{"string join([\"a\", \"b\"])", "\"ab\""},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
loops_and_functions(void **state)
{
	static const row rows[] = {
		{"for i in [1, 2, 3] return i * i", "[1, 4, 9]"},
		{"for i in 1..3 return i", "[1, 2, 3]"},
		{"for i in 3..1 return i", "[3, 2, 1]"},
		{"for i in [1..3] return i", "[1, 2, 3]"},
		{"for i in [3..1] return i", "null"},
		{"for i in 1..3, j in 1..i return j", "[1, 1, 2, 1, 2, 3]"},
		{"for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"},
		{"for d in @\"2020-02-28\"..@\"2020-03-01\" return d",
		 "[@\"2020-02-28\", @\"2020-02-29\", @\"2020-03-01\"]"},
		{"for i in null return i", "null"},
		{"for i in 5 return i", "[5]"},
		{"some i in [1, 2] satisfies i > 1", "true"},
		{"some i in [] satisfies i > 1", "false"},
		{"every i in [1, 2] satisfies i > 0", "true"},
		{"every i in [1, null] satisfies i > 0", "null"},
		{"some i in [1, 2], j in [2, 3] satisfies i = j", "true"},
		{"(function(x) x + 1)(2)", "3"},
		{"(function(x: number, y: number) x - y)(y: 1, x: 5)", "4"},
		{"(function(x) x)(1, 2)", "null"},
		{"(function(x: string) x)(1)", "null"},
		{"(function(x: number) x)([1])", "1"},
		{"(function(x: list<number>) x)(1)", "[1]"},
		{"{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", "120"},
		{"{add: function(x) function(y) x + y, r: add(1)(2)}.r", "3"},
		{"(for i in [1, 2] return function() i)[2]()", "2"},
		{"(function(x) external {java: {class: \"C\", method signature: \"m()\"}})(1)", "null"},
		{"substring(start position: 2, string: \"abc\")", "\"bc\""},
		{"substring(text: \"abc\", start position: 2)", "null"},
		{"5(1)", "null"},
		{"{get: abs, r: get(-1)}.r", "1"},
		{"1 instance of number", "true"},
		{"null instance of number", "false"},
		{"null instance of Null", "true"},
		{"[1, 2] instance of list<number>", "true"},
		{"[1, \"a\"] instance of list<number>", "false"},
		{"{a: 1} instance of context<a: number>", "true"},
		{"{b: 1} instance of context<a: number>", "false"},
		{"[1..2] instance of range<number>", "true"},
		{"@\"P1D\" instance of days and time duration", "true"},
		{"(function(x: number) x) instance of function<number> -> Any", "true"},
		{"1 + 1 instance of number", "null"},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
strings(void **state)
{
	static const row rows[] = {
		{"string length(\"残疾人\")", "3"},
		{"string length(\"\\uD83D\\uDC0E\")", "1"},
		{"string length(\"\\U01F40E\")", "1"},
		{"substring(\"残疾人证\", 3)", "\"人证\""},
		{"substring(\"foobar\", -2, 1)", "\"a\""},
		{"substring(\"foobar\", 3, 3)", "\"oba\""},
		{"substring(\"foobar\", 0)", "null"},
		{"substring(\"foobar\", 3.8)", "\"obar\""},
		{"upper case(\"aBc4é\")", "\"ABC4É\""},
		{"upper case(\"Maß\")", "\"MASS\""},
		{"lower case(\"ABC\")", "\"abc\""},
		{"substring before(\"foobar\", \"bar\")", "\"foo\""},
		{"substring before(\"foobar\", \"x\")", "\"\""},
		{"substring after(\"foobar\", \"ob\")", "\"ar\""},
		{"substring after(\"foobar\", \"x\")", "\"\""},
		{"contains(\"foobar\", \"ob\")", "true"},
		{"starts with(\"foobar\", \"fo\")", "true"},
		{"ends with(\"foobar\", \"x\")", "false"},
		{"contains(1, \"a\")", "null"},
		{"matches(\"foobar\", \"^fo*b\")", "true"},
		{"matches(\"a\\nb\", \"a.b\")", "false"},
		{"matches(\"a\\nb\", \"a.b\", \"s\")", "true"},
		{"matches(\"ABC\", \"b\", \"i\")", "true"},
		{"matches(\"a\", \"[a-z-[aeiou]]\")", "false"},
		{"matches(\"b\", \"[a-z-[aeiou]]\")", "true"},
		{"matches(\"_x\", \"^\\i\\c*$\")", "true"},
		{"matches(\"abab\", \"(ab)\\1\")", "true"},
		{"matches(\"a\", \"(?=a)\")", "null"},
		{"matches(\"a\", \"[\")", "null"},
		{"matches(\"a\", \"a\", \"z\")", "null"},
		{"matches(\"中文\", \"\\p{IsCJKUnifiedIdeographs}+\")", "true"},
		{"matches(\"a.b\", \"a.b\", \"q\")", "true"},
		{"matches(\"axb\", \"a.b\", \"q\")", "false"},
		{"replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""},
		{"replace(\"a.b.c\", \"\\.\", \"-\")", "\"a-b-c\""},
		{"replace(\"abc\", \"b\", \"\\\\$\")", "\"a$c\""},
		{"replace(\"abc\", \"b\", \"$\")", "null"},
		{"split(\"John Doe\", \"\\s\")", "[\"John\", \"Doe\"]"},
		{"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"},
		{"split(\"abc\", \"x\")", "[\"abc\"]"},
		{"string([1, \"a\", null])", "\"[1, \\\"a\\\", null]\""},
		{"string({a: \"b\"})", "\"{a: \\\"b\\\"}\""},
		{"string(@\"2020-01-01\")", "\"2020-01-01\""},
		{"string(true)", "\"true\""},
		{"\"tab\\there\"", "\"tab\\there\""},
		{"\"a\\d\"", "\"a\\\\d\""},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
dates(void **state)
{
	static const row rows[] = {
		{"date(\"2024-02-29\")", "@\"2024-02-29\""},
		{"date(\"2023-02-29\")", "null"},
		{"date(2024, 2, 29)", "@\"2024-02-29\""},
		{"date(@\"2024-02-29T10:00:00\")", "@\"2024-02-29\""},
		{"date(\"-0044-03-15\").year", "-44"},
		{"time(\"10:11:12\")", "@\"10:11:12\""},
		{"time(10, 11, 12, @\"PT8H\")", "@\"10:11:12+08:00\""},
		{"time(10, 11, 12.5)", "@\"10:11:12.5\""},
		{"time(24, 0, 0)", "null"},
		{"date and time(@\"2024-01-31\", @\"10:00:00\")", "@\"2024-01-31T10:00:00\""},
		{"date and time(\"2024-01-31T24:00:00\")", "@\"2024-02-01T00:00:00\""},
		{"date and time(2024, 1, 31, 10, 0, 0)", "@\"2024-01-31T10:00:00\""},
		{"date and time(2024, 1, 31, 10, 0, 0, @\"-PT5H\")", "@\"2024-01-31T10:00:00-05:00\""},
		{"duration(\"P1DT2H\")", "@\"P1DT2H\""},
		{"duration(\"P1Y2M\")", "@\"P1Y2M\""},
		{"duration(\"P1Y2D\")", "null"},
		{"duration(\"PT\")", "null"},
		{"duration(\"P\")", "null"},
		{"duration(\"PT0.5S\")", "@\"PT0.5S\""},
		{"duration(\"-PT90M\")", "@\"-PT1H30M\""},
		{"@\"2024-01-31\" + @\"P1M\"", "@\"2024-02-29\""},
		{"@\"2024-03-31\" - @\"P1M\"", "@\"2024-02-29\""},
		{"@\"2024-01-31\" + @\"P1D\"", "@\"2024-02-01\""},
		{"@\"P1D\" + @\"2024-01-31\"", "@\"2024-02-01\""},
		{"@\"2024-03-01\" - @\"2024-02-01\"", "@\"P29D\""},
		{"@\"2024-01-01T00:00:00Z\" - @\"2024-01-01T00:00:00+08:00\"", "@\"PT8H\""},
		{"@\"2024-01-01T00:00:00\" - @\"2024-01-01T00:00:00Z\"", "null"},
		{"@\"23:00:00\" + @\"PT2H\"", "@\"01:00:00\""},
		{"@\"10:00:00\" - @\"09:30:00\"", "@\"PT30M\""},
		{"@\"P1D\" * 1.5", "@\"P1DT12H\""},
		{"2 * @\"P1Y6M\"", "@\"P3Y\""},
		{"@\"P1Y\" / 2", "@\"P6M\""},
		{"@\"P2D\" / @\"PT12H\"", "4"},
		{"@\"P1D\" + @\"P1Y\"", "null"},
		{"-@\"P1D\"", "@\"-P1D\""},
		{"years and months duration(@\"2011-12-22\", @\"2013-08-24\")", "@\"P1Y8M\""},
		{"@\"2024-01-31\".weekday", "3"},
		{"@\"2024-01-31T10:20:30.5\".second", "30.5"},
		{"@\"10:20:30+08:00\".time offset", "@\"PT8H\""},
		{"@\"P1DT2H3M4S\".hours", "2"},
		{"@\"P1Y2M\".months", "2"},
		{"@\"2024-01-31\".hour", "null"},
		{"day of year(@\"2024-12-31\")", "366"},
		{"day of week(@\"2024-01-31\")", "\"Wednesday\""},
		{"month of year(@\"2024-01-31\")", "\"January\""},
		{"week of year(@\"2021-01-03\")", "53"},
		{"week of year(@\"2024-12-31\")", "1"},
		{"now()", "@\"2024-06-10T14:13:20.123+08:00\""},
		{"today()", "@\"2024-06-10\""},
		{"today() - date of birth > @\"P20000D\"", "true"},
		{"is(@\"10:00:00Z\", @\"11:00:00+01:00\")", "false"},
		{"@\"2024-01-01T10:00:00@UTC\"", "@\"2024-01-01T10:00:00@UTC\""},
		{"@\"2024-01-01T10:00:00@Mars/Base\"", "null"},
		{"@\"999999999-12-31\" + @\"P1D\"", "null"},
	};

	(void)state;
	check(rows, LEN(rows));
}

static void
contexts(void **state)
{
	static const row rows[] = {
		{"{}", "{}"},
		{"{a: 1, a: 2}", "null"},
		{"{a: {b: 2}}.a.b", "2"},
		{"get value({a: 1}, \"a\")", "1"},
		{"get value({a: {b: 2}}, [\"a\", \"b\"])", "2"},
		{"get value({a: 1}, \"x\")", "null"},
		{"get entries({a: 1})", "[{key: \"a\", value: 1}]"},
		{"context([{key: \"a\", value: 1}])", "{a: 1}"},
		{"context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null"},
		{"context put({a: 1}, \"b\", 2)", "{a: 1, b: 2}"},
		{"context put({a: 1}, \"a\", 2)", "{a: 2}"},
		{"context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"},
		{"context merge([{a: 1, b: 1}, {b: 2}])", "{a: 1, b: 2}"},
		{"{\"a:b\": 1}", "{\"a:b\": 1}"},
	};

	(void)state;
	check(rows, LEN(rows));
}

/* a cell, the subject, the answer */
static void
unary_tests(void **state)
{
	static const struct {
		const char *cell, *subject, *want;
	} rows[] = {
		{"-", "null", "true"},
		{"5", "5", "true"},
		{"5", "6", "false"},
		{"< 5", "4", "true"},
		{"<5, >10", "7", "false"},
		{"<5, >10", "11", "true"},
		{"[1..3]", "3", "true"},
		{"not(5)", "5", "false"},
		{"not([1..3], 7)", "5", "true"},
		{"not(< 5)", "null", "null"},
		{"\"一级\", \"二级\"", "\"二级\"", "true"},
		{"\"一级\"、\"二级\"", "\"二级\"", "true"},
		{"? > 5 and ? < 9", "7", "true"},
		{"? > 5", "3", "false"},
		{"contains(?, \"a\")", "\"cat\"", "true"},
		{"not(contains(?, \"a\"))", "\"cat\"", "false"},
		{"true", "true", "true"},
		{"true", "false", "false"},
		{"false", "false", "true"},
		{"null", "null", "true"},
		{"null", "1", "false"},
		{"[1, 2]", "2", "true"},
		{"[1, 2]", "[1, 2]", "true"},
		{"a", "5", "true"},
		{"> a - 1", "5", "true"},
		{"@\"2024-01-01\"", "@\"2024-01-01\"", "true"},
		{"{a: 1}", "{a: 1}", "true"},
		{"every x in ? satisfies x > 0", "[1, 2]", "true"},
	};
	fixture x = begin();
	feel_env env = env_of(&x);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		feel_expr *cell, *subject;
		fault f = {0};
		feel_value s, v;
		buf b = buf_in(x.a);
		assert_int_equal(
			feel_parse(x.a, &f, str_of(rows[i].subject), NULL, FEEL_EXPRESSION, &subject), RC_OK);
		assert_int_equal(feel_eval(x.a, &f, subject, &env, &s), RC_OK);
		if (feel_parse(x.a, &f, str_of(rows[i].cell), x.names, FEEL_UNARY_TESTS, &cell) != RC_OK)
			fail_msg("%s: %.*s", rows[i].cell, STR_ARG(fault_print(x.a, &f)));
		assert_int_equal(feel_test(x.a, &f, cell, &env, s, &v), RC_OK);
		feel_print(&b, v);
		if (!str_eq(buf_str(&b), str_of(rows[i].want)))
			fail_msg("%s of %s gives %.*s", rows[i].cell, rows[i].subject, STR_ARG(buf_str(&b)));
	}
	arena_close(x.a);
}

static int64_t
argument(const fault *f, const char *name)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, name) == 0)
			return f->arg[i].i;
	return -1;
}

static void
refused_with_place(void **state)
{
	static const struct {
		const char *text, *id;
		int line, column;
	} rows[] = {
		{"", "feel.syntax.end", 1, 1},
		{"1 +", "feel.syntax.end", 1, 4},
		{"1 2", "feel.syntax.more", 1, 3},
		{"(1", "feel.syntax.close", 1, 3},
		{"[1, 2", "feel.syntax.list", 1, 6},
		{"{a 1}", "feel.syntax.context", 1, 5},
		{"if 1 then 2", "feel.syntax.else", 1, 12},
		{"for x in 1", "feel.syntax.return", 1, 11},
		{"年龄 > 未知名称", "feel.name.unknown", 1, 6},
		{"年龄 ＞\n  nope", "feel.name.unknown", 2, 3},
		{"\"abc", "feel.syntax.operand", 1, 1},
		{"@\"2024-13-01\"", "feel.syntax.temporal", 1, 1},
		{"\"\\ud800\"", "feel.syntax.escape", 1, 1},
		{"1 instance of nonsense", "feel.type.unknown", 1, 15},
		{"a between 1", "feel.syntax.between", 1, 12},
		{"1 = = 2", "feel.syntax.operand", 1, 5},
		{"f(", "feel.name.unknown", 1, 1},
		{"[1..", "feel.syntax.end", 1, 5},
	};
	fixture x = begin();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		feel_expr *e;
		fault f = {0};
		assert_int_equal(feel_parse(x.a, &f, str_of(rows[i].text), x.names, FEEL_EXPRESSION, &e),
				 RC_INVALID);
		if (strcmp(f.id, rows[i].id) != 0 || argument(&f, "line") != rows[i].line ||
		    argument(&f, "column") != rows[i].column)
			fail_msg("%s: %.*s", rows[i].text, STR_ARG(fault_print(x.a, &f)));
	}
	arena_close(x.a);
}

static str
repeated(arena *a, const char *part, size_t n, const char *tail)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < n; i++)
		buf_put(&b, str_of(part));
	buf_put(&b, str_of(tail));
	return buf_str(&b);
}

/* Each of these would hang, overflow the stack or take all memory without a limit. */
static void
limits_hold(void **state)
{
	static const char *const endless[] = {
		"for i in 1..1000000000 return i",
		"for i in 1..100000, j in 1..100000 return 1",
		"every i in 1..1000000000 satisfies true",
		"{f: function(n) f(n + 1), r: f(1)}.r",
		"{f: function(n) f(n) + f(n), r: f(1)}.r",
		"{f: function(a, n) if n = 0 then a else f(concatenate(a, a), n - 1), r: f([1, 2], 60)}.r",
		"{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f(\"ab\", 60)}.r",
		"sort(for i in 1..100000 return i, function(x, y) count(for k in 1..1000 return k) > 0)",
	};
	fixture x = begin();
	feel_expr *e;
	fault f = {0};
	feel_value v;

	(void)state;
	for (size_t i = 0; i < LEN(endless); i++) {
		arena *a = arena_open(NULL, (size_t)32 << 20);
		feel_env env = env_of(&x);
		env.steps_max = 2000000;
		assert_int_equal(feel_parse(a, &f, str_of(endless[i]), x.names, FEEL_EXPRESSION, &e), RC_OK);
		rc r = feel_eval(a, &f, e, &env, &v);
		if (r != RC_LIMIT)
			fail_msg("%s gives %d", endless[i], (int)r);
		arena_close(a);
	}
	static const char *const deep[] = {"(",   "[",    "{a:",  "-(",     "f(",
					   "if ", "[1..", "not(", "x in (", "function() "};
	for (size_t i = 0; i < LEN(deep); i++)
		assert_int_not_equal(
			feel_parse(x.a, &f, repeated(x.a, deep[i], 50000, "1"), NULL, FEEL_EXPRESSION, &e),
			RC_OK);
	assert_int_equal(feel_parse(x.a, &f, repeated(x.a, "1+", 100000, "1"), NULL, FEEL_EXPRESSION, &e),
			 RC_LIMIT);
	assert_int_equal(
		feel_parse(x.a, &f, repeated(x.a, "\"0123456789\",", 200000, ""), NULL, FEEL_EXPRESSION, &e),
		RC_LIMIT);
	arena_close(x.a);
}

/* What is first read as a list of tests, or as a filter, and then as something else: 2^60 attempts if each
 * were made again whenever what stands around it is. */
static void
what_was_tried_in_vain_is_not_tried_again(void **state)
{
	fixture x = begin();
	feel_expr *e;
	fault f = {0};
	buf deep = buf_in(x.a);

	(void)state;
	buf_put(&deep, repeated(x.a, "1 in (", 60, "1"));
	buf_put(&deep, repeated(x.a, ")+1", 60, ""));
	assert_int_equal(feel_parse(x.a, &f, buf_str(&deep), NULL, FEEL_EXPRESSION, &e), RC_OK);
	buf_clear(&deep);
	buf_put(&deep, repeated(x.a, "1 in [1..", 60, "2"));
	buf_put(&deep, repeated(x.a, "[", 60, ""));
	assert_int_equal(feel_parse(x.a, &f, buf_str(&deep), NULL, FEEL_EXPRESSION, &e), RC_OK);
	arena_close(x.a);
}

/* A pattern that backtracks for ever is stopped, a value nested by a loop prints within bounds. */
static void
patterns_and_printing_are_bounded(void **state)
{
	fixture x = begin();
	str s = value_text(&x, "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"(a|aa|aaa)+$\")");

	(void)state;
	assert_true(str_eq(s, STR("null")) || str_eq(s, STR("false")));
	s = value_text(&x, "string length(string(for i in 1..5000 return [partial])) > 0");
	assert_true(str_eq(s, STR("true")) || str_eq(s, STR("null")) || str_starts(s, STR("feel.limit")));
	s = value_text(&x, "{l: for i in 1..300 return [partial], r: l = l}.r");
	assert_true(str_eq(s, STR("true")) || str_eq(s, STR("null")) || str_starts(s, STR("feel.limit")));
	arena_close(x.a);
}

static void
only_slots_that_are_used_are_asked(void **state)
{
	fixture x = begin();
	feel_expr *e;
	fault f = {0};
	feel_env env = env_of(&x);
	feel_value v;
	const uint32_t *slot;

	(void)state;
	str text = STR("if 年龄 > 60 then Monthly Salary else a-b");
	assert_int_equal(feel_parse(x.a, &f, text, x.names, FEEL_EXPRESSION, &e), RC_OK);
	assert_int_equal(feel_expr_slots(e, &slot), 3);
	assert_int_equal(feel_eval(x.a, &f, e, &env, &v), RC_OK);
	assert_int_equal(x.asked, 1u << 0 | 1u << 2);
	arena_close(x.a);
}

static void
nulls_tell_why(void **state)
{
	static const feel_reason never = {.id = "person.never_asked"};
	fixture x = begin();
	feel_expr *e;
	fault f = {0};
	feel_reports reports = {0};
	feel_env env = env_of(&x);
	feel_value v;

	(void)state;
	env.reports = &reports;
	x.value[0] = feel_null(&never);
	assert_int_equal(feel_parse(x.a, &f, STR("1 +\n (年龄 + 1) * 2"), x.names, FEEL_EXPRESSION, &e),
			 RC_OK);
	assert_int_equal(feel_eval(x.a, &f, e, &env, &v), RC_OK);
	assert_int_equal(v.kind, FEEL_NULL);
	assert_ptr_equal(v.why, &never);
	assert_int_equal(feel_parse(x.a, &f, STR("1 +\n  1 / 0"), x.names, FEEL_EXPRESSION, &e), RC_OK);
	assert_int_equal(feel_eval(x.a, &f, e, &env, &v), RC_OK);
	assert_string_equal(v.why->id, "feel.number.zero");
	assert_int_equal(v.why->at.line, 2);
	assert_int_equal(v.why->at.column, 5);
	assert_int_equal(reports.n, 1);
	arena_close(x.a);
}

static void
full_width_signs_are_noticed(void **state)
{
	fixture x = begin();
	feel_expr *e;
	fault f = {0};
	const feel_notice *n;

	(void)state;
	assert_int_equal(feel_parse(x.a, &f, STR("年龄＞60 and\n残疾等级 in （“一级”，\"，\"）"), x.names,
				    FEEL_EXPRESSION, &e),
			 RC_OK);
	assert_int_equal(feel_expr_notices(e, &n), 6);
	assert_true(str_eq(n[0].sign, STR("＞")));
	assert_int_equal(n[0].at.column, 3);
	assert_int_equal(n[1].at.line, 2);
	assert_true(str_eq(feel_expr_text(e), STR("年龄>60 and\n残疾等级 in (\"一级\",\"，\")")));
	arena_close(x.a);
}

static void
constants_suit_a_type_or_not(void **state)
{
	static const struct {
		const char *text, *type;
		feel_mode mode;
		bool suits;
	} rows[] = {
		{"350", "number", FEEL_EXPRESSION, true},
		{"\"350\"", "number", FEEL_EXPRESSION, false},
		{"null", "number", FEEL_EXPRESSION, true},
		{"年龄", "string", FEEL_EXPRESSION, false},
		{"x", "string", FEEL_EXPRESSION, true},
		{"[1, 2]", "number", FEEL_EXPRESSION, true},
		{"[1, \"a\"]", "number", FEEL_EXPRESSION, false},
		{"date(\"2025-07-01\")", "date and time", FEEL_EXPRESSION, true},
		{"-", "number", FEEL_UNARY_TESTS, true},
		{"\"一级\", \"二级\"", "string", FEEL_UNARY_TESTS, true},
		{"\"一级\", 2", "string", FEEL_UNARY_TESTS, false},
		{"not(3)", "string", FEEL_UNARY_TESTS, false},
		{"< 60", "string", FEEL_UNARY_TESTS, false},
		{"[1..9]", "number", FEEL_UNARY_TESTS, true},
		{"[\"a\"..\"b\"]", "number", FEEL_UNARY_TESTS, false},
		{"? * 2 > 3", "number", FEEL_UNARY_TESTS, true},
		{"年龄 > 60", "string", FEEL_UNARY_TESTS, true},
		{"true", "boolean", FEEL_UNARY_TESTS, true},
		{"true", "number", FEEL_UNARY_TESTS, false},
		{"null", "string", FEEL_UNARY_TESTS, true},
	};
	arena *a = arena_open(NULL, 0);
	feel_scope *names = feel_scope_open(a);

	(void)state;
	feel_scope_add(names, STR("年龄"), 0, feel_type_named(STR("number")));
	feel_scope_add(names, STR("x"), 1, NULL);
	for (size_t i = 0; i < LEN(rows); i++) {
		fault f = {0};
		feel_expr *e = NULL;
		assert_int_equal(feel_parse(a, &f, str_of(rows[i].text), names, rows[i].mode, &e), RC_OK);
		if (feel_expr_suits(e, feel_type_named(str_of(rows[i].type))) != rows[i].suits)
			fail_msg("%s and %s", rows[i].text, rows[i].type);
	}
	arena_close(a);
}

static void
json(void **state)
{
	static const row rows[] = {
		{"{a: 1.50, b: [true, null, \"x\\\"y\"], c: @\"2024-01-31\"}",
		 "{\"a\": 1.50, \"b\": [true, null, \"x\\\"y\"], \"c\": \"2024-01-31\"}"},
		{"[1..3)", "\"[1..3)\""},
		{"@\"P1DT2H\"", "\"P1DT2H\""},
	};
	fixture x = begin();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		feel_expr *e;
		fault f = {0};
		feel_env env = env_of(&x);
		feel_value v;
		buf b = buf_in(x.a);
		assert_int_equal(feel_parse(x.a, &f, str_of(rows[i].text), NULL, FEEL_EXPRESSION, &e), RC_OK);
		assert_int_equal(feel_eval(x.a, &f, e, &env, &v), RC_OK);
		feel_print_json(&b, v);
		if (!str_eq(buf_str(&b), str_of(rows[i].want)))
			fail_msg("%s gives %.*s", rows[i].text, STR_ARG(buf_str(&b)));
	}
	arena_close(x.a);
}

/* What is printed reads back as an equal value. */
static void
printing_round_trips(void **state)
{
	static const char *const texts[] = {
		"1.50",
		"\"a\\n\\\"b\\\"\"",
		"[1, [2, null]]",
		"{a: 1, \"b c\": {d: true}}",
		"@\"2024-01-31T10:00:00.5+08:00\"",
		"@\"-P1Y2M\"",
		"(1..3]",
		"(>= \"x\")",
		"@\"10:00:00Z\"",
		"[@\"2024-01-01\"..@\"2024-02-01\")",
	};
	fixture x = begin();

	(void)state;
	for (size_t i = 0; i < LEN(texts); i++) {
		str once = value_text(&x, texts[i]);
		str twice = value_text(&x, cstr(x.a, once));
		assert_true(str_eq(once, twice));
		str equal = value_text(&x, cstr(x.a, str_fmt(x.a, "(%.*s) = (%s)", STR_ARG(once), texts[i])));
		if (texts[i][0] != '(' && !str_eq(equal, STR("true")))
			fail_msg("%s prints as %.*s, which is not equal", texts[i], STR_ARG(once));
	}
	arena_close(x.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(logic),
		cmocka_unit_test(tests_and_ranges),
		cmocka_unit_test(names),
		cmocka_unit_test(lists),
		cmocka_unit_test(loops_and_functions),
		cmocka_unit_test(strings),
		cmocka_unit_test(dates),
		cmocka_unit_test(contexts),
		cmocka_unit_test(unary_tests),
		cmocka_unit_test(refused_with_place),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(what_was_tried_in_vain_is_not_tried_again),
		cmocka_unit_test(patterns_and_printing_are_bounded),
		cmocka_unit_test(only_slots_that_are_used_are_asked),
		cmocka_unit_test(nulls_tell_why),
		cmocka_unit_test(full_width_signs_are_noticed),
		cmocka_unit_test(constants_suit_a_type_or_not),
		cmocka_unit_test(json),
		cmocka_unit_test(printing_round_trips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
