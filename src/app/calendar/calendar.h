/* calendar.h - the State Council's notices in the store: entered, corrected, and made into the calendar that
 * deadlines are counted with.
 *
 * A notice is a year, its number, and the days that are not as the week has them. A corrected notice is the
 * next edition and closes the one before it; both stay. A year without a notice makes every deadline in it
 * uncertain. */
#pragma once
#include "base/calendar.h"
#include "base/vec.h"
#include "io/pack.h"
#include "store/store.h"

typedef VEC(calendar_entry) calendar_days;

typedef struct calendar_entry_in {
	int32_t year;
	str source; /* "国办发明电〔2026〕7号" */
	const calendar_entry *v;
	size_t n;
	int64_t actor, office;
} calendar_entry_in;

enum { CALENDAR_OFF_MIN = 11, CALENDAR_OFF_MAX = 40, CALENDAR_SOURCE_MAX = 100, CALENDAR_NOTE_MAX = 20 };

/* Can this be the notice of its year?  Days of the year, or of the last days of December before it; what is
 * worked is a Saturday or Sunday; 11 to 40 days off, at least one worked; no day twice. RC_INVALID
 * calendar.year, .source, .not_in_year, .work_on_weekday, .twice, .note, .none_worked, .count. */
rc calendar_notice_check(arena *a, fault *f, const calendar_entry_in *in) MUST_USE;

/* A command: checks it and makes it the year's open edition, in one event "calendar.noticed". `out` is an
 * int64_t: the number of the edition, from 1. */
rc calendar_notice_run(tx *t, const void *in, void *out) MUST_USE;

/* Days from text as people have it, one line or paragraph after the other:
 *   2027-01-01 off 元旦                 or "work"; as lists/calendar.txt has them
 *   二、春节：2月15日（农历除夕、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
 * as the notice itself is pasted. Lines without such a day are passed over. "共9天" is counted after.
 * RC_INVALID calendar.line, .no_such_day, .range, .days_differ, .nothing; RC_LIMIT calendar.lines. */
rc calendar_notice_read(arena *a, fault *f, int32_t year, str text, calendar_days *out) MUST_USE;
/* The days as lines that calendar_notice_read reads. */
str calendar_notice_text(arena *a, const calendar_entry *v, size_t n);

/* Enters the notices of lists/calendar.txt for the years the store has none of; one event a year. */
rc calendar_seed(store *s, const pack *p, fault *f, int64_t now, int64_t *years) MUST_USE;

/* The calendar of all open notices, in `a`. A day that two notices name is as the later year's has it. */
rc calendar_load(db *d, arena *a, fault *f, const calendar **out) MUST_USE;

typedef struct calendar_year {
	int32_t year;
	int64_t edition, off, working;
	str source;
	int32_t closed; /* DATE_NONE: it is the one in force */
} calendar_year;

typedef VEC(calendar_year) calendar_years;

/* Every edition of every year, the latest year first, its editions from the last to the first. */
rc calendar_editions(db *d, arena *a, fault *f, calendar_years *out) MUST_USE;

/* The years that should have a notice by today and have none: this one, and from November on the next. */
size_t calendar_missing(const calendar *c, int32_t today, int32_t year[2]);

/* ---- Deadlines. */

typedef enum deadline_unit { DEADLINE_WORKING, DEADLINE_CALENDAR } deadline_unit;

typedef struct deadline {
	int32_t day;
	bool uncertain; /* a year without a notice was touched: shown, and counted again when the notice is in
			 */
} deadline;

/* The last day of a period of `n` days that begins the day after `from`. */
deadline deadline_add(const calendar *c, int32_t from, int32_t n, deadline_unit unit);
