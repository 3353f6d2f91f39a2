/* compare_test.c - what differs between two versions of a policy, in words. */
#include "app/policy/compare.h"

#include "app/policy/sample.h"

static void
compared(void **state, const policy *was, const policy *now, policy_changes *out)
{
	feel_zones zones = {.a = *state};
	feel_env env = {.zones = &zones, .now = feel_instant(0, 0)};
	fault f = {0};

	if (policy_compare(*state, &f, MSG_ZH, was, now, &env, out) != RC_OK)
		fail_msg("%s", cstr(*state, fault_print(*state, &f)));
}

static const policy *
sample(void **state)
{
	return sample_policy(*state, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);
}

/* Is it said once, in this part? */
static void
says(const policy_changes *all, policy_part part, const char *words)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->v[i].part == part && str_eq(all->v[i].words, str_of(words));
	for (size_t i = 0; n != 1 && i < all->n; i++)
		print_error("%d %.*s\n", (int)all->v[i].part, STR_ARG(all->v[i].words));
	assert_int_equal(n, 1);
}

static void
nothing_differs_from_itself(void **state)
{
	policy_changes all;

	compared(state, sample(state), sample(state), &all);
	assert_int_equal(all.n, 0);
}

static void
a_cell_says_from_what_to_what_and_who_gets_something_else(void **state)
{
	const char *dmn = sample_edit(*state, SAMPLE_DMN, "<text>80</text>", "<text>90</text>");
	policy_changes all;

	compared(state, sample(state), sample_policy(*state, dmn, SAMPLE_CITATIONS, SAMPLE_TESTS), &all);
	assert_int_equal(all.n, 2);
	says(&all, POLICY_PART_TABLES, "“补贴”的 R2 行：“补贴”由“80”改为“90”。");
	says(&all, POLICY_PART_RESULTS, "“丙”：“补贴”由“80”变为“90”。");
}

static void
rows_come_go_and_change_places(void **state)
{
	const char *without = sample_edit(*state, SAMPLE_DMN, "id=\"R4\"", "id=\"R5\"");
	const char *tests = sample_edit(*state, SAMPLE_TESTS, "R4", "R5");
	policy_changes all;

	compared(state, sample(state), sample_policy(*state, without, SAMPLE_CITATIONS, tests), &all);
	says(&all, POLICY_PART_TABLES, "“补贴”新加 R5 行：其他，结果 0。");
	says(&all, POLICY_PART_TABLES, "“补贴”去掉 R4 行：其他，结果 0。");
	says(&all, POLICY_PART_PERSONS, "测试人“丁”的情况或者应得的结果改了。");
	assert_int_equal(all.n, 3);
	const char *first = sample_edit(*state, SAMPLE_DMN, "id=\"R1\"", "id=\"R0\"");
	first = sample_edit(*state, first, "id=\"R2\"", "id=\"R1\"");
	first = sample_edit(*state, first, "id=\"R0\"", "id=\"R2\"");
	compared(state, sample(state),
		 sample_policy(*state, first, SAMPLE_CITATIONS,
			       "测试人,残疾等级,收入,补贴\n甲,二级,1,120.50\n"),
		 &all);
	says(&all, POLICY_PART_TABLES, "“补贴”各行的次序改了，现在是：R2 R1 R3 R4。");
	says(&all, POLICY_PART_PERSONS, "去掉测试人“乙”。");
}

static void
what_is_told_of_a_row_and_the_law(void **state)
{
	const char *dmn = sample_edit(*state, SAMPLE_DMN, "confidence=\"B\"", "confidence=\"C\"");
	const char *laws = sample_edit(*state, SAMPLE_CITATIONS, "三四级", "三级和四级");
	policy_changes all;

	compared(state, sample(state), sample_policy(*state, dmn, laws, SAMPLE_TESTS), &all);
	says(&all, POLICY_PART_TABLES, "“补贴”的 R2 行：“可信度”由“B”改为“C”。");
	assert_int_equal(all.n, 2);
	assert_int_equal(all.v[1].part, POLICY_PART_LAWS);
	assert_true(str_starts(all.v[1].words, STR("依据 law-2 改了。")));
}

static int
setup(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
teardown(void **state)
{
	arena_close(*state);
	return 0;
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_differs_from_itself), T(a_cell_says_from_what_to_what_and_who_gets_something_else),
		T(rows_come_go_and_change_places), T(what_is_told_of_a_row_and_the_law)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
