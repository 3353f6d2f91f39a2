/* place_names_test.c - a name is kept for a minute, and only its own. */
#include "web/place_names.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { NOW = 1000000, MANY = 20000 };

static void
a_name_is_kept_for_a_minute(void **state)
{
	arena *a = arena_open(NULL, 0);
	place_names *p = place_names_open(a);
	str name;

	(void)state;
	assert_false(place_names_find(p, a, 420106001001, NOW, &name));
	place_names_keep(p, 420106001001, NOW, STR("湖北省武汉市武昌区"));
	assert_true(place_names_find(p, a, 420106001001, NOW + PLACE_NAMES_MS - 1, &name));
	assert_true(str_eq(name, STR("湖北省武汉市武昌区")));
	assert_false(place_names_find(p, a, 420106001001, NOW + PLACE_NAMES_MS, &name));
	assert_false(place_names_find(p, a, 420106001001, NOW - 1, &name));
	assert_false(place_names_find(p, a, 420106001002, NOW, &name));
	assert_false(place_names_find(p, a, 0, NOW, &name));
	arena_close(a);
}

static void
many_names_are_never_taken_for_another(void **state)
{
	arena *a = arena_open(NULL, 0);
	place_names *p = place_names_open(a);
	size_t kept = 0;

	(void)state;
	for (int64_t i = 1; i <= MANY; i++)
		place_names_keep(p, i, NOW, str_fmt(a, "%lld", (long long)i));
	for (int64_t i = 1; i <= MANY; i++) {
		str name;
		if (!place_names_find(p, a, i, NOW, &name))
			continue;
		assert_true(str_eq(name, str_fmt(a, "%lld", (long long)i)));
		kept++;
	}
	assert_in_range(kept, 1, MANY - 1);
	char *text = arena_alloc(a, PLACE_NAMES_MAX + 1);
	memset(text, 'x', PLACE_NAMES_MAX + 1);
	str name;
	place_names_keep(p, MANY + 1, NOW, (str){text, PLACE_NAMES_MAX + 1});
	assert_false(place_names_find(p, a, MANY + 1, NOW, &name));
	place_names_keep(p, MANY + 1, NOW, (str){text, PLACE_NAMES_MAX});
	assert_true(place_names_find(p, a, MANY + 1, NOW, &name));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_kept_for_a_minute),
		cmocka_unit_test(many_names_are_never_taken_for_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
