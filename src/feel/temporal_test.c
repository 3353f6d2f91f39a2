/* temporal_test.c - calendar, text and zones. Zones are those of the package tzdata. */
#include "feel/temporal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static bool
read_zone(void *ctx, arena *a, str name, str *bytes)
{
	char path[256];

	(void)ctx;
	(void)snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", STR_ARG(name));
	FILE *f = fopen(path, "rb");
	if (!f)
		return false;
	char *p = arena_alloc(a, 1 << 16);
	*bytes = (str){p, fread(p, 1, 1 << 16, f)};
	(void)fclose(f);
	return true;
}

static str
printed(arena *a, feel_value v)
{
	buf b = buf_in(a);

	feel_print_temporal(&b, v);
	return buf_str(&b);
}

static void
days_and_dates_agree(void **state)
{
	feel_ymd last = feel_ymd_of(-800000);

	(void)state;
	for (int64_t day = -799999; day < 800000; day++) {
		feel_ymd t = feel_ymd_of(day);
		bool next = t.d == last.d + 1 || (t.d == 1 && last.d == feel_month_days(last.y, last.m));
		assert_true(next && feel_ymd_valid(t.y, t.m, t.d) && feel_day_of(t.y, t.m, t.d) == day);
		last = t;
	}
	assert_int_equal(feel_day_of(1970, 1, 1), 0);
	assert_int_equal(feel_ymd_of(feel_day_of(-FEEL_YEAR_MAX, 1, 1)).y, -FEEL_YEAR_MAX);
	assert_int_equal(feel_ymd_of(feel_day_of(FEEL_YEAR_MAX, 12, 31)).y, FEEL_YEAR_MAX);
}

static void
weeks_of_the_year(void **state)
{
	static const struct {
		int y, m, d, week, weekday;
	} rows[] = {
		{2005, 1, 1, 53, 6},  {2005, 1, 2, 53, 7}, {2005, 12, 31, 52, 6}, {2007, 1, 1, 1, 1},
		{2008, 12, 29, 1, 1}, {2010, 1, 3, 53, 7}, {2020, 12, 31, 53, 4}, {2024, 2, 29, 9, 4},
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t day = feel_day_of(rows[i].y, rows[i].m, rows[i].d);
		assert_int_equal(feel_week_of_year(day), rows[i].week);
		assert_int_equal(feel_weekday(day), rows[i].weekday);
	}
}

static void
text_is_exact(void **state)
{
	static const char *const same[] = {
		"2024-02-29",
		"-0044-03-15",
		"0000-01-01",
		"999999999-12-31",
		"-999999999-01-01",
		"10:11:12",
		"10:11:12.5",
		"10:11:12.123456789Z",
		"23:59:59-18:00",
		"10:00:00+05:30:15",
		"2024-02-29T10:00:00",
		"2024-02-29T10:00:00.001+08:00",
		"P1D",
		"-P1DT2H3M4.5S",
		"PT0S",
		"P1Y2M",
		"-P11M",
		"P0M",
		"P1000000D",
	};
	static const char *const bad[] = {
		"",
		"2024",
		"2024-2-29",
		"2023-02-29",
		"2024-13-01",
		"02024-01-01",
		"+2024-01-01",
		"2024-01-01X",
		"9999999999-01-01",
		"10:11",
		"24:00:01",
		"10:60:00",
		"10:00:60",
		"10:00:00+19:00",
		"10:00:00+8",
		"10:00:00+08:00Z",
		"10:00:00.",
		"2024-01-01T",
		"2024-01-01 10:00:00",
		"2024-01-01T10:00:00@",
		"P",
		"PT",
		"P1",
		"1D",
		"P1DT",
		"P1H",
		"PT1D",
		"P1M1Y",
		"P1Y1D",
		"P-1D",
		"PT1.S",
		"P1.5D",
		"P99999999999999999D",
	};
	arena *a = arena_open(NULL, 0);
	feel_value v;

	(void)state;
	for (size_t i = 0; i < LEN(same); i++) {
		if (!feel_parse_temporal(str_of(same[i]), NULL, &v))
			fail_msg("refused %s", same[i]);
		str s = printed(a, v);
		if (!str_eq(s, str_of(same[i])))
			fail_msg("%s prints as %.*s", same[i], STR_ARG(s));
	}
	for (size_t i = 0; i < LEN(bad); i++)
		if (feel_parse_temporal(str_of(bad[i]), NULL, &v))
			fail_msg("accepted %s as %.*s", bad[i], STR_ARG(printed(a, v)));
	arena_close(a);
}

/* Adding months and taking them away again stays within the month; adding a duration and its negative is
 * nothing. */
