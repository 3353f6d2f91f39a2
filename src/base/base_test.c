/* base_test.c - arena, str, buf, vec, map, fault, date. */
#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/map.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void
count_up(void *p)
{
	int *n = p;

	*n = *n * 10 + 1;
}

static void
count_two(void *p)
{
	int *n = p;

	*n = *n * 10 + 2;
}

static void
arena_frees_in_reverse(void **state)
{
	int order = 0;
	arena *a = arena_open(NULL, 0), *child = arena_open(a, 0);

	(void)state;
	arena_defer(a, count_up, &order);
	arena_defer(a, count_two, &order);
	arena_defer(child, count_up, &order);
	arena_close(a);
	assert_int_equal(order, 121);
}

static void
arena_gives_zeros_and_grows_in_place(void **state)
{
	arena *a = arena_open(NULL, 1 << 20);

	(void)state;
	for (size_t n = 0; n < 70000; n = n * 2 + 1) {
		unsigned char *p = arena_alloc(a, n);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xaa, n);
	}
	arena_reset(a);
	char *p = arena_alloc(a, 100);
	memset(p, 'x', 100);
	char *q = arena_grow(a, p, 100, 900);
	assert_ptr_equal(p, q);
	assert_int_equal(q[99], 'x');
	assert_int_equal(q[100], 0);
	assert_true(arena_left(a) < (1 << 20));
	arena_close(a);
}

static void
str_parts(void **state)
{
	str rest = STR("a,,b"), part;

	(void)state;
	assert_true(str_next(&rest, ',', &part) && str_eq(part, STR("a")));
	assert_true(str_next(&rest, ',', &part) && part.n == 0);
	assert_true(str_next(&rest, ',', &part) && str_eq(part, STR("b")));
	assert_false(str_next(&rest, ',', &part));
	assert_int_equal(str_find(STR("一个也不能少"), STR("不能")), 9);
	assert_int_equal(str_find(STR("abc"), STR("d")), -1);
	assert_true(str_eq(str_trim(STR(" \t x y \r\n")), STR("x y")));
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
}

static void
str_integers(void **state)
{
	static const struct {
		str s;
		bool ok;
		int64_t v;
	} row[] = {
		{STR("0"), true, 0},
		{STR("-9223372036854775808"), true, INT64_MIN},
		{STR("9223372036854775807"), true, INT64_MAX},
		{STR("9223372036854775808"), false, 0},
		{STR(""), false, 0},
		{STR("-"), false, 0},
		{STR("+1"), false, 0},
		{STR("1 "), false, 0},
		{STR("12x"), false, 0},
	};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		int64_t v = 0;
		assert_int_equal(str_to_i64(row[i].s, &v), row[i].ok);
		if (row[i].ok)
			assert_int_equal(v, row[i].v);
	}
}

static void
buf_builds(void **state)
{
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a);

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_i64(&b, i);
	assert_int_equal(b.n, 10 + 180 + 2700);
	buf_clear(&b);
	buf_i64(&b, INT64_MIN);
	buf_fmt(&b, "|%s|", "x");
	buf_hex(&b, "\x0f\xa0", 2);
	assert_true(str_eq(buf_str(&b), STR("-9223372036854775808|x|0fa0")));
	arena_close(a);
}

static void
map_holds(void **state)
{
	arena *a = arena_open(NULL, 0);
	map m = map_in(a);
	static int v[5000];
	size_t seen = 0;
	str k;
	void *p;

	(void)state;
	assert_null(map_get(&m, STR("x")));
	for (int i = 0; i < 5000; i++)
		map_set(&m, str_fmt(a, "key %d", i), &v[i]);
	for (int i = 0; i < 5000; i++)
		assert_ptr_equal(map_get(&m, str_fmt(a, "key %d", i)), &v[i]);
	assert_null(map_get(&m, STR("key 5000")));
	for (size_t i = 0; map_each(&m, &i, &k, &p);)
		seen++;
	assert_int_equal(seen, 5000);
	arena_close(a);
}

static rc
fails(fault *f)
{
	return FAIL(f, RC_LIMIT, "sheet.rows", FA_INT("max", 3), FA_FIELD(STR("文件")));
}

static void
fault_keeps(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};

	(void)state;
	assert_int_equal(fails(&f), RC_LIMIT);
	assert_true(str_eq(f.field, STR("文件")));
	assert_true(str_starts(fault_print(a, &f), STR("sheet.rows max=3 field=文件 (")));
	fault copy;
	fault_copy(&copy, &f);
	memset(f.text, '#', sizeof f.text);
	assert_true(str_eq(copy.field, STR("文件")));
	(void)FAIL(&f, RC_IO, "disk.full");
	assert_string_equal(f.id, "disk.full");
	assert_int_equal(f.nargs, 0);
	arena_close(a);
}

static void
date_round_trip(void **state)
{
	(void)state;
	for (int32_t d = -800000; d < 800000; d += 13) {
		ymd t = date_ymd(d);
		assert_true(date_valid(t.y, t.m, t.d));
		assert_int_equal(date_from_ymd(t.y, t.m, t.d), d);
	}
	int32_t d = 0;
	assert_true(date_parse(STR("2026-11-22"), &d));
	assert_int_equal(date_weekday(d), 7);
	assert_true(date_parse_compact(STR("20000229"), &d));
	assert_false(date_parse_compact(STR("19000229"), &d));
	assert_false(date_parse_compact(STR("19900230"), &d));
	assert_false(date_parse(STR("2026-1-22"), &d));
	assert_false(date_parse(STR("0000-01-22"), &d));
}

static void
date_arithmetic(void **state)
{
	arena *a = arena_open(NULL, 0);
	int32_t jan31 = date_from_ymd(2024, 1, 31);

	(void)state;
	assert_true(str_eq(date_str(a, date_add_months(jan31, 1)), STR("2024-02-29")));
	assert_true(str_eq(date_str(a, date_add_months(jan31, -2)), STR("2023-11-30")));
	assert_int_equal(date_age(date_from_ymd(2008, 2, 29), date_from_ymd(2026, 2, 28)), 17);
	assert_int_equal(date_age(date_from_ymd(2008, 2, 29), date_from_ymd(2026, 3, 1)), 18);
	/* 16:00 UTC is midnight of the next day in the office */
	int64_t ms = ((int64_t)date_from_ymd(2026, 6, 30) * 24 + 16) * 3600000;
	assert_int_equal(date_of_instant(ms), date_from_ymd(2026, 7, 1));
	assert_int_equal(date_of_instant(ms - 1), date_from_ymd(2026, 6, 30));
	assert_int_equal(date_start_instant(date_from_ymd(2026, 7, 1)), ms);
	assert_true(str_eq(instant_str(a, ms - 1000, true), STR("2026-06-30 23:59:59")));
	assert_true(str_eq(date_str(a, DATE_NONE), STR("")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_frees_in_reverse),
		cmocka_unit_test(arena_gives_zeros_and_grows_in_place),
		cmocka_unit_test(str_parts),
		cmocka_unit_test(str_integers),
		cmocka_unit_test(buf_builds),
		cmocka_unit_test(map_holds),
		cmocka_unit_test(fault_keeps),
		cmocka_unit_test(date_round_trip),
		cmocka_unit_test(date_arithmetic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
