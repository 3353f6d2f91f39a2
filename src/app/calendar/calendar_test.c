/* calendar_test.c - notices read, refused, entered, corrected and counted with, on both engines. */
#include "app/calendar/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/rng.h"
#include "store/fixture.h"
#include "store/ledger.h"

#include <cmocka.h>

/* As published for 2025. */
static const char notice_2025[] =
	"国务院办公厅关于2025年部分节假日安排的通知\n"
	"经国务院批准，现将2025年元旦、春节等节日放假调休日期的具体安排通知如下。\n"
	"一、元旦：1月1日（周三）放假1天，不调休。\n"
	"二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2"
	"月8日（周六）上班。\n"
	"三、清明节：4月4日（周五）至6日（周日）放假，共3天。\n"
	"四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。\r\n"
	"五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。\n"
	"六、国庆节、中秋节：１０月１日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六"
	"）上班。\n"
	"节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。\n"
	"2024年11月12日\n";

static void
ok(fixture *x, rc r)
{
	if (r != RC_OK)
		print_error("%s\n", cstr(x->a, fault_print(x->a, &x->f)));
	assert_int_equal(r, RC_OK);
}

static int32_t
day(int32_t y, int32_t m, int32_t d)
{
	return date_from_ymd(y, m, d);
}

static const calendar *
shipped(arena *a)
{
	const calendar *c = NULL;
	fault f = {0};
	str text;

	assert_int_equal(pack_find(&pack_all, a, STR("lists/calendar.txt"), &text), RC_OK);
	assert_int_equal(calendar_parse(a, &f, text, &c), RC_OK);
	return c;
}

static void
a_pasted_notice_is_the_shipped_year(void **state)
{
	arena *a = arena_open(NULL, 0);
	const calendar *c = shipped(a), *read = NULL;
	calendar_days days, again;
	fault f = {0};

	(void)state;
	assert_int_equal(calendar_notice_read(a, &f, 2025, str_of(notice_2025), &days), RC_OK);
	assert_int_equal(days.n, 33);
	calendar_notice n = {2025, STR("国办发明电〔2024〕12号")};
	assert_int_equal(calendar_of(a, &f, days.v, days.n, &n, 1, &read), RC_OK);
	for (int32_t d = day(2025, 1, 1); d <= day(2025, 12, 31); d++) {
		const calendar_entry *want = calendar_entry_of(c, d), *have = calendar_entry_of(read, d);
		assert_int_equal(want != NULL, have != NULL);
		assert_true(!want || want->kind == have->kind);
	}
	assert_true(str_eq(calendar_entry_of(read, day(2025, 10, 11))->note, STR("国庆节、中秋节")));
	assert_true(str_eq(calendar_entry_of(read, day(2025, 1, 1))->note, STR("元旦")));
	/* written as lines and read again it is the same */
	assert_int_equal(calendar_notice_read(a, &f, 2025, calendar_notice_text(a, days.v, days.n), &again),
			 RC_OK);
	assert_int_equal(again.n, days.n);
	for (size_t i = 0; i < days.n; i++) {
		assert_int_equal(again.v[i].day, days.v[i].day);
		assert_int_equal(again.v[i].kind, days.v[i].kind);
		assert_true(str_eq(again.v[i].note, days.v[i].note));
	}
	/* the December before */
	assert_int_equal(
		calendar_notice_read(a, &f, 2023, STR("元旦：12月31日至1月2日放假调休，共3天。"), &days),
		RC_OK);
	assert_true(days.n == 3 && days.v[0].day == day(2022, 12, 31) && days.v[2].day == day(2023, 1, 2));
	assert_int_equal(calendar_notice_read(a, &f, 2007,
					      STR("元旦：1月1日至3日放假。2006年12月30日、31日上班。"),
					      &days),
			 RC_OK);
	assert_true(days.n == 5 && days.v[4].day == day(2006, 12, 31) && days.v[4].kind == CALENDAR_WORK);
	arena_close(a);
}

