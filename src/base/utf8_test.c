/* utf8_test.c - what may enter, what it becomes, how it is counted and cut. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <utf8proc.h>

static void
valid_by_the_standard(void **state)
{
	static const struct {
		str s;
		bool ok;
	} row[] = {
		{STR(""), true},
		{STR("助残 Zhucan"), true},
		{STR("\xf0\xa0\xae\xb7"), true},  /* U+20BB7 𠮷 */
		{STR("\xf4\x8f\xbf\xbf"), true},  /* U+10FFFF */
		{STR("\xf4\x90\x80\x80"), false}, /* above it */
		{STR("\xed\x9f\xbf"), true},      /* U+D7FF */
		{STR("\xed\xa0\x80"), false},     /* a surrogate */
		{STR("\xc0\xaf"), false},         /* overlong / */
		{STR("\xe0\x9f\xbf"), false},     /* overlong U+07FF */
		{STR("\xf0\x8f\xbf\xbf"), false}, /* overlong U+FFFF */
		{STR("\xe5\x8a"), false},         /* cut */
		{STR("\xe5\x8a"
		     "a"),
		 false},              /* broken in the middle */
		{STR("\x80"), false}, /* a tail alone */
		{STR("\xff"), false},
		{STR("\xd6\xfa\xb2\xd0"), false}, /* 助残 in GB 18030 */
	};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		assert_int_equal(utf8_valid(row[i].s), row[i].ok);
}

static void
every_character_goes_and_comes(void **state)
{
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a);

	(void)state;
	for (uint32_t cp = 0; cp <= UTF8_LAST; cp++) {
		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		buf_clear(&b);
		utf8_put(&b, cp);
		str rest = buf_str(&b);
		uint32_t back = 0;
		assert_true(utf8_valid(rest));
		assert_true(utf8_next(&rest, &back));
		assert_int_equal(back, cp);
		assert_int_equal(rest.n, 0);
	}
	arena_close(a);
}

static void
cleaned(const char *raw, const char *want)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str out = {0};

	assert_int_equal(text_clean(a, &f, str_of(raw), &out), RC_OK);
	assert_string_equal(cstr(a, out), want);
	str again = {0};
	assert_int_equal(text_clean(a, &f, out, &again), RC_OK);
	assert_true(str_eq(again, out)); /* clean text stays as it is */
	arena_close(a);
}

static void
clean_composes_and_trims(void **state)
{
	(void)state;
	cleaned("", "");
	cleaned("张三", "张三");
	cleaned("  \xe3\x80\x80张三\xc2\xa0\t", "张三");     /* ideographic and no-break space */
	cleaned("\xef\xbb\xbf残\xe2\x80\x8b联", "残联");     /* byte-order mark, zero-width space */
	cleaned("Mu\xcc\x88ller", "M\xc3\xbcller");          /* u + U+0308 */
	cleaned("\xef\xa4\x80", "豈");                       /* U+F900, a compatibility ideograph */
	cleaned("\xe2\x84\xab", "\xc3\x85");                 /* ångström sign */
	cleaned("\xe1\x84\x80\xe1\x85\xa1", "\xea\xb0\x80"); /* Hangul jamo */
	cleaned("q\xcc\xa3\xcc\x87", "q\xcc\xa3\xcc\x87");   /* marks in order, nothing to compose */
	cleaned("q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87");   /* marks out of order */
	cleaned("全角１２３", "全角１２３");                 /* cleaning does not fold */
	cleaned("\xf0\xa0\xae\xb7野家\r\n",
		"\xf0\xa0\xae\xb7野家"); /* beyond the first plane; a line's end */
	cleaned("   ", "");
}

/* What is passed over as composed already is composed: every character, alone and before and after a mark,
 * comes out as the library makes it. */
