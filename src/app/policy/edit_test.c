/* edit_test.c - one thing of a policy's files changed, and nothing else. */
#include "app/policy/edit.h"

#include "app/policy/sample.h"
#include "base/msg.h"

#define FILE_NAME STR("policy.dmn")

typedef struct desk {
	arena *a;
	fault f;
	edit_table t;
	normal_changes changes;
	edit_wrongs wrong;
} desk;

static desk
opened(void **state)
{
	desk k = {.a = *state};

	if (edit_table_read(k.a, &k.f, FILE_NAME, STR(SAMPLE_DMN), STR("补贴"), &k.t) != RC_OK)
		fail_msg("%s", cstr(k.a, fault_print(k.a, &k.f)));
	return k;
}

/* The cells of a new row: what is asked, what it gives, and what is told by default. */
static str *
cells(desk *k, const char *level, const char *income, const char *amount)
{
	str *v = arena_array(k->a, str, k->t.g.columns.n);

	for (size_t i = 0; i < k->t.g.columns.n; i++)
		v[i] = STR("");
	v[0] = str_of(level);
	v[1] = str_of(income);
	v[2] = str_of(amount);
	return v;
}

static str
written(desk *k)
{
	str dmn;

	if (edit_table_write(k->a, &k->f, FILE_NAME, &k->t, &k->wrong, &dmn) != RC_OK)
		fail_msg("%s", cstr(k->a, fault_print(k->a, &k->f)));
	return dmn;
}

static void
one_cell_changes_one_line(void **state)
{
	desk o = opened(state), *k = &o;
	str before = written(k), line, after;
	size_t differ = 0;

	k->t.g.rows.v[edit_row_find(&k->t, STR("R2"))].cell[2] = STR("90");
	after = written(k);
	for (str x = before, y = after, other; str_next(&x, '\n', &line) && str_next(&y, '\n', &other);)
		differ += !str_eq(line, other);
	assert_int_equal(differ, 1);
	assert_true(str_find(after, STR("<text>90</text>")) > 0);
}

static void
a_row_is_added_moved_and_removed(void **state)
{
	desk o = opened(state), *k = &o;

	assert_int_equal(edit_row_add(k->a, &k->f, &k->t, STR("R5"), 2, cells(k, "-", "null", "null")),
			 RC_OK);
	assert_int_equal(edit_row_find(&k->t, STR("R5")), 2);
	assert_true(edit_row_move(&k->t, 2, -1));
	assert_true(edit_row_move(&k->t, 1, -1));
	assert_false(edit_row_move(&k->t, 0, -1));
	assert_false(edit_row_move(&k->t, 4, 1));
	str dmn = written(k);
	assert_true(str_find(dmn, STR("<rule id=\"R5\"")) < str_find(dmn, STR("<rule id=\"R1\"")));
	edit_row_remove(&k->t, 0);
	assert_int_equal(edit_row_find(&k->t, STR("R5")), SIZE_MAX);
	assert_true(str_find(written(k), STR("R5")) < 0);
}

static void
an_id_is_asked_for_and_is_never_used_twice(void **state)
{
	desk o = opened(state), *k = &o;
	str *v = cells(k, "-", "-", "1");

	assert_int_equal(edit_row_add(k->a, &k->f, &k->t, STR(""), 0, v), RC_INVALID);
	assert_string_equal(k->f.id, "policy.edit.id");
	fault_clear(&k->f);
	assert_int_equal(edit_row_add(k->a, &k->f, &k->t, STR("a b"), 0, v), RC_INVALID);
	fault_clear(&k->f);
	/* nor one that an input or the table has */
	for (size_t i = 0; i < 3; i++) {
		static const char *const used[] = {"R1", "i1", "t1"};
		assert_int_equal(edit_row_add(k->a, &k->f, &k->t, str_of(used[i]), 0, v), RC_INVALID);
		assert_string_equal(k->f.id, "policy.edit.id_twice");
		assert_true(str_eq(k->f.field, STR("id")));
		fault_clear(&k->f);
	}
	assert_int_equal(k->t.g.rows.n, 4);
}

static void
all_that_is_wrong_is_told_with_its_place(void **state)
{
	desk o = opened(state), *k = &o;
	str *v = cells(k, "一级", "< (1000", "1,000");

	edit_cells_check(k->a, &k->t, v, &k->changes, &k->wrong);
	assert_int_equal(k->wrong.n, 2);
	assert_int_equal(k->wrong.v[0].field, 1);
	assert_true(str_starts(str_of(k->wrong.v[0].why->id), STR("feel.syntax.")));
	assert_int_equal(k->wrong.v[1].field, 2);
	assert_string_equal(k->wrong.v[1].why->id, "policy.edit.grouped");
	/* a text where a number belongs, and nothing where something must stand */
	k->wrong.n = 0;
	v = cells(k, "\"一级\"", "\"多\"", "");
	edit_cells_check(k->a, &k->t, v, &k->changes, &k->wrong);
	assert_int_equal(k->wrong.n, 2);
	assert_string_equal(k->wrong.v[0].why->id, "policy.edit.type");
	assert_string_equal(k->wrong.v[1].why->id, "policy.edit.blank");
	/* a name that nobody knows is found when it is put into the model, and is the cell's */
	k->wrong.n = 0;
	str dmn;
	k->t.g.rows.v[1].cell[0] = STR("一级");
	assert_int_equal(edit_table_write(k->a, &k->f, FILE_NAME, &k->t, &k->wrong, &dmn), RC_INVALID);
	assert_null(k->f.id);
	assert_int_equal(k->wrong.n, 1);
	assert_int_equal(k->wrong.v[0].field, 0);
}

