/* calendar_test.c - known deadlines of real years, the warning for years without a notice, and that adding
 * and counting are each other's inverse. */
#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* The shipped list. */
static str
shipped(arena *a)
{
	FILE *in = fopen(SOURCE_ROOT "/lists/calendar.txt", "rb");

	assert_non_null(in);
	char *text = arena_alloc(a, 1 << 16);
	size_t n = fread(text, 1, 1 << 16, in);
	fclose(in);
	assert_in_range(n, 1000, (1 << 16) - 1);
	return (str){text, n};
}

static const calendar *
loaded(arena *a)
{
	const calendar *c = NULL;
	fault f = {0};

	assert_int_equal(calendar_parse(a, &f, shipped(a), &c), RC_OK);
	return c;
}

static int32_t
day(const char *text)
{
	int32_t d = 0;

	assert_true(date_parse(str_of(text), &d));
	return d;
}

static void
shipped_list_is_whole(void **state)
{
	arena *a = arena_open(NULL, 0);
	const calendar *c = loaded(a);
	int off = 0, work = 0;

	(void)state;
	for (int32_t y = 2004; y <= 2026; y++)
		assert_true(calendar_known(c, y));
	assert_false(calendar_known(c, 2003));
	assert_false(calendar_known(c, 2027));
	assert_false(calendar_known(c, -5));
	assert_true(str_eq(calendar_notice_of(c, 2026), STR("国办发明电〔2025〕7号")));
	assert_true(str_eq(calendar_notice_of(c, 2027), STR("")));
	for (int32_t d = day("2004-01-01"); d <= day("2026-12-31"); d++) {
		const calendar_entry *e = calendar_entry_of(c, d);
		off += e && e->kind == CALENDAR_OFF;
		work += e && e->kind == CALENDAR_WORK;
		if (e && e->kind == CALENDAR_WORK)
			assert_true(date_weekday(d) > 5); /* nobody is told to work on a weekday */
	}
	assert_int_equal(off, 619);
	assert_int_equal(work, 151);
	arena_close(a);
}

static void
days_of_the_notices(void **state)
{
	static const struct {
		const char *day;
		bool works;
	} row[] = {
		{"2004-01-02", true},  {"2005-12-31", true},  {"2007-12-31", false}, {"2013-01-05", true},
		{"2015-09-03", false}, {"2015-09-06", true},  {"2019-05-02", false}, {"2020-01-31", false},
		{"2020-02-01", false}, {"2024-02-09", true},  {"2024-02-10", false}, {"2024-02-18", true},
		{"2025-01-26", true},  {"2025-02-04", false}, {"2026-02-14", true},  {"2026-02-23", false},
		{"2026-02-24", true},  {"2026-02-28", true},  {"2026-09-20", true},  {"2026-11-22", false},
		{"2026-11-23", true},
	};
	arena *a = arena_open(NULL, 0);
	const calendar *c = loaded(a);
	bool uncertain = false;

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		if (calendar_is_working(c, day(row[i].day), &uncertain) != row[i].works)
			fail_msg("%s", row[i].day);
	assert_false(uncertain);
	assert_true(str_eq(calendar_entry_of(c, day("2026-02-14"))->note, STR("春节")));
	assert_null(calendar_entry_of(c, day("2026-11-23")));
	arena_close(a);
}

