/* cookie_test.c - modes survive their cookie. How cookies go out is tested on the wire in web_test.c. */
#include "web/cookie.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
modes_survive_the_cookie(void **state)
{
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (int i = 0; i < 3 * 2 * 3; i++) {
		web_modes m = {.size = (text_size)(i % 3), .contrast = i / 3 % 2, .has_lang = i / 6 > 0};
		m.lang = i / 6 == 2 ? MSG_EN : MSG_ZH;
		web_modes back = modes_read(modes_write(a, m));
		assert_int_equal(back.size, m.size);
		assert_int_equal(back.contrast, m.contrast);
		assert_int_equal(back.has_lang, m.has_lang);
		assert_int_equal(back.lang, m.lang);
	}
	web_modes m = modes_read(STR("huge.contrast..fr.\"><script>"));
	assert_true(m.contrast && m.size == TEXT_NORMAL && !m.has_lang);
	arena_close(a);
}

static void
wishes(void **state)
{
	arena *a = arena_open(NULL, 0);
	web_modes m = {0};

	(void)state;
	assert_int_equal(modes_classes(a, m).n, 0);
	assert_true(modes_set(&m, STR("text-xlarge")) && modes_set(&m, STR("contrast-high")));
	assert_true(str_eq(modes_classes(a, m), STR("zc-xlarge zc-contrast")));
	assert_true(modes_set(&m, STR("text-large")) && modes_set(&m, STR("contrast-normal")));
	assert_true(str_eq(modes_classes(a, m), STR("zc-large")));
	assert_true(modes_set(&m, STR("text-normal")) && modes_set(&m, STR("lang-en")));
	assert_true(str_eq(modes_write(a, m), STR("en")));
	assert_true(modes_set(&m, STR("lang-zh")) && m.lang == MSG_ZH && m.has_lang);
	assert_false(modes_set(&m, STR("lang-fr")));
	assert_false(modes_set(&m, STR("")));
	assert_true(m.lang == MSG_ZH);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(modes_survive_the_cookie),
					   cmocka_unit_test(wishes)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
