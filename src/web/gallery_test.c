/* gallery_test.c - every page of the gallery in both languages: whole, posted forms carry their keys, one
 * main part, and the parts have their words in English. */
#include "web/gallery.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static size_t
count(str s, str what)
{
	size_t n = 0;

	for (ptrdiff_t at = 0; (at = str_find(s, what)) >= 0; n++)
		s = str_from(s, (size_t)at + what.n);
	return n;
}

static void
check_page(str page, msg_lang lang)
{
	size_t posts = count(page, STR(" method=\"post\""));

	assert_true(str_starts(page, STR("<!doctype html>\n<html lang=\"")));
	assert_true(str_ends(page, STR("</html>\n")) || str_ends(page, STR("</html>\n\n")));
	assert_int_equal(count(page, STR("<main ")), 1);
	assert_int_equal(count(page, STR("<h1 ")), 1);
	assert_true(posts >= 2); /* how pages look, and signing out */
	assert_int_equal(count(page, STR("name=\"csrf\" value=\"c\"")), posts);
	assert_int_equal(count(page, STR("name=\"request-key\" value=\"k")), posts);
	assert_int_equal(count(page, STR("name=\"request-key\" value=\"kAA\"")), 1); /* each form its own */
	assert_int_equal(count(page, lang == MSG_EN ? STR("<html lang=\"en\"") : STR("<html lang=\"zh-CN\"")),
			 1);
	assert_int_equal(count(page, STR("{")) - count(page, STR("%{count}")), 0);
}

static void
test_every_page(void **state)
{
	(void)state;
	for (msg_lang lang = MSG_ZH; lang < MSG_LANGS; lang++) {
		for (const char *const *name = gallery_names; *name; name++) {
			arena *a = arena_open(NULL, 0);
			check_page(gallery_page(a, str_of(*name), (gallery_look){.lang = lang}), lang);
			arena_close(a);
		}
	}
}

/* No Han on an English page but the button that leads to Chinese. */
static void
test_english_is_english(void **state)
{
	(void)state;
	static const char *const without_names[] = {"home", "question", "errors", "tasks", "receipt"};

	for (size_t i = 0; i < LEN(without_names); i++) {
		arena *a = arena_open(NULL, 0);
		str page = gallery_page(a, str_of(without_names[i]), (gallery_look){.lang = MSG_EN});
		size_t han = 0;
		for (size_t k = 0; k < page.n; k++)
			han += (unsigned char)page.p[k] >= 0xe4 && (unsigned char)page.p[k] <= 0xe9;
		assert_int_equal(han, 2); /* 中文 */
		arena_close(a);
	}
}

static void
test_looks_are_classes(void **state)
{
	(void)state;
	arena *a = arena_open(NULL, 0);
	str page = gallery_page(a, STR("home"), (gallery_look){.text_size = STR("xlarge"), .contrast = true});

	assert_int_equal(count(page, STR("class=\"govuk-template zc-xlarge zc-contrast\"")), 1);
	assert_int_equal(count(page, STR("value=\"text-normal\" aria-pressed=\"true\"")), 1);
	assert_int_equal(count(page, STR("value=\"contrast-normal\" aria-pressed=\"true\"")), 1);
	assert_int_equal(count(page, STR("value=\"text-large\" aria-pressed=\"false\"")), 1);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_page),
		cmocka_unit_test(test_english_is_english),
		cmocka_unit_test(test_looks_are_classes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
