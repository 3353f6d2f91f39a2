/* search_test.c - a service is found by what people call it. */
#include "web/public/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"

static const str also[] = {STR("办残疾证"), STR("disability card")};
static const search_text certificate = {.name = STR("残疾人证新办"),
					.also = also,
					.nalso = 2,
					.body = STR("是残疾类别和等级的合法凭证，有效期十年。")};

static int
fits(const char *query)
{
	arena *a = arena_open(NULL, 0);
	int n = search_fits(a, str_of(query), &certificate);

	arena_close(a);
	return n;
}

static void
a_service_is_found_by_what_people_call_it(void **state)
{
	(void)state;
	assert_int_equal(fits("残疾人证"), fits("残疾人证新办"));
	assert_true(fits("残疾人证") > fits("残疾证"));
	assert_true(fits("残疾证") > fits("canjirenzheng"));
	assert_true(fits("canjirenzheng") > 0);
	assert_int_equal(fits("Can Ji Ren"), fits("canjiren"));
	assert_true(fits("Disability  CARD") > 0);
	assert_true(fits("怎么办残疾证") > 0); /* a whole question */
	assert_true(fits("合法凭证") > 0);
	assert_true(fits("canjirenzheng") > fits("合法凭证"));
}

static void
what_is_something_else_is_not_found(void **state)
{
	(void)state;
	assert_int_equal(fits(""), 0);
	assert_int_equal(fits("  ，"), 0);
	assert_int_equal(fits("护理补贴"), 0);
	assert_int_equal(fits("残集人正"), 0); /* the same sounds, other characters */
	assert_int_equal(fits("butie"), 0);
	assert_int_equal(fits("<script>"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_service_is_found_by_what_people_call_it),
					   cmocka_unit_test(what_is_something_else_is_not_found)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