static void
shifts_are_undone(void **state)
{
	uint64_t seed = 11;
	feel_value there, back;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		feel_value from = feel_date((int64_t)(seed >> 40) - (1 << 23));
		int64_t months = (int64_t)(seed >> 20 & 0xfff) - 2048;
		assert_true(feel_add_months(from, months, &there));
		feel_ymd a = feel_ymd_of(from.t.day), b = feel_ymd_of(there.t.day);
		assert_int_equal(b.y * 12 + b.m, a.y * 12 + a.m + months);
		assert_true(b.d == a.d || b.d == feel_month_days(b.y, b.m));
		if (b.d == a.d)
			assert_int_equal(feel_months_between(from, there), months);
		__int128 ns = (__int128)(int64_t)(seed & 0xffffff) * FEEL_DAY_NS;
		assert_true(feel_add_ns(from, ns, &there) && feel_add_ns(there, -ns, &back));
		assert_true(back.t.day == from.t.day);
	}
	assert_false(feel_add_months(feel_date(feel_day_of(FEEL_YEAR_MAX, 12, 1)), 1, &there));
	assert_false(feel_add_ns(feel_date(feel_day_of(FEEL_YEAR_MAX, 12, 31)), FEEL_DAY_NS, &there));
}

static void
zones_know_their_summers(void **state)
{
	static const struct {
		const char *text;
		int32_t offset; /* minutes */
	} rows[] = {
		{"2024-01-15T12:00:00@Europe/Paris", 60},
		{"2024-07-15T12:00:00@Europe/Paris", 120},
		{"2050-07-15T12:00:00@Europe/Paris", 120}, /* by the rule after the last transition */
		{"2050-12-15T12:00:00@Europe/Paris", 60},
		{"2045-01-15T12:00:00@Australia/Sydney", 660},
		{"2045-07-15T12:00:00@Australia/Sydney", 600},
		{"2024-10-27T02:30:00@Europe/Paris", 120}, /* comes twice: the earlier */
		{"1988-07-01T12:00:00@Asia/Shanghai", 540},
		{"2024-07-01T12:00:00@Asia/Shanghai", 480},
		{"2024-07-01T12:00:00@Asia/Kolkata", 330},
	};
	arena *a = arena_open(NULL, 0);
	feel_zones zones = feel_zones_in(a, read_zone, NULL);
	feel_value v, later;

	(void)state;
	if (!feel_zone_find(&zones, STR("Europe/Paris"))) {
		arena_close(a);
		fail_msg("no time zones: install tzdata");
	}
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_true(feel_parse_temporal(str_of(rows[i].text), &zones, &v));
		if (v.offset != rows[i].offset * 60)
			fail_msg("%s is %d", rows[i].text, v.offset / 60);
	}
	/* an hour that never was is moved on */
	assert_true(feel_parse_temporal(STR("2024-03-31T02:30:00@Europe/Paris"), &zones, &v));
	assert_true(str_eq(printed(a, v), STR("2024-03-31T03:30:00@Europe/Paris")));
	/* 24 hours over the change of clocks */
	assert_true(feel_parse_temporal(STR("2024-03-30T12:00:00@Europe/Paris"), &zones, &v));
	assert_true(feel_add_ns(v, FEEL_DAY_NS, &later));
	assert_true(str_eq(printed(a, later), STR("2024-03-31T13:00:00@Europe/Paris")));
	arena_close(a);
}

typedef struct damaged {
	str whole;
	size_t keep;
	size_t flip;
} damaged;

static bool
read_damaged(void *ctx, arena *a, str name, str *bytes)
{
	const damaged *d = ctx;

	(void)name;
	char *p = arena_alloc(a, d->keep);
	memcpy(p, d->whole.p, d->keep);
	if (d->flip < d->keep)
		p[d->flip] = (char)~p[d->flip];
	*bytes = (str){p, d->keep};
	return true;
}

static void
damaged_zone_files_are_survived(void **state)
{
	arena *a = arena_open(NULL, 0);
	damaged d = {0};

	(void)state;
	if (!read_zone(NULL, a, STR("Europe/Paris"), &d.whole)) {
		arena_close(a);
		fail_msg("no time zones: install tzdata");
	}
	for (size_t i = 0; i < 2 * d.whole.n; i++) {
		arena *own = arena_open(a, 0);
		feel_zones zones = feel_zones_in(own, read_damaged, &d);
		d.keep = i < d.whole.n ? i : d.whole.n;
		d.flip = i < d.whole.n ? SIZE_MAX : i - d.whole.n;
		const feel_zone *z = feel_zone_find(&zones, STR("Europe/Paris"));
		for (int64_t t = -5000000000; z && t < 9000000000; t += 700000001)
			(void)feel_zone_offset_utc(z, t);
		arena_close(own);
	}
	feel_zones zones = feel_zones_in(a, read_zone, NULL);
	assert_null(feel_zone_find(&zones, STR("../../../etc/passwd")));
	assert_null(feel_zone_find(&zones, STR("/etc/passwd")));
	assert_null(feel_zone_find(&zones, STR("")));
	assert_null(feel_zone_find(NULL, STR("Europe/Paris")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_dates_agree),
		cmocka_unit_test(weeks_of_the_year),
		cmocka_unit_test(text_is_exact),
		cmocka_unit_test(shifts_are_undone),
		cmocka_unit_test(zones_know_their_summers),
		cmocka_unit_test(damaged_zone_files_are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
