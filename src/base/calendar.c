/* calendar.c - see calendar.h.
 *
 * Everything is one function: worked(d), the number of working days up to and including day d since a fixed
 * Monday. It is the count of weekdays, by arithmetic, and a correction: the entries are sorted, and beside
 * each stands how much all entries up to it change the count. Two binary searches answer "between", and "add"
 * looks for the day at which worked() reaches a value. */
#include "base/calendar.h"

#include "base/vec.h"

#include <stdlib.h>

enum { YEAR_FIRST = 1950, YEAR_LAST = 2199, LINES_MAX = 100000, ADD_MAX = 100000 };
enum { MONDAY = -3 }; /* 1969-12-29 */

struct calendar {
	calendar_entry *entry; /* by day */
	int32_t *change;       /* change[i]: what entries 0..i add to the count of weekdays */
	size_t n;
	str number[YEAR_LAST - YEAR_FIRST + 1]; /* p is NULL: no notice */
};

static int
by_day(const void *x, const void *y)
{
	int32_t a = ((const calendar_entry *)x)->day, b = ((const calendar_entry *)y)->day;

	return (a > b) - (a < b);
}

static bool
weekday(int32_t day)
{
	return date_weekday(day) <= 5;
}

static int32_t
change_of(const calendar_entry *e)
{
	return (e->kind == CALENDAR_WORK) - weekday(e->day);
}

rc
calendar_of(arena *a, fault *f, const calendar_entry *entry, size_t n, const calendar_notice *notice,
	    size_t notices, const calendar **out)
{
	calendar *c = arena_new(a, calendar);
	int32_t sum = 0;

	for (size_t i = 0; i < notices; i++) {
		int32_t y = notice[i].year;
		if (y < YEAR_FIRST || y > YEAR_LAST)
			return FAIL(f, RC_INVALID, "calendar.year", FA_INT("year", y));
		if (c->number[y - YEAR_FIRST].p)
			return FAIL(f, RC_INVALID, "calendar.twice", FA_STR("day", str_fmt(a, "%d", y)));
		c->number[y - YEAR_FIRST] = str_dup(a, notice[i].number);
	}
	c->n = n;
	c->entry = arena_array(a, calendar_entry, n);
	c->change = arena_array(a, int32_t, n);
	for (size_t i = 0; i < n; i++) {
		c->entry[i] = entry[i];
		c->entry[i].note = str_dup(a, entry[i].note);
	}
	qsort(c->entry, n, sizeof *c->entry, by_day);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && c->entry[i].day == c->entry[i - 1].day)
			return FAIL(f, RC_INVALID, "calendar.twice",
				    FA_STR("day", date_str(a, c->entry[i].day)));
		c->change[i] = sum += change_of(&c->entry[i]);
	}
	*out = c;
	return RC_OK;
}

/* "2026 notice …" or "2026-02-14 off …"; false when it is neither. */
static bool
read_line(str line, calendar_entry *e, calendar_notice *n, bool *is_notice)
{
	str when = {0}, kind = {0};
	int64_t year = 0;

	if (!str_next(&line, ' ', &when) || !str_next(&line, ' ', &kind))
		return false;
	str text = str_trim(line.p ? line : STR(""));
	*is_notice = str_eq(kind, STR("notice"));
	if (*is_notice) {
		if (when.n != 4 || !str_all_digits(when) || !str_to_i64(when, &year) || text.n == 0)
			return false;
		*n = (calendar_notice){.year = (int32_t)year, .number = text};
		return true;
	}
	*e = (calendar_entry){.kind = str_eq(kind, STR("work")) ? CALENDAR_WORK : CALENDAR_OFF, .note = text};
	return (e->kind == CALENDAR_WORK || str_eq(kind, STR("off"))) && date_parse(when, &e->day);
}