static void
what_cannot_be_read_is_said(void **state)
{
	static const struct {
		const char *text, *id;
	} bad[] = {
		{"", "calendar.nothing"},
		{"没有日期的一段话。\n通知：按规定放假。", "calendar.nothing"},
		{"2027-02-30 off 春节", "calendar.line"},
		{"2027-02-20 maybe 春节", "calendar.line"},
		{"春节：2月30日放假。", "calendar.no_such_day"},
		{"春节：15日放假。", "calendar.no_such_day"},
		{"春节：13月1日放假。", "calendar.no_such_day"},
		{"春节：2月10日至3日放假。", "calendar.range"},
		{"春节：2月1日至3月1日放假。", "calendar.range"},
		{"春节：2月1日至7日放假调休，共8天。", "calendar.days_differ"},
	};
	arena *a = arena_open(NULL, 0);
	calendar_days days;

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		fault f = {0};
		assert_int_equal(calendar_notice_read(a, &f, 2027, str_of(bad[i].text), &days), RC_INVALID);
		if (strcmp(f.id, bad[i].id) != 0)
			fail_msg("%s: %s", bad[i].text, f.id);
	}
	buf b = buf_in(a);
	fault f = {0};
	for (int i = 0; i < 500; i++)
		buf_lit(&b, "\n");
	assert_int_equal(calendar_notice_read(a, &f, 2027, buf_str(&b), &days), RC_LIMIT);
	arena_close(a);
}

/* ---- in the store ---- */

static rc
enter(fixture *x, int32_t year, const char *source, const calendar_days *days, int64_t *edition)
{
	calendar_entry_in in = {
		.year = year, .source = str_of(source), .v = days->v, .n = days->n, .actor = 7};
	store_command c = {.fn = calendar_notice_run, .in = &in, .out = edition, .a = x->a, .now = x->now};

	return store_write(x->s, &x->f, &c);
}

static const calendar *
stored(fixture *x)
{
	const calendar *c = NULL;
	db *d = NULL;

	ok(x, store_read(x->s, x->a, &x->f, &d));
	ok(x, calendar_load(d, x->a, &x->f, &c));
	store_read_end(x->s, d);
	return c;
}

static int64_t
checked(fixture *x)
{
	static const uint8_t key[32] = {0};
	ledger_report r = {0};

	ok(x, ledger_check(x->s, x->a, &x->f,
			   &(ledger_ask){.scratch = fixture_path(x, "scratch"), .key = key}, &r));
	assert_int_equal(r.nfindings, 0);
	return r.events;
}

/* 12 days off and one worked, of 2027. */
static calendar_days
plausible(fixture *x)
{
	calendar_days days = {0};

	for (int32_t i = 0; i < 12; i++)
		*vec_add(x->a, &days) = (calendar_entry){day(2027, 10, 1) + i, CALENDAR_OFF, STR("国庆节")};
	*vec_add(x->a, &days) = (calendar_entry){day(2027, 10, 16), CALENDAR_WORK, STR("国庆节")};
	return days;
}

static void
the_shipped_years_are_loaded_whole(fixture *x)
{
	const calendar *c = shipped(x->a);
	int64_t years = 0, again = 0;
	calendar_years list;
	db *d = NULL;

	ok(x, calendar_seed(x->s, &pack_all, &x->f, x->now, &years));
	assert_int_equal(years, 23); /* 2004 to 2026 */
	ok(x, calendar_seed(x->s, &pack_all, &x->f, x->now, &again));
	assert_int_equal(again, 0);
	const calendar *mine = stored(x);
	for (int32_t i = day(2003, 12, 1); i <= day(2027, 2, 1); i++) {
		bool one = false, two = false;
		assert_int_equal(calendar_is_working(c, i, &one), calendar_is_working(mine, i, &two));
		assert_int_equal(one, two);
	}
	ok(x, store_read(x->s, x->a, &x->f, &d));
	ok(x, calendar_editions(d, x->a, &x->f, &list));
	store_read_end(x->s, d);
	assert_true(list.n == 23 && list.v[0].year == 2026 && list.v[0].edition == 1);
	assert_true(list.v[0].off == 33 && list.v[0].working == 6 && list.v[0].closed == DATE_NONE);
	assert_int_equal(checked(x), 23);
}

static void
a_correction_is_the_next_edition(fixture *x)
{
	calendar_days days = plausible(x);
	calendar_years list;
	int64_t edition = 0;
	int32_t missing[2];
	db *d = NULL;

	assert_int_equal(calendar_missing(stored(x), day(2026, 11, 22), missing), 2);
	ok(x, enter(x, 2027, "国办发明电〔2026〕7号", &days, &edition));
	assert_int_equal(edition, 1);
	assert_int_equal(calendar_missing(stored(x), day(2027, 1, 5), missing), 0);
	assert_int_equal(calendar_missing(stored(x), day(2027, 11, 5), missing), 1);
	assert_int_equal(missing[0], 2028);
	days.v[12].day = day(2027, 10, 17);
	ok(x, enter(x, 2027, "国办发明电〔2026〕7号（更正）", &days, &edition));
	assert_int_equal(edition, 2);
	const calendar *c = stored(x);
	assert_false(calendar_is_working(c, day(2027, 10, 16), NULL));
	assert_true(calendar_is_working(c, day(2027, 10, 17), NULL));
	assert_true(str_eq(calendar_notice_of(c, 2027), STR("国办发明电〔2026〕7号（更正）")));
	ok(x, store_read(x->s, x->a, &x->f, &d));
	ok(x, calendar_editions(d, x->a, &x->f, &list));
	store_read_end(x->s, d);
	assert_true(list.n == 2 && list.v[0].edition == 2 && list.v[0].closed == DATE_NONE);
	assert_int_equal(list.v[1].closed, date_of_instant(x->now));
	assert_int_equal(checked(x), 2);
}

