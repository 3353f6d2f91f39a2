/* parts_test.c - the row of pages, and the words between things. */
#include "web/parts.h"

#include "base/msg.h"
#include "locale/msg_ids.h"

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

/* English puts a blank after a comma and around a word; the files of messages cannot end with one. */
static void
test_english_words_stand_apart(void **state)
{
	arena *a = arena_open(NULL, 0);

	(void)state;
	assert_true(str_eq(msg_text(a, MSG_EN, MSG_SERVICES_COMMA, NULL), STR(", ")));
	assert_true(str_eq(msg_text(a, MSG_EN, MSG_SERVICES_OR, NULL), STR(" or ")));
	assert_true(str_eq(msg_text(a, MSG_ZH, MSG_SERVICES_COMMA, NULL), STR("、")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_row_of_pages),
					   cmocka_unit_test(test_english_words_stand_apart)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
