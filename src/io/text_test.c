/* text_test.c - encodings found and decoded, what is not text refused. */
#include "io/text.h"

#include "io/io_test.h"

enum { MAX = 1 << 20 };

static void
decodes(void **state)
{
	static const struct {
		str bytes;
		text_coding coding;
		str text;
	} row[] = {
		{STR(""), TEXT_UTF8, STR("")},
		{STR("姓名,abcdefgh\r\n"), TEXT_UTF8, STR("姓名,abcdefgh\r\n")},
		{STR("\xef\xbb\xbf姓名"), TEXT_UTF8_BOM, STR("姓名")},
		{STR("\xd0\xd5\xc3\xfb,a\n"), TEXT_GB18030, STR("姓名,a\n")},
		{STR("\x82\x35\x87\x38\xd0\xd5"), TEXT_GB18030, STR("䶵姓")}, /* four bytes: U+4DB5 */
		{STR("\xff\xfe\xd3\x59\x3d\xd8\x00\xde"), TEXT_UTF16LE, STR("姓😀")},
		{STR("\xfe\xff\x59\xd3\xd8\x3d\xde\x00"), TEXT_UTF16BE, STR("姓😀")},
		{STR("abc\x1a"), TEXT_UTF8, STR("abc\x1a")},
	};
	fault f = {0};

	for (size_t i = 0; i < LEN(row); i++) {
		str text = {0};
		text_coding found = TEXT_UTF8;
		check_ok(&f, text_decode(*state, &f, row[i].bytes, MAX, &found, &text));
		assert_int_equal(found, row[i].coding);
		check_str(text, row[i].text);
	}
}

static void
refuses(void **state)
{
	static const struct {
		str bytes;
		const char *id;
	} row[] = {
		{STR("PK\x03\x04"), "text.binary"},
		{STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "text.binary"},
		{STR("a\0b"), "text.binary"},
		{STR("\xff\xfe\x00\x00"), "text.binary"},
		{STR("\xff\xfe\x3d"), "text.encoding"},           /* half a unit */
		{STR("\xff\xfe\x3d\xd8"), "text.encoding"},       /* half a pair */
		{STR("\xff\xfe\x00\xde\x61\0"), "text.encoding"}, /* the second half alone */
		{STR("\xff\xfe\x3d\xd8\x61\0"), "text.encoding"},
		{STR("\xef\xbb\xbf\xff"), "text.encoding"},
		{STR("\xff\xff\xff"), "text.encoding"},
		{STR("\xd0"), "text.encoding"},
	};
	fault f = {0};
	str text = {0};

	for (size_t i = 0; i < LEN(row); i++)
		check_fault(&f, text_decode(*state, &f, row[i].bytes, MAX, NULL, &text), RC_INVALID,
			    row[i].id);
	check_fault(&f, text_decode(*state, &f, STR("abc"), 2, NULL, &text), RC_LIMIT, "text.size");
}

static void
knows_utf8(void **state)
{
	static const struct {
		str s;
		size_t bad; /* SIZE_MAX: all good */
	} row[] = {
		{STR("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
		 SIZE_MAX},
		{STR("12345678\xc1\x81"), 8},
		{STR("\xe0\x9f\xbf"), 0},
		{STR("a\xed\xa0\x80"), 1},
		{STR("\xf0\x8f\xbf\xbf"), 0},
		{STR("\xf4\x90\x80\x80"), 0},
		{STR("\xf5\x80\x80\x80"), 0},
		{STR("ab\xe4\xb8"), 2},
		{STR("\x80"), 0},
	};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		size_t bad = SIZE_MAX;
		assert_int_equal(text_is_utf8(row[i].s, &bad), row[i].bad == SIZE_MAX);
		assert_true(bad == row[i].bad);
	}
	assert_int_equal(text_guess(STR("ab\xe4\xb8"), true), TEXT_UTF8); /* cut inside a character */
	assert_int_equal(text_guess(STR("ab\xe4\xb8"), false), TEXT_GB18030);
	assert_int_equal(text_guess(STR("ab\xd0\xd5\xc3"), true), TEXT_GB18030);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decodes),
		TEST(refuses),
		TEST(knows_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
