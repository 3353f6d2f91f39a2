/* asset_test.c - the files inside the program: found, whole, and the same when unpacked. */
#include "web/asset.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "web/assets.h"

static void
test_found_by_address_only(void **state)
{
	(void)state;
	const web_asset *css = asset_find(STR(ASSET_THEME_CSS));

	assert_non_null(css);
	assert_string_equal(css->path, ASSET_THEME_CSS);
	assert_string_equal(css->type, "text/css; charset=utf-8");
	assert_null(asset_find(STR("/assets/theme.css")));
	assert_null(asset_find(STR("")));
	assert_null(asset_find(STR(ASSET_THEME_CSS "/")));
}

static void
test_every_file(void **state)
{
	(void)state;
	size_t n = 0;

	for (const web_asset *x = web_assets; x->path; x++, n++) {
		assert_true(x->n > 0 && x->bytes);
		assert_true(str_starts(str_of(x->path), STR("/assets/")));
		assert_int_equal(x->etag[0], '"');
		assert_int_equal(strlen(x->etag), 18);
		if (!x->gz)
			continue;
		assert_true(x->gzn < x->n);
		assert_int_equal(x->gz[0], 0x1f);
		assert_int_equal(x->gz[1], 0x8b);
		const uint8_t *len = x->gz + x->gzn - 4; /* a gzip ends with the length of what it holds */
		assert_int_equal(len[0] | len[1] << 8 | len[2] << 16, x->n);
	}
	assert_int_equal(n, 9);
}

/* The pages ask for GOV.UK's own type and crest nowhere: they are not ours to serve. */
static void
test_no_foreign_pictures_or_fonts(void **state)
{
	(void)state;
	for (const web_asset *x = web_assets; x->path; x++) {
		assert_false(str_ends(str_of(x->path), STR(".woff2")));
		assert_true(str_find(str_of(x->path), STR("crest")) < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found_by_address_only),
		cmocka_unit_test(test_every_file),
		cmocka_unit_test(test_no_foreign_pictures_or_fonts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
