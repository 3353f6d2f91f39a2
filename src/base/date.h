/* date.h - civil days as int32 since 1970-01-01 (proleptic Gregorian, negative before) and instants as int64
 * ms UTC.
 *
 * Nothing here asks what time it is: `now` comes with the command or the request. The office's day is UTC+8.
 */
#pragma once
#include "base/str.h"

enum { DATE_NONE = INT32_MIN }; /* no day known */
enum { DATE_TEXT = 11 };        /* "YYYY-MM-DD" and a NUL */

typedef struct ymd {
	int32_t y;
	int32_t m, d; /* 1..12, 1..31 */
} ymd;

bool date_valid(int32_t y, int32_t m, int32_t d);
int32_t date_from_ymd(int32_t y, int32_t m, int32_t d); /* the day must be valid */
ymd date_ymd(int32_t day);
int32_t date_days_in_month(int32_t y, int32_t m);

/* 1 Monday … 7 Sunday (ISO 8601). */
int32_t date_weekday(int32_t day);

/* `months` later, the day cut to the month's last (31 January + 1 = 28 or 29 February). */
int32_t date_add_months(int32_t day, int32_t months);

/* Whole years from `born` to `on`; someone born on 29 February turns on 1 March of other years. */
int32_t date_age(int32_t born, int32_t on);

/* "YYYY-MM-DD", exactly; false for anything else, a day that does not exist, a year outside 0001..9999. */
bool date_parse(str s, int32_t *out);
/* "YYYYMMDD", exactly, as in an identity number. */
bool date_parse_compact(str s, int32_t *out);

/* Writes "YYYY-MM-DD" and a NUL; returns it as a str that points into `out`. DATE_NONE gives "". */
str date_text(int32_t day, char out[DATE_TEXT]);
str date_str(arena *a, int32_t day);

/* The office's civil day (UTC+8) that an instant falls in. */
int32_t date_of_instant(int64_t ms);
int64_t date_start_instant(int32_t day); /* when that day begins in the office */
/* "YYYY-MM-DD HH:MM" in the office's time; with seconds when asked. */
str instant_str(arena *a, int64_t ms, bool seconds);
