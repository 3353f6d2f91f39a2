/* policy_test.c - a policy's folder: what is read, and every way in which it can be wrong. */
#include "app/policy/policy.h"

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
		{"<text>&lt; 1000</text>", "<text>&lt; 1000 +</text>", "feel.syntax.end"},
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_is_read),
		cmocka_unit_test(what_is_wrong_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
