/* difference_test.c - what stays, what goes, what comes. */
#include "app/definition/difference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"

/* "=a -b +c" for short. */
static str
told(arena *a, const char *before, const char *after)
{
	text_lines v;
	buf b = buf_in(a);

	text_difference(a, str_of(before), str_of(after), &v);
	for (size_t i = 0; i < v.n; i++)
		buf_fmt(&b, "%c%.*s ", "=-+"[v.v[i].fate], STR_ARG(v.v[i].text));
	return buf_str(&b);
}

static void
lines_are_told(void **state)
{
	static const struct {
		const char *before, *after, *told;
	} rows[] = {
		{"", "", ""},
		{"a\nb\n", "a\nb\n", "=a =b "},
		{"a\nb\nc\n", "a\nx\nc\n", "=a -b +x =c "},
		{"a\nc\n", "a\nb\nc\n", "=a +b =c "},
		{"a\nb\nc\nd\ne\n", "a\nd\nb\ne\n", "=a -b -c =d +b =e "},
		{"", "a\nb\n", "+a +b "},
		{"a\n\nb\n", "a\nb\n", "=a - =b "},
		{"a\na\na\n", "a\na\n", "=a =a -a "},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		assert_string_equal(cstr(a, told(a, rows[i].before, rows[i].after)), rows[i].told);
	arena_close(a);
}

/* Both texts can be read out of it again, numbered through, whatever they are. */
static void
both_texts_are_whole(void **state)
{
	arena *a = arena_open(NULL, 0);
	buf before = buf_in(a), after = buf_in(a), one = buf_in(a), two = buf_in(a);
	int64_t at[2] = {0, 0};
	text_lines v;

	(void)state;
	for (int i = 0; i < 3000; i++) { /* beyond what is compared line by line */
		buf_fmt(&before, "%d\n", i * 7 % 100);
		buf_fmt(&after, "%d\n", i * 11 % 100);
	}
	text_difference(a, buf_str(&before), buf_str(&after), &v);
	for (size_t i = 0; i < v.n; i++) {
		if (v.v[i].before) {
			assert_int_equal(v.v[i].before, ++at[0]);
			buf_fmt(&one, "%.*s\n", STR_ARG(v.v[i].text));
		}
		if (v.v[i].after) {
			assert_int_equal(v.v[i].after, ++at[1]);
			buf_fmt(&two, "%.*s\n", STR_ARG(v.v[i].text));
		}
	}
	assert_true(str_eq(buf_str(&one), buf_str(&before)));
	assert_true(str_eq(buf_str(&two), buf_str(&after)));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_told),
		cmocka_unit_test(both_texts_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
