/* qr_test.c - the marks that every code has, its size by its text, and the SVG of the same squares. */
#include "io/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* The square of seven with its ring, whose upper left corner is at x, y. */
static void
assert_finder(const qr *q, int32_t x, int32_t y)
{
	for (int32_t i = 0; i < 7; i++) {
		for (int32_t k = 0; k < 7; k++) {
			bool ring = i == 1 || i == 5 || k == 1 || k == 5;
			bool edge = i == 0 || i == 6 || k == 0 || k == 6;
			assert_int_equal(qr_dark(q, x + k, y + i), edge || !ring);
		}
	}
}

static void
a_code_has_its_three_corners(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	qr q;

	(void)state;
	assert_int_equal(qr_make(a, &f, STR("https://example.org/case/440106-2025-000123-7"), &q), RC_OK);
	assert_int_equal(q.size, 33); /* version 4: 46 bytes want more than the 42 of version 3 */
	assert_finder(&q, 0, 0);
	assert_finder(&q, q.size - 7, 0);
	assert_finder(&q, 0, q.size - 7);
	for (int32_t i = 8; i < q.size - 8; i++) /* the timing lines between them */
		assert_int_equal(qr_dark(&q, i, 6), i % 2 == 0);
	arena_close(a);
}

static void
what_does_not_fit_is_refused(void **state)
{
	arena *a = arena_open(NULL, 0);
	char *text = arena_alloc(a, 3000);
	fault f = {0};
	qr q;

	(void)state;
	memset(text, 'x', 3000);
	assert_int_equal(qr_make(a, &f, (str){text, 2331}, &q), RC_OK);
	assert_int_equal(q.size, 177);
	assert_int_equal(qr_make(a, &f, (str){text, 2332}, &q), RC_LIMIT);
	assert_string_equal(f.id, "qr.long");
	assert_int_equal(qr_make(a, &f, STR(""), &q), RC_LIMIT);
	assert_int_equal(qr_make(a, &f, STR("残疾人\0也在内"), &q), RC_OK);
	arena_close(a);
}

/* The lengths of the runs in the path add up to the dark squares. */
static void
the_svg_has_the_same_squares(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	int64_t dark = 0, drawn = 0;
	qr q;

	(void)state;
	assert_int_equal(qr_make(a, &f, STR("助残"), &q), RC_OK);
	str svg = qr_svg(a, &q, STR("进度 <\"&> 二维码"));
	assert_true(str_starts(
		svg, STR("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" role=\"img\" "
			 "aria-label=\"进度 &lt;&quot;&amp;> 二维码\"")));
	assert_true(str_ends(svg, STR("\"/></svg>")));
	for (int32_t i = 0; i < q.size * q.size; i++)
		dark += q.dark[i];
	str rest = str_from(svg, (size_t)str_find(svg, STR("<path d=\"")));
	for (ptrdiff_t at; (at = str_find_char(rest, 'h')) >= 0;) {
		rest = str_from(rest, (size_t)at + 1);
		drawn += strtol(cstr(a, rest), NULL, 10);
	}
	assert_int_equal(drawn, dark);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_has_its_three_corners),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(the_svg_has_the_same_squares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
