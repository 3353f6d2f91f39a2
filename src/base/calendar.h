/* calendar.h - working days: which days offices work, n working days from a day, working days between two.
 *
 * The State Council says each autumn how the next year's week is changed; it cannot be computed. A calendar
 * is an immutable value made from such notices. A year without a notice falls back on Monday to Friday, and
 * every answer that touches one says so in `uncertain`: the screen shows a warning, and the deadline is
 * computed again when the notice is loaded. */
#pragma once
#include "base/date.h"
#include "base/fault.h"

typedef struct calendar calendar;

typedef enum calendar_kind { CALENDAR_OFF, CALENDAR_WORK } calendar_kind;

typedef struct calendar_entry {
	int32_t day;
	calendar_kind kind;
	str note; /* "国庆节": data, shown as it is */
} calendar_entry;

typedef struct calendar_notice {
	int32_t year;
	str number; /* "国办发明电〔2025〕7号", or "unsourced" */
} calendar_notice;

/* A calendar of these days, in any order; everything is copied into `a`. RC_INVALID: calendar.twice (two
 * entries for a day, two notices for a year), calendar.year (a notice for a year outside 1950..2199). */
rc calendar_of(arena *a, fault *f, const calendar_entry *entry, size_t n, const calendar_notice *notice,
	       size_t notices, const calendar **out) MUST_USE;

/* Reads the text of lists/calendar.txt; empty lines and those that begin with # are passed over:
 *
 *   2026 notice 国办发明电〔2025〕7号
 *   2026-02-14 work 春节
 *   2026-02-15 off 春节
 *
 * RC_INVALID: as calendar_of, and calendar.line with the line's number; RC_LIMIT: more than 100,000 lines. */
rc calendar_parse(arena *a, fault *f, str text, const calendar **out) MUST_USE;

/* Is the year's notice in? */
bool calendar_known(const calendar *c, int32_t year);
/* The number of the year's notice, or the empty text. */
str calendar_notice_of(const calendar *c, int32_t year);
/* The entry of a day, or NULL: to show why a day is off. */
const calendar_entry *calendar_entry_of(const calendar *c, int32_t day);

/* For all three, *uncertain is set to true when a year without a notice is touched, and never to false: one
 * flag serves a chain of questions. It may be NULL when nobody will see the answer. */
bool calendar_is_working(const calendar *c, int32_t day, bool *uncertain);

/* The day that ends a period of `n` working days beginning the day after `from`: 1 from a Friday is the next
 * Monday, 5 from any day of an ordinary week the same day a week later. With n = 0 the answer is `from`
 * itself, worked or not; with n below 0 the |n|-th working day before it. |n| ≤ 100,000. */
int32_t calendar_add_working_days(const calendar *c, int32_t from, int32_t n, bool *uncertain);

/* Working days d with from < d ≤ to; negative when `to` is before `from`. How many days of a limit are used,
 * and the inverse of adding: between(from, add(from, n)) = n. */
int32_t calendar_working_days_between(const calendar *c, int32_t from, int32_t to, bool *uncertain);