static void
deadlines(void **state)
{
	static const struct {
		const char *from;
		int32_t n;
		const char *end;
		bool uncertain;
	} row[] = {
		{"2026-11-20", 1, "2026-11-23", false}, /* a Friday */
		{"2026-11-21", 1, "2026-11-23", false}, /* posted on a Saturday */
		{"2026-11-20", 0, "2026-11-20", false},  {"2026-11-23", -1, "2026-11-20", false},
		{"2026-11-21", -1, "2026-11-20", false}, {"2026-11-18", -5, "2026-11-11", false},
		{"2026-02-13", 1, "2026-02-14", false}, /* a Saturday that is worked */
		{"2026-02-13", 5, "2026-02-27", false}, /* 14, 24, 25, 26, 27: publicity over Spring Festival
							 */
		{"2026-02-13", 6, "2026-02-28", false},  {"2026-09-30", 1, "2026-10-08", false},
		{"2026-12-31", 1, "2027-01-01", true}, /* New Year 2027 is not known: a weekday, marked */
		{"2026-12-25", 4, "2026-12-31", false},  {"2027-01-04", -1, "2027-01-01", true},
		{"2004-01-01", -1, "2003-12-31", true},
	};
	arena *a = arena_open(NULL, 0);
	const calendar *c = loaded(a);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		bool uncertain = false, again = false;
		int32_t from = day(row[i].from);
		int32_t end = calendar_add_working_days(c, from, row[i].n, &uncertain);
		if (end != day(row[i].end) || uncertain != row[i].uncertain)
			fail_msg("%s + %d", row[i].from, row[i].n);
		if (row[i].n > 0) {
			assert_int_equal(calendar_working_days_between(c, from, end, &again), row[i].n);
			assert_int_equal(calendar_working_days_between(c, end, from, NULL), -row[i].n);
			assert_int_equal(again, row[i].uncertain);
		}
	}
	bool kept = true;
	calendar_is_working(c, day("2026-11-23"), &kept);
	assert_true(kept); /* a flag once up stays up */
	arena_close(a);
}

/* Against the plain way: walk day by day. */
static void
same_as_walking(void **state)
{
	arena *a = arena_open(NULL, 0);
	const calendar *c = loaded(a);

	(void)state;
	for (int32_t from = day("2003-11-01"); from < day("2027-03-01"); from += 3) {
		int32_t ahead = from, back = from;
		for (int32_t n = 1; n <= 12; n++) {
			do
				ahead++;
			while (!calendar_is_working(c, ahead, NULL));
			do
				back--;
			while (!calendar_is_working(c, back, NULL));
			assert_int_equal(calendar_add_working_days(c, from, n, NULL), ahead);
			assert_int_equal(calendar_add_working_days(c, from, -n, NULL), back);
			assert_int_equal(calendar_working_days_between(c, from, ahead, NULL), n);
		}
	}
	arena_close(a);
}

static void
refuses_what_it_cannot_read(void **state)
{
	static const struct {
		str text;
		const char *id;
		int64_t row;
	} bad[] = {
		{STR("2026-02-30 off x"), "calendar.line", 1},
		{STR("# x\n\n2026-02-14 maybe x"), "calendar.line", 3},
		{STR("2026-02-14"), "calendar.line", 1},
		{STR("26 notice x"), "calendar.line", 1},
		{STR("2026 notice"), "calendar.line", 1},
		{STR("2026 notice  "), "calendar.line", 1},
		{STR("2026-02-14 off x\n2026-02-14 work x"), "calendar.twice", 0},
		{STR("2026 notice x\n2026 notice y"), "calendar.twice", 0},
		{STR("1900 notice x"), "calendar.year", 0},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		const calendar *c = NULL;
		fault f = {0};
		assert_int_equal(calendar_parse(a, &f, bad[i].text, &c), RC_INVALID);
		assert_string_equal(f.id, bad[i].id);
		if (bad[i].row)
			assert_int_equal(f.arg[0].i, bad[i].row);
		assert_null(c);
	}
	arena_close(a);
}

static void
empty_calendar_is_the_plain_week(void **state)
{
	arena *a = arena_open(NULL, 0);
	const calendar *c = NULL;
	fault f = {0};
	bool uncertain = false;

	(void)state;
	assert_int_equal(calendar_parse(a, &f, STR(""), &c), RC_OK);
	assert_int_equal(calendar_add_working_days(c, day("1969-12-28"), 5, &uncertain), day("1970-01-02"));
	assert_true(uncertain);
	assert_int_equal(calendar_working_days_between(c, day("1960-01-03"), day("1970-01-04"), NULL),
			 522 * 5);
	assert_int_equal(calendar_add_working_days(c, day("2026-01-02"), 100000, NULL),
			 day("2026-01-02") + 140000);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_list_is_whole),
		cmocka_unit_test(days_of_the_notices),
		cmocka_unit_test(deadlines),
		cmocka_unit_test(same_as_walking),
		cmocka_unit_test(refuses_what_it_cannot_read),
		cmocka_unit_test(empty_calendar_is_the_plain_week),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
