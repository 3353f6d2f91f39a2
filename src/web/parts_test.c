/* parts_test.c - the row of pages. */
#include "web/parts.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
check(int64_t current, int64_t pages, const char *want)
{
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a);
	tpl_list_page_link links = page_links(a, current, pages);

	for (size_t i = 0; i < links.n; i++) {
		if (links.v[i].number)
			buf_fmt(&b, links.v[i].current ? "[%d]" : " %d ", (int)links.v[i].number);
		else
			buf_lit(&b, " … ");
	}
	assert_string_equal(cstr(a, buf_str(&b)), want);
	arena_close(a);
}

static void
test_the_row_of_pages(void **state)
{
	(void)state;
	check(1, 0, "");
	check(1, 1, "[1]");
	check(1, 2, "[1] 2 ");
	check(2, 3, " 1 [2] 3 ");
	check(1, 9, "[1] 2  …  9 ");
	check(4, 9, " 1  2  3 [4] 5  …  9 ");
	check(5, 9, " 1  …  4 [5] 6  …  9 ");
	check(6, 9, " 1  …  5 [6] 7  8  9 ");
	check(9, 9, " 1  …  8 [9]");
	check(500000, 1000000, " 1  …  499999 [500000] 500001  …  1000000 ");
	check(7, 3, " 1  2 [3]");
	check(0, 2, "[1] 2 ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_row_of_pages)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
