/* parameter_test.c - the nearest division and the latest day win, past days stay, and every fault of the
 * file. */
#include "app/parameter/parameter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/date.h"
#include "io/pack.h"

typedef struct bench {
	arena *a;
	fault f;
	const catalogue *fields;
} bench;

static int
open_bench(void **state)
{
	arena *a = arena_open(NULL, 0);
	bench *b = arena_new(a, bench);

	b->a = a;
	*state = b;
	return catalogue_load(a, &b->f, &pack_all, &b->fields) == RC_OK ? 0 : -1;
}

static int
close_bench(void **state)
{
	arena_close(((bench *)*state)->a);
	return 0;
}

static const parameters *
load(bench *b, const char *text)
{
	const parameters *all = NULL;

	if (parameters_load(b->a, &b->f, b->fields, STR("test.yaml"), str_of(text), &all) != RC_OK)
		fail_msg("%s", cstr(b->a, fault_print(b->a, &b->f)));
	return all;
}

static void
refused(bench *b, const char *text, const char *id)
{
	const parameters *all = NULL;

	assert_int_equal(parameters_load(b->a, &b->f, b->fields, STR("test.yaml"), str_of(text), &all),
			 RC_INVALID);
	assert_string_equal(b->f.id, id);
}

#define BASIS ", basis: {zh: 文, en: Text, article: \"1\"}}\n"
#define HEAD  "years:\n  name: {zh: 年数, en: Years}\n  number: [1, 50]\n  values:\n"

static int64_t
at(bench *b, const parameters *all, int64_t region, int32_t y, int32_t m, int32_t d)
{
	int64_t n = -1;
	rc r = parameter_need(all, &b->f, "years", region, date_from_ymd(y, m, d), &n);

	return r == RC_OK ? n : -1;
}

static void
the_nearest_and_the_latest_holds(void **state)
{
	bench *b = *state;
	const parameters *all = load(b, HEAD "    - {from: 2018-01-01, value: 10" BASIS
					     "    - {from: 2024-01-01, value: 12" BASIS
					     "    - {at: 44, from: 2020-05-01, value: 5" BASIS
					     "    - {at: 440103, from: 2022-01-01, value: 6" BASIS
					     "    - {at: \"440103001\", from: 2022-01-01, value: 7" BASIS);

	assert_int_equal(at(b, all, 420106001001, 2019, 1, 1), 10);
	assert_int_equal(at(b, all, 420106001001, 2024, 1, 1), 12);
	assert_int_equal(at(b, all, 440103002001, 2020, 4, 30), 10); /* as it was then */
	assert_int_equal(at(b, all, 440103002001, 2020, 5, 1), 5);
	assert_int_equal(at(b, all, 440103002001, 2025, 1, 1),
			 6); /* nearer than the later one of the country */
	assert_int_equal(at(b, all, 440103001002, 2025, 1, 1), 7);
	assert_int_equal(at(b, all, 440104001001, 2025, 1, 1), 5);
	assert_int_equal(at(b, all, 440104001001, 2017, 12, 31), -1);
	assert_string_equal(b->f.id, "parameter.none");
	assert_int_equal(at(b, NULL, 440104001001, 2025, 1, 1), -1);
	const parameter_value *v = parameter_at(parameter_find(all, STR("years")), 110000000000, 20000);
	assert_true(str_eq(v->article, STR("1")) && str_eq(v->zh, STR("文")));
	assert_null(parameter_find(all, STR("days")));
}

static void
faults_of_the_file_are_named(void **state)
{
	bench *b = *state;

	refused(b, HEAD "    - {from: 2018-01-01, value: 51" BASIS, "yaml.int");
	refused(b, HEAD "    - {from: 2018-02-30, value: 5" BASIS, "yaml.day");
	refused(b, HEAD "    - {at: 441, from: 2018-01-01, value: 5" BASIS, "parameter.at");
	refused(b, HEAD "    - {at: Gz, from: 2018-01-01, value: 5" BASIS, "parameter.at");
	refused(b, HEAD "    - {from: 2018-01-01, value: 5}\n", "yaml.missing");
	refused(b, HEAD "    - {from: 2018-01-01, value: 5, until: 2019-01-01" BASIS, "yaml.unknown");
	refused(b, HEAD "    - {from: 2018-01-01, value: 5" BASIS "    - {from: 2018-01-01, value: 6" BASIS,
		"parameter.twice");
	refused(b, "years:\n  name: {zh: 年数, en: Years}\n  values: []\n", "parameter.type");
	refused(b, "years:\n  name: {zh: 年数, en: Years}\n  number: 5\n  values: []\n", "parameter.type");
	refused(b, "years:\n  name: {zh: 年数, en: Years}\n  code: castles\n  values: []\n",
		"parameter.type");
	refused(b,
		"card:\n  name: {zh: 卡, en: Card}\n  code: generation\n  values:\n"
		"    - {from: 2018-01-01, value: \"9\"" BASIS,
		"parameter.code");
}

/* Does a shipped service speak of it? */
static bool
is_spoken_of(bench *b, const parameter *p)
{
	str word = str_cat(b->a, STR("参数."), p->word), name, text;

	for (size_t i = 0; p->word.n && pack_each(&pack_all, STR("services/"), &i, &name);) {
		assert_int_equal(pack_find(&pack_all, b->a, name, &text), RC_OK);
		if (str_find(text, word) >= 0)
			return true;
	}
	return false;
}

/* What the program reads is in the file that it carries, for the whole country today. */
static void
the_shipped_ones_are_there(void **state)
{
	static const char *const read[] = {"card_years", "card_generation", "card_collect_days",
					   "min_assessors", "second_review_levels"};
	bench *b = *state;
	int64_t n = 0;
	str text;

	assert_int_equal(pack_find(&pack_all, b->a, STR("lists/parameters.yaml"), &text), RC_OK);
	const parameters *all = load(b, cstr(b->a, text));
	for (size_t i = 0; i < LEN(read); i++)
		assert_int_equal(parameter_need(all, &b->f, read[i], 650000000000, 20779, &n), RC_OK);
	for (size_t i = 0; i < all->n; i++) { /* none that nobody reads */
		str id = all->v[i].id;
		bool waits = str_starts(id, STR("assess_age_")) || str_starts(id, STR("assess_months_"));
		bool is_read = waits || is_spoken_of(b, &all->v[i]); /* of a category: app/kase/named.c */
		for (size_t k = 0; k < LEN(read); k++)
			is_read = is_read || str_eq(id, str_of(read[k]));
		if (!is_read)
			fail_msg("nobody reads %s", cstr(b->a, id));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_nearest_and_the_latest_holds, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(faults_of_the_file_are_named, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(the_shipped_ones_are_there, open_bench, close_bench),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