static void
full_width_signs_are_rewritten_and_told(void **state)
{
	desk o = opened(state), *k = &o;
	str *v = cells(k, "“一级”，“二级”", "＞ 2000", "０");

	edit_cells_check(k->a, &k->t, v, &k->changes, &k->wrong);
	assert_int_equal(k->wrong.n, 0);
	assert_true(str_eq(v[1], STR("> 2000")));
	assert_true(k->changes.n >= 3);
	assert_true(str_eq(k->changes.v[0].place, STR("残疾等级")));
}

static void
words_and_law_of_a_row_come_and_go(void **state)
{
	desk o = opened(state), *k = &o;
	size_t r = edit_row_find(&k->t, STR("R1")), n = k->t.g.columns.n;
	str dmn;

	for (size_t i = 0; i < n; i++) {
		if (str_eq(k->t.g.columns.v[i].heading, STR("supersedes")))
			k->t.g.rows.v[r].cell[i] = STR("R2");
		if (str_eq(k->t.g.columns.v[i].heading, STR("confidence")))
			k->t.g.rows.v[r].cell[i] = STR("");
	}
	dmn = written(k);
	assert_true(str_find(dmn, STR("supersedes=\"R2\"")) > 0);
	assert_true(str_find(dmn, STR("confidence=\"A\"")) < 0);
	assert_true(str_find(dmn, STR("published=\"2026-01-02\"")) > 0);
}

static void
persons_go_out_as_they_came_in(void **state)
{
	const policy *p = sample_policy(*state, SAMPLE_DMN, SAMPLE_CITATIONS, SAMPLE_TESTS);
	edit_persons v;
	fault f = {0};

	assert_int_equal(edit_persons_read(*state, &f, p, STR(SAMPLE_TESTS), &v), RC_OK);
	assert_int_equal(v.person.n, 5);
	str out = edit_persons_write(*state, &v);
	assert_true(str_eq(out, STR(SAMPLE_TESTS)));
	v.person.v[0][5] = STR("逗号,和\"引号\"");
	out = edit_persons_write(*state, &v);
	assert_true(str_find(out, STR("R1,\"逗号,和\"\"引号\"\"\"\n")) > 0);
	/* from nothing: what nobody fills is no column */
	assert_int_equal(edit_persons_read(*state, &f, p, STR(""), &v), RC_OK);
	assert_true(str_eq(edit_persons_write(*state, &v), STR("测试人\n")));
}

static void
an_article_is_its_lines(void **state)
{
	static const char text[] = "# 抬头\n"
				   "documents:\n"
				   "  one:\n"
				   "    name: {zh: 甲, en: A}\n"
				   "  # 下一个\n"
				   "  two: {name: {zh: 乙, en: B}, number: 样〔2026〕1号}\n"
				   "\n"
				   "articles:\n"
				   "  a: {document: one, says: {zh: 子, en: x}}\n"
				   "  # 关于 b\n"
				   "  b:\n"
				   "    document: two\n"
				   "    says: {zh: 丑, en: y}\n";
	str laws = str_of(text);
	edit_article x;
	fault f = {0};
	str out;

	assert_int_equal(edit_article_read(*state, &f, laws, STR("b"), &x), RC_OK);
	assert_true(str_eq(x.document, STR("two")));
	x.zh = STR("丑\"寅\"");
	assert_int_equal(edit_article_put(*state, &f, laws, &x, &out), RC_OK);
	assert_true(str_ends(out, STR("  # 关于 b\n"
				      "  b: {document: two, says: {zh: \"丑\\\"寅\\\"\", en: \"y\"}}\n")));
	assert_int_equal(edit_article_read(*state, &f, out, STR("b"), &x), RC_OK);
	assert_true(str_eq(x.zh, STR("丑\"寅\"")));
	/* a new one, with a new document */
	x = (edit_article){.id = STR("c"),
			   .document = STR("three"),
			   .anew = true,
			   .title_zh = STR("丙"),
			   .title_en = STR("C"),
			   .zh = STR("卯"),
			   .en = STR("z"),
			   .unsourced = true};
	assert_int_equal(edit_article_put(*state, &f, laws, &x, &out), RC_OK);
	assert_true(str_find(out, STR("号}\n  three: {name: {zh: \"丙\", en: \"C\"}}\n\narticles:\n")) > 0);
	assert_true(str_ends(out, STR("en: \"z\"}, unsourced: true}\n")));
	assert_int_equal(edit_article_remove(*state, &f, laws, STR("a"), &out), RC_OK);
	assert_true(str_find(out, STR("articles:\n  # 关于 b\n  b:")) > 0);
	assert_int_equal(edit_article_remove(*state, &f, laws, STR("zz"), &out), RC_NOT_FOUND);
	x.id = STR("1 x");
	assert_int_equal(edit_article_put(*state, &f, laws, &x, &out), RC_INVALID);
	fault_clear(&f);
	x.id = STR("d");
	x.document = STR("two");
	assert_int_equal(edit_article_put(*state, &f, laws, &x, &out), RC_INVALID);
	assert_string_equal(f.id, "policy.edit.id_twice");
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
	const struct CMUnitTest tests[] = {T(one_cell_changes_one_line),
					   T(a_row_is_added_moved_and_removed),
					   T(an_id_is_asked_for_and_is_never_used_twice),
					   T(all_that_is_wrong_is_told_with_its_place),
					   T(full_width_signs_are_rewritten_and_told),
					   T(words_and_law_of_a_row_come_and_go),
					   T(persons_go_out_as_they_came_in),
					   T(an_article_is_its_lines)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