static void
shortcuts_are_nfc(void **state)
{
	static const uint32_t mark[] = {0, 0x301, 0x338, 0x3099, 0x1161};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (uint32_t cp = 0xa1; cp < 0x30000; cp = cp == 0xd7ff ? 0xe000 : cp == 0x1ffff ? 0x2f700 : cp + 1)
		for (size_t i = 0; i < LEN(mark); i++) {
			buf b = buf_in(a);
			fault f = {0};
			str out = {0};
			buf_lit(&b, "x");
			utf8_put(&b, cp);
			if (mark[i])
				utf8_put(&b, mark[i]);
			buf_lit(&b, "x");
			if (text_clean(a, &f, buf_str(&b), &out) == RC_OK && cp != 0xad && cp != 0x200b &&
			    cp != 0xfeff) {
				utf8proc_uint8_t *want =
					utf8proc_NFC((const utf8proc_uint8_t *)cstr(a, buf_str(&b)));
				if (!str_eq(out, str_of((const char *)want)))
					fail_msg("U+%04X", cp);
				free(want);
			}
			arena_reset(a);
		}
	arena_close(a);
}

static void
refused(str raw, const char *id, int64_t at)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str out = {0};

	assert_int_equal(text_clean(a, &f, raw, &out), RC_INVALID);
	assert_string_equal(f.id, id);
	assert_int_equal(f.arg[0].i, at);
	arena_close(a);
}

static void
clean_refuses(void **state)
{
	(void)state;
	refused(STR("\xd6\xfa\xb2\xd0"), "text.utf8", 1);
	refused(STR("残\xe8\x81"), "text.utf8", 2);
	refused(STR("a\0b"), "text.control", 2);
	refused(STR("残\n联"), "text.control", 2);
	refused(STR("\x1b[31m"), "text.control", 1);
	refused(STR("a\xc2\x9b"), "text.control", 2); /* C1 */
	refused(STR("a\x7f"), "text.control", 2);
	refused(STR("\xef\xbf\xbe"), "text.control", 1);             /* U+FFFE */
	refused(STR("abc\xe2\x80\xaegpj.exe"), "text.direction", 4); /* U+202E */
}

static void
clean_keeps_lines(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str out = {0};

	(void)state;
	assert_int_equal(text_clean_lines(a, &f, STR("一\r\n\r\n二\r三\n\t四\xe2\x80\xa8五\n"), &out), RC_OK);
	assert_true(str_eq(out, STR("一\n\n二\n三\n\t四\n五")));
	assert_int_equal(text_clean_lines(a, &f, STR("一\n\x08"), &out), RC_INVALID);
	assert_string_equal(f.id, "text.control");
	arena_close(a);
}

static void
counts_and_cuts(void **state)
{
	(void)state;
	assert_int_equal(utf8_count(STR("a残\xf0\xa0\xae\xb7")), 3);
	assert_true(str_eq(utf8_cut(STR("a残联"), 2), STR("a残")));
	assert_true(str_eq(utf8_cut(STR("a残"), 9), STR("a残")));
	assert_int_equal(utf8_cut(STR("残"), 0).n, 0);
	assert_int_equal(utf8_width(STR("a残联Ａ")), 7);
	assert_int_equal(utf8_width(STR("e\xcc\x81")), 1);
	assert_true(str_eq(utf8_cut_width(STR("a残联"), 4), STR("a残")));
	assert_true(str_eq(utf8_cut_width(STR("残联"), 4), STR("残联")));
}

static void
folds(void **state)
{
	arena *a = arena_open(NULL, 0);

	(void)state;
	assert_true(str_eq(text_fold(a, STR("　４４０１　　Ａｂ－x　")), STR("4401 Ab-x")));
	assert_true(str_eq(text_fold(a, STR("")), STR("")));
	assert_true(str_eq(name_fold(a, STR("张　三 ")), STR("张三")));
	assert_true(str_eq(name_fold(a, STR("Li   Ming")), STR("Li Ming")));
	const str dotted[] = {STR("买买提·艾力"), STR("买买提•艾力"),  STR("买买提・艾力"),
			      STR("买买提.艾力"), STR("买买提．艾力"), STR("买买提‧艾力"),
			      STR("买买提･艾力"), STR("买买提 · 艾力")};
	for (size_t i = 0; i < LEN(dotted); i++)
		assert_true(str_eq(name_fold(a, dotted[i]), STR("买买提\xc2\xb7艾力")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_by_the_standard),
		cmocka_unit_test(every_character_goes_and_comes),
		cmocka_unit_test(clean_composes_and_trims),
		cmocka_unit_test(shortcuts_are_nfc),
		cmocka_unit_test(clean_refuses),
		cmocka_unit_test(clean_keeps_lines),
		cmocka_unit_test(counts_and_cuts),
		cmocka_unit_test(folds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
