/* yaml_test.c - the tree with its lines, the plain part of YAML only, typed accessors. */
#include "io/yaml.h"

#include "base/buf.h"
#include "base/date.h"
#include "io/io_test.h"

enum { MAX = 1 << 20 };

static const yaml *
parse(arena *a, str s)
{
	fault f = {0};
	const yaml *v = NULL;

	check_ok(&f, yaml_parse(a, &f, STR("a.yaml"), s, MAX, &v));
	return v;
}

static int64_t
arg(const fault *f, const char *name)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, name) == 0)
			return f->arg[i].i;
	return -1;
}

static void
keeps_order_and_lines(void **state)
{
	const yaml *v =
		parse(*state, STR("# c\nname: {zh: 助听器, en: Hearing aid}\nsteps:\n  - accept\n  - 'no'\n"
				  "days: 20\nempty:\nnote: |\n  一\n  二\n"));
	const yaml *steps = yaml_find(v, STR("steps"));
	fault f = {0};
	str zh = {0}, en = {0}, note = {0};

	assert_int_equal(v->n, 5);
	check_str(v->key[1].text, STR("steps"));
	assert_int_equal(v->key[2].line, 6);
	assert_int_equal(steps->item[1].line, 5);
	assert_int_equal(steps->item[1].column, 5);
	check_str(steps->item[1].text, STR("no"));
	assert_true(steps->item[1].quoted);
	check_ok(&f, yaml_need_pair(&f, v, STR("name"), &zh, &en));
	check_str(zh, STR("助听器"));
	check_str(en, STR("Hearing aid"));
	check_ok(&f, yaml_need_text(&f, v, STR("note"), &note));
	check_str(note, STR("一\n二\n"));
	assert_null(yaml_find(v, STR("empty")));
	check_fault(&f, yaml_need_text(&f, v, STR("empty"), &note), RC_INVALID, "yaml.missing");
}

static void
refuses_bad_files(void **state)
{
	static const struct {
		str text;
		const char *id;
		int64_t line;
	} row[] = {
		{STR(""), "yaml.empty", -1},
		{STR("# only a remark\n"), "yaml.empty", -1},
		{STR("a: 1\n b: 2\n"), "yaml.syntax", 2},
		{STR("a: 'x\n"), "yaml.syntax", 2},
		{STR("a:\n\tb: 1\n"), "yaml.syntax", 2},
		{STR("a: 1\nb: \xff\n"), "yaml.encoding", 2},
		{STR("a: 1\nb: \x01\n"), "yaml.encoding", 2},
		{STR("a: \xed\xa0\x80\n"), "yaml.encoding", 1},
		{STR("a: 1\nb: 2\na: 3\n"), "yaml.duplicate", 3},
		{STR("x:\n  ? [a]\n  : 1\n"), "yaml.key", 2},
		{STR("'': 1\n"), "yaml.key", 1},
		{STR("a: &x 1\nb: *x\n"), "yaml.feature", 1},
		{STR("a: *x\n"), "yaml.feature", 1},
		{STR("a: !!int 1\n"), "yaml.feature", 1},
		{STR("a: ! x\n"), "yaml.feature", 1},
		{STR("a: !t [1]\n"), "yaml.feature", 1},
		{STR("a: &m {b: 1}\n"), "yaml.feature", 1},
		{STR("%YAML 1.1\n---\na: 1\n"), "yaml.feature", 1},
		{STR("a: 1\n---\nb: 1\n"), "yaml.feature", 2},
	};
	fault f = {0};
	const yaml *v = NULL;

	for (size_t i = 0; i < LEN(row); i++) {
		assert_int_equal(yaml_parse(*state, &f, STR("a.yaml"), row[i].text, MAX, &v), RC_INVALID);
		assert_int_equal(arg(&f, "line"), row[i].line);
		check_fault(&f, RC_INVALID, RC_INVALID, row[i].id);
	}
	check_fault(&f, yaml_parse(*state, &f, STR("a"), STR("a: 1"), 3, &v), RC_LIMIT, "yaml.size");
}

static void
refuses_depth(void **state)
{
	arena *a = *state;
	buf b = buf_in(a);
	fault f = {0};
	const yaml *v = NULL;

	for (int i = 0; i < 100000; i++)
		buf_c(&b, '[');
	check_fault(&f, yaml_parse(a, &f, STR("a"), buf_str(&b), MAX, &v), RC_LIMIT, "yaml.depth");
	buf_clear(&b);
	for (int i = 0; i < YAML_DEPTH; i++)
		buf_c(&b, '[');
	for (int i = 0; i < YAML_DEPTH; i++)
		buf_c(&b, ']');
	check_ok(&f, yaml_parse(a, &f, STR("a"), buf_str(&b), MAX, &v));
}

static void
types_are_the_schemas(void **state)
{
	static const str words[] = {STR("working"), STR("calendar")},
			 known[] = {STR("i"), STR("b"), STR("d")};
	const yaml *v = parse(*state, STR("i: 0x10\nb: no\nd: 2025-02-29\nw: weekly\nq: \"\"\nl: [1]\ngood:\n"
					  "  {i: -5, b: true, d: 2024-02-29, w: calendar}\n"));
	const yaml *good = yaml_find(v, STR("good")), *list = NULL;
	fault f = {0};
	int64_t i = 0;
	int32_t d = 0;
	bool b = false;
	size_t w = 0;
	str s = {0};

	check_fault(&f, yaml_need_int(&f, v, STR("i"), 0, 99, &i), RC_INVALID, "yaml.int");
	check_fault(&f, yaml_need_bool(&f, v, STR("b"), &b), RC_INVALID, "yaml.bool");
	check_fault(&f, yaml_need_day(&f, v, STR("d"), &d), RC_INVALID, "yaml.day");
	check_fault(&f, yaml_need_choice(&f, v, STR("w"), words, 2, &w), RC_INVALID, "yaml.choice");
	check_fault(&f, yaml_need_text(&f, v, STR("q"), &s), RC_INVALID, "yaml.text");
	check_fault(&f, yaml_need_text(&f, v, STR("l"), &s), RC_INVALID, "yaml.kind");
	assert_int_equal(yaml_only(&f, v, known, LEN(known)), RC_INVALID);
	assert_int_equal(arg(&f, "line"), 4);
	check_fault(&f, RC_INVALID, RC_INVALID, "yaml.unknown");

	check_ok(&f, yaml_need_int(&f, good, STR("i"), -5, 5, &i));
	check_ok(&f, yaml_need_bool(&f, good, STR("b"), &b));
	check_ok(&f, yaml_need_day(&f, good, STR("d"), &d));
	check_ok(&f, yaml_need_choice(&f, good, STR("w"), words, 2, &w));
	assert_true(i == -5 && b && w == 1 && d == date_from_ymd(2024, 2, 29));
	check_fault(&f, yaml_need_int(&f, good, STR("i"), 0, 5, &i), RC_INVALID, "yaml.int");
	check_ok(&f, yaml_opt_list(&f, v, STR("none"), &list));
	assert_int_equal(list->n, 0);
	check_ok(&f, yaml_opt_list(&f, v, STR("l"), &list));
	assert_int_equal(list->n, 1);
	check_fault(&f, yaml_opt_list(&f, v, STR("b"), &list), RC_INVALID, "yaml.kind");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keeps_order_and_lines),
		TEST(refuses_bad_files),
		TEST(refuses_depth),
		TEST(types_are_the_schemas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
