/* fen_test.c - money does not round, wrap or guess. */
#include "base/fen.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
sums_refuse_to_wrap(void **state)
{
	int64_t v = 7;

	(void)state;
	assert_true(fen_add(1, 2, &v) && v == 3);
	assert_true(fen_sub(1, 2, &v) && v == -1);
	assert_true(fen_mul(-12345, 100, &v) && v == -1234500);
	assert_false(fen_add(INT64_MAX, 1, &v));
	assert_false(fen_sub(INT64_MIN, 1, &v));
	assert_false(fen_mul(INT64_MAX / 2, 3, &v));
	assert_int_equal(v, -1234500); /* a refused sum writes nothing */
}

static void
shares_round_half_up(void **state)
{
	static const struct {
		int64_t amount, num, den, unit, want;
	} row[] = {
		{71500, 30, 100, 100, 21500}, /* 214.50 to the yuan */
		{71400, 30, 100, 100, 21400}, /* 214.20 */
		{71500, 30, 100, 1, 21450},
		{1, 1, 2, 1, 1},
		{-1, 1, 2, 1, -1},
		{1, 1, 3, 1, 0},
		{2, 1, 3, 1, 1},
		{INT64_MAX, INT64_MAX, INT64_MAX, 1, INT64_MAX},
		{100, 1, 7, 10, 10},
	};
	int64_t v = 0;

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		assert_true(fen_share(row[i].amount, row[i].num, row[i].den, row[i].unit, &v));
		assert_int_equal(v, row[i].want);
	}
	assert_false(fen_share(INT64_MAX, 2, 1, 1, &v));
	assert_false(fen_share(INT64_MAX, 1, 1, 10, &v)); /* …807 fen would round up over the edge */
}

static void
reads_yuan(void **state)
{
	static const struct {
		str s;
		bool ok;
		int64_t v;
	} row[] = {
		{STR("0"), true, 0},
		{STR("1234"), true, 123400},
		{STR("1234.5"), true, 123450},
		{STR("1234.05"), true, 123405},
		{STR("1,234.50"), true, 123450},
		{STR("1,234,567"), true, 123456700},
		{STR("-0.05"), true, -5},
		{STR("92233720368547758.07"), true, INT64_MAX},
		{STR("-92233720368547758.08"), true, INT64_MIN},
		{STR("92233720368547758.08"), false, 0},
		{STR("1.234"), false, 0},
		{STR("1."), false, 0},
		{STR(".5"), false, 0},
		{STR("1,23"), false, 0},
		{STR(",123"), false, 0},
		{STR("1234,567"), false, 0},
		{STR("1,2345"), false, 0},
		{STR("1e3"), false, 0},
		{STR("+1"), false, 0},
		{STR("--1"), false, 0},
		{STR("-"), false, 0},
		{STR(""), false, 0},
		{STR("1 "), false, 0},
		{STR("¥1"), false, 0},
	};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		int64_t v = 0;
		assert_int_equal(fen_parse(row[i].s, &v), row[i].ok);
		assert_int_equal(v, row[i].v);
	}
}

static void
prints_yuan(void **state)
{
	static const struct {
		int64_t fen;
		const char *plain, *grouped, *capital;
	} row[] = {
		{0, "0.00", "0.00", "零元整"},
		{5, "0.05", "0.05", "伍分"},
		{-105, "-1.05", "-1.05", "负壹元零伍分"},
		{123450, "1234.50", "1,234.50", "壹仟贰佰叁拾肆元伍角整"},
		{100000, "1000.00", "1,000.00", "壹仟元整"},
		{1000100, "10001.00", "10,001.00", "壹万零壹元整"},
		{10000000, "100000.00", "100,000.00", "壹拾万元整"},
		{100010000, "1000100.00", "1,000,100.00", "壹佰万零壹佰元整"},
		{1001000000, "10010000.00", "10,010,000.00", "壹仟零壹万元整"},
		{10000000100, "100000001.00", "100,000,001.00", "壹亿零壹元整"},
		{100010000000000, "1000100000000.00", "1,000,100,000,000.00", "壹万零壹亿元整"},
		{INT64_MIN, "-92233720368547758.08", "-92,233,720,368,547,758.08",
		 "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		char t[FEN_TEXT];
		int64_t back = 0;
		assert_string_equal(fen_text(row[i].fen, t).p, row[i].plain);
		assert_true(str_eq(fen_str(a, row[i].fen), str_of(row[i].plain)));
		assert_true(str_eq(fen_grouped(a, row[i].fen), str_of(row[i].grouped)));
		assert_string_equal(cstr(a, fen_capital(a, row[i].fen)), row[i].capital);
		assert_true(fen_parse(str_of(row[i].plain), &back) && back == row[i].fen);
		assert_true(fen_parse(str_of(row[i].grouped), &back) && back == row[i].fen);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_refuse_to_wrap),
		cmocka_unit_test(shares_round_half_up),
		cmocka_unit_test(reads_yuan),
		cmocka_unit_test(prints_yuan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
