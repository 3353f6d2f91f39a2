/* words_test.c - the words of the code lists in English. */
#include "io/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void
each_is_found_by_its_word(void **state)
{
	(void)state;
	assert_true(words_n > 100);
	for (size_t i = 0; i < words_n; i++)
		assert_true(str_eq(words_english(words_all[i].zh), words_all[i].en));
	assert_true(str_eq(words_english(STR("一级")), STR("Level 1")));
	assert_int_equal(words_english(STR("一级的")).n, 0);
	assert_int_equal(words_english(STR("")).n, 0);
}

static void
what_means_two_things_is_not_there(void **state)
{
	(void)state;
	assert_int_equal(words_english(STR("冻结")).n, 0); /* a state, and a transaction */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_found_by_its_word),
		cmocka_unit_test(what_means_two_things_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