static void
bad_notices_are_refused(fixture *x)
{
	struct {
		const char *id;
		int32_t year;
		const char *source;
		calendar_days days;
	} bad[9];
	int64_t edition = 0;

	for (size_t i = 0; i < LEN(bad); i++) {
		bad[i].id = "";
		bad[i].year = 2027;
		bad[i].source = "国办发明电〔2026〕7号";
		bad[i].days = plausible(x);
	}
	bad[0].id = "calendar.source", bad[0].source = "";
	bad[1].id = "calendar.year", bad[1].year = 1900;
	bad[2].id = "calendar.not_in_year", bad[2].year = 2026;
	bad[3].id = "calendar.work_on_weekday", bad[3].days.v[12].day = day(2027, 10, 15);
	bad[4].id = "calendar.twice", bad[4].days.v[3].day = bad[4].days.v[2].day;
	bad[5].id = "calendar.note", bad[5].days.v[0].note = STR("");
	bad[6].id = "calendar.count", bad[6].days.v += 2, bad[6].days.n -= 2;
	bad[7].id = "calendar.none_worked", bad[7].days.n = 12;
	bad[8].id = "calendar.not_in_year", bad[8].days.v[0].day = day(2026, 12, 19);
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(enter(x, bad[i].year, bad[i].source, &bad[i].days, &edition), RC_INVALID);
		if (strcmp(x->f.id, bad[i].id) != 0)
			fail_msg("%s, not %s", x->f.id, bad[i].id);
		fault_clear(&x->f);
	}
	calendar_days many = {0};
	for (int32_t i = 0; i < 41; i++)
		*vec_add(x->a, &many) = (calendar_entry){day(2027, 5, 1) + i, CALENDAR_OFF, STR("劳动节")};
	assert_int_equal(enter(x, 2027, "x", &many, &edition), RC_INVALID);
	assert_string_equal(x->f.id, "calendar.count");
	fault_clear(&x->f);
	assert_int_equal(checked(x), 0);
}

static void
deadlines_say_when_they_are_uncertain(fixture *x)
{
	rng g = {.seed = 7};
	int64_t years = 0;

	ok(x, calendar_seed(x->s, &pack_all, &x->f, x->now, &years));
	const calendar *c = stored(x);
	/* the week before National Day 2026 and over it */
	deadline d = deadline_add(c, day(2026, 9, 30), 1, DEADLINE_WORKING);
	assert_true(calendar_is_working(c, d.day, NULL) && d.day >= day(2026, 10, 8) && !d.uncertain);
	d = deadline_add(c, day(2026, 9, 30), 1, DEADLINE_CALENDAR);
	assert_true(d.day == day(2026, 10, 1) && !d.uncertain);
	d = deadline_add(c, day(2026, 12, 25), 20, DEADLINE_WORKING);
	assert_true(d.uncertain);
	for (int i = 0; i < 500; i++) {
		int32_t from = day(2004, 1, 1) + (int32_t)rng_below(&g, 8000), n = (int32_t)rng_below(&g, 60);
		d = deadline_add(c, from, n, DEADLINE_WORKING);
		assert_int_equal(calendar_working_days_between(c, from, d.day, NULL), n);
		assert_true(n == 0 || calendar_is_working(c, d.day, NULL));
		assert_int_equal(d.uncertain, date_ymd(d.day).y > 2026);
	}
}

BOTH(the_shipped_years_are_loaded_whole)
BOTH(a_correction_is_the_next_edition)
BOTH(bad_notices_are_refused)
BOTH(deadlines_say_when_they_are_uncertain)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pasted_notice_is_the_shipped_year),
		cmocka_unit_test(what_cannot_be_read_is_said),
		BOTH_TESTS(the_shipped_years_are_loaded_whole),
		BOTH_TESTS(a_correction_is_the_next_edition),
		BOTH_TESTS(bad_notices_are_refused),
		BOTH_TESTS(deadlines_say_when_they_are_uncertain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
