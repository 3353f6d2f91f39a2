/* layers_test.c - which folder is a layer of which policy, where. */
#include "app/policy/layers.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(folders_name_their_places),
					   cmocka_unit_test(misplaced_folders_are_refused)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