rc
calendar_parse(arena *a, fault *f, str text, const calendar **out)
{
	VEC(calendar_entry) entries = {0};
	VEC(calendar_notice) notices = {0};
	str line = {0};
	int64_t at = 0;

	while (str_next(&text, '\n', &line)) {
		calendar_entry e = {0};
		calendar_notice n = {0};
		bool is_notice = false;

		if (++at > LINES_MAX)
			return FAIL(f, RC_LIMIT, "calendar.lines", FA_INT("max", LINES_MAX));
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (!read_line(line, &e, &n, &is_notice))
			return FAIL(f, RC_INVALID, "calendar.line", FA_INT("row", at), FA_STR("text", line));
		if (is_notice)
			*vec_add(a, &notices) = n;
		else
			*vec_add(a, &entries) = e;
	}
	return calendar_of(a, f, entries.v, entries.n, notices.v, notices.n, out);
}

str
calendar_notice_of(const calendar *c, int32_t year)
{
	return year >= YEAR_FIRST && year <= YEAR_LAST && c->number[year - YEAR_FIRST].p
		       ? c->number[year - YEAR_FIRST]
		       : STR("");
}

bool
calendar_known(const calendar *c, int32_t year)
{
	return calendar_notice_of(c, year).n > 0;
}

/* How many entries lie on or before the day. */
static size_t
entries_up_to(const calendar *c, int32_t day)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (c->entry[mid].day <= day)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const calendar_entry *
calendar_entry_of(const calendar *c, int32_t day)
{
	size_t n = entries_up_to(c, day);

	return n > 0 && c->entry[n - 1].day == day ? &c->entry[n - 1] : NULL;
}

static int64_t
floor_div(int64_t x, int64_t y)
{
	return x / y - (x % y < 0);
}

/* Working days from the fixed Monday up to and including `day`; below 0 before it. */
static int64_t
worked(const calendar *c, int32_t day)
{
	int64_t days = (int64_t)day - MONDAY + 1, weeks = floor_div(days, 7), rest = days - weeks * 7;
	size_t n = entries_up_to(c, day);

	return weeks * 5 + MIN(rest, 5) + (n > 0 ? c->change[n - 1] : 0);
}

/* Marks the answer when a year of first..last has no notice. */
static void
look_at_years(const calendar *c, int32_t first, int32_t last, bool *uncertain)
{
	int32_t y = date_ymd(MIN(first, last)).y, end = date_ymd(MAX(first, last)).y;

	for (; uncertain && !*uncertain && y <= end; y++)
		*uncertain = !calendar_known(c, y);
}

bool
calendar_is_working(const calendar *c, int32_t day, bool *uncertain)
{
	const calendar_entry *e = calendar_entry_of(c, day);

	look_at_years(c, day, day, uncertain);
	return e ? e->kind == CALENDAR_WORK : weekday(day);
}

int32_t
calendar_working_days_between(const calendar *c, int32_t from, int32_t to, bool *uncertain)
{
	if (from != to) /* the first day itself is not counted, nor its year looked at */
		look_at_years(c, MIN(from, to) + 1, MAX(from, to), uncertain);
	return (int32_t)(worked(c, to) - worked(c, from));
}

/* The first day with worked(day) ≥ want. No run of days off is longer than the entries and a weekend each, so
 * the search may begin that far outside. */
static int32_t
first_reaching(const calendar *c, int32_t from, int32_t n, int64_t want)
{
	int32_t room = (int32_t)(n < 0 ? -n : n) * 2 + (int32_t)c->n * 3 + 14;
	int32_t lo = from - room, hi = from + room;

	while (lo < hi) {
		int32_t mid = lo + (hi - lo) / 2;
		if (worked(c, mid) >= want)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

int32_t
calendar_add_working_days(const calendar *c, int32_t from, int32_t n, bool *uncertain)
{
	BUG_ON(n < -ADD_MAX || n > ADD_MAX || from == DATE_NONE);
	if (n == 0)
		return from;
	/* the n-th before `from` is the first day by whose end one more is worked than n-th + 1 before it */
	int64_t want = n > 0 ? worked(c, from) + n : worked(c, from - 1) + n + 1;
	int32_t day = first_reaching(c, from, n, want);
	look_at_years(c, n > 0 ? from + 1 : from - 1, day, uncertain);
	return day;
}
